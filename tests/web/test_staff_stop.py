"""Somebody of the staff texts STOP to the practice's number: said at once, and words to them go round."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.client import Channel, Person
from domain.names import escalation_touchpoint
from tests.domain.reply_builder import a_text
from tests.web.staff_builder import text_of
from tests.web.test_accused import OTTO, TESS, Practice, a_practice_of_tess, lets_in_no_more
from tests.web.web_builders import NOON, a_message, a_practice, an_escalation, sent
from web.reply_intake import ReplyIntake
from web.staff_answers import StaffAnswers


async def stopped(practice: Practice, text: str = "STOP", provider_id: str = "SM7", at: datetime = NOON) -> None:
    """Tess, who was paged before, writes this to the practice's number."""
    sent(practice.records, a_message("someone needs you now", key=f"k-{provider_id}", to="therapist"))
    await practice.replies.store(a_text(text, provider_id, from_address=TESS, at=at), at)


async def test_it_is_an_urgent_task_and_a_red_line_on_health(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await stopped(practice)
        (view,) = practice.records.desk_tasks()
        assert view.task.kind == "staff_stopped"
        assert "can't be paged by text" in view.task.text
        await practice.house.log_in()
        assert "can't be paged by text" in await text_of(practice.house.browser, "/health")
        inbox = await text_of(practice.house.browser, "/")
        assert "can't be paged by text" in inbox
        assert "for the owner" in inbox
        assert 'class="urgent"' in inbox


async def test_a_page_then_goes_by_email_and_to_the_backup_person(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await stopped(practice)
        await practice.hears("I want to die")
        assert practice.phone.to(TESS) == []
        assert [address for address, _ in practice.mail.sent] == ["tess@example.com"]
        assert len(practice.phone.to(OTTO)) == 1


async def test_a_start_of_theirs_opens_the_way_again(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        await stopped(practice)
        await stopped(practice, "START", "SM8", NOON + timedelta(minutes=1))
        assert [view.task.kind for view in practice.records.desk_tasks()] == ["staff_stopped"], "nothing more to read"
        await practice.hears("I want to die")
        assert len(practice.phone.to(TESS)) == 1
        await practice.house.log_in()
        assert "can't be paged by text" not in await text_of(practice.house.browser, "/health")


@pytest.mark.parametrize("channel", ["sms"])
async def test_a_stop_of_somebody_unknown_is_no_word_about_the_staff(tmp_path: Path, channel: Channel):
    async with a_practice_of_tess(tmp_path) as practice:
        await practice.replies.store(a_text("STOP", "SM9", from_address="+12065550177", at=NOON, channel=channel), NOON)
        (view,) = practice.records.desk_tasks()
        assert view.task.kind == "reply"


async def test_a_number_from_who_is_let_in_no_more_answers_nothing_by_text(tmp_path: Path):
    async with a_practice_of_tess(tmp_path) as practice:
        tess = Person(name="Tess Quill", phone=TESS, email="tess@example.com")
        practice.records.add_escalation(an_escalation().model_copy(update={"responsible": tess}), NOON)
        word = a_message("decide", key="e1:0", to="therapist").model_copy(
            update={"touchpoint_key": escalation_touchpoint("e1", "0")}
        )
        sent(practice.records, word)
        decided: list[object] = []

        async def decide(escalation_id: str, body: object) -> object:
            decided.append(body)
            raise AssertionError

        lets_in_no_more(practice, "tess")
        staff = StaffAnswers(practice.records, practice, decide)  # type: ignore[arg-type]
        replies = ReplyIntake(practice.records, practice.starter, a_practice(), staff)  # type: ignore[arg-type]
        await replies.store(a_text("1", "SM5", from_address=TESS, at=NOON), NOON)
        assert decided == []
        assert [view.task.kind for view in practice.records.desk_tasks()] == ["reply"]
