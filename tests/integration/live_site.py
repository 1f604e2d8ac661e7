"""One practice on a real Temporal server in a folder of its own, with programs that can be killed and started again."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import OperationalError
from temporalio.client import Client

from activities.encryption import data_converter
from activities.start import WorkflowStarter
from domain.policy import Practice
from programs.embedded import DevServer, free_port, start_dev_server
from records.database import Records
from records.keyring import KeyRing
from tests.today import this_moment
from web.intake import Intake

TOP = Path(__file__).parents[2]
PATIENCE_SECONDS = 90
"""Longest wait for what comes by itself: a dead worker is noticed after 10 s, its sweep's lease ends after 30 s."""


def now() -> datetime:
    return this_moment()


async def wait_until(what: str, is_so: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Look again and again, off the event loop, until it is so."""
    deadline = time.monotonic() + seconds
    while True:
        # A killed program may hold SQLite's write lock for a moment while it is cleared away.
        with contextlib.suppress(OperationalError):
            if await asyncio.to_thread(is_so):
                return
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds:g} seconds still not so: {what}")
        await asyncio.sleep(0.2)


class Program:
    """A program of ours as a process in a session of its own."""

    def __init__(self, folder: Path, script: str, *words: str, **settings: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not is_a_setting(name)}
        self.log = folder / f"{Path(script).stem}.log"
        self._said_before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(TOP / script), *words],
                cwd=folder,
                env=inherited | {"TEMPORAL_CONFIG_FILE": os.devnull, "PYTHONUNBUFFERED": "1"} | settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def has_said(self, words: str) -> bool:
        """Whether it has said these words since it was started. Fails where it has ended by itself."""
        said = self.log.read_bytes()[self._said_before :].decode()
        assert self.process.poll() is None, f"the program ended by itself:\n{said}"
        return words in said

    def kill(self) -> None:
        """SIGKILL to it and everything in its group, with no chance to clean up."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def is_a_setting(name: str) -> bool:
    """Whether a program of ours would read this environment variable."""
    ours = ("TWILIO_", "SENDGRID_", "TEMPORAL_", "WEB_")
    return name.startswith(ours) or name in ("MESSAGING", "DATABASE_URL", "PAYLOAD_KEYS", "PRACTICE_FILE", "API_TOKEN")


@dataclass
class Site:
    """The practice's folder, Temporal server, records and way in."""

    folder: Path
    practice: Practice
    database_url: str = ""
    keys: KeyRing = field(default_factory=KeyRing.generate)
    port: int = field(default_factory=free_port)
    server: DevServer | None = None
    worker: Program | None = None
    records: Records = field(init=False)
    temporal: Client = field(init=False)
    starter: WorkflowStarter = field(init=False)
    intake: Intake = field(init=False)

    async def open(self) -> None:
        """Start the server and open everything that the tests themselves work with."""
        self.database_url = self.database_url or f"sqlite:///{self.folder}/records.db"
        self.records = Records.open(self.database_url, self.keys)
        await asyncio.to_thread(self.records.migrate)
        await self.start_server()
        self.temporal = await Client.connect(self.address, data_converter=data_converter(self.keys, self.records))
        self.starter = WorkflowStarter(self.temporal)
        self.intake = Intake(self.records, self.temporal, self.starter, self.practice)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def start_server(self) -> None:
        """On the same file and port each time."""
        log = self.folder / "temporal.log"
        self.server = await asyncio.to_thread(start_dev_server, self.folder / "temporal.db", self.port, None, log)

    async def kill_server(self) -> None:
        if self.server is not None:
            self.server.process.kill()
            await asyncio.to_thread(self.server.process.wait)
            self.server = None

    def settings(self) -> dict[str, str]:
        """What a program of this site is started with."""
        file = self.folder / "practice.yaml"
        file.write_text(self.practice.model_dump_json(exclude_none=True, exclude_unset=True), "utf-8")
        return {
            "TEMPORAL_ADDRESS": self.address,
            "DATABASE_URL": self.database_url,
            "PAYLOAD_KEYS": self.keys.dump(),
            "PRACTICE_FILE": str(file),
        }

    async def start_worker(self) -> None:
        worker = self.worker = Program(self.folder, "worker.py", **self.settings())
        await wait_until("the worker runs", lambda: worker.has_said("worker started"))

    async def kill_worker(self) -> None:
        if self.worker is not None:
            assert self.worker.process.poll() is None, self.worker.log.read_text("utf-8")
            await asyncio.to_thread(self.worker.kill)
            self.worker = None

    async def close(self) -> None:
        if self.worker is not None:
            await asyncio.to_thread(self.worker.kill)
        if self.server is not None:
            await asyncio.to_thread(self.server.stop)
        self.records.close()

    def later(self, wait: timedelta) -> Intake:
        """The same way in by a clock that is ahead, for what only happens after a while."""

        async def clock() -> datetime:
            return now() + wait

        return Intake(self.records, self.temporal, self.starter, self.practice, clock)


@contextlib.asynccontextmanager
async def a_site(folder: Path, practice: Practice, database_url: str = "") -> AsyncGenerator[Site]:
    """A site with a running Temporal server and no worker yet."""
    site = Site(folder, practice, database_url)
    try:
        await site.open()
        yield site
    finally:
        await site.close()
