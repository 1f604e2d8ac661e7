"""Does a confirmation name another day or hour than the visit's? Then it confirms something that isn't so."""

import re
from datetime import date, datetime, timedelta

_DAYS = (
    "mon(?:day)?|lunes",
    "tue(?:s|sday)?|martes",
    "wed(?:s|nesday)?|miercoles|miércoles",
    "thu(?:r|rs|rsday)?|jueves",
    "fri(?:day)?|viernes",
    "sat(?:urday)?|sabado|sábado",
    "sun(?:day)?|domingo",
)
_WEEKDAYS = [re.compile(rf"\b(?:{names})\b", re.IGNORECASE) for names in _DAYS]
_TODAY = re.compile(r"\b(?:today|tonight|hoy)\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\b(?:tomorrow|tomorow|tmrw|tmw|tomo|2morrow)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d.,])(?:(?:\b(?:at|a las?|@) ?)(\d{1,2})(?::([0-5]\d))?(?! ?(?:/|%|min|of\b|de\b))"
    r"|(\d{1,2}):([0-5]\d)|(\d{1,2}) ?[ap]\.?m\b)(?!\d)",
    re.IGNORECASE,
)
_NTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)


def names_another_time(text: str, visit: datetime, today: date) -> bool:
    """Whether a day or an hour in `text` isn't the visit's, which is given on the client's own clock."""
    return _another_day(text, visit.date(), today) or _another_hour(text, visit)


def _another_day(text: str, day: date, today: date) -> bool:
    named = {number for number, names in enumerate(_WEEKDAYS) if names.search(text)}
    nth = {int(number) for number in _NTH.findall(text)}
    return bool(
        (named and day.weekday() not in named)
        or (nth and day.day not in nth)
        or (_TODAY.search(text) and day != today)
        or (_TOMORROW.search(text) and day != today + timedelta(days=1))
    )


def _another_hour(text: str, visit: datetime) -> bool:
    found = [next((h, m) for h, m in ((a, b), (c, d), (e, "")) if h) for a, b, c, d, e in _CLOCK.findall(text)]
    return bool(found) and not any(
        int(hour) % 12 == visit.hour % 12 and (not minute or int(minute) == visit.minute) for hour, minute in found
    )
