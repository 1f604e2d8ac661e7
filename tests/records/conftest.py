"""The records on both databases: each test that asks for `records` or `database_url` runs twice."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from postgres_server import PostgresServer, running_postgres
from sqlalchemy import Engine, delete

from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of
from records.tables import metadata


@pytest.fixture(scope="session")
def keys() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer, keys: KeyRing) -> Generator[Engine]:
    """One migrated database for all tests; each finds it empty."""
    url = postgres.new_database()
    records = Records.open(url, keys)
    records.migrate()
    records.close()
    engine = engine_of(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory, keys: KeyRing) -> Path:
    """A migrated SQLite file that each test gets a copy of."""
    path = tmp_path_factory.mktemp("migrated") / "records.db"
    records = Records.open(f"sqlite:///{path}", keys)
    records.migrate()
    records.close()
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.db"
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> str:
    """A migrated database without any row."""
    if request.param == "postgres":
        engine: Engine = request.getfixturevalue("migrated_postgres")
        with engine.begin() as connection:
            for table in metadata.sorted_tables:
                connection.execute(delete(table))
        return engine.url.render_as_string(hide_password=False)
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'records.db')}"


@pytest.fixture
def records(database_url: str, keys: KeyRing) -> Generator[Records]:
    opened = Records.open(database_url, keys)
    yield opened
    opened.close()
