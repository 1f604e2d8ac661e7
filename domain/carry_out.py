"""Carries out what is due: a touchpoint is sent, dropped with its reason, put off, or given to a person."""

from datetime import datetime, timedelta

from domain.agenda import agenda, effective_due
from domain.agenda_answers import is_second_try, needs_answer
from domain.agenda_between import homework_since
from domain.ask_desk import ask_desk, unasked_text
from domain.calendar_changes import note_invitation
from domain.client import Channel
from domain.conversation import IN_CONVERSATION, waits_until
from domain.judge_goals import ask_therapist_for_benchmark
from domain.judgement import Judgement
from domain.ladder import in_series, still_stands, tell_desk
from domain.opted_out import opted_out_of_all
from domain.outgoing import WINDOW_CLOSED, message_for
from domain.send_window import next_open
from domain.state import OpenQuestion
from domain.take_visits import visit_time
from domain.touchpoint import Touchpoint

MOST_ROUNDS = 500


def carry_out_due(judgement: Judgement) -> None:
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
        if _is_first_screening(touchpoint):
            _leave_to_the_desk(judgement, touchpoint)
    elif (held_until := waits_until(state, touchpoint, now)) is not None:
        _hold(judgement, touchpoint, held_until)
    elif opens_at > now:
        state.deferred[touchpoint.key] = opens_at
        state.waits[touchpoint.key] = WINDOW_CLOSED
    elif touchpoint.audience == "front_desk":
        close(judgement, touchpoint, "asked")
        ask_desk(judgement, touchpoint)
    elif touchpoint.template == "ask_benchmark":
        close(judgement, touchpoint, "asked")
        ask_therapist_for_benchmark(judgement, touchpoint.goal_id or "", touchpoint.session or 1)
    else:
        _send(judgement, touchpoint)


def _hold(judgement: Judgement, touchpoint: Touchpoint, until: datetime) -> None:
    """A person talks with the client: this waits, and the health questions before a visit must not wait too long."""
    state = judgement.state
    if _is_first_screening(touchpoint) and until >= touchpoint.expires_at:
        _drop(judgement, touchpoint, IN_CONVERSATION)
        _leave_to_the_desk(judgement, touchpoint)
        return
    state.deferred[touchpoint.key], state.waits[touchpoint.key] = until, IN_CONVERSATION


def _send(judgement: Judgement, touchpoint: Touchpoint) -> None:
    state = judgement.state
    message = message_for(state, touchpoint, judgement.now)
    if message is None:
        _drop(judgement, touchpoint, "the client opted out" if state.opted_out else "no channel with consent")
        if _is_first_screening(touchpoint):
            _leave_to_the_desk(judgement, touchpoint)
        return
    if in_series(touchpoint) or any(notice.key == touchpoint.key for notice in state.notices):
        touchpoint = touchpoint.model_copy(update={"derived": False})
        state.climbable[touchpoint.key] = touchpoint
    state.sent[touchpoint.key] = touchpoint
    state.sent_by[touchpoint.key] = message.message_key.removeprefix(f"{state.plan_id}:{touchpoint.key}:")
    if message.visit is not None:
        note_invitation(state, message.visit)
    close(judgement, touchpoint, "sent")
    judgement.actions.append(message)
    if touchpoint.question and not is_second_try(touchpoint):
        state.questions.append(_question(judgement, touchpoint, message.channel))


def _leave_to_the_desk(judgement: Judgement, touchpoint: Touchpoint) -> None:
    """The desk asks while there is time; once, whoever found first that the text can't go."""
    state, key = judgement.state, f"unasked:{touchpoint.key}"
    visit = state.appointments[touchpoint.appointment_id or ""]
    if visit.starts_at > judgement.now and key not in state.done:
        state.done[key] = "asked"
        judgement.desk(key, "unanswered", unasked_text(visit_time(state, visit.starts_at)))


def _is_first_screening(touchpoint: Touchpoint) -> bool:
    return touchpoint.question == "screening_yes_no" and not is_second_try(touchpoint)


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
    close(judgement, touchpoint, "dropped")
    judgement.write("dropped", f"Not sent: {touchpoint.template.replace('_', ' ')}.", because=because)
    if touchpoint.by_a_person or (touchpoint.key in judgement.state.tried and not opted_out_of_all(judgement.state)):
        tell_desk(judgement, touchpoint.key, because)


def close(judgement: Judgement, touchpoint: Touchpoint, how: str) -> None:
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
