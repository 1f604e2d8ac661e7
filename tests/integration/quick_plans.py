"""Plans whose messages are seconds away, and everything that is said about them while they run."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.client import Client, Consent, Person
from domain.escalation import DecisionBody
from domain.events import AppointmentBooked, AppointmentMoved, Event, Measurement, SessionCompleted
from domain.plan import Benchmark, Dosage, ObjectiveGoal, TreatmentPlan
from domain.policy import Caps, FollowUp, Practice, SendWindow
from records.database import Records
from tests.today import this_moment

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
NAMES = ("Tina", "Tom", "Sarah", "Ana", "Luis")


def a_practice(**follow_up: Any) -> Practice:
    """Writes at any hour, asks nothing before a visit; one to four hours before it a reminder goes out."""
    quick: dict[str, Any] = {
        "reminders": [4 * HOUR, 3 * HOUR, 2 * HOUR, HOUR],
        "screening": False,
        "check_in_after": timedelta(seconds=2),
        "send_window": SendWindow.model_validate({"opens": "00:00", "closes": "00:00"}),
        "caps": Caps(per_day=None, per_week=None),
        "undo_for": timedelta(0),
    }
    return Practice(
        name="Cedar Hill",
        phone="+12065550100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+12065550111"),
        follow_up=FollowUp(**(quick | follow_up)),
    )


def a_plan(nth: int = 0) -> TreatmentPlan:
    """A plan whose benchmark is missed as soon as the first session records a pain of seven."""
    return TreatmentPlan(
        plan_id=f"quick-{nth}",
        client=Client(
            name=f"{NAMES[nth]} Example",
            phone=phone_of(nth),
            time_zone="America/Los_Angeles",
            consents=[Consent(channel="sms", date=date(2026, 1, 1), source="intake form")],
        ),
        therapist=Person(name="Maya", phone=f"+1206555012{nth}"),
        goals=[
            ObjectiveGoal(
                id="pain",
                description="less pain",
                measure="nprs",
                baseline=7,
                target=3,
                benchmarks=[Benchmark(by_session=1, expect=3.0)],
            )
        ],
        dosage=Dosage(session_minutes=60, spacing=timedelta(days=7), sessions="open", modality="Swedish"),
    )


def phone_of(nth: int) -> str:
    return f"+1206555010{nth}"


MODIFY = DecisionBody.model_validate(
    {"choice": "modify", "by": "Maya", "reason": "more often", "changes": {"spacing": "P3D"}}
)


def visits(started_at: datetime, spread: float) -> Iterator[tuple[str, datetime]]:
    """Four visits, one to four hours away; of each exactly one reminder is due, within `spread` seconds."""
    for hours in range(1, 5):
        due_at = started_at + timedelta(seconds=spread * hours / 4)
        yield f"v{hours}", due_at + hours * HOUR


def story(started_at: datetime, spread: float) -> list[Event]:
    """Four bookings, of which the last is moved nearer, and a session whose value misses the benchmark."""
    told: list[Event] = []
    *near, (last, last_at) = visits(started_at, spread)
    for visit, starts_at in [*near, (last, last_at + timedelta(days=3))]:
        told.append(
            AppointmentBooked(
                event_id=f"book-{visit}", occurred_at=started_at, appointment_id=visit, starts_at=starts_at
            )
        )
    told.append(
        SessionCompleted(
            event_id="session",
            occurred_at=started_at,
            appointment_id="v0",
            measures=[Measurement(goal="pain", value=7)],
        )
    )
    told.append(
        AppointmentMoved(event_id="moved", occurred_at=started_at + SECOND, appointment_id=last, starts_at=last_at)
    )
    return told


CLIENT_HEARS = {"welcome": 1, "reminder": 4, "check_in": 1, "notice": 1, "plan_change": 1}
"""The story's messages to the client, by kind. The notice answers a reply of HELP."""
STAFF_HEARS = {"escalation": 1}
WRITTEN_DOWN = {
    "A visit was booked for|An older word arrived late: a visit was booked": 4,
    "A visit was moved to": 1,
    "Session 1 took place. Measured: less pain: 7.": 1,
    "Understood as: help.": 1,
    "Maya decided: modify.": 1,
}
"""The journal's lines on what was told, each by how it begins. A booking may arrive after the move that followed it."""


@dataclass(frozen=True)
class Heard:
    """What stands in the records of one plan."""

    client: dict[str, int]
    staff: dict[str, int]
    texts: list[str]
    unfinished: int
    journal: dict[str, int]


def heard(records: Records, plan_id: str) -> Heard:
    lines = records.timeline(plan_id)
    out = [line for line in lines if line.direction == "out" and line.status == "accepted"]
    told = [line.text for line in lines if line.direction == "none"]
    return Heard(
        client=dict(Counter(line.kind for line in out if line.to == "client")),
        staff=dict(Counter(line.kind for line in out if line.to != "client")),
        texts=[line.text for line in out if line.to == "client"],
        unfinished=sum(1 for line in lines if line.direction == "out" and line.status != "accepted"),
        journal={begins: sum(1 for text in told if re.match(begins, text)) for begins in WRITTEN_DOWN},
    )


def is_complete(records: Records, plan_id: str) -> bool:
    """Whether the story has come to its end, or gone beyond it."""
    known = heard(records, plan_id)
    return (
        all(known.client.get(kind, 0) >= count for kind, count in CLIENT_HEARS.items())
        and all(known.staff.get(kind, 0) >= count for kind, count in STAFF_HEARS.items())
        and all(known.journal[begins] >= count for begins, count in WRITTEN_DOWN.items())
        and not records.events_to_hand_over(this_moment() + HOUR)
    )


def check_exactly_once(records: Records, plan_id: str) -> None:
    """Every due message stands once in the records, every event counted once, and the plan is where it should be."""
    known = heard(records, plan_id)
    assert known.client == CLIENT_HEARS
    assert known.staff == STAFF_HEARS
    assert len(set(known.texts)) == len(known.texts), "two texts of the same words"
    assert known.unfinished == 0
    assert known.journal == WRITTEN_DOWN
    view = records.plan(plan_id)
    assert view is not None
    state = view.state
    assert state.status == "active"
    assert sorted(visit.appointment_id for visit in state.booked()) == ["v1", "v2", "v3", "v4"]
    assert [(value.session, value.value) for value in state.values] == [(1, 7.0)]
    assert [asked.choice for asked in state.asked] == ["modify"]
    assert state.plan.dosage.spacing == timedelta(days=3)
    assert view.wake_at is not None
    assert view.wake_at > view.enrolled_at
