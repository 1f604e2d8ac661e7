"""The desk notes that a client wants no more messages: from the plan's page, or by another program."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from domain.staff_events import ConsentWithdrawn
from providers.base import Inbound
from tests.activities.sending import Carrier, a_message, ask
from tests.domain.plan_builder import START
from tests.today import this_moment
from tests.web.reply_house import PHONE
from tests.web.staff_builder import a_browser, add, text_of
from tests.web.test_intake import HOUR, FakeVendor
from tests.web.test_intake import a_house as an_intake
from tests.web.test_web_plan_pages import ONCE, send, the_event
from tests.web.web_builders import NOON, TOKEN, a_house, a_state

FORM = {"channel": "sms", "how": "spoken", "said": "No more texts, please"}


@pytest.mark.parametrize("role", ["front_desk", "therapist", "owner"])
async def test_whoever_speaks_to_clients_notes_what_they_said(tmp_path: Path, role: str):
    async with a_house(tmp_path) as house, a_browser(house, add(house, role)) as browser:  # pyright: ignore[reportArgumentType]
        for page in ("/plans/tina", "/plans/tina/conversation"):
            assert 'href="/plans/tina/opt-out"' in await text_of(browser, page)
        assert "no more messages at all" in await text_of(browser, "/plans/tina/opt-out")
        answer = await send(browser, "/plans/tina/opt-out", **FORM)
        assert answer.headers["location"] == "/plans/tina?told=opted_out"
        event = the_event(house)
        assert isinstance(event, ConsentWithdrawn)
        assert (event.channel, event.how, event.said) == ("sms", "spoken", "No more texts, please")
        assert (event.by, event.event_id) == ("Dana Quill", ONCE)
        assert "Nothing of the kind goes out any more" in await text_of(browser, answer.headers["location"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"channel": "fax"}, "Choose what they want no more of."),
        ({"how": ""}, "Choose how you know."),
        ({"said": "x" * 301}, "Write at most 300 characters."),
        ({"event_id": "mine"}, "This form is out of date."),
    ],
)
async def test_a_mistake_in_the_form_is_said_and_nothing_is_noted(tmp_path: Path, wrong: dict[str, str], said: str):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, "/plans/tina/opt-out", **(FORM | wrong))
        assert answer.status_code == 422
        assert said in unescape(answer.text)
        assert house.intake.events == []


async def test_a_form_without_our_token_notes_nothing(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await browser.post("/plans/tina/opt-out", data={**FORM, "event_id": ONCE})
        assert answer.status_code == 403
        assert house.intake.events == []


async def test_the_page_says_which_channel_is_left_and_offers_nothing_where_none_is(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        for plan_id, out in (("some", ["email"]), ("all", ["sms", "email"])):
            state = a_state(opted_out=out).model_copy(update={"plan_id": plan_id})
            house.records.add_plan(state, NOON)
        page = await text_of(browser, "/plans/some")
        assert "This client asked for no more emails." in page
        assert "/plans/some/opt-out" in page
        page = await text_of(browser, "/plans/all")
        assert "This client asked for no more messages." in page
        assert "/plans/all/opt-out" not in page


async def test_another_program_notes_it_at_the_door_for_events(tmp_path: Path):
    async with a_house(tmp_path) as house:
        body = {"type": "consent_withdrawn", "event_id": "e1", "occurred_at": NOON.isoformat(), "by": "Robin"}
        answer = await house.browser.post(
            "/api/plans/tina/events", json=body, headers={"Authorization": f"Bearer {TOKEN}"}
        )
        assert answer.status_code == 200
        assert the_event(house).channel == "all"


def noted(**other: str) -> ConsentWithdrawn:
    return ConsentWithdrawn.model_validate({"event_id": "w1", "occurred_at": START, "by": "Robin", **other})


async def test_it_is_in_force_before_the_plan_has_heard_of_it_and_counts_once(tmp_path: Path):
    async with an_intake(tmp_path) as house:
        taken = await house.intake.take_event("plan-1", noted())
        assert (taken.outcome, house.records.is_suppressed("sms", PHONE)) == ("recorded", True)
        assert [event.type for event in house.temporal.took] == ["consent_withdrawn"]
        assert (await house.intake.take_event("plan-1", noted())).outcome == "duplicate"
        assert len(house.temporal.took) == 1


async def test_a_stop_that_reached_only_the_vendor_while_we_were_down_counts_before_anything_is_sent(tmp_path: Path):
    async with an_intake(tmp_path) as house:
        house.now = START + HOUR
        stop = Inbound("SM1", PHONE, "STOP", "STOP", START + timedelta(minutes=30))
        assert await house.intake.poll(FakeVendor(stop), hand_over=False) == 1
        assert house.temporal.took == [], "no worker runs yet"
        carrier = Carrier()
        message = a_message(plan_id="plan-1", address=PHONE, due_at=START, expires_at=START + 4 * HOUR)
        assert (ask(house.records, carrier, message, house.now).because, carrier.handed) == ("opted out", [])
        house.now += timedelta(seconds=30)
        await house.intake.sweep()
        assert [event.type for event in house.temporal.took] == ["client_replied"]


async def test_a_poll_looks_back_to_the_last_one_of_any_process_however_long_we_were_down(tmp_path: Path):
    async with an_intake(tmp_path) as house:
        vendor = FakeVendor()
        house.records.note_poll("FakeVendor", START - timedelta(days=4), well=True)
        await house.intake.poll(vendor)
        house.records.note_poll("FakeVendor", START + timedelta(days=300), well=True)  # a clock was ahead
        await house.intake.poll(vendor)
        assert vendor.asked == [START - timedelta(days=4) - HOUR, START - timedelta(days=1)]


async def test_health_says_that_the_provider_cant_be_asked_and_what_was_under_way(tmp_path: Path):
    live: dict[str, Any] = {
        "messaging": "live",
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": "t" * 32,
        "twilio_from_number": "+12065550199",
        "public_url": "https://followthrough.example",
    }
    async with a_house(tmp_path, **live) as house, a_browser(house, add(house, "owner")) as browser:
        assert "The provider was never asked for any" in await text_of(browser, "/health")
        now = this_moment()
        house.records.note_poll("TwilioSms", now, well=True)
        assert "The provider is asked for them every minute" in await text_of(browser, "/health")
        house.records.note_poll("TwilioSms", now, well=False)
        assert "The provider could not be asked since" in await text_of(browser, "/health")
        row = house.records.intend(a_message(plan_id="tina", address=PHONE), now)
        house.records.begin_send(row.message_id, now)
        house.records.suppress("sms", PHONE, now, "STOP", "")
        house.records.settle_message(row.message_id, "accepted", now, provider_id="SM1")
        page = await text_of(browser, "/health")
        assert "Messages that were on their way when the client said stop, since yesterday: 1" in page
