"""A reply that is too large for its plan reaches it cut, and a person gets the whole of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.long_replies import LOOKED_THROUGH, READ_CHARACTERS, heard
from records.keyring import KeyRing
from tests.domain.plan_builder import a_state
from tests.domain.reply_builder import a_text
from tests.web.reply_house import PHONE, Desk, enrol
from tests.web.web_builders import open_records

LETTER = "My shoulder has a long story. " * 200_000
QUOTED = "\n\nOn Mon, Jan 5, 2026 at 9:00 AM Harbor Massage <care@example.com> wrote:\n" + "> see you then\n" * 2_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    keys = KeyRing.generate()
    open_records(tmp_path, keys).close()
    opened = Desk(tmp_path / "records.db", keys)
    enrol(opened.records, a_state())
    yield opened
    opened.records.close()


async def test_six_megabytes_reach_the_plan_cut_and_a_person_whole(desk: Desk) -> None:
    (stored,) = await desk.hears("SM1", LETTER)
    text = getattr(stored.event, "text", "")
    assert LETTER.startswith(text)
    assert len(text) == READ_CHARACTERS
    (task,) = desk.tasks()
    assert task.startswith("A text came in that is too long: only its beginning was read.")
    assert LETTER[:50_000] in task


async def test_a_long_text_is_on_the_desk_whole(desk: Desk) -> None:
    text = LETTER[:60_000]
    await desk.hears("SM1", text)
    (view,) = desk.records.desk_tasks()
    assert view.task.plan_id == "plan-1"
    assert text in view.task.text


async def test_an_opt_out_at_the_head_of_a_long_text_counts_at_once(desk: Desk) -> None:
    await desk.hears("SM1", "STOP writing to me. " + LETTER[:60_000])
    assert desk.records.is_suppressed("sms", PHONE)


def test_what_a_mail_quotes_makes_it_no_long_one() -> None:
    assert len(QUOTED) > READ_CHARACTERS
    text, whole = heard("Yes, I come." + QUOTED, mail=True)
    assert (text, whole) == ("Yes, I come.", True)


def test_what_lies_beyond_what_is_looked_through_is_not_said_to_be_read() -> None:
    assert not heard("Yes, I come." + QUOTED + "x" * LOOKED_THROUGH, mail=True)[1]


def test_a_reply_of_usual_length_stays_as_it_is() -> None:
    assert heard(a_text("Yes").text) == ("Yes", True)
    assert heard("a" * READ_CHARACTERS) == ("a" * READ_CHARACTERS, True)
