"""Brings the database to the newest schema with Alembic, in this process and from an installed package."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from records.sql import one_at_a_time, writing_engine

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATING = 7_041_776_001
"""An arbitrary number that all our processes agree on: PostgreSQL's advisory lock of a migration."""
_in_this_process = threading.Lock()


NEWER = "start the newer version, or bring back the copy of the database from before the update"
"""What to do about a database that is ahead of this program."""


class NewerSchema(ValueError):
    """The database was brought to a schema by a newer version of this program, and isn't safe with this one."""

    def __init__(self, revision: str) -> None:
        """`revision` is the database's."""
        super().__init__(
            f"its schema {revision} is of a newer version of this program, which knows up to {newest()}; {NEWER}"
        )


def upgrade(engine: Engine) -> None:
    """Upgrade to the newest revision in one transaction. Others who start at the same moment wait and find it done.

    Raises NewerSchema where the database is ahead of this program.
    """
    # Alembic keeps its context in module globals, so threads must take turns too.
    with _in_this_process, writing_engine(engine).begin() as connection:
        one_at_a_time(connection, _MIGRATING)
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is not None and not is_known(revision):
            raise NewerSchema(revision)
        command.upgrade(_config(connection), "head")


def current(engine: Engine) -> str | None:
    """The database's revision; None before the first migration."""
    with engine.begin() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this version of the program knows that revision."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def newest() -> str:
    """The newest revision that this version of the program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("the package was built without its migrations")
    return head


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
