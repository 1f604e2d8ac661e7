"""The inbox's order: how urgent a question or task is, and whose question. Older rows are ranked on start."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the indexes over them. The rank is one of seven classes, and all that stands in the clear."""
    op.add_column("escalations", sa.Column("rank", sa.SmallInteger(), nullable=True))
    op.add_column("escalations", sa.Column("asked_hmac", sa.String(length=64), nullable=True))
    op.add_column("desk_tasks", sa.Column("rank", sa.SmallInteger(), nullable=True))
    order = ["status", "rank", "asked_hmac", "opened_at", "escalation_id"]
    op.create_index("ix_escalations_inbox", "escalations", order)
    op.create_index("ix_desk_tasks_inbox", "desk_tasks", ["closed_at", "rank", "opened_at", "key_hmac"])


def downgrade() -> None:
    """Drop both."""
    op.drop_index("ix_desk_tasks_inbox", table_name="desk_tasks")
    op.drop_index("ix_escalations_inbox", table_name="escalations")
    op.drop_column("desk_tasks", "rank")
    op.drop_column("escalations", "asked_hmac")
    op.drop_column("escalations", "rank")
