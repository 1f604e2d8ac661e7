"""One id stands for one content: what comes again under it changes nothing, and something else under it is refused."""

from pathlib import Path
from typing import Any

import pytest

from domain.staff_events import ConsentWithdrawn
from tests.web.door_house import VISIT, a_door_house
from tests.web.web_builders import NOON, TINA_PHONE, a_plan_body, problem

EVENTS = "/api/plans/tina/events"
BOOKED: dict[str, Any] = {
    "event_id": "b-1",
    "type": "appointment_booked",
    "occurred_at": "2026-01-05T11:00:00-08:00",
    "appointment_id": "visit-2",
    "starts_at": "2026-01-09T10:00:00-08:00",
}
OPENED: dict[str, Any] = {
    "event_id": "o-1",
    "type": "claim_opened",
    "occurred_at": NOON.isoformat(),
    "plan_id": "tina",
    "number": "A-1001",
    "service_date": VISIT.isoformat(),
    "payer": "example",
    "charge": "120.00",
}
WITHDRAWN: dict[str, Any] = {
    "event_id": "w-1",
    "type": "consent_withdrawn",
    "occurred_at": NOON.isoformat(),
    "channel": "sms",
    "said": "no more texts",
    "how": "spoken",
    "by": "Robin",
}
OTHER = "event_id is that of other content already"


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (BOOKED, {"starts_at": "2026-01-10T10:00:00-08:00"}),
        (BOOKED, {"occurred_at": "2026-01-05T11:30:00-08:00"}),
        (BOOKED, {"type": "appointment_moved"}),
        (WITHDRAWN, {"channel": "email"}),
    ],
)
async def test_the_same_event_id_with_other_content_is_a_conflict(
    tmp_path: Path, first: dict[str, Any], other: dict[str, Any]
) -> None:
    async with a_door_house(tmp_path) as house:
        assert (await house.post(EVENTS, first)).json() == {"outcome": "recorded"}
        taken = len(house.temporal.took)
        told = problem(await house.post(EVENTS, first | other), 409)
        assert told["detail"].startswith(OTHER)
        assert [error["field"] for error in told["errors"]] == ["event_id"]
        assert (await house.post(EVENTS, first)).json() == {"outcome": "duplicate"}
        assert len(house.temporal.took) == taken


async def test_the_same_moment_on_another_clock_is_the_same_content(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        await house.post(EVENTS, BOOKED)
        again = BOOKED | {"occurred_at": "2026-01-05T19:00:00Z", "starts_at": "2026-01-09T13:00:00-05:00"}
        assert (await house.post(EVENTS, again)).json() == {"outcome": "duplicate"}


async def test_a_form_that_is_sent_twice_counts_once_although_its_clicks_are_two(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        first = ConsentWithdrawn.model_validate(WITHDRAWN | {"event_id": "page-1"})
        later = first.model_copy(update={"occurred_at": NOON.replace(minute=1)})
        assert (await house.intake.take_event("tina", first)).outcome == "recorded"
        assert (await house.intake.take_event("tina", later)).outcome == "duplicate"
        other = await house.intake.take_event("tina", later.model_copy(update={"said": "something else"}))
        assert (other.outcome, other.because[:8]) == ("refused", "event_id")


async def test_a_claim_is_opened_once_and_another_claim_needs_another_id(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        assert (await house.post("/api/claims/c1/events", OPENED)).json() == {"outcome": "recorded"}
        assert (await house.post("/api/claims/c1/events", OPENED)).json() == {"outcome": "duplicate"}
        assert (await house.post("/api/claims/c1/events", OPENED | {"event_id": "o-2"})).json() == {
            "outcome": "duplicate"
        }
        for other in ({"charge": "130.00"}, {"service_date": "2025-12-21"}, {"number": "A-7"}):
            told = problem(await house.post("/api/claims/c1/events", OPENED | other), 409)
            assert "another claim" in told["detail"]
        told = problem(await house.post("/api/claims/c1/events", OPENED | {"event_id": "o-3", "number": "A-7"}), 409)
        assert "another claim" in told["detail"]


async def test_an_event_of_a_claim_under_a_used_id_is_a_conflict(tmp_path: Path) -> None:
    sent = {"event_id": "s-1", "type": "claim_submitted", "occurred_at": NOON.isoformat(), "on": "2026-01-04"}
    async with a_door_house(tmp_path) as house:
        await house.post("/api/claims/c1/events", OPENED)
        assert (await house.post("/api/claims/c1/events", sent)).json() == {"outcome": "recorded"}
        told = problem(await house.post("/api/claims/c1/events", sent | {"on": "2026-01-03"}), 409)
        assert told["errors"][0]["field"] == "event_id"
        assert (await house.post("/api/claims/c1/events", sent)).json() == {"outcome": "duplicate"}


async def test_no_two_claims_have_one_number_by_any_way(tmp_path: Path) -> None:
    sent = {"event_id": "s-1", "type": "claim_submitted", "occurred_at": NOON.isoformat(), "number": "B-2"}
    async with a_door_house(tmp_path) as house:
        await house.post("/api/claims/c1/events", OPENED)
        told = problem(await house.post("/api/claims/c2/events", OPENED | {"number": " a-1001"}), 409)
        assert told["errors"] == [
            {"field": "number", "fix": "is that of claim c1 already, and remittances name claims by it; write another"}
        ]
        assert house.records.claim("c2") is None
        await house.post("/api/claims/c2/events", OPENED | {"number": "B-2"})
        for kind in ("claim_submitted", "claim_corrected"):
            told = problem(await house.post("/api/claims/c1/events", sent | {"type": kind, "event_id": kind}), 409)
            assert told["errors"][0]["field"] == "number"
        assert (await house.post("/api/claims/c2/events", sent)).json() == {"outcome": "recorded"}


@pytest.mark.parametrize("service_date", ["2099-12-31", "2026-01-07"])
async def test_a_claim_of_a_visit_that_is_still_to_come_is_refused(tmp_path: Path, service_date: str) -> None:
    async with a_door_house(tmp_path) as house:
        told = problem(await house.post("/api/claims/c1/events", OPENED | {"service_date": service_date}), 409)
        assert told["errors"][0]["field"] == "service_date"
        assert house.records.claim("c1") is None


async def test_who_enrols_a_number_that_has_opted_out_is_told(tmp_path: Path) -> None:
    async with a_door_house(tmp_path) as house:
        house.records.suppress("sms", TINA_PHONE, NOON, "STOP", "a text")
        answer = await house.post("/api/plans", a_plan_body())
        assert answer.status_code == 201
        [warning] = answer.json()["warnings"]
        assert warning.startswith("This number has opted out of texts:")
