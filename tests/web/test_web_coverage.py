"""The coverage panel of a plan, and the answers of a call to the payer."""

from html import unescape
from pathlib import Path

import pytest

from domain.coverage_terms import Coverage, Pool
from domain.events import CoverageVerified, PoolUse
from tests.saving import save_view
from tests.web.claim_pages_builder import (
    ClaimsHouse,
    a_claims_house,
    a_denied_claim,
    a_filled_form,
    text_of,
)
from tests.web.web_builders import NOON, a_plan, a_state


async def a_covered_plan(claims: ClaimsHouse) -> None:
    """Tina's plan, of which the payer covers three visits."""
    plan = a_plan("tina", coverage=Coverage(payer="example", pools=[Pool(id="rehab", visits=3)]))
    save_view(claims.house.records, a_state(plan=plan, revision=1), None)


async def test_a_plan_shows_its_coverage_and_its_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        assert 'id="coverage"' not in await text_of(claims, "/plans/tina")
        await a_covered_plan(claims)
        page = await text_of(claims, "/plans/tina")
        assert "0 of 3 used, 3 left" in page
        assert "Does the plan cover massage therapy: codes 97124 and 97140?" in page
        assert '<a href="/claims/c1">Thu Nov 6, 2025</a>' in page


async def test_the_answers_of_a_call_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_claims_house(tmp_path, monkeypatch) as claims:
        await a_covered_plan(claims)
        typed = a_filled_form("", by="Ms Lee", reference="C-5") | {
            "answer-copay": "$20",
            "answer-network": " ",
            "used-rehab": "2",
        }
        answer = await claims.post("/plans/tina/coverage", typed)
        assert (answer.status_code, answer.headers["location"]) == (303, "/plans/tina#coverage")
        [(plan_id, event)] = claims.intake.events
        assert isinstance(event, CoverageVerified)
        assert plan_id == "tina"
        assert event.answers == {"copay": "$20"}
        assert (event.by, event.reference, event.on, event.occurred_at) == ("Ms Lee", "C-5", None, NOON)
        assert event.changes == [PoolUse(pool="rehab", used_elsewhere=2)]


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ({"answer-copay": "$20"}, "Write the name of the person at the payer"),
        ({"by": "Ms Lee"}, "Write down at least one answer."),
        ({"by": "Ms Lee", "used-rehab": "two"}, "Write a whole number from 0 to 1000."),
        ({"by": "Ms Lee", "used-rehab": "9" * 5000}, "Write a whole number from 0 to 1000."),
        ({"by": "Ms Lee", "answer-copay": "$20", "on": "2026-01-06"}, "This day is still to come"),
        ({"by": "Ms Lee", "answer-copay": "$20", "on": "soon"}, "Write the day of the call"),
        ({"by": "Ms Lee", "answer-copay": "$20", "event_id": "mine"}, "This form is out of date."),
    ],
)
async def test_answers_that_cannot_be_kept_are_shown_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: dict[str, str], fix: str
):
    async with a_claims_house(tmp_path, monkeypatch) as claims:
        await a_covered_plan(claims)
        answer = await claims.post("/plans/tina/coverage", a_filled_form("") | typed)
        assert answer.status_code == 422
        assert fix in unescape(answer.text)
        assert claims.intake.events == []
