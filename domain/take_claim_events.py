"""What each event changes in a claim's books, and the line that it leaves in the story.

An event that comes twice counts once, one that comes late takes its place by its day, and none is ever refused here.
"""

from datetime import date
from zoneinfo import ZoneInfo

from domain.ask_client_share import ask_for_share, remember_older_tasks
from domain.ask_missing_payer import ask_for_passed_over
from domain.claim import Answered, Contact, InformationAsked, LetGo, PassedOn, Promise, Submission
from domain.claim_events import (
    AppealDecided,
    AppealFiled,
    ClaimAcknowledged,
    ClaimClosed,
    ClaimCorrected,
    ClaimDenied,
    ClaimOpened,
    ClaimPaid,
    ClaimPartlyPaid,
    ClaimRejected,
    ClaimSubmitted,
    ClaimWrittenOff,
    ContactLogged,
    DeadlineLetGo,
    InformationRequested,
    InformationSent,
    NudgeAnswered,
    OutsideClaimEvent,
    PaperAdded,
    PaymentPromised,
    PaymentReversed,
    StatusAnswered,
)
from domain.claim_judgement import ClaimJudgement, day_of
from domain.claim_nudges import base_key
from domain.deadlines import said
from domain.take_claim_appeals import (
    SENT_ON,
    take_decision,
    take_denial,
    take_filed,
    take_refusal_by_status,
    tell_of_packet,
)
from domain.take_claim_money import take_back_decision, take_payment, take_reversal

REMEMBERED = 500
_WHERE = {
    "received": "They have it.",
    "rejected": "It was sent back.",
    "pending": "It is being worked on.",
    "paid": "They say that it is paid.",
    "denied": "They say that it is denied.",
    "information": "They want more information.",
    "not_found": "They can't find it.",
    "error": "Their system gave no answer.",
}


def take(sheet: ClaimJudgement, event: OutsideClaimEvent) -> None:
    """Take one event in."""
    state = sheet.state
    if event.event_id in state.taken:
        sheet.write("event", "The same news came again; it counts once.")
        return
    state.taken = [*state.taken[-REMEMBERED + 1 :], event.event_id]
    was_over = state.over
    remember_older_tasks(state)
    _take(sheet, event, day_of(event, state.practice.time_zone))
    ask_for_share(sheet)
    ask_for_passed_over(sheet)
    if was_over and not state.over:
        sheet.write("event", "The claim is open again.", because="this came after its end")


def _take(sheet: ClaimJudgement, event: OutsideClaimEvent, on: date) -> None:
    match event:
        case ClaimOpened():
            sheet.write("event", "The claim was opened by hand.")
        case ClaimSubmitted() | ClaimCorrected():
            _sent(sheet, event, on)
        case ClaimAcknowledged():
            accepted(sheet, on, event.reference)
            sheet.says(event, "acknowledged")
            sheet.write("event", f"It was acknowledged on {said(on)}.", because=_ref(event.reference))
        case ClaimRejected():
            _rejected(sheet, on, event.reason)
            sheet.says(event, "rejected")
            sheet.write("event", f"It was sent back unread on {said(on)}.", because=event.reason)
        case StatusAnswered():
            _status(sheet, event, on)
        case InformationRequested():
            _asked(sheet, event.wanted, event.due, on)
            sheet.says(event, "information_requested")
        case InformationSent():
            _information_sent(sheet, on)
            sheet.says(event, "information_sent")
        case PaymentPromised():
            _promised(sheet, event, on)
        case ClaimPaid() | ClaimPartlyPaid():
            take_payment(sheet, event, on)
        case ClaimDenied():
            take_denial(sheet, event, on)
        case PaymentReversed():
            take_reversal(sheet, event, on)
        case AppealFiled():
            take_filed(sheet, event, on)
        case AppealDecided():
            take_decision(sheet, event, on)
        case ContactLogged():
            _contact(sheet, event, on)
        case NudgeAnswered():
            _answered(sheet, event)
        case DeadlineLetGo():
            _let_go(sheet, event)
        case PaperAdded():
            sheet.state.papers[event.paper] = event.where
            sheet.write("event", f"A paper is there: {event.paper.replace('_', ' ')}.", because=f"kept: {event.where}")
            tell_of_packet(sheet)
        case ClaimWrittenOff() | ClaimClosed():
            _ended(sheet, event)


def accepted(sheet: ClaimJudgement, on: date, reference: str = "") -> None:
    """They have it: what was sent last before that day is accepted, or it must have been sent without our knowing."""
    sending = _answered_sending(sheet, on)
    sending.acknowledged_on = min(sending.acknowledged_on or on, on) if not sending.turned_back else on
    sending.reference = sending.reference or reference


def _answered_sending(sheet: ClaimJudgement, on: date) -> Submission:
    """The sending that an answer of that day is about."""
    submissions = sheet.state.submissions
    before = [each for each in submissions if each.on <= on]
    if not before:
        submissions.insert(0, Submission(on=on, assumed=True))
        return submissions[0]
    return max(reversed(before), key=lambda each: each.on)  # of one day the last


def _sent(sheet: ClaimJudgement, event: ClaimSubmitted | ClaimCorrected, on: date) -> None:
    state = sheet.state
    corrected = isinstance(event, ClaimCorrected)
    changed: dict[str, object] = {"number": event.number} if event.number else {}
    if isinstance(event, ClaimSubmitted) and event.charge is not None:
        changed["charge"] = event.charge
    state.claim = state.claim.model_copy(update=changed)
    same = [each for each in state.submissions if each.on == on and each.corrected == corrected and not each.assumed]
    assumed = [each for each in state.submissions if each.assumed and each.on >= on]
    if any(each.reference in ("", event.reference) or not event.reference for each in same if not each.turned_back):
        sheet.write("event", "It was already known that the claim was sent that day.")
    elif assumed and not corrected:
        sending = min(assumed, key=lambda each: each.on)
        sending.on, sending.by, sending.assumed = on, event.by, False
        sending.reference = event.reference or sending.reference
        sheet.write("event", f"It was sent on {said(on)} ({event.by}).", because=_ref(event.reference))
    else:
        state.submissions.append(Submission(on=on, by=event.by, reference=event.reference, corrected=corrected))
        how = "It was corrected and sent again" if corrected else "It was sent"
        sheet.write("event", f"{how} on {said(on)} ({event.by}).", because=_ref(event.reference))
    state.submissions.sort(key=lambda each: each.on)
    if corrected:
        _keep_promises(sheet, on)
    sheet.says(event, "corrected" if corrected else "submitted")


def _rejected(sheet: ClaimJudgement, on: date, reason: str) -> None:
    sending = _answered_sending(sheet, on)
    if sending.rejected_on is None or sending.rejected_on <= on:
        sending.rejected_on, sending.rejected_because = on, reason


def _status(sheet: ClaimJudgement, event: StatusAnswered, on: date) -> None:
    state = sheet.state
    channel = "electronic" if event.codes else "phone"
    state.contacts.append(
        Contact(on=on, channel=channel, person=event.person, reference=event.reference, note=event.note)
    )
    if state.last_status_on is None or on >= state.last_status_on:
        state.last_status, state.last_status_on = event.status, on
    sheet.write("event", f"Asked on {said(on)}: {_WHERE[event.status]}", because=event.note or _ref(event.reference))
    if event.forwarded:
        state.passed_on.append(PassedOn(on=on, payer_id=event.payer_id, payer_name=event.payer_name, forwarded=True))
        sheet.write("event", SENT_ON)
    if event.taken_back:
        take_back_decision(sheet, event, on)
    match event.status:
        case "received":
            accepted(sheet, on)
            sheet.says(event, "acknowledged")
        case "pending" | "paid":
            accepted(sheet, on)
            sheet.says(event, "pending")
        case "rejected" | "not_found":
            _rejected(sheet, on, event.note or _WHERE[event.status])
            sheet.says(event, "rejected")
        case "information":
            _asked(sheet, event.note or "more information", None, on)
            sheet.says(event, "information_requested")
        case "denied":
            take_refusal_by_status(sheet, event, on)
        case "error":
            pass


def _asked(sheet: ClaimJudgement, wanted: str, due: date | None, on: date) -> None:
    state = sheet.state
    sheet.write("event", f"On {said(on)} they asked for: {wanted}.", because=f"due {said(due)}" if due else "")
    for asked in state.asked:
        if asked.wanted == wanted and asked.sent_on is None:
            asked.on = min(asked.on, on)
            asked.due = min(asked.due, due) if asked.due and due else asked.due or due
            return
    state.asked.append(InformationAsked(on=on, wanted=wanted, due=due))


def _information_sent(sheet: ClaimJudgement, on: date) -> None:
    waiting = [asked for asked in sheet.state.asked if asked.sent_on is None]
    for asked in waiting:
        asked.sent_on = on
    if not waiting:
        sheet.state.asked.append(InformationAsked(on=on, wanted="records", sent_on=on))
    sheet.write("event", f"What was asked for went out on {said(on)}.")


def _promised(sheet: ClaimJudgement, event: PaymentPromised, on: date) -> None:
    state = sheet.state
    state.contacts.append(Contact(on=on, channel="phone", person=event.by, reference=event.reference, note=event.what))
    _promise(sheet, Promise(made_on=on, until=event.until, by=event.by, what=event.what))
    sheet.write("event", f"{event.by} promised by {said(event.until)}: {event.what or 'it is settled'}.")


def _promise(sheet: ClaimJudgement, promise: Promise) -> None:
    if all((known.made_on, known.until) != (promise.made_on, promise.until) for known in sheet.state.promises):
        sheet.state.promises.append(promise)


def _keep_promises(sheet: ClaimJudgement, on: date) -> None:
    for promise in sheet.state.promises:
        promise.kept = promise.kept or promise.made_on <= on


def _contact(sheet: ClaimJudgement, event: ContactLogged, on: date) -> None:
    sheet.state.contacts.append(
        Contact(on=on, channel=event.channel, person=event.person, reference=event.reference, note=event.note)
    )
    who = f" with {event.person}" if event.person else ""
    text = f"Contact on {said(on)} by {event.channel.replace('_', ' ')}{who}. {event.note}".strip()
    sheet.write("event", text, because=_ref(event.reference))


def _answered(sheet: ClaimJudgement, event: NudgeAnswered) -> None:
    """The answer given last counts. What they promised is a promise like any other."""
    state, key = sheet.state, base_key(event.nudge)
    known = state.answered.get(key)
    until = f" until {said(event.until)}" if event.until else ""
    sheet.write("claim_nudge", f"{event.by} answered the nudge: {event.answer}{until}.")
    if known is not None and known.at > event.occurred_at:
        return
    state.answered[key] = Answered(answer=event.answer, until=event.until, by=event.by, at=event.occurred_at)
    if event.answer == "promised" and event.until is not None:
        made_on = event.occurred_at.astimezone(ZoneInfo(state.practice.time_zone)).date()
        _promise(sheet, Promise(made_on=made_on, until=event.until, by=event.by))


def _let_go(sheet: ClaimJudgement, event: DeadlineLetGo) -> None:
    known = sheet.state.let_go.get(event.deadline)
    if known is None or known.at <= event.occurred_at:
        sheet.state.let_go[event.deadline] = LetGo(because=event.because, by=event.by, at=event.occurred_at)
    text = f"{event.by} let a deadline go: {event.deadline.split(':')[0].replace('_', ' ')}."
    sheet.write("deadline_alert", text, because=event.because)


def _ended(sheet: ClaimJudgement, event: ClaimWrittenOff | ClaimClosed) -> None:
    written_off = isinstance(event, ClaimWrittenOff)
    sheet.says(event, "written_off" if written_off else "closed")
    if sheet.state.over:
        sheet.state.closed_because = event.because
    text = f"{event.by} {'wrote it off' if written_off else 'closed the claim'}."
    sheet.write("event", text, because=event.because)


def _ref(reference: str) -> str:
    return f"reference {reference}" if reference else ""
