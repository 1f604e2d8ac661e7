"""Which payers have answered a claim, in their turn, and whether another one still owes an answer.

A remittance says as which payer it answers and whether it sent the claim on (X12 835, CLP02: 1 to 3, 19 to 21, 23; the
crossover carrier; remarks). What is entered by hand may say neither, and people spell a payer's id in many ways: what
isn't surely another payer's answer leaves the client unbilled, and a person is asked.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from domain.adjustments import tidy
from domain.claim import ClaimState, Denial, FromPayer, Payment
from domain.claim_events import ClaimDenied, ClaimPaid, ClaimPartlyPaid

Awaited = Literal["no", "perhaps", "yes"]
"""Whether another payer owes an answer; perhaps: one came since, and nothing says from whom."""
NOTHING = Decimal(0)
SENT_ON_REMARKS = ("MA07", "MA18", "N89")
"""Remarks (RARC) that say that the claim went on: to Medicaid, to a supplemental insurer, to several payers."""
_TAX_ID = re.compile(r"1?(\d{9})")
"""TRN03 is 1 and the payer's tax id; some leave the 1 out."""


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
    redone = _redone(state)
    of_answers = [_answered(each.book, each.on, answers, redone) for each in answers if each.book.forwarded]
    since = [_answered(passed, passed.on, answers, redone) for passed in state.passed_on]
    # A refusal that a payment of the same payer settled was sent on all the same.
    settled = [
        _answered(each, each.stands_since, answers, redone)
        for each in state.denials
        if each.forwarded and each.settled and not each.partly and each.stands_since is not None
    ]
    found = {*of_answers, *since, *settled}
    return "yes" if "yes" in found else "perhaps" if "perhaps" in found else "no"


def whose_answer(event: ClaimPaid | ClaimPartlyPaid | ClaimDenied) -> FromPayer:
    """Whose decision it is, and whether it sent the claim on, also where only a remark says so."""
    said_so = any(tidy(each) in SENT_ON_REMARKS for each in event.remarks)
    return FromPayer(
        order=event.order,
        payer_id=event.payer_id,
        payer_name=event.payer_name,
        forwarded=event.forwarded or said_so,
    )


def another_payer(one: FromPayer, other: FromPayer) -> bool | None:
    """Whether these are known to be two payers; None where nothing says so."""
    if one.order is not None and other.order is not None:
        return one.order != other.order
    same = _same_id(one, other)
    return None if same is None else not same


def _same_id(one: FromPayer, other: FromPayer) -> bool | None:
    """Whether it is one payer by its ids and names; None where that isn't sure.

    They are typed by people too, and an insurer has several ids. Two payers are known to be two only where both ids are
    tax ids that differ and their names have no word in common.
    """
    ids = _id_of(one.payer_id), _id_of(other.payer_id)
    if ids[0] and ids[0] == ids[1]:
        return True
    names = [name for name in (_words(one.payer_name), _words(one.payer_id)) if name]
    others = [name for name in (_words(other.payer_name), _words(other.payer_id)) if name]
    if any(name == known for name in names for known in others):
        return True
    tax_ids = all(_TAX_ID.fullmatch(_plain(each.payer_id)) for each in (one, other))
    first, second = _words(one.payer_name), _words(other.payer_name)
    return False if tax_ids and first and second and not set(first) & set(second) else None


def _plain(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def _id_of(payer_id: str) -> str:
    plain = _plain(payer_id)
    tax_id = _TAX_ID.fullmatch(plain)
    return tax_id[1] if tax_id else plain


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, in order; nothing where it is a number."""
    return tuple(re.findall(r"[^\W\d_]+", name.casefold()))


def _payments(state: ClaimState) -> Iterator[Answer]:
    for number, payment in enumerate(state.payments, start=1):
        if payment.reversed_on is None and payment.paid >= 0:
            yield Answer(payment.on, payment, number)


def _refusals(state: ClaimState) -> Iterator[Answer]:
    """Refusals of the whole claim; one of a part repeats what its payment says already."""
    for denial in state.denials:
        since = denial.stands_since
        if since is not None and not (denial.partly or denial.settled):
            yield Answer(since, denial, denial.number)


def _place(answer: Answer, highest: int) -> tuple[bool, date, bool, int]:
    order = answer.book.order
    return order is None or order == highest, answer.on, isinstance(answer.book, Payment), answer.number


def _redone(state: ClaimState) -> set[date]:
    """The days on which payers took answers back: what another payer says on such a day may be about the old one."""
    return {each.on for each in state.reversals} | {each.reversed_on for each in state.payments if each.reversed_on}


def _answered(sent_on_by: FromPayer, on: date, answers: list[Answer], redone: set[date]) -> Awaited:
    """What is known of the answer for which a payer sent the claim on. An earlier day's is about something else."""
    others = [each for each in answers if each.book is not sent_on_by and each.on >= on]
    follow = [each for each in others if _follows(sent_on_by, each)]
    if any(each.on > on or on not in redone for each in follow):
        return "no"
    unknown = any(another_payer(sent_on_by, each.book) is None for each in others)
    return "perhaps" if follow or unknown else "yes"


def _follows(sent_on_by: FromPayer, answer: Answer) -> bool:
    """Whether this is the answer of a payer after that one. The same insurer may be both, under two plans."""
    first, second = sent_on_by.order, answer.book.order
    if first is not None and second is not None and first != second:
        return second > first
    return _same_id(sent_on_by, answer.book) is False
