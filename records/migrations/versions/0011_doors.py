"""Which plan a program's request made, so that it makes one; and who made the link by which somebody came in."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COLUMNS = (("audit", "let_in_by"), ("sessions", "let_in_by"), ("login_links", "made_by"))


def upgrade() -> None:
    """Add the table and the columns."""
    op.create_table(
        "plan_requests",
        sa.Column("key_hmac", sa.String(length=64), nullable=False),
        sa.Column("body_hmac", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.String(length=200), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hmac"),
    )
    for table, column in _COLUMNS:
        op.add_column(table, sa.Column(column, sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for table, column in _COLUMNS:
        op.drop_column(table, column)
    op.drop_table("plan_requests")
