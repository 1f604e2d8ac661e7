"""`followthrough same-person`: somebody says that two plans are one person's, for exports and erasures from then on."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from domain.errors import Problem, Refused
from programs.export_client import COMMAND, person_of
from records.audit import Entry
from records.database import Records
from records.vault import ClientErased
from settings import Settings
from worker import load_keys, open_records


async def run_same_person(settings: Settings, plan_id: str, other: str, say: Callable[[str], None]) -> int:
    """Note it and say which plans belong together. Raises Refused where one is unknown or was erased."""
    records = await asyncio.to_thread(open_records, settings, load_keys(settings))
    try:
        say(await asyncio.to_thread(same_person, records, plan_id, other, datetime.now(UTC)))
    finally:
        records.close()
    return 0


def same_person(records: Records, plan_id: str, other: str, at: datetime) -> str:
    """As `run_same_person`, in words."""
    for each in (plan_id, other):
        person_of(records, each)
    try:
        person = records.same_person(plan_id, other)
    except ClientErased:
        raise Refused("records", [Problem("PLAN_ID", "one of the two was erased; there is nothing to join")]) from None
    records.add_audit([Entry(at, COMMAND, "said who is one person", client_id) for client_id in person.client_ids])
    return f"One person: {', '.join(person.plan_ids)}. An export holds all of it, and an erasure erases all of it."
