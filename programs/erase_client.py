"""`followthrough erase`: ends all that runs for one client, and makes everything that is kept about them unreadable."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Problem, Refused
from domain.names import claim_workflow_id, escalation_workflow_id, plan_workflow_id
from programs.export_client import COMMAND, client_of
from records.audit import Entry
from records.database import Records
from settings import Settings
from worker import connect_temporal, load_keys, open_records

CONNECT_WITHIN = 10.0
REASON = "the client was erased"
WHAT_STAYS = (
    "What stays: opt-outs, by a keyed look-up of the number or address, so that nobody writes there by mistake; the "
    "audit trail, which holds opaque ids only; rows that nobody can read any more. Backups made before this day keep "
    "the client's key until they are deleted, and so does an export that you made."
)
HISTORIES_STAY = "Temporal didn't delete {count} of their histories; they go when its retention period ends."


async def run_erase(settings: Settings, plan_id: str, *, sure: bool, say: Callable[[str], None]) -> int:
    """Erase the plan's client. Raises Refused, and nothing was done, where that isn't certain or Temporal is away."""
    if not sure:
        fix = "erasing can't be taken back; add it if you mean all plans of this client"
        raise Refused("erase", [Problem("--yes", fix)])
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            temporal = await connect_temporal()
    except TimeoutError:
        raise Refused("erase", [Problem("Temporal", "doesn't answer; nothing was erased, try again later")]) from None
    records = await asyncio.to_thread(open_records, settings, load_keys(settings))
    try:
        client_id = await asyncio.to_thread(client_of, records, plan_id)
        await erase_client(records, temporal, client_id, datetime.now(UTC), say)
    finally:
        records.close()
    return 0


async def erase_client(
    records: Records, temporal: Client, client_id: str, at: datetime, say: Callable[[str], None]
) -> None:
    """End the client's workflows, destroy the key, and say what stays. Erasing twice does no harm.

    The plans end first, since they start the others. What one of them was just starting is found by the second look:
    after the key is gone nothing new can be written down. Raises Refused where Temporal can't be asked; then the key
    is still there, and the command can be given again.
    """
    ended = await _end(temporal, await _workflows(records, client_id))
    if await asyncio.to_thread(records.destroy_client_key, client_id, at):
        await asyncio.to_thread(records.add_audit, [Entry(at, COMMAND, "erased client", client_id)])
    ids = await _workflows(records, client_id)
    ended |= await _end(temporal, ids)
    kept = [workflow_id for workflow_id in ids if not await _delete(temporal, workflow_id)]
    say(f"Erased client {client_id}: {len(ended)} running workflows ended, their key destroyed.")
    say(WHAT_STAYS)
    if kept:
        say(HISTORIES_STAY.format(count=len(kept)))


async def _workflows(records: Records, client_id: str) -> list[str]:
    ids = await asyncio.to_thread(records.ids_of_client, client_id)
    return [
        *map(plan_workflow_id, ids.plans),
        *map(claim_workflow_id, ids.claims),
        *map(escalation_workflow_id, ids.escalations),
    ]


async def _end(temporal: Client, workflow_ids: Iterable[str]) -> set[str]:
    """Terminate what still runs; returns their ids. A workflow that is over, or never began, needs no end."""
    ended: set[str] = set()
    for workflow_id in workflow_ids:
        try:
            await temporal.get_workflow_handle(workflow_id).terminate(reason=REASON)
            ended.add(workflow_id)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                fix = "stopped answering, so not everything is erased yet; give the command again"
                raise Refused("erase", [Problem("Temporal", fix)]) from None
    return ended


async def _delete(temporal: Client, workflow_id: str) -> bool:
    """Ask Temporal to delete the history of its latest run, which is encrypted, but not under the client's key."""
    request = DeleteWorkflowExecutionRequest(
        namespace=temporal.namespace, workflow_execution=WorkflowExecution(workflow_id=workflow_id)
    )
    try:
        await temporal.workflow_service.delete_workflow_execution(request)
    except RPCError as error:
        return error.status == RPCStatusCode.NOT_FOUND
    return True
