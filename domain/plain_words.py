"""Numbers, durations, times and lists in plain words, in English and Spanish, as a client reads them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from domain.client import Language

_UNITS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (("week", "weeks"), ("day", "days"), ("hour", "hours"), ("minute", "minutes"), ("second", "seconds")),
    "es": (("semana", "semanas"), ("día", "días"), ("hora", "horas"), ("minuto", "minutos"), ("segundo", "segundos")),
}
_SMALL: dict[Language, dict[int, str]] = {
    "en": {2: "two", 3: "three", 4: "four"},
    "es": {2: "dos", 3: "tres", 4: "cuatro"},
}
_EVERY: dict[Language, str] = {"en": "every", "es": "cada"}
_AND: dict[Language, str] = {"en": "and", "es": "y"}
_OPEN: dict[Language, str] = {"en": "open-ended", "es": "sin fecha final"}
_SESSION: dict[Language, tuple[str, str]] = {"en": ("session", "sessions"), "es": ("sesión", "sesiones")}
_ONE_SESSION: dict[Language, str] = {"en": "one session", "es": "una sesión"}
_PATTERN: dict[Language, tuple[str, str]] = {
    "en": ("EEE MMM d, h:mm a", "en_US"),
    "es": ("EEE d MMM, HH:mm", "es_US"),
}


def moment(at: datetime, language: Language, zone: str) -> str:
    """The moment on the client's wall clock: "Tue Mar 3, 2:00 PM", "mar 3 mar, 14:00"."""
    pattern, locale = _PATTERN[language]
    shown = format_datetime(at.astimezone(ZoneInfo(zone)), pattern, locale=locale)
    return shown.replace("\u202f", " ").replace("\u00a0", " ")


def number(value: float) -> str:
    """4 and not 4.0, 4.5 as it is."""
    return f"{value:g}"


def duration(length: timedelta, language: Language) -> str:
    """ "8 weeks", "12 days", "1 day and 12 hours": the two largest units."""
    parts = [_count(amount, unit, language) for amount, unit in _units_of(length)]
    return joined(parts, language)


def spacing(length: timedelta, language: Language) -> str:
    """ "every week", "every two weeks", "every 4 days"."""
    every = _EVERY[language]
    units = _units_of(length)
    amount, unit = units[0]
    if len(units) > 1:
        return f"{every} {duration(length, language)}"
    if amount == 1:
        return f"{every} {_UNITS[language][unit][0]}"
    word = _SMALL[language].get(amount) if unit == 0 else None
    return f"{every} {word or amount} {_UNITS[language][unit][1]}"


def sessions(count: int | None, language: Language) -> str:
    """ "4 sessions", "one session"; None is a plan without a fixed end."""
    if count is None:
        return _OPEN[language]
    return _ONE_SESSION[language] if count == 1 else f"{count} {_SESSION[language][1]}"


def plan_length(count: int | None, apart: timedelta, language: Language) -> str:
    """ "8 weeks (4 sessions)", "open-ended". Each session counts with the time until the next would be due."""
    if count is None or count == 1:
        return sessions(count, language)
    return f"{duration(count * apart, language)} ({sessions(count, language)})"


def joined(items: list[str], language: Language) -> str:
    """ "a, b and c". In Spanish y becomes e before an i sound."""
    if len(items) < 2:
        return "".join(items)
    last = items[-1].lower()
    and_ = _AND[language]
    if language == "es" and last.startswith(("i", "hi")) and not last.startswith(("hie", "ia", "io")):
        and_ = "e"
    return f"{', '.join(items[:-1])} {and_} {items[-1]}"


def _count(amount: int, unit: int, language: Language) -> str:
    return f"{amount} {_UNITS[language][unit][0 if amount == 1 else 1]}"


def _units_of(length: timedelta) -> list[tuple[int, int]]:
    """At most two (amount, unit) pairs; unit is the place in `_UNITS`. Weeks only where they come out even."""
    days, seconds = length.days, length.seconds
    if days and days % 7 == 0 and not seconds:
        return [(days // 7, 0)]
    amounts = [(days, 1), (seconds // 3600, 2), (seconds % 3600 // 60, 3), (seconds % 60, 4)]
    return [pair for pair in amounts if pair[0]][:2] or [(0, 4)]
