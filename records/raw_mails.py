"""Mails as the vendor posted them, in parts so that no mail is ever in memory whole.

A mail is here from the moment its webhook is answered until it was read. What can't be read, or not whole, stays for a
person. It is sealed under a key that belongs to no client, until its conversation says whose it is.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Connection, Row, delete, func, or_, select, update

from domain.actions import AddDeskTask
from records import clock
from records.desk import DeskRecords
from records.sql import insert_new
from records.tables import raw_mail_parts, raw_mails
from records.vault import UNKNOWN, ClientKey

READS_FOR = timedelta(minutes=2)
"""How long whoever reads a mail has it for themselves; then the sweep takes it for left behind."""
FORGOTTEN_AFTER = timedelta(days=4)
"""When parts of a mail go that was never stored whole: by then the vendor has given up posting it."""


class RawMail(BaseModel):
    """A mail on record. `content_type` is that of the vendor's form, of `size` bytes in `parts`; `tries`: readings."""

    mail_id: str
    content_type: str
    size: int
    parts: int
    received_at: datetime
    plan_id: str | None = None
    tries: int = 0


class _About(BaseModel):
    content_type: str
    size: int
    parts: int


class RawMailRecords(DeskRecords):
    """Queries about mails as they came."""

    def add_raw_mail_part(self, mail_id: str, part: int, data: bytes) -> None:
        """Store one part, before its mail. The same part again changes nothing."""
        with self._writing() as connection:
            at = clock.database_time(connection)
            owner_id, key = self._nobody(connection, UNKNOWN, at)
            sealed = key.seal_bytes(data, _part_place(mail_id, part))
            row = {"mail_id": mail_id, "part": part, "owner_id": owner_id, "sealed": sealed, "stored_at": at}
            insert_new(connection, raw_mail_parts, **row)

    def add_raw_mail(self, mail_id: str, content_type: str, size: int, parts: int) -> bool:
        """The mail is here, with all its parts. False if it was so already."""
        with self._writing() as connection:
            at = clock.database_time(connection)
            owner_id, key = self._nobody(connection, UNKNOWN, at)
            mail = RawMail(mail_id=mail_id, content_type=content_type, size=size, parts=parts, received_at=at)
            sealed = _sealed(mail, key)
            row = {"mail_id": mail_id, "owner_id": owner_id, "sealed": sealed, "received_at": at, "tries": 0}
            return insert_new(connection, raw_mails, **row)

    def add_small_raw_mail(self, mail_id: str, content_type: str, data: bytes) -> bool:
        """A mail of one part, in one transaction. False if it was there already."""
        with self._writing():
            self.add_raw_mail_part(mail_id, 0, data)
            return self.add_raw_mail(mail_id, content_type, len(data), 1)

    def raw_mail(self, mail_id: str) -> RawMail | None:
        """The mail of this id; None where there is none, or its client was erased."""
        with self._reading() as connection:
            return self._raw_mail(connection, mail_id)

    def raw_mail_parts(self, mail: RawMail) -> Iterator[bytes]:
        """Its bytes, one part after another. Ends early where its client is erased meanwhile."""
        for number in range(mail.parts):
            query = select(raw_mail_parts).where(
                raw_mail_parts.c.mail_id == mail.mail_id, raw_mail_parts.c.part == number
            )
            with self._reading() as connection:
                opened = self._readable(connection, list(connection.execute(query)))
                found = [key.open_bytes(row.sealed, _part_place(mail.mail_id, number)) for row, key in opened]
            yield from found

    def raw_mails_of(self, owner_ids: Collection[str]) -> list[RawMail]:
        """Mails that lie under the keys of these owners, the oldest first."""
        query = select(raw_mails).where(raw_mails.c.owner_id.in_(owner_ids)).order_by(raw_mails.c.received_at)
        with self._reading() as connection:
            readable = self._readable(connection, list(connection.execute(query)))
            return [_opened(row, key.open(row.sealed, _place(row.mail_id))) for row, key in readable]

    def raw_mails_of_nobody(self) -> list[RawMail]:
        """Mails of which nothing says whose they are."""
        return self.raw_mails_of([UNKNOWN])

    def begin_reading(self, mail_id: str) -> RawMail | None:
        """Have this mail for oneself for two minutes, to read it; None where it was read or somebody else has it."""
        with self._writing() as connection:
            at = clock.database_time(connection)
            begun = connection.execute(
                update(raw_mails)
                .where(raw_mails.c.mail_id == mail_id, raw_mails.c.read_at.is_(None), _free(at))
                .values(begun_at=at, tries=raw_mails.c.tries + 1)
            )
            return self._raw_mail(connection, mail_id) if begun.rowcount == 1 else None

    def raw_mails_to_read(self, older_than: timedelta) -> list[str]:
        """Mails that nobody has read and nobody is reading, the oldest first; at most 100."""
        with self._reading() as connection:
            at = clock.database_time(connection)
            query = (
                select(raw_mails.c.mail_id)
                .where(raw_mails.c.read_at.is_(None), raw_mails.c.received_at < at - older_than, _free(at))
                .order_by(raw_mails.c.received_at)
                .limit(100)
            )
            return list(connection.execute(query).scalars())

    def raw_mails_to_read_count(self) -> int:
        """How many wait to be read, also those that are being read."""
        query = select(func.count()).select_from(raw_mails).where(raw_mails.c.read_at.is_(None))
        with self._reading() as connection:
            return connection.execute(query).scalar_one()

    def forget_raw_mail(self, mail_id: str) -> None:
        """It was read, and all that follows from it is written down. Part by part: others want to write too."""
        of_mail = raw_mail_parts.c.mail_id == mail_id
        with self._writing() as connection:
            connection.execute(delete(raw_mails).where(raw_mails.c.mail_id == mail_id))
            connection.execute(delete(raw_mail_parts).where(of_mail, raw_mail_parts.c.part == 0))
            numbers = list(connection.execute(select(raw_mail_parts.c.part).where(of_mail)).scalars())
        for number in numbers:
            with self._writing() as connection:
                connection.execute(delete(raw_mail_parts).where(of_mail, raw_mail_parts.c.part == number))

    def give_back_reading(self, mail_id: str) -> None:
        """It wasn't read after all; the sweep may begin at once."""
        with self._writing() as connection:
            connection.execute(update(raw_mails).where(raw_mails.c.mail_id == mail_id).values(begun_at=None))

    def keep_raw_mail(self, mail_id: str, task: AddDeskTask) -> None:
        """It was read as far as it can be, and stays for a person, who is told: under its client's key, if known.

        Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            at = clock.database_time(connection)
            connection.execute(update(raw_mails).where(raw_mails.c.mail_id == mail_id).values(read_at=at))
            self.add_desk_task(task)
            mail = self._raw_mail(connection, mail_id) if task.plan_id else None
            if mail is None:
                return
            owner_id, key = self._owner_of_plan(connection, task.plan_id)
            values = {"owner_id": owner_id, "plan_id": task.plan_id, "sealed": _sealed(mail, key)}
            connection.execute(update(raw_mails).where(raw_mails.c.mail_id == mail_id).values(**values))
        self.move_raw_mail_parts()

    def move_raw_mail_parts(self) -> None:
        """Seal parts of kept mails under the key that their mail has by now; at most 100, one after another."""
        query = (
            select(raw_mail_parts, raw_mails.c.owner_id.label("mails_owner"))
            .join(raw_mails, raw_mails.c.mail_id == raw_mail_parts.c.mail_id)
            .where(raw_mails.c.owner_id != raw_mail_parts.c.owner_id)
            .limit(1)
        )
        for _ in range(100):
            with self._reading() as connection:  # nearly always there is none, and looking takes no turn
                if connection.execute(query).first() is None:
                    return
            with self._writing() as connection:
                row = connection.execute(query).first()
                if row is None:
                    return
                keys = self._vault.keys(connection, [row.owner_id, row.mails_owner])
                part = (raw_mail_parts.c.mail_id == row.mail_id, raw_mail_parts.c.part == row.part)
                if row.owner_id not in keys or row.mails_owner not in keys:  # erased meanwhile
                    connection.execute(delete(raw_mail_parts).where(*part))
                    continue
                place = _part_place(row.mail_id, row.part)
                data = keys[row.owner_id].open_bytes(row.sealed, place)
                moved = {"owner_id": row.mails_owner, "sealed": keys[row.mails_owner].seal_bytes(data, place)}
                connection.execute(update(raw_mail_parts).where(*part).values(**moved))

    def forget_unfinished_mails(self) -> None:
        """Parts whose mail never came whole, because a process died and the vendor posted it no more."""
        with self._writing() as connection:
            old = clock.database_time(connection) - FORGOTTEN_AFTER
            whole = select(raw_mails.c.mail_id)
            connection.execute(
                delete(raw_mail_parts).where(raw_mail_parts.c.stored_at < old, raw_mail_parts.c.mail_id.not_in(whole))
            )

    def _raw_mail(self, connection: Connection, mail_id: str) -> RawMail | None:
        row = connection.execute(select(raw_mails).where(raw_mails.c.mail_id == mail_id)).first()
        opened = self._readable(connection, [row] if row is not None else [])
        return next((_opened(each, key.open(each.sealed, _place(mail_id))) for each, key in opened), None)


def _free(at: datetime) -> ColumnElement[bool]:
    """Whether nobody reads it at that moment. Who began later than that had a clock that was ahead."""
    begun = raw_mails.c.begun_at
    return or_(begun.is_(None), begun < at - READS_FOR, begun > at)


def _opened(row: Row[Any], text: str) -> RawMail:
    body = _About.model_validate_json(text)
    return RawMail(
        mail_id=row.mail_id,
        content_type=body.content_type,
        size=body.size,
        parts=body.parts,
        received_at=row.received_at,
        plan_id=row.plan_id,
        tries=row.tries,
    )


def _sealed(mail: RawMail, key: ClientKey) -> bytes:
    about = _About(content_type=mail.content_type, size=mail.size, parts=mail.parts)
    return key.seal(about.model_dump_json(), _place(mail.mail_id))


def _place(mail_id: str) -> str:
    return f"raw_mails:{mail_id}"


def _part_place(mail_id: str, part: int) -> str:
    return f"raw_mail_parts:{mail_id}:{part}"
