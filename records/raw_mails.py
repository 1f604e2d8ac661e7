"""Mails as the vendor posted them, in parts so that no mail is ever in memory whole.

A mail is here from the moment its webhook is answered until it was read. What can't be read, or not whole, stays for a
person. It is sealed under a key that belongs to no client, until its conversation says whose it is.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Row, delete, or_, select, update

from domain.actions import AddDeskTask
from records import clock
from records.desk import DeskRecords
from records.sql import insert_new
from records.tables import raw_mail_parts, raw_mails
from records.vault import UNKNOWN

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


class _Sealed(BaseModel):
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
            about = _Sealed(content_type=content_type, size=size, parts=parts)
            sealed = key.seal(about.model_dump_json(), _place(mail_id))
            row = {"mail_id": mail_id, "owner_id": owner_id, "sealed": sealed, "received_at": at, "tries": 0}
            return insert_new(connection, raw_mails, **row)

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

    def begin_reading(self, mail_id: str) -> RawMail | None:
        """Have this mail for oneself for two minutes, to read it; None where it was read or somebody else has it."""
        with self._writing() as connection:
            at = clock.database_time(connection)
            free = or_(
                raw_mails.c.begun_at.is_(None),
                raw_mails.c.begun_at < at - READS_FOR,
                raw_mails.c.begun_at > at,  # by a clock that was ahead
            )
            begun = connection.execute(
                update(raw_mails)
                .where(raw_mails.c.mail_id == mail_id, raw_mails.c.read_at.is_(None), free)
                .values(begun_at=at, tries=raw_mails.c.tries + 1)
            )
            return self._raw_mail(connection, mail_id) if begun.rowcount == 1 else None

    def raw_mails_to_read(self, older_than: timedelta) -> list[str]:
        """Mails that nobody has read and nobody is reading, the oldest first; at most 100."""
        with self._reading() as connection:
            at = clock.database_time(connection)
            free = or_(raw_mails.c.begun_at.is_(None), raw_mails.c.begun_at < at - READS_FOR, raw_mails.c.begun_at > at)
            query = (
                select(raw_mails.c.mail_id)
                .where(raw_mails.c.read_at.is_(None), raw_mails.c.received_at < at - older_than, free)
                .order_by(raw_mails.c.received_at)
                .limit(100)
            )
            return list(connection.execute(query).scalars())

    def forget_raw_mail(self, mail_id: str) -> None:
        """It was read, and all that follows from it is written down."""
        with self._writing() as connection:
            connection.execute(delete(raw_mails).where(raw_mails.c.mail_id == mail_id))
            connection.execute(delete(raw_mail_parts).where(raw_mail_parts.c.mail_id == mail_id))

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
            if task.plan_id:
                self._give_raw_mail(connection, mail_id, task.plan_id)

    def forget_unfinished_mails(self) -> None:
        """Parts whose mail never came whole, because a process died and the vendor posted it no more."""
        with self._writing() as connection:
            old = clock.database_time(connection) - FORGOTTEN_AFTER
            whole = select(raw_mails.c.mail_id)
            connection.execute(
                delete(raw_mail_parts).where(raw_mail_parts.c.stored_at < old, raw_mail_parts.c.mail_id.not_in(whole))
            )

    def _give_raw_mail(self, connection: Connection, mail_id: str, plan_id: str) -> None:
        """Seal it, part by part, under the key of the plan's client. Raises NoSuchPlan, ClientErased."""
        owner_id, key = self._owner_of_plan(connection, plan_id)
        mail = self._raw_mail(connection, mail_id)
        if mail is None:
            return
        for number, data in enumerate(self.raw_mail_parts(mail)):
            connection.execute(
                update(raw_mail_parts)
                .where(raw_mail_parts.c.mail_id == mail_id, raw_mail_parts.c.part == number)
                .values(owner_id=owner_id, sealed=key.seal_bytes(data, _part_place(mail_id, number)))
            )
        about = _Sealed(content_type=mail.content_type, size=mail.size, parts=mail.parts)
        sealed = key.seal(about.model_dump_json(), _place(mail_id))
        connection.execute(
            update(raw_mails)
            .where(raw_mails.c.mail_id == mail_id)
            .values(owner_id=owner_id, plan_id=plan_id, sealed=sealed)
        )

    def _raw_mail(self, connection: Connection, mail_id: str) -> RawMail | None:
        row = connection.execute(select(raw_mails).where(raw_mails.c.mail_id == mail_id)).first()
        opened = self._readable(connection, [row] if row is not None else [])
        return next((_opened(each, key.open(each.sealed, _place(mail_id))) for each, key in opened), None)


def _opened(row: Row[Any], text: str) -> RawMail:
    body = _Sealed.model_validate_json(text)
    return RawMail(
        mail_id=row.mail_id,
        content_type=body.content_type,
        size=body.size,
        parts=body.parts,
        received_at=row.received_at,
        plan_id=row.plan_id,
        tries=row.tries,
    )


def _place(mail_id: str) -> str:
    return f"raw_mails:{mail_id}"


def _part_place(mail_id: str, part: int) -> str:
    return f"raw_mail_parts:{mail_id}:{part}"
