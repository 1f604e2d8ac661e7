"""What the API shows of a claim: built from the records, without asking a worker."""

from datetime import date
from decimal import Decimal

from pydantic import AwareDatetime, BaseModel

from domain.billed import ClaimStatus
from domain.claim_deadlines import deadlines_of
from domain.payer import Whose
from records.database import Records
from records.views import ClaimView, TimelineLine


class DeadlineShown(BaseModel):
    """A deadline: the law's last day, the day by which we want to have acted, and why each."""

    key: str
    name: str
    legal: date
    act_by: date
    why_legal: str
    why_act_by: str
    whose: Whose | None
    open: bool
    ended_because: str


class ClaimShown(BaseModel):
    """One claim: where it stands, what was paid, which deadlines run, and its story."""

    claim_id: str
    plan_id: str
    number: str
    payer: str
    status: ClaimStatus
    service_date: date
    charge: Decimal | None
    paid: Decimal
    wake_at: AwareDatetime | None
    deadlines: list[DeadlineShown]
    timeline: list[TimelineLine]


def show_claim(records: Records, view: ClaimView) -> ClaimShown:
    """A claim with its deadlines and its story."""
    state = view.state
    return ClaimShown(
        claim_id=state.claim_id,
        plan_id=state.plan_id,
        number=state.claim.number,
        payer=state.payer.name,
        status=state.status,
        service_date=state.claim.service_date,
        charge=state.claim.charge,
        paid=state.paid,
        wake_at=view.wake_at,
        deadlines=[
            DeadlineShown(
                key=deadline.key,
                name=deadline.name,
                legal=deadline.day.legal,
                act_by=deadline.day.act_by,
                why_legal=deadline.day.why_legal,
                why_act_by=deadline.day.why_act_by,
                whose=deadline.whose,
                open=deadline.open,
                ended_because=deadline.ended_because,
            )
            for deadline in deadlines_of(state)
        ],
        timeline=records.claim_story(state.claim_id),
    )
