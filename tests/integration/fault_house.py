"""A practice for one fault at a time: the stand-in vendor, and workers and web that are started and ended by name."""

import asyncio
import contextlib
import functools
import os
import signal
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text

from domain.client import Client, Consent
from domain.events import AppointmentBooked
from domain.names import plan_workflow_id
from domain.plan import TreatmentPlan
from domain.policy import Sending
from programs.embedded import free_port
from records.views import MessageRow
from tests.integration.chaos_steps import Order, Orders
from tests.integration.live_site import PATIENCE_SECONDS, Site, a_site, now, wait_until
from tests.integration.nursery import Birth, Nursery
from tests.integration.quick_plans import HOUR, NAMES, a_practice
from tests.integration.quick_plans import a_plan as a_quick_plan
from tests.standins import Standin, Text, Timing, running_standin

API_TOKEN = "a-token-for-the-faults"
TIMING = Timing(pace=0.05, hang=30.0, list_delay=0.3, retry=0.1)
LOSING = Sending(absent_after=timedelta(seconds=5), reconcile_for=timedelta(seconds=20))
"""Little patience: what isn't in the vendor's list after five seconds is sent again."""
TASK_TIMEOUT = timedelta(seconds=2)
"""How soon Temporal gives a workflow's task to another worker."""
REMINDER = "will see you"


def plan_of(nth: int) -> str:
    return f"fault-{nth}"


def phone_of(nth: int) -> str:
    return f"+1415555{100 + nth:04d}"


@dataclass
class House:
    """Everything that runs, and what is asked of it."""

    site: Site
    vendor: Standin
    orders: Orders
    url: str
    settings: dict[str, str]
    nursery: Nursery
    programs: dict[str, int] = field(default_factory=dict[str, int])

    # Programs

    async def start(self, name: str, *, clock_ahead: timedelta = timedelta(0), **waits: float) -> None:
        """`web`, or a worker of any other name, perhaps by a wrong clock, with waits that differ from the usual."""
        role = "web" if name == "web" else "worker"
        folder = str(self.site.folder)
        birth = Birth(name, role, folder, self.settings, waits, clock_ahead.total_seconds())
        birth.log.touch()
        said = birth.log.stat().st_size
        self.programs[name] = await asyncio.to_thread(self.nursery.begin, birth)

        def runs() -> bool:
            assert lives(self.programs[name]), f"it ended by itself: {birth.log.read_text('utf-8')[said:]}"
            return self._listens() if role == "web" else b"worker started" in birth.log.read_bytes()[said:]

        await wait_until(f"{name} runs", runs)

    async def end(self, name: str) -> None:
        """By SIGKILL, whether it runs or stands still."""
        pid = self.programs.pop(name)
        if lives(pid):
            os.kill(pid, signal.SIGKILL)
        await wait_until(f"{name} is gone", lambda: not lives(pid))

    def _listens(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/healthz", trust_env=False).is_success
        return False

    async def health(self) -> str:
        """The page Health, as whoever knows the token of the API sees it."""
        async with httpx.AsyncClient(base_url=self.url, timeout=30, trust_env=False) as browser:
            await browser.post("/login", data={"token": API_TOKEN})
            return (await browser.get("/health")).text

    # Plans

    async def enroll(self, count: int) -> None:
        """So many clients, each welcomed."""
        await asyncio.gather(*(self.site.intake.enroll(_a_plan(nth)) for nth in range(count)))
        await wait_until("all are welcomed", lambda: len(self.texts("our plan with")) >= count)
        await wait_until("it is written down", lambda: self.settled("welcome", count))

    async def book(
        self,
        nth: int,
        visit: str = "v1",
        due_in: timedelta = timedelta(seconds=1),
        *,
        by_web: bool = False,
        left_by_clock: timedelta | None = None,
    ) -> datetime:
        """A visit whose only reminder is due so soon, told to the web process or past it; returns when it is due.

        With `left_by_clock` it is only stored, by a clock ahead by so much: as a web process leaves it that then dies.
        """
        due_at = now() + due_in
        event = AppointmentBooked(
            event_id=f"book-{visit}", occurred_at=now(), appointment_id=visit, starts_at=due_at + HOUR
        )
        if left_by_clock is not None:
            stored_at = now() + left_by_clock
            await asyncio.to_thread(self.site.records.add_event, plan_of(nth), event, stored_at)
        elif by_web:
            await self._tell(nth, event)
        else:
            assert (await self.site.intake.take_event(plan_of(nth), event)).outcome in ("recorded", "stored")
        return due_at

    async def _tell(self, nth: int, event: AppointmentBooked) -> None:
        headers = {"Authorization": f"Bearer {API_TOKEN}"}
        async with httpx.AsyncClient(base_url=self.url, headers=headers, timeout=30, trust_env=False) as other:
            body = event.model_dump(mode="json", exclude_none=True)
            answer = await other.post(f"/api/plans/{plan_of(nth)}/events", json=body)
            assert answer.status_code in (200, 202), answer.text

    async def book_all(self, count: int, **how: Any) -> list[datetime]:
        return list(await asyncio.gather(*(self.book(nth, **how) for nth in range(count))))

    async def until_attempts(self, count: int, are_so: Callable[[list[int]], bool]) -> None:
        """Wait until the attempts that Temporal makes at each plan's send, none where it makes none, are so."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for each in self._looks(count):
                if are_so(each):
                    return

    async def _looks(self, count: int) -> AsyncGenerator[list[int]]:
        while True:
            yield [await self._attempt(plan_workflow_id(plan_of(nth))) for nth in range(count)]
            await asyncio.sleep(0.2)

    async def _attempt(self, workflow_id: str) -> int:
        described = await self.site.temporal.get_workflow_handle(workflow_id).describe()
        return max((each.attempt for each in described.raw_description.pending_activities), default=0)

    # What became of it

    def texts(self, reads: str = REMINDER) -> list[Text]:
        """The accepted texts like this, oldest first."""
        return [one for one in self.vendor.texts if reads in one.body]

    def asked(self) -> int:
        """How many texts were offered to the vendor, taken or not."""
        return sum(count for what, count in self.vendor.report()["requests"].items() if what.startswith("texts "))

    def doubled(self) -> int:
        """How many texts were accepted beyond the first one of each message."""
        return len(self.vendor.texts) - len({one.callback_url for one in self.vendor.texts})

    def statuses(self, kind: str, count: int) -> list[Counter[str]]:
        """For each of these clients, of their messages of this kind."""
        kinds = [Counter[str]() for _ in range(count)]
        for row in self._rows():
            nth = int(row.plan_id.partition("-")[2])
            if row.message.kind == kind and nth < count:
                kinds[nth][row.status] += 1
        return kinds

    def settled(self, kind: str, count: int) -> bool:
        """Whether each of these clients has a message of this kind, and none of those is left half-way."""
        return all(one and not one["intended"] and not one["sending"] for one in self.statuses(kind, count))

    def opted_out(self, count: int) -> int:
        return sum(self.site.records.is_suppressed("sms", phone_of(nth)) for nth in range(count))

    def understood(self, nth: int, begins: str) -> int:
        """How often the plan noted this."""
        lines = self.site.records.timeline(plan_of(nth))
        return sum(line.direction == "none" and line.text.startswith(begins) for line in lines)

    def _rows(self) -> list[MessageRow]:
        engine = create_engine(self.site.database_url)
        with engine.connect() as connection:
            ids = connection.execute(text("SELECT message_id FROM messages")).scalars().all()
        engine.dispose()
        return [row for row in map(self.site.records.message, ids) if row is not None]

    # Freezing

    async def frozen(self) -> int:
        """Wait until a worker stands still by order; its process id."""
        await wait_until("a worker stands still", lambda: any(is_frozen(note.pid) for note in self._notes()))
        return next(note.pid for note in self._notes() if is_frozen(note.pid))

    def wake(self, pid: int) -> None:
        os.kill(pid, signal.SIGCONT)

    def _notes(self) -> Iterable[Any]:
        return self.orders.notes().values()


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def is_frozen(pid: int) -> bool:
    """Whether every thread of the process is stopped."""
    try:
        stats = [stat.read_text("utf-8") for stat in Path(f"/proc/{pid}/task").glob("*/stat")]
    except OSError:
        return False
    return bool(stats) and all(stat.rpartition(")")[2].split()[0] == "T" for stat in stats)


def freezes(step: str, phones: Iterable[str], about: str = "reminder") -> list[Order]:
    """Orders to stand still once the messages to all of these have come to the step."""
    readers = list(phones)
    return [
        Order(f"freeze-{nth}", step, phone, about, does="freeze", together=len(readers))
        for nth, phone in enumerate(readers)
    ]


def _a_plan(nth: int) -> TreatmentPlan:
    client = Client(
        name=f"{NAMES[nth % len(NAMES)]} Example",
        phone=phone_of(nth),
        time_zone="America/Los_Angeles",
        consents=[Consent(channel="sms", date=date(2026, 1, 1), source="intake form")],
    )
    return a_quick_plan().model_copy(update={"plan_id": plan_of(nth), "client": client})


@contextlib.asynccontextmanager
async def a_house(
    folder: Path,
    nursery: Nursery,
    *,
    sending: Sending = LOSING,
    orders: Iterable[Order] = (),
    database_url: str = "",
    timing: Timing = TIMING,
    standin: Mapping[str, Any] | None = None,
) -> AsyncGenerator[House]:
    """Temporal and the vendor run; none of our programs does yet."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    given = Orders(folder / "orders")
    given.give(list(orders))
    practice = a_practice(reminders=[HOUR]).model_copy(update={"sending": sending})
    with running_standin(webhooks=url, public_url=url, timing=timing, **(standin or {})) as vendor:
        async with a_site(folder, practice, database_url) as site:
            start: Any = site.temporal.start_workflow
            quick: Any = functools.partial(start, task_timeout=TASK_TIMEOUT)
            site.temporal.start_workflow = quick
            settings = site.settings() | vendor.environment()
            settings |= {"PUBLIC_URL": url, "API_TOKEN": API_TOKEN, "WEB_PORT": str(port)}
            house = House(site, vendor, given, url, settings, nursery)
            try:
                yield house
            finally:
                for name in list(house.programs):
                    await house.end(name)
