"""The records on both databases: each test that asks for `records` or `database_url` runs twice."""

from collections.abc import Generator
from pathlib import Path

import pytest
from postgres_server import PostgresServer, running_postgres
from sqlalchemy import make_url

from records.database import Records
from records.keyring import KeyRing


@pytest.fixture(scope="session")
def keys() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresServer, keys: KeyRing) -> str:
    """The name of a migrated database, so that a test needn't migrate its own."""
    url = postgres.new_database()
    records = Records.open(url, keys)
    records.migrate()
    records.close()
    return make_url(url).database or ""


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.db"
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, keys: KeyRing) -> str:
    """A migrated database without any row."""
    if request.param == "postgres":
        template: str = request.getfixturevalue("migrated_template")
        return request.getfixturevalue("postgres").new_database(template)
    url = f"sqlite:///{tmp_path}/records.db"
    records = Records.open(url, keys)
    records.migrate()
    records.close()
    return url


@pytest.fixture
def records(database_url: str, keys: KeyRing) -> Generator[Records]:
    opened = Records.open(database_url, keys)
    yield opened
    opened.close()
