"""Asks one question of a person and waits for exactly one answer.

The responsible therapist hears of it, is reminded, then the backup person is brought in; whoever answers first
decides. For some seconds that person may take the answer back, then the plan that asked is told.
"""

import contextlib
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from workflows.steps import PATIENTLY, send_once

with workflow.unsafe.imports_passed_through():
    from activities.escalations import Escalations
    from activities.judgement import Judge, NoticeInput, WordInput
    from domain.actions import AddDeskTask, SendOutcome
    from domain.escalation import Decided, DecisionBody
    from domain.names import ESCALATION_WORKFLOW
    from domain.workflow_inputs import EscalationInput, Settled, StaffWord

WORD_WITHIN = timedelta(seconds=20)
SETTLE_WITHIN = timedelta(seconds=30)
TRY_SENDING_AGAIN_AFTER = timedelta(minutes=1)
BACKUP = 2
"""The notice that goes to the backup person; for a page that can't arrive it goes at once."""


@workflow.defn(name=ESCALATION_WORKFLOW)
class EscalationWorkflow:
    """One question to a person."""

    @workflow.init
    def __init__(self, start: EscalationInput) -> None:
        self._escalation = start.escalation
        self._practice = start.practice
        self._decided: Decided | None = None
        self._withdrawn: str | None = None
        self._withdrawn_meanwhile: str | None = None
        self._goes_out = False

    @workflow.run
    async def run(self, start: EscalationInput) -> Decided | None:
        """Tell, remind, bring in the backup person, until there is an answer; then report back."""
        nth, at_once = 0, False
        while not self._goes_out:
            while not self._is_over():
                reached = await self._tell(nth, at_once=at_once)
                if self._is_over():
                    break  # if the answer is taken back, the same notice is next; one that was sent isn't sent again
                at_once = not reached and self._escalation.urgent and nth < BACKUP
                nth = BACKUP if at_once else nth + 1
            await self._may_be_undone()
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
                self._decided,
                type="AlreadyDecided",
            )

    @workflow.update
    def undo(self, by: str) -> None:
        """Take the decision back; the question is open again, or withdrawn if nobody needs its answer meanwhile."""
        self._decided = None
        self._withdrawn = self._withdrawn_meanwhile

    @undo.validator
    def _not_too_late(self, by: str) -> None:
        """Only while nothing follows from the decision."""
        if self._decided is None:
            raise ApplicationError("there is no decision to take back", type="NothingToUndo")
        if self._goes_out or self._escalation.undo_for <= timedelta(0):
            raise ApplicationError("the decision is being carried out already", type="NothingToUndo")

    @workflow.signal
    def withdraw(self, because: str) -> None:
        """Nobody needs the answer any more."""
        if self._decided is None:
            self._withdrawn = because
        else:
            self._withdrawn_meanwhile = because

    @workflow.signal
    async def say(self, word: StaffWord) -> None:
        """Answer somebody of the staff who wrote about this question."""
        message = await workflow.execute_local_activity_method(
            Judge.staff_word,
            WordInput(escalation=self._escalation, word=word, practice=self._practice, now=workflow.now()),
            start_to_close_timeout=WORD_WITHIN,
        )
        await send_once(message, TRY_SENDING_AGAIN_AFTER)

    def _is_over(self) -> bool:
        return self._decided is not None or self._withdrawn is not None

    async def _may_be_undone(self) -> None:
        """Wait out the time in which a decision may be taken back. A question from before there was one has none."""
        if self._decided is not None and self._escalation.undo_for > timedelta(0):
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(lambda: self._decided is None, timeout=self._escalation.undo_for)
        self._goes_out = self._is_over()

    async def _tell(self, nth: int, *, at_once: bool) -> bool:
        """Wait for the nth notice's time and send it, unless the answer comes first. False if it may not arrive.

        What became of an urgent page in doubt is found out by the sweep; here the next person is paged at once.
        """
        message = await workflow.execute_local_activity_method(
            Judge.next_notice,
            NoticeInput(escalation=self._escalation, nth=nth, practice=self._practice),
            start_to_close_timeout=WORD_WITHIN,
        )
        due_at = workflow.now() if at_once else message.due_at
        while True:
            wait = (due_at - workflow.now()).total_seconds()
            if wait > 0 and await self._answered_within(timedelta(seconds=wait)):
                return True
            if self._is_over():
                return True
            outcome = await send_once(message, TRY_SENDING_AGAIN_AFTER)
            waits = outcome.result == "deferred" or (outcome.result == "unclear" and not self._escalation.urgent)
            if waits and outcome.until is not None:
                due_at = outcome.until
                continue
            if outcome.result != "accepted":
                await self._tell_the_desk(nth, outcome)
            return outcome.result == "accepted"

    async def _answered_within(self, wait: timedelta) -> bool:
        try:
            await workflow.wait_condition(self._is_over, timeout=wait)
        except TimeoutError:
            return False
        return True

    async def _tell_the_desk(self, nth: int, outcome: SendOutcome) -> None:
        """A notice that reached nobody is a task for a person."""
        escalation = self._escalation
        task = AddDeskTask(
            key=f"{escalation.escalation_id}:{nth}:unsent",
            plan_id=escalation.plan_id,
            kind="undeliverable",
            text=f"A question to the therapist did not reach its reader: {outcome.because}. Tell them.",
            at=workflow.now(),
        )
        await workflow.execute_activity_method(
            Escalations.add_desk_task, task, start_to_close_timeout=SETTLE_WITHIN, retry_policy=PATIENTLY
        )
