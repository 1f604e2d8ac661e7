"""Plays a plan file with its script on Temporal's time-skipping server, through the real workflows and messages.

Nothing outside a temporary folder is touched: the sender is the local one, the database and the key are thrown away.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner

from activities.emergencies import Emergencies
from activities.encryption import data_converter
from activities.judgement import Judge
from activities.messages import SendMessages
from activities.start import WorkflowStarter
from domain.claim_events import OutsideClaimEvent
from domain.errors import AlreadyDecided, EventRefused, Problem, Refused
from domain.escalation import Escalation
from domain.names import claim_workflow_id, escalation_workflow_id, plan_workflow_id
from domain.plan_file import PlanFile
from domain.policy import Practice
from domain.script import Step
from domain.state import PlanState
from domain.wording import Wording
from programs.embedded import executable
from programs.moved import covered_later, moved
from programs.story_lines import as_written
from providers.base import Provider
from providers.local import LocalProvider
from records.database import Records
from records.keyring import KeyRing
from records.views import ClaimView, PlanView, TimelineLine
from web.intake import ANSWER_WITHIN, HAND_OVER_AFTER, Intake, TemporalAway, UnknownClaim
from worker import build_worker

CALENDAR_CYCLE = timedelta(days=28 * 365 + 7)
"""After 28 years dates fall on the same weekdays: a start in the past is played that much later, shown as written."""
NOWHERE = "https://desk.example"
"""Where a played plan's staff links lead: no running server has these questions."""
AFTER_THE_SCRIPT = timedelta(days=21)
"""How long the story goes on after the script's last step while something is still owed."""
A_MOMENT = timedelta(seconds=5)
Watch = Callable[[float, PlanState, list[TimelineLine], list[dict[str, str]]], None]
"""Is told after each step how much of the script was played (0 to 1), the plan's state, and the whole story so far: as
the records have it, and as `--json` prints it."""


@dataclass(frozen=True)
class Story:
    """What happened, as DESIGN section 9 describes the JSON."""

    plan_id: str
    status: str
    timeline: list[dict[str, str]]
    progress: dict[str, str]
    claims: dict[str, str]
    first_name: str

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "plan_id": self.plan_id,
            "status": self.status,
            "timeline": self.timeline,
            "progress": self.progress,
            "claims": self.claims,
        }


async def simulate(
    file: PlanFile,
    practice: Practice,
    wording: Wording,
    source: str,
    progress: Callable[[float], None] = lambda _: None,
    histories: list[WorkflowHistory] | None = None,
    watch: Watch | None = None,
) -> Story:
    """Live the plan from its start to its end, or until nothing more is owed. Raises Refused for an unplayable step.

    With `histories`, payloads are left readable and every workflow's history is added to the list.
    """
    with tempfile.TemporaryDirectory(prefix="followthrough-") as folder:
        keys = KeyRing.generate()
        records = Records.open(f"sqlite:///{Path(folder) / 'records.db'}", keys)
        records.migrate()
        environment = await WorkflowEnvironment.start_time_skipping(
            test_server_existing_path=executable("temporal-test-server"),
            data_converter=data_converter(keys, records) if histories is None else pydantic_data_converter,
            runtime=_quiet(),
        )
        try:
            with ThreadPoolExecutor(max_workers=40) as executor:
                stage = _Stage(environment, records, practice, wording, executor, file, source, progress, watch)
                story = await stage.play()
                if histories is not None:
                    histories += await stage.histories(story.plan_id)
                return story
        finally:
            await environment.shutdown()
            records.close()


def _quiet() -> Runtime:
    """A runtime without the SDK's warnings about the test server, which nobody can act on."""
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filter="ERROR"), metrics=None))


class _Stage:
    """One performance."""

    def __init__(
        self,
        environment: WorkflowEnvironment,
        records: Records,
        practice: Practice,
        wording: Wording,
        executor: ThreadPoolExecutor,
        file: PlanFile,
        source: str,
        progress: Callable[[float], None],
        watch: Watch | None,
    ) -> None:
        self._environment = environment
        self._records = records
        self._file = file
        self._source = source
        self._progress = progress
        self._watch = watch
        starter = WorkflowStarter(environment.client, search_attributes=False)
        providers: dict[Any, Provider] = {"sms": LocalProvider("sms"), "email": LocalProvider("email")}
        sender = SendMessages(records, providers, practice.sending)
        self._worker = build_worker(
            environment.client,
            records,
            wording,
            sender,
            starter,
            NOWHERE,
            executor,
            UnsandboxedWorkflowRunner(),
        )
        clock: Callable[[], Awaitable[datetime]] = environment.get_current_time
        emergencies = Emergencies(records, starter, practice, Judge(records, wording, NOWHERE), sender)
        self._intake = Intake(records, environment.client, starter, practice, clock, emergencies)
        self._later = timedelta(0)

    async def play(self) -> Story:
        start = self._file.start_after(datetime.now(UTC))
        while start + self._later < await self._environment.get_current_time():
            self._later += CALENDAR_CYCLE
        async with self._worker:
            await self._until(start + self._later)
            began = time.monotonic()
            plan_id = (await self._intake.enroll(covered_later(self._file.plan, self._later))).plan_id
            await self._settle(began)
            steps = self._file.steps(start)
            for number, step in enumerate(steps, 1):
                await self._until(step.at + self._later)
                await self._play_step(plan_id, step, number)
                await self._got_to(plan_id, number / (len(steps) + 1))
            await self._play_on(plan_id, (steps[-1].at if steps else start) + self._later + AFTER_THE_SCRIPT)
            await self._got_to(plan_id, 1.0)
            return await self._story(plan_id)

    async def _got_to(self, plan_id: str, share: float) -> None:
        self._progress(share)
        if self._watch is not None:
            state, lines = (await self._view(plan_id)).state, await asyncio.to_thread(self._records.timeline, plan_id)
            self._watch(share, state, lines, as_written(lines, state.zone, self._later))

    async def histories(self, plan_id: str) -> list[WorkflowHistory]:
        """The plan's history, and those of its escalations and claims."""
        escalations = await asyncio.to_thread(self._records.escalations, open_only=False)
        ids = [plan_workflow_id(plan_id), *(escalation_workflow_id(e.escalation.escalation_id) for e in escalations)]
        ids += [claim_workflow_id(claim.state.claim_id) for claim in await self._claims(plan_id)]
        client = self._environment.client
        return [await client.get_workflow_handle(workflow_id).fetch_history() for workflow_id in ids]

    async def _until(self, at: datetime) -> None:
        wait = at - await self._environment.get_current_time()
        if wait > timedelta(0):
            await self._environment.sleep(wait)

    async def _settle(self, began: float) -> None:
        """Let the plan react. What a busy machine was too slow for is only stored by now: hand it over."""
        await self._until(await self._environment.get_current_time() + A_MOMENT)
        if time.monotonic() - began > ANSWER_WITHIN.total_seconds():
            await self._until(await self._environment.get_current_time() + HAND_OVER_AFTER)
            await self._intake.sweep()

    async def _play_step(self, plan_id: str, step: Step, number: int) -> None:
        began = time.monotonic()
        try:
            trouble = await self._play_what_happens(plan_id, step, number)
        except (EventRefused, AlreadyDecided, TemporalAway) as error:
            trouble = str(error)
        if trouble:
            raise Refused(self._source, [Problem(f"script step {number} in order of time, at {step.at}", trouble)])
        await self._settle(began)

    async def _play_what_happens(self, plan_id: str, step: Step, number: int) -> str:
        """Returns why it can't happen, or nothing."""
        if step.event is not None:
            taken = await self._intake.take_event(plan_id, moved(step.event, self._later))
            return f"the plan refuses it: {taken.because}" if taken.outcome == "refused" else ""
        if step.claim_event is not None:
            return await self._tell_claim(f"{plan_id}-{step.claim}", moved(step.claim_event, self._later))
        if step.reply is not None:
            address = self._file.plan.client.address(step.channel)
            if address is None:
                return f"the client has no {step.channel} address; give one, or reply on another channel"
            await self._intake.take_reply(f"script-{number}", step.channel, address, step.reply)
        elif step.decide is not None:
            waiting = await self._open_escalations(plan_id)
            if not waiting:
                return "decides, but no escalation is open then; move it to a time after one"
            await self._intake.decide(waiting[0].escalation_id, step.decide)
        return ""

    async def _tell_claim(self, claim_id: str, event: OutsideClaimEvent) -> str:
        try:
            taken = await self._intake.take_claim_event(claim_id, event)
        except UnknownClaim:
            return "is about a claim that isn't open yet; move it to a later time, or check `claim`"
        return f"the claim refuses it: {taken.because}" if taken.outcome == "refused" else ""

    async def _open_escalations(self, plan_id: str) -> list[Escalation]:
        """The oldest first."""
        views = await asyncio.to_thread(self._records.escalations)
        own = [view.escalation for view in views if view.escalation.plan_id == plan_id]
        return sorted(own, key=lambda escalation: escalation.opened_at)

    async def _play_on(self, plan_id: str, last: datetime) -> None:
        """Go on while something is owed: to the client, or to whoever must decide, until the backup person knows."""
        while (due_at := await self._next_due(plan_id)) is not None and due_at < last:
            await self._until(max(due_at, await self._environment.get_current_time()) + A_MOMENT)

    async def _next_due(self, plan_id: str) -> datetime | None:
        now = await self._environment.get_current_time()
        view = await self._view(plan_id)
        due = [] if view.wake_at is None else [view.wake_at]
        for escalation in await self._open_escalations(plan_id):
            due += [escalation.opened_at + wait for wait in (escalation.remind_after, escalation.backup_after)]
        due += [claim.wake_at for claim in await self._claims(plan_id) if claim.wake_at is not None]
        return min((at for at in due if at > now or at == view.wake_at), default=None)

    async def _claims(self, plan_id: str) -> list[ClaimView]:
        return await asyncio.to_thread(self._records.claims_of_plan, plan_id)

    async def _view(self, plan_id: str) -> PlanView:
        view = await asyncio.to_thread(self._records.plan, plan_id)
        if view is None:
            raise LookupError(plan_id)
        return view

    async def _story(self, plan_id: str) -> Story:
        view = await self._view(plan_id)
        lines = await asyncio.to_thread(self._records.timeline, plan_id)
        goals = {goal.id: "too_early" for goal in view.state.plan.goals}
        goals |= {goal_id: note.state for goal_id, note in view.state.progress.items()}
        goals |= functional_states(view)
        return Story(
            plan_id=plan_id,
            status=view.state.status,
            timeline=as_written(lines, view.state.zone, self._later),
            progress=goals,
            claims={claim.state.claim_id: claim.state.status for claim in await self._claims(plan_id)},
            first_name=view.state.plan.client.first_name,
        )


def functional_states(view: PlanView) -> dict[str, str]:
    """The state of goals that are answered by yes or no."""
    states: dict[str, str] = {}
    for goal in view.state.functional_goals():
        values = view.state.values_of(goal.id)
        if values:
            states[goal.id] = "met" if values[-1].value == 1.0 else "missed"
    return states
