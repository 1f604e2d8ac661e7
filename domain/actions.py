"""What the plan's workflow is told to do, in the imperative, and what came of a message."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from domain.billed import Claim
from domain.client import Channel, Client, Language, Model, Person
from domain.escalation import Escalation
from domain.payer import Payer
from domain.policy import Caps, SendWindow
from domain.touchpoint import Audience, Category, Fact, Kind


class Slot(Model):
    """The visit that a message is about, for a calendar. `sequence` goes up with each change of the visit."""

    appointment_id: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    sequence: int
    cancelled: bool = False


class SendMessage(Model):
    """Send one message. `text` and `subject` are filled in by the judgement activity from the practice's templates.

    `message_key` is unique for ever; `touchpoint_key` is the plan's own key. Caps count `care` messages only;
    `any_hour` ignores the send window. `address` None means that nobody can be reached: the outcome is refused.
    `window` and `caps` are the plan's policy at the time of asking; None means no limit.
    """

    type: Literal["send_message"] = "send_message"
    message_key: str
    touchpoint_key: str
    plan_id: str
    kind: Kind
    audience: Audience
    to: str = Field(description="client, therapist, backup or front_desk, as the timeline says it")
    channel: Channel
    address: str | None
    language: Language
    time_zone: str
    template: str
    subject: str | None = None
    text: str = ""
    because: str
    category: Category
    any_hour: bool = False
    safety: bool = Field(default=False, description="an emergency's fixed answer: goes even after an opt-out")
    facts: dict[str, Fact] = Field(default={}, description="what the template needs; empty once `text` is filled in")
    due_at: AwareDatetime
    expires_at: AwareDatetime
    window: SendWindow | None = None
    caps: Caps | None = None
    decided_at: AwareDatetime | None = Field(default=None, description="what came later may have made it untrue")
    only_find: bool = Field(default=False, description="no longer true: find out what became of it, don't send it")
    about_opt_out: bool = Field(default=False, description="confirms an opt-out: goes once, in spite of it")
    visit: Slot | None = Field(default=None, description="for the calendar file of a mail, where the practice allows")


class OpenEscalation(Model):
    """Ask a person. Starting the same escalation twice does nothing the second time."""

    type: Literal["open_escalation"] = "open_escalation"
    escalation: Escalation


class WithdrawEscalation(Model):
    """The question no longer needs an answer, for instance because the plan has ended."""

    type: Literal["withdraw_escalation"] = "withdraw_escalation"
    escalation_id: str
    because: str


DeskTaskKind = Literal[
    "reply",
    "undeliverable",
    "visit_outcome",
    "opted_out",
    "wrong_number",
    "refused_event",
    "sender_stopped",
    "unanswered",
    "claim",
    "coverage",
    "failing",
    "death",
    "grave_words",
    "staff_stopped",
]


class AddDeskTask(Model):
    """Something that a person at the front desk must read or do. The same key adds it once.

    `raw_mail` is the id of the mail that it is about, kept as it came. `for_owner`: its words accuse somebody of the
    practice, so that only an owner is shown it and may say it done (`domain/members.py`).
    """

    type: Literal["add_desk_task"] = "add_desk_task"
    key: str
    plan_id: str
    kind: DeskTaskKind
    text: str
    at: AwareDatetime
    raw_mail: str = ""
    for_owner: bool = False


class CloseDeskTask(Model):
    """A task has settled itself, for instance because the session was recorded after all."""

    type: Literal["close_desk_task"] = "close_desk_task"
    key: str
    at: AwareDatetime


class OpenClaim(Model):
    """Follow a claim from here on. Opening the same claim twice does nothing the second time."""

    type: Literal["open_claim"] = "open_claim"
    claim: Claim
    payer: Payer
    therapist: Person
    client: Client


Action = Annotated[
    SendMessage | OpenEscalation | WithdrawEscalation | AddDeskTask | CloseDeskTask | OpenClaim,
    Field(discriminator="type"),
]


class SendOutcome(Model):
    """What came of one SendMessage.

    accepted: the provider has it. deferred: not before `until`. dropped: will never go (opt-out, expired).
    refused: the provider or a missing address says no. unknown: nobody can tell; it is never sent again.
    unclear: nobody can tell yet; ask again at `until`, whatever else has become of the matter.
    """

    type: Literal["send_outcome"] = "send_outcome"
    message_key: str
    touchpoint_key: str
    result: Literal["accepted", "deferred", "dropped", "refused", "unknown", "unclear"]
    at: AwareDatetime
    until: AwareDatetime | None = None
    because: str = ""
