"""Leases: which of many workers runs a loop of which there must be one.

All times are the database's, so that workers whose clocks differ agree on who holds one. A lease that ends later than
its own length from now was given by a clock that was ahead since, and is void: nobody may hold one for a day.
"""

from datetime import datetime, timedelta

from sqlalchemy import or_, update

from records import clock
from records.sql import insert_or_update
from records.store import Store
from records.tables import leases


class LeaseRecords(Store):
    """Queries about leases."""

    def take_lease(self, name: str, holder: str, now: datetime | None, for_: timedelta) -> bool:
        """Whether `holder` has the lease for that long: it was free, had run out, was void, or the holder's already.

        `now` is for tests; None means the database's clock. One name is always taken for the same length.
        """
        with self._writing() as connection:
            at = now or clock.database_time(connection)
            return insert_or_update(
                connection,
                leases,
                key="name",
                where=or_(leases.c.holder == holder, leases.c.until <= at, leases.c.until > at + for_),
                name=name,
                holder=holder,
                until=at + for_,
            )

    def release_lease(self, name: str, holder: str, now: datetime | None = None) -> None:
        """End the lease now, so that another worker needn't wait for it. Nothing if somebody else has it."""
        with self._writing() as connection:
            at = now or clock.database_time(connection)
            connection.execute(update(leases).where(leases.c.name == name, leases.c.holder == holder).values(until=at))
