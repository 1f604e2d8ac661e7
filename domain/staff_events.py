"""What a person does by hand on a plan that runs by itself: skip, hurry, write, take the conversation."""

from typing import Annotated, Literal

from pydantic import Field

from domain.client import Channel
from domain.happened import Happened

ByWhom = Annotated[str, Field(min_length=1, max_length=80)]
"""The person of the practice who did it, as the story names them."""


class TouchpointSkipped(Happened):
    """A person took something off what is coming up; it is never sent. `touchpoint` is its key on the plan."""

    type: Literal["touchpoint_skipped"] = "touchpoint_skipped"
    touchpoint: str = Field(min_length=1, max_length=300)
    by: ByWhom


class TouchpointHurried(Happened):
    """A person wants a message sent now. Consent, opt-outs, the send window and the caps still hold."""

    type: Literal["touchpoint_hurried"] = "touchpoint_hurried"
    touchpoint: str = Field(min_length=1, max_length=300)
    by: ByWhom


class StaffWrote(Happened):
    """A person's own words to the client, sent at any hour; whoever writes is in the conversation from then on.

    Without `channel` they go by the client's preferred one, and by the other one where that fails.
    """

    type: Literal["staff_wrote"] = "staff_wrote"
    text: str = Field(min_length=1, max_length=480)
    by: ByWhom
    channel: Channel | None = None


class ConsentWithdrawn(Happened):
    """The client told a person that they want no more messages by text, by email or at all.

    It counts at once, for every plan of that person, whatever state the plan is in. `said` is what they said or wrote.
    """

    type: Literal["consent_withdrawn"] = "consent_withdrawn"
    channel: Channel | Literal["all"] = "all"
    how: Literal["spoken", "written", "other"] = "spoken"
    said: str = Field(default="", max_length=300)
    by: ByWhom

    @property
    def channels(self) -> list[Channel]:
        """The channels that it is about."""
        return ["sms", "email"] if self.channel == "all" else [self.channel]


class ConversationTaken(Happened):
    """A person is in the conversation with the client: automatic messages wait until they leave it."""

    type: Literal["conversation_taken"] = "conversation_taken"
    by: ByWhom


class ConversationReleased(Happened):
    """The person has left the conversation; what was put off goes, where it is still of use."""

    type: Literal["conversation_released"] = "conversation_released"
    by: ByWhom
