"""Where a claim stands, from all words about it in the order of their days, and how much of it is still owed.

News may arrive late, doubled or out of order: an older word never undoes a newer one, and money always counts.
"""

from collections.abc import Sequence
from decimal import Decimal

from domain.adjustments import Adjustment, netted
from domain.billed import OVER, ClaimStatus
from domain.claim import ClaimState, Denial, Submission, Word, WordKind
from domain.denials import Advice, NextAction, advise
from domain.payers_in_turn import awaited

EXPECTED: tuple[NextAction, ...] = ("post", "bill_client")
"""What lowers a payment without refusing anything: the contract's fee, and the client's own share."""
UNDECIDED: tuple[ClaimStatus, ...] = ("unsent", "submitted", "acknowledged", "rejected", "pending", "corrected")
"""The payer hasn't said what it makes of the claim."""
_RANK: tuple[WordKind, ...] = (
    "submitted",
    "acknowledged",
    "rejected",
    "pending",
    "information_requested",
    "information_sent",
    "denied",
    "reversed",
    "partly_paid",
    "paid",
    "corrected",
    "appealed",
    "external_review",
    "upheld",
    "overturned",
    "written_off",
    "closed",
)
"""The usual order, for words of the same moment."""


def standing(state: ClaimState) -> ClaimStatus:
    """The status that follows from all words, whatever the order of their arrival."""
    status: ClaimStatus = "unsent"
    for word in sorted(state.words, key=lambda word: (word.on, word.at, _RANK.index(word.says))):
        status = _next(state, status, word)
    return status


def latest_submission(state: ClaimState) -> Submission | None:
    """The last sending, which the payer's clock is about; of one day the one that was told last."""
    return max(reversed(state.submissions), key=lambda sending: sending.on, default=None)


def is_filed(state: ClaimState) -> bool:
    """Whether the claim went out and wasn't sent back unread: a claim that was rejected was never filed."""
    return any(not sending.turned_back for sending in state.submissions)


def balance(state: ClaimState) -> Decimal | None:
    """What is neither paid nor explained by contract or the client's share; None where the charge isn't known."""
    charge = state.claim.charge
    if charge is None:
        return None
    live = [payment for payment in state.payments if payment.reversed_on is None]
    expected = Decimal(0)
    for payment in live:
        for each in netted(payment.adjustments):
            if advice_on(state, [each], payment.remarks).action in EXPECTED:
                expected += each.amount
    return charge - state.paid - expected


def advice_for(state: ClaimState, denial: Denial) -> Advice:
    """What to do about this denial, by its codes. The client isn't billed while another payer owes an answer."""
    return advice_on(state, denial.adjustments, denial.remarks, another_answers=awaited(state) != "no")


def advice_on(
    state: ClaimState,
    adjustments: Sequence[Adjustment],
    remarks: Sequence[str] = (),
    *,
    another_answers: bool = False,
) -> Advice:
    """What these codes mean for this claim: the practice's own rows before the packaged ones."""
    return advise(
        adjustments,
        remarks,
        state.practice.denial_rules,
        payer_type=state.payer.type,
        another_answers=another_answers,
    )


def _next(state: ClaimState, status: ClaimStatus, word: Word) -> ClaimStatus:
    match word.says:
        case "submitted":
            return _sent(status)
        case "acknowledged" | "pending" | "rejected" | "information_requested":
            return _heard(status, word.says)
        case "information_sent":
            return "pending" if status == "information_requested" else status
        case "paid" | "partly_paid":
            return _money(state, word)
        case "reversed":
            return "partly_paid" if state.paid > 0 else "pending"
        case "overturned" | "upheld":
            return status if status in OVER else word.says
        case "unsent" | "denied" | "corrected" | "appealed" | "external_review" | "written_off" | "closed":
            return word.says


def _sent(status: ClaimStatus) -> ClaimStatus:
    if status in ("unsent", "submitted", "rejected"):
        return "submitted"
    return "corrected" if status in ("denied", "upheld", "corrected", "written_off", "closed") else status


def _heard(status: ClaimStatus, says: ClaimStatus) -> ClaimStatus:
    """An answer on the way to a decision: it undoes no decision, and what was asked for stays asked for."""
    if status not in UNDECIDED:
        return status
    if says == "acknowledged" and status == "pending":
        return status
    return says


def _money(state: ClaimState, word: Word) -> ClaimStatus:
    left = balance(state)
    if left is None:
        return "paid" if word.says == "paid" else "partly_paid"
    return "paid" if left <= 0 else "partly_paid"
