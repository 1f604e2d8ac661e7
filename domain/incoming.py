"""A text or mail from somebody, who may have written it, and what is to be done about it. Data only."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from pydantic import AwareDatetime, Field

from domain.actions import AddDeskTask
from domain.client import Channel, Model
from domain.emergency import Emergency
from domain.escalation import Escalation
from domain.events import CalendarAnswer, CarrierWord, Choice, Event
from domain.state import PlanState


class Incoming(Model):
    """What came in, under the provider's id.

    `plan_id` is the plan that the conversation's token names. `trusted` is False for a mail whose sender may be
    somebody else. `carrier_said` is what the carrier took the text for, `carrier_answered` that it has answered it.
    `calendar`: it is a calendar's answer to an invitation. `automatic`: its headers say that a machine wrote it.
    """

    provider_id: str
    channel: Channel
    from_address: str
    text: str
    at: AwareDatetime
    plan_id: str | None = None
    trusted: bool = True
    carrier_answered: bool = False
    carrier_said: CarrierWord | None = None
    calendar: CalendarAnswer | None = None
    automatic: bool = False

    @property
    def opaque_id(self) -> str:
        """An id that says nothing: the provider's own id of a mail holds a host and often a name."""
        return hashlib.sha256(self.provider_id.encode()).hexdigest()[:32]


class WhichOne(Model):
    """A question back: for which of these plans is this reply? It is answered by a number or a first name."""

    reply: Incoming
    plan_ids: list[str]
    labels: list[str]


class Settles(Model):
    """What becomes of a question back: whose reply it was about, by the provider's id, and how it ended."""

    provider_id: str
    how: Literal["answered", "given_up"]


@dataclass(frozen=True)
class OpenPlan:
    """A plan of a client who may have written. `client_id` is the opaque id of the recipient."""

    client_id: str
    state: PlanState

    @property
    def plan_id(self) -> str:
        """The plan's id."""
        return self.state.plan_id


@dataclass(frozen=True)
class Sender:
    """Who may have written.

    `plans`: the open plans of this number or address, the one last written to first. `ended`: those that ended, where
    none is open. `named`: the open plan that the conversation's token names, and `also` the other open plans of that
    client's own address. `sent`: what we sent to this address lately and these words quote. `question` is the last
    question back within a day; `waits` that it has no answer yet. `staff`: the name of whoever of the practice is
    written to at this address.
    """

    plans: list[OpenPlan]
    ended: list[OpenPlan] = field(default_factory=list[OpenPlan])
    named: OpenPlan | None = None
    also: list[OpenPlan] = field(default_factory=list[OpenPlan])
    suppressed: bool = False
    sent: list[str] = field(default_factory=list[str])
    question: WhichOne | None = None
    waits: bool = False
    staff: str = ""

    def everyone(self) -> list[OpenPlan]:
        """Every open plan that an opt-out is about, the likeliest one first."""
        named = [self.named] if self.named else []
        return list({plan.plan_id: plan for plan in (*named, *self.plans, *self.also)}.values())


class StaffAnswer(Model):
    """What a number from somebody of the staff does: `choice` answers the question, or `word` says why it can't.

    `to` and `name` say in which part they were told of it, and who they are.
    """

    escalation_id: str
    plan_id: str
    to: Literal["therapist", "backup"]
    name: str
    choice: Choice | None = None
    word: str = ""


class Taking(Model):
    """What is to be done about a text, all of it together.

    `plan_id`: whose conversation it belongs to. `suppress`: addresses that get nothing from now on; `lift`: this one
    gets messages again. `closes`: the person's other numbers and addresses, which get nothing either. `opted_out` and
    `back`: clients who want no messages any more, whatever address they give, and who want them again. `died`:
    clients of whom somebody says that they have died: they get nothing automatic any more, wherever. `asks`: a
    question back that waits from now on; `settles`: what becomes of the one that waited. `page`: a question to a
    person that no plan's workflow can ask, because the plan has ended. `emergencies`: what can't wait for any plan's
    workflow; the message is taken once that was carried out. `answers`: what somebody of the staff answers to a
    question; the message is taken once that was carried out.
    """

    plan_id: str | None = None
    events: list[tuple[str, Event]] = Field(default=[])
    tasks: list[AddDeskTask] = Field(default=[])
    suppress: list[str] = Field(default=[])
    closes: list[tuple[Channel, str]] = Field(default=[])
    opted_out: list[str] = Field(default=[])
    lift: bool = False
    back: list[str] = Field(default=[])
    died: list[str] = Field(default=[])
    asks: WhichOne | None = None
    settles: Settles | None = None
    page: Escalation | None = None
    emergencies: list[Emergency] = Field(default=[])
    answers: StaffAnswer | None = None
