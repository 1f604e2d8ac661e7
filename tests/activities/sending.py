"""Messages, providers that do what a test says, and one way to ask the activity. No test lives here."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities import attempt_time
from activities.messages import SendMessages
from domain.actions import SendMessage, SendOutcome
from domain.client import Channel, Client, Consent, Person
from domain.plan import Benchmark, Dosage, FunctionalGoal, TreatmentPlan
from domain.policy import Caps, Practice, Sending, SendWindow
from domain.state import new_state
from providers.base import Accepted, DeliveryError, Evidence, Outgoing, Provider
from records.database import Records
from records.keyring import KeyRing
from records.last_checks import NOTHING_TO_CHECK, Begun, LastChecks
from records.views import MessageRow

TEN_IN_THE_MORNING = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # a Monday in Seattle
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PHONE = "+12065550101"
TEXT = "Hi Tina, your visit is on Tuesday at 10:00."
NINE_TO_EIGHT = SendWindow(opens=time(9), closes=time(20))
ONE_A_DAY = Caps(per_day=1, per_week=3)
LOOKING = Sending(reconcile_for=10 * MINUTE, absent_after=3 * MINUTE)
KEYS = KeyRing.generate()


class WorkerDied(BaseException):
    """The process is gone: nothing after this line runs."""


@dataclass
class Carrier:
    """A provider that remembers what it was handed and does what the test says."""

    channel: Channel = "sms"
    says: Callable[[], Accepted] = lambda: Accepted("SM1")
    handed: list[Outgoing] = field(default_factory=list[Outgoing])

    def send(self, outgoing: Outgoing) -> Accepted:
        self.handed.append(outgoing)
        return self.says()


@dataclass
class Searchable(Carrier):
    """A carrier that can be asked later what became of a message."""

    knows: Callable[[], Evidence] = lambda: Evidence("unclear")
    asked_for: list[tuple[str, datetime]] = field(default_factory=list[tuple[str, datetime]])

    def find(self, outgoing: Outgoing, since: datetime, taken: Callable[[str], bool]) -> Evidence:
        self.asked_for.append((outgoing.message_id, since))
        return self.knows()


HAS_IT, HAS_IT_NOT, CANT_TELL = Evidence("accepted", "SM7"), Evidence("absent"), Evidence("unclear")


def fails_with(error: BaseException) -> Callable[[], Accepted]:
    def fail() -> Accepted:
        raise error

    return fail


def that_fails(error: BaseException) -> Carrier:
    return Carrier(says=fails_with(error))


def that_loses_the_answer(later: Evidence = CANT_TELL) -> Searchable:
    """It never answers, and says this when it is asked later."""
    return Searchable(says=fails_with(DeliveryError.of("no_answer", 20500)), knows=lambda: later)


class JustBefore(Records):
    """Records in which something comes in between, just before a send begins."""

    comes: Callable[[str], None]

    def begin_send(self, message_id: str, at: datetime, checks: LastChecks = NOTHING_TO_CHECK) -> Begun:
        self.comes(message_id)
        return super().begin_send(message_id, at, checks)


def begun_by_another(records: Records, message_id: str, at: datetime = TEN_IN_THE_MORNING) -> None:
    """Another attempt has begun the send, and hasn't heard from the provider yet."""
    assert Records.begin_send(records, message_id, at) == Begun()


def a_database_with_one_plan(path: Path) -> Path:
    """Migrated, closed, and ready to be copied by each test."""
    records = Records.open(f"sqlite:///{path}", KEYS)
    records.migrate()
    records.add_plan(new_state("p1", a_plan(), a_practice(), TEN_IN_THE_MORNING), TEN_IN_THE_MORNING)
    records.close()
    return path


def a_practice() -> Practice:
    desk = Person(name="Front desk", phone="+12065550100")
    return Practice(name="Harbor Massage", phone="+12065550100", time_zone="America/Los_Angeles", front_desk=desk)


def a_plan() -> TreatmentPlan:
    goal = FunctionalGoal(
        id="sleep",
        description="falls asleep easily",
        question="Do you fall asleep easily?",
        benchmarks=[Benchmark(by_session=2, expect=True)],
    )
    consent = Consent(channel="sms", date=date(2026, 3, 1), source="intake form")
    return TreatmentPlan(
        client=Client(name="Tina Test", phone=PHONE, time_zone="America/Los_Angeles", consents=[consent]),
        therapist=Person(name="Thea Test", phone="+12065550102"),
        goals=[goal],
        dosage=Dosage(session_minutes=90, spacing=14 * DAY, sessions=4, modality="Swedish"),
    )


def a_message(**changes: Any) -> SendMessage:
    fields: dict[str, Any] = {
        "message_key": "p1/reminder/1",
        "touchpoint_key": "reminder/1",
        "plan_id": "p1",
        "kind": "reminder",
        "audience": "client",
        "to": "client",
        "channel": "sms",
        "address": PHONE,
        "language": "en",
        "time_zone": "America/Los_Angeles",
        "template": "reminder",
        "text": TEXT,
        "because": "a day before the visit",
        "category": "visit",
        "due_at": TEN_IN_THE_MORNING,
        "expires_at": TEN_IN_THE_MORNING + 4 * HOUR,
    }
    return SendMessage(**(fields | changes))


def ask(
    records: Records,
    provider: Provider | None,
    message: SendMessage,
    at: datetime = TEN_IN_THE_MORNING,
    stopwatch: Callable[[], float] = lambda: 0.0,
) -> SendOutcome:
    """What the workflow hears when it asks for this message at that time. However slow the machine is, no time passes
    meanwhile but what the stopwatch says.
    """
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, current_attempt_scheduled_time=at)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(attempt_time, "steady", stopwatch)
        return environment.run(a_sender(records, provider).send_message, message)


def a_sender(records: Records, provider: Provider | None) -> SendMessages:
    return SendMessages(records, {provider.channel: provider} if provider else {}, LOOKING)


def the_row(records: Records, message: SendMessage) -> MessageRow:
    return records.intend(message, TEN_IN_THE_MORNING)


def a_care_message_went(records: Records, at: datetime, key: str = "p1/care/0") -> None:
    row = records.intend(a_message(message_key=key, category="care"), at)
    Records.begin_send(records, row.message_id, at)
    records.settle_message(row.message_id, "accepted", at, provider_id="SM0")
