"""Which Temporal server these records belong to, since when a worker is at work, and how the two disagree.

Only opaque ids and times. Times are the database's.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from records import clock
from records.judged import OLDER
from records.sql import insert_new
from records.store import Store
from records.tables import claims, disagreements, engines, plans

Kind = Literal["other server", "unknown", "closed", "older", "missing"]
"""other server: it isn't the one of these records; unknown: runs there, and the records don't know it; closed: open
here, over there; older: the records had gone back behind Temporal; missing: no such workflow runs there.
"""
TEMPORAL = "temporal"
OVERDUE_AFTER = timedelta(minutes=10)
SEEN_LATELY = timedelta(minutes=2)
"""So long after it was last seen that another server is told of: who sees it looks again and again."""
OLDER_FOR = timedelta(days=1)
"""How long it is told that the records had gone back: by then people know, and the state is Temporal's again."""
PASSES: dict[str, timedelta] = {"other server": SEEN_LATELY, OLDER: OLDER_FOR}


class Disagreement(NamedTuple):
    """One thing that records and Temporal see differently, since then."""

    kind: Kind
    subject: str
    since: datetime


class Overdue(NamedTuple):
    """How many plans and claims should have been looked at long ago, some of their ids, and since when."""

    number: int
    some: list[str]
    since: datetime | None


class EngineRecords(Store):
    """Queries about the server, and about disagreements with it."""

    def engine_identity(self) -> str | None:
        """The server that these records belong to; None where they were never used with one."""
        with self._reading() as connection:
            return connection.execute(select(engines.c.identity).where(engines.c.name == TEMPORAL)).scalar()

    def first_engine(self, identity: str) -> str:
        """The server that these records belong to: this one, if they were never used with one."""
        with self._writing() as connection:
            at = clock.database_time(connection)
            if not insert_new(connection, engines, name=TEMPORAL, identity=identity, accepted_at=at):
                connection.execute(
                    update(engines)
                    .where(engines.c.name == TEMPORAL, engines.c.identity.is_(None))
                    .values(identity=identity, accepted_at=at)
                )
            return str(connection.execute(select(engines.c.identity).where(engines.c.name == TEMPORAL)).scalar_one())

    def accept_engine(self, identity: str) -> None:
        """From here on these records belong to this server."""
        with self._writing() as connection:
            at = clock.database_time(connection)
            insert_new(connection, engines, name=TEMPORAL)
            connection.execute(
                update(engines).where(engines.c.name == TEMPORAL).values(identity=identity, accepted_at=at)
            )
            connection.execute(delete(disagreements).where(disagreements.c.kind == "other server"))

    def note_working(self) -> None:
        """A worker begins: what is overdue may take it a while."""
        self._note_time("working_since")

    def note_compared(self) -> None:
        """Records and Temporal were compared, to the end."""
        self._note_time("compared_at")

    def _note_time(self, column: str) -> None:
        with self._writing() as connection:
            insert_new(connection, engines, name=TEMPORAL)
            at = clock.database_time(connection)
            connection.execute(update(engines).where(engines.c.name == TEMPORAL).values(**{column: at}))

    def note_disagreement(self, kind: Kind, subject: str) -> None:
        """This one is seen now."""
        with self._writing() as connection:
            self._note(connection, kind, [subject])

    def note_disagreements(self, kind: Kind, subjects: Collection[str]) -> None:
        """These are seen now, and no others of this kind."""
        with self._writing() as connection:
            self._note(connection, kind, subjects)
            gone = disagreements.c.subject.not_in(list(subjects))
            connection.execute(delete(disagreements).where(disagreements.c.kind == kind, gone))

    def _note(self, connection: Connection, kind: Kind, subjects: Iterable[str]) -> None:
        at = clock.database_time(connection)
        for subject in subjects:
            if not insert_new(connection, disagreements, kind=kind, subject=subject, first_at=at, last_at=at):
                connection.execute(
                    update(disagreements)
                    .where(disagreements.c.kind == kind, disagreements.c.subject == subject)
                    .values(last_at=at)
                )

    def disagreements(self) -> list[Disagreement]:
        """What is known now, the oldest first."""
        with self._reading() as connection:
            now = clock.database_time(connection)
            rows = connection.execute(select(disagreements).order_by(disagreements.c.first_at, disagreements.c.subject))
            return [
                Disagreement(row.kind, row.subject, row.first_at)
                for row in rows
                if row.kind not in PASSES or row.last_at > now - PASSES[row.kind]
            ]

    def overdue(self) -> Overdue:
        """Plans and claims whose time to be looked at passed ten minutes ago; none while a worker has just begun.

        Those that are known to fail are told of apart.
        """
        with self._reading() as connection:
            now = clock.database_time(connection)
            begun = connection.execute(select(engines.c.working_since).where(engines.c.name == TEMPORAL)).scalar()
            if begun is not None and now - OVERDUE_AFTER < begun <= now:
                return Overdue(0, [], None)
            number, some, since = 0, list[str](), list[datetime]()
            for table, ids in ((plans, plans.c.plan_id), (claims, claims.c.claim_id)):
                late = (
                    table.c.finished_at.is_(None),
                    table.c.wake_at < now - OVERDUE_AFTER,
                    table.c.failing_since.is_(None),
                )
                count, oldest = connection.execute(select(func.count(), func.min(table.c.wake_at)).where(*late)).one()
                number += count
                since += [oldest] if oldest else []
                query = select(ids).where(*late).order_by(table.c.wake_at, ids).limit(5)
                some += list(connection.execute(query).scalars()) if count else []
            return Overdue(number, some, min(since, default=None))
