"""A draft of the letter that asks a payer for its decision after the time it had is over.

The limit is the row of the deadline table that holds for this payer, named with its source. No interest and no penalty
is claimed: whether any is owed, the signer finds out.
"""

from collections.abc import Iterator
from datetime import date

from domain.appeal_letter import DRAFT, contact_rows
from domain.claim import ClaimState, Submission
from domain.claim_rules import rule_for
from domain.claim_standing import latest_submission
from domain.deadlines import after
from domain.papers import (
    BLANK,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signature,
    Table,
    counted,
    in_words,
    money,
    phone_in_words,
)
from domain.payer import Rule
from domain.receipt import total_charge

WAITING = ("submitted", "acknowledged", "pending", "corrected")
"""The payer still owes a decision."""
UNCHECKED = ("M", "L")
ASKED = [
    "Please pay the claim, or send a written decision with its reason.",
    "If something is missing, please name it, and the day on which you asked for it.",
    "Please confirm the day on which you received the claim, and your claim number.",
    f"Please answer by {BLANK} and name the person who works on it.",
]


def prompt_pay_letter(claim: ClaimState, today: date) -> Paper:
    """The draft, dated `today`. What stands against sending it is said in the notes at its head."""
    rule = rule_for("prompt_pay", claim.payer, claim.practice.claim_rules, method=claim.payer.method)
    sent = latest_submission(claim)
    blocks: list[Block] = [
        Paragraph(text=DRAFT),
        Listing(items=list(_notes(claim, rule, sent, today)) or ["Nothing on record stands against sending it."]),
        Heading(text=f"To {claim.payer.name}"),
        Paragraph(text=f"Address for claims: {BLANK}"),
        Table(rows=list(_about(claim, sent))),
        Paragraph(text=_limit(rule, sent, today)),
        Heading(text="What is asked"),
        Listing(items=ASKED),
        *_said(claim),
        Signature(name=f"{claim.biller.name}, {claim.practice.name}, {phone_in_words(claim.practice.phone)}"),
    ]
    return Paper(title="Request for a decision on a claim", date=today, practice=claim.practice.name, blocks=blocks)


def _about(claim: ClaimState, sent: Submission | None) -> Iterator[list[str]]:
    yield ["Claim number", claim.claim.number]
    yield ["Your claim number", BLANK]
    yield ["Member", claim.client.name]
    yield ["Date of service", in_words(claim.claim.service_date)]
    yield ["Charge", money(total_charge(claim))]
    yield ["Sent on", f"{in_words(sent.on)} ({sent.by})" if sent and not sent.assumed else BLANK]
    yield ["Received by you on", in_words(sent.acknowledged_on) if sent and sent.acknowledged_on else BLANK]
    yield ["Reference", (sent.reference if sent else "") or BLANK]


def _limit(rule: Rule | None, sent: Submission | None, today: date) -> str:
    """When it was received, until when it should have been decided, and where that is written."""
    if sent is None or rule is None:
        return f"The time for a decision: {BLANK}"
    received = sent.received
    # The day of sending stands in for a receipt that nobody confirmed.
    since = "received" if sent.acknowledged_on else "sent"
    until = after(rule, received)
    ended = "ended" if until < today else "ends"
    late = f" That was {counted((today - until).days, 'day')} ago." if until < today else ""
    return (
        f"The claim was {since} on {in_words(received)}. The time for a decision is {_length(rule)} ({rule.source}) "
        f"and {ended} on {in_words(until)}.{late}"
    )


def _length(rule: Rule) -> str:
    if rule.months is not None:
        return counted(rule.months, "month")
    return counted(rule.days or 0, "business day" if rule.business_days else "day")


def _said(claim: ClaimState) -> Iterator[Block]:
    """What was said so far: contacts, and promises whose day has passed unkept."""
    rows = contact_rows(claim)
    if rows:
        yield Heading(text="Contacts about this claim")
        yield Table(header=["Date", "How", "With", "Reference"], rows=rows)
    promises = [
        f"On {in_words(each.made_on)} {each.by} told us that it would be done by {in_words(each.until)}."
        for each in claim.promises
        if not each.kept
    ]
    if promises:
        yield Listing(items=promises)


def _notes(claim: ClaimState, rule: Rule | None, sent: Submission | None, today: date) -> Iterator[str]:
    """What the signer has to know or find out first."""
    if sent is None:
        yield "The claim isn't on record as sent: there is nothing to ask for yet."
    elif sent.turned_back:
        yield f"The claim was sent back on {in_words(sent.rejected_on or sent.on)}: send it again instead."
    elif sent.acknowledged_on is None:
        yield "No acceptance is on record. The day of sending is taken, and the payer may say that it came later."
    if claim.status not in WAITING and sent is not None and not sent.turned_back:
        yield f"The claim stands at '{claim.status.replace('_', ' ')}': ask for a decision only if one is still owed."
    if any(asked.sent_on is None for asked in claim.asked):
        yield "The payer asked for information that isn't on record as sent; its clock may have stopped."
    yield from _about_the_limit(claim, rule, sent, today)


def _about_the_limit(claim: ClaimState, rule: Rule | None, sent: Submission | None, today: date) -> Iterator[str]:
    if rule is None:
        yield f"No limit for {claim.payer.name} is in the table: look for it in the contract or the state's law."
        return
    if sent is not None and after(rule, sent.received) >= today:
        yield f"The time isn't over: the last day is {in_words(after(rule, sent.received))}."
    if rule.sure in UNCHECKED and rule.verified_by is None:
        yield f"The limit is likely right, but nobody has checked it since {in_words(rule.as_of)}: check it first."
    if rule.state and rule.payer_type in ("commercial", "aca"):
        yield "A state's limit doesn't reach a plan that an employer funds itself: ask which kind this is."
    if rule.note:
        yield rule.note
