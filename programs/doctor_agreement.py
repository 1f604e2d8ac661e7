"""The doctor's look at whether the records and Temporal belong together, and whether all plans are looked after."""

import asyncio

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from activities.same_server import identity_of
from programs.findings import Finding
from records import schema
from records.database import Records
from records.keyring import DecryptionFailed, KeyRing
from records.sql import engine_of
from records.tables import secrets
from settings import VAR, Settings
from web.agreement import alarms, another_server
from worker import temporal_config

PLACE = "agreement"
PATIENCE_SECONDS = 5


async def check_agreement(settings: Settings, keys: KeyRing | None) -> list[Finding]:
    """Nothing where either can't be asked: that is told elsewhere."""
    records = await asyncio.to_thread(_records, settings, keys)
    if records is None:
        return []
    try:
        found = await asyncio.to_thread(alarms, records)
        known = await asyncio.to_thread(records.engine_identity)
        here = await _identity()
        followed = await asyncio.to_thread(records.followed)
    except (SQLAlchemyError, DecryptionFailed):
        return []
    finally:
        records.close()
    if known and here and known != here and followed and all(str(each) != str(another_server()) for each in found):
        found.insert(0, another_server())
    if not found:
        return [Finding(PLACE, "records and Temporal agree, and no plan waits for longer than it should")]
    return [Finding(PLACE, str(each), each.fix) for each in found]


def _records(settings: Settings, keys: KeyRing | None) -> Records | None:
    """Only where they are laid out already, for this changes nothing."""
    url = settings.database_url or f"sqlite:///{VAR / 'records.db'}"
    if keys is None or (settings.database_url is None and not (VAR / "records.db").exists()):
        return None
    try:
        engine = engine_of(url)
        try:
            is_used = schema.current(engine) == schema.newest() and _is_used(engine)
        finally:
            engine.dispose()
        return Records.open(url, keys) if is_used else None
    except (ValueError, ImportError, SQLAlchemyError):
        return None


def _is_used(engine: Engine) -> bool:
    with engine.begin() as connection:
        return connection.execute(select(secrets.c.name)).first() is not None


async def _identity() -> str | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await identity_of(await Client.connect(**temporal_config()))
    except (RPCError, RuntimeError, ValueError, OSError, TimeoutError):
        return None
