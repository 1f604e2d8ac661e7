"""The judgement on a claim: given its state, what has happened since, and the time, what to do and when to wake.

Pure: no clock, no I/O. The workflow records the answer, so everything here may change on any day without touching
claims that are under way.
"""

from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel

from domain.actions import Action, SendOutcome
from domain.claim import ClaimState
from domain.claim_agenda import claim_agenda, effective_due
from domain.claim_alerts import deadline_of, known_as, passed_before
from domain.claim_deadlines import open_deadlines
from domain.claim_events import ClaimFresh, OutsideClaimEvent
from domain.claim_judgement import ClaimJudgement
from domain.claim_messages import (
    ask_about_unclear,
    forget_accepted,
    message_for,
    take_failed_delivery,
    take_outcome,
)
from domain.clamping import clamped
from domain.deadlines import said
from domain.events import DeliveryFailed
from domain.send_window import next_open
from domain.take_claim_events import take
from domain.touchpoint import Touchpoint

MOST_ROUNDS = 500
LAST_REPORTS_WITHIN = timedelta(days=1)
"""How long a claim that is over stays to hear what became of its last messages."""


class ClaimDecision(BaseModel):
    """The recorded judgement: the next state, what to do, and when to look again if nothing happens before.

    `over` says that the claim is paid, written off or closed, and owes nobody a word.
    """

    state: ClaimState
    actions: list[Action]
    wake_at: AwareDatetime | None
    over: bool = False
    saved_journal_seq: int = 0


def decide_claim(state: ClaimState, fresh: list[ClaimFresh], now: datetime) -> ClaimDecision:
    """Judge `fresh` in its order, then everything that is due at `now`. `wake_at` is None when nothing is owed."""
    beyond: list[str] = []
    sheet = ClaimJudgement(clamped(state, moved=beyond), now)
    if beyond:
        _tell_of_nonsense(sheet, f"beyond:{state.revision}", beyond)
    if state.revision == 0:
        sheet.write("event", f"The claim of the visit on {said(state.claim.service_date)} is followed from now on.")
    for event in fresh:
        if isinstance(event, SendOutcome):
            take_outcome(sheet, clamped(event))
        elif isinstance(event, DeliveryFailed):
            take_failed_delivery(sheet, clamped(event))
        else:
            _take_if_sound(sheet, event)
    forget_accepted(sheet)
    ask_about_unclear(sheet)
    _note_deadlines(sheet)
    wake_at = _carry_out_due(sheet)
    sheet.state.revision += 1
    over = sheet.state.over and wake_at is None and not sheet.actions
    if sheet.state.over and wake_at is None and sheet.actions:
        wake_at = now + LAST_REPORTS_WITHIN
    return ClaimDecision(state=sheet.state, actions=sheet.actions, wake_at=wake_at, over=over)


def _take_if_sound(sheet: ClaimJudgement, event: OutsideClaimEvent) -> None:
    """Reports that no door would take any more are left to a person."""
    beyond: list[str] = []
    clamped(event, moved=beyond)
    if beyond:
        _tell_of_nonsense(sheet, f"beyond:{event.event_id}", beyond)
    else:
        take(sheet, event)


def _tell_of_nonsense(sheet: ClaimJudgement, key: str, fields: list[str]) -> None:
    named = ", ".join(dict.fromkeys(fields))
    text = f"A date or amount of this claim can't be true ({named}), and nothing follows from it. Report it anew."
    sheet.desk(key, text)


def _note_deadlines(sheet: ClaimJudgement) -> None:
    """Close the tasks of deadlines that ended; of new ones, only the nearest threshold that has passed goes at once."""
    state = sheet.state
    still = {deadline.key: deadline for deadline in open_deadlines(state)}
    for key in [key for key in state.tasks if key not in still]:
        sheet.close_desk(state.tasks.pop(key))
    before, state.known = state.known, {}
    for deadline in still.values():
        name = known_as(deadline)
        state.known[name] = before.get(name, sheet.now)
        if name not in before:
            for key in passed_before(state, deadline, sheet.now):
                state.done.setdefault(key, "before it was known")


def _carry_out_due(sheet: ClaimJudgement) -> datetime | None:
    """Send, or put off, what is due, until nothing is; then the earliest time at which something will be."""
    owed = claim_agenda(sheet.state)
    for _ in range(MOST_ROUNDS):
        due = [each for each in owed if effective_due(sheet.state, each) <= sheet.now]
        if not due:
            break
        for touchpoint in due:
            _settle(sheet, touchpoint)
        owed = claim_agenda(sheet.state)
    times = [effective_due(sheet.state, touchpoint) for touchpoint in owed]
    times += [sheet.state.deferred[key] for key in sheet.state.sent if key in sheet.state.deferred]
    return min(times, default=None)


def _settle(sheet: ClaimJudgement, touchpoint: Touchpoint) -> None:
    state, now = sheet.state, sheet.now
    zone = state.client.time_zone if touchpoint.audience == "client" else state.practice.time_zone
    opens_at = next_open(now, state.practice.follow_up.send_window, zone)
    if touchpoint.expires_at <= now:
        _close(state, touchpoint, "replaced by the next")
    elif opens_at > now:
        state.deferred[touchpoint.key] = opens_at
    else:
        _send(sheet, touchpoint)


def _send(sheet: ClaimJudgement, touchpoint: Touchpoint) -> None:
    state = sheet.state
    message = message_for(state, touchpoint, sheet.now)
    if message is None:
        _close(state, touchpoint, "dropped")
        sheet.write("dropped", f"Not sent: {touchpoint.template.replace('_', ' ')}.", because="no channel is left")
        return
    _close(state, touchpoint, "sent")
    state.sent[touchpoint.key] = touchpoint
    state.sent_by[touchpoint.key] = message.channel
    sheet.actions.append(message)
    if touchpoint.kind == "deadline_alert":
        _open_task(sheet, deadline_of(touchpoint.key))


def _open_task(sheet: ClaimJudgement, key: str) -> None:
    """With its first alert a deadline comes on the desk's list, and stays there until it ends."""
    state = sheet.state
    deadline = next((each for each in open_deadlines(state) if each.key == key), None)
    if deadline is None or key in state.tasks:
        return
    text = (
        f"Claim {state.claim.number}, {deadline.name}: the last day is {said(deadline.day.legal)}; "
        f"act by {said(deadline.day.act_by)}."
    )
    state.tasks[key] = sheet.desk(f"deadline:{key}:{sheet.today}", text)


def _close(state: ClaimState, touchpoint: Touchpoint, how: str) -> None:
    state.done[touchpoint.key] = how
    state.deferred.pop(touchpoint.key, None)
