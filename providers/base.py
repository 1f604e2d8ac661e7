"""What every provider of messages promises: send once, and say honestly what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from domain.client import Channel, Language
from domain.outgoing import BUSY, OPTED_OUT, UNREACHABLE

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
    "opted_out": OPTED_OUT,
    "content": "the provider will not carry this text",
    "refused": "the provider refused it",
    "unreachable": UNREACHABLE,
    "too_late": "it was not delivered in time",
    "our_settings": "the provider refuses our settings",
    "busy": BUSY,
    "not_connected": "the provider could not be reached",
    "no_answer": "nobody can tell whether it went",
}
"""Each cause in plain words, for timelines and desk tasks."""

_LATER: frozenset[Cause] = frozenset(("our_settings", "busy", "not_connected"))


class Withheld(Exception):
    """The last look before a message leaves says no: nothing of it has left. `because` is a few words of ours."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


def _may_go() -> None:
    """Nobody looks."""


@dataclass(frozen=True)
class Outgoing:
    """One message on its way out. `message_id` is our opaque id; after `valid_for` it is better not delivered.

    For email only: `link` is a page of ours where the message can be read, `reply_to` an address that names the
    conversation, `calendar` an iCalendar text about the visit. A provider that may not carry the text sends the link.
    A `harmless` text is about nobody's health, so that any provider may carry it: a link to log in. `last_look` is
    called once, right before the first byte leaves; it raises Withheld where the message may not go any more.
    """

    message_id: str
    channel: Channel
    address: str
    text: str
    subject: str | None
    valid_for: timedelta
    at: datetime
    language: Language = "en"
    link: str | None = None
    reply_to: str | None = None
    calendar: str | None = None
    harmless: bool = False
    last_look: Callable[[], None] = field(default=_may_go, compare=False, repr=False)


@dataclass(frozen=True)
class Accepted:
    """The provider has the message, under its own id. Not yet delivered."""

    provider_id: str


class DeliveryError(Exception):
    """A message did not go, or nobody knows. Its text holds no address and no message text.

    permanent: this message is refused for good. unknown: it may have gone, so it must not be sent again.
    Neither: it certainly did not go, and may be tried later. `code` is the vendor's own number, `retry_after` how long
    the vendor wants to be left alone.
    """

    def __init__(
        self, *, permanent: bool, unknown: bool, code: int | None, cause: Cause, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(f"{BECAUSE[cause]} (code {code})" if code is not None else BECAUSE[cause])
        self.permanent = permanent
        self.unknown = unknown
        self.code = code
        self.cause: Cause = cause
        self.retry_after = retry_after

    @classmethod
    def of(cls, cause: Cause, code: int | None = None, retry_after: timedelta | None = None) -> "DeliveryError":
        """The error whose two flags follow from its cause."""
        unknown = cause == "no_answer"
        permanent = not unknown and cause not in _LATER
        return cls(permanent=permanent, unknown=unknown, code=code, cause=cause, retry_after=retry_after)


class Provider(Protocol):
    """A way to reach people on one channel."""

    @property
    def channel(self) -> Channel:
        """The channel that this provider serves."""
        ...

    def send(self, outgoing: Outgoing) -> Accepted:
        """Hand the message over, once, without retries, after its `last_look`. Raises DeliveryError, or Withheld."""
        ...


@dataclass(frozen=True)
class Evidence:
    """What a provider can say later about a message whose answer never reached us.

    accepted: it has the message, as `provider_id`. absent: it answered in full and doesn't have it, which proves
    something only some minutes after the call. unclear: nobody can tell (no answer, or one that fits two messages).
    """

    verdict: Literal["accepted", "absent", "unclear"]
    provider_id: str = ""


@runtime_checkable
class GivesEvidence(Protocol):
    """A provider that can be asked later whether it took a message. One that can't only reports by webhook."""

    def find(self, outgoing: Outgoing, since: datetime, taken: Callable[[str], bool]) -> Evidence:
        """What became of our message. Never raises.

        `outgoing` is the message as it was sent, `since` the time at which the call began; `taken` says of a
        provider's id whether it belongs to another message of ours already.
        """
        ...


OptOutType = Literal["STOP", "HELP", "START"]


@dataclass(frozen=True)
class Inbound:
    """One text from somebody. `opt_out_type` is what the vendor itself has already acted on, if anything.

    `at` is when the vendor received it, where it says so.
    """

    provider_id: str
    from_address: str
    text: str
    opt_out_type: OptOutType | None
    at: datetime | None = field(default=None, compare=False)


@runtime_checkable
class KeepsInbound(Protocol):
    """A provider that keeps a list of what it received for us, so that a webhook that got lost can be made up for."""

    def received_since(self, since: datetime) -> list[Inbound]:
        """What came in since then, the oldest first. Raises DeliveryError where it can't be read."""
        ...
