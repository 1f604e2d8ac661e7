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


def first_due_after(state: PlanState, number: int, ends_at: datetime, *, nothing_follows: bool) -> datetime:
    """When the first touchpoint after session `number` will be due if the visit ends at `ends_at` as booked.

    `nothing_follows` says that no later visit is booked, so that a rebooking nudge would be owed too.
    """
    policy = state.policy
    waits = [policy.check_in_after if number == 1 and policy.check_in else policy.feedback_after]
    if number > 1 and policy.measure_requests and _askable(state):
        waits.append(policy.measure_request_after)
    if any(b.by_session == number for goal in state.functional_goals() for b in goal.benchmarks):
        waits.append(policy.benchmark_question_after)
    if policy.rebook and nothing_follows and more_sessions_planned(state, number):
        waits.append(policy.rebook_after)
    return min(shift(ends_at, wait, state.zone) for wait in waits)


def more_sessions_planned(state: PlanState, number: int) -> bool:
    """Whether the plan wants another session after session `number`."""
    sessions = state.plan.dosage.sessions
    return sessions == "open" or number < sessions


def _askable(state: PlanState) -> bool:
    return any(goal.catalogued.ask_client for goal in state.objective_goals())


def _feedback(state: PlanState, number: int, session: Session) -> Touchpoint:
    first = number == 1 and state.policy.check_in
    due_at = shift(session.ends_at, state.policy.check_in_after if first else state.policy.feedback_after, state.zone)
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
    due_at = shift(session.ends_at, state.policy.rebook_after, state.zone)
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
