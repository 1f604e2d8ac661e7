"""The tables, as the newest migration leaves them.

Columns named `sealed…` are encrypted under a client's key, columns named `…_hmac` are keyed look-ups of something that
is itself sealed. Everything else is an opaque id, a time, a number or one of a few fixed words.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored as UTC and returned aware. A naive one is a bug and raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite has no zones and gets the bare UTC time."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a time without a zone can't be stored")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Aware again, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

_Number = BigInteger().with_variant(Integer, "sqlite")
"""Counts rows in the order of insertion; SQLite numbers only an INTEGER key by itself."""


def _time(name: str, *, needed: bool = False) -> Column[datetime]:
    return Column(name, UtcDateTime, nullable=not needed)


def _sealed(name: str, *, needed: bool = True) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=not needed)


def _hmac(name: str, **options: Any) -> Column[str]:
    return Column(name, String(64), **options)


def _id(name: str, *, needed: bool = True, **options: Any) -> Column[str]:
    return Column(name, String(200), nullable=not needed, **options)


def _word(name: str, *, needed: bool = True) -> Column[str]:
    return Column(name, String(40), nullable=not needed)


def _judgement() -> list[Column[Any]]:
    """What is kept of the last judgement, so that it can be carried out again where Temporal has lost it.

    `judged` names it, `run_id` and `history_length` say how far Temporal was when it was made. `finished_at`: since
    when no workflow is needed any more.
    """
    return [
        Column("judged", String(40), nullable=True),
        _sealed("sealed_judgement", needed=False),
        _time("judged_at"),
        _id("run_id", needed=False),
        Column("history_length", Integer, nullable=True),
        _time("finished_at"),
    ]


secrets = Table("secrets", metadata, _id("name", primary_key=True), Column("wrapped", LargeBinary, nullable=False))

client_keys = Table(
    "client_keys",
    metadata,
    _id("owner_id", primary_key=True),
    Column("wrapped", LargeBinary, nullable=True),
    _time("created_at", needed=True),
    _time("destroyed_at"),
    _time("cleared_at"),
    Index("ix_client_keys_destroyed_at", "destroyed_at", "cleared_at"),
)

clients = Table(
    "clients",
    metadata,
    _id("client_id", primary_key=True),
    _hmac("name_hmac", nullable=False, index=True),
    _time("created_at", needed=True),
    _id("person_id", index=True),
    _id("recipient_id", index=True),
    _hmac("id_hmac", nullable=True, index=True),
)

addresses = Table(
    "addresses",
    metadata,
    _id("thread_id", primary_key=True),
    _id("owner_id"),
    _word("role"),
    _word("channel"),
    _hmac("address_hmac", nullable=False, index=True),
    _sealed("sealed"),
    _time("created_at", needed=True),
    UniqueConstraint("owner_id", "role", "channel", "address_hmac", name="uq_addresses_owner_address"),
)

plans = Table(
    "plans",
    metadata,
    _id("plan_id", primary_key=True),
    _id("client_id", index=True),
    _word("status"),
    Column("revision", Integer, nullable=False),
    _sealed("sealed"),
    _time("wake_at"),
    _time("enrolled_at", needed=True),
    _time("started_at"),
    _time("failing_since"),
    *_judgement(),
    Index("ix_plans_judged_at", "judged_at"),
    Index("ix_plans_wake_at", "finished_at", "wake_at"),
    Index("ix_plans_enrolled_at", "enrolled_at", "plan_id"),
    Index("ix_plans_status", "status", "enrolled_at", "plan_id"),
)

plan_requests = Table(
    "plan_requests",
    metadata,
    _hmac("key_hmac", primary_key=True),
    _hmac("body_hmac", nullable=False),
    _id("plan_id"),
    _sealed("sealed_answer", needed=False),
    _time("at", needed=True),
)

journal = Table(
    "journal",
    metadata,
    _id("plan_id", primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _sealed("sealed"),
)

events = Table(
    "events",
    metadata,
    _id("plan_id", primary_key=True),
    _hmac("event_hmac", primary_key=True),
    _sealed("sealed"),
    _time("received_at", needed=True),
    _word("outcome", needed=False),
    _sealed("sealed_because", needed=False),
    _time("settled_at"),
    Column("heard_revision", Integer, nullable=True),
    Index("ix_events_outcome", "outcome", "received_at"),
    Index("ix_events_heard", "heard_revision", "outcome"),
)

messages = Table(
    "messages",
    metadata,
    Column("number", _Number, primary_key=True),
    _id("message_id", unique=True),
    _hmac("message_key_hmac", nullable=False, unique=True),
    _id("plan_id", index=True),
    _id("owner_id"),
    _id("thread_id", needed=False, index=True),
    _hmac("address_hmac", nullable=True),
    _word("category"),
    _word("audience"),
    _word("status"),
    _id("provider_id", needed=False, index=True),
    _sealed("sealed"),
    _sealed("sealed_because", needed=False),
    _time("created_at", needed=True),
    _time("begun_at"),
    _time("settled_at"),
    _time("delivery_at"),
    _time("stop_came_at"),
    Index("ix_messages_address", "address_hmac", "begun_at"),
    Index("ix_messages_created_at", "created_at"),
    Index("ix_messages_status", "status", "begun_at"),
)

inbound = Table(
    "inbound",
    metadata,
    Column("number", _Number, primary_key=True),
    _hmac("provider_hmac", nullable=False, unique=True),
    _id("plan_id", needed=False, index=True),
    _id("owner_id"),
    _word("channel"),
    _hmac("address_hmac", nullable=False, index=True),
    _sealed("sealed"),
    _time("received_at", needed=True),
    _time("taken_at"),
    _sealed("sealed_route", needed=False),
    _word("asked", needed=False),
    _time("asked_until"),
    Index("ix_inbound_taken", "taken_at", "received_at"),
    Index("ix_inbound_asked", "asked", "asked_until"),
)

raw_mails = Table(
    "raw_mails",
    metadata,
    _id("mail_id", primary_key=True),
    _id("plan_id", needed=False),
    _id("owner_id"),
    _sealed("sealed"),
    _time("received_at", needed=True),
    Column("tries", SmallInteger, nullable=False),
    _time("begun_at"),
    _time("read_at"),
    Index("ix_raw_mails_read_at", "read_at", "received_at"),
)

raw_mail_parts = Table(
    "raw_mail_parts",
    metadata,
    _id("mail_id", primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    _id("owner_id"),
    _sealed("sealed"),
    _time("stored_at", needed=True),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("number", _Number, primary_key=True),
    _word("channel"),
    _hmac("address_hmac", nullable=False),
    Column("lifted", Boolean, nullable=False),
    _time("at", needed=True),
    _sealed("sealed"),
    UniqueConstraint("channel", "address_hmac", "at", "lifted", name="uq_suppressions_word"),
)

escalations = Table(
    "escalations",
    metadata,
    _id("escalation_id", primary_key=True),
    _id("plan_id", index=True),
    _id("owner_id"),
    _word("status"),
    _sealed("sealed"),
    _sealed("sealed_end", needed=False),
    _time("opened_at", needed=True),
    _time("added_at", needed=True),
    _time("settled_at"),
    Column("rank", SmallInteger, nullable=True),
    _hmac("asked_hmac", nullable=True),
    Index("ix_escalations_status", "status", "opened_at"),
    Index("ix_escalations_inbox", "status", "rank", "asked_hmac", "opened_at", "escalation_id"),
)

desk_tasks = Table(
    "desk_tasks",
    metadata,
    _hmac("key_hmac", primary_key=True),
    _id("plan_id", index=True),
    _id("owner_id"),
    _sealed("sealed"),
    _sealed("sealed_closed_by", needed=False),
    _time("opened_at", needed=True),
    _time("closed_at"),
    Column("rank", SmallInteger, nullable=True),
    Index("ix_desk_tasks_closed", "closed_at", "opened_at"),
    Index("ix_desk_tasks_inbox", "closed_at", "rank", "opened_at", "key_hmac"),
)

senders = Table(
    "senders",
    metadata,
    _word("channel"),
    Column("code", Integer, nullable=True),
    _time("stopped_at", needed=True),
    _time("try_at", needed=True),
    PrimaryKeyConstraint("channel"),
)

conversations = Table(
    "conversations",
    metadata,
    _id("plan_id", primary_key=True),
    _id("owner_id"),
    _hmac("token_hmac", nullable=False, unique=True),
    _sealed("sealed"),
    _time("created_at", needed=True),
)

claims = Table(
    "claims",
    metadata,
    _id("claim_id", primary_key=True),
    _id("plan_id", index=True),
    _id("owner_id"),
    _word("status"),
    Column("revision", Integer, nullable=False),
    _sealed("sealed"),
    _time("wake_at"),
    _time("opened_at", needed=True),
    _time("started_at"),
    Column("presses_on", Date, nullable=False),
    _time("failing_since"),
    *_judgement(),
    Index("ix_claims_judged_at", "judged_at"),
    Index("ix_claims_wake_at", "finished_at", "wake_at"),
    Index("ix_claims_presses_on", "presses_on", "claim_id"),
    Index("ix_claims_opened_at", "opened_at"),
    Index("ix_claims_status", "status", "opened_at"),
)

claim_numbers = Table(
    "claim_numbers",
    metadata,
    _hmac("number_hmac", primary_key=True),
    _id("claim_id", primary_key=True),
)

claim_journal = Table(
    "claim_journal",
    metadata,
    _id("claim_id", primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _id("plan_id", index=True),
    _sealed("sealed"),
)

claim_events = Table(
    "claim_events",
    metadata,
    Column("number", _Number, primary_key=True),
    _id("claim_id"),
    _hmac("event_hmac", nullable=False),
    _sealed("sealed"),
    _time("received_at", needed=True),
    _word("outcome", needed=False),
    _sealed("sealed_because", needed=False),
    _time("settled_at"),
    Column("heard_revision", Integer, nullable=True),
    UniqueConstraint("claim_id", "event_hmac", name="uq_claim_events_event"),
    Index("ix_claim_events_outcome", "outcome", "number"),
    Index("ix_claim_events_heard", "heard_revision", "outcome"),
)

remittances = Table(
    "remittances",
    metadata,
    _hmac("key_hmac", primary_key=True),
    _time("imported_at", needed=True),
)

leases = Table(
    "leases",
    metadata,
    _id("name", primary_key=True),
    _id("holder"),
    _time("until", needed=True),
)

engines = Table(
    "engines",
    metadata,
    _id("name", primary_key=True),
    _id("identity", needed=False),
    _time("accepted_at"),
    _time("working_since"),
    _time("compared_at"),
)

disagreements = Table(
    "disagreements",
    metadata,
    Column("kind", String(40), primary_key=True),
    _id("subject", primary_key=True),
    _time("first_at", needed=True),
    _time("last_at", needed=True),
)

polls = Table(
    "polls",
    metadata,
    _id("name", primary_key=True),
    _time("polled_at"),
    _time("failed_at"),
)

staff = Table(
    "staff",
    metadata,
    _id("staff_id", primary_key=True),
    _hmac("email_hmac", nullable=True, unique=True),
    _word("role"),
    _sealed("sealed"),
    _sealed("sealed_password", needed=False),
    _time("created_at", needed=True),
    _time("disabled_at"),
)

sessions = Table(
    "sessions",
    metadata,
    _hmac("token_hash", primary_key=True),
    _id("staff_id", index=True),
    _word("way"),
    _id("let_in_by", needed=False),
    _time("created_at", needed=True),
    _time("seen_at", needed=True),
    _time("expires_at", needed=True),
    _time("ended_at"),
)

login_links = Table(
    "login_links",
    metadata,
    _hmac("token_hash", primary_key=True),
    _id("staff_id", index=True),
    _id("made_by", needed=False),
    _time("created_at", needed=True),
    _time("expires_at", needed=True),
    _time("used_at"),
)

login_tries = Table(
    "login_tries",
    metadata,
    Column("number", _Number, primary_key=True),
    _hmac("key_hmac", nullable=False),
    _time("at", needed=True),
    Index("ix_login_tries_key", "key_hmac", "at"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", _Number, primary_key=True, autoincrement=False),
    _time("at", needed=True),
    _id("staff_id"),
    _word("what"),
    _id("subject"),
    _hmac("chain", nullable=False),
    _id("let_in_by", needed=False),
)
