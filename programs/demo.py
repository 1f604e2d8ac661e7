"""Enrols the three example plans, with visits placed around now so that messages go out within the first minute."""

import contextlib
from datetime import UTC, datetime, timedelta

from domain.events import AppointmentBooked, Event, Measurement, SessionCompleted
from domain.plan_file import read_plan
from web.intake import PlanExists, UnknownPlan
from worker import EXAMPLES, House

SOON = timedelta(seconds=20)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def enrol_examples(house: House) -> None:
    """Enrol each example once; a later start finds them where they were."""
    now = datetime.now(UTC)
    for name, events in (("tina", _tina(now)), ("tom", _tom(now)), ("sarah", _sarah(now))):
        path = EXAMPLES / f"{name}.yaml"
        plan = read_plan(path.read_text("utf-8"), str(path)).plan
        # An earlier start may have been killed before it had told everything; what it did tell counts once.
        with contextlib.suppress(PlanExists):
            await house.intake.enroll(plan)
        with contextlib.suppress(UnknownPlan):  # the client was erased since
            for event in events:
                await house.intake.take_event(plan.plan_id or "", event)


def _booked(visit: str, starts_at: datetime, booked_at: datetime) -> Event:
    return AppointmentBooked(
        event_id=f"demo-booked-{visit}", occurred_at=booked_at, appointment_id=visit, starts_at=starts_at
    )


def _completed(visit: str, ended_at: datetime, **values: float) -> Event:
    measures = [Measurement(goal=goal, value=value) for goal, value in values.items()]
    return SessionCompleted(
        event_id=f"demo-completed-{visit}", occurred_at=ended_at, appointment_id=visit, measures=measures
    )


def _tina(now: datetime) -> list[Event]:
    """Her first session was yesterday, so the check-in is due; the next visit is in two weeks."""
    first = now - DAY - timedelta(minutes=90) + SOON
    return [
        _booked("demo-1", first, first - 5 * DAY),
        _completed("demo-1", first + timedelta(minutes=90)),
        _booked("demo-2", first + 14 * DAY, first + timedelta(minutes=95)),
    ]


def _tom(now: datetime) -> list[Event]:
    """He comes in two hours: the last reminder is due."""
    return [_booked("demo-1", now + 2 * HOUR + SOON, now - 3 * HOUR)]


def _sarah(now: datetime) -> list[Event]:
    """Her third visit is tomorrow; her second session is two days ago, so feedback is due too.

    The booking is told first: of a session that is days old and has no visit after it she would be nudged to book.
    """
    second = now - 2 * DAY - HOUR + 2 * SOON
    first = second - 12 * DAY
    return [
        _booked("demo-3", now + DAY + SOON, now - HOUR),
        _completed("demo-1", first + HOUR, pain=7),
        _completed("demo-2", second + HOUR, pain=6),
    ]
