"""When each provider was last asked for texts that never reached us, and times that a clock ahead has stamped."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select, update

from records.sql import insert_new
from records.store import Store
from records.tables import claim_events, events, inbound, polls


class Polled(NamedTuple):
    """When this provider last answered, and when it last could not be asked."""

    name: str
    polled_at: datetime | None
    failed_at: datetime | None


class PollRecords(Store):
    """Queries about the polls, and the mending of times."""

    def note_poll(self, name: str, at: datetime, *, well: bool) -> None:
        """A provider answered, or could not be asked. A time of ours that is still to come is no later than this."""
        values = {"polled_at": at, "failed_at": None} if well else {"failed_at": at}
        with self._writing() as connection:
            insert_new(connection, polls, name=name)
            connection.execute(update(polls).where(polls.c.name == name).values(**values))

    def polls(self) -> list[Polled]:
        """All providers that were ever asked."""
        with self._reading() as connection:
            rows = connection.execute(select(polls).order_by(polls.c.name))
            return [Polled(row.name, row.polled_at, row.failed_at) for row in rows]

    def bring_back(self, now: datetime) -> int:
        """News that waits, stored with a time later than now, came now; returns how many.

        The clock that stamped them was ahead: until that time nobody would hand them over.
        """
        waiting = (
            (events, and_(events.c.outcome.is_(None), events.c.received_at > now)),
            (claim_events, and_(claim_events.c.outcome.is_(None), claim_events.c.received_at > now)),
            (inbound, and_(inbound.c.taken_at.is_(None), inbound.c.received_at > now)),
        )
        with self._reading() as connection:
            ahead = [table for table, is_ahead in waiting if connection.execute(select(1).where(is_ahead)).first()]
        if not ahead:
            return 0
        with self._writing() as connection:
            return sum(
                connection.execute(update(table).where(is_ahead).values(received_at=now)).rowcount
                for table, is_ahead in waiting
                if table in ahead
            )
