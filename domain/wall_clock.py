"""Wall-clock arithmetic: whole days move the date, the rest moves the clock. Holds across both clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def shift(at: datetime, by: timedelta, zone: str) -> datetime:
    """`at` moved by `by` on the client's wall clock.

    "Three days before Tuesday 10:00" is Saturday 10:00 even when the clocks change on Sunday. A wall time that the
    clocks skip is read as the same time after the change; one that comes twice is the first. The result carries `zone`.
    """
    local = at.astimezone(ZoneInfo(zone))
    days = timedelta(days=int(by / timedelta(days=1)))  # towards zero, so that minus two hours is no day and two hours
    on_the_day = (local.replace(tzinfo=None) + days).replace(tzinfo=ZoneInfo(zone), fold=local.fold if not days else 0)
    return (on_the_day.astimezone(UTC) + (by - days)).astimezone(ZoneInfo(zone))
