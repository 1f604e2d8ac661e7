"""A plan of older code may hold a date or an amount beyond all reckoning: its judgements go on all the same."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.acceptance import check_event
from domain.actions import AddDeskTask, OpenEscalation, SendMessage
from domain.adjustments import Adjustment
from domain.claim import Payment
from domain.claim_acceptance import check_claim_event
from domain.claim_events import CLAIM_EVENT
from domain.clamping import MOST, clamped
from domain.decide import decide
from domain.decide_claim import decide_claim
from domain.errors import EventRefused
from domain.escalation import notice
from domain.events import EVENT, ClientReplied, Event
from domain.state import Appointment, PlanState
from domain.wall_clock import shift
from domain.workflow_inputs import Fresh
from tests.domain.claim_builder import OPENED, a_claim, at
from tests.domain.plan_builder import DAY, START, a_practice, a_state

LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)
FIRST = datetime.min.replace(tzinfo=UTC)
CHEST_PAIN = ClientReplied(
    event_id="r-1", occurred_at=START, channel="sms", text="I have chest pain and I can not breathe"
)


def a_booking(starts_at: datetime, event_id: str = "b-1") -> Event:
    return EVENT.validate_python(
        {
            "type": "appointment_booked",
            "event_id": event_id,
            "occurred_at": START,
            "appointment_id": "v1",
            "starts_at": starts_at,
        }
    )


def is_answered(state: PlanState, fresh: list[Fresh]) -> list[Any]:
    """The actions, among which are the emergency's fixed answer and the page."""
    actions = decide(state, fresh, START).actions
    assert any(isinstance(action, SendMessage) and action.safety for action in actions)
    assert any(isinstance(action, OpenEscalation) and action.escalation.urgent for action in actions)
    return actions


def told(actions: list[Any]) -> list[str]:
    return [action.text for action in actions if isinstance(action, AddDeskTask) and "can't be true" in action.text]


@pytest.mark.parametrize("starts_at", [FIRST, LAST])
def test_an_emergency_behind_a_visit_of_no_date_is_answered_and_the_desk_is_asked(starts_at: datetime) -> None:
    actions = is_answered(a_state(), [a_booking(starts_at), CHEST_PAIN])
    assert told(actions) == [
        "A date or length on this plan can't be true (starts_at), and nothing follows from it. Report it anew."
    ]


@pytest.mark.parametrize("starts_at", [FIRST, LAST])
def test_a_visit_of_no_date_that_is_in_the_state_already_does_not_stop_the_plan(starts_at: datetime) -> None:
    state = a_state()
    state.appointments["v1"] = Appointment(appointment_id="v1", starts_at=starts_at, booked_at=START, as_of=START)
    assert len(told(is_answered(state, [CHEST_PAIN]))) == 1
    assert told(list(decide(decide(state, [], START).state, [], START + DAY).actions)) == []  # told once


def test_a_reminder_before_all_calendars_does_not_stop_the_plan() -> None:
    state = a_state(practice=a_practice(reminders=["P999999999D"]))
    assert len(told(is_answered(state, [a_booking(START + DAY), CHEST_PAIN]))) == 1


def test_a_spacing_without_end_does_not_stop_the_plan() -> None:
    changed = EVENT.validate_python(
        {"type": "plan_changed", "event_id": "c", "occurred_at": START, "changes": {"spacing": "P999999999D"}}
    )
    assert len(told(is_answered(a_state(), [changed, CHEST_PAIN]))) == 1


@pytest.mark.parametrize("paid", ["1e5000000", "1e400", "NaN", "Infinity"])
def test_an_amount_beyond_reckoning_is_left_to_a_person_and_the_claim_goes_on(paid: str) -> None:
    event = CLAIM_EVENT.validate_python(
        {"type": "payment_reversed", "event_id": "p", "occurred_at": at("2026-03-20"), "amount": "80"}
    ).model_copy(update={"amount": Decimal(paid)})
    decided = decide_claim(a_claim(), [event], at("2026-03-20"))
    assert told(list(decided.actions)) == [
        "A date or amount of this claim can't be true (amount), and nothing follows from it. Report it anew."
    ]
    assert decided.state.payments == []


def test_a_payment_beyond_reckoning_that_is_in_the_books_does_not_stop_the_claim() -> None:
    state = a_claim()
    adjusted = [Adjustment("CO", "45", Decimal("-1e5000000"))]
    state.payments.append(Payment(on=OPENED.date(), paid=Decimal("1e5000000"), adjustments=adjusted))
    assert len(told(list(decide_claim(state, [], OPENED).actions))) == 1


def test_what_is_within_reckoning_is_not_even_copied() -> None:
    state, claim = a_state(), a_claim()
    assert clamped(state) is state
    assert clamped(claim) is claim


def test_a_payment_keeps_its_form_when_it_is_brought_nearer() -> None:
    assert clamped([Adjustment("CO", "45", Decimal("-1e5000000"))]) == [Adjustment("CO", "45", -MOST)]


def test_events_beyond_reckoning_that_were_stored_are_refused_when_they_are_handed_over() -> None:
    with pytest.raises(EventRefused, match="starts_at can't be true"):
        check_event(a_state(), a_booking(LAST), START)
    body = {"type": "claim_paid", "event_id": "p", "occurred_at": at("2026-03-20"), "paid": "1e5000000"}
    paid = CLAIM_EVENT.validate_python(body)
    with pytest.raises(EventRefused, match="paid can't be true"):
        check_claim_event(a_claim(), paid, at("2026-03-20"))


@pytest.mark.parametrize(("when", "by"), [(LAST, DAY), (FIRST, -DAY), (START, timedelta.max), (START, timedelta.min)])
def test_a_shift_beyond_the_calendar_ends_at_its_last_or_first_moment(when: datetime, by: timedelta) -> None:
    assert (shift(when, by, "America/Los_Angeles") > START) is (by > timedelta(0))


def test_a_question_whose_pace_is_nothing_is_told_every_minute_and_not_without_end_at_once() -> None:
    state = a_state(practice=a_practice(red_flag_reminder_after=timedelta(0)))
    opened = next(a for a in is_answered(state, [CHEST_PAIN]) if isinstance(a, OpenEscalation))
    due = [notice(opened.escalation, nth).due_at for nth in range(4)]
    assert due == [START + timedelta(minutes=minutes) for minutes in (0, 1, 1, 2)]
