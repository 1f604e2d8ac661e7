"""Texts from before their taking in was noted count as taken in: nobody acts on them a second time."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from sqlalchemy import text

from records import schema
from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of, writing_engine

INSERT = """
INSERT INTO inbound (provider_hmac, owner_id, channel, address_hmac, sealed, received_at)
VALUES ('h', 'unknown', 'sms', 'a', x'00', '2026-01-05 20:00:00')
"""


def test_a_text_from_before_is_taken(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = engine_of(url)
    with writing_engine(engine).begin() as connection:
        command.upgrade(schema._config(connection), "0002")  # pyright: ignore[reportPrivateUsage]
        connection.execute(text(INSERT))
    records = Records.open(url, KeyRing.generate())
    records.migrate()
    assert records.inbound_to_take(datetime(2027, 1, 1, tzinfo=UTC)) == []
    with engine.begin() as connection:
        taken = connection.execute(text("SELECT taken_at = received_at FROM inbound")).scalar()
    assert taken == 1
    records.close()
    engine.dispose()
