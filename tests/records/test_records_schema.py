"""Migrations: one schema on both databases, reached by any number of processes at once."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from records_builder import at_once, enrolled
from sqlalchemy import Connection, inspect

from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of
from records.tables import metadata

ROOT = Path(__file__).parents[2]
MIGRATE = """
import sys
from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of
records = Records.open(sys.argv[1], KeyRing.parse(sys.argv[2]))
records.migrate()
assert records.revision() == records.head()
records.plans()
records.close()
"""


@contextmanager
def _connected(url: str) -> Generator[Connection]:
    engine = engine_of(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _newest_file() -> str:
    return max(path.name[:4] for path in (ROOT / "records/migrations/versions").glob("[0-9]*.py"))


def test_a_new_database_has_no_revision_and_gets_the_newest(empty_database_url: str, keys: KeyRing) -> None:
    records = Records.open(empty_database_url, keys)
    assert records.revision() is None
    records.migrate()
    assert records.revision() == records.head() == _newest_file()
    records.migrate()
    assert records.plans() == []
    records.close()


def test_the_migrations_make_exactly_the_tables_that_the_queries_use(database_url: str) -> None:
    with _connected(database_url) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_several_processes_migrate_at_once(empty_database_url: str, keys: KeyRing) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", MIGRATE, empty_database_url, keys.dump()]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    ended = [(process.communicate(timeout=90)[1], process.returncode) for process in started]
    assert ended == [("", 0)] * 3
    with _connected(empty_database_url) as connection:
        assert "plans" in inspect(connection).get_table_names()


def test_several_threads_migrate_at_once(empty_database_url: str, keys: KeyRing) -> None:
    records = Records.open(empty_database_url, keys)
    at_once(records.migrate, threads=4)
    enrolled(records)
    assert [view.state.plan_id for view in records.plans()] == ["tina-1"]
    records.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://localhost/x", "DATABASE_URL names mysql; use sqlite:///… or postgresql://…"),
        ("sqlite://", "DATABASE_URL names no file"),
        ("my records", "DATABASE_URL can't be read"),
    ],
)
def test_a_database_that_cant_be_used_is_refused_with_the_fix(url: str, says: str, keys: KeyRing) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL") as refused:
        Records.open(url, keys)
    assert says in str(refused.value)


def test_a_database_that_answers_is_alive(records: Records) -> None:
    records.ping()
