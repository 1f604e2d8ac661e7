"""Money in a claim's books: payments, what the payer takes back, and what the client may then be billed.

Only what the advice on the payer's codes allows is ever billed to a client; nothing else makes a person owe.
"""

from datetime import date
from decimal import Decimal

from domain.adjustments import Adjustment
from domain.claim import Payment, WordKind
from domain.claim_events import ClaimPaid, ClaimPartlyPaid, PaymentReversed
from domain.claim_judgement import ClaimJudgement
from domain.claim_standing import EXPECTED, advice_on, balance
from domain.deadlines import said
from domain.take_claim_appeals import bill_client, open_denial


def take_payment(sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, on: date) -> None:
    """Post a payment. What its codes refuse opens a denial, whatever the sender called it."""
    state = sheet.state
    if event.charge is not None:
        state.claim = state.claim.model_copy(update={"charge": event.charge})
    advice = advice_on(state, event.adjustments, event.remarks)
    refused = [each for each in event.adjustments if _refuses(sheet, event, each)]
    partly = bool(refused) or (isinstance(event, ClaimPartlyPaid) and not event.adjustments)
    state.payments.append(
        Payment(
            on=on,
            paid=event.paid,
            client_owes=advice.may_bill_client if event.adjustments else Decimal(0),
            adjustments=event.adjustments,
            remarks=event.remarks,
            reference=event.reference,
            partly=partly,
        )
    )
    because = f"reference {event.reference}" if event.reference else ""
    sheet.write("payment", f"Paid on {said(on)}: {event.paid:.2f}{' for a part' if partly else ''}.", because=because)
    for promise in state.promises:
        promise.kept = promise.kept or promise.made_on <= on
    if partly:
        dates = event.dates if isinstance(event, ClaimPartlyPaid) else None
        open_denial(sheet, refused, event.remarks, "", dates, on, partly=True)
    sheet.says(event, _word(event, partly=partly))
    bill_client(sheet, advice, f"payment:{len(state.payments)}")
    left = balance(state)
    if not partly and left is not None and left > 0:
        sheet.write("payment", f"{left:.2f} is neither paid nor explained.")


def take_reversal(sheet: ClaimJudgement, event: PaymentReversed, on: date) -> None:
    """Take a payment back: the one of that amount, or else the amount itself."""
    state, amount = sheet.state, abs(event.amount)
    live = [each for each in state.payments if each.reversed_on is None and each.paid == amount]
    taken = max(live, key=lambda each: (each.reference == event.reference, each.on), default=None)
    if taken is not None:
        taken.reversed_on = on
    else:
        state.payments.append(Payment(on=on, paid=-amount, reference=event.reference))
    sheet.write("payment", f"Taken back on {said(on)}: {amount:.2f}.")
    sheet.says(event, "reversed")
    if taken is not None and taken.client_owes > 0:
        number = state.payments.index(taken) + 1
        text = f"The payer took its decision back: check the {taken.client_owes:.2f} that the client was to pay."
        sheet.desk(f"check-bill:payment:{number}", text)


def _word(event: ClaimPaid | ClaimPartlyPaid, *, partly: bool) -> WordKind:
    """A posting of nothing whose codes refuse is a denial, whatever it was called."""
    if not partly:
        return "paid"
    return "partly_paid" if event.paid > 0 else "denied"


def _refuses(sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, one: Adjustment) -> bool:
    """Whether it is more than the contract's fee or the client's share."""
    return advice_on(sheet.state, [one], event.remarks).action not in EXPECTED
