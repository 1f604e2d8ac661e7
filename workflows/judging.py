"""Asks for judgements so that no fault in one stops a plan or a claim without a word.

A judgement that fails three times is made around the events it fails on. If that fails too, a person is told, what came
in stays in the inbox, and it is tried again: after a while, when something new comes in, or when a new worker asks.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.exceptions import TimeoutError as TookTooLong

from workflows.steps import CALL_WITHIN, PATIENTLY, OneTimer

with workflow.unsafe.imports_passed_through():
    from activities.failing_judgements import FailingJudgements
    from domain.workflow_inputs import JudgementNote

JUDGE_WITHIN = timedelta(seconds=20)
ONCE = RetryPolicy(maximum_attempts=1)
PAUSES = (timedelta(seconds=1), timedelta(seconds=2))
"""Before the second and the third try."""
SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=1)
"""A failing judgement is tried again after a minute, then as long again as it has failed, up to an hour."""

Asked = TypeVar("Asked")
Made = TypeVar("Made")


class Judging(Generic[Asked, Made]):
    """The judgements of one plan or claim. `since`: since when they fail; None while they don't."""

    def __init__(self, plan_id: str, claim_id: str | None, since: datetime | None) -> None:
        self.since = since
        self._plan_id = plan_id
        self._claim_id = claim_id
        self._asked_to = False
        self._took_too_long = False

    async def judge(
        self, decide: Callable[[Any, Asked], Made], around: Callable[[Any, Asked], Made | None], asked: Asked
    ) -> Made | None:
        """The judgement; None where nobody can make one now."""
        self._asked_to = False
        made = await self._tried(decide, asked)
        if made is None and not self._took_too_long:  # one that never ends would not end around an event either
            made = await self._once(around, asked)
        if made is None and self.since is None:
            self.since = workflow.now()
            await self._note(self.since, failing=True)
        elif made is not None and self.since is not None:
            await self._note(self.since, failing=False)
            self.since = None
        return made

    def look_again(self) -> None:
        """Somebody knows of a reason to try again now, such as new code."""
        self._asked_to = True

    async def wait(self, timer: OneTimer, is_news: Callable[[], bool]) -> None:
        """Until it is time to try again, or something came in that may mend it."""
        failed_for = workflow.now() - (self.since or workflow.now())
        pause = min(max(failed_for, SOONEST), LATEST)
        await timer.wait(workflow.now() + pause, lambda: self._asked_to or is_news())

    async def _tried(self, decide: Callable[[Any, Asked], Made], asked: Asked) -> Made | None:
        """Three tries of our own: after those of a local activity's policy, timeouts of failed ones stay behind."""
        made = await self._once(decide, asked)
        for pause in PAUSES:
            if made is None:
                await workflow.sleep(pause)
                made = await self._once(decide, asked)
        return made

    async def _once(self, judge: Callable[[Any, Asked], Made | None], asked: Asked) -> Made | None:
        try:
            return await workflow.execute_local_activity_method(
                judge, asked, start_to_close_timeout=JUDGE_WITHIN, retry_policy=ONCE
            )
        except (ActivityError, ApplicationError, TookTooLong) as error:
            self._took_too_long = TookTooLong in (type(error), type(error.__cause__))
            return None

    async def _note(self, since: datetime, *, failing: bool) -> None:
        note = JudgementNote(
            plan_id=self._plan_id, claim_id=self._claim_id, since=since, failing=failing, at=workflow.now()
        )
        await workflow.execute_activity_method(
            FailingJudgements.note, note, start_to_close_timeout=CALL_WITHIN, retry_policy=PATIENTLY
        )
