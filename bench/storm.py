"""A house in which many plans have a message due at the same instant, on either of Temporal's small servers."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

from temporalio.client import Client as Temporal
from temporalio.testing import WorkflowEnvironment

from activities.emergencies import Emergencies
from activities.encryption import data_converter
from activities.judgement import Judge
from activities.messages import SendMessages
from activities.start import WorkflowStarter
from domain.client import Channel, Client, Consent, Person
from domain.events import AppointmentBooked
from domain.plan import Benchmark, Dosage, ObjectiveGoal, TreatmentPlan
from domain.policy import Caps, FollowUp, Practice, SendWindow
from domain.wording import Wording
from programs.embedded import executable, free_port, start_dev_server
from programs.sweeping import sweeping
from providers.base import Accepted, Outgoing
from records.database import Records
from records.keyring import KeyRing
from web.intake import Intake
from worker import build_worker

ServerKind = Literal["dev", "time-skipping"]
AREAS = ("206", "253", "360", "425", "509", "503", "541", "971", "458", "208", "406", "307")
"""With 555-0100 to 555-0199 each: numbers that belong to nobody."""
HOUR = timedelta(hours=1)
GIVE_UP_AFTER_SECONDS = 120
AT_ONCE = 8
"""Plans that are enrolled at the same time."""


@dataclass(frozen=True)
class Sent:
    """A text on its way: when the provider was called, when it answered, the how-manieth call it was."""

    order: int
    called: float
    answered: float
    to: str
    text: str


@dataclass
class Phone:
    """A provider that takes everything, after a while."""

    channel: Channel = "sms"
    takes_seconds: float = 0.0
    sent: list[Sent] = field(default_factory=list[Sent])
    begun: int = 0

    def send(self, outgoing: Outgoing) -> Accepted:
        """Take it."""
        called, self.begun = time.monotonic(), self.begun + 1
        order = self.begun
        time.sleep(self.takes_seconds)
        self.sent.append(Sent(order, called, time.monotonic(), outgoing.address, outgoing.text))
        return Accepted(f"SM{order}")

    def to(self, address: str) -> list[Sent]:
        """What went to this number."""
        return [sent for sent in list(self.sent) if sent.to == address]


@dataclass
class Storm:
    """The house, with the plans' reminders due at `at`. Plan n's client and therapist have numbers of their own."""

    phone: Phone
    records: Records
    intake: Intake
    plans: int
    now: Callable[[], Awaitable[datetime]]
    sleep: Callable[[timedelta], Awaitable[Any]]

    async def gather(self) -> None:
        """Enrol all plans, book a visit for each, and return at the instant at which all reminders are due.

        Raises RuntimeError where the machine was too slow to book them all before that.
        """
        began = time.monotonic()
        await _few_at_once(self.intake.enroll(a_plan(nth)) for nth in range(self.plans))
        await asyncio.to_thread(self._until_welcomed)
        at = await self.now() + timedelta(seconds=3 + 2 * (time.monotonic() - began))
        await _few_at_once(self._book(nth, at) for nth in range(self.plans))
        left = at - await self.now()
        if left < timedelta(0):
            raise RuntimeError(
                "booking the visits took longer than enrolling the plans; try again on a quieter machine"
            )
        self.phone.sent.clear()
        self.phone.takes_seconds = 0.05
        await self.sleep(left)

    def _until_welcomed(self) -> None:
        deadline = time.monotonic() + GIVE_UP_AFTER_SECONDS
        while len(self.phone.sent) < self.plans and time.monotonic() < deadline:
            time.sleep(0.1)

    async def _book(self, nth: int, at: datetime) -> None:
        now = await self.now()
        booked = AppointmentBooked(event_id="book", occurred_at=now, appointment_id="v1", starts_at=at + 4 * HOUR)
        await self.intake.take_event(f"storm-{nth}", booked)

    def reminders(self) -> int:
        """How many of the storm's messages were sent."""
        return sum(1 for sent in list(self.phone.sent) if "911" not in sent.text)

    async def until_sent(self, many: int) -> None:
        """Until so many of the storm's messages were sent."""
        deadline = time.monotonic() + GIVE_UP_AFTER_SECONDS
        while self.reminders() < many and time.monotonic() < deadline:  # noqa: ASYNC110  threads send, not tasks
            await asyncio.sleep(0.02)


async def _few_at_once(tasks: Iterable[Coroutine[Any, Any, Any]]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def through(task: Coroutine[Any, Any, Any]) -> None:
        async with gate:
            await task

    await asyncio.gather(*[through(task) for task in tasks])


@contextlib.asynccontextmanager
async def a_storm(folder: Path, plans: int, kind: ServerKind = "dev") -> AsyncGenerator[Storm]:
    """Server, records, worker and the way in, all duties on, in this process as in `followthrough up`."""
    keys, phone, practice = KeyRing.generate(), Phone(), a_practice()
    records = Records.open(f"sqlite:///{folder}/records.db", keys)
    await asyncio.to_thread(records.migrate)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(records.close)
        if kind == "dev":
            log = folder / "temporal.log"
            server = await asyncio.to_thread(start_dev_server, folder / "temporal.db", free_port(), None, log)
            stack.callback(server.stop)
            temporal = await Temporal.connect(server.address, data_converter=data_converter(keys, records))
            clock: Callable[[], Awaitable[datetime]] = partial(asyncio.to_thread, records.now)
            sleep: Callable[[timedelta], Awaitable[Any]] = _really_sleep
        else:
            environment = await WorkflowEnvironment.start_time_skipping(
                test_server_existing_path=executable("temporal-test-server"),
                data_converter=data_converter(keys, records),
            )
            stack.push_async_callback(environment.shutdown)
            temporal, clock, sleep = environment.client, environment.get_current_time, environment.sleep
        starter = WorkflowStarter(temporal, search_attributes=kind == "dev")
        sender = SendMessages(records, {"sms": phone}, practice.sending)
        judge = Judge(records, Wording.load(), "http://127.0.0.1:8000")
        intake = Intake(
            records, temporal, starter, practice, clock, Emergencies(records, starter, practice, judge, sender)
        )
        executor = stack.enter_context(ThreadPoolExecutor(max_workers=40))
        worker = build_worker(temporal, records, Wording.load(), sender, starter, "http://127.0.0.1:8000", executor)
        await stack.enter_async_context(worker)
        if kind == "dev":
            await stack.enter_async_context(sweeping(intake, records, sender))
        yield Storm(phone, records, intake, plans, clock, sleep)


async def _really_sleep(wait: timedelta) -> None:
    await asyncio.sleep(max(wait.total_seconds(), 0))


def client_phone(nth: int) -> str:
    """The number of plan n's client."""
    return f"+1{AREAS[nth // 100]}55501{nth % 100:02d}"


def therapist_phone(nth: int) -> str:
    """The number of plan n's therapist; a hundred plans have their own, the others share them."""
    return f"+130755501{nth % 100:02d}"


def a_practice() -> Practice:
    """Writes at any hour and without caps; four hours before a visit a reminder goes out, and nothing else."""
    return Practice(
        name="Cedar Hill",
        phone="+12125550100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+12125550111"),
        follow_up=FollowUp(
            reminders=[4 * HOUR],
            screening=False,
            check_in=False,
            rebook=False,
            send_window=SendWindow.model_validate({"opens": "00:00", "closes": "00:00"}),
            caps=Caps(per_day=None, per_week=None),
        ),
    )


def a_plan(nth: int) -> TreatmentPlan:
    """Plan n."""
    return TreatmentPlan(
        plan_id=f"storm-{nth}",
        client=Client(
            name=f"Client {nth}",
            phone=client_phone(nth),
            time_zone="America/Los_Angeles",
            consents=[Consent(channel="sms", date=date(2026, 1, 1), source="intake form")],
        ),
        therapist=Person(name="Maya", phone=therapist_phone(nth)),
        goals=[
            ObjectiveGoal(
                id="pain",
                description="less pain",
                measure="nprs",
                baseline=7,
                target=3,
                benchmarks=[Benchmark(by_session=6, expect=5.0)],
            )
        ],
        dosage=Dosage(session_minutes=60, spacing=timedelta(days=7), sessions="open", modality="Swedish"),
    )
