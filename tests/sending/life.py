"""One plan's workflow, in virtual time: the same loop as workflows/treatment_plan.py, step by step."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from temporalio.testing import ActivityEnvironment

from activities.judgement import DecideInput, Judge
from domain.actions import Action, AddDeskTask, CloseDeskTask, OpenEscalation, SendMessage, SendOutcome
from domain.state import Decision, PlanState
from domain.workflow_inputs import Fresh
from tests.sending.carriers import WorkerDied
from tests.sending.ledger import Stored
from workflows.steps import GIVE_UP_SENDING_AFTER, SEND_WITHIN
from workflows.treatment_plan import TRY_SENDING_AGAIN_AFTER

if TYPE_CHECKING:
    from tests.sending.world import World

SECOND = timedelta(seconds=1)
Waits = Generator[datetime | None, None, None]


class Life:
    """The plan's loop. `due_at` is when it goes on; None while only an event can wake it, or when it is over."""

    def __init__(self, world: "World", state: PlanState, judge: Judge) -> None:
        self.world, self.state, self._judge = world, state, judge
        self.inbox: list[Fresh] = []
        self.due_at: datetime | None = world.now
        self.running = False
        self.over = False
        self._seen: set[str] = set()
        self._waiting: list[Stored] = []
        self._idle = False
        self._timer_at: datetime | None = None
        self._loop = self._run()

    def step(self) -> None:
        """Go on to where it waits next."""
        self.running = True
        try:
            self.due_at = next(self._loop)
        except StopIteration:
            self.due_at, self.over = None, True
        self.running = False

    def take(self, stored: Stored) -> bool:
        """The update `record`. False where the event was taken before."""
        event = stored.event
        if event.event_id in self._seen or stored.refused:
            return False
        if self.over:
            stored.refused = True
            return True
        if self.world.refuse(self, stored):
            return True
        self._seen.add(event.event_id)
        self.inbox.append(event)
        self._waiting.append(stored)
        if self._idle:
            self.due_at = self.world.now
        return True

    def _run(self) -> Waits:
        while True:
            decision = self._decide()
            yield self._soon()
            for action in decision.actions:
                if isinstance(action, SendMessage) and not action.safety and self._something_happened():
                    self._put_off(action)
                else:
                    yield from self._carry_out(action)
            if decision.over and not self.inbox:
                return
            if not self.inbox:
                yield from self._wait(decision.wake_at)

    def _decide(self) -> Decision:
        judged = len(self.inbox)
        decision = self._judge.decide(DecideInput(state=self.state, fresh=self.inbox, now=self.world.now))
        for stored in self._waiting:
            stored.judged = self.world.ledger.next_order()
        self._waiting = []
        self.inbox = self.inbox[judged:]
        self.state = decision.state
        self.world.story[self.state.plan_id] += self.state.journal
        self.state.journal = [line for line in self.state.journal if line.seq > decision.saved_journal_seq]
        return decision

    def _something_happened(self) -> bool:
        return any(not isinstance(fresh, SendOutcome) for fresh in self.inbox)

    def _put_off(self, message: SendMessage) -> None:
        self.world.seen["put off"] += 1
        self.inbox.append(self._deferred(message, self.world.now))

    def _deferred(self, message: SendMessage, until: datetime) -> SendOutcome:
        return SendOutcome(
            message_key=message.message_key,
            touchpoint_key=message.touchpoint_key,
            result="deferred",
            at=self.world.now,
            until=until,
            because="put off by the player",
        )

    def _carry_out(self, action: Action) -> Waits:
        match action:
            case SendMessage():
                yield from self._send(action)
            case OpenEscalation():
                self.world.decide_later(action.escalation)
            case AddDeskTask():
                self.world.desk(action)
            case CloseDeskTask():
                self.world.records.close_desk_task(action.key, "the program", action.at)
            case _:
                pass

    def _send(self, message: SendMessage) -> Waits:
        """The activity with its retries: an attempt whose worker died is made again when its time has run out."""
        world = self.world
        world.ledger.asked[message.message_key] = message
        give_up_at = world.now + GIVE_UP_SENDING_AFTER
        outcome = None
        while outcome is None and world.now < give_up_at:
            scheduled_at = world.now
            world.ambush(message, "ambushed on the way", 0.15)
            yield self._soon()
            outcome = self._attempt(message, scheduled_at)
            if outcome is None:
                yield world.now + SEND_WITHIN
        outcome = outcome or self._deferred(message, world.now + TRY_SENDING_AGAIN_AFTER)
        world.settled(outcome)
        if outcome.result != "accepted":
            self.inbox.append(outcome)

    def _attempt(self, message: SendMessage, scheduled_at: datetime) -> SendOutcome | None:
        environment = ActivityEnvironment()
        environment.info = replace(environment.info, current_attempt_scheduled_time=scheduled_at)
        self.world.sending = message
        try:
            return environment.run(self.world.activity.send_message, message)
        except WorkerDied:
            return None

    def _wait(self, wake_at: datetime | None) -> Waits:
        if wake_at is not None and (self._timer_at is None or wake_at < self._timer_at):
            self._timer_at = max(wake_at, self.world.now)
        self._idle = True
        yield self._timer_at
        self._idle = False
        if self._timer_at is not None and self._timer_at <= self.world.now:
            self._timer_at = None

    def _soon(self) -> datetime:
        """Some milliseconds later, or seconds where the machine is busy."""
        return self.world.now + self.world.luck.choice([0.01, 0.01, 0.5, 3]) * SECOND
