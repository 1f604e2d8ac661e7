"""Which payers have answered a claim, in their turn, and whether another one still owes an answer.

A remittance says as which payer it answers and whether it sent the claim on (X12 835, CLP02: 1 to 3, 19 to 21, 23).
What is entered by hand may say neither: then nobody knows whose answer it is, and a person is asked.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from domain.claim import ClaimState, Denial, FromPayer, Payment

Awaited = Literal["no", "perhaps", "yes"]
"""Whether another payer owes an answer; perhaps: one came since, and nothing says from whom."""
NOTHING = Decimal(0)


class Answer(NamedTuple):
    """One payer's decision that stands: a payment, or a refusal of the whole claim. `number` counts those of its kind.

    `decides`: whether it says what becomes of the whole charge. Money that was entered without a code doesn't.
    """

    on: date
    book: Payment | Denial
    number: int

    @property
    def decides(self) -> bool:
        """Whether it says who bears what isn't paid."""
        return bool(self.book.adjustments) or self.book.order is not None or bool(self.book.payer_id)

    @property
    def is_refusal(self) -> bool:
        """Whether the payer refuses the claim as a whole."""
        return isinstance(self.book, Denial)

    @property
    def refuses(self) -> bool:
        """Whether the payer refuses the claim or a part of it."""
        return self.is_refusal or self.book.partly


def answers_of(state: ClaimState) -> list[Answer]:
    """The answers that stand, the last payer's last one at the end.

    A payer that is known to come later stands behind the ones before it, whenever its answer came; otherwise the day
    decides. A payment of the day of a refusal replaces it.
    """
    found = [*_payments(state), *_refusals(state)]
    highest = max((each.book.order or 0 for each in found), default=0)
    return sorted(found, key=lambda each: _place(each, highest))


def awaited(state: ClaimState) -> Awaited:
    """Whether a payer to whom the claim was sent on still owes its answer."""
    answers = answers_of(state)
    of_answers = [_answered(each.book, each.on, answers) for each in answers if each.book.forwarded]
    since = [_answered(passed, passed.on, answers) for passed in state.passed_on]
    found = {*of_answers, *since}
    return "yes" if "yes" in found else "perhaps" if "perhaps" in found else "no"


def another_payer(one: FromPayer, other: FromPayer) -> bool | None:
    """Whether these are known to be two payers; None where nothing says so."""
    if one.order is not None and other.order is not None:
        return one.order != other.order
    same = _same_id(one, other)
    return None if same is None else not same


def _same_id(one: FromPayer, other: FromPayer) -> bool | None:
    """Whether the payers' own ids are one; None where one isn't known. They are typed by people too."""
    if not (one.payer_id and other.payer_id):
        return None
    return one.payer_id.strip().casefold() == other.payer_id.strip().casefold()


def _payments(state: ClaimState) -> Iterator[Answer]:
    for number, payment in enumerate(state.payments, start=1):
        if payment.reversed_on is None and payment.paid >= 0:
            yield Answer(payment.on, payment, number)


def _refusals(state: ClaimState) -> Iterator[Answer]:
    """Refusals of the whole claim; one of a part repeats what its payment says already."""
    for denial in state.denials:
        if not (denial.partly or denial.settled or denial.taken_back_on):
            yield Answer(denial.told_on or denial.dates.earliest() or date.min, denial, denial.number)


def _place(answer: Answer, highest: int) -> tuple[bool, date, bool, int]:
    order = answer.book.order
    return order is None or order == highest, answer.on, isinstance(answer.book, Payment), answer.number


def _answered(sent_on_by: FromPayer, on: date, answers: list[Answer]) -> Awaited:
    """What is known of the answer for which a payer sent the claim on."""
    others = [each for each in answers if each.book is not sent_on_by]
    if any(_follows(sent_on_by, on, each) for each in others):
        return "no"
    unknown = any(each.on >= on and another_payer(sent_on_by, each.book) is None for each in others)
    return "perhaps" if unknown else "yes"


def _follows(sent_on_by: FromPayer, on: date, answer: Answer) -> bool:
    """Whether this is the answer of a payer after that one. The same insurer may be both, under two plans."""
    first, second = sent_on_by.order, answer.book.order
    if first is not None and second is not None and first != second:
        return second > first
    return _same_id(sent_on_by, answer.book) is False and answer.on >= on
