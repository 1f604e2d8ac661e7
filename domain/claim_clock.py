"""The payer's clock: by which rows it runs, whether it runs, and what the payer has promised."""

from datetime import date, timedelta

from domain.claim import ClaimState, Promise, Submission
from domain.claim_rules import rule_for
from domain.payer import Rule, RuleAbout, Whose

DAY = timedelta(days=1)
TWO_WEEKS = timedelta(days=14)
WAITING = ("submitted", "acknowledged", "pending", "corrected", "overturned")
"""The payer has to act: its answer, or its money, is awaited."""


def clock_rule(
    state: ClaimState, about: RuleAbout, sending: Submission | None = None, whose: Whose | None = None
) -> Rule | None:
    """The row for this payer; where it depends on it, for the way in which the claim was sent."""
    method = None
    if sending is not None:
        method = "electronic" if sending.by in ("electronic", "portal") else "paper"
    return rule_for(about, state.payer, state.practice.claim_rules, whose=whose, method=method)


def asking_step(state: ClaimState) -> timedelta:
    """How long after one question the next follows."""
    rule = clock_rule(state, "check_again")
    return timedelta(days=rule.days) if rule is not None and rule.days else TWO_WEEKS


def is_accepted(sending: Submission) -> bool:
    """Whether the payer has it. Paper is never acknowledged, and counts as accepted until it comes back."""
    return not sending.turned_back and (sending.acknowledged_on is not None or sending.by != "electronic")


def is_payers_turn(state: ClaimState) -> bool:
    """Whether its answer is awaited; also where somebody decided not to send what it asked for."""
    if state.status == "information_requested":
        return all(
            asked.sent_on is not None or f"information:{number}" in state.let_go
            for number, asked in enumerate(state.asked, start=1)
        )
    return state.status in WAITING


def open_promise(state: ClaimState) -> Promise | None:
    """What the payer promised last, of one day what was told last, unless it has done something since."""
    last = max(reversed(state.promises), key=lambda each: each.made_on, default=None)
    return last if last is not None and not last.kept else None


def not_before(state: ClaimState, day: date) -> date:
    """A promise is a timer: before the day after it nobody is nudged about the claim's status."""
    promise = open_promise(state)
    return max(day, promise.until + DAY) if promise else day
