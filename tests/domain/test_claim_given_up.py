"""A word about a claim that the provider takes and gives up later: another way, once, as long as it is of use."""

from typing import Any

import pytest

from domain.actions import SendMessage
from domain.claim_acceptance import check_claim_event
from domain.events import DeliveryFailed
from tests.domain.claim_builder import PlayedClaim, a_claim, a_claim_practice

KEY = "nudge:ack:1:2026-03-06"
MESSAGE = f"claim:plan-1-1:{KEY}"
BOTH = {"name": "Bo", "phone": "+12065550121", "email": "bo@example.com"}
ONLY_A_PHONE = {"name": "Bo", "phone": "+12065550121"}


def nudged(biller: dict[str, Any] = BOTH) -> PlayedClaim:
    """A claim whose biller was nudged by text."""
    practice = a_claim_practice()
    practice = practice.model_validate(practice.model_dump() | {"biller": biller})
    return PlayedClaim(a_claim(practice=practice)).hear("claim_submitted", "2026-03-03").until("2026-03-06")


def given_up(played: PlayedClaim, channel: str, cause: str = "could not be reached") -> PlayedClaim:
    key = f"{MESSAGE}:{channel}"
    failed = DeliveryFailed(event_id=f"delivery-{channel}", occurred_at=played.now, message_key=key, cause=cause)
    check_claim_event(played.state, failed, played.now)
    return played.hear_of(failed)


def ways(played: PlayedClaim) -> list[str]:
    return [message.channel for _, message in played.sent if message.touchpoint_key == KEY]


def test_a_nudge_that_is_given_up_after_it_was_taken_goes_by_mail() -> None:
    played = given_up(nudged(), "sms")
    assert ways(played) == ["sms", "email"]
    assert played.story("notice")[-1] == "Not delivered (claim nudge): tried by email. could not be reached"


def test_the_same_report_again_changes_nothing() -> None:
    played = given_up(given_up(nudged(), "sms"), "sms")
    assert ways(played) == ["sms", "email"]
    assert played.tasks == []


def test_when_both_ways_fail_the_desk_has_a_task() -> None:
    played = given_up(given_up(nudged(), "sms"), "email", "the number or address does not work")
    assert ways(played) == ["sms", "email"]
    text = "A message did not reach the biller (claim nudge): the number or address does not work"
    assert [task.text for task in played.tasks] == [text]
    assert [task.text for task in given_up(played, "email").tasks] == [text]


def test_a_biller_with_only_a_phone_is_told_of_by_the_desk() -> None:
    played = given_up(nudged(ONLY_A_PHONE), "sms")
    assert ways(played) == ["sms"]
    assert [task.text for task in played.tasks] == [
        "A message did not reach the biller (claim nudge): could not be reached"
    ]


def test_a_nudge_that_was_answered_meanwhile_needs_no_other_way() -> None:
    played = nudged()
    answer = {"nudge": KEY.removeprefix("nudge:"), "answer": "done", "by": "Bo"}
    played = given_up(played.hear("nudge_answered", "2026-03-06", **answer), "sms")
    assert ways(played) == ["sms"]
    assert played.tasks == []


def test_a_report_about_another_message_is_left_alone() -> None:
    played = nudged()
    failed = DeliveryFailed(event_id="d", occurred_at=played.now, message_key="plan-1:welcome:sms", cause="x")
    assert ways(played.hear_of(failed)) == ["sms"]
    assert played.tasks == []


def test_a_deadlines_alert_goes_by_mail_too() -> None:
    practice = a_claim_practice()
    practice = practice.model_validate(practice.model_dump() | {"biller": BOTH})
    played = PlayedClaim(a_claim(practice=practice)).until("2026-03-20")
    sent: list[SendMessage] = []
    while not sent:
        assert played.wake_at is not None
        played.until(played.wake_at)
        sent = [m for _, m in played.sent if m.kind == "deadline_alert" and m.audience == "biller"]
    failed = DeliveryFailed(event_id="d", occurred_at=played.now, message_key=sent[0].message_key, cause="x")
    played.hear_of(failed)
    again = [m.channel for _, m in played.sent if m.touchpoint_key == sent[0].touchpoint_key]
    assert again == ["sms", "email"]


@pytest.mark.parametrize(("cause", "expected"), [("opted out", ["sms"]), ("could not be reached", ["sms", "email"])])
def test_a_client_who_told_the_carrier_to_stop_gets_no_mail_instead(cause: str, expected: list[str]) -> None:
    consents = [{"channel": channel, "date": "2026-01-01", "source": "form"} for channel in ("sms", "email")]
    client = {"email": "tina@example.com", "consents": consents}
    played = PlayedClaim(a_claim(client=client, filed_by="client")).until("2026-03-20")
    sent: list[SendMessage] = []
    while not sent:
        assert played.wake_at is not None
        played.until(played.wake_at)
        sent = [m for _, m in played.sent if m.audience == "client"]
    failed = DeliveryFailed(event_id="d", occurred_at=played.now, message_key=sent[0].message_key, cause=cause)
    played.hear_of(failed)
    assert [m.channel for _, m in played.sent if m.touchpoint_key == sent[0].touchpoint_key] == expected
