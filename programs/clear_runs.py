"""Ends and deletes every run that Temporal keeps of some workflows, and looks whether they are gone."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple, TypeVar

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import HistoryEventFilterType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import (
    DeleteWorkflowExecutionRequest,
    DescribeWorkflowExecutionRequest,
    DescribeWorkflowExecutionResponse,
    GetWorkflowExecutionHistoryRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.names import SEARCH_PLAN, claim_workflow_id, escalation_workflow_id, plan_workflow_id
from records.database import Records
from records.export import IdsOfClient

REASON = "the client was erased"
PATIENCE = timedelta(seconds=60)
"""Temporal deletes in its own time; its development server has been seen to take half a minute."""
LOOK_AGAIN_AFTER = 0.5
CALL_WITHIN = timedelta(seconds=10)
_ALL = HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT
_CLOSING = HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT

T = TypeVar("T")


class Run(NamedTuple):
    """One run of a workflow that may have continued as new many times."""

    workflow_id: str
    run_id: str


@dataclass
class Cleared:
    """What was done: workflows that ran until then, runs that were there, and those that are there still."""

    ended: int = 0
    found: set[Run] = field(default_factory=set[Run])
    left: set[Run] = field(default_factory=set[Run])


def workflows_of(ids: IdsOfClient) -> list[str]:
    """The workflow ids of a client's plans, questions and claims. The plans come first, since they start the others."""
    return [
        *map(plan_workflow_id, ids.plans),
        *map(claim_workflow_id, ids.claims),
        *map(escalation_workflow_id, ids.escalations),
    ]


async def clear_runs(temporal: Client, ids: IdsOfClient, patience: timedelta = PATIENCE) -> Cleared:
    """End what still runs, delete all runs, and look until all are gone or patience is over. Doing it twice is fine.

    Raises RPCError where Temporal doesn't answer; then some may be ended or deleted already.
    """
    done = Cleared()
    for workflow_id in workflows_of(ids):
        done.ended += await _end(temporal, workflow_id)
    until = time.monotonic() + patience.total_seconds()
    done.left = done.found = await _runs(temporal, ids)
    while True:
        for run in done.left:
            await _delete(temporal, run)
        done.left = {run for run in done.found if await _is_there(temporal, run)} | await _listed(temporal, ids)
        done.found |= done.left
        if not done.left or time.monotonic() > until:
            return done
        await asyncio.sleep(LOOK_AGAIN_AFTER)


async def clear_erased(records: Records, temporal: Client) -> None:
    """Finish what an erasure couldn't: a program that still had the key may have begun something just then.

    Clients who were erased by a version that left earlier runs behind are seen to as well.
    """
    for client_id in await asyncio.to_thread(records.clients_to_clear):
        ids = await asyncio.to_thread(records.ids_of_clients, [client_id])
        if not (await clear_runs(temporal, ids, patience=timedelta(0))).left:
            await asyncio.to_thread(records.note_cleared, client_id)


async def _end(temporal: Client, workflow_id: str) -> bool:
    """Whether it ran until now. One that is over, or never began, needs no end."""
    handle = temporal.get_workflow_handle(workflow_id)
    return await _there(handle.terminate(reason=REASON, rpc_timeout=CALL_WITHIN))


async def _runs(temporal: Client, ids: IdsOfClient) -> set[Run]:
    """Every run: those that are listed, and those before and after them by what their histories say.

    A list may be some moments behind, and histories may be gone in the middle of a chain; together they miss nothing.
    """
    waiting = list(await _listed(temporal, ids))
    for workflow_id in workflows_of(ids):
        latest = await _latest(temporal, workflow_id)
        waiting += [latest] if latest else []
    found: set[Run] = set()
    while waiting:
        run = waiting.pop()
        if run not in found:
            found.add(run)
            waiting += [Run(run.workflow_id, near) async for near in _neighbours(temporal, run)]
    return found


async def _listed(temporal: Client, ids: IdsOfClient) -> set[Run]:
    """What lists say: by the ids that we know, and by the plan, for what the records may not know."""
    found: set[Run] = set()
    for workflow_id in workflows_of(ids):
        found |= await _query(temporal, f"WorkflowId = '{_quoted(workflow_id)}'")
    for plan_id in ids.plans:
        try:
            found |= await _query(temporal, f"{SEARCH_PLAN} = '{_quoted(plan_id)}'")
        except RPCError as error:
            if error.status != RPCStatusCode.INVALID_ARGUMENT:  # a server to which nobody has told this attribute
                raise
    return found


async def _query(temporal: Client, query: str) -> set[Run]:
    return {Run(run.id, run.run_id) async for run in temporal.list_workflows(query, rpc_timeout=CALL_WITHIN)}


async def _latest(temporal: Client, workflow_id: str) -> Run | None:
    described = await _described(temporal, Run(workflow_id, ""))
    return Run(workflow_id, described.workflow_execution_info.execution.run_id) if described else None


async def _is_there(temporal: Client, run: Run) -> bool:
    return await _described(temporal, run) is not None


async def _delete(temporal: Client, run: Run) -> None:
    request = DeleteWorkflowExecutionRequest(namespace=temporal.namespace, workflow_execution=_execution(run))
    await _found(temporal.workflow_service.delete_workflow_execution(request, timeout=CALL_WITHIN))


async def _neighbours(temporal: Client, run: Run) -> AsyncIterator[str]:
    """The runs that this one continued and was continued by, by its first and its last event."""
    for which in (_ALL, _CLOSING):
        request = GetWorkflowExecutionHistoryRequest(
            namespace=temporal.namespace,
            execution=_execution(run),
            maximum_page_size=1,
            history_event_filter_type=which,
        )
        page = await _found(temporal.workflow_service.get_workflow_execution_history(request, timeout=CALL_WITHIN))
        for event in page.history.events if page else ():
            for run_id in _named_in(event):
                yield run_id


def _named_in(event: HistoryEvent) -> list[str]:
    began = event.workflow_execution_started_event_attributes
    gave_way = event.workflow_execution_continued_as_new_event_attributes
    named = (began.continued_execution_run_id, began.first_execution_run_id, gave_way.new_execution_run_id)
    return [run_id for run_id in named if run_id]


def _execution(run: Run) -> WorkflowExecution:
    return WorkflowExecution(workflow_id=run.workflow_id, run_id=run.run_id)


async def _described(temporal: Client, run: Run) -> DescribeWorkflowExecutionResponse | None:
    request = DescribeWorkflowExecutionRequest(namespace=temporal.namespace, execution=_execution(run))
    return await _found(temporal.workflow_service.describe_workflow_execution(request, timeout=CALL_WITHIN))


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


async def _found(call: Awaitable[T]) -> T | None:
    """What the call answers; None where Temporal says that there is no such thing."""
    try:
        return await call
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
        return None


async def _there(call: Awaitable[None]) -> bool:
    try:
        await call
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True
