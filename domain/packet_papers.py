"""Which papers an appeal needs, by the reason of the denial and by whose right it uses; and which are still missing."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from domain.claim import ClaimState, Denial
from domain.claim_standing import advice_for
from domain.denials import Advice
from domain.payer import PayerType, Whose

Ground = Literal["necessity", "level", "maximum", "authorization", "late", "general"]
"""What the denial is about, and so what the appeal has to show."""
_GROUNDS: dict[str, Ground] = {
    "50": "necessity",
    "150": "level",
    "151": "level",
    "119": "maximum",
    "149": "maximum",
    "198": "maximum",
    "15": "authorization",
    "197": "authorization",
    "243": "authorization",
    "29": "late",
}
_TOO_MANY = frozenset({"N362", "N435", "N640"})
REPRESENTATIVE = "representative"
"""The paper by which a client lets the practice appeal for them."""
CARE: tuple[Ground, ...] = ("necessity", "level", "maximum", "general")
"""Where the treatment itself is in question, so that its notes belong to the packet."""
ORDERED: tuple[Ground, ...] = ("necessity", "level", "authorization")
"""Where a prescriber's order carries weight."""
ORDERED_BY_LAW: tuple[PayerType, ...] = ("workers_comp", "auto")
"""Work injuries are paid on a prescriber's order alone (WAC 296-23-250, OAR 436-010-0230); auto insurers ask for it."""


class PaperNeeded(NamedTuple):
    """One paper; `id` is what a `paper_added` event calls it. `drawn`: we draw it from the records."""

    id: str
    name: str
    drawn: bool = False


def ground_of(denial: Denial, advice: Advice) -> Ground:
    """By the most pressing code that says it; too many units or visits may be told by a remark alone."""
    grounds: list[Ground] = [_GROUNDS[code] for code in advice.reason_codes if code in _GROUNDS]
    remarks = {remark.strip().upper() for remark in denial.remarks}
    if grounds:
        return grounds[0]
    return "maximum" if remarks & _TOO_MANY else "general"


def whose_right(claim: ClaimState, denial: Denial, advice: Advice) -> Whose:
    """Whose right the paper uses: that of an appeal under way, else the one that the denial's codes point to."""
    filed = [appeal for appeal in claim.appeals if appeal.denial == denial.number and appeal.decided_on is None]
    if filed:
        return "provider" if filed[-1].level == "dispute" else filed[-1].whose
    if claim.claim.filed_by == "client":
        return "member"
    return "provider" if advice.deadline == "dispute" or not advice.appealable else "member"


def papers_needed(claim: ClaimState, ground: Ground, whose: Whose) -> Iterator[PaperNeeded]:
    """The papers in the order in which they go into the envelope."""
    yield PaperNeeded("appeal_letter", "Letter", drawn=True)
    yield PaperNeeded("denial_letter", "Denial letter")
    yield PaperNeeded("progress_report", "Progress report", drawn=True)
    yield PaperNeeded("itemized_receipt", "Itemized receipt", drawn=True)
    if ground in ORDERED or claim.payer.type in ORDERED_BY_LAW:
        yield PaperNeeded("prescription", "Prescription or order")
    if ground == "authorization":
        yield PaperNeeded("authorization", "Authorization by the payer")
    if whose == "member" and claim.claim.filed_by == "practice":
        yield PaperNeeded(REPRESENTATIVE, "Client's authorization of a representative")
    if ground in CARE:
        yield PaperNeeded("treatment_notes", "Treatment notes")
    if ground == "late":
        yield PaperNeeded("timely_filing", "Proof of timely filing (277CA)")


def packet_in_a_line(claim: ClaimState) -> str:
    """How complete the packet for the latest denial is, or nothing where no appeal comes into question."""
    if not claim.denials or claim.over:
        return ""
    denial = claim.denials[-1]
    advice = advice_for(claim, denial)
    if not advice.appealable or advice.action not in ("appeal", "dispute"):
        return ""
    needed = list(papers_needed(claim, ground_of(denial, advice), whose_right(claim, denial, advice)))
    drawn = [need.name.lower() for need in needed if need.drawn]
    missing = [need.name.lower() for need in needed if not need.drawn and need.id not in claim.papers]
    ready = f"Appeal packet: {', '.join(drawn)} drawn from the records"
    return f"{ready}; still missing: {', '.join(missing)}." if missing else f"{ready}; nothing is missing."
