"""Money in a claim's books: payments, and what the payer takes back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.adjustments import Adjustment, netted
from domain.claim import Denial, FromPayer, Payment, WordKind
from domain.claim_events import ClaimPaid, ClaimPartlyPaid, PaymentReversed, StatusAnswered
from domain.claim_judgement import ClaimJudgement
from domain.claim_standing import EXPECTED, advice_on, balance
from domain.deadlines import said
from domain.payers_in_turn import Answer, another_payer, answers_of
from domain.take_claim_appeals import SENT_ON, open_denial


def take_payment(sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, on: date) -> None:
    """Post a payment. What its codes refuse opens a denial, whatever the sender called it."""
    state = sheet.state
    if event.charge is not None:
        state.claim = state.claim.model_copy(update={"charge": event.charge})
    refused = [each for each in netted(event.adjustments) if _refuses(sheet, event, each)]
    partly = bool(refused) or (isinstance(event, ClaimPartlyPaid) and not event.adjustments)
    whose = FromPayer(order=event.order, payer_id=event.payer_id, forwarded=event.forwarded)
    payment = _payment(sheet, event, on, whose, partly=partly)
    because = f"reference {event.reference}" if event.reference else ""
    sheet.write("payment", f"Paid on {said(on)}: {event.paid:.2f}{' for a part' if partly else ''}.", because=because)
    _taken_back_before(sheet, payment)
    for promise in state.promises:
        promise.kept = promise.kept or promise.made_on <= on
    if partly:
        dates = event.dates if isinstance(event, ClaimPartlyPaid) else None
        open_denial(sheet, refused, event.remarks, "", dates, on, partly=True, whose=whose)
    sheet.says(event, _word(event, partly=partly))
    if event.forwarded:
        sheet.write("payment", SENT_ON)
    left = balance(state)
    if not partly and left is not None and left > 0:
        sheet.write("payment", f"{left:.2f} is neither paid nor explained.")


def take_reversal(sheet: ClaimJudgement, event: PaymentReversed, on: date) -> None:
    """Take a payment back: the one of that amount, or else the amount itself."""
    state, amount = sheet.state, abs(event.amount)
    by = FromPayer(payer_id=event.payer_id)
    live = [
        each
        for each in state.payments
        if each.reversed_on is None and each.paid == amount and another_payer(each, by) is not True
    ]
    taken = max(live, key=lambda each: (*_likely(each, event.adjustments, by, event.reference), each.on), default=None)
    if taken is not None:
        taken.reversed_on = on
    else:
        state.payments.append(
            Payment(
                on=on,
                paid=-amount,
                adjustments=event.adjustments,
                reference=event.reference,
                payer_id=event.payer_id,
            )
        )
    sheet.write("payment", f"Taken back on {said(on)}: {amount:.2f}.")
    sheet.says(event, "reversed")


def take_back_decision(sheet: ClaimJudgement, event: StatusAnswered, on: date) -> None:
    """Take back a decision that moved no money: the one with the same codes, or the only one that there is."""
    by = FromPayer(payer_id=event.payer_id)
    without = [each for each in answers_of(sheet.state) if _moved_nothing(each) and not another_payer(each.book, by)]
    same = [each for each in without if _opposite(each.book.adjustments, event.taken_back)]
    found = same[-1:] or (without if len(without) == 1 else [])
    for each in found:
        if isinstance(each.book, Denial):
            each.book.taken_back_on = on
        else:
            each.book.reversed_on = on


def _payment(
    sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, on: date, whose: FromPayer, *, partly: bool
) -> Payment:
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
    return payment


def _taken_back_before(sheet: ClaimJudgement, payment: Payment) -> None:
    """A payment that was taken back before we heard of it: its reversal, which came first, was about this one."""
    payments = sheet.state.payments
    for each in payments:
        of_another = (each.on, each.reference) == (payment.on, payment.reference) or another_payer(each, payment)
        fits = each.paid == -payment.paid and _opposite(each.adjustments, payment.adjustments)
        if each.paid < 0 and each.on >= payment.on and fits and not of_another:
            payment.reversed_on = each.on
            payments.remove(each)
            return


def _likely(
    payment: Payment, taken_back: Sequence[Adjustment], by: FromPayer, reference: str
) -> tuple[bool, bool, bool]:
    """How much speaks for this payment being the one that is taken back."""
    return (
        another_payer(payment, by) is not True,
        _opposite(payment.adjustments, taken_back),
        payment.reference == reference,
    )


def _moved_nothing(answer: Answer) -> bool:
    return isinstance(answer.book, Denial) or answer.book.paid == 0


def _opposite(given: Sequence[Adjustment], taken: Sequence[Adjustment]) -> bool:
    return netted(given) == [each._replace(amount=-each.amount) for each in netted(taken)]


def _word(event: ClaimPaid | ClaimPartlyPaid, *, partly: bool) -> WordKind:
    """A posting of nothing whose codes refuse is a denial, whatever it was called."""
    if not partly:
        return "paid"
    return "partly_paid" if event.paid > 0 else "denied"


def _refuses(sheet: ClaimJudgement, event: ClaimPaid | ClaimPartlyPaid, one: Adjustment) -> bool:
    """Whether it is more than the contract's fee or the client's share."""
    return advice_on(sheet.state, [one], event.remarks).action not in EXPECTED
