"""Plans, messages, events and questions with a few fields of the test's choice; and many threads at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

from domain.actions import AddDeskTask, SendMessage
from domain.client import Client, Consent, Person
from domain.escalation import Decided, DecisionBody, Escalation
from domain.events import AppointmentBooked, SessionCompleted
from domain.plan import Benchmark, Dosage, FunctionalGoal, TreatmentPlan
from domain.policy import Practice
from domain.state import JournalLine, PlanState, new_state
from records.database import Records
from records.last_checks import Begun

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TINA_PHONE = "+12065550101"
TINA_EMAIL = "tina@example.com"
THERAPIST_PHONE = "+12065550110"
THERAPIST = Person(name="Rosa Bergman", phone=THERAPIST_PHONE)
FRONT_DESK = Person(name="Dele Okafor", email="desk@example.com")

T = TypeVar("T")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def a_client(**changes: Any) -> Client:
    consent = Consent(channel="sms", date=date(2026, 1, 5), source="intake form")
    fields: dict[str, Any] = {
        "name": "Tina Wexford",
        "phone": TINA_PHONE,
        "email": TINA_EMAIL,
        "time_zone": "America/Los_Angeles",
        "consents": [consent, consent.model_copy(update={"channel": "email"})],
    }
    return Client(**(fields | changes))


def a_state(plan_id: str = "tina-1", client: Client | None = None, **changes: Any) -> PlanState:
    plan = TreatmentPlan(
        client=client or a_client(),
        therapist=THERAPIST,
        goals=[
            FunctionalGoal(
                id="sleep",
                description="falling asleep easily",
                question="Do you fall asleep easily now?",
                benchmarks=[Benchmark(by_session=4, expect=True)],
            )
        ],
        dosage=Dosage(session_minutes=90, spacing=timedelta(days=14), sessions=5, modality="Swedish massage"),
    )
    practice = Practice(
        name="Harbor Massage", phone="+12065550199", time_zone="America/Los_Angeles", front_desk=FRONT_DESK
    )
    return new_state(plan_id, plan, practice, NOON).model_copy(update=changes)


def a_journal_line(seq: int, **changes: Any) -> JournalLine:
    line = JournalLine(seq=seq, at=NOON, kind="event", text=f"A visit was booked ({seq}).")
    return line.model_copy(update=changes)


def a_message(key: str = "tina-1/welcome", **changes: Any) -> SendMessage:
    message = SendMessage(
        message_key=key,
        touchpoint_key="welcome",
        plan_id="tina-1",
        kind="welcome",
        audience="client",
        to="client",
        channel="sms",
        address=TINA_PHONE,
        language="en",
        time_zone="America/Los_Angeles",
        template="welcome",
        text="Hi Tina, welcome to your plan.",
        because="the plan has started",
        category="care",
        due_at=NOON,
        expires_at=NOON + minutes(60),
    )
    return message.model_copy(update=changes)


def a_booking(event_id: str = "booking-1", **changes: Any) -> AppointmentBooked:
    booked = AppointmentBooked(
        event_id=event_id, occurred_at=NOON, appointment_id="visit-1", starts_at=NOON + timedelta(days=3)
    )
    return booked.model_copy(update=changes)


def a_session(event_id: str = "session-1", **changes: Any) -> SessionCompleted:
    done = SessionCompleted(event_id=event_id, occurred_at=NOON, appointment_id="visit-1")
    return done.model_copy(update=changes)


def an_escalation(escalation_id: str = "e-1", **changes: Any) -> Escalation:
    escalation = Escalation(
        escalation_id=escalation_id,
        plan_id="tina-1",
        kind="plateau",
        goal_id="sleep",
        question="Sleep has not changed for three visits. What now?",
        evidence=["visit 3: no", "visit 4: no"],
        opened_at=NOON,
        responsible=THERAPIST,
        backup=FRONT_DESK,
        remind_after=timedelta(days=1),
        backup_after=timedelta(days=2),
    )
    return escalation.model_copy(update=changes)


def a_decision(escalation_id: str = "e-1", by: str = "Rosa Bergman") -> Decided:
    body = DecisionBody(choice="modify", by=by, reason="lighter pressure")
    return Decided(escalation_id=escalation_id, decision=body, decided_at=NOON + minutes(30))


def a_task(key: str = "reply-1", **changes: Any) -> AddDeskTask:
    task = AddDeskTask(key=key, plan_id="tina-1", kind="reply", text="Tina asks about parking.", at=NOON)
    return task.model_copy(update=changes)


def enrolled(records: Records, plan_id: str = "tina-1", **changes: Any) -> PlanState:
    """A plan that is in the records."""
    state = a_state(plan_id, **changes)
    assert records.add_plan(state, NOON)
    return state


def sent(records: Records, message: SendMessage, at: datetime) -> str:
    """The id of a message that the provider has accepted."""
    message_id = records.intend(message, at).message_id
    assert records.begin_send(message_id, at) == Begun()
    records.settle_message(message_id, "accepted", at, provider_id="SM1")
    return message_id


def at_once(call: Callable[[], T], threads: int = 8) -> list[T]:
    """What `call` answers in each of several threads that start together."""
    return all_at_once([call] * threads)


def all_at_once(calls: list[Callable[[], T]]) -> list[T]:
    """What each call answers, each in a thread of its own that starts together with the others."""
    start = Barrier(len(calls))

    def together(call: Callable[[], T]) -> T:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(together, call) for call in calls]]
