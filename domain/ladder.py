"""What becomes of a message that did not arrive: the next rung of the ladder, and in the end a task for a person."""

from datetime import datetime, timedelta

from domain.actions import SendOutcome
from domain.agenda import agenda, may_go
from domain.agenda_answers import SECOND
from domain.closed_ways import ClosedWay, closed
from domain.conversation import IN_CONVERSATION, is_staff_key, waits_until
from domain.events import DeliveryFailed
from domain.judgement import Judgement
from domain.opted_out import UNHEARD_TASK, opted_out_of_all
from domain.outgoing import AGAIN, OPTED_OUT, PASSING_FAULTS, TRY_AGAIN_AFTER, message_for, next_rung
from domain.state import PlanState
from domain.touchpoint import Touchpoint

HURRIED_FOR = timedelta(days=7)
"""How long a message that a person wanted sent now is tried at once whenever it can't go or doesn't arrive."""
_RUNGS = {"sms": "by text", "email": "by email", "sms:again": "by text once more", "email:again": "by email once more"}


def take_outcome(judgement: Judgement, outcome: SendOutcome) -> None:
    """What came of a message. One that is deferred, or whose fate nobody knows yet, is asked about again.

    An outcome of anything but what the last judgement sent was taken before.
    """
    state, key = judgement.state, outcome.touchpoint_key
    rung = state.sent_by.get(key)
    if key not in state.sent or (rung and not outcome.message_key.endswith(f":{key}:{rung}")):
        return
    if outcome.result == "accepted":
        return
    touchpoint = state.sent.pop(key)
    if outcome.until is not None and (outcome.result == "unclear" or key in state.unclear):
        # The question stays open meanwhile: an answer to it may be on its way.
        state.unclear[key], state.deferred[key] = touchpoint, outcome.until
        state.waits[key] = outcome.because
        return
    state.sent_by.pop(key, None)
    state.unclear.pop(key, None)
    _forget_question(state, key)
    if outcome.result == "deferred" and outcome.until is not None:
        _owe_again(judgement, key, touchpoint)
        state.deferred[key], state.waits[key] = outcome.until, outcome.because
        return
    state.done[key] = outcome.result
    _heed_opt_out(judgement, touchpoint, outcome.because, by_carrier=outcome.result != "dropped")
    if outcome.result == "refused" and rung and _climb(judgement, key, rung, touchpoint, outcome.because):
        return
    judgement.write("dropped", f"A message was not sent ({_kind(key)}).", because=outcome.because)
    if outcome.result in ("refused", "unknown") or is_staff_key(key):
        tell_desk(judgement, key, outcome.because)


def take_failed_delivery(judgement: Judgement, failed: DeliveryFailed) -> None:
    """The provider gave a message up after accepting it. What it says a second time was acted on the first time."""
    state = judgement.state
    key, rung = _touchpoint_and_rung(state, failed.message_key)
    if key and rung:
        if rung in state.tried.get(key, []):
            return
        touchpoint = state.climbable.get(key) or state.unclear.get(key) or state.sent.get(key)
        if state.sent_by.get(key) == rung:
            for book in (state.sent, state.sent_by, state.unclear, state.deferred):
                book.pop(key, None)
        _heed_opt_out(judgement, touchpoint, failed.cause, by_carrier=True)
        if state.done.get(f"{SECOND}{key}") == "sent":
            state.tried[key] = [*state.tried.get(key, []), rung]
            judgement.write("notice", f"Not delivered ({_kind(key)}), but asked again already.", because=failed.cause)
            return
        answered = state.done.get(key) == "sent" and not opted_out_of_all(state) and not _is_open(state, key)
        _forget_question(state, key)
        if _climb(judgement, key, rung, touchpoint, failed.cause, answered=answered):
            return
    judgement.desk(f"undelivered:{failed.message_key}", "undeliverable", f"Not delivered: {failed.cause}.")


def ask_about_unclear(judgement: Judgement) -> None:
    """Send the same message again where nobody knew what became of it: the sender finds out before it acts."""
    state = judgement.state
    for key, touchpoint in state.unclear.items():
        if state.deferred.get(key, judgement.now) > judgement.now:
            continue
        held_until = waits_until(state, touchpoint, judgement.now)
        if held_until is not None and held_until > judgement.now:
            state.deferred[key], state.waits[key] = held_until, IN_CONVERSATION
            continue
        state.deferred.pop(key, None)
        rung = state.sent_by.get(key)
        message = message_for(state, touchpoint, judgement.now, rung, only_find=not _still_true(state, touchpoint))
        if message is not None:
            state.sent[key] = touchpoint
            judgement.actions.append(message)


def forget_delivered(judgement: Judgement) -> None:
    """Of what the last judgement sent, whatever wasn't reported by now was accepted. What is stale climbs no more."""
    state = judgement.state
    state.unclear = {key: kept for key, kept in state.unclear.items() if key not in state.sent}
    state.sent = {}
    state.sent_by = {key: rung for key, rung in state.sent_by.items() if key in state.unclear}
    state.climbable = {key: kept for key, kept in state.climbable.items() if kept.expires_at > judgement.now}
    state.hurried = {key: at for key, at in state.hurried.items() if at > judgement.now - HURRIED_FOR}


def tell_desk(judgement: Judgement, key: str, because: str) -> None:
    """A message failed and no other way is left: a person must act."""
    text = f"A message did not reach its reader ({_kind(key)}): {because}"
    judgement.desk(f"unsent:{key}", "undeliverable", text)


def _climb(
    judgement: Judgement, key: str, rung: str, touchpoint: Touchpoint | None, because: str, *, answered: bool = False
) -> bool:
    """Owe the message again on the next rung, if there is one and it is still of use. False: a person must act."""
    state = judgement.state
    failed = {rung} if because in PASSING_FAULTS else {rung, f"{rung.removesuffix(AGAIN)}{AGAIN}"}
    state.tried[key] = [*state.tried.get(key, []), *sorted(failed)]
    how = state.done.pop(key, "refused")
    owed = _owed(state, key) or (touchpoint if touchpoint and _is_kept(state, touchpoint) else None)
    if answered and (key.startswith(SECOND) or (owed is not None and owed.question)):
        state.done[key] = how
        judgement.write("notice", f"Not delivered ({_kind(key)}), but no answer is needed now.", because=because)
        return True
    following = next_rung(state, owed, judgement.now) if owed is not None else None
    try_at = judgement.now + TRY_AGAIN_AFTER if following and following.endswith(AGAIN) else judgement.now
    if owed is None or following is None or owed.expires_at <= try_at:
        state.done[key] = how
        return False
    if not owed.derived and not any(notice.key == key for notice in state.notices):
        state.notices.append(owed)
    if try_at > judgement.now:
        state.deferred[key], state.waits[key] = try_at, because
    judgement.write("notice", f"Not delivered ({_kind(key)}): tried {_RUNGS[following]}.", because=because)
    return True


def _heed_opt_out(judgement: Judgement, touchpoint: Touchpoint | None, because: str, *, by_carrier: bool) -> None:
    """A client's STOP that this plan hasn't heard. A therapist's own STOP says nothing of the client.

    The carrier knows of one that never reached us. Else our own records do: it was said to another plan, or this
    plan's reply is on its way; that one is still confirmed when it comes.
    """
    state = judgement.state
    if because != OPTED_OUT or opted_out_of_all(state) or (touchpoint is not None and touchpoint.audience != "client"):
        return
    state.opted_out = ["sms", "email"]
    way = ClosedWay(how="carrier" if by_carrier else "elsewhere", at=judgement.now)
    state.closed = closed(state.closed, state.opted_out, way)
    how = "with the carrier" if by_carrier else "before"
    judgement.desk(UNHEARD_TASK, "opted_out", f"The client opted out {how}: phone them where it matters.")


def _owe_again(judgement: Judgement, key: str, touchpoint: Touchpoint) -> None:
    """Take back that it was done: the agenda derives it again, or it is kept as it was."""
    state = judgement.state
    state.done.pop(key, None)
    if touchpoint.derived:
        return
    if _is_kept(state, touchpoint):
        state.notices.append(touchpoint)
    else:
        state.done[key] = "dropped"
        judgement.write("dropped", f"A message was not sent ({_kind(key)}).", because="things have changed since")


def _owed(state: PlanState, key: str) -> Touchpoint | None:
    return next((touchpoint for touchpoint in agenda(state) if touchpoint.key == key), None)


def _is_kept(state: PlanState, touchpoint: Touchpoint) -> bool:
    """Whether nothing derives this touchpoint a second time, and it still makes sense."""
    if touchpoint.derived or not still_stands(state, touchpoint):
        return False
    return not state.ended or touchpoint.kind == "discharge" or touchpoint.safety or touchpoint.by_a_person


def still_stands(state: PlanState, touchpoint: Touchpoint) -> bool:
    """Whether things are still as this touchpoint says. Derived ones follow the state by themselves."""
    if touchpoint.derived:
        return True
    if in_series(touchpoint):
        following = (other for other in agenda(state) if other.derived)
        return state.status in ("paused", "held") or _series(touchpoint) in map(_series, following)
    visit = state.appointments.get(touchpoint.appointment_id or "")
    if visit is None or "when" not in touchpoint.facts:
        return True
    cancelled = touchpoint.template == "visit_cancelled"
    return visit.status == ("cancelled" if cancelled else "booked") and visit.starts_at == _moment(touchpoint)


def _moment(touchpoint: Touchpoint) -> datetime | None:
    """The time that it tells of. A state that was stored as JSON holds it as text, for a fact may be text too."""
    when = touchpoint.facts["when"]
    if isinstance(when, str):
        return datetime.fromisoformat(when)
    return when if isinstance(when, datetime) else None


def in_series(touchpoint: Touchpoint) -> bool:
    """Whether it is one of many that come again and again, and is not derived a second time once it went."""
    return touchpoint.kind in ("homework", "maintenance") and touchpoint.key.rsplit(":", 1)[-1].isdigit()


def _series(touchpoint: Touchpoint) -> str:
    """What all of a series share, such as the version of the homework."""
    return touchpoint.key.rpartition(":")[0] if in_series(touchpoint) else ""


def _still_true(state: PlanState, touchpoint: Touchpoint) -> bool:
    """Whether the plan would owe it now, had it not been sent, and what it asks is unanswered."""
    if touchpoint.question and not _is_open(state, touchpoint.key):
        return False
    if not touchpoint.derived:
        return _is_kept(state, touchpoint) and may_go(state, touchpoint)
    before = state.done.pop(touchpoint.key, None)
    owed = _owed(state, touchpoint.key) is not None
    if before is not None:
        state.done[touchpoint.key] = before
    return owed


def _is_open(state: PlanState, key: str) -> bool:
    """Whether the question of this touchpoint, or of the first try that it repeats, waits for its answer."""
    return any(question.key == key.removeprefix(SECOND) for question in state.questions)


def _forget_question(state: PlanState, key: str) -> None:
    state.questions = [question for question in state.questions if question.key != key]


def _touchpoint_and_rung(state: PlanState, message_key: str) -> tuple[str | None, str | None]:
    """The parts of a plan's own message key; None for a message of one of its escalations."""
    prefix = f"{state.plan_id}:"
    for rung in sorted(_RUNGS, key=len, reverse=True):
        if message_key.startswith(prefix) and message_key.endswith(f":{rung}"):
            return message_key[len(prefix) : -len(rung) - 1], rung
    return None, None


def _kind(key: str) -> str:
    return key.split(":")[0].replace("_", " ")
