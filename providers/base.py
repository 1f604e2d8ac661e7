"""What every provider of messages promises: send once, and say honestly what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from domain.client import Channel, Language

Cause = Literal[
    "bad_address",
    "opted_out",
    "content",
    "refused",
    "unreachable",
    "too_late",
    "our_settings",
    "busy",
    "not_connected",
    "no_answer",
]
"""Why a message did not go, in the few words that we act on. Everything a vendor says is turned into one of them."""

BECAUSE: dict[Cause, str] = {
    "bad_address": "the number or address does not work",
    "opted_out": "opted out",
    "content": "the provider will not carry this text",
    "refused": "the provider refused it",
    "unreachable": "could not be reached",
    "too_late": "it was not delivered in time",
    "our_settings": "the provider refuses our settings",
    "busy": "the provider is busy",
    "not_connected": "the provider could not be reached",
    "no_answer": "nobody can tell whether it went",
}
"""Each cause in plain words, for timelines and desk tasks."""

_LATER: frozenset[Cause] = frozenset(("our_settings", "busy", "not_connected"))


@dataclass(frozen=True)
class Outgoing:
    """One message on its way out. `message_id` is our opaque id; after `valid_for` it is better not delivered."""

    message_id: str
    channel: Channel
    address: str
    text: str
    subject: str | None
    valid_for: timedelta
    at: datetime
    language: Language = "en"


@dataclass(frozen=True)
class Accepted:
    """The provider has the message, under its own id. Not yet delivered."""

    provider_id: str


class DeliveryError(Exception):
    """A message did not go, or nobody knows. Its text holds no address and no message text.

    permanent: this message is refused for good. unknown: it may have gone, so it must not be sent again.
    Neither: it certainly did not go, and may be tried later. `code` is the vendor's own number.
    """

    def __init__(self, *, permanent: bool, unknown: bool, code: int | None, cause: Cause) -> None:
        super().__init__(f"{BECAUSE[cause]} (code {code})" if code is not None else BECAUSE[cause])
        self.permanent = permanent
        self.unknown = unknown
        self.code = code
        self.cause: Cause = cause

    @classmethod
    def of(cls, cause: Cause, code: int | None = None) -> "DeliveryError":
        """The error whose two flags follow from its cause."""
        unknown = cause == "no_answer"
        return cls(permanent=not unknown and cause not in _LATER, unknown=unknown, code=code, cause=cause)


class Provider(Protocol):
    """A way to reach people on one channel."""

    @property
    def channel(self) -> Channel:
        """The channel that this provider serves."""
        ...

    def send(self, outgoing: Outgoing) -> Accepted:
        """Hand the message over, once, without retries. Raises DeliveryError and nothing else."""
        ...


@runtime_checkable
class GivesEvidence(Protocol):
    """A provider that can say later whether it took a message."""

    def find(self, message_id: str) -> Accepted | None:
        """What became of our message; None where there is no evidence either way."""
        ...
