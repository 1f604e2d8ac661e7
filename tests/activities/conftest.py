import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from records.database import Records
from tests.activities.sending import KEYS, a_database_with_one_plan


@pytest.fixture(scope="session")
def one_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with one plan, to be copied."""
    return a_database_with_one_plan(tmp_path_factory.mktemp("records") / "template.db")


@pytest.fixture
def database_url(one_plan: Path, tmp_path: Path) -> str:
    """A database of this test's own."""
    return f"sqlite:///{shutil.copy(one_plan, tmp_path / 'records.db')}"


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    """Real records on that database."""
    opened = Records.open(database_url, KEYS)
    yield opened
    opened.close()
