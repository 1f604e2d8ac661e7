"""The audit trail: every row follows from the one before, and whoever changes one is found out."""

from datetime import timedelta
from typing import Any

import pytest
from records_builder import NOON, at_once
from sqlalchemy import delete, insert, update

from records.audit import Entry
from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of
from records.tables import audit


def write(records: Records, rows: int = 5) -> None:
    for number in range(1, rows + 1):
        records.add_audit([Entry(NOON + timedelta(seconds=number), "dana", "saw plan", f"plan-{number}")])


def tamper(url: str, statement: Any) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        assert connection.execute(statement).rowcount != 0
    engine.dispose()


def test_rows_come_back_newest_first_and_page_by_page(records: Records) -> None:
    write(records)
    newest = records.audit(limit=2)
    assert [(row.number, row.staff_id, row.what, row.subject) for row in newest] == [
        (5, "dana", "saw plan", "plan-5"),
        (4, "dana", "saw plan", "plan-4"),
    ]
    assert newest[0].at == NOON + timedelta(seconds=5)
    assert [row.number for row in records.audit(limit=50, before=4)] == [3, 2, 1]


def test_an_untouched_trail_holds_and_so_does_an_empty_one(records: Records) -> None:
    assert records.audit_ok() is None
    write(records)
    assert records.audit_ok() is None


def test_several_rows_in_one_go_are_chained_like_single_ones(records: Records) -> None:
    records.add_audit([Entry(NOON, "dana", "saw plan", "a"), Entry(NOON, "dana", "decided", "b")])
    records.add_audit([])
    write(records, 1)
    assert [row.number for row in records.audit()] == [3, 2, 1]
    assert records.audit_ok() is None


def test_rows_written_at_the_same_moment_make_one_chain(records: Records) -> None:
    at_once(lambda: write(records, 3))
    assert [row.number for row in records.audit()] == list(range(24, 0, -1))
    assert records.audit_ok() is None


@pytest.mark.parametrize(
    "change",
    [{"staff_id": "somebody"}, {"what": "decided"}, {"subject": "plan-9"}, {"at": NOON}, {"chain": "0" * 64}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_found(records: Records, database_url: str, change: dict[str, Any]) -> None:
    write(records)
    tamper(database_url, update(audit).where(audit.c.number == 3).values(**change))
    assert records.audit_ok() == 3


def test_a_missing_row_is_found(records: Records, database_url: str) -> None:
    write(records)
    tamper(database_url, delete(audit).where(audit.c.number == 3))
    assert records.audit_ok() == 3


def test_the_first_row_cant_go_unnoticed(records: Records, database_url: str) -> None:
    write(records)
    tamper(database_url, delete(audit).where(audit.c.number == 1))
    assert records.audit_ok() == 1


def test_a_row_that_somebody_added_is_found(records: Records, database_url: str) -> None:
    write(records)
    forged = {"number": 6, "at": NOON, "staff_id": "dana", "what": "saw plan", "subject": "x", "chain": "ab" * 32}
    tamper(database_url, insert(audit).values(**forged))
    assert records.audit_ok() == 6


def test_a_chain_made_without_our_keys_doesnt_hold(records: Records, database_url: str) -> None:
    """Whoever writes the whole trail anew needs the look-up secret, which PAYLOAD_KEYS wrap."""
    write(records, 1)
    stranger = Records.open(database_url, KeyRing.generate())
    with pytest.raises(Exception, match="key"):
        stranger.add_audit([Entry(NOON, "dana", "saw plan", "x")])
    stranger.close()


def test_only_the_newest_rows_are_checked_where_that_is_wanted(records: Records, database_url: str) -> None:
    write(records)
    tamper(database_url, update(audit).where(audit.c.number == 2).values(what="decided"))
    assert records.audit_ok(newest=3) is None
    assert records.audit_ok(newest=4) == 2
    assert records.audit_ok() == 2


def test_the_row_before_the_newest_ones_cant_be_missing(records: Records, database_url: str) -> None:
    write(records)
    tamper(database_url, delete(audit).where(audit.c.number == 2))
    assert records.audit_ok(newest=3) == 2
