"""Hands a stored event to its plan's workflow and notes in the records what the plan said."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.actions import AddDeskTask
from domain.events import Event
from domain.names import plan_workflow_id
from records.database import Records

log = logging.getLogger("followthrough.hand_over")
ANSWER_WITHIN = timedelta(seconds=5)


@dataclass(frozen=True)
class Taken:
    """What became of an event: recorded, duplicate, stored (handed over later) or refused, with the reason."""

    outcome: Literal["recorded", "duplicate", "stored", "refused"]
    because: str = ""


def update_id(event: Event) -> str:
    """The Temporal update id of an event: opaque, because Temporal shows it and the sender's id may say too much."""
    return hashlib.sha256(event.event_id.encode()).hexdigest()[:32]


class HandOver:
    """Gives events to plans. Giving the same event twice counts once: the update carries the event's id."""

    def __init__(self, records: Records, temporal: Client) -> None:
        self._records = records
        self._temporal = temporal

    async def hand_over(self, plan_id: str, event: Event, now: datetime, *, late: bool = False) -> Taken:
        """Ask the workflow to record the event, for at most five seconds.

        An event that was already acknowledged as stored and is refused `late` becomes a task for the front desk.
        """
        try:
            async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
                answer = await self._temporal.get_workflow_handle(plan_workflow_id(plan_id)).execute_update(
                    "record", event, id=update_id(event), result_type=str
                )
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            if not (isinstance(cause, ApplicationError) and cause.type == "EventRefused"):
                log.warning("update failed", extra={"plan_id": plan_id})
                return Taken("stored", "the plan could not take it yet")
            return await self._refused(plan_id, event, cause.message, now, late=late)
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND and await self._has_started(plan_id):
                return await self._refused(plan_id, event, "the plan has ended", now, late=late)
            return Taken("stored", "the plan's workflow could not be reached")
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            return Taken("stored", "the plan did not answer in time")
        await asyncio.to_thread(self._records.settle_event, plan_id, event.event_id, "recorded", "", now)
        return Taken("duplicate" if answer == "duplicate" else "recorded")

    async def _has_started(self, plan_id: str) -> bool:
        unstarted = await asyncio.to_thread(self._records.plans_to_start)
        return plan_id not in {state.plan_id for state in unstarted}

    async def _refused(self, plan_id: str, event: Event, because: str, now: datetime, *, late: bool) -> Taken:
        await asyncio.to_thread(self._records.settle_event, plan_id, event.event_id, "refused", because, now)
        if late or event.type in ("client_replied", "decision_made", "delivery_failed"):
            task = AddDeskTask(
                key=f"{plan_id}:refused:{event.event_id}",
                plan_id=plan_id,
                kind="reply" if event.type == "client_replied" else "refused_event",
                text=f"Came in and could not be taken by the plan ({event.type.replace('_', ' ')}): {because}.",
                at=now,
            )
            await asyncio.to_thread(self._records.add_desk_task, task)
        return Taken("refused", because)
