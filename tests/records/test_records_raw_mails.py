"""Mails as they came: in parts, whole or not there, read by one at a time, and gone with their client's key."""

from datetime import timedelta

import pytest

from domain.actions import AddDeskTask
from records.database import Records
from records.raw_mails import RawMail
from tests.records.records_builder import NOON, a_state
from tests.today import this_moment

NOW = timedelta(0)


def stored(records: Records, mail_id: str = "m1", parts: tuple[bytes, ...] = (b"Fro", b"m: \xff")) -> None:
    for number, part in enumerate(parts):
        records.add_raw_mail_part(mail_id, number, part)
    assert records.add_raw_mail(mail_id, "multipart/form-data", sum(map(len, parts)), len(parts))


def a_task(plan_id: str = "") -> AddDeskTask:
    return AddDeskTask(key="raw-mail:m1", plan_id=plan_id, kind="reply", text="Read it.", at=NOON, raw_mail="m1")


def read(records: Records, mail_id: str = "m1") -> bytes:
    mail = records.raw_mail(mail_id)
    return b"".join(records.raw_mail_parts(mail)) if mail is not None else b""


def test_a_mail_is_there_once_all_its_parts_are(records: Records) -> None:
    records.add_raw_mail_part("m1", 0, b"Fro")
    assert records.raw_mail("m1") is None
    assert records.raw_mails_to_read(NOW) == []
    stored(records)
    assert not records.add_raw_mail("m1", "multipart/form-data", 7, 2)
    assert read(records) == b"From: \xff"
    assert records.raw_mails_to_read(NOW) == ["m1"]


def test_one_reads_it_at_a_time(records: Records) -> None:
    stored(records)
    first = records.begin_reading("m1")
    assert isinstance(first, RawMail)
    assert (first.tries, first.size) == (1, 7)
    assert records.begin_reading("m1") is None
    assert records.raw_mails_to_read(NOW) == []
    records.give_back_reading("m1")
    assert records.raw_mails_to_read(NOW) == ["m1"]
    again = records.begin_reading("m1")
    assert again is not None
    assert again.tries == 2


def test_one_that_was_read_is_forgotten_with_its_parts(records: Records) -> None:
    stored(records)
    stored(records, "m2")
    records.forget_raw_mail("m1")
    assert records.raw_mail("m1") is None
    assert records.begin_reading("m1") is None
    assert read(records, "m2") == b"From: \xff"


def test_one_that_stays_is_told_to_a_person_and_read_no_more(records: Records) -> None:
    stored(records)
    records.keep_raw_mail("m1", a_task())
    assert records.raw_mails_to_read(NOW) == []
    assert records.begin_reading("m1") is None
    assert [view.task.raw_mail for view in records.desk_tasks()] == ["m1"]
    assert read(records) == b"From: \xff"


def test_one_that_stays_goes_with_its_clients_key(records: Records) -> None:
    assert records.add_plan(a_state("tina-1"), NOON)
    client_id = records.client_of_plan("tina-1")
    assert client_id is not None
    stored(records)
    records.keep_raw_mail("m1", a_task("tina-1"))
    assert read(records) == b"From: \xff"
    assert records.destroy_client_key(client_id, NOON)
    assert records.raw_mail("m1") is None
    assert read(records) == b""


def test_a_move_to_the_clients_key_that_was_cut_off_is_finished(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert records.add_plan(a_state("tina-1"), NOON)
    stored(records)
    with monkeypatch.context() as dying:
        dying.setattr(records, "move_raw_mail_parts", lambda: None)
        records.keep_raw_mail("m1", a_task("tina-1"))
    assert read(records) == b"From: \xff"
    records.move_raw_mail_parts()
    assert read(records) == b"From: \xff"
    client_id = records.client_of_plan("tina-1")
    assert client_id is not None
    records.destroy_client_key(client_id, this_moment())
    stored(records, "m2")
    assert read(records) == b""
