"""What is checked in the very transaction that begins a send, and what it may find."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from domain.client import Channel

Obstacle = Literal["another attempt", "opted out", "something happened", "cap", "sender stopped"]
"""Why a send doesn't begin. another attempt: somebody else has begun it, or it is settled already."""


@dataclass(frozen=True)
class LastChecks:
    """Each check is left out where its field is None.

    `channel`: opt-outs of the message's address on this channel. `decided_at`: events that came after the decision to
    send. `capped_until`: given when `care` messages went to this address within `cap_memory`, the time until which
    one more must wait. `sender`: whether this channel's sender was stopped by a fault of our own settings.
    """

    channel: Channel | None = None
    decided_at: datetime | None = None
    capped_until: Callable[[list[datetime]], datetime | None] | None = None
    cap_memory: timedelta = timedelta(0)
    sender: Channel | None = None


NOTHING_TO_CHECK = LastChecks()


@dataclass(frozen=True)
class Begun:
    """Whether the send has begun (no obstacle). `probe`: it is the one that tries whether a stopped sender works."""

    obstacle: Obstacle | None = None
    until: datetime | None = None
    probe: bool = False
