"""Leases: which of many workers runs a loop of which there must be one."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from records.sql import insert_or_update
from records.store import Store
from records.tables import leases


class LeaseRecords(Store):
    """Queries about leases."""

    def take_lease(self, name: str, holder: str, now: datetime, for_: timedelta) -> bool:
        """Whether `holder` has the lease until `now + for_`: it was free, had run out, or was the holder's already."""
        with self._writing() as connection:
            return insert_or_update(
                connection,
                leases,
                key="name",
                where=or_(leases.c.holder == holder, leases.c.until <= now),
                name=name,
                holder=holder,
                until=now + for_,
            )

    def release_lease(self, name: str, holder: str) -> None:
        """Give the lease back, so that another worker needn't wait for its end. Nothing if somebody else has it."""
        with self._writing() as connection:
            connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))
