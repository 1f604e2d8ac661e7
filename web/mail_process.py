"""Reads mails in a process of its own, so that no mail can hold up or bring down the program that took it in."""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from web.incoming_mail import Mail
from web.mail_child import CPU_SECONDS, LENGTH, Answer, Glance

HOME = Path(__file__).parents[1]
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from web.mail_child import main; main(float(sys.argv[2]))"
READS_WITHIN_SECONDS = 20.0
"""By the clock on the wall, start included. Its processor time is limited by itself, to much less."""
CHUNK = 64 * 1024
LONGEST_ANSWER = 4 * 1024 * 1024


class CannotRead(Exception):
    """The mail can't be read, or not within the limits. `glance` is what was seen of it before.

    `costly`: it would have taken too much; another try would end the same way.
    """

    def __init__(self, glance: Glance, *, costly: bool) -> None:
        super().__init__("the mail costs too much to read" if costly else "the mail can't be read")
        self.glance = glance
        self.costly = costly


class ReaderDied(Exception):
    """The reading process is gone, or the machine too busy, and not for what the mail cost: another try may go well."""


class MailReader:
    """One reading process, started when first needed and again after it died. One mail at a time; others wait."""

    def __init__(self, within_seconds: float = READS_WITHIN_SECONDS, cpu_seconds: float = CPU_SECONDS) -> None:
        """How long a mail may take by the clock, and how much of the processor's time."""
        self._within = within_seconds
        self._cpu_seconds = cpu_seconds
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process that would read the next mail, if there is one."""
        return self._process.pid if self._process is not None else None

    def read(self, content_type: str, size: int, parts: Iterable[bytes]) -> Mail:
        """The mail in a form of `size` bytes, given part by part. Raises CannotRead, ReaderDied. Never on a loop."""
        with self._turn:
            until = time.monotonic() + self._within
            try:
                process = self._started()
                self._give(process, content_type.encode("utf-8", "replace"), size, parts, until)
                return self._answer(process, until)
            except CannotRead:
                raise
            except (OSError, EOFError, ValueError) as error:  # it is gone, or was ended in the middle of a word
                self._end()
                raise ReaderDied("the reading process is gone") from error
            except BaseException:  # what we were given to read from failed: half a mail is on its way
                self._end()
                raise

    def close(self) -> None:
        """End the process. The next mail starts another."""
        with self._turn:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            # With nothing of our environment: a reader of strangers' mails has no business with our secrets.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-I", "-c", PROGRAM, str(HOME), str(self._cpu_seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )
        return self._process

    def _give(
        self, process: subprocess.Popen[bytes], content_type: bytes, size: int, parts: Iterable[bytes], until: float
    ) -> None:
        stdin = cast("IO[bytes]", process.stdin)
        os.set_blocking(stdin.fileno(), False)
        given = 0
        self._write(stdin, LENGTH.pack(len(content_type)) + content_type + LENGTH.pack(size), until)
        for part in parts:
            given += len(part)
            self._write(stdin, part, until)
        if given != size:
            raise EOFError("the mail is not on record whole")

    def _write(self, stdin: IO[bytes], data: bytes, until: float) -> None:
        left = memoryview(data)
        while left:
            _, ready, _ = select.select([], [stdin], [], _left(until))
            if not ready:
                raise EOFError("the reader takes nothing")
            left = left[os.write(stdin.fileno(), left[:CHUNK]) :]

    def _answer(self, process: subprocess.Popen[bytes], until: float) -> Mail:
        """The first block is a glance or already the answer; after a glance comes the answer."""
        glance = Glance()
        first = self._block(process, until)
        if b'"begins":' in first[:1000]:
            glance = Glance.model_validate_json(first)
            first = self._block(process, until)
        answer = Answer.model_validate_json(first)
        if answer.mail is None:
            raise CannotRead(glance, costly=answer.killed)
        return answer.mail.mail()

    def _block(self, process: subprocess.Popen[bytes], until: float) -> bytes:
        stdout = cast("IO[bytes]", process.stdout)
        (length,) = LENGTH.unpack(self._exactly(stdout, LENGTH.size, until))
        if length > LONGEST_ANSWER:
            raise EOFError("the reader says too much")
        return self._exactly(stdout, length, until)

    def _exactly(self, stdout: IO[bytes], length: int, until: float) -> bytes:
        got = bytearray()
        while len(got) < length:
            ready, _, _ = select.select([stdout], [], [], _left(until))
            if not ready:
                raise TimeoutError
            data = os.read(stdout.fileno(), min(length - len(got), CHUNK))
            if not data:
                raise EOFError("the reader has ended")
            got += data
        return bytes(got)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # its copy too
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())
