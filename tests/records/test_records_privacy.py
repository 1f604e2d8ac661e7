"""Nothing private stands in the clear; keys can be changed without loss and destroyed for good."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from claims_builder import a_claim, money
from claims_builder import sent as sent_claim
from records_builder import (
    NOON,
    THERAPIST_PHONE,
    TINA_PHONE,
    a_booking,
    a_client,
    a_decision,
    a_journal_line,
    a_message,
    a_session,
    a_state,
    a_task,
    an_escalation,
    enrolled,
    sent,
)
from sqlalchemy import select

from records.audit import Entry
from records.database import Records
from records.keyring import DecryptionFailed, KeyRing
from records.plan_requests import PlanRequest
from records.senders import stopped_task_key
from records.sql import engine_of
from records.tables import metadata
from records.vault import ClientErased
from tests.saving import save_claim, save_view

PRIVATE = [
    "Tina", "Wexford", "Rosa", "Bergman", "Dele", "Okafor", "5550101", "5550110", "555-0101", "example.com",
    "sleep", "Swedish", "welcome", "lighter pressure", "parking", "shoulder", "stop it", "unreachable",
    "visit-1", "booking-1", "mail-id", "Harbor", "T-1729",
]  # fmt: skip


def fill(records: Records) -> None:
    """One of everything, with a private word in each text."""
    enrolled(records, client=a_client(id="T-1729"))
    line = a_journal_line(1, text="Tina's sleep was judged", because="Rosa Bergman said so")
    save_view(records, a_state(revision=1, journal=[line]), NOON, actions=[a_task("tina-1:reply:Tina")])
    records.add_event("tina-1", a_booking(), NOON)
    records.add_event("tina-1", a_session(note="left shoulder is better"), NOON)
    records.settle_event("tina-1", "session-1", "refused", "Tina Wexford has ended", NOON)
    message_id = sent(records, a_message(subject="Hi Tina"), NOON)
    records.delivery(message_id, "undelivered", NOON, cause="unreachable")
    sent(records, a_message("ask", audience="therapist", to="therapist", address=THERAPIST_PHONE), NOON)
    records.add_inbound("<mail-id@example.com>", "email", "tina@example.com", "my shoulder", NOON, "tina-1")
    records.add_inbound("SM2", "sms", "206-555-0101", "Tina here", NOON, None)
    records.suppress("sms", TINA_PHONE, NOON, "stop it", "reply of Tina")
    records.lift_suppression("sms", TINA_PHONE, NOON, "Tina again")
    records.add_escalation(an_escalation(), NOON)
    records.settle_escalation("e-1", a_decision(), NOON, because="Rosa answered")
    records.add_desk_task(a_task("tina-1:reply:Tina"))
    records.close_desk_task("tina-1:reply:Tina", "Dele Okafor", NOON)
    records.stop_sender("sms", 20003, NOON, a_task(stopped_task_key("sms", NOON), plan_id="", kind="sender_stopped"))
    records.conversation_of_plan("tina-1", NOON)
    records.first_engine("a-namespace")
    records.note_disagreement("missing", "plan-tina-1")
    fill_claims(records)
    fill_staff(records)


def fill_claims(records: Records) -> None:
    """A claim with its story, what it was told, and a remittance."""
    records.add_claim(a_claim(), NOON)
    line = a_journal_line(1, text="Tina's claim was denied: left shoulder", because="Rosa Bergman said so")
    save_claim(records, a_claim(revision=1, journal=[line]), NOON)
    records.add_claim_event("tina-1-1", sent_claim(reference="left shoulder"), NOON)
    records.settle_claim_event("tina-1-1", "sent-1", "refused", "Tina Wexford has ended", NOON)
    records.import_remittance("Tina", [("tina-1-1", money("tina-money"))], [], NOON)


def fill_staff(records: Records) -> None:
    """One of everything about who may log in, and a request of a program."""
    staff_id = records.add_staff("Dele Okafor", "dele@example.com", "owner", NOON)
    records.set_password_hash(staff_id, "a hash, of Harbor", NOON)
    records.start_session("session of Dele", staff_id, "password", NOON)
    records.add_login_link("link of Dele", staff_id, NOON, timedelta(minutes=15))
    records.begin_try("address", "dele@example.com", NOON, 5)
    records.add_audit([Entry(NOON, staff_id, "saw plan", "tina-1")])
    asked = PlanRequest("key of Tina Wexford", "sleep, Swedish, shoulder")
    assert records.add_plan_once(a_state("asked-1", client=a_client(id="T-1729")), NOON, asked) is True
    records.keep_answer(asked, "asked-1", "welcome, Tina")
    assert records.add_small_raw_mail("mail-1", "multipart/form-data", b"From: Tina Wexford, left shoulder")


def _cells(url: str) -> Iterator[bytes]:
    """Every text and every byte string of every table, but our own opaque plan id."""
    engine = engine_of(url)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for cell in row:
                    yield cell if isinstance(cell, bytes) else str(cell).encode()
    engine.dispose()


def test_no_name_number_or_text_stands_in_any_column(records: Records, database_url: str) -> None:
    fill(records)
    stored = b"\n".join(_cells(database_url)).replace(b"tina-1", b"").lower()
    assert [word for word in PRIVATE if word.lower().encode() in stored] == []


def test_every_table_was_searched(records: Records, database_url: str) -> None:
    fill(records)
    records.take_lease("sweep", "worker-1", NOON, NOON - NOON)
    records.note_poll("TwilioSms", NOON, well=True)
    engine = engine_of(database_url)
    with engine.connect() as connection:
        empty = [table.name for table in metadata.sorted_tables if not connection.execute(select(table)).first()]
    engine.dispose()
    assert empty == []


def test_no_name_number_or_text_is_found_in_the_raw_files(tmp_path: Path, keys: KeyRing) -> None:
    records = Records.open(f"sqlite:///{tmp_path}/records.db", keys)
    records.migrate()
    fill(records)
    files = list(tmp_path.iterdir())
    assert {path.name for path in files} >= {"records.db", "records.db-wal"}
    raw = b"".join(path.read_bytes() for path in files).replace(b"tina-1", b"").lower()
    records.close()
    assert b"client_keys" in raw
    assert [word for word in PRIVATE if word.lower().encode() in raw] == []


def test_after_a_change_of_keys_old_rows_are_read_and_addresses_found(
    records: Records, database_url: str, keys: KeyRing
) -> None:
    fill(records)
    rotated = KeyRing.parse(f"{KeyRing.generate().dump()},{keys.dump()}")
    later = Records.open(database_url, rotated)
    assert later.plan("tina-1") == records.plan("tina-1")
    assert later.plans_of_address("sms", TINA_PHONE) == ["tina-1", "asked-1"]
    assert later.is_suppressed("sms", TINA_PHONE)
    assert not later.add_event("tina-1", a_booking(), NOON).new
    enrolled(later, "tina-2", client=a_client(id="T-1729"))
    assert later.client_of_plan("tina-2") == later.client_of_plan("tina-1")
    later.close()


def test_the_old_key_can_go_once_the_keys_are_wrapped_anew(records: Records, database_url: str, keys: KeyRing) -> None:
    fill(records)
    new = KeyRing.generate()
    both = Records.open(database_url, KeyRing.parse(f"{new.dump()},{keys.dump()}"))
    assert both.rewrap_keys() == 4, "the look-up secret, Tina, the practice and the unknown"
    both.close()
    only_new = Records.open(database_url, new)
    assert only_new.plan("tina-1") is not None
    assert only_new.plans_of_address("sms", TINA_PHONE) == ["tina-1", "asked-1"]
    assert len(only_new.timeline("tina-1")) == 5
    only_new.close()


def test_without_the_key_nothing_is_read_and_the_error_says_what_to_do(records: Records, database_url: str) -> None:
    fill(records)
    stranger = Records.open(database_url, KeyRing.generate())
    with pytest.raises(DecryptionFailed, match="put the earlier key back in"):
        stranger.plans()
    stranger.close()


def test_destroying_a_clients_key_makes_everything_of_theirs_unreadable(records: Records) -> None:
    fill(records)
    message_id = records.intend(a_message(), NOON).message_id
    client_id = records.client_of_plan("tina-1") or ""
    assert records.destroy_client_key(client_id, NOON)
    assert not records.destroy_client_key(client_id, NOON)
    assert records.plan("tina-1") is None
    assert records.plans() == records.plans_to_start() == []
    assert records.timeline("tina-1") == []
    assert records.message(message_id) is None
    assert records.escalations(open_only=False) == []
    assert [view for view in records.desk_tasks(open_only=False) if view.task.plan_id] == []
    assert records.events_to_hand_over(NOON.replace(year=2027)) == []
    assert records.plans_of_address("sms", TINA_PHONE) == []
    assert [thread.name for thread in records.phone_threads() if thread.role == "client"] == []


def test_nothing_can_be_added_to_an_erased_client(records: Records) -> None:
    fill(records)
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    with pytest.raises(ClientErased):
        records.add_event("tina-1", a_booking("late"), NOON)
    with pytest.raises(ClientErased):
        records.intend(a_message("late"), NOON)
    with pytest.raises(ClientErased):
        save_view(records, a_state(revision=9), None)


def test_an_erasure_leaves_other_clients_and_opt_outs_alone(records: Records) -> None:
    fill(records)
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email=None))
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    assert [view.state.plan_id for view in records.plans()] == ["tom-1"]
    assert records.is_suppressed("sms", TINA_PHONE)


def test_a_client_who_comes_back_after_an_erasure_starts_anew(records: Records) -> None:
    fill(records)
    erased = records.client_of_plan("tina-1") or ""
    records.destroy_client_key(erased, NOON)
    enrolled(records, "tina-2")
    assert records.client_of_plan("tina-2") != erased
    assert records.plans_of_address("sms", TINA_PHONE) == ["tina-2"]


def test_late_news_of_an_erased_clients_message_is_no_error(records: Records) -> None:
    fill(records)
    message_id = records.intend(a_message("late"), NOON).message_id
    records.begin_send(message_id, NOON)
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    records.settle_message(message_id, "accepted", NOON, because="fine")
    assert records.delivery(message_id, "failed", NOON, cause="gone")
    again = records.add_inbound("<mail-id@example.com>", "email", "tina@example.com", "my shoulder", NOON, None)
    assert not again.new


def test_the_wrapped_key_is_gone_from_the_raw_files_after_an_erasure(tmp_path: Path, keys: KeyRing) -> None:
    records = Records.open(f"sqlite:///{tmp_path}/records.db", keys)
    records.migrate()
    enrolled(records)
    client_id = records.client_of_plan("tina-1") or ""
    engine = engine_of(f"sqlite:///{tmp_path}/records.db")
    table = metadata.tables["client_keys"]
    with engine.connect() as connection:
        wrapped = connection.execute(select(table.c.wrapped).where(table.c.owner_id == client_id)).scalar_one()
    engine.dispose()
    assert wrapped in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    records.destroy_client_key(client_id, NOON)
    assert wrapped not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    records.close()


def test_a_failing_statement_names_no_value(records: Records) -> None:
    enrolled(records)
    with pytest.raises(Exception, match="without a zone") as failed:
        records.add_event("tina-1", a_booking(), NOON.replace(tzinfo=None))
    assert "Tina" not in str(failed.value)
    assert "booking-1" not in str(failed.value)
