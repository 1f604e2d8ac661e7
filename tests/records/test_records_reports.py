"""Who hears that a message was given up after the provider took it: its claim, its question, or its plan."""

from claims_builder import a_claim
from records_builder import NOON, a_message, enrolled, minutes, sent

from domain.events import DeliveryFailed
from domain.names import escalation_touchpoint
from records.database import Records

GONE = "could not be reached"


def given_up(records: Records, key: str, touchpoint: str, plan_id: str = "tina-1") -> DeliveryFailed | None:
    """What the plan's events say of a message of this key that failed, reported twice."""
    message_id = sent(records, a_message(key, touchpoint_key=touchpoint, plan_id=plan_id), NOON)
    reported = records.take_report(message_id, "undelivered", NOON + minutes(1), GONE)
    assert reported.moved
    assert not records.take_report(message_id, "undelivered", NOON + minutes(2), GONE).moved
    event = reported.event.event if reported.event else None
    assert event is None or isinstance(event, DeliveryFailed)
    return event


def test_a_plans_own_message_is_told_to_the_plan(records: Records) -> None:
    enrolled(records)
    event = given_up(records, "tina-1:welcome:sms", "welcome")
    assert event is not None
    assert event.escalation_id == ""


def test_a_word_about_a_question_names_the_question(records: Records) -> None:
    enrolled(records)
    event = given_up(records, "e1:0", escalation_touchpoint("e1", 0))
    assert event is not None
    assert event.escalation_id == "e1"


def test_a_claims_message_is_told_to_the_claim_once_and_not_to_the_plan(records: Records) -> None:
    enrolled(records)
    records.add_claim(a_claim(), NOON)
    assert given_up(records, "claim:tina-1-1:nudge:ack:1:sms", "nudge:ack:1") is None
    (waiting,) = records.claim_events_to_hand_over(NOON + minutes(9))
    assert isinstance(waiting.event, DeliveryFailed)
    assert (waiting.claim_id, waiting.event.cause) == ("tina-1-1", GONE)
    assert records.events_to_hand_over(NOON + minutes(9)) == []


def test_a_plan_that_is_called_claim_hears_of_its_own_messages(records: Records) -> None:
    enrolled(records, "claim")
    event = given_up(records, "claim:reminder:v1:sms", "reminder:v1", "claim")
    assert event is not None
