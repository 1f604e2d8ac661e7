"""Asks one question of a person and waits for exactly one answer.

The responsible therapist hears of it, is reminded, then the backup person is brought in; whoever answers first
decides. For some seconds that person may take the answer back, then the plan that asked is told.
"""

import asyncio
import contextlib
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from workflows.steps import PATIENTLY, send_once

with workflow.unsafe.imports_passed_through():
    from activities.escalations import Escalations
    from activities.judgement import Judge, NoticeInput, WordInput
    from domain.actions import AddDeskTask, SendMessage, SendOutcome
    from domain.client import Channel
    from domain.escalation import Decided, DecisionBody, must_not_wait, notice, other_channel, unreached
    from domain.names import ESCALATION_WORKFLOW
    from domain.workflow_inputs import EscalationInput, Settled, StaffWord, Undelivered

WORD_WITHIN = timedelta(seconds=20)
SETTLE_WITHIN = timedelta(seconds=30)
TRY_SENDING_AGAIN_AFTER = timedelta(minutes=1)
AT_LEAST = timedelta(milliseconds=1)
ANOTHER_WAY = "another-way"
"""Questions from before this was added left a refused word to the desk at once."""
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
        self._words: dict[str, StaffWord] = {}
        self._given_up: dict[str, None] = {}
        self._gone_another_way: dict[str, None] = {}
        self._page_is_lost = False
        self._ways: set[asyncio.Task[None]] = set()

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
        await workflow.wait_condition(lambda: workflow.all_handlers_finished() and not self._ways)
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
        self._words[word.ref] = word
        message = await workflow.execute_local_activity_method(
            Judge.staff_word,
            WordInput(escalation=self._escalation, word=word, practice=self._practice, now=workflow.now()),
            start_to_close_timeout=WORD_WITHIN,
        )
        await send_once(message, TRY_SENDING_AGAIN_AFTER)

    @workflow.signal
    async def undelivered(self, failed: Undelivered) -> None:
        """The provider gave a word of ours up after taking it: its reader hears of it another way.

        Once the question is settled nothing more is needed, and while its answer may be taken back that waits.
        """
        if failed.message_key in self._given_up:
            return
        self._given_up[failed.message_key] = None
        await workflow.wait_condition(lambda: self._goes_out or not self._is_over())
        if self._goes_out:
            return
        ref, _, used = failed.message_key.removeprefix(f"{self._escalation.escalation_id}:").partition(":")
        self._page_is_lost = self._escalation.urgent and ref not in self._words
        await self._another_way(failed, ref, used)

    async def _another_way(self, failed: Undelivered, ref: str, used: str) -> None:
        """Once for each word, whatever else is heard of it; where that fails too, the desk tells the reader."""
        if failed.message_key in self._gone_another_way:
            return
        self._gone_another_way[failed.message_key] = None
        word = self._words.get(ref)
        to = word.to if word else notice(self._escalation, int(ref)).to
        channel = other_channel(self._escalation, to, used)
        because = failed.because
        if channel is not None:
            message = await self._message(ref, channel)
            outcome = await send_once(message, TRY_SENDING_AGAIN_AFTER)
            while outcome.until is not None and outcome.result in ("deferred", "unclear"):
                if await self._settled_within(outcome.until - workflow.now()):
                    return
                outcome = await send_once(message, TRY_SENDING_AGAIN_AFTER)
            if outcome.result == "accepted":
                return
            because = outcome.because
        await self._add_task(f"{failed.message_key}:unsent", unreached(self._escalation, because))

    async def _message(self, ref: str, channel: Channel) -> SendMessage:
        """The same word as before, for another channel."""
        word = self._words.get(ref)
        if word is not None:
            return await workflow.execute_local_activity_method(
                Judge.staff_word,
                WordInput(
                    escalation=self._escalation,
                    word=word,
                    practice=self._practice,
                    now=workflow.now(),
                    channel=channel,
                ),
                start_to_close_timeout=WORD_WITHIN,
            )
        return await workflow.execute_local_activity_method(
            Judge.next_notice,
            NoticeInput(escalation=self._escalation, nth=int(ref), practice=self._practice, channel=channel),
            start_to_close_timeout=WORD_WITHIN,
        )

    async def _settled_within(self, wait: timedelta) -> bool:
        try:
            await workflow.wait_condition(lambda: self._goes_out, timeout=max(wait, AT_LEAST))
        except TimeoutError:
            return False
        return True

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
            if wait > 0 and await self._woken_within(timedelta(seconds=wait), nth):
                if self._is_over():
                    return True
                self._page_is_lost = False
                if nth < BACKUP:
                    return False
            if self._is_over():
                return True
            outcome = await send_once(message, TRY_SENDING_AGAIN_AFTER)
            waits = outcome.result == "deferred" or (outcome.result == "unclear" and not self._escalation.urgent)
            if waits and outcome.until is not None:
                due_at = outcome.until
                if must_not_wait(self._escalation, nth) and workflow.patched(ANOTHER_WAY):
                    self._try_another_way(outcome, nth)
                continue
            if outcome.result == "refused" and workflow.patched(ANOTHER_WAY):
                self._try_another_way(outcome, nth)
            elif outcome.result != "accepted":
                await self._add_task(f"{message.message_key}:unsent", unreached(self._escalation, outcome.because))
            return outcome.result == "accepted"

    def _try_another_way(self, outcome: SendOutcome, nth: int) -> None:
        """While this one is tried again or the backup person is brought in: neither must wait for the other."""
        failed = Undelivered(message_key=outcome.message_key, because=outcome.because)
        way = asyncio.create_task(self._another_way(failed, str(nth), ""))
        self._ways.add(way)
        way.add_done_callback(self._ways.discard)

    async def _woken_within(self, wait: timedelta, nth: int) -> bool:
        """By an answer, or by a page that got lost before the backup person was brought in."""
        try:
            await workflow.wait_condition(
                lambda: self._is_over() or (self._page_is_lost and nth <= BACKUP), timeout=wait
            )
        except TimeoutError:
            return False
        return True

    async def _add_task(self, key: str, text: str) -> None:
        """A word that reached nobody is a task for a person."""
        plan_id = self._escalation.plan_id
        task = AddDeskTask(key=key, plan_id=plan_id, kind="undeliverable", text=text, at=workflow.now())
        await workflow.execute_activity_method(
            Escalations.add_desk_task, task, start_to_close_timeout=SETTLE_WITHIN, retry_policy=PATIENTLY
        )
