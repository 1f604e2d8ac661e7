"""What each judgement decided and heard, and how records and Temporal disagree.

Events that were handed over before this count as heard: their plans' states hold them. A plan that ended before needs
no workflow, so far as is known; whether a claim that is over still has one is found out by the first comparison.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and tables."""
    for table in ("plans", "claims"):
        op.add_column(table, sa.Column("judged", sa.String(length=40), nullable=True))
        op.add_column(table, sa.Column("sealed_judgement", sa.LargeBinary(), nullable=True))
        op.add_column(table, sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("run_id", sa.String(length=200), nullable=True))
        op.add_column(table, sa.Column("history_length", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))
        op.create_index(f"ix_{table}_judged_at", table, ["judged_at"], unique=False)
        op.create_index(f"ix_{table}_wake_at", table, ["finished_at", "wake_at"], unique=False)
    op.execute("UPDATE plans SET finished_at = enrolled_at WHERE status = 'ended' AND wake_at IS NULL")
    for table in ("events", "claim_events"):
        op.add_column(table, sa.Column("heard_revision", sa.Integer(), nullable=True))
        op.create_index(f"ix_{table}_heard", table, ["heard_revision", "outcome"], unique=False)
        op.execute(f"UPDATE {table} SET heard_revision = 0 WHERE outcome = 'recorded'")  # noqa: S608 - our own names
    op.create_table(
        "engines",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("identity", sa.String(length=200), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("working_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "disagreements",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject"),
    )


def downgrade() -> None:
    """Take all of it back."""
    op.drop_table("disagreements")
    op.drop_table("engines")
    for table in ("events", "claim_events"):
        op.drop_index(f"ix_{table}_heard", table_name=table)
        op.drop_column(table, "heard_revision")
    for table in ("plans", "claims"):
        op.drop_index(f"ix_{table}_wake_at", table_name=table)
        op.drop_index(f"ix_{table}_judged_at", table_name=table)
        for column in ("finished_at", "history_length", "run_id", "judged_at", "sealed_judgement", "judged"):
            op.drop_column(table, column)
