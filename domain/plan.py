"""What was agreed: goals, benchmarks, dosage, homework, coverage. The treatment plan as the therapist writes it."""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StrictBool, Tag, field_serializer, field_validator, model_validator

from domain.bounds import AN_HOUR, FEW, Within
from domain.client import Client, Person, Written
from domain.coverage_terms import Coverage
from domain.measures import CATALOGUE, Measure
from domain.policy import FollowUp

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{1,39}$"
Identifier = Annotated[str, Field(pattern=ID_PATTERN)]


class Benchmark(Written):
    """What should be reached by session N: a share of the way ("50 %"), a value, or a yes."""

    by_session: int = Field(ge=1, le=200)
    expect: StrictBool | float | str

    @field_validator("expect", mode="before")
    @classmethod
    def _share_value_or_yes(cls, expect: Any) -> Any:
        if isinstance(expect, str):
            text = expect.strip().lower()
            if text in ("yes", "true"):
                return True
            share = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*%", text)
            if not share or not 0 < float(share[1]) <= 100:
                raise ValueError('is neither a share of the way ("50 %"), nor a value (4.5), nor yes')
            return f"{float(share[1]):g} %"
        if expect is False:
            raise ValueError("a benchmark is a yes to hope for; write yes")
        return expect

    def value(self, baseline: float, target: float) -> float:
        """The expected value on the measure's scale. Only for objective goals."""
        if isinstance(self.expect, str):
            return baseline + (target - baseline) * float(self.expect.rstrip(" %")) / 100
        return float(self.expect)


class _Goal(Written):
    id: Identifier
    description: str = Field(min_length=3, max_length=60, description="in the client's words, as messages say it")
    benchmarks: Annotated[list[Benchmark], FEW] = Field(min_length=1)

    @model_validator(mode="after")
    def _sessions_differ(self) -> "_Goal":
        sessions = [benchmark.by_session for benchmark in self.benchmarks]
        if len(set(sessions)) != len(sessions):
            raise ValueError("has two benchmarks for the same session; keep one")
        return self

    @property
    def last_benchmark(self) -> Benchmark:
        """The benchmark that decides whether the goal was reached in time."""
        return max(self.benchmarks, key=lambda benchmark: benchmark.by_session)


class FunctionalGoal(_Goal):
    """Something the client can do again, answered yes or no ("turn the head to check the blind spot")."""

    kind: Literal["functional"] = "functional"
    question: str = Field(min_length=5, max_length=90, description="the yes/no question, in the client's language")

    @model_validator(mode="after")
    def _expects_a_yes(self) -> "FunctionalGoal":
        if any(benchmark.expect is not True for benchmark in self.benchmarks):
            raise ValueError("is functional, so each benchmark expects yes; for a number make the goal objective")
        return self


class ObjectiveGoal(_Goal):
    """A measure of the catalogue that should move from baseline to target."""

    kind: Literal["objective"] = "objective"
    measure: str
    baseline: float
    target: float
    rater: str = Field(default="therapist", max_length=40, description="who measured the baseline; an opaque word")
    side: Literal["left", "right", "both"] | None = None

    @property
    def catalogued(self) -> Measure:
        """The catalogue's row of this goal's measure."""
        return CATALOGUE[self.measure]

    @model_validator(mode="after")
    def _fits_the_measure(self) -> "ObjectiveGoal":
        if self.measure not in CATALOGUE:
            raise ValueError(f"measure '{self.measure}' is not in the catalogue; one of {', '.join(sorted(CATALOGUE))}")
        measure = self.catalogued
        for name in ("baseline", "target"):
            if not measure.low <= getattr(self, name) <= measure.high:
                raise ValueError(f"{name} is outside {measure.low:g} to {measure.high:g}, the range of {measure.id}")
        if self.baseline == self.target:
            raise ValueError("target equals baseline; there is nothing to follow")
        for benchmark in self.benchmarks:
            if isinstance(benchmark.expect, bool):
                raise ValueError('is objective, so a benchmark expects a share ("50 %") or a value, not yes')
            low, high = sorted((self.baseline, self.target))
            expected = benchmark.value(self.baseline, self.target)
            if not low <= expected <= high or expected == self.baseline:
                raise ValueError("has a benchmark that isn't between baseline and target; write a value on the way")
        return self

    def warnings(self) -> list[str]:
        """What a therapist should know before starting: a goal that the measure can't tell from baseline."""
        measure = self.catalogued
        if measure.mdc is not None and abs(self.target - self.baseline) < measure.mdc:
            return [
                f"{self.id}: the target is closer to the baseline than {measure.name} can tell apart "
                f"({measure.mdc:g} {measure.unit}); choose a bolder target or another measure"
            ]
        return []


def _goal_kind(goal: Any) -> str | None:
    if isinstance(goal, dict):
        kind: Any = goal.get("kind")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return kind or ("objective" if "measure" in goal else "functional")  # pyright: ignore[reportUnknownVariableType]
    return getattr(goal, "kind", None)


Goal = Annotated[
    Annotated[FunctionalGoal, Tag("functional")] | Annotated[ObjectiveGoal, Tag("objective")],
    Discriminator(_goal_kind),
]


class Dosage(Written):
    """How much treatment: the five levers of a modify decision, and how many sessions."""

    session_minutes: int = Field(ge=10, le=240)
    spacing: Annotated[timedelta, Within(shortest=AN_HOUR)] = Field(description="from one session to the next")
    sessions: int | Literal["open"] = Field(description="how many, or open")
    modality: str = Field(min_length=2, max_length=40)
    pressure: str | None = Field(default=None, max_length=30)
    cadence: str | None = Field(default=None, max_length=30, description="rhythm of the strokes")

    @field_validator("spacing")
    @classmethod
    def _moves_forward(cls, spacing: timedelta) -> timedelta:
        if spacing <= timedelta(0):
            raise ValueError("must be longer than nothing; write P14D for every two weeks")
        return spacing

    @field_validator("sessions")
    @classmethod
    def _some(cls, sessions: int | str) -> int | str:
        if isinstance(sessions, int) and not 1 <= sessions <= 200:
            raise ValueError("must be 1 to 200, or open")
        return sessions


class Homework(Written):
    """Something to do between sessions."""

    what: str = Field(min_length=2, max_length=60)
    every: Annotated[timedelta, Within(shortest=AN_HOUR)] = timedelta(days=1)
    note: str | None = Field(default=None, max_length=80, description="a limit or how it grows")
    remind: bool = Field(default=True, description="whether this one is reminded, where the policy reminds at all")

    @field_validator("every")
    @classmethod
    def _moves_forward(cls, every: timedelta) -> timedelta:
        if every <= timedelta(0):
            raise ValueError("must be longer than nothing; write P1D for daily")
        return every


class TreatmentPlan(Written):
    """One client's treatment plan."""

    plan_id: Identifier | None = Field(default=None, description="opaque; made by the program when absent")
    title: str | None = Field(default=None, max_length=60, description="for the practice only, never in a message")
    client: Client
    therapist: Person
    backup: Person | None = Field(default=None, description="the front desk where absent")
    goals: Annotated[list[Goal], FEW] = Field(min_length=1)
    dosage: Dosage
    homework: Annotated[list[Homework], FEW] = Field(default=[])
    coverage: Coverage = Coverage()
    follow_up: FollowUp = Field(default=FollowUp(), description="fields of the practice's follow_up to override")

    @model_validator(mode="after")
    def _is_consistent(self) -> "TreatmentPlan":
        ids = [goal.id for goal in self.goals]
        if len(set(ids)) != len(ids):
            raise ValueError("goals: two goals have the same id; rename one")
        if not self.client.channels(date.max):
            raise ValueError(
                "client: no channel has both an address and a consent; add a phone or email and the consent for it"
            )
        sessions = self.dosage.sessions
        for goal in self.goals:
            if sessions != "open" and goal.last_benchmark.by_session > sessions:
                raise ValueError(
                    f"goals: the benchmark of {goal.id} is at session {goal.last_benchmark.by_session}, "
                    f"but the plan has {sessions} sessions; lower by_session or raise dosage.sessions"
                )
        return self

    @field_serializer("follow_up")
    def _only_what_was_written(self, follow_up: FollowUp) -> dict[str, Any]:
        return follow_up.model_dump(mode="json", exclude_unset=True)

    def goal(self, goal_id: str) -> "FunctionalGoal | ObjectiveGoal | None":
        """The goal of that id, if the plan has it."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)

    def warnings(self) -> list[str]:
        """What the therapist should look at again; none of it stops the plan."""
        return [text for goal in self.goals if isinstance(goal, ObjectiveGoal) for text in goal.warnings()]
