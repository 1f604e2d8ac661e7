"""What workflows are started with, and carry into their next run. New fields always have defaults."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from domain.actions import SendOutcome
from domain.escalation import Decided, Escalation
from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    AuthorizationReceived,
    ClientMissedVisit,
    ClientReplied,
    ConsentWithdrawn,
    ConversationReleased,
    ConversationTaken,
    CoverageChanged,
    CoverageVerified,
    DecisionMade,
    DeliveryFailed,
    MeasureRecorded,
    PlanChanged,
    PlanEnded,
    PlanPaused,
    PlanResumed,
    ReplyUnclear,
    ReportSent,
    SessionCompleted,
    StaffWrote,
    TouchpointHurried,
    TouchpointSkipped,
    ValueMarked,
    VisitsUsedElsewhere,
)
from domain.policy import Practice
from domain.state import PlanState

Fresh = Annotated[
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
    | ClientReplied
    | ReplyUnclear
    | DecisionMade
    | DeliveryFailed
    | SendOutcome,
    Field(discriminator="type"),
]
"""What came since the last judgement: events from outside and what came of our messages."""


class PlanInput(BaseModel):
    """A plan's state, the events not yet judged, the ids of the last events taken in, and since when judging fails."""

    state: PlanState
    inbox: list[Fresh] = []
    seen: list[str] = []
    continue_after_events: int = 2000
    failing_since: AwareDatetime | None = None


class JudgementNote(BaseModel):
    """That judgements of a plan, or of one of its claims, fail since that time, or work again at `at`."""

    plan_id: str
    claim_id: str | None = None
    since: AwareDatetime
    failing: bool
    at: AwareDatetime


class EscalationInput(BaseModel):
    """A question, and who has heard of it so far."""

    escalation: Escalation
    practice: Practice


class StaffWord(BaseModel):
    """What somebody who answered by text gets back, about one question. `ref` is opaque and unique per text."""

    to: Literal["therapist", "backup"]
    template: str
    ref: str


class Undelivered(BaseModel):
    """A word to staff about a question that the provider gave up after taking it."""

    message_key: str
    because: str


class Settled(BaseModel):
    """How an escalation ended: with a decision, or withdrawn because nobody needs the answer any more."""

    escalation: Escalation
    decided: Decided | None = None
    because: str = ""
