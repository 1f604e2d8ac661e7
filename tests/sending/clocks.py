"""Local time and the practice's rules about it, computed a second time: from UTC and zoneinfo alone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.policy import SendWindow

_DAY = 24 * 3600


def local_day(at: datetime, zone: str) -> date:
    """The date on the wall there."""
    return at.astimezone(ZoneInfo(zone)).date()


def is_inside(at: datetime, window: SendWindow, zone: str) -> bool:
    """Whether the clock on the wall is past the opening by less than the window is long. Equal times: always."""
    length = (_seconds(window.closes) - _seconds(window.opens)) % _DAY or _DAY
    return (_seconds(at.astimezone(ZoneInfo(zone)).time()) - _seconds(window.opens)) % _DAY < length


def as_written(at: datetime, zone: str) -> str:
    """A visit's time as an English text shows it: "Tue Mar 3, 2:00 PM"."""
    there = at.astimezone(ZoneInfo(zone))
    hour = there.hour % 12 or 12
    return f"{there:%a %b} {there.day}, {hour}:{there:%M} {'AM' if there.hour < 12 else 'PM'}"


def _seconds(at: time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
