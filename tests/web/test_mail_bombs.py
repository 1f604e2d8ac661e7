"""Mails that are made to cost much: each is answered at once, cut or given up within its limits, and never dropped."""

from pathlib import Path

import pytest

from bench.bomb_mails import FORM, MAILS, form
from tests.web.test_web_sendgrid import SENDGRID, stamped
from tests.web.web_builders import House, a_house
from web.mail_process import CannotRead, MailReader, ReaderDied

READ_TO_THE_END = {
    "style sheets": "hi",
    "10 kB of zero-width spaces": "\u200b" * 3300,
    "10 kB of reactions": "Liked “" * 1100,
    "a calendar of parameters": "",
}
"""These are small enough to be read whole, with what is read of them."""


async def posted(house: House, mail: bytes, to: str = "care@in.example.com") -> None:
    body = form(mail, to)
    headers = stamped(body) | {"Content-Type": FORM}
    answer = await house.browser.post("/webhooks/sendgrid/inbound", content=body, headers=headers)
    assert answer.status_code == 204


@pytest.mark.parametrize("name", MAILS)
async def test_a_bomb_is_read_or_is_on_the_desk_as_it_came(tmp_path: Path, name: str) -> None:
    mail = MAILS[name]()
    async with a_house(tmp_path, empty=True, **SENDGRID) as house:
        await posted(house, mail)
        assert house.records.raw_mails_to_read_count() == 0
        tasks = [view.task for view in house.records.desk_tasks()]
        if name in READ_TO_THE_END:
            assert tasks == []
            assert [reply[3] for reply in house.intake.replies] == [READ_TO_THE_END[name]]
            return
        if name == "a report of 100,000 recipients":
            assert tasks[0].text.startswith("A mail came back undelivered.")
            return
        kept = [task for task in tasks if task.raw_mail]
        assert len(kept) == 1
        assert all(len(reply[3]) <= 10_000 for reply in house.intake.replies)
        await house.log_in()
        page = await house.browser.get(f"/mails/{kept[0].raw_mail}")
        assert page.status_code == 200
        whole = await house.browser.get(f"/mails/{kept[0].raw_mail}/whole")
        assert whole.content == form(mail)
        assert whole.headers["content-disposition"].startswith("attachment")
        assert f"/mails/{kept[0].raw_mail}" in (await house.browser.get("/")).text


def test_what_costs_too_much_is_ended_by_the_system_and_the_next_mail_is_read() -> None:
    reader = MailReader(cpu_seconds=0.1)
    bomb, mail = form(MAILS["60 calendars"]()), form(b"From: tina@example.com\r\n\r\nSTOP")
    try:
        with pytest.raises(CannotRead) as given_up:
            reader.read(FORM, len(bomb), [bomb])
        assert given_up.value.costly
        assert given_up.value.glance.begins.startswith("From: Tina")
        assert reader.read(FORM, len(mail), [mail]).text == "STOP"
    finally:
        reader.close()


def test_who_takes_too_long_by_the_clock_is_ended_too() -> None:
    reader = MailReader(within_seconds=0)
    mail = form(b"From: tina@example.com\r\n\r\nSTOP")
    try:
        with pytest.raises(ReaderDied):
            reader.read(FORM, len(mail), [mail])
        assert reader.pid is None
    finally:
        reader.close()


async def test_an_opt_out_after_a_large_photo_is_heard(tmp_path: Path) -> None:
    photo = b"--q\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD\r\n" * 1_000_000
    mail = (
        b"From: tina@example.com\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
        + photo
        + b"\r\n--q\r\nContent-Type: text/plain\r\n\r\nPlease STOP\r\n--q--\r\n"
    )
    async with a_house(tmp_path, **SENDGRID) as house:
        await posted(house, mail)
        assert [reply[3] for reply in house.intake.replies] == ["Please STOP"]
        assert house.records.desk_tasks() == []


async def test_a_mail_that_can_not_be_read_is_with_the_plan_of_its_conversation(tmp_path: Path) -> None:
    async with a_house(tmp_path, **SENDGRID) as house:
        token = house.records.conversation_of_plan("tina", house.records.now())
        await posted(house, MAILS["From of open brackets"](), f"r+{token}@in.example.com")
        (view,) = house.records.desk_tasks()
        assert view.task.plan_id == "tina"
        kept = house.records.raw_mail(view.task.raw_mail)
        assert kept is not None
        assert kept.plan_id == "tina"


async def test_a_header_that_was_cut_makes_nobody_trusted(tmp_path: Path) -> None:
    mail = b"From: tina@example.com," + b" " * 3000 + b"eve@evil.example\r\n\r\nYes"
    async with a_house(tmp_path, **SENDGRID) as house:
        await posted(house, mail)
        assert [how["trusted"] for how in house.intake.how] == [False]
        assert len(house.records.desk_tasks()) == 1
