"""A touchpoint: one thing that a plan owes somebody, with when, until when, to whom and why."""

from datetime import timedelta
from typing import Literal

from pydantic import AwareDatetime, Field

from domain.client import Channel, Model

Kind = Literal[
    "welcome",
    "reminder",
    "screening",
    "feedback",
    "check_in",
    "homework",
    "measure_request",
    "benchmark",
    "rebook",
    "no_show",
    "progress",
    "escalation",
    "decision",
    "coverage",
    "claim_nudge",
    "denial",
    "deadline_alert",
    "appeal",
    "payment",
    "plan_change",
    "maintenance",
    "new_goal",
    "discharge",
    "review_request",
    "reply",
    "event",
    "dropped",
    "notice",
]
"""What a line of the story is about; the same words in the timeline, the messages table and the JSON."""

Audience = Literal["client", "therapist", "front_desk", "biller", "owner"]
QuestionKind = Literal[
    "confirm_appointment", "feedback_1_5", "pain_0_10", "benchmark_yes_no", "rebook", "screening_yes_no"
]
Category = Literal["visit", "answer", "care"]
"""visit: about a booked visit; answer: to something the client wrote; care: all else, the only one that caps count."""

Fact = str | int | float | AwareDatetime | timedelta | list[tuple[str, str | int | float | timedelta]]
"""A template variable's value. The list form is (lever or homework, value) pairs that wording turns into words."""


STAFF_MESSAGE = "staff_message"
"""The template of a person's own words."""


class Touchpoint(Model):
    """One thing owed. `key` is unique within the plan and says what it is about, version of the visit included.

    `any_hour` ignores the send window. `safety` marks the fixed answer to an emergency: it goes at any hour, even to a
    client who opted out, because it answers the client's own text and a life may depend on it. `about_opt_out` marks
    the one confirmation of an opt-out. `derived`: the agenda derives it from the state, so it needn't be kept.
    `not_by` are channels that it doesn't go by.
    """

    key: str
    kind: Kind
    audience: Audience
    template: str
    facts: dict[str, Fact] = Field(default={})
    due_at: AwareDatetime
    expires_at: AwareDatetime
    because: str
    category: Category = "care"
    question: QuestionKind | None = None
    goal_id: str | None = None
    appointment_id: str | None = None
    session: int | None = None
    any_hour: bool = False
    safety: bool = False
    about_opt_out: bool = False
    derived: bool = True
    not_by: list[Channel] = Field(default=[])

    @property
    def by_a_person(self) -> bool:
        """Whether somebody wrote it themselves: nothing automatic about the plan holds it up."""
        return self.template == STAFF_MESSAGE
