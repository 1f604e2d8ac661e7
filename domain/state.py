"""A plan's state: what was agreed, what happened, what was done about it. The only input of `agenda` and `decide`."""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, PrivateAttr

from domain.actions import Action
from domain.client import Channel, Model, Person
from domain.closed_ways import ClosedWay
from domain.coverage_books import PayerAnswer, SentReport
from domain.escalation import EscalationKind
from domain.kept import Kept
from domain.plan import FunctionalGoal, ObjectiveGoal, TreatmentPlan
from domain.policy import FollowUp, Practice
from domain.progress import ProgressState
from domain.touchpoint import Kind, QuestionKind, Touchpoint

PlanStatus = Literal["active", "paused", "held", "maintenance", "ended"]


class _Book(BaseModel):
    """A part of the state; `decide` changes it on its own copy."""

    model_config = ConfigDict(extra="ignore")


class Appointment(_Book):
    """A visit. `version` counts its times, `as_of` is when the last word about it was spoken."""

    appointment_id: str
    starts_at: AwareDatetime
    booked_at: AwareDatetime
    as_of: AwareDatetime
    version: int = 1
    status: Literal["booked", "cancelled", "completed", "missed"] = "booked"
    confirmed: bool = False
    held: bool = False
    invited: int | None = None
    """The version of the visit that the client's calendar holds."""


class Session(_Book):
    """A visit that took place. Its number is its place in `PlanState.sessions`, counted from 1."""

    appointment_id: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    claim: int | None = None
    """Which of the plan's claims it opened, counted from 1."""

    @property
    def minutes(self) -> int:
        """How long it was."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))


class Value(_Book):
    """One measured value: a number, or 1.0 / 0.0 for yes / no."""

    goal_id: str
    session: int
    value: float
    rater: str
    at: AwareDatetime
    flare: bool = False


class OpenQuestion(_Book):
    """A question that the client was asked and hasn't answered. The latest one is answered first.

    `touchpoint` is kept where an answer is needed, so that it can be asked again on another channel.
    """

    key: str
    kind: QuestionKind
    asked_at: AwareDatetime
    expires_at: AwareDatetime
    goal_id: str | None = None
    appointment_id: str | None = None
    appointment_version: int | None = None
    session: int | None = None
    touchpoint: Touchpoint | None = None
    asked_by: Channel = "sms"


class ProgressNote(_Book):
    """The latest judgement on a goal, and the count of values that it saw."""

    state: ProgressState
    sentence: str
    alert: bool
    session: int
    values: int


class Snooze(_Book):
    """After an alert: quiet until `values` + 2 values exist or the state ranks worse than `state`."""

    state: ProgressState
    values: int


MATTERS: dict[EscalationKind, str] = {
    "plateau": "progress",
    "slow": "progress",
    "no_response": "progress",
    "worsening": "progress",
    "relapse": "progress",
    "missed": "progress",
    "benchmark_missed": "benchmark",
    "benchmark_unknown": "benchmark",
    "screening": "screening",
    "goals_met": "end",
    "sessions_done": "end",
    "red_flag": "red flag",
}


class Asked(_Book):
    """An escalation of this plan and, once given, its answer.

    `question` and `evidence` are kept of what is about safety, so that it can be asked anew. `stopped_by_death`: it was
    withdrawn because somebody said that the client has died.
    """

    escalation_id: str
    kind: EscalationKind
    goal_id: str | None = None
    appointment_id: str | None = None
    about: str = ""
    session: int
    opened_at: AwareDatetime
    choice: str | None = None
    withdrawn: bool = False
    question: str = ""
    evidence: list[str] = []
    stopped_by_death: bool = False

    @property
    def open(self) -> bool:
        """Whether a person still has to answer."""
        return self.choice is None and not self.withdrawn

    def is_about(self, kind: EscalationKind, goal_id: str | None, appointment_id: str | None, about: str = "") -> bool:
        """Whether it is the same matter, so that a second question would only make noise. Getting worse is news."""
        if kind == "worsening" and self.kind != kind:
            return False
        same_thing = (self.goal_id, self.appointment_id, self.about) == (goal_id, appointment_id, about)
        return same_thing and MATTERS[self.kind] == MATTERS[kind]


class BeforeDeath(_Book):
    """What word of the client's death stopped, to be given back where it was a misunderstanding.

    `paused`: a person had paused the plan before, so that it stays so.
    """

    paused: bool = False
    questions: list[OpenQuestion] = []
    notices: list[Touchpoint] = []
    review_after: AwareDatetime | None = None


class JournalLine(Model):
    """One line of the plan's story that isn't a message: an event, a judgement, a decision, something dropped.

    Lines are saved to the records with the plan's view; `seq` numbers them for ever. The client's texts and our
    messages have rows of their own in the records and no line here.
    """

    seq: int
    at: AwareDatetime
    kind: Kind
    direction: Literal["out", "in", "none"] = "none"
    channel: Literal["sms", "email", "desk", "none"] = "none"
    to: str = ""
    text: str
    because: str = ""


class PlanState(_Book):
    """Everything that `decide` knows about one plan.

    About messages under way: `sent` holds what the last judgement sent, and `sent_by` on which rung; `unclear` what
    nobody knows yet; `tried` the rungs on which a touchpoint failed; `climbable` what nothing would derive a second
    time, while its delivery may still fail; `deferred` and `waits` until when, and why, one is put off.

    `death_reported`: somebody wrote, or a person said, that the client has died: nothing automatic goes to them.
    `before_death` is what that stopped, `death_words` what was written about it, `death_task` the desk's task about it.

    `accused`: the name of the therapist whom the client's words may accuse of something. Until the plan is another
    therapist's, possible emergencies are asked of others.

    `closed` says of each channel in `opted_out` why; states from before this was kept say it of none.

    About coverage: `used_elsewhere` counts visits of a pool that others used, by pool and first day of the plan year
    (`rehab:2026-01-01`); `reports_sent` holds the last report of each kind; `payer_answers` the call script's answers.
    """

    plan_id: str
    plan: TreatmentPlan
    practice: Practice
    started_at: AwareDatetime
    paused: bool = False
    paused_as_of: AwareDatetime | None = None
    held: bool = False
    ended: bool = False
    death_reported: bool = False
    before_death: BeforeDeath | None = None
    death_words: list[str] = []
    death_task: str = ""
    accused: str = ""
    revision: int = 0
    appointments: dict[str, Appointment] = {}
    sessions: list[Session] = []
    values: list[Value] = []
    questions: list[OpenQuestion] = []
    answers: int = 0
    done: dict[str, str] = {}
    sent: dict[str, Touchpoint] = {}
    sent_by: dict[str, str] = {}
    unclear: dict[str, Touchpoint] = {}
    tried: dict[str, list[str]] = {}
    climbable: dict[str, Touchpoint] = {}
    deferred: dict[str, AwareDatetime] = {}
    waits: dict[str, str] = {}
    notices: list[Touchpoint] = []
    progress: dict[str, ProgressNote] = {}
    snoozed: dict[str, Snooze] = {}
    window_from: dict[str, int] = {}
    benchmarks: dict[str, Literal["met", "missed", "asked"]] = {}
    asked: list[Asked] = []
    occurrences: dict[str, int] = {}
    homework_since: AwareDatetime | None = None
    homework_version: int = 1
    goals_met_for: list[str] = []
    opted_out: list[Channel] = []
    closed: dict[Channel, ClosedWay] = {}
    emergency_tasks: list[str] = []
    maintenance_since: AwareDatetime | None = None
    review_after: AwareDatetime | None = None
    claims_opened: int = 0
    used_elsewhere: dict[str, int] = {}
    reports_sent: dict[str, SentReport] = {}
    payer_answers: dict[str, PayerAnswer] = {}
    hurried: dict[str, AwareDatetime] = {}
    conversation_by: str | None = None
    conversation_until: AwareDatetime | None = None
    journal_seq: int = 0
    journal: list[JournalLine] = []
    kept: Kept = Kept()
    _merged: tuple[Practice, FollowUp, FollowUp] | None = PrivateAttr(default=None)

    @property
    def status(self) -> PlanStatus:
        """Where the plan stands. A hold for safety outlasts a pause, and both outlast the kind of plan it is."""
        if self.ended:
            return "ended"
        if self.held:
            return "held"
        if self.paused:
            return "paused"
        return "maintenance" if self.maintenance_since else "active"

    @property
    def policy(self) -> FollowUp:
        """The practice's follow-up with the plan's own fields laid over it."""
        own = self.plan.follow_up
        if self._merged is None or self._merged[0] is not self.practice or self._merged[1] is not own:
            self._merged = (self.practice, own, self.practice.policy(own))
        return self._merged[2]

    @property
    def zone(self) -> str:
        """The client's time zone, in which due times are wall-clock."""
        return self.plan.client.time_zone

    @property
    def backup(self) -> Person:
        """Who is brought in when the therapist doesn't answer."""
        return self.plan.backup or self.practice.front_desk

    @property
    def therapist_is_accused(self) -> bool:
        """Whether the client's words may accuse the one who is the plan's therapist now."""
        return self.accused != "" and self.accused == self.plan.therapist.name

    def today(self, now: datetime) -> date:
        """The day of that moment where the practice is."""
        return now.astimezone(ZoneInfo(self.practice.time_zone)).date()

    def day_of(self, at: datetime) -> date:
        """The day of a visit, on the client's clock: the date of service."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def visit_length(self) -> timedelta:
        """How long a session is at present."""
        return timedelta(minutes=self.plan.dosage.session_minutes)

    def booked(self) -> list[Appointment]:
        """Visits that are to take place, the earliest first."""
        visits = [visit for visit in self.appointments.values() if visit.status == "booked"]
        return sorted(visits, key=lambda visit: (visit.starts_at, visit.appointment_id))

    def objective_goals(self) -> list[ObjectiveGoal]:
        """The goals that are followed by a measure."""
        return [goal for goal in self.plan.goals if isinstance(goal, ObjectiveGoal)]

    def functional_goals(self) -> list[FunctionalGoal]:
        """The goals that are answered by yes or no."""
        return [goal for goal in self.plan.goals if isinstance(goal, FunctionalGoal)]

    def values_of(self, goal_id: str) -> list[Value]:
        """The goal's values in order of session; one per session, the therapist's before the client's, no flares."""
        best: dict[int, Value] = {}
        for value in self.values:
            if value.goal_id == goal_id and not value.flare:
                held = best.get(value.session)
                if held is None or held.rater == "client" or value.rater != "client":
                    best[value.session] = value
        return [best[session] for session in sorted(best)]


class Decision(BaseModel):
    """The recorded judgement: the next state, what to do, and when to look again if nothing happens before.

    `over` says that the plan has ended, owes nothing, and no possible emergency waits for a person.
    """

    state: PlanState
    actions: list[Action]
    wake_at: AwareDatetime | None
    over: bool = False
    saved_journal_seq: int = 0


def new_state(plan_id: str, plan: TreatmentPlan, practice: Practice, started_at: datetime) -> PlanState:
    """The state of a plan that starts now."""
    return PlanState(plan_id=plan_id, plan=plan, practice=practice, started_at=started_at)
