"""Who is one person for export and erasure, apart from whom messages take for one; and what erasures still owe."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SAME = ("person_id", "recipient_id")


def upgrade() -> None:
    """Add the columns. Clients of before stay as they were found: by name with a number, under one key each."""
    for column in _SAME:
        op.add_column("clients", sa.Column(column, sa.String(length=200), nullable=True))
    op.add_column("clients", sa.Column("id_hmac", sa.String(length=64), nullable=True))
    op.execute("UPDATE clients SET person_id = client_id, recipient_id = client_id")
    with op.batch_alter_table("clients") as table:
        for column in _SAME:
            table.alter_column(column, existing_type=sa.String(length=200), nullable=False)
    for column in (*_SAME, "id_hmac"):
        op.create_index(f"ix_clients_{column}", "clients", [column], unique=False)
    op.add_column("client_keys", sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_client_keys_destroyed_at", "client_keys", ["destroyed_at", "cleared_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_client_keys_destroyed_at", table_name="client_keys")
    op.drop_column("client_keys", "cleared_at")
    for column in (*_SAME, "id_hmac"):
        op.drop_index(f"ix_clients_{column}", table_name="clients")
        op.drop_column("clients", column)
