"""Touchpoints after a session: feedback, the first check-in, a measure by text, the benchmark question, rebooking."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.agenda_benchmarks import benchmark_touchpoints, measure_key
from domain.state import PlanState, Session
from domain.touchpoint import Touchpoint
from domain.wall_clock import shift

SAME_EVENING = timedelta(hours=2)


def after_sessions(state: PlanState) -> Iterator[Touchpoint]:
    """What the sessions that took place still owe. A maintenance plan asks for none of it."""
    if not state.sessions or state.status == "maintenance":
        return
    number = len(state.sessions)
    session = state.sessions[-1]
    yield _feedback(state, number, session)
    yield from _measure_requests(state, number, session)
    yield from benchmark_touchpoints(state)
    yield from _rebooking(state, number, session)


def feedback_due_after(state: PlanState, number: int, ends_at: datetime) -> datetime:
    """When the feedback text of session `number` will be due if the visit ends at `ends_at`."""
    policy = state.policy
    first = number == 1 and policy.check_in
    return shift(ends_at, policy.check_in_after if first else policy.feedback_after, state.zone)


def more_sessions_planned(state: PlanState, number: int) -> bool:
    """Whether the plan wants another session after session `number`."""
    sessions = state.plan.dosage.sessions
    return sessions == "open" or number < sessions


def _feedback(state: PlanState, number: int, session: Session) -> Touchpoint:
    first = number == 1 and state.policy.check_in
    due_at = feedback_due_after(state, number, session.ends_at)
    return Touchpoint(
        key=f"feedback:{session.appointment_id}",
        kind="check_in" if first else "feedback",
        audience="client",
        template="check_in" if first else "feedback",
        facts={"first_name": state.plan.client.first_name},
        due_at=due_at,
        expires_at=due_at + state.policy.answer_within,
        because="the first session was completed" if first else f"session {number} was completed",
        question="feedback_1_5",
        session=number,
    )


def _measure_requests(state: PlanState, number: int, session: Session) -> Iterator[Touchpoint]:
    if not state.policy.measure_requests or number == 1:  # at the first session the baseline is the value
        return
    for goal in state.objective_goals():
        if goal.catalogued.ask_client and not any(v.session == number for v in state.values if v.goal_id == goal.id):
            due_at = shift(session.ends_at, state.policy.measure_request_after, state.zone)
            yield Touchpoint(
                key=measure_key(goal.id, session),
                kind="measure_request",
                audience="client",
                template="measure_request",
                due_at=due_at,
                expires_at=due_at + state.policy.answer_within,
                because=f"no value was recorded at session {number}",
                question="pain_0_10",
                goal_id=goal.id,
                session=number,
            )


def _rebooking(state: PlanState, number: int, session: Session) -> Iterator[Touchpoint]:
    if not state.policy.rebook or state.booked() or not more_sessions_planned(state, number):
        return
    if any(v.status == "missed" and v.starts_at > session.starts_at for v in state.appointments.values()):
        return  # the word after the missed visit asks for a new time already
    due_at = shift(session.ends_at, state.policy.rebook_after, state.zone)
    asked = [question.asked_at for question in state.questions if question.kind == "rebook"]
    if asked:  # sessions written down long afterwards, one by one, would each ask the same
        due_at = max(due_at, max(asked) + state.plan.dosage.spacing)
    yield Touchpoint(
        key=f"rebook:{session.appointment_id}",
        kind="rebook",
        audience="client",
        template="rebook",
        facts={"spacing": state.plan.dosage.spacing},
        due_at=due_at,
        expires_at=due_at + max(2 * state.plan.dosage.spacing, SAME_EVENING),
        because="the plan wants another session and none is booked",
        category="visit",
        question="rebook",
        session=number,
    )
