"""What a plan refuses, checked before an event is recorded. A refusal is clear and nothing of it is done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from domain.call_script import QUESTION_IDS
from domain.clamping import beyond_reckoning
from domain.conversation import check_words
from domain.coverage_terms import SIMPLE
from domain.errors import EventRefused
from domain.escalation import EscalationKind
from domain.events import (
    AppointmentBooked,
    AppointmentMoved,
    AuthorizationReceived,
    Changes,
    Choice,
    ClientMissedVisit,
    CoverageVerified,
    Event,
    Measurement,
    MeasureRecorded,
    PlanChanged,
    ReportSent,
    SessionCompleted,
    StaffWrote,
    TouchpointHurried,
    TouchpointSkipped,
    ValueMarked,
    VisitsUsedElsewhere,
)
from domain.plan import ObjectiveGoal
from domain.plan_controls import check_control
from domain.state import PlanState
from domain.take_changes import changed_plan
from domain.workflow_inputs import Fresh

CLOCKS_DIFFER_BY = timedelta(hours=1)
EARLY_BY = timedelta(days=1)
"""A visit may be brought forward within its day without a word; what took place earlier was another time."""
MOST_BOOKED = 200
"""As many visits as a plan may have; each of them is looked at in each judgement."""
ALWAYS_TAKEN = ("client_replied", "reply_unclear", "decision_made", "delivery_failed", "consent_withdrawn")


def check_event(state: PlanState, event: Event, now: datetime, waiting: Sequence[Fresh] = ()) -> None:
    """Raise EventRefused where this plan can't take the event: it has ended, or the event doesn't fit it.

    Replies, opt-outs, decisions and delivery reports are facts about messages and are always taken. `waiting` are
    events that were recorded and not judged yet: a session among them may be measured already.
    """
    if event.type in ALWAYS_TAKEN:
        return
    if (field := beyond_reckoning(event)) is not None:
        raise EventRefused(f"{field} can't be true; send it anew with a date, length or amount of these times")
    if state.status == "ended":
        raise EventRefused("the plan has ended; enrol a new plan to go on")
    if event.occurred_at > now + CLOCKS_DIFFER_BY:
        raise EventRefused("occurred_at lies in the future; send an event once it has happened")
    match event:
        case AppointmentBooked() | AppointmentMoved():
            if event.appointment_id not in state.appointments and len(state.booked()) >= MOST_BOOKED:
                full = f"the plan has {MOST_BOOKED} visits booked and can't hold more"
                raise EventRefused(f"{full}; cancel some or say what became of them")
        case SessionCompleted():
            _check_took_place(state, event, waiting)
            for measure in event.measures:
                _check_measure(state, measure)
        case ClientMissedVisit():
            _check_took_place(state, event, waiting)
        case MeasureRecorded():
            _check_measure(state, event.measure)
            sessions = len(state.sessions) + sum(isinstance(other, SessionCompleted) for other in waiting)
            if event.session is not None and event.session > max(sessions, 1):
                raise EventRefused(f"session {event.session} has not taken place yet; record the session first")
        case ValueMarked():
            if state.plan.goal(event.goal) is None:
                raise EventRefused(_unknown_goal(state, event.goal))
        case PlanChanged():
            if not event.changes.any():
                raise EventRefused("changes is empty; name at least one thing that changes")
            check_changes(state, event.changes)
        case VisitsUsedElsewhere() | AuthorizationReceived() | CoverageVerified() | ReportSent():
            _check_coverage(state, event, now)
        case TouchpointSkipped() | TouchpointHurried():
            check_control(state, event)
        case StaffWrote():
            check_words(state, event, now)
        case _:
            return


def _check_took_place(state: PlanState, event: SessionCompleted | ClientMissedVisit, waiting: Sequence[Fresh]) -> None:
    """A visit that is still to come by the day that it was told of has neither taken place nor been missed."""
    known = state.appointments.get(event.appointment_id)
    times = [(known.as_of, known.starts_at)] if known else []
    booked = [each for each in waiting if isinstance(each, AppointmentBooked | AppointmentMoved)]
    times += [(each.occurred_at, each.starts_at) for each in booked if each.appointment_id == event.appointment_id]
    starts_at = max(times, default=None)
    if starts_at is not None and event.occurred_at < starts_at[1] - EARLY_BY:
        day = f"{starts_at[1].astimezone(ZoneInfo(state.plan.client.time_zone)):%Y-%m-%d}"
        raise EventRefused(
            f"occurred_at lies before the visit, which is on {day}; send appointment_moved first if it was earlier"
        )


def _check_coverage(
    state: PlanState,
    event: VisitsUsedElsewhere | AuthorizationReceived | CoverageVerified | ReportSent,
    now: datetime,
) -> None:
    match event:
        case VisitsUsedElsewhere():
            _check_pool(state, event.pool)
        case AuthorizationReceived():
            if event.authorization.id == SIMPLE:
                raise EventRefused(f"authorization.id: '{SIMPLE}' stands for the plan file's own; write another id")
        case CoverageVerified():
            unknown = sorted(event.answers.keys() - QUESTION_IDS)
            if unknown:
                known = ", ".join(sorted(QUESTION_IDS))
                raise EventRefused(f"answers: '{unknown[0]}' is no question of the call script; its ids are {known}")
            if event.on is not None and event.on > state.today(now + CLOCKS_DIFFER_BY):
                raise EventRefused("on lies in the future; send it once the payer was asked")
            for change in event.changes:
                _check_pool(state, change.pool)
        case ReportSent():
            if state.plan.coverage.workers_comp is None:
                raise EventRefused("the plan's coverage has no workers_comp, so it owes no reports; change it first")


def _check_pool(state: PlanState, pool_id: str) -> None:
    known = [pool.id for pool in state.plan.coverage.pools]
    if pool_id not in known:
        raise EventRefused(f"the plan's coverage has no pool '{pool_id}'; it has {', '.join(known) or 'none'}")


def _check_measure(state: PlanState, measure: Measurement) -> None:
    goal = state.plan.goal(measure.goal)
    if goal is None:
        raise EventRefused(_unknown_goal(state, measure.goal))
    if isinstance(goal, ObjectiveGoal):
        low, high = goal.catalogued.low, goal.catalogued.high
        if isinstance(measure.value, bool) or not low <= measure.value <= high:
            raise EventRefused(f"the value of {goal.id} must be a number from {low:g} to {high:g}")
    elif not isinstance(measure.value, bool):
        raise EventRefused(f"the value of {goal.id} must be true or false; the goal is functional")


def _unknown_goal(state: PlanState, goal_id: str) -> str:
    return f"the plan has no goal '{goal_id}'; it has {', '.join(goal.id for goal in state.plan.goals)}"


def check_decision(state: PlanState, kind: EscalationKind, choice: Choice, changes: Changes) -> None:
    """Raise EventRefused where a decision doesn't answer its question, or its changes make no plan."""
    if kind in ("red_flag", "screening") and choice in ("maintenance", "new_goal"):
        raise EventRefused(f"{choice} doesn't answer this question; choose continue, modify or refer_out")
    if choice == "modify" and not changes.any():
        raise EventRefused("modify needs changes: session_minutes, spacing, pressure, modality or cadence")
    if choice == "new_goal" and changes.goal is None:
        raise EventRefused("new_goal needs changes.goal, with its description and benchmarks")
    check_changes(state, changes)


def check_changes(state: PlanState, changes: Changes) -> None:
    """Raise EventRefused where the changes make no valid plan, or a goal's benchmark has passed already."""
    if not changes.any():
        return
    goal, done = changes.goal, len(state.sessions)
    if goal is not None and goal.last_benchmark.by_session <= done:
        raise EventRefused(f"goal.benchmarks: {done} sessions are done, so by_session must be {done + 1} or later")
    try:
        changed_plan(state.plan, changes)
    except ValidationError as error:
        reasons = (item["msg"].removeprefix("Value error, ") for item in error.errors(include_url=False))
        raise EventRefused("; ".join(reasons)) from error
