"""Replies on their way in: once per message, opt-outs in their order, emergencies of former clients."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from activities.start import WorkflowStarter
from domain.workflow_inputs import EscalationInput
from records.database import Records
from records.keyring import KeyRing
from tests.domain.plan_builder import START, a_plan, a_practice, a_state
from web.reply_intake import ReplyIntake

MINUTE = timedelta(minutes=1)
PHONE = "+12065550101"


class FakeStarter:
    def __init__(self) -> None:
        self.asked: list[EscalationInput] = []

    async def start_escalation(self, start: EscalationInput) -> None:
        self.asked.append(start)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(f"sqlite:///{tmp_path / 'records.db'}", KeyRing.generate())
    opened.migrate()
    yield opened
    opened.close()


def an_intake(records: Records) -> tuple[ReplyIntake, FakeStarter]:
    starter = FakeStarter()
    return ReplyIntake(records, cast(WorkflowStarter, starter), a_practice()), starter


async def test_the_same_message_twice_is_one_event(records: Records) -> None:
    records.add_plan(a_state(), START)
    intake, _ = an_intake(records)
    (first,) = await intake.store("SM1", "sms", PHONE, "C", START)
    (again,) = await intake.store("SM1", "sms", PHONE, "C", START + MINUTE)
    assert (first.new, again.new) == (True, False)
    assert again.event.event_id == first.event.event_id


async def test_a_repeated_start_does_not_undo_the_stop_that_followed_it(records: Records) -> None:
    records.add_plan(a_state(), START)
    intake, _ = an_intake(records)
    await intake.store("SM1", "sms", PHONE, "START", START)
    await intake.store("SM2", "sms", PHONE, "STOP", START + MINUTE)
    await intake.store("SM1", "sms", PHONE, "START", START + 2 * MINUTE)
    assert records.is_suppressed("sms", PHONE)


async def test_a_repeated_stop_does_not_undo_the_start_that_followed_it(records: Records) -> None:
    records.add_plan(a_state(), START)
    intake, _ = an_intake(records)
    await intake.store("SM1", "sms", PHONE, "stop texting me", START)
    await intake.store("SM2", "sms", PHONE, "START", START + MINUTE)
    await intake.store("SM1", "sms", PHONE, "stop texting me", START + 2 * MINUTE)
    assert not records.is_suppressed("sms", PHONE)


async def test_a_stop_reaches_every_plan_of_the_number(records: Records) -> None:
    records.add_plan(a_state(), START)
    records.add_plan(a_state().model_copy(update={"plan_id": "plan-2"}), START)
    intake, _ = an_intake(records)
    kept = await intake.store("SM1", "sms", PHONE, "STOP please", START)
    assert {stored.plan_id for stored in kept} == {"plan-1", "plan-2"}


async def test_an_answer_goes_to_one_plan_only(records: Records) -> None:
    records.add_plan(a_state(), START)
    records.add_plan(a_state().model_copy(update={"plan_id": "plan-2"}), START)
    intake, _ = an_intake(records)
    assert len(await intake.store("SM1", "sms", PHONE, "C", START)) == 1


async def test_a_stranger_is_read_by_the_desk_and_pages_nobody(records: Records) -> None:
    intake, starter = an_intake(records)
    assert await intake.store("SM1", "sms", "+12065550199", "I have chest pain", START) == []
    (task,) = records.desk_tasks()
    assert "emergency" in task.task.text
    assert starter.asked == []


async def test_an_emergency_of_a_client_whose_plan_has_ended_pages_the_therapist_once(records: Records) -> None:
    state = a_state(a_plan())
    records.add_plan(state, START)
    state.ended, state.revision = True, 1
    records.save_view(state, None)
    intake, starter = an_intake(records)
    await intake.store("SM1", "sms", PHONE, "I have chest pain and can't breathe", START)
    await intake.store("SM1", "sms", PHONE, "I have chest pain and can't breathe", START + MINUTE)
    assert {asked.escalation.escalation_id for asked in starter.asked} == {starter.asked[0].escalation.escalation_id}
    page = starter.asked[0].escalation
    assert page.urgent
    assert page.responsible.name == "Maya"
    assert len(records.escalations()) == 1
