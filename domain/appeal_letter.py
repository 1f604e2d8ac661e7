"""A draft of the letter that appeals or disputes a denial. It states what the records hold and leaves the rest blank.

It claims no law: which right applies, and by when, the signer reads in the notes at its head.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.appeal_facts import Facts, facts_for
from domain.claim import Appeal, ClaimState, Denial
from domain.claim_deadlines import deadlines_of
from domain.claim_standing import advice_for
from domain.denials import Advice, meaning
from domain.packet_papers import REPRESENTATIVE, ground_of
from domain.papers import (
    BLANK,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signature,
    Table,
    capitalised,
    in_words,
    money,
    phone_in_words,
)
from domain.payer import Whose
from domain.receipt import total_charge
from domain.state import PlanState

DRAFT = "DRAFT for the signer to read: check every fact, fill in the blanks, and take out this part before sending."
_LEFT_OUT = ("1", "2", "3", "45")
"""Reasons that take off the contract's part or the client's share, and refuse nothing."""


def denial_of(claim: ClaimState, number: int) -> Denial:
    """The denial of that number. Raises ValueError where the claim has none."""
    found = next((denial for denial in claim.denials if denial.number == number), None)
    if found is None:
        raise ValueError(f"the claim has no denial {number}")
    return found


def appeal_letter(
    claim: ClaimState, plan: PlanState, denial_number: int, today: date, whose: Whose, enclosures: Sequence[str] = ()
) -> Paper:
    """The draft, dated `today`. `enclosures` are the papers with it. Raises ValueError for an unknown denial."""
    denial = denial_of(claim, denial_number)
    advice = advice_for(claim, denial)
    facts = facts_for(ground_of(denial, advice), claim, plan)
    blocks: list[Block] = [
        Paragraph(text=DRAFT),
        Listing(items=[*_notes(claim, denial, advice, whose), *facts.notes]),
        *_letter(claim, plan, denial, whose, facts),
        *_contacts(claim),
    ]
    if enclosures:
        blocks += [Heading(text="Enclosures"), Listing(items=list(enclosures))]
    blocks.append(Signature(name=_signer(claim)))
    title = "Provider's dispute of a denied claim" if whose == "provider" else "Appeal of a denied claim"
    return Paper(title=title, date=today, practice=claim.practice.name, blocks=blocks)


def denied_on(denial: Denial) -> date | None:
    """The date by which the letter or decision is named."""
    dates = denial.dates
    return dates.denial or dates.letter or dates.mailing or dates.receipt


def contact_rows(claim: ClaimState) -> list[list[str]]:
    """Who was spoken to, when, how, under which reference; the earliest first."""
    return [
        [in_words(each.on), each.channel.replace("_", " "), each.person or "-", each.reference or "-"]
        for each in sorted(claim.contacts, key=lambda each: each.on)
    ]


def _letter(claim: ClaimState, plan: PlanState, denial: Denial, whose: Whose, facts: Facts) -> Iterator[Block]:
    yield Heading(text=f"To {claim.payer.name}")
    yield Paragraph(text=claim.payer.appeals_to or f"Address for appeals, from the denial letter: {BLANK}")
    yield Table(rows=list(_about(claim, plan, denial)))
    yield Paragraph(text=_opening(claim, denial, whose))
    yield Heading(text="What is asked")
    yield Listing(items=facts.asked)
    yield Heading(text="What the records show")
    yield Listing(items=[*facts.shown, *_earlier(claim, denial)])


def _about(claim: ClaimState, plan: PlanState, denial: Denial) -> Iterator[list[str]]:
    day = denied_on(denial)
    yield ["Claim number", claim.claim.number]
    yield ["Your claim number", BLANK]
    yield ["Member", claim.client.name]
    yield ["Member id", plan.plan.coverage.member_id or BLANK]
    yield ["Date of service", in_words(claim.claim.service_date)]
    yield ["Billed", ", ".join(f"{line.code} x {line.units}" for line in claim.claim.lines) or BLANK]
    yield ["Charge", money(total_charge(claim))]
    yield ["Denied on", in_words(day) if day else BLANK]


def _opening(claim: ClaimState, denial: Denial, whose: Whose) -> str:
    part = " in part" if denial.partly else ""
    if whose == "provider":
        what = f"{claim.practice.name} disputes your decision to deny this claim{part}."
    elif claim.claim.filed_by == "client":
        what = f"This is a member's appeal of your decision to deny this claim{part}."
    else:
        what = f"{claim.practice.name} appeals for the member your decision to deny this claim{part}."
        if REPRESENTATIVE in claim.papers:
            what += " The member's signed authorization is enclosed."
    return f"{what} {_reason(denial)}"


def _reason(denial: Denial) -> str:
    """The payer's reason as its codes say it, or its letter."""
    refusing = [each for each in denial.adjustments if each.reason not in _LEFT_OUT]
    named = [f"{meaning(each.reason)} ({each.group} {each.reason})" for each in refusing]
    named += [f"{meaning(remark)} ({remark})" for remark in denial.remarks]
    if named:
        return f"The reason given: {'; '.join(dict.fromkeys(named))}."
    return f"The reason given: {denial.reason or BLANK}"


def _notes(claim: ClaimState, denial: Denial, advice: Advice, whose: Whose) -> Iterator[str]:
    wanted = "dispute" if whose == "provider" else "internal_appeal"
    for each in deadlines_of(claim):
        if each.denial == denial.number and each.open and each.about in (wanted, "external_review"):
            days = f"the last day is {in_words(each.day.legal)}; act by {in_words(each.day.act_by)}"
            yield f"{capitalised(each.name)}: {days}."
    if not advice.appealable and whose == "member":
        yield f"By its codes this denial can't be appealed. {advice.what}"
    if whose == "member" and claim.claim.filed_by == "practice" and REPRESENTATIVE not in claim.papers:
        yield "The client's signed authorization is missing: without it the practice can't appeal for them."
    if denied_on(denial) is None:
        yield "The date of the denial isn't on record: take it from the letter."
    if not denial.adjustments and not denial.reason:
        yield "No reason is on record: take it from the letter."


def _earlier(claim: ClaimState, denial: Denial) -> Iterator[str]:
    """What was filed before about this denial."""
    for appeal in claim.appeals:
        if appeal.denial == denial.number:
            yield _filed(appeal)


def _filed(appeal: Appeal) -> str:
    what = {"internal": "An appeal", "external": "An external review", "dispute": "A dispute"}[appeal.level]
    ended = f", and decided on {in_words(appeal.decided_on)}: {appeal.outcome}" if appeal.decided_on else ""
    return f"{what} was filed on {in_words(appeal.filed_on)}{ended}."


def _contacts(claim: ClaimState) -> Iterator[Block]:
    rows = contact_rows(claim)
    if rows:
        yield Heading(text="Contacts about this claim")
        yield Table(header=["Date", "How", "With", "Reference"], rows=rows)


def _signer(claim: ClaimState) -> str:
    if claim.claim.filed_by == "client":
        return claim.client.name
    return f"{claim.therapist.name}, {claim.practice.name}, {phone_in_words(claim.practice.phone)}"
