"""Opt-outs that came while a message was under way, and when each provider was last asked for texts that got lost."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("messages", sa.Column("stop_came_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "polls",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("polls")
    op.drop_column("messages", "stop_came_at")
