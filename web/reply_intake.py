"""Takes in what clients write: once per message, an opt-out obeyed at once, and no possible emergency unread."""

import asyncio
import hashlib
import uuid
from datetime import datetime

from activities.start import WorkflowStarter
from domain.actions import AddDeskTask
from domain.client import Channel
from domain.escalation import Escalation
from domain.events import ClientReplied
from domain.policy import Practice
from domain.replies import Understanding, understand
from domain.workflow_inputs import EscalationInput
from records.database import Records
from records.views import StoredEvent, StoredInbound

FORMER_CLIENT = uuid.UUID("0d6d7c43-5a3f-4a6e-9c55-2f0b6a3f8e10")


class ReplyIntake:
    """The way in for replies, whoever brings them."""

    def __init__(self, records: Records, starter: WorkflowStarter, practice: Practice) -> None:
        self._records = records
        self._starter = starter
        self._practice = practice

    async def store(
        self, provider_id: str, channel: Channel, from_address: str, text: str, now: datetime
    ) -> list[StoredEvent]:
        """Write the message down under the provider's id. The same id again changes nothing.

        Returns the events it became: none where no open plan has this number, which is a task for the desk.
        """
        plan_ids = await asyncio.to_thread(self._records.plans_of_address, channel, from_address)
        plan_id = await self._answered_plan(plan_ids)
        kept = await asyncio.to_thread(
            self._records.add_inbound, provider_id, channel, from_address, text, now, plan_id
        )
        meaning = understand(kept.text, open_question=None, channel=channel)
        await self._obey(meaning, kept)
        if kept.plan_id is None:
            await self._from_no_open_plan(meaning, kept)
            return []
        event_id = f"in-{hashlib.sha256(provider_id.encode()).hexdigest()[:32]}"
        event = ClientReplied(event_id=event_id, occurred_at=kept.at, channel=channel, text=kept.text)
        concerned = {kept.plan_id, *plan_ids} if _concerns_all(meaning) else {kept.plan_id}
        return [await asyncio.to_thread(self._records.add_event, one, event, now) for one in sorted(concerned)]

    async def _answered_plan(self, plan_ids: list[str]) -> str | None:
        """Of several plans on one number, the one that asked last; else the one last written to."""
        asked: list[tuple[datetime, str]] = []
        for plan_id in plan_ids:
            view = await asyncio.to_thread(self._records.plan, plan_id)
            if view and view.state.questions:
                asked.append((max(question.asked_at for question in view.state.questions), plan_id))
        return max(asked)[1] if asked else next(iter(plan_ids), None)

    async def _obey(self, meaning: Understanding, kept: StoredInbound) -> None:
        """An opt-out counts from the moment it was first heard; a repeat of it can't undo what was said since."""
        channel, address, text = kept.channel, kept.from_address, kept.text
        if meaning.intent in ("stop", "wrong_number") or meaning.also_stop:
            source = "the client's own words"
            await asyncio.to_thread(self._records.suppress, channel, address, kept.at, text, source)
        elif meaning.intent == "start":
            await asyncio.to_thread(self._records.lift_suppression, channel, address, kept.at, text)

    async def _from_no_open_plan(self, meaning: Understanding, kept: StoredInbound) -> None:
        """A stranger, or a client whose plan has ended: the desk reads it; a possible emergency pages as well."""
        urgent = meaning.intent == "red_flag"
        task = AddDeskTask(
            key=f"unknown-sender:{kept.provider_id}",
            plan_id="",
            kind="reply",
            text="A message that may mean an emergency came from somebody who has no open plan here: phone them now."
            if urgent
            else f"A message came by {kept.channel} from somebody who has no open plan here: read it and answer.",
            at=kept.at,
        )
        await asyncio.to_thread(self._records.add_desk_task, task)
        former = await asyncio.to_thread(self._records.plans_of_address, kept.channel, kept.from_address, ended=True)
        if urgent and former:
            await self._page_for(former[0], kept)

    async def _page_for(self, plan_id: str, kept: StoredInbound) -> None:
        """Ask the therapist of the client's last plan, at any hour, until somebody answers."""
        view = await asyncio.to_thread(self._records.plan, plan_id)
        if view is None:
            return
        policy = view.state.policy
        escalation = Escalation(
            escalation_id=uuid.uuid5(FORMER_CLIENT, kept.provider_id).hex,
            plan_id=plan_id,
            kind="red_flag",
            session=len(view.state.sessions),
            question="A former client's words may mean an emergency. Read them at the desk and phone the client.",
            evidence=["The plan has ended, so no automatic answer was sent."],
            opened_at=kept.at,
            responsible=view.state.plan.therapist,
            backup=view.state.backup,
            remind_after=policy.red_flag_reminder_after,
            backup_after=policy.red_flag_reminder_after,
        )
        await asyncio.to_thread(self._records.add_escalation, escalation, kept.at)
        await self._starter.start_escalation(EscalationInput(escalation=escalation, practice=self._practice))


def _concerns_all(meaning: Understanding) -> bool:
    """An opt-out holds for every plan of that number."""
    return meaning.intent in ("stop", "start", "wrong_number") or meaning.also_stop
