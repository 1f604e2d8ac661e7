"""The plan against which replies are played by `bench.reply_harms`."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from domain.client import Client, Consent, Person
from domain.plan import Benchmark, Dosage, FunctionalGoal, ObjectiveGoal, TreatmentPlan
from domain.policy import FollowUp, Practice
from domain.state import Appointment, OpenQuestion, PlanState, new_state

NOW = datetime(2026, 3, 3, 20, tzinfo=UTC)  # a Tuesday at noon in Los Angeles
VISIT = "visit-1"


def plan_with(asked: str | None, locale: str) -> PlanState:
    """A plan with one booked visit and, where `asked` names one, that question open."""
    client = Client(
        name="Tina Example",
        phone="+12065550101",
        email="tina@example.com",
        time_zone="America/Los_Angeles",
        language=cast("Any", locale),
        consents=[
            Consent(channel="sms", date=date(2026, 1, 1), source="intake form"),
            Consent(channel="email", date=date(2026, 1, 1), source="intake form"),
        ],
    )
    late = Benchmark(by_session=8, expect="100 %")
    goals = [
        FunctionalGoal(
            id="sleep",
            description="falling asleep easily",
            question="Do you fall asleep easily now?",
            benchmarks=[Benchmark(by_session=3, expect=True)],
        ),
        ObjectiveGoal(id="pain", description="less pain", measure="nprs", baseline=7, target=3, benchmarks=[late]),
    ]
    plan = TreatmentPlan(
        client=client,
        therapist=Person(name="Maya Lindqvist", phone="+12065550110"),
        goals=goals,
        dosage=Dosage.model_validate(
            {"session_minutes": 60, "spacing": "P7D", "sessions": "open", "modality": "Swedish"}
        ),
    )
    practice = Practice(
        name="Cedar Hill Bodywork",
        phone="+12065550100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+12065550111"),
        follow_up=FollowUp.model_validate({"caps": {"per_day": None, "per_week": None}}),
    )
    state = new_state("plan-1", plan, practice, NOW - timedelta(days=7))
    state.revision = 1
    state.appointments[VISIT] = Appointment(
        appointment_id=VISIT, starts_at=NOW + timedelta(days=1), booked_at=state.started_at, as_of=state.started_at
    )
    if asked:
        state.questions.append(_question(asked))
    return state


def _question(kind: str) -> OpenQuestion:
    about_a_visit = kind in ("confirm_appointment", "screening_yes_no")
    return OpenQuestion(
        key=f"{kind}:1",
        kind=cast("Any", kind),
        asked_at=NOW - timedelta(hours=1),
        expires_at=NOW + timedelta(days=2),
        appointment_id=VISIT if about_a_visit else None,
        appointment_version=1 if about_a_visit else None,
        goal_id={"benchmark_yes_no": "sleep", "pain_0_10": "pain"}.get(kind),
        session=1,
    )
