"""What somebody should do next about a claim, and when to say so: on the payer's clock, not on ours.

A nudge stands until an event settles its matter or a person answers it. Those that are about where a claim stands come
again and again; each replaces the one before, so that an outage ends with one nudge and not with ten.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.business_days import next_business_day
from domain.claim import Appeal, ClaimState, Denial, LetterDates
from domain.claim_clock import DAY, asking_step, clock_rule, is_accepted, is_payers_turn, not_before, open_promise
from domain.claim_deadlines import deadlines_of, records_sent_since, right_of, sent_since
from domain.claim_phrases import NUDGES, NudgeKind
from domain.claim_standing import advice_for, balance, latest_submission
from domain.client import Model
from domain.deadlines import after, deadline
from domain.touchpoint import Audience

MONTH = timedelta(days=30)
SNOOZED = "~"
PREFIX = "nudge:"
"""What the keys of nudges begin with among the keys of touchpoints."""
UNANSWERED = ("submitted", "acknowledged", "pending", "corrected")
REFUSED = ("denied", "upheld", "partly_paid")
FOR_THE_CLIENT: tuple[NudgeKind, ...] = (
    "unsent",
    "acknowledgement",
    "rejected",
    "status",
    "prompt_pay",
    "complaint",
    "information",
    "promise",
)
"""What a client who files for himself is told; the rest needs a look at the claim's page."""


class Nudge(Model):
    """The next action with its checklist and reference. `ends_on`: the day on which the next of its kind replaces it.

    `letter`: a draft of a letter goes with it. `denial` is the number of the denial that it is about.
    """

    key: str
    due_on: date
    action: str
    checklist: list[str]
    reference: str
    letter: bool = False
    kind: NudgeKind
    audience: Audience = "biller"
    ends_on: date | None = None
    denial: int | None = None


COMES_AGAIN: tuple[NudgeKind, ...] = ("rejected", "acknowledgement", "status", "decision", "balance", "settle")
"""Nudges that come again until the matter is settled."""


def nudges_of(state: ClaimState) -> list[Nudge]:
    """Every nudge that stands, sent already or still to come, the earliest first. None once the claim is over."""
    if state.over:
        return []
    found = [*_unsent(state), *_arrival(state), *_status(state), *_late_payer(state), *_information(state)]
    found += [*_promise(state), *_denials(state), *_decisions(state), *_rest(state)]
    found += _never_silent(state, found)
    standing = [nudge for each in found if (nudge := _as_answered(state, each)) is not None]
    return sorted(standing, key=lambda each: (each.due_on, each.key))


def _never_silent(state: ClaimState, found: list[Nudge]) -> list[Nudge]:
    """News in an odd order can leave a claim for which nothing comes again: then somebody is asked once a month."""
    if any(each.kind in COMES_AGAIN for each in found) or any(each.open for each in deadlines_of(state)):
        return []
    since = max((word.on for word in state.words), default=state.claim.service_date)
    return list(_again(state, "settle", "settle", since + MONTH, MONTH))


def base_key(key: str) -> str:
    """The key without the mark of a snooze."""
    return key.partition(SNOOZED)[0]


def known_keys(state: ClaimState) -> set[str]:
    """Keys that may be answered: of nudges that stand, and of those that were sent or answered before."""
    sent = {key.removeprefix(PREFIX) for key in state.done if key.startswith(PREFIX)}
    return {nudge.key for nudge in nudges_of(state)} | sent | set(state.answered)


def _as_answered(state: ClaimState, nudge: Nudge) -> Nudge | None:
    answer = state.answered.get(nudge.key)
    if answer is None:
        return nudge
    if answer.answer != "snooze" or answer.until is None:
        return None
    again = {"key": f"{nudge.key}{SNOOZED}{answer.until}", "due_on": answer.until, "ends_on": None}
    return nudge.model_copy(update=again)


def _make(state: ClaimState, kind: NudgeKind, key: str, due_on: date, ends_on: date | None = None) -> Nudge:
    phrase = NUDGES[kind]["en"]
    to_client = state.claim.filed_by == "client" and kind in FOR_THE_CLIENT and state.client.channels(due_on)
    return Nudge(
        key=key,
        due_on=due_on,
        action=phrase.action,
        checklist=list(phrase.checklist),
        reference=reference_of(state),
        letter=kind == "prompt_pay",
        kind=kind,
        audience="client" if to_client else "biller",
        ends_on=ends_on,
    )


def reference_of(state: ClaimState) -> str:
    """The payer's or the clearing house's reference where there is one, else our own number."""
    last = latest_submission(state)
    return (last.reference if last else "") or state.claim.number


def _again(state: ClaimState, kind: NudgeKind, prefix: str, start: date, step: timedelta) -> Iterator[Nudge]:
    """One that comes again and again: the next that wasn't sent yet, and the one before, which still stands.

    "Done" counts from the day of the answer, "snooze" sets the next day itself.
    """
    day, last = max([start, *_resets(state, prefix, step)]), None
    while f"{PREFIX}{prefix}:{day}" in state.done or f"{prefix}:{day}" in state.answered:
        last, day = day, day + step
    for each in (last, day):
        if each is not None and f"{prefix}:{each}" not in state.answered:
            yield _make(state, kind, f"{prefix}:{each}", each, each + step)


def _resets(state: ClaimState, prefix: str, step: timedelta) -> Iterator[date]:
    there = ZoneInfo(state.practice.time_zone)
    for key, answer in state.answered.items():
        if key.startswith(f"{prefix}:"):
            said_on = answer.at.astimezone(there).date()
            yield answer.until if answer.answer == "snooze" and answer.until else said_on + step


def _unsent(state: ClaimState) -> Iterator[Nudge]:
    """At a third and at two thirds of the payer's limit, and on the day by which we want to have sent it."""
    day = deadline(clock_rule(state, "timely_filing"), LetterDates(), service=state.claim.service_date)
    if state.status != "unsent" or day is None or "timely_filing" in state.let_go:
        return
    length = (day.legal - state.claim.service_date).days
    warn = state.claim.service_date + timedelta(days=length // 3)
    red = state.claim.service_date + timedelta(days=2 * length // 3)
    last = max(day.act_by, red + DAY)
    following = {"unsent:warn": (warn, red), "unsent:red": (red, last), "unsent:act_by": (last, None)}
    keys = list(following)
    went = [nth for nth, key in enumerate(keys) if f"{PREFIX}{key}" in state.done]
    for key in keys[max(went, default=0) :]:
        yield _make(state, "unsent", key, *following[key])


def _arrival(state: ClaimState) -> Iterator[Nudge]:
    """The day after the acknowledgement should have come, or at once where the claim came back."""
    last = latest_submission(state)
    if last is None:
        return
    number = len(state.submissions)
    if state.status == "rejected" and last.rejected_on is not None:
        yield from _again(state, "rejected", f"rejected:{number}", last.rejected_on, asking_step(state))
    elif state.status in ("submitted", "corrected") and last.by == "electronic" and last.acknowledged_on is None:
        rule = clock_rule(state, "acknowledgement", last)
        if rule is not None:
            due = not_before(state, next_business_day(after(rule, last.on) + DAY))
            yield from _again(state, "acknowledgement", f"ack:{number}", due, asking_step(state))


def _status(state: ClaimState) -> Iterator[Nudge]:
    """First on the payer's clock, then two weeks after each time that somebody asked."""
    last = latest_submission(state)
    if last is None or not is_payers_turn(state) or not is_accepted(last):
        return
    rule, step = clock_rule(state, "first_check", last), asking_step(state)
    if rule is None:
        return
    start = after(rule, last.received if rule.counts_from == "received" else last.on)
    asked = [state.last_status_on] if state.last_status_on and state.last_status_on >= last.on else []
    asked += [each.decided_on for each in state.appeals if each.decided_on and state.status == "overturned"]
    promise = open_promise(state)
    floors = [promise.until + DAY + step] if promise else []
    start = max([start, *(on + step for on in asked), *floors])
    yield from _again(state, "status", "status", start, step)


def _late_payer(state: ClaimState) -> Iterator[Nudge]:
    """The day after the payer's time to pay is over: the letter; where that doesn't help, the state."""
    last = latest_submission(state)
    if last is None or state.status not in UNANSWERED or not is_accepted(last):
        return
    rule, number = clock_rule(state, "prompt_pay", last), len(state.submissions)
    if rule is None:
        return
    limit = after(rule, last.received if rule.counts_from == "received" else last.on)
    yield _make(state, "prompt_pay", f"prompt_pay:{number}", not_before(state, limit + DAY))
    complaint = clock_rule(state, "state_complaint", last)
    if complaint is not None:
        yield _make(state, "complaint", f"complaint:{number}", not_before(state, after(complaint, limit)))


def _information(state: ClaimState) -> Iterator[Nudge]:
    for number, asked in enumerate(state.asked, start=1):
        key = f"information:{number}"
        if asked.sent_on is None and key not in state.let_go:
            yield _make(state, "information", key, asked.on)


def _promise(state: ClaimState) -> Iterator[Nudge]:
    promise = open_promise(state)
    if promise is not None:
        number = state.promises.index(promise) + 1
        yield _make(state, "promise", f"promise:{number}", promise.until + DAY)


def is_waiting(state: ClaimState, denial: Denial) -> bool:
    """Whether nothing was done about a denial yet."""
    appealed = any(each.denial == denial.number for each in state.appeals)
    return not (denial.settled or appealed or sent_since(state, denial) or records_sent_since(state, denial))


def _denials(state: ClaimState) -> Iterator[Nudge]:
    for denial in state.denials:
        if is_waiting(state, denial):
            advice = advice_for(state, denial)
            due = denial.told_on or state.claim.service_date
            key = f"denial:{denial.number}"
            more = {"action": advice.what, "checklist": advice.steps, "denial": denial.number}
            yield _make(state, "denial", key, due).model_copy(update=more)


def _decisions(state: ClaimState) -> Iterator[Nudge]:
    """The day after an appeal should have been decided, then every two weeks."""
    for number, appeal in enumerate(state.appeals, start=1):
        if appeal.decided_on is None:
            due = not_before(state, _decision_due(state, appeal))
            yield from _again(state, "decision", f"decision:{number}", due, asking_step(state))


def _decision_due(state: ClaimState, appeal: Appeal) -> date:
    external = right_of(appeal) == "external_review"
    rule = clock_rule(state, "external_decision" if external else "appeal_decision", whose=appeal.whose)
    return (after(rule, appeal.filed_on) if rule is not None else appeal.filed_on + MONTH) + DAY


def _rest(state: ClaimState) -> Iterator[Nudge]:
    """Money that no code explains; and a claim for which nothing can be done any more."""
    if state.status == "unsent" and "timely_filing" in state.let_go:
        let_go_on = state.let_go["timely_filing"].at.astimezone(ZoneInfo(state.practice.time_zone)).date()
        yield from _again(state, "settle", "settle", let_go_on + MONTH, MONTH)
    if state.status not in REFUSED or not state.words:
        return
    since = max(word.on for word in state.words)
    undecided = any(appeal.decided_on is None for appeal in state.appeals)
    if not any(not denial.settled for denial in state.denials):
        if (left := balance(state)) is not None and left > 0:
            yield from _again(state, "balance", "balance", not_before(state, since), asking_step(state))
    elif not undecided and not any(each.open and each.denial for each in deadlines_of(state)):
        yield from _again(state, "settle", "settle", since + MONTH, MONTH)
