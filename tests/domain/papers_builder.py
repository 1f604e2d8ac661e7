"""A plan with known values and a denied claim of its second visit, for the papers of an appeal."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from plan_builder import DAY, HOUR, START, a_client, a_pain_goal, a_plan, a_practice, a_state, a_yes_goal

from domain.adjustments import Adjustment
from domain.billed import Claim, ServiceLine
from domain.claim import ClaimState, Denial, LetterDates, Submission, new_claim
from domain.client import Person
from domain.coverage_terms import Coverage
from domain.payer import Payer
from domain.plan import Homework, ObjectiveGoal, TreatmentPlan
from domain.policy import Practice
from domain.state import Appointment, PlanState, Session, Value

TODAY = date(2026, 4, 20)


def terms(**written: Any) -> Coverage:
    return Coverage.model_validate({"payer": "example", "member_id": "XM-7"} | written)


def a_motion_goal(**changes: Any) -> ObjectiveGoal:
    written: dict[str, Any] = {
        "id": "turning",
        "description": "turning the head",
        "measure": "rom_cervical_rot",
        "baseline": 45,
        "target": 75,
        "side": "left",
        "benchmarks": [{"by_session": 4, "expect": "50 %"}, {"by_session": 8, "expect": 75}],
    }
    return ObjectiveGoal.model_validate(written | changes)


def lived(plan: TreatmentPlan | None = None, pain: tuple[float, ...] = (7, 6, 4), **books: Any) -> PlanState:
    """A session on each Monday from March 2, 2026, with these pains; the yes comes with the last one."""
    state = a_state(plan or a_plan(a_pain_goal(), a_yes_goal(), coverage=terms()), a_practice_with_payers())
    state = state.model_copy(update=books)
    for number, value in enumerate(pain, start=1):
        starts_at = START + (number - 1) * 7 * DAY
        state.sessions.append(Session(appointment_id=f"v{number}", starts_at=starts_at, ends_at=starts_at + HOUR))
        state.appointments[f"v{number}"] = a_visit(number, "completed")
        add(state, "pain", number, value)
        add(state, "sleep", number, 1.0 if number == len(pain) else 0.0)
    return state


def a_visit(weeks: int, status: Any) -> Appointment:
    """The visit on the Monday of that week, counted from March 2, 2026."""
    starts_at = START + (weeks - 1) * 7 * DAY
    return Appointment(
        appointment_id=f"v{weeks}", starts_at=starts_at, booked_at=START - DAY, as_of=START, status=status
    )


def add(state: PlanState, goal: str, session: int, value: float, rater: str = "therapist", **more: Any) -> None:
    at = START + timedelta(days=7 * (session - 1), hours=1)
    state.values.append(Value(goal_id=goal, session=session, value=value, rater=rater, at=at, **more))


def fully_lived() -> PlanState:
    """Two goals, a visit missed and one cancelled, homework, and a value that another person took."""
    client = a_client(name="Łukasz Núñez")
    homework = [Homework(what="chin tucks", every=DAY, note="stop if it hurts")]
    plan = a_plan(a_pain_goal(), a_motion_goal(), client=client, sessions=8, homework=homework, coverage=terms())
    state = lived(plan)
    state.values = [value for value in state.values if value.goal_id == "pain"]
    state.values[1].flare = True
    add(state, "turning", 1, 47)
    add(state, "turning", 3, 56, rater="Robin")
    state.appointments["v4"] = a_visit(4, "missed")
    state.appointments["v5"] = a_visit(5, "cancelled")
    state.appointments["v9"] = a_visit(9, "booked")
    return state


def a_payer(**changes: Any) -> Payer:
    return Payer.model_validate({"id": "example", "name": "Example Mutual", "state": "OR"} | changes)


def refused(code: str = "50", group: str = "CO", amount: str = "120.00", **more: Any) -> Denial:
    dates = LetterDates(denial=date(2026, 4, 10), receipt=date(2026, 4, 13))
    adjustments = [Adjustment(group, code, Decimal(amount))]
    return Denial(number=1, dates=dates, adjustments=adjustments, **more)


def a_billed(**changes: Any) -> Claim:
    written: dict[str, Any] = {
        "claim_id": "plan-1-2",
        "plan_id": "plan-1",
        "number": "PLAN-1-2",
        "payer_id": "example",
        "service_date": "2026-03-09",
        "session": 2,
        "lines": [ServiceLine(code="97124", minutes=60, units=4, charge=Decimal("120.00"))],
        "charge": "120.00",
    }
    return Claim.model_validate(written | changes)


def a_denied(denial: Denial | None = None, payer: Payer | None = None, **changes: Any) -> ClaimState:
    """A claim sent on March 10, accepted on the 11th, denied on April 10; say what is different."""
    billed = changes.pop("claim", None) or a_billed()
    maya = Person(name="Maya", phone="+12065550110")
    state = new_claim(billed, payer or a_payer(), a_practice_with_payers(), maya, a_client(), START)
    books: dict[str, Any] = {
        "status": "denied",
        "submissions": [Submission(on=date(2026, 3, 10), reference="CH-1", acknowledged_on=date(2026, 3, 11))],
        "denials": [denial or refused()],
    }
    return state.model_copy(update=books | changes)


def a_practice_with_payers() -> Practice:
    return a_practice().model_copy(update={"payers": [a_payer()]})
