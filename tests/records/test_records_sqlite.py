"""What keeps SQLite safe with several processes: the write lock is taken first, and readers never wait."""

import sqlite3
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from records_builder import NOON, a_state, enrolled
from sqlalchemy import Connection, event

from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of, writing_engine


@pytest.fixture
def records(tmp_path: Path, keys: KeyRing) -> Generator[Records]:
    opened = Records.open(f"sqlite:///{tmp_path}/new/folder/records.db", keys)
    opened.migrate()
    yield opened
    opened.close()


def _file(tmp_path: Path) -> Path:
    return tmp_path / "new/folder/records.db"


def test_the_file_is_in_wal_mode(records: Records, tmp_path: Path) -> None:
    connection = sqlite3.connect(_file(tmp_path))
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_writer_waits_for_another_processs_transaction_and_then_succeeds(records: Records, tmp_path: Path) -> None:
    other = sqlite3.connect(_file(tmp_path), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        adding = pool.submit(records.add_plan, a_state(), NOON)
        with pytest.raises(TimeoutError):
            adding.result(timeout=0.3)
        other.execute("COMMIT")
        assert adding.result(timeout=20)
    other.close()


def test_a_reader_doesnt_wait_for_a_writer(records: Records, tmp_path: Path) -> None:
    enrolled(records, "tina-1")
    other = sqlite3.connect(_file(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert [view.state.plan_id for view in records.plans()] == ["tina-1"]
    other.execute("ROLLBACK")
    other.close()


def test_writing_transactions_begin_with_the_lock_and_reading_ones_without(tmp_path: Path) -> None:
    engine = engine_of(f"sqlite:///{tmp_path}/x.db")
    said: list[str] = []

    def hear(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    with engine.begin():
        pass
    with writing_engine(engine).begin():
        pass
    engine.dispose()
    assert said == ["BEGIN", "BEGIN IMMEDIATE"]
