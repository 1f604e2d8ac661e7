"""What the records return: plain models without a connection behind them."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime

from domain.actions import AddDeskTask, SendMessage
from domain.claim import ClaimState
from domain.claim_events import ClaimEvent
from domain.client import Channel, Model
from domain.escalation import Decided, Escalation
from domain.events import Event
from domain.state import PlanState
from domain.touchpoint import Kind

MessageStatus = Literal[
    "intended", "sending", "unknown", "accepted", "refused", "dropped", "sent", "delivered", "undelivered", "failed"
]
"""How far a message is. intended: written down, not handed to a provider; sending: someone is calling the provider;
unknown: nobody can tell whether the provider has it; from `sent` on it is the provider's delivery report."""


class PlanView(Model):
    """A plan as last saved, and when its workflow will look at it again."""

    state: PlanState
    wake_at: AwareDatetime | None
    enrolled_at: AwareDatetime


class TimelineLine(Model):
    """One line of a plan's story. `status` is a message's status, `received` for a reply, else empty.

    `cause` says why a message did not arrive, or not yet, and `remedy` what a person can do about it.
    """

    at: AwareDatetime
    kind: Kind
    direction: Literal["out", "in", "none"]
    channel: Literal["sms", "email", "desk", "none"]
    to: str
    text: str
    because: str = ""
    status: str = ""
    cause: str = ""
    remedy: str = ""


class StoredEvent(Model):
    """The event that was stored first under its id. `new` is true for the one call that stored it."""

    plan_id: str
    event: Event
    new: bool
    outcome: Literal["recorded", "refused"] | None = None
    because: str = ""


class MessageRow(Model):
    """A message that was written down. `message_id` is random and may be shown to providers; the key may not."""

    message_id: str
    message: SendMessage
    status: MessageStatus
    provider_id: str | None
    because: str
    created_at: AwareDatetime
    begun_at: AwareDatetime | None
    settled_at: AwareDatetime | None

    @property
    def message_key(self) -> str:
        """The workflow's unique key."""
        return self.message.message_key

    @property
    def plan_id(self) -> str:
        """The plan that the message belongs to."""
        return self.message.plan_id

    @property
    def text(self) -> str:
        """The text as it was first written down."""
        return self.message.text


class StoredInbound(Model):
    """What somebody wrote to us, as stored first. `new` is true for the one call that stored it."""

    provider_id: str
    channel: Channel
    from_address: str
    text: str
    at: AwareDatetime
    plan_id: str | None
    new: bool


class PhoneMessage(Model):
    """One bubble of the local phone. `direction` is ours: `out` went to the person, `in` came from them."""

    at: AwareDatetime
    direction: Literal["out", "in"]
    text: str
    subject: str | None
    kind: str


class PhoneThread(Model):
    """One person's texts or emails, oldest first. `last_at` is the newest one, or when the address became known."""

    thread_id: str
    name: str
    channel: Channel
    address_hint: str
    role: Literal["client", "staff"]
    last_at: AwareDatetime
    messages: list[PhoneMessage]


class EscalationView(Model):
    """A question to a person and what became of it. While `settled_at` is None its answer may still be taken back."""

    escalation: Escalation
    status: Literal["open", "decided", "withdrawn"]
    decided: Decided | None
    because: str = ""
    settled_at: AwareDatetime | None = None

    @property
    def undo_until(self) -> datetime | None:
        """Until when the answer may be taken back; None where there is none, or it is final."""
        if self.decided is None or self.settled_at is not None or self.escalation.undo_for <= timedelta(0):
            return None
        return self.decided.decided_at + self.escalation.undo_for


class ClaimView(Model):
    """A claim as last saved, and when its workflow will look at it again."""

    state: ClaimState
    wake_at: AwareDatetime | None
    opened_at: AwareDatetime


class StoredClaimEvent(Model):
    """The event that was stored first under its id. `new` is true for the one call that stored it."""

    claim_id: str
    event: ClaimEvent
    new: bool
    outcome: Literal["recorded", "refused"] | None = None
    because: str = ""


class DeskTaskView(Model):
    """A task of the front desk; open while `closed_at` is None."""

    task: AddDeskTask
    closed_by: str | None = None
    closed_at: AwareDatetime | None = None
