"""The API's doors for claims: what happened to one, and where it stands."""

from pathlib import Path
from typing import Any

import pytest

from domain.claim_events import ClaimSubmitted
from tests.web.claim_pages_builder import a_claim, a_claims_house, a_denied_claim
from tests.web.web_builders import BEARER, NOON, problem

SENT = {"event_id": "e1", "type": "claim_submitted", "occurred_at": NOON.isoformat(), "on": "2026-01-04"}
EVENTS = "/api/claims/c1/events"


async def test_an_event_is_recorded_once_and_its_repetition_is_a_duplicate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        answers = [await claims.house.browser.post(EVENTS, json=SENT, headers=BEARER) for _ in range(2)]
        assert [(answer.status_code, answer.json()["outcome"]) for answer in answers] == [
            (200, "recorded"),
            (200, "duplicate"),
        ]
        assert isinstance(claims.only_event, ClaimSubmitted)


async def test_without_the_token_nothing_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        problem(await claims.house.browser.post(EVENTS, json=SENT), 401)
        problem(await claims.house.browser.get("/api/claims/c1"), 401)
        assert claims.intake.claim_events == []


@pytest.mark.parametrize(
    ("path", "changes", "status", "said"),
    [
        ("/api/claims/nowhere/events", {}, 404, "No claim has the id nowhere."),
        (EVENTS, {"type": "appeal_decided", "outcome": "upheld"}, 409, "appeal"),
        (EVENTS, {"type": "claim_eaten"}, 422, ""),
        (EVENTS, {"on": "yesterday"}, 422, ""),
        ("/api/claims/Not%20An%20Id/events", {}, 422, ""),
    ],
    ids=["unknown claim", "refused by the claim", "unknown type", "no date", "no id"],
)
async def test_what_cant_be_taken_is_a_clear_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, changes: dict[str, Any], status: int, said: str
) -> None:
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        answer = await claims.house.browser.post(path, json=SENT | changes, headers=BEARER)
        assert said in problem(answer, status)["detail"]
        assert claims.intake.claim_events == []


async def test_what_is_only_stored_is_a_202(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        claims.intake.temporal_away = True
        answer = await claims.house.browser.post(EVENTS, json=SENT, headers=BEARER)
        assert (answer.status_code, answer.json()["outcome"]) == (202, "stored")


async def test_a_claim_shows_where_it_stands_and_both_days_of_each_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_claims_house(tmp_path, monkeypatch, a_denied_claim()) as claims:
        shown = (await claims.house.browser.get("/api/claims/c1", headers=BEARER)).json()
        assert (shown["status"], shown["charge"], shown["paid"]) == ("denied", "120.00", "0")
        appeal = next(deadline for deadline in shown["deadlines"] if deadline["key"] == "internal_appeal:1")
        assert appeal["legal"] == "2026-01-17"
        assert appeal["act_by"] == "2026-01-07"
        assert appeal["why_legal"]
        assert appeal["why_act_by"]
        problem(await claims.house.browser.get("/api/claims/c9", headers=BEARER), 404)


@pytest.mark.parametrize(
    ("changes", "field", "fix"),
    [
        ({"type": "claim_paid", "paid": "1" * 99}, "paid", "is out of bounds; write an amount up to 10000000"),
        ({"charge": "1" * 99}, "charge", "is out of bounds; write an amount up to 10000000"),
        ({"on": "9999-12-31"}, "on", "lies outside the years 2000 to 2099; write a day in them"),
    ],
)
async def test_an_amount_or_a_day_beyond_reckoning_is_refused_by_its_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], field: str, fix: str
) -> None:
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        answer = await claims.house.browser.post(EVENTS, json=SENT | changes, headers=BEARER)
        assert problem(answer, 422)["errors"] == [{"field": field, "fix": fix}]
        assert claims.intake.claim_events == []


@pytest.mark.parametrize(
    ("changes", "field", "fix"),
    [
        ({"adjustments": [["CO", "45"]]}, "adjustments.0.2", "Field required"),
        ({"adjustments": [["CO", "45", "1", "2"]]}, "adjustments.0", "at most 3 items"),
        ({"adjustments": ["CO45"]}, "adjustments.0", "tuple"),
        ({"adjustments": [["CO", "45", "１２"]]}, "adjustments.0.2", "is no amount"),
        ({"adjustments": [{"group": "CO", "reason": "45", "amount": "1", "x": 1}]}, "adjustments.0.x", "Extra inputs"),
        ({"adjustments": [["XX", "45", "1"]]}, "adjustments.0.0", "write CO, PR, OA, PI or CR"),
        ({"adjustments": [["CO", "", "1"]]}, "adjustments.0.1", "is no reason code"),
        ({"paid": "１２"}, "paid", "is no amount"),
        ({"paid": "1e5"}, "paid", "is no amount"),
        ({"paid": "1_000"}, "paid", "is no amount"),
        ({"paid": -0.0}, "paid", "write 0"),
        ({"on": 1}, "on", "write a date such as"),
        ({"on": 1764547200}, "on", "write a date such as"),
        ({"dates": {"letters": "2026-01-04"}}, "dates.letters", "is no field"),
    ],
)
async def test_odd_writing_is_refused_by_its_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], field: str, fix: str
) -> None:
    body = SENT | {"type": "claim_partly_paid", "paid": "10.00"} | changes
    async with a_claims_house(tmp_path, monkeypatch, a_claim()) as claims:
        answer = await claims.house.browser.post(EVENTS, json=body, headers=BEARER)
        [error] = problem(answer, 422)["errors"]
        assert error["field"] == field
        assert fix in error["fix"]
        assert claims.intake.claim_events == []
