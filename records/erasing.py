"""Erasing a person: their keys are destroyed, and what was never under a key of theirs is deleted.

What stays: rows that nobody can read any more, the audit trail, and that an address opted out, by its keyed hash.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.exc import OperationalError

from records import clock
from records.people import Person
from records.raw_mails import RawMailRecords
from records.sql import empty_the_log
from records.tables import addresses, client_keys, desk_tasks, inbound, raw_mail_parts, raw_mails, suppressions
from records.unplaced import Address, Unplaced, UnplacedRecords
from records.vault import PRACTICE

CLEAR_AFTER = timedelta(minutes=1)
"""By then no program has a destroyed key in its memory, so nothing new can begin for the client."""


class ErasingRecords(UnplacedRecords, RawMailRecords):
    """Queries about erasures."""

    def erase_person(
        self, person: Person, known: Collection[Address], unplaced: Unplaced, mail_ids: Collection[str], at: datetime
    ) -> list[str]:
        """All of it or nothing, in one transaction. Returns the ids of the clients whose key was there until now.

        `known` are all their addresses, `unplaced` and `mail_ids` what lies under nobody's key and is theirs.
        """
        with self._writing() as connection:
            self._empty_texts(connection, person, unplaced, at)
            connection.execute(delete(desk_tasks).where(desk_tasks.c.key_hmac.in_(unplaced.tasks)))
            self._delete_mails(connection, person, mail_ids)
            for each in known:
                self._forget_words(connection, each, at)
            return self._destroy_keys(connection, person.client_ids, at)

    def destroy_client_key(self, client_id: str, at: datetime) -> bool:
        """Make everything of this client unreadable for ever, and forget their addresses. False if it was so already.

        Opt-outs stay: they are kept by address, not by client.
        """
        with self._writing() as connection:
            done = self._destroy_keys(connection, [client_id], at)
        self.leave_no_trace()
        return bool(done)

    def leave_no_trace(self) -> bool:
        """Overwrite what the database itself keeps of deleted rows and keys; False where it couldn't be done now.

        SQLite has overwritten its pages and keeps the old ones in its log; PostgreSQL keeps the old row of a key until
        the table is written anew. Of the log that PostgreSQL itself writes, and of copies, nothing is known here.
        """
        if self._engine.dialect.name == "sqlite":
            return empty_the_log(self._engine)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            try:
                connection.execute(text("SET lock_timeout = '10s'"))
                connection.execute(text("VACUUM (FULL) client_keys"))
                for table in (inbound, desk_tasks, raw_mails, raw_mail_parts, suppressions):
                    connection.execute(text(f"VACUUM {table.name}"))
            except OperationalError:  # somebody held a lock all that time
                return False
            finally:
                connection.execute(text("RESET lock_timeout"))  # the connection goes back to the pool
        return True

    def clients_to_clear(self) -> list[str]:
        """Erased clients, some time ago, of whom Temporal may still have something; at most 20."""
        with self._reading() as connection:
            before = clock.database_time(connection) - CLEAR_AFTER
            query = select(client_keys.c.owner_id).where(
                client_keys.c.destroyed_at < before, client_keys.c.cleared_at.is_(None)
            )
            return list(connection.execute(query.order_by(client_keys.c.destroyed_at).limit(20)).scalars())

    def note_cleared(self, client_id: str) -> None:
        """Temporal has nothing of this client any more."""
        with self._writing() as connection:
            at = clock.database_time(connection)
            connection.execute(update(client_keys).where(client_keys.c.owner_id == client_id).values(cleared_at=at))

    def _destroy_keys(self, connection: Connection, client_ids: Collection[str], at: datetime) -> list[str]:
        connection.execute(delete(addresses).where(addresses.c.owner_id.in_(client_ids)))
        return [client_id for client_id in client_ids if self._vault.destroy(connection, client_id, at)]

    def _empty_texts(self, connection: Connection, person: Person, unplaced: Unplaced, at: datetime) -> None:
        """The rows stay without a word, taken in and under a destroyed key: the provider may list the texts again."""
        nothing: dict[str, object] = {"sealed": b"", "sealed_route": None, "asked": None, "asked_until": None}
        connection.execute(
            update(inbound)
            .where(inbound.c.number.in_(unplaced.texts))
            .values(owner_id=person.client_ids[0], taken_at=func.coalesce(inbound.c.taken_at, at), **nothing)
        )

    def _delete_mails(self, connection: Connection, person: Person, mail_ids: Collection[str]) -> None:
        """Whole mails kept aside: they are large, and their parts may still lie under nobody's key."""
        theirs = select(raw_mails.c.mail_id).where(raw_mails.c.owner_id.in_(person.client_ids))
        every = {*mail_ids, *connection.execute(theirs).scalars()}
        connection.execute(delete(raw_mail_parts).where(raw_mail_parts.c.mail_id.in_(every)))
        connection.execute(delete(raw_mails).where(raw_mails.c.mail_id.in_(every)))

    def _forget_words(self, connection: Connection, known: Address, at: datetime) -> None:
        """That this address opted out, or in again, and when, stays; in which words doesn't."""
        key = self._nobody(connection, PRACTICE, at).key
        place = f"suppressions:{known.channel}:{known.address_hmac}"
        connection.execute(
            update(suppressions)
            .where(suppressions.c.channel == known.channel, suppressions.c.address_hmac == known.address_hmac)
            .values(sealed=key.seal("erased", place))
        )
