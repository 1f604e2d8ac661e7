"""Asks a workflow to record an event, for a few seconds, and says in one word what came of it."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.claim_events import ClaimEvent
from domain.events import Event
from records.payload_keys import NotOnRecord

log = logging.getLogger("followthrough.hand_over")
ANSWER_WITHIN = timedelta(seconds=5)


@dataclass(frozen=True)
class Answer:
    """recorded or duplicate; refused, with the workflow's reason; gone: no such workflow runs; away: no answer now."""

    word: Literal["recorded", "duplicate", "refused", "gone", "away"]
    because: str = ""


def update_id(event_id: str) -> str:
    """The Temporal update id of an event: opaque, because Temporal shows it and the sender's id may say too much."""
    return hashlib.sha256(event_id.encode()).hexdigest()[:32]


async def ask_to_record(temporal: Client, workflow_id: str, event: Event | ClaimEvent) -> Answer:
    """Ask once, for at most five seconds. The update carries the event's id, so asking again counts once."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
            answer = await temporal.get_workflow_handle(workflow_id).execute_update(
                "record", event, id=update_id(event.event_id), result_type=str
            )
    except WorkflowUpdateFailedError as error:
        cause = error.cause
        if isinstance(cause, ApplicationError) and cause.type == "EventRefused":
            return Answer("refused", cause.message)
        log.warning("update failed", extra={"workflow_id": workflow_id})
        return Answer("away", "it could not be taken yet")
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            return Answer("gone")
        return Answer("away", "the workflow could not be reached")
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
        return Answer("away", "there was no answer in time")
    except NotOnRecord:  # the records were lost and the workflow wasn't: Health says what to do
        return Answer("away", "what runs in Temporal under this id is of other records")
    return Answer("duplicate" if answer == "duplicate" else "recorded")
