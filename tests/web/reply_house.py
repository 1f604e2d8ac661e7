"""Records on a file with plans of people who share a phone or don't, and a way in for what they write."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from activities.start import WorkflowStarter
from domain.state import PlanState
from domain.workflow_inputs import EscalationInput
from records.database import Records
from records.keyring import KeyRing
from records.views import StoredEvent
from tests.domain.plan_builder import START, a_practice
from tests.domain.reply_builder import PHONE, a_text
from web.reply_intake import ReplyIntake

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it runs."""


class FakeStarter:
    """Notes what was asked, or dies first."""

    def __init__(self) -> None:
        self.asked: list[EscalationInput] = []
        self.dies = False

    async def start_escalation(self, start: EscalationInput) -> None:
        if self.dies:
            raise Killed
        self.asked.append(start)


class Desk:
    """A process with its way in; a new one on the same file stands for a restart."""

    def __init__(self, file: Path, keys: KeyRing) -> None:
        self.records = Records.open(f"sqlite:///{file}", keys)
        self.starter = FakeStarter()
        self.replies = ReplyIntake(self.records, cast(WorkflowStarter, self.starter), a_practice())

    async def hears(self, provider_id: str, text: str, at: datetime = START, **how: Any) -> list[StoredEvent]:
        return await self.replies.store(a_text(text, provider_id, at=at, **how), at)

    def tasks(self) -> list[str]:
        return [view.task.text for view in self.records.desk_tasks()]

    def waiting_events(self) -> list[tuple[str, str]]:
        stored = self.records.events_to_hand_over(START + timedelta(days=9))
        return [(one.plan_id, getattr(one.event, "text", one.event.type)) for one in stored]


@contextmanager
def dying(records: Records, step: str, *, after: bool) -> Generator[None]:
    """Let the process die at this step of the records, before it or right after it."""
    real = getattr(records, step)

    def dies(*given: Any, **named: Any) -> None:
        if after:
            real(*given, **named)
        raise Killed

    setattr(records, step, dies)
    try:
        yield
    finally:
        delattr(records, step)


def enrol(records: Records, *states: PlanState) -> None:
    for state in states:
        assert records.add_plan(state, START)


__all__ = ["MINUTE", "PHONE", "START", "Desk", "FakeStarter", "Killed", "dying", "enrol"]
