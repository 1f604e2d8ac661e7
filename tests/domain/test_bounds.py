"""Doors refuse what no plan or claim can make sense of, by the kind of each value; stored models always load."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from domain.acceptance import MOST_BOOKED, check_event
from domain.bounds import bounded
from domain.claim_events import CLAIM_EVENT, parse_claim_event
from domain.errors import EventRefused, Refused
from domain.escalation import DecisionBody
from domain.events import EVENT, parse_outside_event
from domain.plan_file import practice_from_json, read_practice
from domain.policy import Practice
from domain.remittance import RemittanceNotReadable, read_835
from domain.state import Appointment, PlanState, new_state
from domain.workflow_inputs import PlanInput
from tests.domain.plan_builder import START, a_plan, a_practice, a_state
from tests.domain.x12_builder import Claim, a_file, a_remittance

NO_DATES = ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z"]
BOOKED = {
    "type": "appointment_booked",
    "event_id": "b-1",
    "occurred_at": "2026-03-02T17:00:00Z",
    "appointment_id": "v1",
    "starts_at": "2026-03-05T17:00:00Z",
}
PAID = {"type": "claim_paid", "event_id": "p-1", "occurred_at": "2026-03-20T17:00:00Z", "paid": "80"}
LONGEST = {"type": "plan_changed", "changes": {"spacing": "P999999999D"}}
ADJUSTED = {"adjustments": [["CO", "45", "1e5000000"]]}


def refused(error: ValidationError) -> list[str]:
    return [".".join(str(part) for part in item["loc"]) for item in error.errors()]


@pytest.mark.parametrize("when", NO_DATES)
@pytest.mark.parametrize("field", ["starts_at", "occurred_at", "booked_at"])
def test_a_booking_systems_no_date_is_refused_at_the_door_and_still_loads(field: str, when: str) -> None:
    with pytest.raises(ValidationError, match="lies outside the years 2000 to 2099; write a time in them") as found:
        parse_outside_event(BOOKED | {field: when})
    assert refused(found.value) == [field]
    assert EVENT.validate_json(json.dumps(BOOKED | {field: when}))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (LONGEST, "changes.spacing"),
        (LONGEST | {"changes": {"spacing": "PT1S"}}, "changes.spacing"),
        (LONGEST | {"changes": {"homework": [{"what": "walk", "every": "P999999999D"}]}}, "changes.homework.0.every"),
        ({"type": "coverage_changed", "coverage": {"valid_until": "9999-12-31"}}, "coverage.valid_until"),
        ({"type": "coverage_changed", "coverage": {"visits_authorized": 10**30}}, "coverage.visits_authorized"),
        ({"type": "coverage_changed", "coverage": {"charge": "10000000.01"}}, "coverage.charge"),
        ({"type": "coverage_verified", "on": "0001-01-01"}, "on"),
        ({"type": "value_marked", "goal": "pain", "session": 10**30}, "session"),
        ({"type": "measure_recorded", "measure": {"goal": "pain", "value": 1e308}}, "measure.value"),
        ({"type": "measure_recorded", "measure": {"goal": "pain", "value": float("nan")}}, "measure.value"),
        ({"type": "session_completed", "measures": [{"goal": "pain", "value": 1}] * 51}, "measures"),
    ],
)
def test_every_kind_of_value_of_a_plans_event_has_bounds(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as found:
        parse_outside_event(BOOKED | changes)
    assert refused(found.value) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paid": "1e5000000"}, "paid"),
        ({"paid": "1e-5000000"}, "paid"),
        ({"paid": "10000000.01"}, "paid"),
        ({"paid": "0.001"}, "paid"),
        ({"charge": "1e5000000"}, "charge"),
        ({"on": "9999-12-31"}, "on"),
        (ADJUSTED, "adjustments.0.2"),
        ({"adjustments": [["CO", "45", "1"]] * 501}, "adjustments"),
        ({"remarks": ["N" * 5000]}, "remarks.0"),
        ({"type": "claim_denied", "dates": {"stated_deadline": "9999-12-31"}}, "dates.stated_deadline"),
        ({"type": "payment_reversed", "amount": "-1e5000000"}, "amount"),
        ({"type": "payment_promised", "until": "9999-12-31", "by": "Sam"}, "until"),
    ],
)
def test_every_kind_of_value_of_a_claims_event_has_bounds(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as found:
        parse_claim_event(PAID | changes)
    assert refused(found.value) == [field]
    assert CLAIM_EVENT.validate_python(PAID | changes)


@pytest.mark.parametrize(
    "moment", ["2099-12-31T23:00:00-14:00", "2000-01-01T00:30:00+14:00", "0001-01-01T00:00:00+14:00"]
)
def test_the_years_are_those_of_the_moment_and_not_of_the_clock_it_was_written_by(moment: str) -> None:
    with pytest.raises(ValidationError, match="lies outside the years") as found:
        parse_outside_event(BOOKED | {"starts_at": moment})
    assert refused(found.value) == ["starts_at"]


@pytest.mark.parametrize("moment", ["2100-01-01T00:30:00+14:00", "1999-12-31T23:00:00-08:00"])
def test_a_moment_within_the_years_is_taken_by_whatever_clock(moment: str) -> None:
    assert parse_outside_event(BOOKED | {"starts_at": moment})


@pytest.mark.parametrize("nothing", [-0.0, "-0", "-0.00"])
def test_nothing_has_no_minus(nothing: object) -> None:
    with pytest.raises(ValidationError, match="is nothing with a minus; write 0") as found:
        parse_claim_event(PAID | {"paid": nothing})
    assert refused(found.value) == ["paid"]


@pytest.mark.parametrize(
    ("adjustment", "places"),
    [
        (["XX", "45", "1"], ["adjustments.0.0"]),
        (["", "45", "1"], ["adjustments.0.0"]),
        (["CO", "", "1"], ["adjustments.0.1"]),
        (["CO", "CO45", "1"], ["adjustments.0.1"]),
        (["CO", "CO-45", "1"], ["adjustments.0.1"]),
        (["contract", "forty-five", "1"], ["adjustments.0.0", "adjustments.0.1"]),
        ([" co", "b7 ", "1"], []),
        (["PR", "P12", "1"], []),
    ],
)
def test_an_adjustment_has_the_codes_of_remittances(adjustment: list[str], places: list[str]) -> None:
    body = PAID | {"adjustments": [adjustment]}
    if places:
        with pytest.raises(ValidationError) as found:
            parse_claim_event(body)
        assert refused(found.value) == places
    else:
        assert parse_claim_event(body)
    assert CLAIM_EVENT.validate_python(body)


def test_a_decision_has_bounds() -> None:
    body = {"choice": "modify", "by": "Maya", "changes": {"spacing": "P999999999D"}, "reason": "x" * 5000}
    with pytest.raises(ValidationError) as found:
        bounded(DecisionBody.model_validate(body))
    assert [item["loc"] for item in found.value.errors()] == [("reason",), ("changes", "spacing")]


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ({"follow_up": {"reminders": ["P999999999D"]}}, "follow_up.reminders.0: is too long; write P366D or less"),
        ({"follow_up": {"undo_for": "P400D"}}, "follow_up.undo_for: is too long; write P1D or less"),
        (
            {"follow_up": {"escalation_reminder_after": "PT0S"}},
            "follow_up.escalation_reminder_after: is too short; write PT1M or more",
        ),
        ({"sending": {"reconcile_for": "P999999999D"}}, "sending.reconcile_for: is too long; write P1D or less"),
        ({"follow_up": {"caps": {"per_day": 10**30}}}, "follow_up.caps.per_day: is out of bounds"),
    ],
)
def test_the_practice_file_has_bounds(part: dict[str, Any], line: str) -> None:
    good = a_practice().model_dump(mode="json", exclude_unset=True)
    practice_from_json(good)
    with pytest.raises(Refused) as found:
        practice_from_json(good | part, "practice.yaml")
    assert str(found.value).startswith(f"practice.yaml: {line}")


def test_the_practice_file_says_the_line() -> None:
    text = json.dumps(a_practice().model_dump(mode="json", exclude_unset=True), indent=1)
    text = text.replace('"follow_up": {', '"follow_up": {\n"reminders": ["P999999999D"],')
    with pytest.raises(Refused, match=r"practice.yaml: line \d+: follow_up.reminders.0: is too long"):
        read_practice(text, "practice.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("*80.00*", "*999999999999999.99*"),
        ("*20260504~", "*99991231~"),
        ("*20260504~", "*00010101~"),
    ],
)
def test_a_remittance_has_bounds(old: str, new: str) -> None:
    text = a_file(a_remittance(Claim(charge="80.00", paid="80.00")))
    assert read_835(text)
    with pytest.raises(RemittanceNotReadable):
        read_835(text.replace(old, new))


def test_a_claim_of_a_remittance_has_no_more_adjustments_than_a_claim_can_hold() -> None:
    many = [("CO", "45", "1.00")] * 501
    with pytest.raises(RemittanceNotReadable, match="500 adjustments of one claim at most"):
        read_835(a_file(a_remittance(Claim(charge="501.00", paid="0", adjusted=many))))


def test_what_was_stored_before_there_were_bounds_still_loads() -> None:
    practice = Practice.model_validate(
        a_practice().model_dump(mode="json") | {"follow_up": {"reminders": ["P999999999D"], "undo_for": "P400D"}}
    )
    state = new_state("plan-1", a_plan(), practice, START)
    booked = EVENT.validate_python(BOOKED | {"starts_at": "9999-12-31T23:59:59Z"})
    stored = PlanInput.model_validate({"state": state.model_dump(mode="json"), "inbox": [booked.model_dump()]})
    again = PlanInput.model_validate_json(stored.model_dump_json())
    assert again.state.practice.follow_up.reminders == [timedelta(days=999999999)]


class Anything(BaseModel):
    """Fields of every kind, none of which says what its bounds are."""

    at: datetime | None = None
    on: date | None = None
    lasts: timedelta | None = None
    count: int | None = None
    share: float | None = None
    amount: Decimal | None = None
    text: str | None = None
    many: list[int] = []
    named: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"at": "2100-01-01T00:00:00Z"}, "lies outside the years 2000 to 2099; write a time in them"),
        ({"on": "1999-12-31"}, "lies outside the years 2000 to 2099; write a day in them"),
        ({"lasts": "-P1D"}, "is negative; write a duration such as P1D"),
        ({"lasts": "P1831D"}, "is too long; write P1830D or less"),
        ({"count": 1_000_001}, "is out of bounds; write a number up to 1000000"),
        ({"share": float("inf")}, "is out of bounds; write a number up to 1000000"),
        ({"share": float("nan")}, "is out of bounds; write a number up to 1000000"),
        ({"amount": "0.001"}, "has more than two decimals; write at most two"),
        ({"text": "x" * 4001}, "is too long; write at most 4000 characters"),
        ({"text": "half \ud800"}, "holds a character that isn't text; remove it"),
        ({"text": "nothing \0"}, "holds a character that isn't text; remove it"),
        ({"named": {"\ud800": 1}}, "holds a character that isn't text; remove it"),
        ({"many": [1] * 501}, "has too many entries; write at most 500"),
        ({"named": {"inside": {"at": [10**9]}}}, "is out of bounds; write a number up to 1000000"),
    ],
)
def test_a_field_that_says_nothing_has_the_usual_bounds(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as found:
        bounded(Anything.model_validate(given))
    assert [item["msg"] for item in found.value.errors()] == [said]


def test_what_lies_on_the_bounds_is_taken() -> None:
    given = {
        "at": "2099-12-31T23:59:59Z",
        "on": "2000-01-01",
        "lasts": "P1830D",
        "count": -1_000_000,
        "share": 1e6,
        "amount": "10000000.00",
        "text": "x" * 4000,
        "many": [1] * 500,
    }
    assert bounded(Anything.model_validate(given))


def test_a_state_of_today_lies_within_what_can_be_stored() -> None:
    assert PlanState.model_validate_json(a_state().model_dump_json())


def test_a_plan_holds_so_many_visits_and_not_one_more() -> None:
    state = a_state()
    event = parse_outside_event(BOOKED | {"appointment_id": "one-more"})
    for number in range(MOST_BOOKED):
        state.appointments[f"v{number}"] = Appointment(
            appointment_id=f"v{number}", starts_at=START, booked_at=START, as_of=START
        )
    with pytest.raises(EventRefused, match="the plan has 200 visits booked"):
        check_event(state, event, START)
    del state.appointments["v0"]
    check_event(state, event, START)
