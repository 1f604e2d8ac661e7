"""The itemized receipt (superbill) of one claim: what was done, charged, paid and taken off, and what the client owes.

What we don't hold (diagnosis, NPI, license, tax id, the client's own payments) is a line to fill in by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.adjustments import Adjustment
from domain.claim import ClaimState, Denial, Payment
from domain.client_share import Standing, share_of_client
from domain.denials import meaning
from domain.papers import (
    BLANK,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signature,
    Table,
    in_words,
    money,
    phone_in_words,
)
from domain.state import PlanState

OFFICE = "11 (office)"
SERVICES = {
    "97124": "massage",
    "97140": "manual therapy",
    "97112": "neuromuscular re-education",
    "97010": "hot or cold packs",
}
"""Billing codes in a few own words."""
BEARERS = {
    "CO": "the practice",
    "PR": "the client",
    "OA": "other",
    "PI": "the payer's decision",
    "CR": "a correction",
}
BY_HAND = (
    "Diagnosis codes (ICD-10)",
    "Therapist's NPI",
    "Therapist's license",
    "Practice's tax id",
    "Referring prescriber",
)
"""What a receipt needs and we don't hold."""

_UNKNOWN: dict[Standing, str] = {
    "undecided": "The payer has not decided yet, so what the client owes is not known.",
    "waits": "Another payer has not answered yet, so what the client owes is not known.",
}
_TO_BE_READ = "The payers' answers have to be read first, so what the client owes is not known."


@dataclass(frozen=True)
class Owed:
    """What the client may be billed at most; with `needs_notice` only if they were told before the visit."""

    amount: Decimal
    needs_notice: bool


def owed_by_client(claim: ClaimState) -> Owed | None:
    """The client's share by the last payer's answer (group PR alone); None while it isn't sure what is theirs.

    What the client has paid at the visit isn't known here and not taken off.
    """
    share = share_of_client(claim)
    return Owed(share.amount, share.needs_notice) if share.stands == "left" else None


def receipt(claim: ClaimState, plan: PlanState | None, today: date) -> Paper:
    """The receipt as of `today`. `plan` gives the member id; it may be absent."""
    blocks: list[Block] = [
        Table(rows=list(_who(claim, plan))),
        Table(rows=[[name, BLANK] for name in BY_HAND]),
        Heading(text="Services"),
        _services(claim),
        Heading(text="Payments and adjustments"),
        *_money(claim),
        Heading(text="Totals"),
        Table(rows=list(_totals(claim))),
        *_notes(claim),
        Heading(text="To fill in or check before use"),
        Listing(items=list(_missing(claim, plan))),
        Signature(name=f"{claim.therapist.name}, {claim.practice.name}"),
    ]
    title = "Itemized receipt" if claim.claim.filed_by == "practice" else "Itemized receipt for an insurance claim"
    return Paper(title=title, date=today, practice=claim.practice.name, blocks=blocks)


def total_charge(claim: ClaimState) -> Decimal | None:
    """What was charged: the claim's total, or the sum of its lines where each has an amount."""
    if claim.claim.charge is not None:
        return claim.claim.charge
    charges = [line.charge for line in claim.claim.lines]
    known = [charge for charge in charges if charge is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(charges) else None


def _who(claim: ClaimState, plan: PlanState | None) -> Iterator[list[str]]:
    yield ["Client", claim.client.name]
    yield ["Payer", claim.payer.name]
    yield ["Member id", (plan.plan.coverage.member_id if plan else None) or BLANK]
    yield ["Claim number", claim.claim.number]
    yield ["Therapist", claim.therapist.name]
    yield ["Practice", f"{claim.practice.name}, {phone_in_words(claim.practice.phone)}"]
    yield ["Date of service", in_words(claim.claim.service_date)]
    yield ["Place of service", OFFICE]


def _services(claim: ClaimState) -> Block:
    if not claim.claim.lines:
        return Paragraph(text=f"No service line is recorded. Codes, units and charges: {BLANK}")
    rows = [
        [
            line.code,
            SERVICES.get(line.code, "-"),
            str(line.minutes) if line.minutes is not None else "-",
            str(line.units),
            money(line.charge),
        ]
        for line in claim.claim.lines
    ]
    return Table(header=["Code", "Service", "Minutes", "Units", "Charge"], rows=rows)


def _standing(claim: ClaimState) -> list[Payment]:
    return [payment for payment in claim.payments if payment.reversed_on is None]


def _standing_denial(claim: ClaimState) -> Denial | None:
    """The last denial of the whole claim, unless it was settled or a payment came after it.

    A denial of a part repeats what its payment says already.
    """
    whole = [denial for denial in claim.denials if not denial.partly]
    if not whole or whole[-1].settled:
        return None
    told = whole[-1].told_on or whole[-1].dates.earliest()
    paid_since = any(told is None or payment.on >= told for payment in _standing(claim))
    return None if paid_since else whole[-1]


def _adjustments(claim: ClaimState) -> list[Adjustment]:
    denial = _standing_denial(claim)
    of_payments = [each for payment in _standing(claim) for each in payment.adjustments]
    return [*of_payments, *(denial.adjustments if denial else [])]


def _money(claim: ClaimState) -> Iterator[Block]:
    if claim.payments:
        rows = [[in_words(each.on), _reference(each), money(each.paid)] for each in claim.payments]
        yield Table(header=["Paid by the payer on", "Reference", "Amount"], rows=rows)
    else:
        yield Paragraph(text="The payer has paid nothing so far.")
    adjusted = _adjustments(claim)
    if adjusted:
        rows = [
            [f"{each.group} {each.reason}", meaning(each.reason), BEARERS.get(each.group, "-"), money(each.amount)]
            for each in adjusted
        ]
        yield Table(header=["Code", "Adjusted because", "Borne by", "Amount"], rows=rows)


def _reference(payment: Payment) -> str:
    back = f"taken back on {in_words(payment.reversed_on)}" if payment.reversed_on else ""
    return ", ".join(part for part in (payment.reference, back) if part) or "-"


def _totals(claim: ClaimState) -> Iterator[list[str]]:
    charge, adjusted, owed = total_charge(claim), _adjustments(claim), owed_by_client(claim)
    yield ["Charged", money(charge)]
    yield ["Paid by the payer", money(claim.paid)]
    yield ["Adjusted", money(sum((each.amount for each in adjusted), Decimal(0)))]
    if charge is not None:
        left = charge - claim.paid - sum((each.amount for each in adjusted), Decimal(0))
        yield ["Neither paid nor adjusted", money(left)]
    yield ["Balance that the client owes", money(owed.amount if owed else None)]
    yield ["Paid by the client", BLANK]


def _notes(claim: ClaimState) -> Iterator[Block]:
    owed = owed_by_client(claim)
    if owed is None:
        yield Paragraph(text=_UNKNOWN.get(share_of_client(claim).stands, _TO_BE_READ))
        return
    yield Paragraph(
        text="The client owes only what the payer's decision puts on them (group PR), less what they have paid already."
    )
    if owed.needs_notice:
        yield Paragraph(text="It may be billed only if the client was told before the visit that they might owe it.")


def _missing(claim: ClaimState, plan: PlanState | None) -> Iterator[str]:
    yield from BY_HAND
    if plan is None or not plan.plan.coverage.member_id:
        yield "Member id"
    if not claim.claim.lines:
        yield "Codes, units and charges of the visit"
    elif any(line.charge is None for line in claim.claim.lines):
        yield "Charge of each line"
    if total_charge(claim) is None:
        yield "Total charge"
    yield "What the client has paid: it is not kept here"
    yield "Place of service: 11 (office) is taken; change it for a visit elsewhere"
