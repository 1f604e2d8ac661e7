"""Reads remittances (X12 835, 005010X221A1): what a payer paid for which claims, and why it wasn't more.

A remittance is read whole or refused whole. Three sums must be right, as the guide to the 835 demands ("balancing"):
the payment is what was paid for the claims less the provider's adjustments; of each claim, and of each line, the
charge is what was paid plus the adjustments. Segments that posting doesn't need are passed over.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.adjustments import GROUPS, Adjustment
from domain.bounds import USUAL
from domain.x12 import NotReadable, Segment, Transaction, transactions

STATUSES = ("1", "2", "3", "4", "19", "20", "21", "22", "23", "25")
"""CLP02: 1-3 processed, 4 denied, 19-21 processed and forwarded, 22 reversal, 23 not theirs, 25 predetermination."""
REVERSAL = "22"
CROSSOVER = "TT"
"""NM101 of loop 2100: the payer to which this one sent the claim on."""
ZERO = Decimal(0)
LARGEST_PAYMENT = 10_000_000_000
"""One payment is for many claims, each of which has an amount that a claim can have."""
MOST_ADJUSTMENTS = USUAL.entries
_REMARKS = {"MOA": (3, 4, 5, 6, 7), "MIA": (5, 20, 21, 22, 23)}
_DATES = {"claim": ("232", "233"), "line": ("150", "151", "472")}


class RemittanceNotReadable(NotReadable):
    """No remittance, or a damaged one: `segment` and `element` say where, `expected` what should have been there."""


class ProviderAdjustment(NamedTuple):
    """Money of the payment that belongs to no claim. A positive amount lowers the payment (PLB)."""

    reason: str
    amount: Decimal


@dataclass(frozen=True)
class RemittedLine:
    """One billed code of a claim (SVC). `code` is empty where the payer names a line by a revenue code alone."""

    code: str
    modifiers: tuple[str, ...]
    charge: Decimal
    paid: Decimal
    units: Decimal
    adjustments: list[Adjustment]
    remarks: list[str]
    service_dates: list[date]


@dataclass(frozen=True)
class RemittedClaim:
    """One claim (CLP). `number` is ours, `payer_number` the payer's.

    `adjustments` are those of the claim and of all of its lines together, in the order of the file, and so `remarks`.
    `patient_responsibility` is what the payer states; it isn't checked against the PR adjustments. `crossover`:
    it names another payer to which it sent the claim on.
    """

    number: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal
    payer_number: str
    adjustments: list[Adjustment]
    remarks: list[str]
    lines: list[RemittedLine]
    service_dates: list[date]
    crossover: bool = False

    @property
    def is_reversal(self) -> bool:
        """Whether an earlier answer is taken back; amounts are negative then."""
        return self.status == REVERSAL


@dataclass(frozen=True)
class Remittance:
    """One payment, or one explanation without a payment. `trace` is the number of the cheque or transfer."""

    payment: Decimal
    paid_on: date
    trace: str
    payer_id: str
    payer: str
    claims: list[RemittedClaim]
    provider_adjustments: list[ProviderAdjustment]


def read_835(text: str) -> Remittance:
    """The one remittance of the text. Raises RemittanceNotReadable, also where the text holds several."""
    found = read_835s(text)
    if len(found) > 1:
        raise RemittanceNotReadable(1, "ISA", None, f"one remittance, not {len(found)}; read_835s reads them all")
    return found[0]


def read_835s(text: str) -> list[Remittance]:
    """All remittances of the text, at least one. Raises RemittanceNotReadable where any of them is damaged."""
    try:
        return [_remittance(transaction) for transaction in transactions(text)]
    except NotReadable as error:
        raise RemittanceNotReadable(error.segment, error.segment_id, error.element, error.expected) from None


class _Line:
    """A line while its segments come in."""

    def __init__(self, svc: Segment) -> None:
        self.svc = svc
        self.adjustments: list[Adjustment] = []
        self.remarks: list[str] = []
        self.dates: list[date] = []

    def finished(self) -> RemittedLine:
        svc = self.svc
        adjusted = sum((each.amount for each in self.adjustments), ZERO)
        charge, paid, shift = _line_amounts(svc, adjusted)
        code, modifiers = _procedure(svc, shift)
        units = svc.quantity(5 + shift, "the units paid", Decimal(1))
        return RemittedLine(code, modifiers, charge, paid, units, self.adjustments, self.remarks, self.dates)


def _line_amounts(svc: Segment, adjusted: Decimal) -> tuple[Decimal, Decimal, int]:
    """Charge and paid, and by how many elements they stand too far right.

    Some writers put the separator of elements between qualifier and code, so that all amounts move by one. That is
    read only where the line comes out right by it, and never guessed.
    """
    if len(svc.parts(1)) == 1 and len(svc.text(1)) == 2:
        with suppress(NotReadable):
            charge, paid = svc.amount(3, "the charge of the line"), svc.amount(4, "what was paid for the line")
            if charge == paid + adjusted:
                return charge, paid, 1
    charge = svc.amount(2, "the charge of the line", ZERO)
    paid = svc.amount(3, "what was paid for the line", ZERO)
    if charge != paid + adjusted:
        raise svc.wrong(2, f"{paid + adjusted}: what was paid for the line and its adjustments (CAS)")
    return charge, paid, 0


def _procedure(svc: Segment, shift: int) -> tuple[str, tuple[str, ...]]:
    """The code and its modifiers; an empty code where there is none."""
    parts = [svc.text(1), svc.text(2)] if shift else svc.parts(1)
    return "".join(parts[1:2]), tuple(part for part in parts[2:6] if part)


class _Claim:
    """A claim while its segments come in."""

    def __init__(self, clp: Segment) -> None:
        self.clp = clp
        self.number = clp.needs(1, "our number of the claim", 38)
        self.status = clp.text(2)
        if self.status not in STATUSES:
            raise clp.wrong(2, f"a claim status, one of {', '.join(STATUSES)}")
        self.charge = clp.amount(3, "the charge of the claim")
        self.paid = clp.amount(4, "what was paid for the claim")
        self.owed = clp.amount(5, "what the client owes", ZERO)
        self.adjustments: list[Adjustment] = []
        self.remarks: list[str] = []
        self.dates: list[date] = []
        self.lines: list[_Line] = []
        self.crossover = False

    def takes(self, segment: Segment) -> None:
        if segment.id == "SVC":
            self.lines.append(_Line(segment))
        elif segment.id == "CAS":
            found = _adjustments(segment)
            if len(self.adjustments) + len(found) > MOST_ADJUSTMENTS:
                raise segment.wrong(None, f"{MOST_ADJUSTMENTS} adjustments of one claim at most")
            for place in (self, *self.lines[-1:]):
                place.adjustments.extend(found)
        elif segment.id == "DTM":
            self._dated(segment)
        elif segment.id == "NM1" and segment.text(1) == CROSSOVER:
            self.crossover = True
        elif segment.id == "LQ" and segment.text(1) == "HE":
            remark = segment.needs(2, "a remark code", 20)
            for place in (self, *self.lines[-1:]):
                place.remarks.append(remark)
        elif segment.id in _REMARKS:
            self.remarks += [code for at in _REMARKS[segment.id] if (code := segment.text(at))]

    def _dated(self, segment: Segment) -> None:
        place, wanted = (self.lines[-1], "line") if self.lines else (self, "claim")
        if segment.text(1) in _DATES[wanted]:
            place.dates.append(segment.day(2, "the day of the service"))

    def finished(self) -> RemittedClaim:
        lines = [line.finished() for line in self.lines]
        adjusted = sum((each.amount for each in self.adjustments), ZERO)
        if self.charge != self.paid + adjusted:
            raise self.clp.wrong(3, f"{self.paid + adjusted}: what was paid for the claim and its adjustments (CAS)")
        days = self.dates or [day for line in lines for day in line.service_dates]
        return RemittedClaim(
            number=self.number,
            status=self.status,
            charge=self.charge,
            paid=self.paid,
            patient_responsibility=self.owed,
            payer_number=self.clp.text(7)[:50],
            adjustments=self.adjustments,
            remarks=self.remarks,
            lines=lines,
            service_dates=sorted(set(days)),
            crossover=self.crossover,
        )


class _Reading:
    """One transaction while its segments come in."""

    def __init__(self, bpr: Segment) -> None:
        self.bpr = bpr
        self.trn: Segment | None = None
        self.payer = ""
        self.produced: Segment | None = None
        self.claims: list[_Claim] = []
        self.provider_adjustments: list[ProviderAdjustment] = []

    def takes(self, segment: Segment) -> None:
        if segment.id == "PLB":
            self.provider_adjustments += _provider_adjustments(segment)
        elif segment.id == "CLP":
            self.claims.append(_Claim(segment))
        elif self.claims:
            self.claims[-1].takes(segment)
        elif segment.id in ("CAS", "SVC"):
            raise segment.wrong(None, "a claim (CLP) before it")
        elif segment.id == "TRN":
            self.trn = segment
        elif segment.id == "DTM" and segment.text(1) == "405":
            self.produced = segment
        elif segment.id == "N1" and segment.text(1) == "PR":
            self.payer = segment.text(2)

    def paid_on(self) -> date:
        """BPR16; the day on which the remittance was written where a payer leaves that out."""
        if self.produced and not self.bpr.text(16):
            return self.produced.day(2, "the day on which it was written")
        return self.bpr.day(16, "the day of the payment")


def _remittance(transaction: Transaction) -> Remittance:
    first, *inside = transaction.segments[:-1]
    if transaction.kind != "835":
        raise first.wrong(1, "835, a remittance")
    if not inside or inside[0].id != "BPR":
        raise first.wrong(None, "BPR, the payment, after it")
    reading = _Reading(inside[0])
    for segment in inside[1:]:
        reading.takes(segment)
    if reading.trn is None:
        raise reading.bpr.wrong(None, "TRN, the number of the cheque or transfer, after it")
    claims = [claim.finished() for claim in reading.claims]
    return Remittance(
        payment=_payment(reading.bpr, claims, reading.provider_adjustments),
        paid_on=reading.paid_on(),
        trace=reading.trn.needs(2, "the number of the cheque or transfer", 50),
        payer_id=reading.trn.text(3)[:80],
        payer=reading.payer,
        claims=claims,
        provider_adjustments=reading.provider_adjustments,
    )


def _payment(bpr: Segment, claims: Sequence[RemittedClaim], provider: Sequence[ProviderAdjustment]) -> Decimal:
    payment = bpr.amount(2, "the payment", most=LARGEST_PAYMENT)
    paid = sum((claim.paid for claim in claims), ZERO) - sum((each.amount for each in provider), ZERO)
    if payment != paid:
        raise bpr.wrong(2, f"{paid}: what was paid for the claims (CLP04) less the provider's adjustments (PLB)")
    return payment


def _adjustments(cas: Segment) -> list[Adjustment]:
    """Up to six reasons with their amounts, of one group."""
    group = cas.text(1)
    if group not in GROUPS:
        raise cas.wrong(1, f"who bears it, one of {', '.join(GROUPS)}")
    found: list[Adjustment] = []
    for at in range(2, len(cas.elements) + 1, 3):
        if at > 17:
            raise cas.wrong(at, "six reasons at most")
        if not (cas.text(at) or cas.text(at + 1)):
            continue
        found.append(Adjustment(group, cas.needs(at, "a reason code", 5), cas.amount(at + 1, "the amount adjusted")))
    if not found:
        raise cas.wrong(2, "a reason code and an amount")
    return found


def _provider_adjustments(plb: Segment) -> list[ProviderAdjustment]:
    """Up to six reasons with their amounts; the reference behind a reason is left out."""
    found: list[ProviderAdjustment] = []
    for at in range(3, len(plb.elements) + 1, 2):
        if not (plb.text(at) or plb.text(at + 1)):
            continue
        reason = plb.parts(at)[0]
        if not reason:
            raise plb.wrong(at, "a reason code")
        found.append(ProviderAdjustment(reason, plb.amount(at + 1, "the amount adjusted")))
    if not found:
        raise plb.wrong(3, "a reason code and an amount")
    return found
