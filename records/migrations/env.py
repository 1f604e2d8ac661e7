"""Alembic's way in: always on the connection that `records.schema` hands over, inside its transaction."""

from alembic import context

from records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
