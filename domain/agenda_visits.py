"""Touchpoints around a booked visit: reminders, the contraindication question, and the word after a missed one."""

from collections.abc import Iterator
from datetime import timedelta

from domain.state import Appointment, PlanState
from domain.touchpoint import Touchpoint
from domain.wall_clock import shift

LATEST_SCREENING = timedelta(minutes=30)
"""A contraindication question this short before the visit would only be read on the table."""

UNASKED_BEFORE = timedelta(hours=2)
"""When the desk is asked to put the questions that can't be sent: as late as where a sent one got no answer."""


def visits(state: PlanState) -> Iterator[Touchpoint]:
    """Reminders and screening of every visit that is to take place. A visit on hold gets neither."""
    for visit in state.booked():
        if not visit.held:
            yield from _reminders(state, visit)
            yield from _screening(state, visit)


def _reminders(state: PlanState, visit: Appointment) -> Iterator[Touchpoint]:
    offsets = state.policy.reminders
    dues = [shift(visit.starts_at, -offset, state.zone) for offset in offsets]
    expiries = [*dues, visit.starts_at][1:]  # each until the next one; none where there are no reminders
    for offset, due_at, expires_at in zip(offsets, dues, expiries, strict=True):
        if due_at < visit.booked_at:
            continue  # the booking was made too late for this one
        yield Touchpoint(
            key=f"reminder:{visit.appointment_id}:v{visit.version}:{int(offset.total_seconds())}",
            kind="reminder",
            audience="client",
            template="reminder_confirmed" if visit.confirmed else "reminder",
            facts={"first_name": state.plan.client.first_name, "when": visit.starts_at},
            due_at=due_at,
            expires_at=expires_at,
            because=f"{_words(offset)} before the visit",
            category="visit",
            question="confirm_appointment",
            appointment_id=visit.appointment_id,
        )


def _screening(state: PlanState, visit: Appointment) -> Iterator[Touchpoint]:
    policy = state.policy
    if not policy.screening or policy.screening_before is None or visit.booked_at >= visit.starts_at:
        return
    due_at = max(shift(visit.starts_at, -policy.screening_before, state.zone), visit.booked_at)
    expires_at = max(visit.starts_at - LATEST_SCREENING, due_at)  # where it is too late for a text, the desk asks
    yield Touchpoint(
        key=f"screening:{visit.appointment_id}:v{visit.version}",
        kind="screening",
        audience="client",
        template="screening",
        facts={"when": visit.starts_at},
        due_at=due_at,
        expires_at=expires_at,
        because="a new illness, wound, swelling, medicine, surgery or numbness can make a session unsafe",
        category="visit",
        question="screening_yes_no",
        appointment_id=visit.appointment_id,
    )


def unasked(state: PlanState) -> Iterator[Touchpoint]:
    """What the desk asks instead before a visit of a plan that stands still: nothing goes to the client meanwhile."""
    for visit in state.booked():
        for screening in _screening(state, visit):
            if screening.key not in state.done and not visit.held:
                due_at = max(visit.starts_at - UNASKED_BEFORE, screening.due_at)
                yield screening.model_copy(
                    update={
                        "key": f"unasked:{screening.key}",
                        "kind": "notice",
                        "audience": "front_desk",
                        "template": "desk_unasked",
                        "question": None,
                        "due_at": due_at,
                        "expires_at": visit.starts_at,
                        "because": "the plan stands still, so the health questions before the visit are not sent",
                        "any_hour": True,
                    }
                )


def missed_visits(state: PlanState) -> Iterator[Touchpoint]:
    """A friendly word after a no-show, unless another visit is booked by then."""
    if state.booked():
        return
    for visit in state.appointments.values():
        if visit.status == "missed":
            due_at = max(shift(visit.starts_at, state.policy.no_show_after, state.zone), visit.as_of)
            yield Touchpoint(
                key=f"no_show:{visit.appointment_id}:v{visit.version}",
                kind="no_show",
                audience="client",
                template="no_show",
                due_at=due_at,
                expires_at=due_at + timedelta(days=2),
                because="the client missed a visit and none is booked",
                category="visit",
                question="rebook",
                appointment_id=visit.appointment_id,
            )


def _words(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds % size == 0:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} seconds"
