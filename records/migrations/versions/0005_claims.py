"""Claims: their state, story, numbers and events, and which remittances were taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _claims()
    op.create_table(
        "claim_numbers",
        sa.Column("number_hmac", sa.String(length=64), nullable=False),
        sa.Column("claim_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("number_hmac", "claim_id"),
    )
    op.create_table(
        "claim_journal",
        sa.Column("claim_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", "seq"),
    )
    op.create_index("ix_claim_journal_plan_id", "claim_journal", ["plan_id"])
    op.create_table(
        "claim_events",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_id", sa.String(length=200), nullable=False),
        sa.Column("event_hmac", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("sealed_because", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("claim_id", "event_hmac", name="uq_claim_events_event"),
    )
    op.create_index("ix_claim_events_outcome", "claim_events", ["outcome", "number"])
    op.create_table(
        "remittances",
        sa.Column("key_hmac", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hmac"),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.String(length=200), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("presses_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id"),
    )
    op.create_index("ix_claims_plan_id", "claims", ["plan_id"])
    op.create_index("ix_claims_presses_on", "claims", ["presses_on", "claim_id"])
    op.create_index("ix_claims_opened_at", "claims", ["opened_at"])
    op.create_index("ix_claims_status", "claims", ["status", "opened_at"])


def downgrade() -> None:
    """Drop the tables; claims are followed no more."""
    for table in ("remittances", "claim_events", "claim_journal", "claim_numbers", "claims"):
        op.drop_table(table)
