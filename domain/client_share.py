"""What the client still owes by the payers' answers: what the last payer left to them, never the sum of several.

Only asked for once the last payer has answered. Where the answers don't say plainly what is theirs, a person reads them
first: a client may be billed too late, but never twice.
"""

from decimal import Decimal
from typing import Literal, NamedTuple

from domain.claim import ClaimState, Payment
from domain.claim_standing import advice_on
from domain.denials import Advice
from domain.payers_in_turn import NOTHING, Answer, another_payer, answers_of, awaited

Standing = Literal["undecided", "unsure", "waits", "perhaps", "several", "refused", "first", "left"]
"""How sure the share is.

undecided: no answer stands, or an answer was taken back since and nothing says which. unsure: one was taken back, and
two that stood may be meant. waits: another payer owes an
answer. perhaps: nobody knows whether it came. several: two answers that may be the same payer's, and neither takes the
other back. refused: the last payer refuses what an earlier one left to the client. first: another step comes before any
bill. left: the last payer left so much to the client; nothing is known of what they paid at the visit.
"""


class ClientShare(NamedTuple):
    """What is the client's, at most. `earlier` is what an answer before the last one left to them.

    `needs_notice`: only if they were told before the visit. `step` is what comes first.
    """

    stands: Standing
    amount: Decimal = NOTHING
    earlier: Decimal = NOTHING
    needs_notice: bool = False
    step: str = ""


def share_of_client(state: ClaimState) -> ClientShare:
    """The client's share of this claim as it stands."""
    answers = answers_of(state)
    if not answers:
        return ClientShare("undecided")
    decisions = [each for each in answers if each.decides]
    last = decisions[-1] if decisions else answers[-1]
    if _is_questioned(state, last):
        return ClientShare("undecided")
    advice = _advice(state, last)
    same, others = _earlier(state, decisions[:-1], last)
    stands = _stands(state, advice, last, same, others)
    earlier = others if stands == "refused" else same
    return ClientShare(stands, advice.may_bill_client, earlier, advice.needs_notice, advice.before_billing)


def _stands(state: ClaimState, advice: Advice, last: Answer, same: Decimal, others: Decimal) -> Standing:
    another = awaited(state)
    if another != "no":
        return "waits" if another == "yes" else "perhaps"
    if any(each.in_doubt for each in state.reversals):
        return "unsure"
    if same > 0:
        return "several"
    if others > 0 and last.refuses and advice.may_bill_client == 0:
        return "refused"
    return "first" if advice.before_billing else "left"


def _is_questioned(state: ClaimState, last: Answer) -> bool:
    """Whether an answer that nobody knows was taken back since the last one, and it may be this one.

    What stands in the same remittance as the last answer was replaced by it.
    """
    reference = last.book.reference if isinstance(last.book, Payment) else ""
    return any(
        each.on > last.on or (each.on == last.on and not (reference and each.reference == reference))
        for each in state.reversals
        if not each.found
    )


def _earlier(state: ClaimState, before: list[Answer], last: Answer) -> tuple[Decimal, Decimal]:
    """What earlier answers left to the client: one that may be of the last payer too, and one that is another's.

    A refusal that was followed by another answer is replaced by it.
    """
    shares = {True: NOTHING, False: NOTHING}
    for each in before:
        if not each.is_refusal and (left := _advice(state, each).may_bill_client) > 0:
            shares[another_payer(each.book, last.book) is True] = left
    return shares[False], shares[True]


def _advice(state: ClaimState, answer: Answer) -> Advice:
    return advice_on(state, answer.book.adjustments, answer.book.remarks)
