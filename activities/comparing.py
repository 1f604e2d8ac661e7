"""Compares records and Temporal, and mends what can be mended: nothing is lost because one of them went back or is new.

A workflow that Temporal has lost is started from the saved state; one that Temporal has put back is told to look at
the records; what was told to either and is in no saved state is handed over again. What can't be mended is written
down for people: a workflow of which the records know nothing, and one that is closed though it is needed.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.same_server import SameServer
from activities.start import WorkflowStarter
from domain.acceptance import check_event
from domain.claim_acceptance import check_claim_event
from domain.claim_inputs import ClaimInput
from domain.errors import EventRefused
from domain.names import claim_workflow_id, escalation_workflow_id, plan_workflow_id
from domain.workflow_inputs import EscalationInput, PlanInput
from records.comparing import Followed, LastJudged
from records.database import Records

log = logging.getLogger("followthrough.comparing")
ASK_WITHIN = timedelta(seconds=5)
SETTLED_FOR = timedelta(minutes=1)
"""What a plan took longer ago than this has been judged, and that was saved, or it is handed over again."""
IN_LINE = 20
"""After so many of the newest judgements that Temporal knows too, it has not gone back behind the records."""
AT_ONCE = 20
PAGE = 100
MOST_WAITING = 5000
IN_ONE_SIGNAL = 50
NOT_NEEDED = "It was settled already, and Temporal had forgotten that."
_OURS = ("plan-", "claim-", "escalation-")

T = TypeVar("T")
R = TypeVar("R")
E = TypeVar("E")


@dataclass
class Compared:
    """What a comparison found and did, in numbers."""

    started: int = 0
    told: int = 0
    handed: int = 0
    unknown: int = 0
    closed: int = 0


class Comparing:
    """The comparison. Two at once do no harm: all that it does counts once."""

    def __init__(self, records: Records, temporal: Client, starter: WorkflowStarter, server: SameServer) -> None:
        self._records = records
        self._temporal = temporal
        self._starter = starter
        self._server = server

    async def compare(self) -> Compared:
        """From beginning to end. Raises OtherServer, and nothing was done; RPCError where Temporal goes away."""
        await self._server.check()
        done = Compared()
        now = await asyncio.to_thread(self._records.now)
        needed = await asyncio.to_thread(self._records.followed)
        running = {found async for found in self._running()}
        missing = [one for one in needed if one.workflow_id not in running]
        closed = [one for one in await _each(missing, lambda one: self._mend(one, now, done)) if one]
        await self._look_at_strangers(running - {one.workflow_id for one in needed}, done)
        await self._look_for_older(done)
        done.handed += await asyncio.to_thread(self._records.hand_over_again, now - SETTLED_FOR)
        done.handed += await asyncio.to_thread(self._take_refusals_back, now)
        done.closed = len(closed)
        await asyncio.to_thread(self._records.note_disagreements, "closed", closed)
        await asyncio.to_thread(self._records.note_disagreements, "missing", [])
        await asyncio.to_thread(self._records.note_compared)
        if done != Compared():
            log.warning("records and Temporal disagreed", extra=vars(done))
        return done

    async def check(self) -> None:
        """Raises OtherServer where it is another server than the one of the records."""
        await self._server.check()

    async def give_answers_again(self) -> None:
        """Answers to questions that were given, and that Temporal lost before anything followed from them."""
        now = await asyncio.to_thread(self._records.now)
        for answer in await asyncio.to_thread(self._records.answers_to_give_again, now - SETTLED_FOR):
            question = self._temporal.get_workflow_handle(escalation_workflow_id(answer.escalation_id))
            with contextlib.suppress(
                RPCError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError
            ):
                async with asyncio.timeout(ASK_WITHIN.total_seconds()):
                    await question.execute_update("decide", answer.decision, id=f"again-{answer.escalation_id}")

    async def tell_what_waits(self) -> None:
        """Before a worker begins: what waits to be handed over is heard before anything is done by what is older."""
        now = await asyncio.to_thread(self._records.now)
        waiting: dict[str, list[Any]] = {}
        for plan in await asyncio.to_thread(self._records.events_to_hand_over, now, MOST_WAITING):
            waiting.setdefault(plan_workflow_id(plan.plan_id), []).append(plan.event)
        for claim in await asyncio.to_thread(self._records.claim_events_to_hand_over, now, MOST_WAITING):
            waiting.setdefault(claim_workflow_id(claim.claim_id), []).append(claim.event)
        await _each(waiting.items(), self._tell_events)

    async def _tell_events(self, told: tuple[str, list[Any]]) -> None:
        workflow_id, events = told
        for start in range(0, len(events), IN_ONE_SIGNAL):
            some = events[start : start + IN_ONE_SIGNAL]
            try:
                await self._temporal.get_workflow_handle(workflow_id).signal("hear", some, rpc_timeout=ASK_WITHIN)
            except RPCError as error:
                if error.status != RPCStatusCode.NOT_FOUND:
                    raise

    async def _running(self) -> AsyncIterator[str]:
        async for found in self._temporal.list_workflows('ExecutionStatus = "Running"', page_size=1000):
            if found.id.startswith(_OURS):
                yield found.id

    async def _mend(self, one: Followed, now: datetime, done: Compared) -> str | None:
        """Start it if it isn't there. Its workflow's id where that is closed though it is needed."""
        described = await self._described(one.workflow_id)
        if described is None:
            handed = await asyncio.to_thread(self._records.hand_over_again, now, one)
            started = await self._start(one, now)
            done.handed += handed  # only now: others count meanwhile
            done.started += started
        elif described.status == WorkflowExecutionStatus.COMPLETED:
            return None if await asyncio.to_thread(self._records.finish, one, now) else one.workflow_id
        elif described.status not in (WorkflowExecutionStatus.RUNNING, WorkflowExecutionStatus.CONTINUED_AS_NEW):
            return one.workflow_id
        return None

    async def _described(self, workflow_id: str, run_id: str | None = None) -> WorkflowExecutionDescription | None:
        """None where Temporal knows no such workflow."""
        try:
            return await self._temporal.get_workflow_handle(workflow_id, run_id=run_id).describe(rpc_timeout=ASK_WITHIN)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            return None

    async def _start(self, one: Followed, now: datetime) -> bool:
        """From the saved state. False where it needs no workflow any more."""
        match one.what:
            case "plan":
                plan = await asyncio.to_thread(self._records.plan_to_go_on, one.id)
                if plan is not None:
                    told = await asyncio.to_thread(self._records.events_for_plan, one.id)
                    heard = _takeable(told, lambda event: check_event(plan, event, now))
                    seen = [event.event_id for event in heard]
                    await self._starter.start_plan(PlanInput(state=plan, inbox=[*heard], seen=seen))
                return plan is not None
            case "claim":
                claim = await asyncio.to_thread(self._records.claim_to_go_on, one.id)
                if claim is not None:
                    news = await asyncio.to_thread(self._records.events_for_claim, one.id)
                    taken = _takeable(news, lambda event: check_claim_event(claim, event, now))
                    ids = [event.event_id for event in taken]
                    await self._starter.start_claim(ClaimInput(state=claim, inbox=[*taken], seen=ids))
                return claim is not None
            case _:
                return await self._ask(one.id)

    async def _ask(self, escalation_id: str) -> bool:
        view = await asyncio.to_thread(self._records.escalation, escalation_id)
        plan = await asyncio.to_thread(self._records.plan, view.escalation.plan_id) if view else None
        if view is None or plan is None or view.settled_at is not None:
            return False
        await self._starter.start_escalation(EscalationInput(escalation=view.escalation, practice=plan.state.practice))
        return True

    async def _look_at_strangers(self, workflow_ids: Iterable[str], done: Compared) -> None:
        """What runs without being needed: it has not heard of its end, or the records know nothing of it."""
        found = list(workflow_ids)
        known = await asyncio.to_thread(self._records.known_workflows, found)
        needless = [one for one in known.values() if not one.open]
        done.told += sum(await _each(needless, self._tell))
        unknown = [each for each in found if each not in known]
        ours = [each for each in await _each(unknown, self._runs) if each]
        done.unknown = len(ours)
        await asyncio.to_thread(self._records.note_disagreements, "unknown", ours)

    async def _runs(self, workflow_id: str) -> str | None:
        """The id, if it runs indeed: what lists workflows may lag behind. One that was begun since is on record now."""
        described = await self._described(workflow_id)
        if described is None or described.status != WorkflowExecutionStatus.RUNNING:
            return None
        return None if await asyncio.to_thread(self._records.known_workflows, [workflow_id]) else workflow_id

    async def _look_for_older(self, done: Compared) -> None:
        """The newest judgements first: once enough in a row are known to Temporal too, all before them are."""
        in_line, offset = 0, 0
        while in_line < IN_LINE:
            page = await asyncio.to_thread(self._records.last_judged, PAGE, offset)
            for start in range(0, len(page), AT_ONCE):
                behind = await _each(page[start : start + AT_ONCE], self._is_behind)
                for judged, is_behind in zip(page[start : start + AT_ONCE], behind, strict=True):
                    in_line = 0 if is_behind else in_line + 1
                    done.told += await self._tell(judged.followed) if is_behind else 0
                if in_line >= IN_LINE:
                    return
            if len(page) < PAGE:
                return
            offset += PAGE

    async def _is_behind(self, judged: LastJudged) -> bool:
        """Whether Temporal has not come as far as the last judgement on record."""
        workflow_id = judged.followed.workflow_id
        newest = await self._described(workflow_id)
        if newest is None:
            return False  # it is missing, or was forgotten long after its end
        if newest.run_id == judged.run_id:
            running = newest.status == WorkflowExecutionStatus.RUNNING
            return running and newest.history_length <= judged.history_length
        return await self._described(workflow_id, judged.run_id) is None

    async def _tell(self, one: Followed) -> int:
        """1 where it could be told to look at the records; 0 where it doesn't run."""
        handle = self._temporal.get_workflow_handle(one.workflow_id)
        try:
            if one.what == "escalation":
                await handle.signal("withdraw", NOT_NEEDED, rpc_timeout=ASK_WITHIN)
            else:
                await handle.signal("hear", [], rpc_timeout=ASK_WITHIN)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            return 0
        return 1

    def _take_refusals_back(self, now: datetime) -> int:
        """They were told to a person too, who needn't do anything any more."""
        again = self._records.refused_untruly()
        for subject, event_id in again:
            for key in (f"{subject}:refused:{event_id}", f"claim:{subject}:refused:{event_id}"):
                self._records.close_desk_task(key, "the program", now)
        return len(again)


def _takeable(events: list[E], check: Callable[[E], None]) -> list[E]:
    """Those that the state takes; the others get their answer when they are handed over."""
    taken: list[E] = []
    for event in events:
        with contextlib.suppress(EventRefused):
            check(event)
            taken.append(event)
    return taken


async def _each(things: Iterable[T], do: Callable[[T], Awaitable[R]]) -> list[R]:
    """The answers in order, some at a time."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(thing: T) -> R:
        async with slots:
            return await do(thing)

    return list(await asyncio.gather(*(one(thing) for thing in things)))
