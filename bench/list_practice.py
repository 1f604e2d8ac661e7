"""The practice of `bench.lists`: its plan, its clients and their therapists, alike but for their numbers."""

from datetime import date, datetime, timedelta
from functools import cache

from domain.client import Client, Consent, Person
from domain.plan import Benchmark, Dosage, ObjectiveGoal, TreatmentPlan
from domain.policy import Practice
from domain.state import Appointment, PlanState, ProgressNote, Session, Value, new_state

AREAS = ("206", "253", "360", "425", "509", "541", "503", "971", "458", "208")
DAY = timedelta(days=1)


def a_state(number: int, at: datetime) -> PlanState:
    """A plan four sessions on; one in four has ended."""
    plan = the_plan().model_copy(
        update={"plan_id": f"bench-{number}", "client": a_client(number), "therapist": a_therapist(number)}
    )
    visits = [at + 7 * nth * DAY for nth in range(5)]
    state = new_state(plan.plan_id or "", plan, the_practice(), at)
    hour = timedelta(hours=1)
    return state.model_copy(
        update={
            "ended": number % 4 == 3,
            "sessions": [
                Session(appointment_id=f"v{n}", starts_at=v, ends_at=v + hour) for n, v in enumerate(visits[:4])
            ],
            "appointments": {
                f"v{n}": Appointment(
                    appointment_id=f"v{n}",
                    starts_at=v,
                    booked_at=at,
                    as_of=at,
                    status="completed" if n < 4 else "booked",
                )
                for n, v in enumerate(visits)
            },
            "values": [
                Value(goal_id="pain", session=n, value=8.0 - n, rater="therapist", at=v)
                for n, v in enumerate(visits[:4], 1)
            ],
            "progress": {
                "pain": ProgressNote(state="on_track", sentence="It goes well.", alert=False, session=4, values=4)
            },
        }
    )


@cache
def the_plan() -> TreatmentPlan:
    """Low back pain, from 7 to 3 in eight sessions."""
    return TreatmentPlan(
        plan_id="bench-1",
        title="Low back pain",
        client=a_client(1),
        therapist=a_therapist(1),
        goals=[
            ObjectiveGoal(
                id="pain",
                description="less pain at work",
                measure="nprs",
                baseline=7,
                target=3,
                benchmarks=[Benchmark(by_session=8, expect=3.0)],
            )
        ],
        dosage=Dosage(session_minutes=60, spacing=timedelta(days=7), sessions=12, modality="Swedish massage"),
    )


def a_client(number: int) -> Client:
    """A client who may be texted."""
    return Client(
        name=f"Client {number}",
        phone=f"+1{AREAS[number // 100 % len(AREAS)]}55501{number % 100:02d}",
        time_zone="America/Los_Angeles",
        consents=[Consent(channel="sms", date=date(2026, 1, 1), source="intake form")],
    )


def a_therapist(number: int) -> Person:
    """One of forty."""
    return Person(name=f"Therapist {number % 40}", phone=f"+155555501{number % 40:02d}")


@cache
def the_practice() -> Practice:
    """With the follow-up that a practice has by default."""
    return Practice(
        name="Cedar Hill",
        phone="+12065550100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+12065550111"),
    )
