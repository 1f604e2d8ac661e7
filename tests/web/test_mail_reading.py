"""Between "stored" and "read": a reader or a program that dies loses no mail, and nothing is tried for ever."""

import os
import signal
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path
from typing import cast

import pytest

from bench.bomb_mails import FORM, form
from tests.web.test_mail_bombs import posted
from tests.web.test_web_sendgrid import SENDGRID
from tests.web.web_builders import House, a_house, shared_reader
from web import mail_reading
from web.incoming_mail import Mail
from web.intake import Intake
from web.mail_process import MailReader, ReaderDied
from web.mail_reading import MOST_TRIES, MailReading, store_mail
from web.signed_body import Body

A_MAIL = b"From: tina@example.com\r\n\r\nSTOP"


class DyingReader(MailReader):
    """Dies before it says a word, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def read(self, content_type: str, size: int, parts: Iterable[bytes]) -> Mail:
        if self.times > 0:
            self.times -= 1
            raise ReaderDied("killed")
        return shared_reader().read(content_type, size, parts)


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[House]:
    monkeypatch.setattr(mail_reading, "READ_AFTER", mail_reading.READ_AFTER * 0)
    async with a_house(tmp_path, **SENDGRID) as opened:
        yield opened


def reading(house: House, reader: MailReader | None = None) -> MailReading:
    return MailReading(house.records, cast(Intake, house.intake), (reader or shared_reader(),))


async def stored(house: House, mail: bytes = A_MAIL) -> str:
    body = Body(b"")
    body.add(form(mail))
    return await store_mail(house.records, FORM, body)


async def test_a_mail_whose_program_died_before_reading_it_is_read_by_the_sweep(house: House) -> None:
    await stored(house)
    assert house.intake.replies == []
    await reading(house).sweep()
    assert [reply[3] for reply in house.intake.replies] == ["STOP"]
    assert house.records.raw_mails_to_read_count() == 0
    await reading(house).sweep()
    assert len(house.intake.replies) == 1


async def test_a_mail_counts_from_when_it_came_and_not_from_when_it_was_read(house: House) -> None:
    mail = house.records.raw_mail(await stored(house))
    assert mail is not None
    await reading(house).sweep()
    assert [how["at"] for how in house.intake.how] == [mail.received_at]


async def test_the_same_mail_posted_twice_is_stored_once(house: House) -> None:
    assert await stored(house) == await stored(house)
    await reading(house).sweep()
    assert len(house.intake.replies) == 1


async def test_a_reading_process_that_is_killed_is_replaced(house: House) -> None:
    reader = MailReader()
    try:
        assert reader.read(FORM, len(form(A_MAIL)), [form(A_MAIL)]).text == "STOP"
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        mail_id = await stored(house)
        await reading(house, reader).read_or_leave(mail_id)
        await reading(house, reader).sweep()  # where the one that died took it with it
        assert [reply[3] for reply in house.intake.replies] == ["STOP"]
    finally:
        reader.close()


async def test_a_mail_whose_reader_died_is_read_again(house: House) -> None:
    mail_id = await stored(house)
    mails = reading(house, DyingReader(1))
    await mails.read_or_leave(mail_id)
    assert house.intake.replies == []
    await mails.sweep()
    assert [reply[3] for reply in house.intake.replies] == ["STOP"]


async def test_a_mail_that_no_reader_survives_is_for_a_person(house: House) -> None:
    await stored(house)
    mails = reading(house, DyingReader(100))
    for _ in range(MOST_TRIES + 1):
        await mails.sweep()
    (view,) = house.records.desk_tasks()
    assert view.task.text.startswith("A mail came in that can't be read.")
    assert view.task.raw_mail
    assert house.records.raw_mails_to_read_count() == 0


async def test_a_fault_of_ours_leaves_the_mail_where_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_given: object, **_named: object) -> list[object]:
        raise RuntimeError("a bug")

    mail_id = await stored(house)
    with monkeypatch.context() as broken:
        broken.setattr(house.intake, "store_reply", fails)
        await reading(house).read_or_leave(mail_id)
    assert house.records.raw_mails_to_read_count() == 1
    house.records.give_back_reading(mail_id)  # what two minutes do
    await reading(house).sweep()
    assert [reply[3] for reply in house.intake.replies] == ["STOP"]


def test_the_reader_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_TOKEN", "a-secret-of-ours")
    reader = MailReader()
    try:
        reader.read(FORM, len(form(A_MAIL)), [form(A_MAIL)])
        assert b"a-secret-of-ours" not in Path(f"/proc/{reader.pid}/environ").read_bytes()
    finally:
        reader.close()


async def test_a_mail_is_answered_for_once_it_is_stored_and_before_it_is_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_mails: MailReading, _mail_id: str) -> None:
        """Stands for a program that dies right after its answer."""

    with monkeypatch.context() as dying:
        dying.setattr(MailReading, "read_or_leave", never)
        await posted(house, A_MAIL)
    assert house.intake.replies == []
    assert house.records.raw_mails_to_read_count() == 1
    await reading(house).sweep()
    assert [reply[3] for reply in house.intake.replies] == ["STOP"]
