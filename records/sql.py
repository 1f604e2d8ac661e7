"""The few statements that SQLite and PostgreSQL say in their own way."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

BUSY_TIMEOUT_MS = 30_000
"""How long a SQLite writer waits for the one before it."""
_WRITING = "followthrough_writing"
_SQLITE_AWAY = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_PROTOCOL",
)
"""How the names of SQLite's errors begin that no change of ours would mend."""


def engine_of(database_url: str) -> Engine:
    """The engine of a database. Nothing connects yet. Raises ValueError naming the fix, without the password."""
    url = _url(database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    if "connect_timeout" not in url.query:
        # Without it a database that is down holds a thread for minutes.
        url = url.update_query_dict({"connect_timeout": "10"})
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=20)


def is_away(error: BaseException) -> bool:
    """Whether the database itself can't be used now: gone, busy for too long, full or closed to us. No bug of ours."""
    if isinstance(error, PoolTimeout | InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    name: str | None = getattr(error.orig, "sqlite_errorname", None)
    return name is None or name.startswith(_SQLITE_AWAY)


def writing_engine(engine: Engine) -> Engine:
    """The same engine and pool; its transactions take SQLite's write lock when they begin, not in the middle."""
    return engine.execution_options(**{_WRITING: True})


def insert_new(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row unless one with the same unique key is there. True where it was inserted."""
    statement = _insert(connection, table).values(**values).on_conflict_do_nothing()
    return _one_row(connection, statement)


def insert_or_update(connection: Connection, table: Table, *, key: str, where: Any, **values: Any) -> bool:
    """Insert a row, or overwrite the one of the same `key` if it fits `where`. True where one of both was done."""
    rest = {name: value for name, value in values.items() if name != key}
    statement = (
        _insert(connection, table).values(**values).on_conflict_do_update(index_elements=[key], set_=rest, where=where)
    )
    return _one_row(connection, statement)


def one_at_a_time(connection: Connection, subject: int) -> None:
    """Let transactions about one subject follow each other. On SQLite every writing transaction does so anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:subject)"), {"subject": subject})


def empty_the_log(engine: Engine) -> bool:
    """Write SQLite's log into the file and cut it to nothing. Waits for readers; outside of any transaction.

    False where somebody read for so long that it couldn't be done.
    """
    pooled = engine.raw_connection()
    try:
        busy = pooled.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return busy == 0
    finally:
        pooled.close()


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _one_row(connection: Connection, statement: sqlite.Insert | postgresql.Insert) -> bool:
    # SQLAlchemy forgets the count of an INSERT unless it is told to keep it.
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


def _url(database_url: str) -> URL:
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise ValueError("DATABASE_URL can't be read; write sqlite:///var/records.db or postgresql://…") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(f"DATABASE_URL names {url.get_backend_name()}; use sqlite:///… or postgresql://…")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("DATABASE_URL names no file; write sqlite:///var/records.db")
    return url


def _sqlite_engine(url: URL) -> Engine:
    Path(url.database or "").absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, pool_size=10, max_overflow=20)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: it does so late and without the write lock.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    _use_wal(connection)
    # FULL: an intent must be on the disk before the provider is called.
    connection.execute("PRAGMA synchronous = FULL")
    # Overwrite what is deleted: a destroyed key must not stay in a free page of the file.
    connection.execute("PRAGMA secure_delete = ON")


def _use_wal(connection: Any, attempts: int = 200) -> None:
    """Switch a new file to WAL. SQLite doesn't wait here by itself when several processes do it at once."""
    for attempt in range(1, attempts + 1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if attempt == attempts:
                raise
            time.sleep(0.05)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
