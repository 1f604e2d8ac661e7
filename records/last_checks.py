"""What is checked in the very transaction that begins a send, and what it may find."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, func, or_, select, update

from domain.client import Channel
from records.people import alike
from records.tables import events, messages
from records.views import MessageStatus

Obstacle = Literal["another attempt", "opted out", "client died", "something happened", "cap", "sender stopped"]
"""Why a send doesn't begin. another attempt: somebody else has begun it, or it is settled already."""


@dataclass(frozen=True)
class LastChecks:
    """Each check is left out where its field is None.

    `channel`: opt-outs of the message's address on this channel, and whether its client is said to have died.
    `decided_at`: events that came after the decision to
    send. `capped_until`: given when `care` messages went to this address within `cap_memory`, the time until which
    one more must wait. `sender`: whether this channel's sender was stopped by a fault of our own settings. `clock`:
    tells the time once the transaction has its turn; it may have waited for a minute, and the send begins only then.
    """

    channel: Channel | None = None
    decided_at: datetime | None = None
    capped_until: Callable[[list[datetime]], datetime | None] | None = None
    cap_memory: timedelta = timedelta(0)
    sender: Channel | None = None
    clock: Callable[[], datetime] | None = None


HOLD_UP_FOR_AT_MOST = timedelta(minutes=2)
BEING_HANDED_OVER = timedelta(seconds=10)
_MAY_HAVE_ARRIVED: tuple[MessageStatus, ...] = ("sending", "unknown", "accepted", "sent", "delivered")

NOTHING_TO_CHECK = LastChecks()


@dataclass(frozen=True)
class Begun:
    """Whether the send has begun (no obstacle), and when. `probe`: it tries whether a stopped sender works again."""

    obstacle: Obstacle | None = None
    until: datetime | None = None
    probe: bool = False
    at: datetime | None = field(default=None, compare=False)


def care_sent(connection: Connection, owner_id: str, address_hmac: str | None, since: datetime) -> list[datetime]:
    """When `care` messages went to this recipient or address, the oldest first; those in doubt count too."""
    query = (
        select(messages.c.begun_at)
        .where(
            or_(messages.c.owner_id.in_(alike(owner_id)), messages.c.address_hmac == address_hmac),
            messages.c.audience == "client",
            messages.c.category == "care",
            messages.c.status.in_(_MAY_HAVE_ARRIVED),
            messages.c.begun_at >= since,
        )
        .order_by(messages.c.begun_at)
    )
    return list(connection.execute(query).scalars())


def something_waits(connection: Connection, plan_id: str, decided_at: datetime, now: datetime) -> bool:
    """Whether an event is stored that the decision can't have seen: a newer one, or one that is stuck on its way.

    One that came just before may have been seen already while its mark in the records is still being written. One
    that has been stuck for minutes no longer holds anything up.
    """
    came = events.c.received_at
    query = select(events.c.plan_id).where(
        events.c.plan_id == plan_id,
        events.c.outcome.is_(None),
        came >= now - HOLD_UP_FOR_AT_MOST,
        (came > decided_at) | (came < decided_at - BEING_HANDED_OVER),
    )
    return connection.execute(query.limit(1)).first() is not None


def last_taken(connection: Connection, plan_id: str, decided_at: datetime) -> datetime | None:
    """When the last event came that the plan took since the decision: marked already, but unknown to the message."""
    query = select(func.max(events.c.received_at)).where(
        events.c.plan_id == plan_id, events.c.outcome == "recorded", events.c.received_at > decided_at
    )
    return connection.execute(query).scalar()


def came_now(connection: Connection, plan_id: str, at: datetime) -> None:
    """Events that are stored with a time later than `at` came at `at`: the clock that stamped them was ahead.

    Else every decision would seem older than them, and nothing would go out until that time. `at` is by the clock of
    the decisions.
    """
    connection.execute(
        update(events).where(events.c.plan_id == plan_id, events.c.received_at > at).values(received_at=at)
    )
