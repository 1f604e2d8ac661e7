"""The database's own clock: the one that all processes that share the records agree on.

The clock of a web process or a worker may be ahead by a day; what one of them stamps by its own clock, another one
can't compare. On SQLite it is the machine's clock, for there all processes are on one machine.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from records.store import Store


def database_time(connection: Connection) -> datetime:
    """The time now, within a transaction that may have begun a while ago."""
    if connection.dialect.name == "postgresql":
        return connection.execute(text("SELECT clock_timestamp()")).scalar_one().astimezone(UTC)
    return datetime.now(UTC)


class ClockRecords(Store):
    """The query of the time."""

    def now(self) -> datetime:
        """The time by the database's clock."""
        if self._engine.dialect.name == "sqlite":
            return datetime.now(UTC)
        with self._reading() as connection:
            return database_time(connection)
