"""Carries out at once what words of danger call for, without waiting for any workflow.

The process that took the text in sends the fixed answer and the first page itself, under the keys that the plan and the
question's workflow would use: whoever comes second finds it sent. What can't be done now is done by the sweep.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from activities.judgement import Judge, NoticeInput
from activities.messages import SendMessages
from activities.start import WorkflowStarter
from domain.actions import AddDeskTask, SendMessage, SendOutcome
from domain.emergency import Emergency
from domain.escalation import Escalation
from domain.policy import Practice
from domain.workflow_inputs import EscalationInput
from records.database import Records

log = logging.getLogger("followthrough.emergencies")
START_WITHIN = timedelta(seconds=5)
FIRST, BACKUP = 0, 2
"""Whoever can't be paged for certain is followed by the backup person at once, as the question's workflow does it."""


class Emergencies:
    """Without `judge` and `sender` nothing is sent here: then the plan's workflow sends, as soon as it can."""

    def __init__(
        self,
        records: Records,
        starter: WorkflowStarter,
        practice: Practice,
        judge: Judge | None = None,
        sender: SendMessages | None = None,
    ) -> None:
        self._records = records
        self._starter = starter
        self._practice = practice
        self._judge = judge
        self._sender = sender

    async def carry_out(self, emergency: Emergency, now: datetime) -> bool:
        """Answer, page, ask. True once nothing is left to do; doing it again sends nothing twice."""
        page = emergency.page
        done = await asyncio.gather(
            asyncio.to_thread(self._answer, emergency, now),
            asyncio.to_thread(self._page, page, now),
            asyncio.to_thread(self._tell_owners, emergency, now),
            return_exceptions=True,
        )
        begun = await self._ask(page)
        for problem in done:
            if isinstance(problem, Exception):  # one part stands in no other's way, and the sweep tries again
                log.warning("an emergency isn't carried out yet", extra={"error": type(problem).__name__})
            elif isinstance(problem, BaseException):
                raise problem
        return begun and all(part is True for part in done)

    def _answer(self, emergency: Emergency, now: datetime) -> bool:
        """By the first channel that takes it. False while nobody knows whether one did."""
        outcome: SendOutcome | None = None
        for message in emergency.answers:
            outcome = self._send(message, now)
            if outcome is None or outcome.result == "accepted":
                return True
            if outcome.until is not None:
                return False
        if outcome is not None:
            self._records.add_desk_task(_unsent(emergency, outcome, now))
        return True

    def _page(self, page: Escalation | None, now: datetime) -> bool:
        """The first notice. What becomes of it, and all reminders, are the business of the question's workflow."""
        if page is None or self._judge is None:
            return True
        both = self._judge.needs_others(page)
        for nth in (FIRST, BACKUP):
            if self._told(page, nth, now) and not both:
                return True
        return True

    def _told(self, page: Escalation, nth: int, now: datetime) -> bool:
        """Whether the notice went by its first way; where that one refuses, it goes by the other too."""
        if self._judge is None:
            return True
        asked = NoticeInput(escalation=page, nth=nth, practice=self._practice)
        outcome = self._send(self._judge.next_notice(asked), now, worded=True)
        if outcome is None or outcome.result == "accepted":
            return True
        if outcome.result == "refused":
            other = self._judge.next_notice(asked.model_copy(update={"channel": "email"}))
            if other.address:
                self._send(other, now, worded=True)
        return False

    def _tell_owners(self, emergency: Emergency, now: datetime) -> bool:
        """Word to every owner that there is something to read. False while nobody knows whether it went."""
        if not emergency.accusation or self._judge is None:
            return True
        owners = self._judge.words_to_owners(emergency.plan_id, emergency.accusation, self._practice, now)
        told = [self._by_first_way(ways, now) for ways in owners]
        if None in told:
            return False
        if not any(told):
            self._records.add_desk_task(_owner_untold(emergency, now))
        return True

    def _by_first_way(self, ways: list[SendMessage], now: datetime) -> bool | None:
        """Whether one of these went, the first that is taken; None while nobody knows."""
        for message in ways:
            outcome = self._send(message, now, worded=True)
            if outcome is None or outcome.result == "accepted":
                return True
            if outcome.until is not None:
                return None
        return False

    async def _ask(self, page: Escalation | None) -> bool:
        if page is None:
            return True
        try:
            async with asyncio.timeout(START_WITHIN.total_seconds()):
                await self._starter.start_escalation(EscalationInput(escalation=page, practice=self._practice))
        except Exception as error:  # Temporal is away: the sweep begins it
            log.warning("a question can't be asked yet", extra={"error": type(error).__name__})
            return False
        return True

    def _send(self, message: SendMessage, now: datetime, *, worded: bool = False) -> SendOutcome | None:
        if self._judge is None or self._sender is None:
            return None
        return self._sender.send(message if worded else self._judge.worded(message), now)


def _unsent(emergency: Emergency, outcome: SendOutcome, now: datetime) -> AddDeskTask:
    """The same task that the plan would make where no way is left."""
    return AddDeskTask(
        key=f"{emergency.plan_id}:unsent:{outcome.touchpoint_key}",
        plan_id=emergency.plan_id,
        kind="undeliverable",
        text=f"A message did not reach its reader (safety): {outcome.because}",
        at=now,
    )


def _owner_untold(emergency: Emergency, now: datetime) -> AddDeskTask:
    return AddDeskTask(
        key=f"{emergency.plan_id}:for-owner:{emergency.accusation}",
        plan_id=emergency.plan_id,
        kind="undeliverable",
        text="Word that something waits for the owner reached nobody: ask the owner to log in today.",
        at=now,
    )
