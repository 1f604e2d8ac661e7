"""Lives a random week in virtual time: the real judgement, the real sending, real records, and all plans at once."""

import asyncio
import heapq
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, Literal, cast

from activities.judgement import Judge
from activities.messages import SendMessages
from domain.acceptance import check_event
from domain.actions import AddDeskTask, SendMessage, SendOutcome
from domain.client import Channel
from domain.errors import EventRefused
from domain.escalation import Escalation
from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    ClientMissedVisit,
    ConversationReleased,
    ConversationTaken,
    DecisionMade,
    Event,
    PlanEnded,
    PlanPaused,
    PlanResumed,
    SessionCompleted,
    StaffWrote,
)
from domain.incoming import Incoming
from domain.members import Member
from domain.state import JournalLine, PlanState, new_state
from domain.wording import Wording
from providers.base import Outgoing, Provider
from records.database import Records
from records.judged import Judged, Saved
from tests.saving import save_view
from tests.sending.carriers import Carrier, CarrierWithList
from tests.sending.ledger import Call, Ledger, Stored, Word
from tests.sending.life import Life
from tests.sending.weeks import DAYS, Deed, Step, Week
from web.reply_intake import ReplyIntake


class _NoViews:
    """Says that the view is saved; `World` saves it only before somebody reads it, which is when a text comes in."""

    def save_judgement(self, judged: Judged[PlanState]) -> Saved:
        """The number of the last line, as if all of them were saved."""
        return Saved(judged.state.journal_seq)

    def members(self) -> list[Member]:
        """Nobody has a login."""
        return []


JUDGE = Judge(cast("Records", _NoViews()), Wording.load(), "https://desk.example")
AFTERMATH = timedelta(days=3)
"""How long the plans live on after the last of them was ended, with providers that work."""
SECOND = timedelta(seconds=1)
AT_WORST: list[Deed] = ["cancel", "move", "session"]
NOT_MUCH_BETTER: list[Deed] = ["reply", "pause", "stop"]
AMBUSHES: list[Deed] = [*AT_WORST * 4, *NOT_MUCH_BETTER * 2, "carrier_stop", "end"]
_LAGS = [0, 0, 0.2, 2, 7, 30, 100]
"""Seconds from storing an event to handing it to its plan; above ten it is the sweep that does it."""


class World:
    """Three plans, two providers, one clock."""

    def __init__(self, week: Week, records: Records) -> None:
        self.week, self.records, self.luck = week, records, week.luck
        self.now = week.starts_at
        self.calm = False
        self.ledger = Ledger()
        self.seen: Counter[str] = Counter()
        self.lives: dict[str, Life] = {}
        self.sending: SendMessage
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = 0
        self.story: dict[str, list[JournalLine]] = {plan_id: [] for plan_id in week.plans}
        providers: dict[Channel, Provider] = {"sms": CarrierWithList("sms", self), "email": Carrier("email", self)}
        self.activity = SendMessages(records, providers, week.practice.sending, self)
        self._replies = ReplyIntake(records, SimpleNamespace(), week.practice)  # pyright: ignore[reportArgumentType]

    def live(self) -> "World":
        """From enrolment to some days after the end."""
        with asyncio.Runner() as runner:
            self._run = runner.run
            for plan_id, plan in self.week.plans.items():
                state = new_state(plan_id, plan, self.week.practice, self.now)
                self.records.add_plan(state, self.now)
                self.lives[plan_id] = Life(self, state, JUDGE)
            for step in self.week.steps:
                self.at(self.week.starts_at + step.after, lambda step=step: self.do(step))
            end = self.week.starts_at + timedelta(days=DAYS)
            self._until(end)
            self.calm = True
            for plan_id in self.lives:
                self.store(plan_id, PlanEnded(event_id=f"end-{plan_id}", occurred_at=self.now))
            self._until(end + AFTERMATH)
        return self

    # the clock

    def at(self, at: datetime, deed: Callable[[], None]) -> None:
        """Do this when that time has come."""
        self._number += 1
        heapq.heappush(self._agenda, (at, self._number, deed))

    def _until(self, end: datetime) -> None:
        while True:
            lives = [life for life in self.lives.values() if life.due_at is not None]
            due = min((life.due_at for life in lives if life.due_at is not None), default=end)
            if self._agenda and self._agenda[0][0] <= due:
                at, _, deed = heapq.heappop(self._agenda)
                if at > end:
                    heapq.heappush(self._agenda, (at, _, deed))
                    break
                self.now = max(self.now, at)
                deed()
            elif due < end:
                self.now = max(self.now, due)
                min(lives, key=lambda life: life.due_at or end).step()
            else:
                break
        self.now = end

    # what happens

    def do(self, step: Step) -> None:
        """Carry a step out: its facts are stored now, and reach the plan a little later."""
        plan_id = list(self.lives)[step.plan]
        if step.deed in ("reply", "stop", "carrier_stop", "start"):
            self._hear(plan_id, step)
        else:
            self.store(plan_id, self._event(step))

    def _event(self, step: Step) -> Event:
        said: dict[str, Any] = {
            "event_id": f"e{self.ledger.next_order()}",
            "occurred_at": self.now - step.said_before,
        }
        match step.deed:
            case "take":
                return ConversationTaken(**said, by="Robin")
            case "write":
                return StaffWrote(**said, by="Robin", text="Your forms are here.")
            case "leave":
                return ConversationReleased(**said, by="Robin")
            case "pause":
                return PlanPaused(**said)
            case "resume":
                return PlanResumed(**said)
            case "end":
                return PlanEnded(**said)
            case _:
                return self._about_a_visit(step, said | {"appointment_id": step.visit})

    def _about_a_visit(self, step: Step, said: dict[str, Any]) -> Event:
        starts_at: dict[str, Any] = {"starts_at": (self.now + step.ahead).replace(second=0, microsecond=0)}
        match step.deed:
            case "book":
                return AppointmentBooked(**said, **starts_at)
            case "move":
                return AppointmentMoved(**said, **starts_at)
            case "cancel":
                return AppointmentCancelled(**said)
            case "session":
                return SessionCompleted(**said)
            case _:
                return ClientMissedVisit(**said)

    def store(self, plan_id: str, event: Event) -> None:
        """Commit an event to the records; its plan hears of it after a while."""
        self.records.add_event(plan_id, event, self.now)
        self.hand_over_later(plan_id, event)

    def hand_over_later(self, plan_id: str, event: Event) -> None:
        """What was committed is on its way."""
        stored = Stored(self.ledger.next_order(), self.now, plan_id, event)
        self.ledger.stored.append(stored)
        self.at(self.now + self.luck.choice(_LAGS) * SECOND, lambda: self.hand_over(stored))

    def hand_over(self, stored: Stored) -> None:
        """What the plan's update does, and the mark in the records, sometimes a second late."""
        life = self.lives[stored.plan_id]
        if not life.take(stored):
            return
        mark: Literal["recorded", "refused"] = "refused" if stored.refused else "recorded"
        settled = self.now + self.luck.choice([0, 0, 1]) * SECOND
        event_id = stored.event.event_id
        self.at(settled, lambda: self.records.settle_event(stored.plan_id, event_id, mark, "", self.now))

    def refuse(self, life: Life, stored: Stored) -> bool:
        """Whether the plan can't take the event."""
        try:
            check_event(life.state, stored.event, self.now, life.inbox)
        except EventRefused:
            stored.refused = True
        return stored.refused

    def _hear(self, plan_id: str, step: Step) -> None:
        """A text of the client, through the way in that obeys opt-outs before any plan is woken."""
        phone = self.week.plans[plan_id].client.phone or ""
        text = {"stop": "stop texting me", "carrier_stop": "STOP", "start": "START"}.get(step.deed, step.text)
        order = self.ledger.next_order()
        carrier = step.deed in ("carrier_stop", "start") or text == "help"
        reply = Incoming(
            provider_id=f"IN{order}",
            channel="sms",
            from_address=phone,
            text=text,
            at=self.now,
            carrier_answered=carrier,
            carrier_said="STOP" if step.deed == "carrier_stop" else "START" if step.deed == "start" else None,
        )
        if step.deed != "reply":
            word = "start" if step.deed == "start" else "stop"
            self.ledger.words.append(Word(order, "sms", phone, word, carrier_answered=carrier))
        for life in self.lives.values():
            save_view(self.records, life.state, None)
        for stored in self._run(self._replies.store(reply, self.now)):
            self.hand_over_later(stored.plan_id, stored.event)

    def decide_later(self, escalation: Escalation) -> None:
        """The therapist answers a question hours later."""

        def decide() -> None:
            event_id = f"decision-{escalation.escalation_id}"
            decision = DecisionMade(
                event_id=event_id,
                occurred_at=self.now,
                escalation_id=escalation.escalation_id,
                choice="continue",
                by="Maya",
            )
            self.store(escalation.plan_id, decision)

        self.at(self.now + timedelta(hours=self.luck.choice([1, 5, 30])), decide)

    # what happens at the worst moment

    def ambush(self, message: SendMessage, when: str, chance: float) -> None:
        """Sometimes the very thing that makes a message untrue happens between the judgement and the call."""
        if self.calm or self.luck.random() >= chance:
            return
        self.seen[when] += 1
        plan = list(self.lives).index(message.plan_id)
        parts = message.touchpoint_key.removeprefix("second:").split(":")
        visit = parts[1] if len(parts) > 1 and parts[1] in ("a", "b") else self.luck.choice("ab")
        deed = self.luck.choice(AMBUSHES)
        ahead = self.luck.choice([timedelta(hours=1), timedelta(days=1), timedelta(days=2)])
        self.do(Step(timedelta(0), plan, deed, visit, ahead, self.luck.choice(["NO", "yes", "I have chest pain"])))

    def dress(self, outgoing: Outgoing, message: SendMessage) -> Outgoing:
        """The last moment before the call: something happens, or another plan's message overtakes this one."""
        self.ambush(message, "ambushed at the last moment", 0.12)
        if self.luck.random() < 0.5:
            sending = self.sending
            for life in self.lives.values():
                if not life.running and life.due_at is not None and life.due_at <= self.now + SECOND:
                    self.seen["overtaken"] += 1
                    life.step()
            self.sending = sending
        return outgoing

    def sleep(self, seconds: float) -> None:
        """The activity waits a moment for an event that is on its way: sometimes it arrives."""
        if self.luck.random() < 0.5:
            for stored in self.ledger.stored:
                if stored.plan_id == self.sending.plan_id and self.luck.random() < 0.5:
                    self.hand_over(stored)

    def called(self, call: Call) -> None:
        """What follows from a call outside of our sight: reports, and what a carrier knows."""
        message_id, address = call.outgoing.message_id, call.outgoing.address
        if call.answer == "opted_out" and call.message.audience == "client":
            self.ledger.words.append(Word(self.ledger.next_order(), call.message.channel, address, "stop", True))
        if call.taken and not self.calm and self.luck.random() < 0.3:
            failed = call.answer == "accepted" and self.luck.random() < 0.4
            self.at(self.now + 20 * SECOND, lambda: self._report(message_id, call, failed=failed))

    def _report(self, message_id: str, call: Call, *, failed: bool) -> None:
        status: Literal["undelivered", "delivered"] = "undelivered" if failed else "delivered"
        reported = self.records.take_report(message_id, status, self.now, "could not be reached" if failed else "")
        if failed:
            call.failed = self.ledger.next_order()
        if reported.event is not None:
            self.hand_over_later(call.message.plan_id, reported.event.event)

    def desk(self, task: AddDeskTask) -> None:
        """The front desk's list."""
        self.records.add_desk_task(task)

    def settled(self, outcome: SendOutcome) -> None:
        """Count what came of the messages."""
        self.seen[f"{outcome.result}: {outcome.because}" if outcome.because else outcome.result] += 1
