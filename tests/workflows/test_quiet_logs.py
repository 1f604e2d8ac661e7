"""What a client is called, where they are reached and what they write is never in a log line."""

import logging

import pytest

from domain.events import ClientReplied
from tests.domain.plan_builder import HOUR, a_client, a_plan, a_practice
from tests.workflows.stage import a_stage
from tests.workflows.test_cost import booked, completed

PHONE, NAME, MAIL = "+12065550101", "Quentin Zabriskie", "quentin.z@example.com"
WORDS = ("geese in the parking lot", "chest pain and no breath")


async def test_names_numbers_addresses_and_texts_stay_out_of_the_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "followthrough")
    caplog.set_level(logging.INFO, "temporalio")
    async with a_stage(a_practice(), channels=("email",)) as stage:  # texts have no sender: failures are logged too
        plan_id = await stage.enroll(a_plan(client=a_client(name=NAME, phone=PHONE, email=MAIL)))
        start = await stage.now()
        await stage.take(plan_id, booked(1, start + HOUR, start))
        await stage.until(start + 3 * HOUR)
        session = completed(1, start + 2 * HOUR)
        await stage.take(plan_id, session.model_copy(update={"measures": [], "note": WORDS[0]}))
        for number, words in enumerate(WORDS):
            reply = ClientReplied(event_id=f"r{number}", occurred_at=await stage.now(), channel="sms", text=words)
            await stage.take(plan_id, reply)
        await stage.intake.take_reply("SM9", "sms", "+12065550199", WORDS[1])  # somebody we don't know
    said = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert caplog.records  # something was logged, so that this can fail
    for secret in (PHONE, PHONE[2:], NAME, "Zabriskie", MAIL, "+12065550199", *WORDS):
        assert secret not in said, secret
