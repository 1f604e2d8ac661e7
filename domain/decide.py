"""The judgement on a plan: given its state, what has happened since, and the time, what to do now and when to wake.

Pure: no clock, no I/O. The workflow records the answer, so everything here may change on any day without touching
plans that are under way.
"""

from datetime import datetime, timedelta

from domain.actions import SendOutcome
from domain.agenda import agenda, effective_due
from domain.agenda_answers import is_second_try, needs_answer
from domain.agenda_between import homework_since
from domain.ask_desk import ask_desk
from domain.calendar_changes import note_invitation, owe_calendar_changes
from domain.client import Channel
from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    AuthorizationReceived,
    ClientMissedVisit,
    ClientReplied,
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
    ValueMarked,
    VisitsUsedElsewhere,
)
from domain.judge_goals import ask_therapist_for_benchmark, judge_goals
from domain.judgement import Judgement
from domain.ladder import (
    ask_about_unclear,
    forget_delivered,
    in_series,
    still_stands,
    take_failed_delivery,
    take_outcome,
    tell_desk,
)
from domain.outgoing import WINDOW_CLOSED, message_for
from domain.send_window import next_open
from domain.silence import close_answered
from domain.state import Decision, OpenQuestion, PlanState
from domain.take_changes import end_plan, take_decision, take_plan_change
from domain.take_coverage import close_settled, note_coverage, take_coverage
from domain.take_reply import ask_which_one, take_reply
from domain.take_visits import (
    take_cancellation,
    take_mark,
    take_measure,
    take_missed_visit,
    take_schedule,
    take_session,
    visit_time,
)
from domain.touchpoint import Touchpoint
from domain.workflow_inputs import Fresh

KEEP_CLOSED_VISITS = timedelta(days=120)
MOST_ROUNDS = 500
LAST_REPORTS_WITHIN = timedelta(days=1)
"""How long an ended plan stays to hear what became of its last messages."""
ABOUT_VISITS = (
    "reminder",
    "screening",
    "unanswered",
    "calendar",
    "outcome",
    "no_show",
    "feedback",
    "rebook",
    "overbooked",
)
"""Kinds of touchpoints whose key names a visit first."""


def decide(state: PlanState, fresh: list[Fresh], now: datetime) -> Decision:
    """Judge `fresh` in its order, then everything that is due at `now`. `wake_at` is None when nothing is owed."""
    judgement = Judgement(state, now)
    if state.revision == 0:
        note_coverage(judgement, "the plan begins")
    for event in fresh:
        _take(judgement, event)
    forget_delivered(judgement)
    ask_about_unclear(judgement)
    _close_old_questions(judgement)
    close_answered(judgement)
    close_settled(judgement)
    judge_goals(judgement)
    owe_calendar_changes(judgement)
    _carry_out_due(judgement)
    _forget_closed_visits(judgement)
    judgement.state.revision += 1
    wake_at = _wake_at(judgement)
    paging = any(asked.open and asked.kind == "red_flag" for asked in judgement.state.asked)
    over = judgement.state.ended and wake_at is None and not judgement.actions and not paging
    if judgement.state.ended and wake_at is None and judgement.actions:
        wake_at = now + LAST_REPORTS_WITHIN
    return Decision(state=judgement.state, actions=judgement.actions, wake_at=wake_at, over=over)


def _take(judgement: Judgement, event: Fresh) -> None:
    state = judgement.state
    if state.ended and not isinstance(event, SendOutcome | DeliveryFailed | ClientReplied | DecisionMade):
        judgement.write("event", "Something was reported after the end; nothing follows from it.")
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
            end_plan(judgement, "discharge", event.reason or "the therapist ended the plan")
        case ClientReplied():
            take_reply(judgement, event)
        case ReplyUnclear():
            ask_which_one(judgement, event)
        case DecisionMade():
            take_decision(judgement, event)
        case VisitsUsedElsewhere() | AuthorizationReceived() | CoverageVerified() | CoverageChanged() | ReportSent():
            take_coverage(judgement, event)
        case DeliveryFailed():
            take_failed_delivery(judgement, event)


def _pause_or_resume(judgement: Judgement, event: PlanPaused | PlanResumed) -> None:
    """The word spoken last counts, whenever it arrives."""
    state = judgement.state
    if state.paused_as_of is not None and event.occurred_at < state.paused_as_of:
        judgement.write("event", "An older word about pausing arrived late; the later one stands.")
        return
    state.paused, state.paused_as_of = isinstance(event, PlanPaused), event.occurred_at
    judgement.write("event", "The plan was paused: nothing automatic goes out." if state.paused else "It was resumed.")


def _close_old_questions(judgement: Judgement) -> None:
    state = judgement.state
    state.questions = [question for question in state.questions if question.expires_at > judgement.now]


def _carry_out_due(judgement: Judgement) -> None:
    """Send, drop or put off what is due, until nothing is: a sent homework reminder makes the next one owed."""
    for _ in range(MOST_ROUNDS):
        due = [t for t in agenda(judgement.state) if effective_due(judgement.state, t) <= judgement.now]
        if not due:
            return
        for touchpoint in due:
            if touchpoint.key not in judgement.state.done:
                _settle(judgement, touchpoint)


def _settle(judgement: Judgement, touchpoint: Touchpoint) -> None:
    state, now = judgement.state, judgement.now
    opens_at = now
    if touchpoint.audience == "client" and not touchpoint.any_hour:
        opens_at = next_open(now, state.policy.send_window, state.zone)
    if touchpoint.audience == "therapist" and not touchpoint.any_hour:
        opens_at = next_open(now, state.policy.send_window, state.practice.time_zone)
    if not still_stands(state, touchpoint):
        _drop(judgement, touchpoint, "things have changed since")
    elif touchpoint.expires_at <= now or opens_at >= touchpoint.expires_at:
        _drop(judgement, touchpoint, "it was no longer useful by the time it could go")
    elif opens_at > now:
        state.deferred[touchpoint.key] = opens_at
        state.waits[touchpoint.key] = WINDOW_CLOSED
    elif touchpoint.audience == "front_desk":
        _close(judgement, touchpoint, "asked")
        ask_desk(judgement, touchpoint)
    elif touchpoint.template == "ask_benchmark":
        _close(judgement, touchpoint, "asked")
        ask_therapist_for_benchmark(judgement, touchpoint.goal_id or "", touchpoint.session or 1)
    else:
        _send(judgement, touchpoint)


def _send(judgement: Judgement, touchpoint: Touchpoint) -> None:
    state = judgement.state
    message = message_for(state, touchpoint, judgement.now)
    if message is None:
        _drop(judgement, touchpoint, "the client opted out" if state.opted_out else "no channel with consent")
        if touchpoint.question == "screening_yes_no" and not is_second_try(touchpoint):
            _leave_to_the_desk(judgement, touchpoint)
        return
    if in_series(touchpoint) or any(notice.key == touchpoint.key for notice in state.notices):
        touchpoint = touchpoint.model_copy(update={"derived": False})
        state.climbable[touchpoint.key] = touchpoint
    state.sent[touchpoint.key] = touchpoint
    state.sent_by[touchpoint.key] = message.message_key.removeprefix(f"{state.plan_id}:{touchpoint.key}:")
    if message.visit is not None:
        note_invitation(state, message.visit)
    _close(judgement, touchpoint, "sent")
    judgement.actions.append(message)
    if touchpoint.question and not is_second_try(touchpoint):
        state.questions.append(_question(judgement, touchpoint, message.channel))


def _leave_to_the_desk(judgement: Judgement, touchpoint: Touchpoint) -> None:
    """A session without the health questions can harm; if the client can't be written to, a person asks them."""
    visit = judgement.state.appointments[touchpoint.appointment_id or ""]
    when = visit_time(judgement.state, visit.starts_at)
    text = f"The health questions before the visit of {when} can't be sent: ask the client before it begins."
    judgement.desk(f"unasked:{touchpoint.key}", "unanswered", text)


def _question(judgement: Judgement, touchpoint: Touchpoint, channel: Channel) -> OpenQuestion:
    state = judgement.state
    visit = state.appointments.get(touchpoint.appointment_id or "")
    return OpenQuestion(
        key=touchpoint.key,
        kind=touchpoint.question or "rebook",
        asked_at=judgement.now,
        expires_at=visit.starts_at
        if visit and visit.status == "booked"
        else judgement.now + state.policy.answer_within,
        goal_id=touchpoint.goal_id,
        appointment_id=touchpoint.appointment_id,
        appointment_version=visit.version if visit else None,
        session=touchpoint.session,
        touchpoint=touchpoint if needs_answer(touchpoint) else None,
        asked_by=channel,
    )


def _drop(judgement: Judgement, touchpoint: Touchpoint, because: str) -> None:
    _close(judgement, touchpoint, "dropped")
    judgement.write("dropped", f"Not sent: {touchpoint.template.replace('_', ' ')}.", because=because)
    if touchpoint.key in judgement.state.tried and not judgement.state.opted_out:
        tell_desk(judgement, touchpoint.key, because)


def _close(judgement: Judgement, touchpoint: Touchpoint, how: str) -> None:
    """The touchpoint is owed no more; one that comes again and again moves on to its next time that is still ahead."""
    state = judgement.state
    state.done[touchpoint.key] = how
    state.deferred.pop(touchpoint.key, None)
    state.waits.pop(touchpoint.key, None)
    state.notices = [notice for notice in state.notices if notice.key != touchpoint.key]
    if not in_series(touchpoint):
        return
    kind, about, *_, nth = touchpoint.key.split(":")
    if kind == "maintenance":
        state.occurrences["maintenance"] = int(nth)
    elif (series := f"homework:{about}") not in state.occurrences or int(nth) > state.occurrences[series]:
        every = state.plan.homework[int(about)].every if int(about) < len(state.plan.homework) else timedelta.max
        state.occurrences[series] = max(int(nth), (judgement.now - homework_since(state)) // every)


def _forget_closed_visits(judgement: Judgement) -> None:
    """Visits that are long over, and their keys, leave the state; their lines stay in the records."""
    state = judgement.state
    for visit in list(state.appointments.values()):
        if visit.status != "booked" and visit.starts_at < judgement.now - KEEP_CLOSED_VISITS:
            if state.sessions and state.sessions[-1].appointment_id == visit.appointment_id:
                continue  # what follows the last session still hangs on it
            del state.appointments[visit.appointment_id]
            gone = visit.appointment_id
            state.done = {key: how for key, how in state.done.items() if not _is_about_visit(key, gone)}
            state.tried = {key: rungs for key, rungs in state.tried.items() if not _is_about_visit(key, gone)}


def _is_about_visit(key: str, appointment_id: str) -> bool:
    kind, *rest = key.split(":")
    if kind == "measure":
        return rest[1:] == [appointment_id]
    if kind == "second":
        return _is_about_visit(":".join(rest), appointment_id)
    return kind in ABOUT_VISITS and rest[:1] == [appointment_id]


def _wake_at(judgement: Judgement) -> datetime | None:
    """The earliest time at which something is due, or at which an unanswered question becomes somebody else's."""
    state = judgement.state
    times = [effective_due(state, touchpoint) for touchpoint in agenda(state)]
    times += [q.expires_at for q in state.questions if q.kind in ("benchmark_yes_no", "pain_0_10") and q.goal_id]
    times += [state.deferred[key] for key in state.unclear if key in state.deferred]
    return min(times, default=None)
