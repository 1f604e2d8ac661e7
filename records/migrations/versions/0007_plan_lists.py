"""Indexes behind the desk's list of plans: in its order, and the same of one status."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes; the first one takes the place of one without the id, which left ties to be sorted."""
    op.drop_index("ix_plans_enrolled_at", table_name="plans")
    op.create_index("ix_plans_enrolled_at", "plans", ["enrolled_at", "plan_id"])
    op.create_index("ix_plans_status", "plans", ["status", "enrolled_at", "plan_id"])
    op.create_index("ix_messages_created_at", "messages", ["created_at"])
    op.create_index("ix_messages_status", "messages", ["status", "begun_at"])


def downgrade() -> None:
    """Drop them, and bring the old one back."""
    op.drop_index("ix_messages_status", table_name="messages")
    op.drop_index("ix_messages_created_at", table_name="messages")
    op.drop_index("ix_plans_status", table_name="plans")
    op.drop_index("ix_plans_enrolled_at", table_name="plans")
    op.create_index("ix_plans_enrolled_at", "plans", ["enrolled_at"])
