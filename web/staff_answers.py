"""Carries out what the therapist or the backup person answered by text, and tells them so."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import AlreadyDecided, EventRefused
from domain.escalation import Decided, DecisionBody
from domain.incoming import Incoming, StaffAnswer
from domain.names import escalation_workflow_id
from domain.staff_reply import BY_TEXT, not_taken
from domain.workflow_inputs import StaffWord
from records.audit import Entry
from records.database import Records

BY_PHONE = "text"
"""Stands in the audit trail for whoever answers from a number of the staff."""


class TemporalAway(Exception):
    """Temporal doesn't answer, and this can't be stored for later."""


class StaffAnswers:
    """The way in for answers of staff. `decide` is the one way in for decisions."""

    def __init__(
        self, records: Records, temporal: Client, decide: Callable[[str, DecisionBody], Awaitable[Decided]]
    ) -> None:
        self._records = records
        self._temporal = temporal
        self._decide = decide

    async def carry_out(self, reply: Incoming, answer: StaffAnswer, now: datetime) -> None:
        """Decide, or say why a number isn't enough. Twice counts once. Raises TemporalAway if neither can be done."""
        if answer.choice is None:
            await self._say(reply, answer, answer.word)
            return
        body = DecisionBody(choice=answer.choice, by=answer.name, reason=BY_TEXT)
        try:
            await self._decide(answer.escalation_id, body)
        except AlreadyDecided as error:
            if not await asyncio.to_thread(self._was_this, answer, body):
                await asyncio.to_thread(self._records.add_desk_task, not_taken(reply, answer, str(error)))
                return
        except EventRefused as error:
            await asyncio.to_thread(self._records.add_desk_task, not_taken(reply, answer, str(error)))
            return
        entry = Entry(now, BY_PHONE, "decided", answer.escalation_id)
        await asyncio.to_thread(self._records.add_audit, [entry])
        await self._say(reply, answer, "answer_noted")

    def _was_this(self, answer: StaffAnswer, body: DecisionBody) -> bool:
        """Whether the decision that counts is this very one, whose word back got lost."""
        view = self._records.escalation(answer.escalation_id)
        return view is not None and view.decided is not None and view.decided.decision == body

    async def _say(self, reply: Incoming, answer: StaffAnswer, template: str) -> None:
        """A question that is over says nothing any more; its answer counts all the same."""
        word = StaffWord(to=answer.to, template=template, ref=reply.opaque_id)
        handle = self._temporal.get_workflow_handle(escalation_workflow_id(answer.escalation_id))
        try:
            await handle.signal("say", word)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise TemporalAway("the word back could not be sent yet") from error
