"""The process that reads mails, with limits on what one may cost. `web/mail_process.py` starts it and speaks to it.

Each mail is read by a copy of it (it has one thread, so it may fork), which the system kills when the mail costs too
much, whatever the copy is doing. It is given no secrets and opens no files and no connections. It ends when the program
does that started it.
"""

import gc
import os
import resource
import signal
import struct
import sys
from contextlib import suppress
from io import BufferedReader
from typing import BinaryIO, cast

from pydantic import BaseModel

from domain.events import CalendarAnswer
from web.inbound_form import Form, read_form
from web.incoming_mail import Mail, MailKind, read_mail

CPU_SECONDS = 0.4
"""What one mail may cost; an ordinary one costs some milliseconds."""
MEMORY_BYTES = 400 * 1024 * 1024
"""Address space of the whole process: its libraries, thirty megabytes of mail, and what reading takes."""
NICE = 5
"""How far it stands back where the processor is wanted by the program that answers people too."""
SHOWN_CHARACTERS = 2000
LENGTH = struct.Struct(">Q")


class Glance(BaseModel):
    """What is known of a mail before it is read: the conversation by its envelope, who sent it, and how it begins."""

    conversation: str | None = None
    sender: str = ""
    begins: str = ""


class Read(BaseModel):
    """A mail that was read, as it goes from one process to the other."""

    provider_id: str
    from_address: str
    text: str
    kind: MailKind
    conversation: str | None
    aligned: bool
    calendar: CalendarAnswer | None
    failed_link: str | None
    failed_because: str
    whole: bool

    def mail(self) -> Mail:
        """The same as everybody else knows it."""
        return Mail(**{name: getattr(self, name) for name in type(self).model_fields})


class Answer(BaseModel):
    """What came of reading. Without a mail there was none in what came, or the reader was `killed`."""

    mail: Read | None = None
    killed: bool = False


def main(cpu_seconds: float = CPU_SECONDS) -> None:
    """Read until there is no more to read. Each mail may cost `cpu_seconds` of processor time."""
    _limit()
    given, said = cast(BufferedReader, sys.stdin.buffer), sys.stdout.buffer
    gc.collect()
    gc.freeze()  # what is here already is shared with the copies
    while (content_type := _block(given)) is not None and (body := _block(given)) is not None:
        copy = os.fork()
        if copy == 0:
            _read_one(said, content_type.decode("utf-8", "replace"), body, cpu_seconds)
        del body
        _, status = os.waitpid(copy, 0)
        if status != 0:
            _say(said, Answer(killed=True))


def _read_one(said: BinaryIO, content_type: str, body: bytearray, cpu_seconds: float) -> None:
    """Read one mail and end, or be ended. What is said so far has arrived whole, or not at all."""
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        answer = _answer(said, content_type, body)
        signal.setitimer(signal.ITIMER_PROF, 0)
        _say(said, answer)
        os._exit(0)
    finally:
        os._exit(1)  # whatever went wrong, this copy is not to go on as if it were its parent


def _answer(said: BinaryIO, content_type: str, body: bytearray) -> Answer:
    try:
        form = read_form(content_type, body)
        _say(said, _glance(form))
        mail = read_mail(form.raw, form.envelope)
        return Answer(mail=Read(**vars(mail)))
    except ValueError:
        return Answer()


def _glance(form: Form) -> Glance:
    begins = bytes(form.raw[: 2 * SHOWN_CHARACTERS]).decode("utf-8", "replace")[:SHOWN_CHARACTERS]
    return Glance(conversation=form.conversation, sender=(form.envelope.sender or "")[:200], begins=begins)


def _limit() -> None:
    os.nice(NICE)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        with suppress(ValueError, OSError):  # a system that knows no such limit, or has set a lower one
            resource.setrlimit(what, (most, most))
    for name in (signal.SIGINT, signal.SIGTERM):  # of a whole group, at the terminal: the parent says when to end
        signal.signal(name, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


def _block(given: BufferedReader) -> bytearray | None:
    """One block that says its length; None where the parent has ended."""
    length = given.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    block = bytearray(LENGTH.unpack(length)[0])
    view = memoryview(block)
    while view:
        got = given.readinto(view)
        if not got:
            return None
        view = view[got:]
    return block


def _say(said: BinaryIO, words: BaseModel) -> None:
    block = words.model_dump_json().encode("utf-8", "replace")
    said.write(LENGTH.pack(len(block)) + block)
    said.flush()
