"""The poll for texts that never reached us, and delivery reports: stored first, handed over after the answer."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from temporalio.client import Client

from activities.start import WorkflowStarter
from domain.actions import SendMessage
from domain.events import DeliveryFailed, PlanEnded, PlanResumed
from providers.base import DeliveryError, Inbound
from records.database import Records
from records.keyring import KeyRing
from tests.domain.plan_builder import START, a_practice, a_state
from tests.web.reply_house import MINUTE, PHONE, FakeStarter
from tests.web.web_builders import open_records
from web.intake import Intake

HOUR = timedelta(hours=1)


class FakeTemporal:
    """Workflows that take every event, or a server that is away."""

    def __init__(self) -> None:
        self.took: list[Any] = []

    def get_workflow_handle(self, workflow_id: str) -> "FakeTemporal":
        return self

    async def execute_update(self, name: str, event: Any, **_: Any) -> str:
        self.took.append(event)
        return "recorded"


class FakeVendor:
    """Keeps texts, and notes since when it was asked."""

    def __init__(self, *texts: Inbound) -> None:
        self.texts = list(texts)
        self.asked: list[datetime] = []
        self.away = False

    def received_since(self, since: datetime) -> list[Inbound]:
        self.asked.append(since)
        if self.away:
            raise DeliveryError.of("no_answer")
        return self.texts


class House:
    def __init__(self, records: Records) -> None:
        self.records = records
        self.temporal = FakeTemporal()
        self.now = START
        starter = cast(WorkflowStarter, FakeStarter())
        self.intake = Intake(records, cast(Client, self.temporal), starter, a_practice(), self._clock)

    async def _clock(self) -> datetime:
        return self.now


@asynccontextmanager
async def a_house(folder: Path) -> AsyncGenerator[House]:
    records = open_records(folder, KeyRing.generate())
    assert records.add_plan(a_state(), START)
    records.plan_started("plan-1", START)
    try:
        yield House(records)
    finally:
        records.close()


def texts_taken(house: House) -> list[str]:
    return [event.text for event in house.temporal.took]


async def test_a_text_that_never_reached_us_is_found_by_the_poll_once(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        await house.intake.take_reply("SM1", "sms", PHONE, "running 5 late")
        vendor = FakeVendor(Inbound("SM1", PHONE, "running 5 late", None), Inbound("SM2", PHONE, "here now", None))
        assert await house.intake.poll(vendor) == 1
        assert await house.intake.poll(vendor) == 0
        assert texts_taken(house) == ["running 5 late", "here now"]


async def test_the_webhook_that_comes_after_the_poll_changes_nothing(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        await house.intake.poll(FakeVendor(Inbound("SM1", PHONE, "STOP", None)))
        await house.intake.take_reply("SM1", "sms", PHONE, "STOP", carrier_answered=True, opt_out_type="STOP")
        assert texts_taken(house) == ["STOP"]
        assert house.temporal.took[0].carrier_answered


async def test_the_poll_looks_back_a_day_at_first_and_then_an_hour_before_the_last_one(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        vendor = FakeVendor()
        await house.intake.poll(vendor)
        house.now += 5 * MINUTE
        vendor.away = True
        with pytest.raises(DeliveryError):
            await house.intake.poll(vendor)
        house.now += 5 * MINUTE
        vendor.away = False
        await house.intake.poll(vendor)
        assert vendor.asked == [START - 24 * HOUR, START - HOUR, START - HOUR]


async def test_after_a_poll_that_a_clock_ahead_has_dated_nobody_knows_when_it_was_and_a_day_is_read(
    tmp_path: Path,
) -> None:
    async with a_house(tmp_path) as house:
        vendor = FakeVendor()
        house.now += 30 * HOUR
        await house.intake.poll(vendor)
        house.now = START
        for _ in range(2):
            await house.intake.poll(vendor)
        assert vendor.asked == [START + 6 * HOUR, START - 24 * HOUR, START - HOUR]


async def test_a_start_that_the_poll_finds_late_does_not_undo_the_stop_after_it(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        house.now = START + HOUR
        await house.intake.take_reply("SM2", "sms", PHONE, "STOP")
        house.now += MINUTE
        await house.intake.poll(FakeVendor(Inbound("SM1", PHONE, "START", None, START)))
        assert house.records.is_suppressed("sms", PHONE)


@pytest.mark.parametrize(
    ("words", "answered"),
    [("STOP", True), (" cancel ", True), ("Unsubscribe", True), ("STOP please", False), ("HELP", False), ("C", False)],
)
async def test_a_bare_stop_word_is_confirmed_by_the_carrier_whoever_brings_it(
    tmp_path: Path, words: str, *, answered: bool
) -> None:
    async with a_house(tmp_path) as house:
        await house.intake.take_reply("SM1", "sms", PHONE, words)
        assert house.temporal.took[0].carrier_answered is answered


def a_sent_message(records: Records) -> str:
    message = SendMessage(
        message_key="m1",
        touchpoint_key="welcome",
        plan_id="plan-1",
        kind="welcome",
        audience="client",
        to="client",
        channel="sms",
        address=PHONE,
        language="en",
        time_zone="America/Los_Angeles",
        template="welcome",
        text="hello",
        because="the plan has started",
        category="visit",
        due_at=START,
        expires_at=START + HOUR,
    )
    row = records.intend(message, START)
    records.begin_send(row.message_id, START)
    records.settle_message(row.message_id, "accepted", START, provider_id="SM9")
    return row.message_id


async def test_a_failure_is_stored_with_its_event_before_any_workflow_is_woken(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        message_id = a_sent_message(house.records)
        reported = await house.intake.store_delivery(message_id, "undelivered", "could not be reached")
        assert reported.event is not None
        assert isinstance(reported.event.event, DeliveryFailed)
        assert house.temporal.took == []
        house.now += MINUTE
        await house.intake.sweep()  # the web process was killed before it handed the event over
        assert [event.message_key for event in house.temporal.took] == ["m1"]


async def test_reports_in_any_order_and_twice_move_a_message_only_forward(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        message_id = a_sent_message(house.records)
        told = [await house.intake.take_delivery(message_id, status, "") for status in ("delivered", "sent", "queued")]
        assert told == [True, False, False]
        failed = [await house.intake.take_delivery(message_id, "failed", "x") for _ in range(2)]
        assert failed == [True, False]
        assert len(house.temporal.took) == 1


async def test_a_report_on_a_message_that_we_do_not_know_changes_nothing(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        for status in ("delivered", "failed", "opened", ""):
            assert not await house.intake.take_delivery("nobody-knows", status, "opted out")
        assert house.temporal.took == []


async def test_a_report_that_the_client_opted_out_at_the_carrier_becomes_our_opt_out(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        message_id = a_sent_message(house.records)
        await house.intake.store_delivery(message_id, "failed", "opted out")
        assert house.records.is_suppressed("sms", PHONE)


async def test_such_a_report_repeated_does_not_undo_a_start(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        message_id = a_sent_message(house.records)
        await house.intake.store_delivery(message_id, "failed", "opted out")
        house.now += MINUTE
        await house.intake.take_reply("SM1", "sms", PHONE, "START")
        house.now += MINUTE
        await house.intake.store_delivery(message_id, "failed", "opted out")
        assert not house.records.is_suppressed("sms", PHONE)


async def test_who_has_died_has_no_plan_any_more_and_only_their_own_end(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        other = a_state().model_copy(update={"plan_id": "plan-2"})
        stranger = a_state().model_copy(update={"plan_id": "plan-3"})
        client = stranger.plan.client.model_copy(update={"name": "Ben Example"})
        stranger = stranger.model_copy(update={"plan": stranger.plan.model_copy(update={"client": client})})
        for state in (other, stranger):
            house.records.add_plan(state, START)
        ended = PlanEnded(event_id="end", occurred_at=START, reason="deceased")
        for _ in range(2):
            await house.intake.take_event("plan-1", ended)
        took = {plan_id: house.records.events_of_plan(plan_id) for plan_id in ("plan-1", "plan-2", "plan-3")}
        assert [len(events) for events in took.values()] == [1, 1, 0]
        assert isinstance(took["plan-2"][0].event, PlanEnded)
        assert took["plan-2"][0].event.why == "deceased"


async def test_who_lives_gets_back_every_plan_that_word_of_their_death_had_stopped(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house:
        stopped = {"paused": True, "death_reported": True}
        house.records.add_plan(a_state().model_copy(update={"plan_id": "plan-2", **stopped}), START)
        house.records.add_plan(a_state().model_copy(update={"plan_id": "plan-3", "paused": True}), START)
        for _ in range(2):
            await house.intake.take_event("plan-1", PlanResumed(event_id="go", occurred_at=START))
        took = {plan_id: house.records.events_of_plan(plan_id) for plan_id in ("plan-1", "plan-2", "plan-3")}
        assert [len(events) for events in took.values()] == [1, 1, 0]
        assert isinstance(took["plan-2"][0].event, PlanResumed)
        assert took["plan-2"][0].event.misunderstanding
