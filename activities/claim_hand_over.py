"""Hands a stored event to its claim's workflow and notes in the records what the claim said."""

import asyncio
from datetime import datetime

from temporalio.client import Client

from activities.ask_to_record import ask_to_record
from activities.gone import has_ended
from activities.hand_over import Taken
from domain.actions import AddDeskTask
from domain.claim_events import ClaimEvent
from domain.names import claim_workflow_id
from records.comparing import CLAIM_OVER, Followed
from records.database import Records


class ClaimHandOver:
    """Gives events to claims. Giving the same event twice counts once: the update carries the event's id."""

    def __init__(self, records: Records, temporal: Client) -> None:
        self._records = records
        self._temporal = temporal

    async def hand_over(self, claim_id: str, event: ClaimEvent, now: datetime, *, late: bool = False) -> Taken:
        """Ask the workflow to record the event, for at most five seconds.

        One that was acknowledged as stored before and is refused `late` becomes a task for a person: nothing that a
        payer said is dropped.
        """
        answer = await ask_to_record(self._temporal, claim_workflow_id(claim_id), event)
        match answer.word:
            case "refused":
                return await self._refused(claim_id, event, answer.because, now, late=late)
            case "gone":
                if await has_ended(self._records, self._temporal, Followed("claim", claim_id, True), now):
                    return await self._refused(claim_id, event, CLAIM_OVER, now, late=late)
                return Taken("stored", "the claim's workflow could not be reached")
            case "away":
                return Taken("stored", answer.because)
            case _:
                await asyncio.to_thread(self._records.settle_claim_event, claim_id, event.event_id, "recorded", "", now)
                return Taken("duplicate" if answer.word == "duplicate" else "recorded")

    async def _refused(self, claim_id: str, event: ClaimEvent, because: str, now: datetime, *, late: bool) -> Taken:
        await asyncio.to_thread(self._records.settle_claim_event, claim_id, event.event_id, "refused", because, now)
        view = await asyncio.to_thread(self._records.claim, claim_id)
        if late and view is not None:
            task = AddDeskTask(
                key=f"claim:{claim_id}:refused:{event.event_id}",
                plan_id=view.state.plan_id,
                kind="claim",
                text=f"Came in and could not be taken by the claim ({event.type.replace('_', ' ')}): {because}.",
                at=now,
            )
            await asyncio.to_thread(self._records.add_desk_task, task)
        return Taken("refused", because)
