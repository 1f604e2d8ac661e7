"""Money in a claim's books: payments, and what the payer takes back."""

from datetime import date
from decimal import Decimal

from domain.adjustments import Adjustment, netted
from domain.claim import FromPayer, Payment, Reversal, WordKind
from domain.claim_events import ClaimPaid, ClaimPartlyPaid, PaymentReversed, StatusAnswered
from domain.claim_judgement import ClaimJudgement
from domain.claim_standing import EXPECTED, advice_on, balance
from domain.deadlines import said
from domain.payers_in_turn import whose_answer
from domain.take_claim_appeals import SENT_ON, open_denial
from domain.taken_back import find_taken_back


def take_payment(sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, on: date) -> None:
    """Post a payment. What its codes refuse opens a denial, whatever the sender called it."""
    state = sheet.state
    if event.charge is not None:
        state.claim = state.claim.model_copy(update={"charge": event.charge})
    refused = [each for each in netted(event.adjustments) if _refuses(sheet, event, each)]
    partly = bool(refused) or (isinstance(event, ClaimPartlyPaid) and not event.adjustments)
    whose = whose_answer(event)
    _payment(sheet, event, on, whose, partly=partly)
    because = f"reference {event.reference}" if event.reference else ""
    sheet.write("payment", f"Paid on {said(on)}: {event.paid:.2f}{' for a part' if partly else ''}.", because=because)
    find_taken_back(state)
    for promise in state.promises:
        promise.kept = promise.kept or promise.made_on <= on
    if partly:
        dates = event.dates if isinstance(event, ClaimPartlyPaid) else None
        open_denial(sheet, refused, event.remarks, "", dates, on, partly=True, whose=whose)
    sheet.says(event, _word(event, partly=partly))
    if whose.forwarded:
        sheet.write("payment", SENT_ON)
    left = balance(state)
    if not partly and left is not None and left > 0:
        sheet.write("payment", f"{left:.2f} is neither paid nor explained.")


def take_reversal(sheet: ClaimJudgement, event: PaymentReversed, on: date) -> None:
    """Take a payment back: the one of that amount, or else the amount itself."""
    _take_back(sheet, event, on, abs(event.amount), event.adjustments)
    sheet.write("payment", f"Taken back on {said(on)}: {abs(event.amount):.2f}.")
    sheet.says(event, "reversed")


def take_back_decision(sheet: ClaimJudgement, event: StatusAnswered, on: date) -> None:
    """Take back a decision that moved no money."""
    _take_back(sheet, event, on, Decimal(0), event.taken_back)


def _take_back(
    sheet: ClaimJudgement,
    event: PaymentReversed | StatusAnswered,
    on: date,
    amount: Decimal,
    adjustments: list[Adjustment],
) -> None:
    reversal = Reversal(
        on=on,
        amount=amount,
        adjustments=adjustments,
        reference=event.reference,
        payer_id=event.payer_id,
        payer_name=event.payer_name,
    )
    sheet.state.reversals.append(reversal)
    find_taken_back(sheet.state)


def _payment(
    sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, on: date, whose: FromPayer, *, partly: bool
) -> None:
    advice = advice_on(sheet.state, event.adjustments, event.remarks)
    payment = Payment(
        on=on,
        paid=event.paid,
        client_owes=advice.may_bill_client if event.adjustments else Decimal(0),
        adjustments=event.adjustments,
        remarks=event.remarks,
        reference=event.reference,
        partly=partly,
        **whose.model_dump(),
    )
    sheet.state.payments.append(payment)


def _word(event: ClaimPaid | ClaimPartlyPaid, *, partly: bool) -> WordKind:
    """A posting of nothing whose codes refuse is a denial, whatever it was called."""
    if not partly:
        return "paid"
    return "partly_paid" if event.paid > 0 else "denied"


def _refuses(sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, one: Adjustment) -> bool:
    """Whether it is more than the contract's fee or the client's share."""
    return advice_on(sheet.state, [one], event.remarks).action not in EXPECTED
