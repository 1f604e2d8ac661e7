"""Which answer a reversal takes back: found anew from all that is known whenever anything comes, whatever came first.

A reversal takes back an answer that stood before it by its own day. What came in the same remittance replaces the old
answer and is never meant. Where several that stand may be meant, the oldest is taken for it, and the doubt is kept.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.adjustments import Adjustment, netted
from domain.claim import ClaimState, Denial, Payment, Reversal
from domain.payers_in_turn import another_payer

_Book = Payment | Denial


class _Fit(NamedTuple):
    """How much speaks for an answer being the one that is meant, and how old it is. `place` tells equal ones apart."""

    sure: tuple[bool, bool, bool, bool]
    on: date
    place: int


def find_taken_back(state: ClaimState) -> None:
    """Mark what each reversal takes back. Money of which nobody knows which it is stays as a negative payment."""
    _keep_older_ones(state)
    state.payments = [each for each in state.payments if each.paid >= 0]
    for payment in state.payments:
        if payment.reversed_by is not None:
            payment.reversed_on = payment.reversed_by = None
    for denial in state.denials:
        if denial.taken_back_by is not None:
            denial.taken_back_on = denial.taken_back_by = None
    order = sorted(range(len(state.reversals)), key=lambda each: _in_turn(state.reversals[each]))
    taken = {place: _take_back(state, place) for place in order}
    for place, book in taken.items():
        reversal = state.reversals[place]
        reversal.found = book is not None
        reversal.in_doubt = book is not None and _is_in_doubt(state, reversal, book)
        if book is None and reversal.amount:
            state.payments.append(_negative(reversal))


def _keep_older_ones(state: ClaimState) -> None:
    """Claims from before there were reversals in the books have only the negative payments."""
    known = [_negative(reversal) for reversal in state.reversals if not reversal.found]
    for each in state.payments:
        if each.paid >= 0:
            continue
        if each in known:
            known.remove(each)
        else:
            state.reversals.append(
                Reversal(
                    on=each.on,
                    amount=-each.paid,
                    adjustments=each.adjustments,
                    reference=each.reference,
                    payer_id=each.payer_id,
                    payer_name=each.payer_name,
                )
            )


def _negative(reversal: Reversal) -> Payment:
    return Payment(
        on=reversal.on,
        paid=-reversal.amount,
        adjustments=reversal.adjustments,
        reference=reversal.reference,
        payer_id=reversal.payer_id,
        payer_name=reversal.payer_name,
    )


def _in_turn(reversal: Reversal) -> tuple[date, str, str]:
    return reversal.on, reversal.reference, reversal.model_dump_json()


def _take_back(state: ClaimState, place: int) -> _Book | None:
    reversal = state.reversals[place]
    found = _candidates(state, reversal)
    if reversal.amount == 0 and len(found) > 1:  # of several only one with the same codes
        found = [each for each in found if each[0].sure[1]]
    if not found:
        return None
    best = max(each[0].sure for each in found)
    _, book = min((each for each in found if each[0].sure == best), key=lambda each: each[0][1:])
    if isinstance(book, Payment):
        book.reversed_on, book.reversed_by = reversal.on, place
    else:
        book.taken_back_on, book.taken_back_by = reversal.on, place
    return book


def _candidates(state: ClaimState, reversal: Reversal) -> list[tuple[_Fit, _Book]]:
    """The answers that stood before it and that it may mean."""
    payments: list[tuple[date, _Book]] = [
        (each.on, each)
        for each in state.payments
        if each.paid == reversal.amount and each.reversed_on is None and not _together(each, reversal)
    ]
    denials: list[tuple[date, _Book]] = [
        (since, each)
        for each in state.denials
        if reversal.amount == 0 and not (each.partly or each.settled) and (since := each.stands_since) is not None
    ]
    return [
        (_Fit(_sure(book, since, reversal), since, place), book)
        for place, (since, book) in enumerate([*payments, *denials])
        if since <= reversal.on and another_payer(book, reversal) is not True
    ]


def _together(payment: Payment, reversal: Reversal) -> bool:
    """Whether both came in one remittance: then the payment is what replaces the old one."""
    return bool(reversal.reference) and (payment.on, payment.reference) == (reversal.on, reversal.reference)


def _sure(book: _Book, since: date, reversal: Reversal) -> tuple[bool, bool, bool, bool]:
    reference = book.reference if isinstance(book, Payment) else ""
    return (
        another_payer(book, reversal) is False,
        _opposite(book.adjustments, reversal.adjustments),
        bool(reference) and reference == reversal.reference,
        since < reversal.on,
    )


def _is_in_doubt(state: ClaimState, reversal: Reversal, book: _Book) -> bool:
    """Whether another answer that stands fits as well, was there before it, and says something else."""
    since = book.on if isinstance(book, Payment) else book.first_on
    mine = _sure(book, since, reversal)
    return any(
        fit.sure == mine and mine[3] and _says(other) != _says(book) for fit, other in _candidates(state, reversal)
    )


def _says(book: _Book) -> tuple[bool, int | None, list[Adjustment]]:
    return book.forwarded, book.order, netted(book.adjustments)


def _opposite(given: Sequence[Adjustment], taken: Sequence[Adjustment]) -> bool:
    return netted(given) == [each._replace(amount=-each.amount) for each in netted(taken)]
