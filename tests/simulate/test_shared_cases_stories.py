"""The stories of ../shared/cases/bugs, lived through: what their `right` says is checked, not how they went wrong.

Those that wait for a later issue are strict expected failures, each with a real check of its own.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.client import Client, normal_phone
from domain.events import OUTSIDE_EVENT, DeliveryFailed
from domain.plan_file import read_practice
from domain.wording import Wording
from programs.doors import EXAMPLES, load_plan
from programs.simulate import Story, simulate
from providers import twilio_webhooks
from tests.domain.plan_builder import HOUR, Played, a_state
from tests.simulate.lived import Lived
from tests.web.web_builders import NOON, a_house, a_message, sent

CASES = Path(__file__).parents[3] / "shared" / "cases" / "bugs"
LATER = "until what a client was told stays true"
later = pytest.mark.xfail(strict=True, reason=LATER)


def case(name: str) -> Path:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not on this machine")
    return path


def said(name: str) -> dict[str, Any]:
    return json.loads(case(name).read_text("utf-8"))


async def played(name: str) -> Lived:
    practice = read_practice((EXAMPLES / "practice.yaml").read_text("utf-8"), "practice.yaml")
    story: Story = await simulate(load_plan(case(name), practice), practice, Wording.load(), name)
    return Lived(story)


def texts(lived: Lived, **how: str) -> list[str]:
    return [text for _, text in lived.sent(**how)]


async def test_a_plan_that_ends_because_the_client_died_says_nothing() -> None:
    lived = await played("sim-death-end.yaml")
    assert lived.story.status == "ended"
    assert [line["kind"] for line in lived.lines if line["direction"] == "out"] == ["welcome", "screening"]


async def test_after_word_of_a_death_a_person_is_told_at_once_and_nothing_more_goes_to_the_client() -> None:
    lived = await played("sim-death-reply.yaml")
    [came] = [number for number, line in enumerate(lived.lines) if line["direction"] == "in"]
    after = lived.lines[came:]
    assert [line for line in after if line["direction"] == "out" and line["to"] == "client"] == []
    [task] = [line for line in after if line["to"] == "front_desk"]
    assert "Tom passed away last Sunday." in task["text"]
    assert task["at"][:16] == lived.lines[came]["at"][:16]
    assert [line["kind"] for line in after if line["to"] == "therapist" and line["direction"] == "out"] == ["notice"]


async def test_a_fever_after_a_no_holds_the_visit_asks_the_therapist_and_nothing_reminds_of_it() -> None:
    lived = await played("sim-second-thought-fever.yaml")
    fever = next(number for number, line in enumerate(lived.lines) if "fever since" in line["text"])
    after = lived.lines[fever:]
    to_client = [line for line in after if line["direction"] == "out" and line["to"] == "client"]
    assert [line["kind"] for line in to_client] == ["screening"]
    assert "on hold until your therapist calls. No late fee." in to_client[0]["text"]
    assert lived.story.status == "active"
    asked = [line for line in after if line["to"] == "therapist"]
    assert asked[0]["kind"] == "escalation"
    assert "Actually I have a fever since this morning" in asked[0]["because"]


async def test_a_consent_taken_back_on_the_same_day_lets_no_text_out() -> None:
    lived = await played("sim-consent-same-day.yaml")
    assert [line for line in lived.lines if line["direction"] == "out" and line["channel"] == "sms"] == []


@later
async def test_one_visit_under_two_ids_is_reminded_of_and_screened_once() -> None:
    lived = await played("sim-booked-twice.yaml")
    reminders = texts(lived, kind="reminder")
    assert len(lived.times(kind="screening")) == 1
    assert len(lived.times(kind="reminder")) == len(set(reminders)) + 1  # a day and two hours before
    assert any(line["to"] == "front_desk" for line in lived.lines)


@later
async def test_no_reminder_says_as_you_confirmed_once_the_client_can_not_come() -> None:
    lived = await played("sim-cancel-after-confirm.yaml")
    assert not any("as you confirmed" in text for text in texts(lived))


@later
async def test_a_client_hears_at_once_that_the_practice_called_the_visit_off() -> None:
    lived = await played("sim-cancelled-by-practice.yaml")
    off = next(number for number, line in enumerate(lived.lines) if line["text"] == "A visit was cancelled.")
    assert any(line["to"] in ("client", "front_desk") for line in lived.lines[off + 1 : off + 4])


@later
async def test_a_visit_is_told_on_the_clock_of_the_practice() -> None:
    lived = await played("sim-zone-of-visit.yaml")
    assert texts(lived, kind="reminder")
    assert all("2:00 PM" in text for text in texts(lived, kind="reminder"))


@later
def test_the_contact_of_a_running_plan_can_be_changed_by_one_event() -> None:
    assert said("desk-changed-number.json")["kind"] == "contact facts frozen"
    body = {"event_id": "e", "occurred_at": "2026-03-02T09:00:00-08:00", "type": "contact_changed"}
    assert OUTSIDE_EVENT.validate_python(body | {"phone": "+12065550123"})


@later
async def test_a_settings_fault_told_by_callback_stops_the_sender(tmp_path: Path) -> None:
    assert said("live-30034-callback.json")["kind"] == "settings fault by callback"
    async with a_house(tmp_path) as house:
        message_id = sent(house.records, a_message("Hi Tina"))
        report = twilio_webhooks.parse_status({"MessageStatus": "undelivered", "ErrorCode": "30034"})
        house.records.take_report(message_id, "undelivered", NOON, report.cause)
        assert list(house.records.stopped_senders()) == ["sms"]


@later
def test_a_number_that_is_dead_is_not_written_to_again() -> None:
    assert said("live-dead-number-again.json")["kind"] == "dead address forgotten"
    report = twilio_webhooks.parse_status({"MessageStatus": "undelivered", "ErrorCode": "30006"})
    played = Played(a_state())
    key = played.sent[0][1].message_key
    played.take(DeliveryFailed(event_id="d", occurred_at=played.now, message_key=key, cause=report.cause))
    played.book("v1", played.now + 3 * HOUR).until(played.now + 4 * HOUR)
    assert [message.template for _, message in played.sent if message.audience == "client"] == ["welcome"]
    assert len([task for task in played.tasks if task.kind == "undeliverable"]) == 1


@later
def test_a_picture_without_words_is_kept_with_its_count_and_kind() -> None:
    inbound = twilio_webhooks.parse_inbound(said("live-picture-only.json")["form"])
    assert "image/jpeg" in f"{inbound}"


@later
def test_a_name_written_last_name_first_is_greeted_by_the_first_name() -> None:
    name = said("name-last-first.json")["client_name"]
    client = Client.model_validate({"name": name, "phone": "+12065550101", "time_zone": "America/Los_Angeles"})
    assert client.first_name == "John"


@later
@pytest.mark.parametrize("number", ["555-0101", "555 0199"])
def test_a_number_without_its_area_code_is_refused(number: str) -> None:
    assert number in said("phone-seven-digits.json")["inputs"]
    with pytest.raises(ValueError, match="area code"):
        normal_phone(number)
