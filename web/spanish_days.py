"""The days that English sentences of ours name, in Spanish."""

import calendar
import re
from datetime import date
from functools import cache

from babel.dates import format_date, get_day_names

LOCALE = "es_US"
"""Spanish as it is written where the practices are: a clock of twelve hours."""
DAY = re.compile(
    r"(?:(?P<weekday>[A-Z][a-z]{2}) )?"
    r"(?:(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}) (?P<year>\d{4})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})\b"
    r"|(?P<us_month>[A-Z][a-z]{2,8}) (?P<us_day>\d{1,2})\b(?:, (?P<us_year>\d{4}))?)"
    r"(?: (?P<at>\d{2}:\d{2})|, (?P<hour>\d{1,2}:\d{2}) (?P<half>[AP])M)?"
)
"""'5 January 2026', '2026-01-05', 'Mon 05 Jan 2026 09:05', 'Mon Jan 5, 2026', 'Jan 5', 'Mon Jan 5, 2:00 PM'."""
_LEAP_YEAR = 2000


def with_spanish_days(text: str) -> str:
    """The text with each of its days written the Spanish way; what is no day stays."""
    return DAY.sub(_day, text)


def _day(found: re.Match[str]) -> str:
    try:
        day = date.fromisoformat(found["iso"]) if found["iso"] else _day_of(found)
    except (LookupError, ValueError):  # it only looks like a day
        return found[0]
    if found["day"] or found["us_year"] or found["iso"]:
        shown = format_date(day, "EEE d MMM y" if found["weekday"] else "d 'de' MMMM 'de' y", locale=LOCALE)
    else:  # which year it is they know: the weekday is taken from the words
        shown = f"{_weekdays().get(found['weekday'], '')} {format_date(day, 'd MMM', locale=LOCALE)}".strip()
    hour = f"{found['hour']} {found['half'].lower()}.m." if found["hour"] else found["at"]
    return f"{shown}, {hour}" if hour else shown


def _day_of(found: re.Match[str]) -> date:
    month = _months()[found["month"] or found["us_month"]]
    return date(int(found["year"] or found["us_year"] or _LEAP_YEAR), month, int(found["day"] or found["us_day"]))


@cache
def _months() -> dict[str, int]:
    return {calendar.month_name[n]: n for n in range(1, 13)} | {calendar.month_abbr[n]: n for n in range(1, 13)}


@cache
def _weekdays() -> dict[str, str]:
    names = get_day_names("abbreviated", locale=LOCALE)
    return {calendar.day_abbr[n]: names[n] for n in range(7)}
