"""What the records know about how things run: what waits, what failed, who is at work. Counts and times, no content."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select, text

from domain.client import Channel
from records.message_lookups import reason_of
from records.store import Store
from records.tables import claim_events, claims, events, inbound, leases, messages, plans, senders
from records.vault import readable

NEWEST_FAILURES = 500
"""As many failed messages are looked at for their causes."""
_FAILED = ("refused", "unknown", "undelivered", "failed")


class StoppedSender(NamedTuple):
    """A channel on which nothing goes out. `code` is the provider's, where it gave one."""

    channel: Channel
    code: int | None
    stopped_at: datetime
    try_at: datetime


class Waiting(NamedTuple):
    """How many there are of something that should be none before long, and since when the oldest waits."""

    number: int
    since: datetime | None


class Queue(NamedTuple):
    """What was taken in and not carried out yet."""

    events: Waiting
    claim_events: Waiting
    replies: Waiting
    plans: Waiting
    claims: Waiting
    in_doubt: Waiting


class Failure(NamedTuple):
    """So many messages that ended with this status for this cause; the cause is in the words of pages."""

    status: str
    cause: str
    number: int


class Lease(NamedTuple):
    """Who runs a loop of which there must be one, and until when it is theirs."""

    name: str
    holder: str
    until: datetime


class HealthRecords(Store):
    """Queries about how things run."""

    def sender_stops(self) -> list[StoppedSender]:
        """The senders that a fault of our settings has stopped."""
        with self._reading() as connection:
            rows = connection.execute(select(senders).order_by(senders.c.channel))
            return [StoppedSender(row.channel, row.code, row.stopped_at, row.try_at) for row in rows]

    def queue(self, before: datetime) -> Queue:
        """What was taken in before that time and waits still, but for what nobody can read since an erasure."""
        open_plans = select(plans.c.plan_id).where(readable(plans.c.client_id))
        open_claims = select(claims.c.claim_id).where(readable(claims.c.owner_id))
        waits = {
            "events": (events.c.received_at, and_(events.c.outcome.is_(None), events.c.plan_id.in_(open_plans))),
            "claim_events": (
                claim_events.c.received_at,
                and_(claim_events.c.outcome.is_(None), claim_events.c.claim_id.in_(open_claims)),
            ),
            "replies": (inbound.c.received_at, inbound.c.taken_at.is_(None)),
            "plans": (plans.c.enrolled_at, and_(plans.c.started_at.is_(None), readable(plans.c.client_id))),
            "claims": (claims.c.opened_at, and_(claims.c.started_at.is_(None), readable(claims.c.owner_id))),
            "in_doubt": (messages.c.begun_at, messages.c.status == "sending"),
        }
        with self._reading() as connection:
            counted = {
                name: connection.execute(select(func.count(), func.min(since)).where(open_, since < before)).one()
                for name, (since, open_) in waits.items()
            }
        return Queue(**{name: Waiting(count, since) for name, (count, since) in counted.items()})

    def failures(self, since: datetime) -> list[Failure]:
        """Messages that failed since then by status and cause, the most frequent first; of the newest 500."""
        query = (
            select(messages)
            .where(messages.c.created_at >= since, messages.c.status.in_(_FAILED))
            .order_by(messages.c.number.desc())
            .limit(NEWEST_FAILURES)
        )
        counts: dict[tuple[str, str], int] = {}
        with self._reading() as connection:
            for row, key in self._readable(connection, list(connection.execute(query))):
                kind = (row.status, reason_of(row, key))
                counts[kind] = counts.get(kind, 0) + 1
        found = [Failure(status, cause, count) for (status, cause), count in counts.items()]
        return sorted(found, key=lambda failure: (-failure.number, failure.status, failure.cause))

    def stopped_under_way(self, since: datetime) -> int:
        """How many messages went since then though an opt-out came while the provider was being called."""
        query = select(func.count()).where(
            messages.c.stop_came_at >= since, messages.c.status.not_in(("intended", "dropped", "refused"))
        )
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one())

    def leases(self) -> list[Lease]:
        """The loops that a worker has taken, alive or not."""
        with self._reading() as connection:
            rows = connection.execute(select(leases).order_by(leases.c.name))
            return [Lease(row.name, row.holder, row.until) for row in rows]

    def database_bytes(self) -> int:
        """How large the database is."""
        with self._reading() as connection:
            if connection.dialect.name == "postgresql":
                return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            return int(pages) * int(connection.execute(text("PRAGMA page_size")).scalar_one())

    def dialect(self) -> str:
        """The kind of database: sqlite or postgresql."""
        return self._engine.dialect.name
