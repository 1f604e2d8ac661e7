"""Mails as they came, until they are read; those that can't be read whole stay for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "raw_mails",
        sa.Column("mail_id", sa.String(length=200), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=True),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("mail_id"),
    )
    op.create_index("ix_raw_mails_read_at", "raw_mails", ["read_at", "received_at"], unique=False)
    op.create_table(
        "raw_mail_parts",
        sa.Column("mail_id", sa.String(length=200), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mail_id", "part"),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("raw_mail_parts")
    op.drop_index("ix_raw_mails_read_at", table_name="raw_mails")
    op.drop_table("raw_mails")
