"""Wall-clock arithmetic: whole days move the date, the rest moves the clock. Holds across both clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FIRST_MOMENT = datetime(1800, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2250, 1, 1, tzinfo=UTC)
"""Where a shift ends that leads beyond the calendar: nothing before or after these is ever due."""


def shift(at: datetime, by: timedelta, zone: str) -> datetime:
    """`at` moved by `by` on the client's wall clock.

    "Three days before Tuesday 10:00" is Saturday 10:00 even when the clocks change on Sunday. A wall time that the
    clocks skip is read as the same time after the change; one that comes twice is the first. The result carries `zone`.
    Never raises: what would lie beyond the calendar is its first or last moment.
    """
    try:
        return _shifted(at, by, ZoneInfo(zone))
    except OverflowError:
        return (FIRST_MOMENT if by < timedelta(0) or at.year < FIRST_MOMENT.year else LAST_MOMENT).astimezone(
            ZoneInfo(zone)
        )


def _shifted(at: datetime, by: timedelta, there: ZoneInfo) -> datetime:
    local = at.astimezone(there)
    days = timedelta(days=int(by / timedelta(days=1)))  # towards zero, so that minus two hours is no day and two hours
    on_the_day = (local.replace(tzinfo=None) + days).replace(tzinfo=there, fold=local.fold if not days else 0)
    return (on_the_day.astimezone(UTC) + (by - days)).astimezone(there)
