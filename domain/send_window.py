"""When a message may go: inside the send window of the client's wall clock, and within the caps.

Both are asked when sending, never when planning (DESIGN.md, section 7). Window: quiet-hours law counts the
recipient's local time. Caps: at most one a day and three a week are the limits of the FCC's health-care exemption.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.policy import Caps, SendWindow

_DAY = timedelta(days=1)
_WEEK = 7


def is_open(at: datetime, window: SendWindow, zone: str) -> bool:
    """Whether the client's clock reads a time inside the window. Equal times mean the whole day."""
    reading = at.astimezone(ZoneInfo(zone)).time()
    if window.opens < window.closes:
        return window.opens <= reading < window.closes
    return reading >= window.opens or reading < window.closes


def next_open(now: datetime, window: SendWindow, zone: str) -> datetime:
    """`now` if the window is open, else the first later moment at which it is, in the client's zone."""
    if is_open(now, window, zone):
        return now
    today = now.astimezone(ZoneInfo(zone)).date()
    moments = [moment for ahead in range(4) for moment in _may_open(today + ahead * _DAY, window.opens, zone)]
    first = min(moment for moment in moments if moment > now.astimezone(UTC) and is_open(moment, window, zone))
    return first.astimezone(ZoneInfo(zone))


def time_left(now: datetime, expires_at: datetime, window: SendWindow | None, zone: str) -> timedelta:
    """How long a provider may hold a message: until it is stale, and not past the hour at which we stop writing."""
    left = expires_at - now
    if window is None or window.opens == window.closes:
        return left
    there = now.astimezone(ZoneInfo(zone))
    closing = datetime.combine(there.date(), window.closes, there.tzinfo)
    if closing <= there:
        closing += _DAY
    return min(left, closing.astimezone(UTC) - now)


def cap_until(now: datetime, sent_at: list[datetime], caps: Caps, zone: str) -> datetime | None:
    """None if one more message fits under the caps, else the local midnight from which it does.

    `per_day` counts the local calendar day, `per_week` the last seven local days, today included. A cap of 0 lets
    nothing through; the answer is then a week from now, when the practice may have changed its mind.
    """
    if 0 in (caps.per_day, caps.per_week):
        return now + _WEEK * _DAY
    there = ZoneInfo(zone)
    days = [at.astimezone(there).date() for at in sent_at]
    today = now.astimezone(there).date()
    day = today
    while _full(day, days, caps):
        day += _DAY
    return None if day == today else _instant(day, time(0), there).astimezone(there)


def _full(day: date, days: list[date], caps: Caps) -> bool:
    that_day = days.count(day)
    that_week = sum(0 <= (day - sent).days < _WEEK for sent in days)
    return (caps.per_day is not None and that_day >= caps.per_day) or (
        caps.per_week is not None and that_week >= caps.per_week
    )


def _may_open(day: date, opens: time, zone: str) -> list[datetime]:
    """Moments of a day at which the window can open: when the clock reads `opens`, or jumps over it or back."""
    there = ZoneInfo(zone)
    start, end = _instant(day, time(0), there), _instant(day + _DAY, time(0), there)
    readings = [_instant(day, opens.replace(fold=fold), there) for fold in (0, 1)]
    if start.astimezone(there).utcoffset() == end.astimezone(there).utcoffset():
        return readings
    return [*readings, _clock_change(start, end, there)]


def _clock_change(before: datetime, after: datetime, there: ZoneInfo) -> datetime:
    """The moment between two, to the second, at which the offset from UTC changes."""
    offset = before.astimezone(there).utcoffset()
    while (gap := int((after - before).total_seconds())) > 1:
        middle = before + timedelta(seconds=gap // 2)
        if middle.astimezone(there).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _instant(day: date, at: time, there: ZoneInfo) -> datetime:
    # In UTC, because two datetimes of the same ZoneInfo compare by their wall clock and ignore the fold.
    return datetime.combine(day, at, tzinfo=there).astimezone(UTC)
