"""Plans, practices and states for tests, and a player that lives a plan through `decide` alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.actions import AddDeskTask, CloseDeskTask, OpenEscalation, SendMessage, SendOutcome
from domain.client import Client, Consent, Person
from domain.decide import decide
from domain.events import AppointmentBooked, ClientReplied, DecisionMade, Event, Measurement, SessionCompleted
from domain.plan import Benchmark, Dosage, FunctionalGoal, ObjectiveGoal, TreatmentPlan
from domain.policy import Caps, FollowUp, Practice, SendWindow
from domain.state import PlanState, new_state
from domain.workflow_inputs import Fresh

START = datetime(2026, 3, 2, 17, tzinfo=UTC)  # a Monday, 9:00 in Los Angeles, six days before the clocks change
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WHOLE_DAY: dict[str, Any] = {"opens": "00:00", "closes": "00:00"}


def a_practice(**follow_up: Any) -> Practice:
    caps = {"per_day": None, "per_week": None}
    written = {"send_window": WHOLE_DAY, "caps": caps, "undo_for": timedelta(0)} | follow_up
    return Practice(
        name="Cedar Hill",
        phone="+12065550100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+12065550111"),
        review_url="https://example.com/review",
        follow_up=FollowUp.model_validate(written),
    )


def a_client(zone: str = "America/Los_Angeles", **other: Any) -> Client:
    given = {
        "name": "Tina Example",
        "phone": "+12065550101",
        "time_zone": zone,
        "consents": [Consent(channel="sms", date=date(2020, 1, 1), source="intake form")],
    }
    return Client.model_validate(given | other)


def a_yes_goal(by_session: int = 3) -> FunctionalGoal:
    return FunctionalGoal(
        id="sleep",
        description="falling asleep easily",
        question="Do you fall asleep easily now?",
        benchmarks=[Benchmark(by_session=by_session, expect=True)],
    )


def a_pain_goal(by_session: int = 8, baseline: float = 7, target: float = 3) -> ObjectiveGoal:
    return ObjectiveGoal(
        id="pain",
        description="less pain",
        measure="nprs",
        baseline=baseline,
        target=target,
        benchmarks=[Benchmark(by_session=by_session, expect="100 %")],
    )


def a_plan(
    *goals: FunctionalGoal | ObjectiveGoal, sessions: int | str = "open", client: Client | None = None, **other: Any
) -> TreatmentPlan:
    return TreatmentPlan(
        client=client or a_client(),
        therapist=Person(name="Maya", phone="+12065550110"),
        goals=list(goals) or [a_yes_goal()],
        dosage=Dosage.model_validate(
            {"session_minutes": 60, "spacing": "P7D", "sessions": sessions, "modality": "Swedish"}
        ),
        **other,
    )


def a_state(plan: TreatmentPlan | None = None, practice: Practice | None = None, at: datetime = START) -> PlanState:
    return new_state("plan-1", plan or a_plan(), practice or a_practice(), at)


Outcome = Callable[[SendMessage, datetime], SendOutcome | None]


class Played:
    """A plan that is lived without Temporal: `at` moves the time on, as the workflow's timer would."""

    def __init__(self, state: PlanState, outcome: Outcome = lambda message, now: None) -> None:
        self.state = state
        self.now = state.started_at
        self.sent: list[tuple[datetime, SendMessage]] = []
        self.escalations: list[OpenEscalation] = []
        self.tasks: list[AddDeskTask] = []
        self.closed: list[str] = []
        self.decisions = 0
        self._inbox: list[Fresh] = []
        self._outcome = outcome
        self._wake_at: datetime | None = None
        self._judge()

    def _judge(self) -> None:
        for _ in range(50):
            decision = decide(self.state, self._inbox, self.now)
            self.decisions += 1
            self.state, self._inbox, self._wake_at = decision.state, [], decision.wake_at
            for action in decision.actions:
                if isinstance(action, SendMessage):
                    outcome = self._outcome(action, self.now)
                    if outcome is None or outcome.result == "accepted":
                        self.sent.append((self.now, action))
                    if outcome is not None:
                        self._inbox.append(outcome)
                elif isinstance(action, OpenEscalation):
                    self.escalations.append(action)
                elif isinstance(action, AddDeskTask):
                    self.tasks.append(action)
                elif isinstance(action, CloseDeskTask):
                    self.closed.append(action.key)
            if not self._inbox:
                return
        raise AssertionError("the judgement never comes to rest")

    def until(self, at: datetime) -> "Played":
        while self._wake_at is not None and self._wake_at <= at:
            self.now = max(self._wake_at, self.now)
            self._judge()
        self.now = max(at, self.now)
        return self

    def take(self, event: Event, at: datetime | None = None) -> "Played":
        self.until(at or event.occurred_at)
        self._inbox.append(event)
        self._judge()
        return self

    def hear(self, outcome: SendOutcome) -> "Played":
        """Say once more what came of a message, after another judgement: outcomes never overtake their message."""
        self._judge()
        self._inbox.append(outcome)
        self._judge()
        return self

    def book(self, visit: str, starts_at: datetime, at: datetime | None = None) -> "Played":
        said_at = at or self.now
        return self.take(
            AppointmentBooked(
                event_id=f"b-{visit}-{said_at}", occurred_at=said_at, appointment_id=visit, starts_at=starts_at
            )
        )

    def complete(self, visit: str, **values: float | bool) -> "Played":
        known = self.state.appointments[visit]
        return self.take(
            SessionCompleted(
                event_id=f"c-{visit}",
                occurred_at=max(known.starts_at + HOUR, self.now),
                appointment_id=visit,
                measures=[Measurement(goal=goal, value=value) for goal, value in values.items()],
            )
        )

    def session(self, **values: float | bool) -> "Played":
        """Book a visit for a day from now, and let it take place."""
        visit = f"v{len(self.state.sessions) + 1}"
        self.book(visit, self.now + DAY)
        return self.complete(visit, **values)

    def reply(self, text: str, after: timedelta = timedelta(minutes=5)) -> "Played":
        at = self.now + after
        return self.take(ClientReplied(event_id=f"r-{at}", occurred_at=at, channel="sms", text=text))

    def decide(self, choice: Any, **changes: Any) -> "Played":
        waiting = next(asked for asked in self.state.asked if asked.open)
        event = DecisionMade.model_validate(
            {
                "event_id": f"d-{waiting.escalation_id}",
                "occurred_at": self.now,
                "escalation_id": waiting.escalation_id,
                "choice": choice,
                "by": "Maya",
                "changes": changes,
            }
        )
        return self.take(event)

    def kinds(self, audience: str = "client") -> list[str]:
        return [message.kind for _, message in self.sent if message.audience == audience]

    def templates(self) -> list[str]:
        return [message.template for _, message in self.sent]

    def open_questions(self) -> list[str]:
        return [asked.kind for asked in self.state.asked if asked.open]

    def dropped(self) -> list[str]:
        return [f"{line.text} {line.because}" for line in self.state.journal if line.kind == "dropped"]


__all__ = [
    "DAY",
    "HOUR",
    "START",
    "WHOLE_DAY",
    "Caps",
    "Played",
    "SendWindow",
    "a_client",
    "a_pain_goal",
    "a_plan",
    "a_practice",
    "a_state",
    "a_yes_goal",
]
