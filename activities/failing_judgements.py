"""Tells people of plans and claims that nobody can judge, and has those tried again that a new worker may mend."""

import asyncio
import logging
from datetime import timedelta

from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError

from domain.names import claim_workflow_id, plan_workflow_id
from domain.workflow_inputs import JudgementNote
from records.database import Records
from records.vault import ClientErased

log = logging.getLogger("followthrough.judgement")
AT_MOST = timedelta(seconds=5)


class FailingJudgements:
    """Noting the same twice counts once."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @activity.defn(name="note_judgement")
    def note(self, note: JudgementNote) -> None:
        """Write down that judgements fail, with an urgent task for a person; or that they work again."""
        try:
            self._records.note_judgement(note)
        except ClientErased:
            return  # nobody may be told anything of them any more
        if note.failing:
            log.error("a judgement fails", extra={"plan_id": note.plan_id, "claim_id": note.claim_id})


async def look_again(records: Records, temporal: Client) -> None:
    """Ask all plans and claims whose judgement fails to try again, because this worker may know better."""
    for failing in await asyncio.to_thread(records.failing_judgements):
        workflow_id = claim_workflow_id(failing.claim_id) if failing.claim_id else plan_workflow_id(failing.plan_id)
        try:
            await temporal.get_workflow_handle(workflow_id).signal("look_again", rpc_timeout=AT_MOST)
        except RPCError as error:  # it tries by itself within the hour
            log.warning("could not be asked", extra={"workflow_id": workflow_id, "error": error.status.name})
