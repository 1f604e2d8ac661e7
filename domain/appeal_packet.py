"""Everything that goes with an appeal: which papers it needs, which are there, and those that we draw ourselves."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.appeal_facts import accepted_on, authorizations_on, orders_on
from domain.appeal_letter import appeal_letter, denial_of
from domain.claim import ClaimState
from domain.claim_standing import advice_for
from domain.client import Model
from domain.packet_papers import Ground, ground_of, papers_needed, whose_right
from domain.papers import Paper, in_words
from domain.payer import Whose
from domain.progress_report import progress_report
from domain.receipt import receipt
from domain.state import JournalLine, PlanState

DRAWN = "drawn from the records, below"


class PacketPaper(Model):
    """One paper that the appeal needs. `where` says where it is kept; `fix` what to do where it is missing.

    `id` is what a `paper_added` event calls it.
    """

    id: str
    name: str
    there: bool
    where: str = ""
    fix: str = ""


class Packet(Model):
    """The papers that an appeal needs, and those of them that we draw: letter, progress report, receipt."""

    needs: list[PacketPaper]
    papers: list[Paper]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing. The letter still has to be read and signed."""
        return all(need.there for need in self.needs)


def appeal_packet(
    claim: ClaimState,
    plan: PlanState,
    denial_number: int,
    today: date,
    *,
    whose: Whose | None = None,
    story: Sequence[JournalLine] = (),
) -> Packet:
    """The packet for one denial as of `today`. Raises ValueError where the claim has no such denial.

    Without `whose` the right is the one that the denial points to. `story` is the plan's journal from the records.
    """
    denial = denial_of(claim, denial_number)
    advice = advice_for(claim, denial)
    right = whose or whose_right(claim, denial, advice)
    needs = list(_needs(claim, plan, ground_of(denial, advice), right))
    enclosures = [_enclosure(need) for need in needs if need.id != "appeal_letter"]
    papers = [
        appeal_letter(claim, plan, denial_number, today, right, enclosures),
        progress_report(plan, today, story),
        receipt(claim, plan, today),
    ]
    return Packet(needs=needs, papers=papers)


def _enclosure(need: PacketPaper) -> str:
    return need.name if need.there else f"{need.name} (still missing)"


def _needs(claim: ClaimState, plan: PlanState, ground: Ground, whose: Whose) -> Iterator[PacketPaper]:
    for need in papers_needed(claim, ground, whose):
        if need.drawn and (need.id != "progress_report" or plan.values):
            yield _drawn(claim, need.id, need.name, DRAWN_AS[need.id])
        else:
            yield _kept(claim, need.id, need.name, _fix(need.id, claim, plan))


DRAWN_AS = {
    "appeal_letter": "drawn as a draft, below: to be read, filled in and signed",
    "progress_report": DRAWN,
    "itemized_receipt": f"{DRAWN}: its blanks are to be filled in",
}


def _fix(paper: str, claim: ClaimState, plan: PlanState) -> str:
    """What to do where this paper is missing."""
    match paper:
        case "denial_letter":
            return "Find the letter or the remittance, and say where it is kept."
        case "progress_report":
            return "Nothing has been measured since the baseline: record values from the notes, or add a report."
        case "prescription":
            return _fix_order(claim, plan)
        case "authorization":
            return _fix_authorization(claim, plan)
        case "timely_filing":
            return _fix_proof(claim)
        case "treatment_notes":
            return "Export the notes of the visits in question, and say where they are kept."
        case _:
            return "Ask the client to sign the payer's form that names the practice as their representative."


def _kept(claim: ClaimState, paper: str, name: str, fix: str) -> PacketPaper:
    """A paper that somebody has to bring."""
    where = claim.papers.get(paper)
    return PacketPaper(id=paper, name=name, there=where is not None, where=where or "", fix="" if where else fix)


def _drawn(claim: ClaimState, paper: str, name: str, where: str) -> PacketPaper:
    """A paper that we draw, unless somebody has put a finished one in its place."""
    return PacketPaper(id=paper, name=name, there=True, where=claim.papers.get(paper, where))


def _fix_order(claim: ClaimState, plan: PlanState) -> str:
    orders = orders_on(claim, plan)
    if orders:
        by = f" by {orders[0].by}" if orders[0].by else ""
        return f"The plan names an order{by} that covers the visit: say where the paper is kept."
    return "Get the signed order that covered the visit; none is in the plan."


def _fix_authorization(claim: ClaimState, plan: PlanState) -> str:
    if authorizations_on(claim, plan):
        return "The plan names an authorization that covers the visit: say where the paper is kept."
    return "Ask the payer today for a late authorization; none that covers the visit is in the plan."


def _fix_proof(claim: ClaimState) -> str:
    accepted = accepted_on(claim)
    if accepted:
        return f"The claim was accepted on {in_words(accepted)}: print that report from the clearing house."
    return "Ask the clearing house for its acceptance report with the date; our own log is no proof."
