"""The first schema: every private text in a sealed column, every look-up keyed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "addresses",
        sa.Column("thread_id", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address_hmac", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("thread_id"),
        sa.UniqueConstraint("owner_id", "role", "channel", "address_hmac", name="uq_addresses_owner_address"),
    )
    op.create_index(op.f("ix_addresses_address_hmac"), "addresses", ["address_hmac"], unique=False)
    op.create_table(
        "client_keys",
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("owner_id"),
    )
    op.create_table(
        "clients",
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("name_hmac", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id"),
    )
    op.create_index(op.f("ix_clients_name_hmac"), "clients", ["name_hmac"], unique=False)
    op.create_table(
        "desk_tasks",
        sa.Column("key_hmac", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_closed_by", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key_hmac"),
    )
    op.create_index("ix_desk_tasks_closed", "desk_tasks", ["closed_at", "opened_at"], unique=False)
    op.create_index(op.f("ix_desk_tasks_plan_id"), "desk_tasks", ["plan_id"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("escalation_id", sa.String(length=200), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_end", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("escalation_id"),
    )
    op.create_index(op.f("ix_escalations_plan_id"), "escalations", ["plan_id"], unique=False)
    op.create_index("ix_escalations_status", "escalations", ["status", "opened_at"], unique=False)
    op.create_table(
        "events",
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("event_hmac", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("sealed_because", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("plan_id", "event_hmac"),
    )
    op.create_index("ix_events_outcome", "events", ["outcome", "received_at"], unique=False)
    op.create_table(
        "inbound",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("provider_hmac", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=True),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address_hmac", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("provider_hmac"),
    )
    op.create_index(op.f("ix_inbound_address_hmac"), "inbound", ["address_hmac"], unique=False)
    op.create_index(op.f("ix_inbound_plan_id"), "inbound", ["plan_id"], unique=False)
    op.create_table(
        "journal",
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "seq"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "messages",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("message_key_hmac", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("thread_id", sa.String(length=200), nullable=True),
        sa.Column("address_hmac", sa.String(length=64), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("provider_id", sa.String(length=200), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_because", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivery_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("message_id"),
        sa.UniqueConstraint("message_key_hmac"),
    )
    op.create_index("ix_messages_address", "messages", ["address_hmac", "begun_at"], unique=False)
    op.create_index(op.f("ix_messages_plan_id"), "messages", ["plan_id"], unique=False)
    op.create_index(op.f("ix_messages_provider_id"), "messages", ["provider_id"], unique=False)
    op.create_index(op.f("ix_messages_thread_id"), "messages", ["thread_id"], unique=False)
    op.create_table(
        "plans",
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    op.create_index(op.f("ix_plans_client_id"), "plans", ["client_id"], unique=False)
    op.create_index("ix_plans_enrolled_at", "plans", ["enrolled_at"], unique=False)
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "suppressions",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address_hmac", sa.String(length=64), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("channel", "address_hmac", "at", "lifted", name="uq_suppressions_word"),
    )


def downgrade() -> None:
    """Drop all tables, with everything in them."""
    op.drop_table("suppressions")
    op.drop_table("secrets")
    op.drop_table("plans")
    op.drop_table("messages")
    op.drop_table("leases")
    op.drop_table("journal")
    op.drop_table("inbound")
    op.drop_table("events")
    op.drop_table("escalations")
    op.drop_table("desk_tasks")
    op.drop_table("clients")
    op.drop_table("client_keys")
    op.drop_table("addresses")
