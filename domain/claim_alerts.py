"""Alerts about open deadlines: when each goes and to whom, from thirty days before until somebody files or lets it go.

Thirty, fourteen, seven, three and one day before, on our own day and on the last day, at nine on the practice's clock;
then on the day after, and every week. They are never too late: after an outage each that was missed still goes.
"""

from collections.abc import Container, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.claim import ClaimState
from domain.claim_deadlines import Deadline, open_deadlines
from domain.claim_phrases import DEADLINES, day_in_words
from domain.client import Person
from domain.touchpoint import Audience, Touchpoint

NINE = time(9)
FOR_EVER = timedelta(days=3650)
WEEK = timedelta(days=7)
ALL: tuple[Audience, ...] = ("biller", "therapist", "owner")
BEFORE: dict[int, tuple[Audience, ...]] = {
    30: ("biller",),
    14: ("biller",),
    7: ("biller", "therapist"),
    3: ("biller", "therapist"),
    1: ALL,
    0: ALL,
}
"""Days before the last day, and who is told then."""
AT_ACT_BY: tuple[Audience, ...] = ("biller", "therapist")
ALERT = "alert:"


def alerts_of(state: ClaimState) -> list[Touchpoint]:
    """Every alert that open deadlines still owe, those that were missed included."""
    return [alert for each in open_deadlines(state) for alert in _owed(state, each)]


def known_as(deadline: Deadline) -> str:
    """A deadline with its day: a letter that moves the day makes it a new one."""
    return f"{deadline.key}:{deadline.day.legal}"


def passed_before(state: ClaimState, deadline: Deadline, now: datetime) -> list[str]:
    """Keys of the alerts that were due before a deadline was known, without the nearest, which goes at once."""
    due = [alert for alert in _all_until(state, deadline, now) if alert.due_at <= now]
    nearest = max((alert.due_at for alert in due), default=now)
    return [alert.key for alert in due if alert.due_at < nearest]


def person(state: ClaimState, audience: Audience) -> Person:
    """The member of staff behind an audience."""
    if audience == "therapist":
        return state.therapist
    return state.owner if audience == "owner" else state.biller


def at_nine(day: date, zone: str) -> datetime:
    """Nine o'clock of that day."""
    return datetime.combine(day, NINE, ZoneInfo(zone))


def deadline_of(key: str) -> str:
    """The deadline's key, out of an alert's."""
    return key.removeprefix(ALERT).rsplit(":", 3)[0]


def last_day_of(key: str) -> date:
    """The last day, out of an alert's key."""
    return date.fromisoformat(key.rsplit(":", 3)[1])


def _owed(state: ClaimState, deadline: Deadline) -> Iterator[Touchpoint]:
    yield from _before(state, deadline, state.done)
    for nth in _weeks():
        missing = _after(state, deadline, nth, state.done)
        if missing:
            yield from missing
            return


def _all_until(state: ClaimState, deadline: Deadline, now: datetime) -> Iterator[Touchpoint]:
    yield from _before(state, deadline)
    for nth in _weeks():
        alerts = _after(state, deadline, nth)
        if alerts[0].due_at > now:
            return
        yield from alerts


def _weeks() -> Iterator[int]:
    nth = 0
    while True:
        yield nth
        nth += 1


def _before(state: ClaimState, deadline: Deadline, done: Container[str] = ()) -> Iterator[Touchpoint]:
    told_on: dict[date, tuple[Audience, ...]] = {}
    for days, audiences in BEFORE.items():
        day = deadline.day.legal - timedelta(days=days)
        told_on[day] = audiences
        because = f"{days} day{'' if days == 1 else 's'} before the last day" if days else "the last day"
        yield from _to(state, deadline, str(days), day, audiences, because, done)
    act_by = deadline.day.act_by
    others: tuple[Audience, ...] = tuple(each for each in AT_ACT_BY if each not in told_on.get(act_by, ()))
    yield from _to(state, deadline, "act_by", act_by, others, "the day by which we want to have acted", done)


def _after(state: ClaimState, deadline: Deadline, nth: int, done: Container[str] = ()) -> list[Touchpoint]:
    days = 1 + 7 * nth
    day = deadline.day.legal + timedelta(days=days)
    because = "the last day has passed, and nobody filed or let it go"
    return list(_to(state, deadline, f"+{days}", day, ALL, because, done))


def _to(
    state: ClaimState,
    deadline: Deadline,
    mark: str,
    day: date,
    audiences: tuple[Audience, ...],
    because: str,
    done: Container[str],
) -> Iterator[Touchpoint]:
    """One touchpoint for each person who wasn't told yet; who fills two places is told once."""
    told: set[str | None] = set()
    due_at = at_nine(day, state.practice.time_zone)
    for audience in audiences:
        who = person(state, audience)
        address = who.address(who.channels()[0])
        if address in told:
            continue
        told.add(address)
        key = f"{ALERT}{deadline.key}:{deadline.day.legal}:{mark}:{audience}"
        if key in done:
            continue
        yield Touchpoint(
            key=key,
            kind="deadline_alert",
            audience=audience,
            template="deadline_alert",
            facts={
                "deadline": DEADLINES[deadline.about][who.language],
                "last_day": day_in_words(deadline.day.legal, who.language),
                "act_by": day_in_words(deadline.day.act_by, who.language),
            },
            due_at=due_at,
            expires_at=due_at + FOR_EVER,
            because=f"{deadline.name}: {because}",
            category="visit",
        )
