"""Claims and what happens to them, with a few fields of the test's choice."""

from datetime import date
from decimal import Decimal
from typing import Any

from records_builder import NOON, THERAPIST, a_client, a_state

from domain.billed import Claim
from domain.claim import ClaimState, new_claim
from domain.claim_events import ClaimPaid, ClaimSubmitted
from domain.payer import Payer


def a_claim(
    claim_id: str = "tina-1-1", number: str = "TINA-1-1", plan_id: str = "tina-1", **changes: Any
) -> ClaimState:
    claim = Claim(claim_id=claim_id, plan_id=plan_id, number=number, payer_id="example", service_date=date(2026, 3, 2))
    payer = Payer(id="example", name="Example Mutual")
    state = new_claim(claim, payer, a_state().practice, THERAPIST, a_client(), NOON)
    return state.model_copy(update=changes)


def sent(event_id: str = "sent-1", **changes: Any) -> ClaimSubmitted:
    return ClaimSubmitted(event_id=event_id, occurred_at=NOON, **changes)


def money(event_id: str = "paid-1", paid: str = "80.00") -> ClaimPaid:
    return ClaimPaid(event_id=event_id, occurred_at=NOON, paid=Decimal(paid))
