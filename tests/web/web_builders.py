"""Builders of the web tests: real records on a file, a practice, plans, and an intake that notes what it is given."""

import atexit
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

import httpx
from fastapi import FastAPI

from domain.actions import SendMessage
from domain.client import Channel, Client, Consent, Person
from domain.errors import AlreadyDecided, NothingToUndo
from domain.escalation import Decided, DecisionBody, Escalation
from domain.events import Event
from domain.plan import Benchmark, Dosage, FunctionalGoal, ObjectiveGoal, TreatmentPlan
from domain.policy import Practice
from domain.progress import ProgressState
from domain.state import Appointment, Asked, JournalLine, PlanState, ProgressNote, new_state
from records.database import Records
from records.keyring import KeyRing
from records.reports import Reported
from records.views import StoredEvent
from settings import Settings
from tests.today import this_moment
from web.app import create_app
from web.intake import Intake, PlanExists, Taken, TemporalAway, UnknownPlan
from web.mail_process import MailReader

NOON = datetime(2026, 1, 5, 20, tzinfo=UTC)
"""Monday noon in Los Angeles."""
TOKEN = "a-token-of-the-tests"
HOME = "http://127.0.0.1:8000"
TINA_PHONE = "+12065550101"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def a_practice(**changes: Any) -> Practice:
    fields: dict[str, Any] = {
        "name": "Harbor Massage",
        "phone": "+1 206 555 0100",
        "time_zone": "America/Los_Angeles",
        "front_desk": Person(name="Robin", phone="+1 206 555 0109"),
    }
    return Practice(**fields | changes)


def a_plan(plan_id: str | None = "tina", **changes: Any) -> TreatmentPlan:
    fields: dict[str, Any] = {
        "plan_id": plan_id,
        "title": "Stress",
        "client": Client(
            name="Tina Ferris",
            phone=TINA_PHONE,
            email="tina@example.com",
            time_zone="America/Los_Angeles",
            consents=[
                Consent(channel="sms", date=date(2026, 1, 2), source="intake form"),
                Consent(channel="email", date=date(2026, 1, 2), source="intake form"),
            ],
        ),
        "therapist": Person(name="Alex Romero", phone="+1 206 555 0102"),
        "goals": [
            FunctionalGoal(
                id="sleep",
                description="fall asleep easily",
                question="Do you fall asleep easily now?",
                benchmarks=[Benchmark(by_session=4, expect=True)],
            ),
            ObjectiveGoal(
                id="pain",
                description="less pain at work",
                measure="nprs",
                baseline=7,
                target=3,
                benchmarks=[Benchmark(by_session=4, expect="50 %")],
            ),
        ],
        "dosage": Dosage(session_minutes=90, spacing=timedelta(days=14), sessions=4, modality="Swedish massage"),
    }
    return TreatmentPlan(**fields | changes)


def a_plan_body(**changes: Any) -> dict[str, Any]:
    """A plan as JSON, as another program posts it."""
    return a_plan(None).model_dump(mode="json", exclude_none=True) | changes


def a_state(plan_id: str = "tina", **changes: Any) -> PlanState:
    """Tina's plan on its first day with a visit two days later, one judged goal and one line of story."""
    visit_at = NOON + timedelta(days=2)
    state = new_state(plan_id, a_plan(plan_id), a_practice(), NOON)
    state.appointments["visit-1"] = Appointment(
        appointment_id="visit-1", starts_at=visit_at, booked_at=NOON, as_of=NOON
    )
    state.progress["pain"] = ProgressNote(
        state=cast(ProgressState, "plateau"), sentence="No change in three sessions.", alert=True, session=3, values=3
    )
    state.benchmarks["sleep:4"] = "asked"
    state.asked.append(Asked(escalation_id="e1", kind="plateau", goal_id="pain", session=3, opened_at=NOON))
    state.journal.append(
        JournalLine(seq=1, at=NOON, kind="event", text="A visit was booked for Mon 05 Jan 2026 12:00.")
    )
    return state.model_copy(update=changes)


def an_escalation(escalation_id: str = "e1", plan_id: str = "tina") -> Escalation:
    return Escalation(
        escalation_id=escalation_id,
        plan_id=plan_id,
        kind="plateau",
        goal_id="pain",
        session=3,
        question="Less pain at work has stood still. What now?",
        evidence=["Session 1: 7", "Session 2: 7", "Session 3: 7"],
        opened_at=NOON,
        responsible=Person(name="Alex Romero", phone="+1 206 555 0102"),
        backup=Person(name="Robin", phone="+1 206 555 0109"),
        remind_after=timedelta(days=1),
        backup_after=timedelta(days=2),
    )


def a_message(text: str, *, key: str = "m1", channel: Channel = "sms", to: str = "client") -> SendMessage:
    address = {"client": TINA_PHONE, "therapist": "+12065550102"}[to] if channel == "sms" else "tina@example.com"
    return SendMessage(
        message_key=key,
        touchpoint_key=key,
        plan_id="tina",
        kind="welcome",
        audience="client" if to == "client" else "therapist",
        to=to,
        channel=channel,
        address=address,
        language="en",
        time_zone="America/Los_Angeles",
        template="welcome",
        subject="Welcome" if channel == "email" else None,
        text=text,
        because="the plan has started",
        category="visit",
        due_at=NOON,
        expires_at=NOON + timedelta(days=2),
    )


def sent(records: Records, message: SendMessage, at: datetime = NOON) -> str:
    """Let a message have gone out; its id."""
    row = records.intend(message, at)
    assert records.begin_send(row.message_id, at)
    records.settle_message(row.message_id, "accepted", at, provider_id=f"local-{row.message_id}")
    return row.message_id


@dataclass
class FakeIntake:
    """Takes everything in and notes it. Replies are stored in the records, as the real one does."""

    records: Records
    replies: list[tuple[str, str, str, str]] = field(default_factory=list[tuple[str, str, str, str]])
    how: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    deliveries: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    events: list[tuple[str, Event]] = field(default_factory=list[tuple[str, Event]])
    enrolled: list[TreatmentPlan] = field(default_factory=list[TreatmentPlan])
    decisions: list[DecisionBody] = field(default_factory=list[DecisionBody])
    undone: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    temporal_away: bool = False
    refuses: str = ""
    handed_over: int = 0

    async def enroll(self, plan: TreatmentPlan, request: Any = None) -> Any:
        if plan.plan_id in {known.plan_id for known in self.enrolled}:
            raise PlanExists(plan.plan_id)
        self.enrolled.append(plan)
        outcome = "stored" if self.temporal_away else "recorded"
        return SimpleNamespace(plan_id=plan.plan_id or "made-up", outcome=outcome, warnings=plan.warnings())

    async def take_event(self, plan_id: str, event: Event) -> Taken:
        if self.records.plan(plan_id) is None:
            raise UnknownPlan(plan_id)
        if self.refuses:
            return Taken("refused", self.refuses)
        if self.temporal_away:
            return Taken("stored", "")
        known = event.event_id in {event.event_id for _, event in self.events}
        self.events.append((plan_id, event))
        return Taken("duplicate" if known else "recorded", "")

    async def take_reply(
        self, provider_id: str, channel: Channel, from_address: str, text: str, **how: Any
    ) -> list[str]:
        self.how.append(how)
        self.replies.append((provider_id, channel, from_address, text))
        plans = self.records.plans_of_address(channel, from_address)
        plan_id = plans[0] if plans else None
        self.records.add_inbound(provider_id, channel, from_address, text, NOON + timedelta(minutes=1), plan_id)
        return plans

    async def store_reply(
        self, provider_id: str, channel: Channel, from_address: str, text: str, **how: Any
    ) -> list[StoredEvent]:
        await self.take_reply(provider_id, channel, from_address, text, **how)
        return []

    async def hand_over_reply(self, kept: list[StoredEvent]) -> None:
        self.handed_over += 1

    async def take_delivery(self, message_id: str, status: str, cause: str) -> bool:
        return (await self.store_delivery(message_id, status, cause)).moved

    async def store_delivery(
        self, message_id: str, status: str, cause: str, provider_id: str | None = None
    ) -> Reported:
        self.deliveries.append((message_id, status, cause))
        return Reported(moved=True)

    async def decide(self, escalation_id: str, body: DecisionBody) -> Decided:
        view = self.records.escalation(escalation_id)
        if view is None:
            raise LookupError(escalation_id)
        if self.temporal_away:
            raise TemporalAway("the decision could not be taken now; try again in a minute")
        if view.decided is not None:
            by, at = view.decided.decision.by, view.decided.decided_at
            raise AlreadyDecided(f"{by} has decided on {at:%d %b %Y %H:%M} UTC: {view.decided.decision.choice}")
        undoable = view.escalation.undo_for > timedelta(0)
        decided = Decided(escalation_id=escalation_id, decision=body, decided_at=this_moment() if undoable else NOON)
        self.decisions.append(body)
        if undoable:
            self.records.note_decision(decided)
        else:
            self.records.settle_escalation(escalation_id, decided, NOON)
        return decided

    async def undo(self, escalation_id: str, by: str) -> None:
        view = self.records.escalation(escalation_id)
        if view is None or view.undo_until is None or view.undo_until <= this_moment():
            raise NothingToUndo("the decision is being carried out already")
        self.undone.append((escalation_id, by))
        self.records.reopen_escalation(escalation_id)


@dataclass
class House:
    """One app with what stands behind it, and a browser that speaks to it."""

    app: FastAPI
    records: Records
    intake: FakeIntake
    keys: KeyRing
    browser: httpx.AsyncClient

    async def log_in(self) -> None:
        answer = await self.browser.post("/login", data={"token": TOKEN})
        assert answer.status_code == 303

    async def csrf(self, path: str = "/") -> str:
        """The form token on this page."""
        text = (await self.browser.get(path)).text
        return text.partition('name="csrf" value="')[2].partition('"')[0]


def some_settings(**changes: Any) -> Settings:
    return Settings(_env_file=None, **changes)  # pyright: ignore[reportCallIssue]


@cache
def _empty_database() -> bytes:
    """A migrated database without rows; migrating one per test would take most of the time."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        records = Records.open(f"sqlite:///{file}", KeyRing.generate())
        records.migrate()
        records.close()
        return file.read_bytes()


def open_records(folder: Path, keys: KeyRing) -> Records:
    (folder / "records.db").write_bytes(_empty_database())
    return Records.open(f"sqlite:///{folder / 'records.db'}", keys)


@cache
def shared_reader() -> MailReader:
    """One reading process for all tests: it takes a second to start."""
    reader = MailReader()
    atexit.register(reader.close)
    return reader


@asynccontextmanager
async def a_house(
    folder: Path, *, practice: Practice | None = None, ready: bool = True, empty: bool = False, **settings: Any
) -> AsyncGenerator[House]:
    """An app with Tina's plan and its open escalation, unless `empty`."""
    keys = KeyRing.generate()
    with closing(open_records(folder, keys)) as records:
        if not empty:
            assert records.add_plan(a_state(), NOON)
            assert records.add_escalation(an_escalation(), NOON)
        intake = FakeIntake(records)

        async def temporal_ready() -> bool:
            return ready

        app = create_app(
            some_settings(**settings),
            records,
            cast(Intake, intake),
            practice or a_practice(),
            keys,
            TOKEN,
            temporal_ready,
            readers=(shared_reader(),),
        )
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as browser:
            yield House(app, records, intake, keys, browser)
        app.state.mails.close()


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    return body
