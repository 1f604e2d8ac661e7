"""A plan on the time-skipping server: the real worker, records in a temporary folder, and the plan's history."""

import contextlib
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from activities.messages import SendMessages
from activities.start import WorkflowStarter
from domain.client import Channel
from domain.names import plan_workflow_id
from domain.plan import TreatmentPlan
from domain.policy import Practice
from domain.wording import Wording
from programs.embedded import executable
from providers.base import Provider
from providers.local import LocalProvider
from records.database import Records
from records.keyring import KeyRing
from web.intake import Intake
from worker import build_worker

A_MOMENT = timedelta(seconds=5)


class Stage:
    """The house on a virtual clock."""

    def __init__(self, environment: WorkflowEnvironment, records: Records, practice: Practice) -> None:
        self.environment = environment
        self.records = records
        self.starter = WorkflowStarter(environment.client, search_attributes=False)
        clock: Callable[[], Awaitable[datetime]] = environment.get_current_time
        self.intake = Intake(records, environment.client, self.starter, practice, clock)

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def until(self, at: datetime) -> None:
        wait = at - await self.now()
        if wait > timedelta(0):
            await self.environment.sleep(wait)

    async def enroll(self, plan: TreatmentPlan) -> str:
        plan_id = (await self.intake.enroll(plan)).plan_id
        await self.environment.sleep(A_MOMENT)  # the welcome is out before anything happens to the plan
        return plan_id

    async def take(self, plan_id: str, event: Any) -> None:
        taken = await self.intake.take_event(plan_id, event)
        assert taken.outcome == "recorded", taken
        await self.environment.sleep(A_MOMENT)

    async def tell(self, claim_id: str, event: Any) -> str:
        taken = await self.intake.take_claim_event(claim_id, event)
        await self.environment.sleep(A_MOMENT)
        return taken.outcome

    async def history(self, plan_id: str) -> WorkflowHistory:
        return await self.environment.client.get_workflow_handle(plan_workflow_id(plan_id)).fetch_history()


@contextlib.asynccontextmanager
async def a_stage(
    practice: Practice, channels: tuple[Channel, ...] = ("sms", "email"), providers: list[Provider] | None = None
) -> AsyncGenerator[Stage]:
    """Histories are left unencrypted here, so that they can be read and kept."""
    senders = providers or [LocalProvider(channel) for channel in channels]
    with tempfile.TemporaryDirectory() as folder:
        records = Records.open(f"sqlite:///{Path(folder) / 'records.db'}", KeyRing.generate())
        records.migrate()
        environment = await WorkflowEnvironment.start_time_skipping(
            test_server_existing_path=executable("temporal-test-server"), data_converter=pydantic_data_converter
        )
        try:
            stage = Stage(environment, records, practice)
            with ThreadPoolExecutor(40) as executor:
                worker = build_worker(
                    environment.client,
                    records,
                    Wording.load(),
                    SendMessages(records, {provider.channel: provider for provider in senders}),
                    stage.starter,
                    "http://127.0.0.1:8000",
                    executor,
                )
                async with worker:
                    yield stage
        finally:
            await environment.shutdown()
            records.close()


class Bill:
    """What a history costs in Temporal Cloud actions, counted from its events."""

    def __init__(self, history: WorkflowHistory) -> None:
        self.events = len(history.events)
        kinds = [event.event_type for event in history.events]
        self.starts = kinds.count(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        self.timers = kinds.count(EventType.EVENT_TYPE_TIMER_STARTED)
        self.activities = kinds.count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        self.updates = kinds.count(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
        self.signals = kinds.count(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        self.decisions = len(
            {  # all local activities of one workflow task are one action
                event.marker_recorded_event_attributes.workflow_task_completed_event_id
                for event in history.events
                if event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED
            }
        )

    @property
    def actions(self) -> int:
        return self.starts + self.timers + self.activities + self.updates + self.signals + self.decisions

    def __str__(self) -> str:
        return (
            f"{self.actions} actions: {self.starts} start, {self.timers} timers, {self.activities} activities, "
            f"{self.updates} updates, {self.decisions} decisions; {self.events} history events"
        )


def most_timers_at_once(history: WorkflowHistory) -> int:
    """The most timers that were open at the same moment."""
    running = most = 0
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED:
            running += 1
            most = max(most, running)
        elif event.event_type in (EventType.EVENT_TYPE_TIMER_FIRED, EventType.EVENT_TYPE_TIMER_CANCELED):
            running -= 1
    return most
