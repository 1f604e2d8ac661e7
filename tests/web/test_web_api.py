"""The API for other programs: what it answers, and that every error is problem details."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.client import Consent
from domain.events import AppointmentBooked
from records.vault import ClientErased
from tests.web.web_builders import (
    BEARER,
    NOON,
    a_house,
    a_message,
    a_plan,
    a_plan_body,
    a_state,
    an_escalation,
    problem,
    sent,
)

BOOKED = {
    "event_id": "b-1",
    "type": "appointment_booked",
    "occurred_at": "2026-01-05T12:00:00-08:00",
    "appointment_id": "visit-2",
    "starts_at": "2026-01-09T10:00:00-08:00",
}
AS_JSON = BEARER | {"Content-Type": "application/json"}
_WHEN = {"event_id": "m", "occurred_at": BOOKED["occurred_at"]}
MEASURED: dict[str, Any] = _WHEN | {"type": "measure_recorded", "measure": {"goal": "pain", "value": 7}}
CHANGED: dict[str, Any] = _WHEN | {"type": "plan_changed", "changes": {}}


async def test_without_the_token_nothing_is_told_and_nothing_is_taken(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"}):
            body = problem(await house.browser.post("/api/plans", json=a_plan_body(), headers=headers), 401)
            assert body["detail"] == "Send the API token as 'Authorization: Bearer …'."
            assert (await house.browser.get("/api/plans/tina", headers=headers)).status_code == 401
            assert (await house.browser.get("/api/escalations", headers=headers)).status_code == 401
        assert house.intake.enrolled == []


async def test_a_token_with_letters_outside_ascii_is_just_a_wrong_token(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await house.browser.get("/api/escalations", headers=[(b"Authorization", "Bearer ñ".encode())])
        problem(answer, 401)


async def test_a_plan_is_enrolled_and_its_therapist_hears_what_to_look_at_again(tmp_path: Path):
    goal = a_plan_body()["goals"][1] | {"target": 6.5}
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans", json=a_plan_body(goals=[goal]), headers=BEARER)
        assert answer.status_code == 201
        assert answer.json()["plan_id"] == "made-up"
        [warning] = answer.json()["warnings"]
        assert "the target is closer to the baseline" in warning


async def test_a_plan_that_can_not_start_yet_is_stored(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.intake.temporal_away = True
        answer = await house.browser.post("/api/plans", json=a_plan_body(), headers=BEARER)
        assert (answer.status_code, answer.json()["outcome"]) == (202, "stored")


async def test_the_same_plan_id_twice_is_a_conflict(tmp_path: Path):
    async with a_house(tmp_path) as house:
        first = await house.browser.post("/api/plans", json=a_plan_body(plan_id="tom"), headers=BEARER)
        assert first.status_code == 201
        problem(await house.browser.post("/api/plans", json=a_plan_body(plan_id="tom"), headers=BEARER), 409)


async def test_a_bad_plan_is_answered_with_each_field_and_its_fix(tmp_path: Path):
    consents = [Consent(channel="sms", date=NOON.date(), source="intake form").model_dump(mode="json")]
    client = {"name": "Tom", "phone": "12", "time_zone": "Mars/Base", "consents": consents}
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans", json=a_plan_body(client=client), headers=BEARER)
        errors = {error["field"]: error["fix"] for error in problem(answer, 422)["errors"]}
        assert "America/Los_Angeles" in errors["client.time_zone"]
        assert "client.phone" in errors
        assert house.intake.enrolled == []


async def test_follow_up_that_does_not_go_with_the_practice_is_refused_before_it_is_stored(tmp_path: Path):
    body = a_plan_body(follow_up={"backup_after": "PT1H"})
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans", json=body, headers=BEARER)
        [error] = problem(answer, 422)["errors"]
        assert error["field"] == "follow_up"
        assert house.intake.enrolled == []


async def test_a_body_that_is_no_json_is_malformed(tmp_path: Path):
    async with a_house(tmp_path) as house:
        headers = BEARER | {"Content-Type": "application/json"}
        for path in ("/api/plans", "/api/plans/tina/events", "/api/escalations/e1/decision"):
            told = problem(await house.browser.post(path, content=b'{"a": }', headers=headers), 422)
            assert told["detail"] == "The body is not JSON: Expecting value, character 7."
            assert told["errors"] == []
            told = problem(await house.browser.post(path, content=b"[" * 100_000, headers=headers), 400)
            assert told["detail"] == "The body is not JSON that can be read."
            told = problem(await house.browser.post(path, json=[], headers=headers), 422)
            assert [error["field"] for error in told["errors"]] == ["body"]
        told = problem(await house.browser.post("/api/plans", content=b"{}", headers=BEARER), 422)
        assert told["errors"][0]["fix"] == "Send a JSON object, with Content-Type: application/json"


async def test_a_field_that_takes_one_of_several_kinds_is_one_error_with_all_of_them(tmp_path: Path):
    measured = MEASURED | {"measure": {"goal": "pain", "value": "seven"}}
    changes: dict[str, Any] = {
        "sessions": "many",
        "goal": {"id": "swim", "benchmarks": [{"by_session": 1, "expect": []}]},
    }
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans/tina/events", json=measured, headers=BEARER)
        errors = problem(answer, 422)["errors"]
        assert errors == [{"field": "measure.value", "fix": "Input should be a number, or true/false"}]
        body = {"choice": "modify", "by": "Alex", "changes": changes}
        answer = await house.browser.post("/api/escalations/e1/decision", json=body, headers=BEARER)
        fixes = {error["field"]: error["fix"] for error in problem(answer, 422)["errors"]}
        assert fixes["changes.sessions"] == "Input should be a whole number, or 'open'"
        assert "changes.goal.benchmarks.0.expect" in fixes
        assert fixes["changes.goal.question"] == "Field required"


async def test_a_bad_word_in_the_address_is_named_by_its_own_name(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await house.browser.get("/api/escalations?open_only=maybe", headers=BEARER)
        assert [error["field"] for error in problem(answer, 422)["errors"]] == ["open_only"]


async def test_a_body_that_is_too_large_is_turned_away(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans", json={"title": "x" * 2_000_000}, headers=BEARER)
        problem(answer, 413)


async def test_a_plan_shows_where_it_stands_what_comes_and_what_happened(tmp_path: Path):
    async with a_house(tmp_path) as house:
        sent(house.records, a_message("Hi Tina, welcome."))
        shown = (await house.browser.get("/api/plans/tina", headers=BEARER)).json()
    assert (shown["plan_id"], shown["status"]) == ("tina", "active")
    assert shown["progress"] == {"pain": "plateau"}
    assert shown["sentences"] == {"pain": "No change in three sessions."}
    assert shown["benchmarks"] == {"sleep:4": "asked"}
    assert [line["text"] for line in shown["timeline"]] == [
        "A visit was booked for Mon 05 Jan 2026 12:00.",
        "Hi Tina, welcome.",
    ]
    assert shown["timeline"][0]["at"] == "2026-01-05T12:00:00-08:00"
    assert [escalation["escalation_id"] for escalation in shown["escalations"]] == ["e1"]
    reminders = [owed["due_at"] for owed in shown["coming_up"] if owed["kind"] == "reminder"]
    assert "2026-01-06T12:00:00-08:00" in reminders


async def test_after_an_opt_out_nothing_comes_up_for_the_client(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(a_state(opted_out=["sms", "email"]), NOON)
        shown = (await house.browser.get("/api/plans/tina", headers=BEARER)).json()
    assert shown["opted_out"] == ["sms", "email"]
    assert {owed["audience"] for owed in shown["coming_up"]} == {"front_desk"}


async def test_questions_about_safety_offer_only_answers_to_them(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(a_state(), NOON)
        house.records.add_escalation(an_escalation().model_copy(update={"kind": "red_flag"}), NOON)
        [shown] = (await house.browser.get("/api/escalations", headers=BEARER)).json()
    assert shown["choices"] == ["continue", "modify", "refer_out"]


async def test_an_unknown_plan_is_not_found(tmp_path: Path):
    async with a_house(tmp_path) as house:
        assert "nobody" in problem(await house.browser.get("/api/plans/nobody", headers=BEARER), 404)["detail"]
        problem(await house.browser.post("/api/plans/nobody/events", json=BOOKED, headers=BEARER), 404)


async def test_an_event_is_recorded_and_the_same_id_again_is_a_duplicate(tmp_path: Path):
    async with a_house(tmp_path) as house:
        first = await house.browser.post("/api/plans/tina/events", json=BOOKED, headers=BEARER)
        again = await house.browser.post("/api/plans/tina/events", json=BOOKED, headers=BEARER)
        assert (first.status_code, first.json()) == (200, {"outcome": "recorded"})
        assert (again.status_code, again.json()) == (200, {"outcome": "duplicate"})
        assert house.intake.events[0] == ("tina", AppointmentBooked.model_validate(BOOKED))


async def test_an_event_that_the_plan_has_not_answered_yet_is_stored(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.intake.temporal_away = True
        answer = await house.browser.post("/api/plans/tina/events", json=BOOKED, headers=BEARER)
        assert (answer.status_code, answer.json()) == (202, {"outcome": "stored"})


async def test_an_event_that_the_plan_refuses_is_a_conflict_with_the_reason(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.intake.refuses = "the plan has ended; enrol a new plan to go on"
        answer = await house.browser.post("/api/plans/tina/events", json=BOOKED, headers=BEARER)
        assert problem(answer, 409)["detail"] == "the plan has ended; enrol a new plan to go on"


@pytest.mark.parametrize(
    ("because", "error"),
    [
        (
            "occurred_at lies in the future; send an event once it has happened",
            {"field": "occurred_at", "fix": "lies in the future; send an event once it has happened"},
        ),
        ("dates.letter lies before the visit", {"field": "dates.letter", "fix": "lies before the visit"}),
        ("the plan has ended; enrol a new plan", {"field": "body", "fix": "the plan has ended; enrol a new plan"}),
    ],
)
async def test_a_refusal_has_the_same_list_of_errors_as_any_problem(
    tmp_path: Path, because: str, error: dict[str, str]
):
    async with a_house(tmp_path) as house:
        house.intake.refuses = because
        answer = await house.browser.post("/api/plans/tina/events", json=BOOKED, headers=BEARER)
        expected = [error] if "dates" not in because else [{"field": "body", "fix": because}]
        assert problem(answer, 409)["errors"] == expected
        assert problem(await house.browser.get("/api/plans/nobody", headers=BEARER), 404)["errors"] == []


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (BOOKED | {"start_at": "x"}, {"start_at": "is no field of this part; known here"}),
        (MEASURED | {"measure": {"goal": "pain", "value": 7, "side": "left"}}, {"measure.side": "is no field"}),
        (
            MEASURED | {"measure": {"goal": "pain", "value": 7, "flair": True}},
            {"measure.flair": 'did you mean "flare"?'},
        ),
        (
            {name: BOOKED[name] for name in BOOKED if name != "starts_at"} | {"start_at": BOOKED["starts_at"]},
            {"start_at": 'did you mean "starts_at"?', "starts_at": "Field required"},
        ),
        (BOOKED | {"\ud800": 1, "x" * 5000: 1}, {"?": "is no field", "x" * 1000: "is no field"}),
        (BOOKED | {"occurred_at": 1764547200}, {"occurred_at": "write a time with its zone"}),
        (BOOKED | {"starts_at": "1764547200"}, {"starts_at": "write a time with its zone"}),
        (CHANGED | {"changes": {"spacing": "P1M"}}, {"changes.spacing": "in whole weeks, days"}),
        (CHANGED | {"changes": {"spacing": "P1Y"}}, {"changes.spacing": "in whole weeks, days"}),
        (CHANGED | {"changes": {"spacing": "P0.5D"}}, {"changes.spacing": "in whole weeks, days"}),
        (CHANGED | {"changes": {"spacing": 1209600}}, {"changes.spacing": "in whole weeks, days"}),
        (CHANGED | {"changes": {"session_minutes": "6_0"}}, {"changes.session_minutes": "in plain digits"}),
    ],
)
async def test_a_field_that_is_unknown_or_oddly_written_is_named(
    tmp_path: Path, body: dict[str, Any], errors: dict[str, str]
):
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans/tina/events", content=json.dumps(body), headers=AS_JSON)
        told = {error["field"]: error["fix"] for error in problem(answer, 422)["errors"]}
        assert told.keys() == errors.keys()
        assert all(words in told[field] for field, words in errors.items()), told
        assert house.intake.events == []


async def test_a_field_that_is_there_twice_is_named_whichever_door_it_came_to(tmp_path: Path):
    event = json.dumps(MEASURED)
    doors = {
        "/api/plans": ('{"client": {"name": "A", "name": "B"}, "title": "x", "title": "x"}', ["title", "client.name"]),
        "/api/plans/tina/events": (event.replace('"goal": "pain"', '"goal": "x", "goal": "pain"'), ["measure.goal"]),
        "/api/escalations/e1/decision": ('{"choice": "modify", "choice": "continue", "by": "A"}', ["choice"]),
        "/api/claims/c1/events": ('{"event_id": "a", "event_id": "b"}', ["event_id", "type"]),
    }
    async with a_house(tmp_path) as house:
        for door, (body, fields) in doors.items():
            answer = await house.browser.post(door, content=body, headers=AS_JSON)
            assert [error["field"] for error in problem(answer, 422)["errors"]] == fields
        assert (house.intake.events, house.intake.decisions, house.intake.enrolled) == ([], [], [])


async def test_a_decision_with_an_unknown_field_is_refused_by_its_name(tmp_path: Path):
    body = {"choice": "modify", "by": "Alex", "changes": {"session_length": 60}, "who": "Alex"}
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/escalations/e1/decision", json=body, headers=BEARER)
        assert [error["field"] for error in problem(answer, 422)["errors"]] == ["changes.session_length", "who"]


async def test_a_malformed_event_names_its_fields_and_repeats_none_of_their_values(tmp_path: Path):
    async with a_house(tmp_path) as house:

        async def errors(body: dict[str, Any]) -> set[str]:
            answer = await house.browser.post("/api/plans/tina/events", json=body, headers=BEARER)
            assert "Ferris" not in answer.text
            return {error["field"] for error in problem(answer, 422)["errors"]}

        assert await errors(BOOKED | {"starts_at": "Mrs Ferris at ten"}) == {"starts_at"}
        assert await errors({name: value for name, value in BOOKED.items() if name != "event_id"}) == {"event_id"}
        assert await errors(BOOKED | {"type": "client_replied"}) == {"type"}
        assert await errors(BOOKED | {"occurred_at": "2026-01-05T12:00:00"}) == {"occurred_at"}
        measured = {"event_id": "m", "type": "measure_recorded", "occurred_at": BOOKED["occurred_at"]}
        assert await errors(measured | {"measure": {"goal": "pain"}}) == {"measure.value"}
        assert house.intake.events == []


async def test_open_escalations_are_listed_with_evidence_and_choices_and_without_phone_numbers(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await house.browser.get("/api/escalations", headers=BEARER)
    [shown] = answer.json()
    assert shown["evidence"] == ["Session 1: 7", "Session 2: 7", "Session 3: 7"]
    assert shown["choices"] == ["continue", "modify", "new_goal", "maintenance", "refer_out"]
    assert (shown["status"], shown["decided"]) == ("open", None)
    assert "555" not in answer.text


async def test_a_decision_counts_once_and_the_second_is_told_who_decided_and_when(tmp_path: Path):
    body = {"choice": "modify", "by": "Alex", "reason": "too little", "changes": {"session_minutes": 60}}
    async with a_house(tmp_path) as house:
        first = await house.browser.post("/api/escalations/e1/decision", json=body, headers=BEARER)
        assert first.status_code == 200
        assert first.json()["decided"]["choice"] == "modify"
        assert house.intake.decisions[0].changes.session_minutes == 60
        second = await house.browser.post(
            "/api/escalations/e1/decision", json=body | {"by": "Robin", "choice": "continue"}, headers=BEARER
        )
        told = problem(second, 409)
        assert (told["decided_by"], told["choice"]) == ("Alex", "modify")
        assert told["decided_at"].startswith("2026-01-05T20:00:00")
        assert (await house.browser.get("/api/escalations", headers=BEARER)).json() == []
        both = await house.browser.get("/api/escalations?open_only=false", headers=BEARER)
        assert [shown["status"] for shown in both.json()] == ["decided"]


async def test_a_decision_needs_a_known_choice_a_name_and_a_known_escalation(tmp_path: Path):
    async with a_house(tmp_path) as house:

        async def decide(path: str, **body: Any) -> Any:
            return await house.browser.post(f"/api/escalations/{path}/decision", json=body, headers=BEARER)

        assert problem(await decide("e1", choice="wait", by="Alex"), 422)["errors"][0]["field"] == "choice"
        problem(await decide("e1", choice="continue", by=" "), 422)
        problem(await decide("nobody", choice="continue", by="Alex"), 404)


async def test_a_decision_that_nobody_can_take_now_is_asked_for_again(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.intake.temporal_away = True
        body = {"choice": "continue", "by": "Alex"}
        answer = await house.browser.post("/api/escalations/e1/decision", json=body, headers=BEARER)
        assert "try again" in problem(answer, 503)["detail"]
        await house.log_in()
        form = await house.browser.post("/escalations/e1", data=body | {"csrf": await house.csrf()})
        assert form.status_code == 503
        assert "try again" in form.text


async def test_an_id_that_no_database_could_hold_is_not_found(tmp_path: Path):
    async with a_house(tmp_path) as house:
        problem(await house.browser.get("/api/plans/a%00b", headers=BEARER), 404)
        problem(await house.browser.get("/api/plans/%ff", headers=BEARER), 404)


async def test_the_api_is_described_for_programs(tmp_path: Path):
    async with a_house(tmp_path) as house:
        described = (await house.browser.get("/openapi.json")).json()
    doors = {f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods}
    assert doors == {
        "POST /api/plans",
        "GET /api/plans/{plan_id}",
        "POST /api/plans/{plan_id}/events",
        "GET /api/escalations",
        "POST /api/escalations/{escalation_id}/decision",
        "GET /api/claims/{claim_id}",
        "POST /api/claims/{claim_id}/events",
        "POST /webhooks/twilio/inbound",
        "POST /webhooks/twilio/status/{message_id}",
        "POST /webhooks/sendgrid/inbound",
        "POST /webhooks/sendgrid/events",
        "GET /healthz",
        "GET /readyz",
    }
    enroll = described["paths"]["/api/plans"]["post"]
    schema = enroll["requestBody"]["content"]["application/json"]["schema"]
    body = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert {"client", "goals", "dosage", "script"} <= set(body["properties"])
    assert enroll["security"]
    for path, methods in described["paths"].items():
        if path.startswith(("/api/", "/webhooks/")):
            assert all("503" in method["responses"] for method in methods.values())
            assert "post" not in methods or {"400", "413", "422"} <= methods["post"]["responses"].keys()
    assert body["additionalProperties"] is False
    schemas = described["components"]["schemas"]
    assert {schemas[name].get("additionalProperties") for name in ("SessionCompleted", "Measurement", "Changes")} == {
        False
    }
    assert "ProblemDetails" in described["components"]["schemas"]


async def test_ready_means_that_records_and_temporal_answer(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with a_house(tmp_path / "a") as house:
        assert (await house.browser.get("/healthz")).json() == {"status": "up"}
        assert (await house.browser.get("/readyz")).json() == {"status": "ready"}
    async with a_house(tmp_path / "b", ready=False) as house:
        assert (await house.browser.get("/healthz")).status_code == 200
        assert problem(await house.browser.get("/readyz"), 503)["detail"] == "No answer from Temporal."


async def test_not_ready_while_the_records_are_away(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.close()
        (tmp_path / "records.db").unlink()
        (tmp_path / "records.db").mkdir()
        assert "the records database" in problem(await house.browser.get("/readyz"), 503)["detail"]


async def test_a_plan_without_a_visit_or_a_judgement_is_shown_too(tmp_path: Path):
    from tests.web.web_builders import a_practice, new_state

    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(new_state("new", a_plan("new"), a_practice(), NOON), NOON)
        shown = (await house.browser.get("/api/plans/new", headers=BEARER)).json()
    assert (shown["progress"], shown["escalations"]) == ({}, [])
    assert shown["coming_up"][0]["kind"] == "welcome"


NO_DATE = "9999-12-31T23:59:59Z"
OTHER_YEARS = "lies outside the years 2000 to 2099; write a time in them"


@pytest.mark.parametrize("starts_at", [NO_DATE, "0001-01-01T00:00:00Z"])
async def test_a_booking_systems_no_date_is_refused_by_its_field(tmp_path: Path, starts_at: str):
    async with a_house(tmp_path) as house:
        answer = await house.browser.post(
            "/api/plans/tina/events", json=BOOKED | {"starts_at": starts_at}, headers=BEARER
        )
        assert problem(answer, 422)["errors"] == [{"field": "starts_at", "fix": OTHER_YEARS}]
        assert house.intake.events == []


async def test_a_plan_with_a_reminder_before_all_calendars_is_refused_by_its_field(tmp_path: Path):
    body = a_plan_body(follow_up={"reminders": ["P1D", "P999999999D"]})
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/plans", json=body, headers=BEARER)
        fix = "is too long; write P366D or less"
        assert problem(answer, 422)["errors"] == [{"field": "follow_up.reminders.0", "fix": fix}]
        assert house.intake.enrolled == []


async def test_a_decision_for_a_million_years_is_refused_by_its_field(tmp_path: Path):
    body = {"choice": "modify", "by": "Alex", "changes": {"spacing": "P999999999D"}}
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/api/escalations/e1/decision", json=body, headers=BEARER)
        fix = "is too long; write P1830D or less"
        assert problem(answer, 422)["errors"] == [{"field": "changes.spacing", "fix": fix}]


async def test_an_event_about_somebody_who_is_erased_meanwhile_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def erased(plan_id: str, event: object) -> None:
        raise ClientErased(plan_id)

    async with a_house(tmp_path) as house:
        monkeypatch.setattr(house.intake, "take_event", erased)
        body = problem(await house.browser.post("/api/plans/tina/events", json=BOOKED, headers=BEARER), 404)
        assert body["detail"] == "The client that this is about was erased."
