"""What a plan still owes, derived from its state and never stored.

A moved or cancelled visit can't leave a stale reminder behind: there is no stored reminder. Keys carry the visit's
version, so a new time is a new touchpoint and an old one is simply no longer owed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.agenda_answers import unanswered
from domain.agenda_between import between_visits
from domain.agenda_coverage import coverage_touchpoints
from domain.agenda_sessions import after_sessions, feedback_due_after
from domain.agenda_visits import missed_visits, unasked, visits
from domain.state import PlanState
from domain.touchpoint import Touchpoint

GRACE = timedelta(days=2)


def agenda(state: PlanState) -> list[Touchpoint]:
    """Every touchpoint that the plan still owes, the earliest first. Empty of automatic ones while it is on hold."""
    owed = [notice for notice in state.notices if may_go(state, notice)]
    if state.status in ("active", "maintenance"):
        owed += [*_welcome(state), *visits(state), *missed_visits(state), *_unrecorded_visits(state)]
        owed += [*after_sessions(state), *between_visits(state), *unanswered(state)]
    elif not state.ended and not state.death_reported:
        owed += [*(silent for silent in unanswered(state) if silent.audience == "front_desk"), *unasked(state)]
    owed += coverage_touchpoints(state)  # words to staff; what the payer asks for doesn't wait for a pause to end
    return sorted(
        (touchpoint for touchpoint in owed if touchpoint.key not in state.done),
        key=lambda touchpoint: (touchpoint.due_at, touchpoint.key),
    )


def may_go(state: PlanState, notice: Touchpoint) -> bool:
    """While a person has to clear the plan, only the fixed emergency text, words to staff, and the word that an opt-out
    counts, which is of use for minutes alone; paused, answers too.

    What a person wrote themselves goes always; but where the client is said to have died, not even that.
    """
    if state.death_reported:
        return notice.safety or notice.audience != "client"
    if notice.by_a_person:
        return True
    if state.status == "held":
        return notice.safety or notice.about_opt_out or notice.audience != "client"
    if state.status == "paused":
        return notice.safety or notice.audience != "client" or notice.category == "answer"
    return True


def _welcome(state: PlanState) -> Iterator[Touchpoint]:
    plan = state.plan
    goal = plan.goals[0]
    yield Touchpoint(
        key="welcome",
        kind="welcome",
        audience="client",
        template="welcome",
        facts={
            "first_name": plan.client.first_name,
            "therapist": plan.therapist.name,
            "minutes": plan.dosage.session_minutes,
            "spacing": plan.dosage.spacing,
            "sessions": plan.dosage.sessions,
            "homework": [(item.what, item.note or "") for item in plan.homework],
            "goal": goal.description,
            "by_session": goal.last_benchmark.by_session,
        },
        due_at=state.started_at,
        expires_at=state.started_at + GRACE,
        because="the plan has started",
        category="visit",
    )


def _unrecorded_visits(state: PlanState) -> Iterator[Touchpoint]:
    """A visit whose time has passed with no word about it: the front desk is asked what became of it.

    It is due when the feedback text would be, so that recording the session re-arms no timer.
    """
    for number, visit in enumerate(state.booked(), start=len(state.sessions) + 1):
        due_at = feedback_due_after(state, number, visit.starts_at + state.visit_length())
        yield Touchpoint(
            key=f"outcome:{visit.appointment_id}:v{visit.version}",
            kind="notice",
            audience="front_desk",
            template="desk_visit_outcome",
            due_at=due_at,
            expires_at=due_at + timedelta(days=365),
            because="the visit's time has passed and nothing was recorded about it",
            appointment_id=visit.appointment_id,
            any_hour=True,
        )


def effective_due(state: PlanState, touchpoint: Touchpoint) -> datetime:
    """When a touchpoint is tried next: its due time or when a person wanted it sent, or what it was deferred to."""
    due_at = min(touchpoint.due_at, state.hurried.get(touchpoint.key, touchpoint.due_at))
    return max(due_at, state.deferred.get(touchpoint.key, due_at))
