"""Since when a plan or a claim can't be judged: for Health, the doctor, and whoever tries again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column to both. Nothing is known to fail until a workflow says so."""
    for table in ("plans", "claims"):
        op.add_column(table, sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop both."""
    for table in ("plans", "claims"):
        op.drop_column(table, "failing_since")
