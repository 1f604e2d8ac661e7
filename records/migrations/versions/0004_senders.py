"""Senders that a fault of our own settings has stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "senders",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel"),
    )


def downgrade() -> None:
    """Drop the table; stopped senders are tried again."""
    op.drop_table("senders")
