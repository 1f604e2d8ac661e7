"""What happened to a plan, in the past tense. Everything that changes a plan from outside is one of these.

The sender gives each event an `event_id`; the same id on the same plan counts once. `occurred_at` orders events about
one visit, so that a booking that arrives late can't undo the cancellation that followed it.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import AwareDatetime, Field, StrictBool, TypeAdapter

from domain.bounds import AN_HOUR, AT_THE_DOOR, FEW, Within
from domain.client import Channel, Model
from domain.coverage_terms import Authorization, Coverage, TermId
from domain.happened import Happened
from domain.plan import Goal, Homework, Identifier
from domain.staff_events import (
    ConsentWithdrawn,
    ConversationReleased,
    ConversationTaken,
    StaffWrote,
    TouchpointHurried,
    TouchpointSkipped,
)

AppointmentId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
"""The booking system's own id of a visit. Opaque: letters, digits, dots, dashes and underscores."""


class AppointmentBooked(Happened):
    """A visit was booked. `booked_at` defaults to `occurred_at`; reminders due before it are never owed."""

    type: Literal["appointment_booked"] = "appointment_booked"
    appointment_id: AppointmentId
    starts_at: AwareDatetime
    booked_at: AwareDatetime | None = None


class AppointmentMoved(Happened):
    """A visit got a new time."""

    type: Literal["appointment_moved"] = "appointment_moved"
    appointment_id: AppointmentId
    starts_at: AwareDatetime


class AppointmentCancelled(Happened):
    """A visit won't take place."""

    type: Literal["appointment_cancelled"] = "appointment_cancelled"
    appointment_id: AppointmentId


class Measurement(Model):
    """One value of one goal: a number on the measure's scale, or yes/no for a functional goal."""

    goal: Identifier
    value: StrictBool | float
    rater: str | None = Field(default=None, max_length=40, description="who measured, where not the goal's rater")
    flare: bool = Field(default=False, description="a bad day with another cause; left out of the trend")


class SessionCompleted(Happened):
    """A visit took place. Sessions are numbered in the order in which they took place."""

    type: Literal["session_completed"] = "session_completed"
    appointment_id: AppointmentId
    measures: Annotated[list[Measurement], FEW] = Field(default=[])
    note: str = Field(default="", max_length=4000)


class ClientMissedVisit(Happened):
    """The client didn't come and hadn't cancelled."""

    type: Literal["no_show"] = "no_show"
    appointment_id: AppointmentId


class MeasureRecorded(Happened):
    """A value was measured outside a session's record; it belongs to the latest session unless one is named."""

    type: Literal["measure_recorded"] = "measure_recorded"
    measure: Measurement
    session: int | None = Field(default=None, ge=1)


class ValueMarked(Happened):
    """The therapist says that the value of a session was (or wasn't) a flare."""

    type: Literal["value_marked"] = "value_marked"
    goal: Identifier
    session: int = Field(ge=1)
    flare: bool = True


class Changes(Model):
    """What a decision or a plan change alters. Absent means unchanged."""

    session_minutes: int | None = Field(default=None, ge=10, le=240)
    spacing: Annotated[timedelta | None, Within(shortest=AN_HOUR)] = Field(default=None, gt=timedelta(0))
    sessions: int | Literal["open"] | None = None
    modality: str | None = Field(default=None, max_length=40)
    pressure: str | None = Field(default=None, max_length=30)
    cadence: str | None = Field(default=None, max_length=30)
    homework: Annotated[list[Homework] | None, FEW] = None
    goal: Goal | None = Field(default=None, description="a new goal, or one that replaces the goal of the same id")

    def any(self) -> bool:
        """Whether anything is changed at all."""
        return bool(self.model_dump(exclude_none=True))


class PlanChanged(Happened):
    """The therapist changed the plan without being asked."""

    type: Literal["plan_changed"] = "plan_changed"
    changes: Changes


class PlanPaused(Happened):
    """Automatic messages stop until the plan is resumed."""

    type: Literal["plan_paused"] = "plan_paused"


class PlanResumed(Happened):
    """A paused plan goes on. What became stale meanwhile is dropped with its reason.

    `misunderstanding`: the client lives, and only what word of their death had stopped goes on; a pause from before
    stays.
    """

    type: Literal["plan_resumed"] = "plan_resumed"
    misunderstanding: bool = Field(default=False, description="undoes only what word of the client's death stopped")


EndReason = Literal["completed", "moved", "referred", "deceased", "other"]
"""Why a plan ends. The closing words fit it; of a client who has died nothing is said to anybody."""
_OF_A_DEATH = re.compile(r"\b(?:deceased|died|dead|death|passed away|fallec\w+|muri[oó]|muerte)\b", re.IGNORECASE)


class PlanEnded(Happened):
    """The plan is over. The client gets one closing message and then nothing; where it is `quiet`, nothing at all.

    `reason` is one of EndReason, or free words, which change nothing. Free words about a death make the end quiet.
    """

    type: Literal["plan_ended"] = "plan_ended"
    reason: str = Field(
        default="",
        max_length=200,
        description="completed, moved, referred, deceased or other: the closing words fit it; or your own words",
    )
    note: str = Field(default="", max_length=200, description="for the record, not for the client")
    quiet: bool = Field(default=False, description="no closing message; of a client who has died there is never one")

    @property
    def why(self) -> EndReason | None:
        """The reason, where it is one of ours."""
        word = self.reason.strip().lower()
        return next((reason for reason in get_args(EndReason) if reason == word), None)

    @property
    def says_nothing(self) -> bool:
        """Whether nobody is told."""
        speaks_of_death = self.why is None and _OF_A_DEATH.search(self.reason) is not None
        return self.quiet or self.why == "deceased" or speaks_of_death


class VisitsUsedElsewhere(Happened):
    """Others used visits of a shared pool; they add to what is known. `year` is that in which the plan year begins."""

    type: Literal["visits_used_elsewhere"] = "visits_used_elsewhere"
    pool: TermId
    visits: int = Field(ge=1, le=1000)
    year: int | None = Field(default=None, ge=2000, le=2200, description="by default the plan year under way")


class AuthorizationReceived(Happened):
    """An authorisation or prescription came. One of the same id takes the other's place."""

    type: Literal["authorization_received"] = "authorization_received"
    authorization: Authorization


class PoolUse(Model):
    """What the payer says that others have used of a pool, in all, in the plan year under way."""

    pool: TermId
    used_elsewhere: int = Field(ge=0, le=1000)


class CoverageVerified(Happened):
    """The payer was asked. `answers` go by the ids of the call script's questions; the others stay as they were."""

    type: Literal["coverage_verified"] = "coverage_verified"
    answers: dict[str, Annotated[str, Field(max_length=500)]] = Field(default={})
    by: str = Field(default="", max_length=80, description="who at the payer said so")
    reference: str = Field(default="", max_length=80)
    on: date | None = Field(default=None, description="by default the day of occurred_at")
    changes: list[PoolUse] = Field(default=[])


class CoverageChanged(Happened):
    """The coverage is another one from now on, all of it; what isn't named is gone."""

    type: Literal["coverage_changed"] = "coverage_changed"
    coverage: Coverage


class ReportSent(Happened):
    """A report that workers' compensation asks for went out, or the prescriber signed."""

    type: Literal["report_sent"] = "report_sent"
    report: Literal["treatment_plan", "progress_report", "signature"]
    reference: str = Field(default="", max_length=80)


CarrierWord = Literal["STOP", "HELP", "START"]
"""What a carrier took a text for, and has acted on itself."""


class CalendarAnswer(Model):
    """What a client's calendar said to an invitation of ours: to which visit, by its UID and its time."""

    answer: Literal["accepted", "declined", "tentative", "counter"]
    uid: str = ""
    starts_at: AwareDatetime | None = None


class ClientReplied(Happened):
    """The client wrote. What it means is judged by `decide`; the text is kept as it came.

    `carrier_said` counts whatever the wording. `carrier_answered`: the carrier has answered an opt-out or HELP itself.
    `answered_elsewhere`: another plan of this number answers, or it was answered before; this plan only takes note.
    `shared`: the number belongs to several clients, and who wrote can't be told. `escalation_id`: the question about a
    possible emergency that the therapist was asked as soon as the words came in. `sent`: texts of ours that the words
    quote, which nobody means. `calendar`: a calendar answered. `automatic`: a machine wrote, by its own headers.
    `told_elsewhere`: of a death another plan of the same person tells the desk.
    """

    type: Literal["client_replied"] = "client_replied"
    channel: Channel
    text: str
    carrier_answered: bool = False
    carrier_said: CarrierWord | None = None
    answered_elsewhere: bool = False
    shared: bool = False
    escalation_id: str | None = None
    sent: list[str] = Field(default=[])
    calendar: CalendarAnswer | None = None
    automatic: bool = False
    told_elsewhere: bool = False


class ReplyUnclear(Happened):
    """A reply that several plans of one number could be meant by: this plan asks which one. `inbound_id` is opaque."""

    type: Literal["reply_unclear"] = "reply_unclear"
    inbound_id: str
    options: list[str]
    words: str = ""


Choice = Literal["continue", "modify", "new_goal", "maintenance", "refer_out"]


class DecisionMade(Happened):
    """A person answered an escalation of this plan."""

    type: Literal["decision_made"] = "decision_made"
    escalation_id: str
    choice: Choice
    by: str
    reason: str = ""
    changes: Changes = Changes()


class DeliveryFailed(Happened):
    """The provider gave a message up after accepting it. `escalation_id`: the question that it was about, if any."""

    type: Literal["delivery_failed"] = "delivery_failed"
    message_key: str
    cause: str
    escalation_id: str = ""


OutsideEvent = (
    AppointmentBooked
    | AppointmentMoved
    | AppointmentCancelled
    | SessionCompleted
    | ClientMissedVisit
    | MeasureRecorded
    | ValueMarked
    | PlanChanged
    | PlanPaused
    | PlanResumed
    | PlanEnded
    | VisitsUsedElsewhere
    | AuthorizationReceived
    | CoverageVerified
    | CoverageChanged
    | ReportSent
    | TouchpointSkipped
    | TouchpointHurried
    | StaffWrote
    | ConsentWithdrawn
    | ConversationTaken
    | ConversationReleased
)
"""What other programs may send through the API."""

Event = Annotated[
    OutsideEvent | ClientReplied | ReplyUnclear | DecisionMade | DeliveryFailed, Field(discriminator="type")
]
"""Everything that a plan records. No member is ever removed: old histories hold them."""

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
OUTSIDE_EVENT: TypeAdapter[OutsideEvent] = TypeAdapter(
    Annotated[OutsideEvent, Field(discriminator="type"), AT_THE_DOOR]
)


def parse_outside_event(body: Any) -> OutsideEvent:
    """A checked event from JSON. Raises pydantic.ValidationError."""
    return OUTSIDE_EVENT.validate_python(body)
