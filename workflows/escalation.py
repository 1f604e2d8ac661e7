"""Asks one question of a person and waits for exactly one answer.

The responsible therapist hears of it, is reminded, then the backup person is brought in; whoever answers first
decides, and the plan that asked is told.
"""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.escalations import Escalations
    from activities.judgement import Judge, NoticeInput
    from activities.messages import SendMessages
    from domain.actions import SendMessage
    from domain.escalation import Decided, DecisionBody
    from domain.names import ESCALATION_WORKFLOW
    from domain.workflow_inputs import EscalationInput, Settled

WORD_WITHIN = timedelta(seconds=20)
SEND_WITHIN = timedelta(seconds=30)
GIVE_UP_SENDING_AFTER = timedelta(minutes=2)
SETTLE_WITHIN = timedelta(seconds=30)
PATIENTLY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))


@workflow.defn(name=ESCALATION_WORKFLOW)
class EscalationWorkflow:
    """One question to a person."""

    @workflow.init
    def __init__(self, start: EscalationInput) -> None:
        self._escalation = start.escalation
        self._practice = start.practice
        self._decided: Decided | None = None
        self._withdrawn: str | None = None

    @workflow.run
    async def run(self, start: EscalationInput) -> Decided | None:
        """Tell, remind, bring in the backup person, until there is an answer; then report back."""
        nth = 0
        while not self._is_over():
            await self._tell(nth)
            nth += 1
        await workflow.execute_activity_method(
            Escalations.settle,
            Settled(escalation=self._escalation, decided=self._decided, because=self._withdrawn or ""),
            start_to_close_timeout=SETTLE_WITHIN,
            retry_policy=PATIENTLY,
        )
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._decided

    @workflow.update
    def decide(self, body: DecisionBody) -> Decided:
        """The one decision that counts."""
        self._decided = Decided(escalation_id=self._escalation.escalation_id, decision=body, decided_at=workflow.now())
        return self._decided

    @decide.validator
    def _only_one(self, body: DecisionBody) -> None:
        """The second person is told who decided and when."""
        if self._withdrawn is not None:
            raise ApplicationError(f"the question was withdrawn: {self._withdrawn}", type="AlreadyDecided")
        if self._decided is not None:
            decision = self._decided.decision
            raise ApplicationError(
                f"{decision.by} decided {decision.choice} at {self._decided.decided_at.isoformat(timespec='seconds')}",
                type="AlreadyDecided",
            )

    @workflow.signal
    def withdraw(self, because: str) -> None:
        """Nobody needs the answer any more."""
        if self._decided is None:
            self._withdrawn = because

    def _is_over(self) -> bool:
        return self._decided is not None or self._withdrawn is not None

    async def _tell(self, nth: int) -> None:
        """Wait for the nth notice's time and send it, unless the answer comes first."""
        message = await workflow.execute_local_activity_method(
            Judge.next_notice,
            NoticeInput(escalation=self._escalation, nth=nth, practice=self._practice),
            start_to_close_timeout=WORD_WITHIN,
        )
        due_at = message.due_at
        while True:
            wait = (due_at - workflow.now()).total_seconds()
            if wait > 0 and await self._answered_within(timedelta(seconds=wait)):
                return
            if self._is_over():
                return
            deferred_until = await self._send(message)
            if deferred_until is None:
                return
            due_at = deferred_until

    async def _answered_within(self, wait: timedelta) -> bool:
        try:
            await workflow.wait_condition(self._is_over, timeout=wait)
        except TimeoutError:
            return False
        return True

    async def _send(self, message: SendMessage) -> datetime | None:
        """Send once; the time to try again, or None when it is settled."""
        try:
            outcome = await workflow.execute_activity_method(
                SendMessages.send_message,
                message,
                start_to_close_timeout=SEND_WITHIN,
                schedule_to_close_timeout=GIVE_UP_SENDING_AFTER,
                retry_policy=PATIENTLY,
            )
        except ActivityError:
            return workflow.now() + timedelta(minutes=1)
        return outcome.until if outcome.result == "deferred" else None
