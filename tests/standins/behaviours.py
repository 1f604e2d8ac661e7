"""What the stand-in does with a request, how it calls back, and what becomes of a message: scripted or drawn."""

import random
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

Door = Literal["texts", "mails", "lookups"]
"""Which requests a behaviour is for: creating a text, sending a mail, or any that only asks (list, account, scopes)."""

Behaviour = Literal[
    "ok",
    "accept_then_drop",
    "drop",
    "accept_then_500",
    "error_500",
    "accept_then_hang",
    "accept_late",
    "hang",
    "throttled",
    "opted_out",
    "unauthorized",
    "slow",
]
"""One request's fate. Only ok, slow and accept_… take the message; `drop` reads the request and hangs up.

slow: has the message at once and says so late, so that callbacks may come before the answer.
accept_late: hangs, and has the message only a while later, perhaps after the caller has given up and looked for it.
opted_out: 21610 for a text; a mail is taken with 202 and dropped later, for SendGrid knows no other way.
"""

TAKES: frozenset[Behaviour] = frozenset(
    ("ok", "slow", "accept_then_drop", "accept_then_500", "accept_then_hang", "accept_late")
)
"""The behaviours under which a valid text or mail is accepted."""

Habit = Literal["on_time", "late", "twice", "out_of_order", "never"]
"""How one message's callbacks come."""

OutcomeName = Literal["delivered", "undelivered", "failed", "bounce", "dropped", "spamreport", "unsubscribe"]


class Outcome(NamedTuple):
    """What becomes of a message, and the vendor's error code of a text that didn't arrive.

    For a mail, undelivered means bounce and failed means dropped; for a text, the four mail words mean what is nearest.
    """

    name: OutcomeName = "delivered"
    code: int | None = None


class Director(Protocol):
    """Decides by request and by reader, where a test needs more than a queue. None leaves it to the scripts."""

    def behaviour(self, door: Door, to: str, mark: str) -> Behaviour | None:
        """`to`: the reader, or whom a list is asked about. `mark`: the callback URL of a text, our id of a mail."""
        ...

    def habit(self, to: str) -> Habit | None:
        """How the callbacks of a message to this reader come."""
        ...


T = TypeVar("T")


class Script(Generic[T]):
    """What comes next: first a queue, then what a seeded mix draws, or else always the same."""

    def __init__(self, default: T) -> None:
        self._default = default
        self._queue: deque[T] = deque()
        self._mix: tuple[list[T], list[float]] | None = None
        self._random = random.Random(0)  # noqa: S311  drawn so that a seed repeats it
        self._lock = threading.Lock()

    def then(self, items: Iterable[T]) -> None:
        """Add to the queue."""
        with self._lock:
            self._queue.extend(items)

    def always(self, item: T) -> None:
        """From now on this, once the queue is empty."""
        with self._lock:
            self._default, self._mix = item, None

    def mixed(self, weights: Mapping[T, float], seed: int) -> None:
        """From now on drawn by weight, once the queue is empty. The same seed gives the same order of draws."""
        with self._lock:
            self._mix = list(weights.keys()), list(weights.values())
            self._random = random.Random(seed)  # noqa: S311

    def next(self) -> T:
        """The next item, taken off the queue."""
        with self._lock:
            if self._queue:
                return self._queue.popleft()
            if self._mix:
                return self._random.choices(*self._mix)[0]
            return self._default

    def waiting(self) -> int:
        """How many are left in the queue."""
        with self._lock:
            return len(self._queue)
