"""Clients of before `client.id` stay whom they were found as: one person with all their plans, under one key."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from records import schema
from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of, writing_engine

INSERTS = (
    "INSERT INTO clients (client_id, name_hmac, created_at) VALUES ('c1', 'n', '2026-01-05 20:00:00')",
    "INSERT INTO client_keys (owner_id, wrapped, created_at) VALUES ('c1', x'00', '2026-01-05 20:00:00')",
    "INSERT INTO plans (plan_id, client_id, status, revision, sealed, enrolled_at)"
    " VALUES ('p1', 'c1', 'active', 1, x'00', '2026-01-05 20:00:00'),"
    " ('p2', 'c1', 'active', 1, x'00', '2026-01-05 20:00:00')",
)


def test_a_client_of_before_stays_one_person(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = engine_of(url)
    with writing_engine(engine).begin() as connection:
        command.upgrade(schema._config(connection), "0012")  # pyright: ignore[reportPrivateUsage]
        for insert in INSERTS:
            connection.execute(text(insert))
    engine.dispose()
    records = Records.open(url, KeyRing.generate())
    records.migrate()
    assert records.person_of_plan("p2") == ("c1", ["c1"], ["p1", "p2"])
    assert records.clients_alike("c1") == ["c1"]
    records.close()
