"""How long the stand-in takes over things."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """All in seconds, short enough for tests; `python -m tests.standins` is slower by default.

    pace: between two steps of a message. late: before late callbacks. slow: before a slow answer. hang: how long a
    hanging request stays open. list_delay: before a new message shows in the list. retry: before the first repeat of
    a failed callback, doubled each time. batch: how long mail events are collected into one post. patience: how long
    SendGrid repeats a post that nobody takes; the vendor itself does so for a day or three. retry_after: what a 429
    asks for.
    """

    pace: float = 0.02
    late: float = 0.3
    slow: float = 0.3
    hang: float = 60.0
    list_delay: float = 0.0
    retry: float = 0.05
    batch: float = 0.0
    patience: float = 60.0
    retry_after: int = 1
