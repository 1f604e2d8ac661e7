"""Has the front desk look for the answer of a payer that was passed over: a later one has answered, and it hasn't.

Remittances say as which payer they answer. One that was lost is noticed by nothing else: the claim seems to stand as
the later payer says.
"""

from domain.claim import ClaimState, FromPayer
from domain.claim_judgement import ClaimJudgement


def passed_over(state: ClaimState) -> list[int]:
    """As which payers answers are missing, before one that came. What came without saying so may be any of them."""
    books: list[FromPayer] = [*state.payments, *(each for each in state.denials if not each.partly), *state.passed_on]
    orders = {book.order for book in books if book.order is not None}
    unsaid = sum(book.order is None for book in books)
    missing = [order for order in range(1, max(orders, default=0)) if order not in orders]
    return missing if len(missing) > unsaid else []


def ask_for_passed_over(sheet: ClaimJudgement) -> None:
    """One task for each payer whose answer is missing, open until it has come."""
    state = sheet.state
    missing = {str(order): order for order in passed_over(state)}
    for order in [order for order in state.passed_over if order not in missing]:
        sheet.close_desk(state.passed_over.pop(order))
    for name, order in missing.items():
        if name not in state.passed_over:
            text = _MISSING.format(order=order)
            state.passed_over[name] = sheet.desk(f"passed-over:{order}:{state.journal_seq}", text)


_MISSING = (
    "A later payer has answered, and of payer {order} nothing is known. "
    "Look for its remittance, or ask it, before anybody is billed."
)
