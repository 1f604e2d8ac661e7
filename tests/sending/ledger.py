"""What happened in a lived week, in the order in which it was committed: what was known, and what went out."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.actions import SendMessage
from domain.client import Channel
from domain.events import Event
from providers.base import Outgoing


@dataclass
class Stored:
    """An event that the records hold; `judged` is the place in the order at which its plan judged it."""

    order: int
    at: datetime
    plan_id: str
    event: Event
    judged: int | None = None
    refused: bool = False


@dataclass
class Word:
    """A person told us, or their carrier, to stop or to start again."""

    order: int
    channel: Channel
    address: str
    word: str
    carrier_answered: bool = False


@dataclass
class Call:
    """One call of a provider. `at` is the time of the attempt; `taken` the truth, `answer` what we were told."""

    order: int
    at: datetime
    message: SendMessage
    outgoing: Outgoing
    answer: str
    taken: bool
    failed: int | None = None
    """When, in the order, the provider reported that it gave the message up."""


@dataclass
class Ledger:
    """Everything of one week, numbered in one order."""

    stored: list[Stored] = field(default_factory=list[Stored])
    words: list[Word] = field(default_factory=list[Word])
    calls: list[Call] = field(default_factory=list[Call])
    asked: dict[str, SendMessage] = field(default_factory=dict[str, SendMessage])
    last_order: int = 0

    def next_order(self) -> int:
        """The next place in the order."""
        self.last_order += 1
        return self.last_order
