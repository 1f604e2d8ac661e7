"""What it means that Temporal knows no running workflow of that id: never by itself that something has ended."""

import asyncio
from datetime import datetime, timedelta

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError

from records.comparing import Followed
from records.database import Records

ASK_WITHIN = timedelta(seconds=5)


async def has_ended(records: Records, temporal: Client, what: Followed, now: datetime) -> bool:
    """Whether it is over by the records; or by both, where its workflow came to its end after the last save.

    One that isn't is missing: that is written down, and the next comparison starts it.
    """
    if what.what != "escalation" and await asyncio.to_thread(records.is_over, what.what, what.id):
        return True
    try:
        described = await temporal.get_workflow_handle(what.workflow_id).describe(rpc_timeout=ASK_WITHIN)
    except RPCError:
        described = None
    if described is not None and described.status == WorkflowExecutionStatus.COMPLETED:
        return await asyncio.to_thread(records.finish, what, now)
    await asyncio.to_thread(records.note_disagreement, "missing", what.workflow_id)
    return False
