"""Reads the mails that were stored: each by the reading process, then taken in as `web/mail_intake.py` says.

A mail is stored before the vendor is answered, and forgotten once all that follows from it is written down. What was
left behind in between by a process that died is read by the sweep. What can't be read stays, and a person is told.
"""

import asyncio
import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from domain.actions import AddDeskTask
from records.database import Records
from records.raw_mails import RawMail
from records.store import NoSuchPlan
from records.vault import ClientErased
from web.incoming_mail import Mail
from web.intake import Intake
from web.mail_child import SHOWN_CHARACTERS, Glance
from web.mail_intake import take_mail
from web.mail_process import CannotRead, MailReader, ReaderDied
from web.signed_body import PART, Body

log = logging.getLogger("followthrough.mail")
READ_AFTER = timedelta(seconds=20)
"""The sweep leaves younger mails to the program that stored them."""
MOST_TRIES = 3
"""After so many readings that ended without a word a person reads the mail."""
UNREADABLE = "A mail came in that can't be read."
TOO_LONG = "A mail came in that is too long: only its beginning was read."


async def store_mail(records: Records, content_type: str, body: Body) -> str:
    """Write a mail down as it came, to stay until it was read. The same one again is stored once. Returns its id."""
    digest = await asyncio.to_thread(body.digest)
    mail_id = hashlib.sha256(f"{content_type}\0{digest}".encode()).hexdigest()[:32]
    if body.size <= PART:
        await asyncio.to_thread(records.add_small_raw_mail, mail_id, content_type, b"".join(body.parts()))
        return mail_id
    number = 0
    for number, part in enumerate(body.parts(), start=1):  # each in a transaction of its own: others want to write too
        await asyncio.to_thread(records.add_raw_mail_part, mail_id, number - 1, part)
    await asyncio.to_thread(records.add_raw_mail, mail_id, content_type, body.size, number)
    return mail_id


class MailReading:
    """Takes stored mails in, two at a time."""

    def __init__(self, records: Records, intake: Intake, readers: tuple[MailReader, ...] | None = None) -> None:
        """`readers` read for it, and whoever gave them closes them; by default two, started with the first mail."""
        self._records = records
        self._intake = intake
        self._own = readers is None
        self._readers = readers or (MailReader(), MailReader())
        self._free: asyncio.Queue[MailReader] | None = None
        self._threads = ThreadPoolExecutor(len(self._readers), "mail")

    async def read(self, mail_id: str) -> None:
        """Read this mail now, unless somebody else does; whatever fails is left to the sweep."""
        reader = await self._a_reader()
        try:
            raw = await asyncio.to_thread(self._records.begin_reading, mail_id)
            mail = await self._by(reader, raw) if raw is not None else None
        finally:
            self._give_back(reader)
        if raw is not None and mail is not None:
            await self._take(raw, mail)

    async def read_or_leave(self, mail_id: str) -> None:
        """As `read`, for whoever can't do anything about a failure: the sweep tries again."""
        try:
            await self.read(mail_id)
        except Exception as error:
            log.warning("a mail could not be read now", extra={"error": type(error).__name__})

    async def sweep(self) -> None:
        """Read what was left behind, finish what was begun, and forget what was never stored whole."""
        for mail_id in await asyncio.to_thread(self._records.raw_mails_to_read, READ_AFTER):
            await self.read_or_leave(mail_id)
        await asyncio.to_thread(self._records.move_raw_mail_parts)
        await asyncio.to_thread(self._records.forget_unfinished_mails)

    def close(self) -> None:
        """End the reading processes. A mail that is being read is read again later."""
        for reader in self._readers if self._own else ():
            reader.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _a_reader(self) -> MailReader:
        if self._free is None:
            self._free = asyncio.Queue()
            for reader in self._readers:
                self._free.put_nowait(reader)
        return await self._free.get()

    def _give_back(self, reader: MailReader) -> None:
        if self._free is not None:
            self._free.put_nowait(reader)

    async def _by(self, reader: MailReader, raw: RawMail) -> Mail | None:
        """What the reader makes of it. None where it can't be read: then a person knows, or the sweep tries again."""
        if raw.tries > MOST_TRIES:
            await asyncio.to_thread(self._to_a_person, raw, UNREADABLE, Glance())
            return None
        loop = asyncio.get_running_loop()
        parts = self._records.raw_mail_parts(raw)
        try:
            return await loop.run_in_executor(self._threads, reader.read, raw.content_type, raw.size, parts)
        except CannotRead as error:
            await asyncio.to_thread(self._to_a_person, raw, UNREADABLE, error.glance)
        except ReaderDied:
            log.warning("a reader of mails died", extra={"tries": raw.tries})
            await asyncio.to_thread(self._records.give_back_reading, raw.mail_id)
        return None

    async def _take(self, raw: RawMail, mail: Mail) -> None:
        """Everything that follows, then the mail goes; one that is longer than what was read of it stays."""
        kept = await take_mail(self._records, self._intake, mail, raw.received_at)
        if mail.whole:
            await asyncio.to_thread(self._records.forget_raw_mail, raw.mail_id)
        else:
            glance = Glance(conversation=mail.conversation, begins=mail.text)
            await asyncio.to_thread(self._to_a_person, raw, TOO_LONG, glance)
        await self._intake.hand_over_reply(kept)

    def _to_a_person(self, raw: RawMail, what: str, glance: Glance) -> None:
        begins = glance.begins[:SHOWN_CHARACTERS] or self._begins(raw)
        task = AddDeskTask(
            key=f"raw-mail:{raw.mail_id}",
            plan_id="",
            kind="reply",
            text=f"{what} As it came: {begins}",
            at=raw.received_at,
            raw_mail=raw.mail_id,
        )
        plan_id = self._records.plan_of_conversation(glance.conversation) if glance.conversation else None
        try:
            self._records.keep_raw_mail(raw.mail_id, task.model_copy(update={"plan_id": plan_id or ""}))
        except (NoSuchPlan, ClientErased):
            self._records.keep_raw_mail(raw.mail_id, task)

    def _begins(self, raw: RawMail) -> str:
        first = next(iter(self._records.raw_mail_parts(raw)), b"")
        return first[:SHOWN_CHARACTERS].decode("utf-8", "replace")
