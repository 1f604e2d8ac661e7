"""Hands a stored event to its plan's workflow and notes in the records what the plan said."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.ask_to_record import ANSWER_WITHIN as ANSWER_WITHIN
from activities.ask_to_record import ask_to_record
from activities.gone import has_ended
from domain.actions import AddDeskTask
from domain.escalation import unreached
from domain.events import DeliveryFailed, Event
from domain.names import escalation_workflow_id, plan_workflow_id
from domain.workflow_inputs import Undelivered
from records.comparing import PLAN_ENDED, Followed
from records.database import Records


@dataclass(frozen=True)
class Taken:
    """What became of an event: recorded, duplicate, stored (handed over later) or refused, with the reason."""

    outcome: Literal["recorded", "duplicate", "stored", "refused"]
    because: str = ""


class HandOver:
    """Gives events to plans. Giving the same event twice counts once: the update carries the event's id."""

    def __init__(self, records: Records, temporal: Client) -> None:
        self._records = records
        self._temporal = temporal

    async def hand_over(self, plan_id: str, event: Event, now: datetime, *, late: bool = False) -> Taken:
        """Ask the workflow to record the event, for at most five seconds.

        An event that was already acknowledged as stored and is refused `late` becomes a task for the front desk.
        What became of a word about a question is for the question's own workflow.
        """
        if isinstance(event, DeliveryFailed) and event.escalation_id:
            return await self._tell_the_question(plan_id, event, now)
        answer = await ask_to_record(self._temporal, plan_workflow_id(plan_id), event)
        match answer.word:
            case "refused":
                return await self._refused(plan_id, event, answer.because, now, late=late)
            case "gone":
                if await has_ended(self._records, self._temporal, Followed("plan", plan_id, True), now):
                    return await self._refused(plan_id, event, PLAN_ENDED, now, late=late)
                return Taken("stored", "the plan's workflow could not be reached")
            case "away":
                return Taken("stored", answer.because)
            case _:
                await asyncio.to_thread(self._records.settle_event, plan_id, event.event_id, "recorded", "", now)
                return Taken("duplicate" if answer.word == "duplicate" else "recorded")

    async def _tell_the_question(self, plan_id: str, failed: DeliveryFailed, now: datetime) -> Taken:
        """It goes another way, unless the question is settled. Where its workflow is lost, the desk does."""
        word = Undelivered(message_key=failed.message_key, because=failed.cause)
        handle = self._temporal.get_workflow_handle(escalation_workflow_id(failed.escalation_id))
        try:
            async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
                await handle.signal("undelivered", word)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                return Taken("stored", "the question's workflow could not be reached")
            await asyncio.to_thread(self._leave_to_the_desk, plan_id, failed, now)
        except TimeoutError:
            return Taken("stored", "there was no answer in time")
        await asyncio.to_thread(self._records.settle_event, plan_id, failed.event_id, "recorded", "", now)
        return Taken("recorded")

    def _leave_to_the_desk(self, plan_id: str, failed: DeliveryFailed, now: datetime) -> None:
        view = self._records.escalation(failed.escalation_id)
        if view is None or view.status != "open":
            return
        text = unreached(view.escalation, failed.cause)
        task = AddDeskTask(key=f"{failed.message_key}:unsent", plan_id=plan_id, kind="undeliverable", text=text, at=now)
        self._records.add_desk_task(task)

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
