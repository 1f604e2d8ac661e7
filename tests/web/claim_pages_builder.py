"""Claims for the tests of pages: built by the real rules, kept in real records, on a day that stands still."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest

from activities.hand_over import Taken
from domain.adjustments import Adjustment
from domain.billed import Claim
from domain.claim import ClaimState, LetterDates, new_claim
from domain.claim_acceptance import check_claim_event
from domain.claim_events import (
    ClaimAcknowledged,
    ClaimDenied,
    ClaimPaid,
    ClaimSubmitted,
    OutsideClaimEvent,
)
from domain.decide_claim import decide_claim
from domain.errors import EventRefused
from domain.payer import Payer
from tests.saving import save_claim
from tests.web.web_builders import NOON, FakeIntake, House, a_house, a_plan, a_practice
from web.intake import Intake, UnknownClaim

TODAY = date(2026, 1, 5)
"""Monday, the day of NOON in Los Angeles."""
PAYER = "Example Mutual"
_SAME_EVENT = "page-" + "0" * 24


def day(days: int) -> date:
    """So many days after today; before it, if negative."""
    return TODAY + timedelta(days=days)


def a_claim(claim_id: str = "c1", number: str = "A-1001", service: int = -30, **changes: Any) -> ClaimState:
    """A claim of Tina's plan that isn't sent, for a visit so many days from today."""
    billed = Claim(
        claim_id=claim_id,
        plan_id="tina",
        number=number,
        payer_id="example",
        service_date=day(service),
        charge=Decimal("120.00"),
    )
    plan, payer = a_plan("tina"), Payer(id="example", name=PAYER)
    state = new_claim(billed.model_copy(update=changes), payer, a_practice(), plan.therapist, plan.client, NOON)
    return decide_claim(state, [], NOON).state


def after(state: ClaimState, *events: OutsideClaimEvent, now: datetime = NOON) -> ClaimState:
    """The claim once these events were judged."""
    return decide_claim(state, list(events), now).state


def was_sent(days: int, event_id: str = "sent") -> ClaimSubmitted:
    return ClaimSubmitted(event_id=event_id, occurred_at=NOON, on=day(days), reference="R-77")


def was_acknowledged(days: int) -> ClaimAcknowledged:
    return ClaimAcknowledged(event_id="acknowledged", occurred_at=NOON, on=day(days))


def was_denied(letter: int, *, stated: int | None = None, reason: str = "50") -> ClaimDenied:
    """Denied as not necessary, by a letter of so many days from today, which may name its own last day."""
    return ClaimDenied(
        event_id="denied",
        occurred_at=NOON,
        on=day(letter),
        adjustments=[Adjustment("CO", reason, Decimal("120.00"))],
        dates=LetterDates(letter=day(letter), stated_deadline=None if stated is None else day(stated)),
    )


def was_paid(paid: str = "120.00", *adjustments: Adjustment) -> ClaimPaid:
    return ClaimPaid(event_id="paid", occurred_at=NOON, on=day(-1), paid=Decimal(paid), adjustments=list(adjustments))


def a_denied_claim(claim_id: str = "c1", number: str = "A-1001", *, stated: int | None = 12) -> ClaimState:
    """Sent, acknowledged, and refused by a letter that names its own last day."""
    return after(
        a_claim(claim_id, number, service=-60), was_sent(-58), was_acknowledged(-56), was_denied(-10, stated=stated)
    )


def a_waiting_claim(claim_id: str, number: str) -> ClaimState:
    """Sent yesterday: nobody has to do anything."""
    return after(a_claim(claim_id, number, service=-4), was_sent(-1), was_acknowledged(-1))


def a_late_claim(claim_id: str, number: str) -> ClaimState:
    """The payer's time to pay is over."""
    return after(a_claim(claim_id, number, service=-80), was_sent(-78), was_acknowledged(-77))


def a_settled_claim(claim_id: str, number: str) -> ClaimState:
    return after(a_claim(claim_id, number), was_sent(-28), was_paid())


def a_filled_form(kind: str, **fields: str) -> dict[str, str]:
    return {"type": kind, "event_id": _SAME_EVENT, **fields}


@dataclass
class ClaimsIntake(FakeIntake):
    """Takes claim events too: checked and judged by the real rules, and saved where the pages read."""

    claim_events: list[tuple[str, OutsideClaimEvent]] = field(default_factory=list[tuple[str, OutsideClaimEvent]])

    async def take_claim_event(self, claim_id: str, event: OutsideClaimEvent) -> Taken:
        view = self.records.claim(claim_id)
        if view is None:
            raise UnknownClaim(claim_id)
        if self.temporal_away:
            return Taken("stored", "")
        if event.event_id in {known.event_id for _, known in self.claim_events}:
            return Taken("duplicate")
        try:
            check_claim_event(view.state, event, NOON)
        except EventRefused as refusal:
            return Taken("refused", str(refusal))
        self.claim_events.append((claim_id, event))
        save_claim(self.records, after(view.state, event), None)
        return Taken("recorded")


@dataclass
class ClaimsHouse:
    """A house with claims, whose clock stands at NOON."""

    house: House
    intake: ClaimsIntake

    @property
    def only_event(self) -> OutsideClaimEvent:
        [(_, event)] = self.intake.claim_events
        return event

    async def post(self, path: str, typed: dict[str, str]) -> Any:
        """Send a form with the token of the page that it is on."""
        return await self.house.browser.post(path, data={"csrf": await self.house.csrf(), **typed})


@asynccontextmanager
async def a_claims_house(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *states: ClaimState, logged_in: bool = True, **settings: Any
) -> AsyncGenerator[ClaimsHouse]:
    """Tina's plan with these claims, the first opened first."""
    for module in ("web.claim_reading", "web.claim_pages", "web.pages", "web.plan_pages"):
        monkeypatch.setattr(f"{module}.this_moment", lambda: NOON)
    async with a_house(folder, **settings) as house:
        for number, state in enumerate(states):
            assert house.records.add_claim(state, NOON + timedelta(minutes=number))
            save_claim(house.records, state.model_copy(update={"revision": state.revision + 1}), None)
        intake = ClaimsIntake(house.records)
        house.app.state.wiring = replace(house.app.state.wiring, intake=cast(Intake, intake))
        if logged_in:
            await house.log_in()
        yield ClaimsHouse(house, intake)


async def text_of(claims: ClaimsHouse, path: str) -> str:
    answer = await claims.house.browser.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)
