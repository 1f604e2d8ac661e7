"""Temporal or the records are lost, empty, or older than the other: nothing is lost, nothing is doubled.

Each client has a visit of which one reminder is due. It was moved just before the loss, so that who goes by what is
older reminds of the old time; and one client has said STOP, which was acknowledged.
"""

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from domain.events import AppointmentMoved
from programs.embedded import free_port, start_dev_server
from tests.integration.fault_house import API_TOKEN, House, a_house, phone_of, plan_of
from tests.integration.live_site import Program, now, wait_until
from tests.integration.nursery import Nursery
from tests.integration.quick_plans import HOUR

STOP = "Please stop texting me"
ANOTHER = "another Temporal server"
OLDER = "records were older than Temporal"
UNKNOWN = "records know nothing of"
OLD_TIME = timedelta(seconds=10)
"""So soon the reminder of the old time is due: it is overdue by the time all is up again."""


NEW_TIME = timedelta(seconds=16)


@dataclass(frozen=True)
class Agreed:
    """What came of it. `reminders` were due to clients who hadn't said stop; `early` went by the old time.

    `refused`: events that were refused. `said`: whether Health, /readyz and the doctor told of it while it was so;
    `still`: which of them tell of it in the end.
    """

    reminders: int
    reminded: int
    early: int
    doubled: int
    after_stop: int
    refused: int
    said: tuple[str, ...] = ()
    still: tuple[str, ...] = ()


ALL_SAY_SO = ("Health", "readyz", "doctor")


class Told:
    """One house, its clients, and what each of them is owed."""

    def __init__(self, house: House, clients: int) -> None:
        self.house = house
        self.clients = clients
        self.stopped: set[int] = set()
        self.due: dict[int, list[datetime]] = {nth: [] for nth in range(clients)}
        self.refused = 0
        self.old_due = now()

    async def begin(self) -> None:
        await self.restart("worker-1")
        await self.house.start("web")
        await self.house.enroll(self.clients)

    @property
    def left(self) -> list[int]:
        return [nth for nth in range(self.clients) if nth not in self.stopped]

    async def book(self, visit: str) -> None:
        """All have a visit, whose reminder is due before long."""
        self.old_due = now() + OLD_TIME
        await asyncio.gather(*(self.house.book(nth, visit, OLD_TIME, by_web=True) for nth in range(self.clients)))

    async def move(self, visit: str, due_in: timedelta) -> None:
        """It is moved, so that its reminder is due later."""
        for nth in range(self.clients):
            due_at = now() + due_in
            event = AppointmentMoved(
                event_id=f"move-{visit}", occurred_at=now(), appointment_id=visit, starts_at=due_at + HOUR
            )
            await self._tell(nth, event)
            if nth not in self.stopped:
                self.due[nth].append(due_at)

    async def _tell(self, nth: int, event: AppointmentMoved) -> None:
        headers = {"Authorization": f"Bearer {API_TOKEN}"}
        async with httpx.AsyncClient(base_url=self.house.url, headers=headers, timeout=30, trust_env=False) as web:
            answer = await web.post(f"/api/plans/{plan_of(nth)}/events", json=event.model_dump(mode="json"))
            self.refused += answer.status_code not in (200, 202)

    async def stop(self, nth: int) -> None:
        """This client says STOP, by a webhook that is acknowledged."""
        self.house.vendor.receive_text(phone_of(nth), STOP)
        records = self.house.site.records
        await wait_until("the STOP counts", lambda: records.is_suppressed("sms", phone_of(nth)))
        self.stopped.add(nth)
        self.due[nth] = self.due[nth][: len(self._reminders(nth))]

    def _reminders(self, nth: int) -> list[datetime]:
        return [text.accepted_at for text in self.house.texts() if text.to == phone_of(nth)]

    async def all_reminded(self) -> None:
        for nth in range(self.clients):
            await wait_until(f"{nth} is reminded", lambda nth=nth: len(self._reminders(nth)) >= len(self.due[nth]))

    async def came(self, **said: tuple[str, ...]) -> Agreed:
        """Once all are reminded, and a moment later."""
        await self.all_reminded()
        await asyncio.sleep(1)
        pairs = [pair for nth in range(self.clients) for pair in zip(self._reminders(nth), self.due[nth], strict=False)]
        return Agreed(
            reminders=sum(len(due) for due in self.due.values()),
            reminded=sum(len(self._reminders(nth)) for nth in range(self.clients)),
            early=sum(at < due for at, due in pairs),
            doubled=self.house.doubled(),
            after_stop=sum(len(self._reminders(nth)) > len(self.due[nth]) for nth in self.stopped),
            refused=self.refused,
            **said,
        )

    async def who_says(self, words: str) -> tuple[str, ...]:
        """Which of Health, /readyz and the doctor tell of it."""
        house = self.house
        health, doctor = await asyncio.gather(house.health(), asyncio.to_thread(_doctor, house))
        ready = await asyncio.to_thread(httpx.get, f"{house.url}/readyz", trust_env=False, timeout=10)
        said = {
            "Health": words in health,
            "readyz": words in ready.text and not ready.is_success,
            "doctor": any(words in line and line.startswith("FIX") for line in doctor.splitlines()),
        }
        return tuple(who for who, does in said.items() if does)

    async def restart(self, *names: str) -> None:
        for name in names:
            if name == "web":
                await self.house.start(name)
            else:
                await self.house.start(name, LOOK_EVERY=1, TRY_AGAIN_AFTER_LOSS=0.5, POLL_EVERY=60)

    async def end_all(self) -> None:
        """Every program of ours."""
        for name in list(self.house.programs):
            await self.house.end(name)

    async def overdue(self) -> None:
        """Wait until the reminders of the old time are overdue: whoever goes by it sends them at once."""
        await asyncio.sleep(max((self.old_due - now()).total_seconds(), 0))


def command(house: House, *words: str) -> str:
    """What one of our commands says."""
    program = Program(house.site.folder, "cli.py", *words, **house.settings)
    program.process.wait(60)
    return program.log.read_text("utf-8")


def _doctor(house: House) -> str:
    (house.site.folder / "cli.log").unlink(missing_ok=True)
    return command(house, "doctor")


def copied(file: Path, to: Path) -> None:
    """A copy of a SQLite database that others write to meanwhile."""
    with contextlib.closing(sqlite3.connect(file)) as source, contextlib.closing(sqlite3.connect(to)) as target:
        source.backup(target)


def removed(file: Path) -> None:
    for each in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        each.unlink(missing_ok=True)


def put_back(copy: Path, file: Path) -> None:
    removed(file)
    os.replace(copy, file)


@contextlib.asynccontextmanager
async def _told(folder: Path, nursery: Nursery, clients: int) -> AsyncGenerator[Told]:
    async with a_house(folder, nursery) as house:
        told = Told(house, clients)
        await told.begin()
        yield told


async def temporal_older(folder: Path, nursery: Nursery, clients: int) -> Agreed:
    """A copy of Temporal's file is put back that is older than the records: before the visits were moved."""
    async with _told(folder, nursery, clients) as told:
        await told.book("v1")
        site, file, copy = told.house.site, folder / "temporal.db", folder / "copy.db"
        await asyncio.to_thread(copied, file, copy)
        await told.move("v1", NEW_TIME)
        await told.stop(0)
        await wait_until("it is written down", lambda: told.house.understood(0, "The client asked for no more") > 0)
        await told.end_all()
        await site.kill_server()
        put_back(copy, file)
        await site.start_server()
        await told.overdue()
        await told.restart("web", "worker-2")
        return await told.came()


async def temporal_lost(folder: Path, nursery: Nursery, clients: int) -> Agreed:
    """Temporal's file is lost: a new server is not worked on until somebody says so; then all goes on there."""
    async with _told(folder, nursery, clients) as told:
        await told.book("v1")
        await told.move("v1", NEW_TIME)
        await told.stop(0)
        house = told.house
        await told.end_all()
        await house.site.kill_server()
        removed(folder / "temporal.db")
        await house.site.start_server()
        await told.restart("web", "worker-2")
        await told.book("v2")
        await wait_until("it is seen", lambda: bool(house.site.records.disagreements()))
        said = await told.who_says(ANOTHER)
        await told.move("v2", NEW_TIME)
        await told.overdue()
        assert not await _anything_runs(house), "nothing is to be started there yet"
        answer = await asyncio.to_thread(command, house, "accept-temporal", "--yes")
        assert "go on with this Temporal server" in answer, answer
        came = await told.came(said=said)
        return replace(came, still=await told.who_says(ANOTHER))


async def temporal_empty_for_a_while(folder: Path, nursery: Nursery, clients: int) -> Agreed:
    """Web and worker are pointed at an empty server, meanwhile visits are moved; then at the right one again."""
    async with _told(folder, nursery, clients) as told:
        house, right = told.house, told.house.settings["TEMPORAL_ADDRESS"]
        await told.book("v1")
        await told.end_all()
        port = free_port()
        empty = await asyncio.to_thread(start_dev_server, folder / "empty.db", port, None, folder / "empty.log")
        try:
            house.settings["TEMPORAL_ADDRESS"] = empty.address
            await told.restart("web", "worker-2")
            await told.move("v1", NEW_TIME)
            await told.stop(0)
            await wait_until("it is seen", lambda: bool(house.site.records.disagreements()))
            said = await told.who_says(ANOTHER)
            await told.end_all()
        finally:
            await asyncio.to_thread(empty.stop)
        house.settings["TEMPORAL_ADDRESS"] = right
        await told.overdue()
        await told.restart("web", "worker-3")
        came = await told.came(said=said)
        return replace(came, still=await told.who_says("has no workflow"))


async def records_older(folder: Path, nursery: Nursery, clients: int) -> Agreed:
    """A copy of the records is put back that is older than Temporal: before the visits were moved, and the STOP."""
    async with _told(folder, nursery, clients) as told:
        house, file, copy = told.house, folder / "records.db", folder / "records-copy.db"
        await told.book("v1")
        await asyncio.to_thread(copied, file, copy)
        await told.move("v1", NEW_TIME)
        await told.stop(0)
        await wait_until("it is written down", lambda: house.understood(0, "The client asked for no more") > 0)
        await told.end_all()
        house.site.records.close()
        put_back(copy, file)
        await told.overdue()
        await told.restart("web", "worker-2")
        came = await told.came()
        return replace(came, said=await told.who_says(OLDER))


async def records_lost(folder: Path, nursery: Nursery, clients: int) -> Agreed:
    """The file of the records is lost; it is said what to do, and that is done: a copy is brought back."""
    async with _told(folder, nursery, clients) as told:
        house, file, copy = told.house, folder / "records.db", folder / "records-copy.db"
        await told.book("v1")
        await told.move("v1", NEW_TIME)
        await told.stop(0)
        await asyncio.to_thread(copied, file, copy)
        await told.end_all()
        house.site.records.close()
        removed(file)
        await told.restart("web", "worker-2")
        said = await told.who_says(UNKNOWN)
        await told.end_all()
        put_back(copy, file)
        await told.restart("web", "worker-3")
        came = await told.came(said=said)
        return replace(came, still=await told.who_says(UNKNOWN))


async def _anything_runs(house: House) -> bool:
    return any([True async for _ in house.site.temporal.list_workflows('ExecutionStatus = "Running"')])
