"""What became of an incoming text: when all that follows from it was written down, and which question it is waiting on.

Texts from before are taken in already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("inbound", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inbound", sa.Column("sealed_route", sa.LargeBinary(), nullable=True))
    op.add_column("inbound", sa.Column("asked", sa.String(length=40), nullable=True))
    op.add_column("inbound", sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE inbound SET taken_at = received_at")
    op.create_index("ix_inbound_taken", "inbound", ["taken_at", "received_at"], unique=False)
    op.create_index("ix_inbound_asked", "inbound", ["asked", "asked_until"], unique=False)


def downgrade() -> None:
    """Drop the columns."""
    op.drop_index("ix_inbound_asked", table_name="inbound")
    op.drop_index("ix_inbound_taken", table_name="inbound")
    for column in ("asked_until", "asked", "sealed_route", "taken_at"):
        op.drop_column("inbound", column)
