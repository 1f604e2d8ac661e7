"""The judgement on a plan: given its state, what has happened since, and the time, what to do now and when to wake.

Pure: no clock, no I/O. The workflow records the answer, so everything here may change on any day without touching
plans that are under way.
"""

from datetime import datetime, timedelta

from domain.actions import SendOutcome
from domain.agenda import agenda, effective_due
from domain.calendar_changes import owe_calendar_changes
from domain.carry_out import carry_out_due
from domain.clamping import clamped
from domain.closed_visits import forget_closed_visits
from domain.conversation import (
    forget_conversation,
    release_conversation,
    take_conversation,
    take_words,
)
from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    AuthorizationReceived,
    ClientMissedVisit,
    ClientReplied,
    ConsentWithdrawn,
    ConversationReleased,
    ConversationTaken,
    CoverageChanged,
    CoverageVerified,
    DecisionMade,
    DeliveryFailed,
    MeasureRecorded,
    PlanChanged,
    PlanEnded,
    PlanPaused,
    PlanResumed,
    ReplyUnclear,
    ReportSent,
    SessionCompleted,
    StaffWrote,
    TouchpointHurried,
    TouchpointSkipped,
    ValueMarked,
    VisitsUsedElsewhere,
)
from domain.judge_goals import judge_goals
from domain.judgement import Judgement
from domain.ladder import (
    ask_about_unclear,
    forget_delivered,
    take_failed_delivery,
    take_outcome,
)
from domain.plan_controls import take_hurry, take_skip
from domain.silence import close_answered
from domain.state import Decision, PlanState
from domain.take_changes import take_decision, take_plan_change
from domain.take_coverage import close_settled, note_coverage, take_coverage
from domain.take_death import take_misunderstanding
from domain.take_end import take_end
from domain.take_opt_out import take_withdrawal
from domain.take_reply import ask_which_one, take_reply
from domain.take_visits import (
    take_cancellation,
    take_mark,
    take_measure,
    take_missed_visit,
    take_schedule,
    take_session,
)
from domain.urgency import is_urgent
from domain.workflow_inputs import Fresh

TAKEN_AFTER_THE_END = (SendOutcome, DeliveryFailed, ClientReplied, ConsentWithdrawn, DecisionMade)
"""What still means something once the plan is over."""
_COUNTS_ALWAYS = (SendOutcome, DeliveryFailed, ClientReplied, ReplyUnclear, DecisionMade, ConsentWithdrawn, PlanEnded)
"""What people said and decided, and what came of our messages: it counts, whatever a date in it says."""
CLOCKS_MAY_DIFFER_BY = timedelta(minutes=2)
"""How far ahead another program's clock may be before its times say nothing about what came first."""
LAST_REPORTS_WITHIN = timedelta(days=1)
"""How long an ended plan stays to hear what became of its last messages."""


def decide(state: PlanState, fresh: list[Fresh], now: datetime) -> Decision:
    """Judge `fresh` in its order, then everything that is due at `now`. `wake_at` is None when nothing is owed.

    What is urgent comes first among the actions, for they are carried out one after the other.
    """
    beyond: list[str] = []
    judgement = Judgement(clamped(state, moved=beyond), now)
    if beyond:
        _tell_of_nonsense(judgement, f"beyond:{state.revision}", beyond)
    if state.revision == 0:
        note_coverage(judgement, "the plan begins")
    for event in fresh:
        _take_if_sound(judgement, event)
    forget_conversation(judgement)
    forget_delivered(judgement)
    ask_about_unclear(judgement)
    _close_old_questions(judgement)
    close_answered(judgement)
    close_settled(judgement)
    judge_goals(judgement)
    owe_calendar_changes(judgement)
    carry_out_due(judgement)
    forget_closed_visits(judgement)
    judgement.state.revision += 1
    wake_at = _wake_at(judgement)
    paging = any(asked.open and asked.kind == "red_flag" for asked in judgement.state.asked)
    over = judgement.state.ended and wake_at is None and not judgement.actions and not paging
    if judgement.state.ended and wake_at is None and judgement.actions:
        wake_at = now + LAST_REPORTS_WITHIN
    actions = sorted(judgement.actions, key=lambda action: not is_urgent(action))
    return Decision(state=judgement.state, actions=actions, wake_at=wake_at, over=over)


def _take_if_sound(judgement: Judgement, event: Fresh) -> None:
    """Reports that no door would take any more are left to a person; what people said and decided always counts."""
    beyond: list[str] = []
    event = clamped(event, moved=beyond)
    if beyond and not isinstance(event, _COUNTS_ALWAYS):
        _tell_of_nonsense(judgement, f"beyond:{event.event_id}", beyond)
        return
    _take(judgement, event)


def _tell_of_nonsense(judgement: Judgement, key: str, fields: list[str]) -> None:
    named = ", ".join(dict.fromkeys(fields))
    text = f"A date or length on this plan can't be true ({named}), and nothing follows from it. Report it anew."
    judgement.desk(key, "refused_event", text)


def _take(judgement: Judgement, event: Fresh) -> None:
    state, event = judgement.state, _not_ahead(event, judgement.now)
    if state.ended and not isinstance(event, TAKEN_AFTER_THE_END):
        judgement.write("event", "Something was reported after the end; nothing follows from it.")
        if isinstance(event, StaffWrote):
            judgement.desk(f"unsent:{event.event_id}", "undeliverable", f"{event.by} wrote after the end: not sent.")
        return
    match event:
        case SendOutcome():
            take_outcome(judgement, event)
        case AppointmentBooked() | AppointmentMoved():
            take_schedule(judgement, event)
        case AppointmentCancelled():
            take_cancellation(judgement, event)
        case SessionCompleted():
            take_session(judgement, event)
        case ClientMissedVisit():
            take_missed_visit(judgement, event)
        case MeasureRecorded():
            take_measure(judgement, event)
        case ValueMarked():
            take_mark(judgement, event)
        case PlanChanged():
            take_plan_change(judgement, event)
        case PlanPaused() | PlanResumed():
            _pause_or_resume(judgement, event)
        case PlanEnded():
            take_end(judgement, event)
        case ClientReplied():
            take_reply(judgement, event)
        case ReplyUnclear():
            ask_which_one(judgement, event)
        case DecisionMade():
            take_decision(judgement, event)
        case VisitsUsedElsewhere() | AuthorizationReceived() | CoverageVerified() | CoverageChanged() | ReportSent():
            take_coverage(judgement, event)
        case TouchpointSkipped():
            take_skip(judgement, event)
        case TouchpointHurried():
            take_hurry(judgement, event)
        case StaffWrote():
            take_words(judgement, event)
        case ConsentWithdrawn():
            take_withdrawal(judgement, event)
        case ConversationTaken():
            take_conversation(judgement, event)
        case ConversationReleased():
            release_conversation(judgement, event)
        case DeliveryFailed():
            take_failed_delivery(judgement, event)


def _not_ahead(event: Fresh, now: datetime) -> Fresh:
    """A clock may have been ahead: what is said to have happened much later than now happened now.

    Else every word that follows would seem older than that one, until its time has come. Clocks that differ by a
    little keep their order: a booking that arrives after the move that followed it stays the older word.
    """
    if isinstance(event, SendOutcome) or event.occurred_at <= now + CLOCKS_MAY_DIFFER_BY:
        return event
    return event.model_copy(update={"occurred_at": now})


def _pause_or_resume(judgement: Judgement, event: PlanPaused | PlanResumed) -> None:
    """The word spoken last counts, whenever it arrives."""
    state = judgement.state
    if state.paused_as_of is not None and event.occurred_at < state.paused_as_of:
        judgement.write("event", "An older word about pausing arrived late; the later one stands.")
        return
    paused = isinstance(event, PlanPaused)
    if isinstance(event, PlanResumed):
        if event.misunderstanding and not state.death_reported:
            return  # nothing had stopped it
        paused = state.death_reported and take_misunderstanding(judgement, event)
    state.paused, state.paused_as_of = paused, event.occurred_at
    judgement.write("event", "The plan was paused: nothing automatic goes out." if paused else "It was resumed.")


def _close_old_questions(judgement: Judgement) -> None:
    state = judgement.state
    state.questions = [question for question in state.questions if question.expires_at > judgement.now]


def _wake_at(judgement: Judgement) -> datetime | None:
    """The earliest time at which something is due, or at which an unanswered question becomes somebody else's."""
    state = judgement.state
    times = [effective_due(state, touchpoint) for touchpoint in agenda(state)]
    times += [q.expires_at for q in state.questions if q.kind in ("benchmark_yes_no", "pain_0_10") and q.goal_id]
    times += [state.deferred[key] for key in state.unclear if key in state.deferred]
    return min(times, default=None)
