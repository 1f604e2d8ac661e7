"""`followthrough erase`: makes everything that is kept about one person unreadable, and ends all that runs for them.

The keys go first, in one transaction with what lies under nobody's key: whatever is left after that, in Temporal or in
a file, is unreadable. Then Temporal's runs are ended and deleted, and looked for again; what is left is said.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import Problem, Refused
from programs.clear_runs import Cleared, clear_runs
from programs.export_client import COMMAND, about_namesakes, about_shared, person_of
from programs.mails_kept import kept_mails_from
from records.audit import Entry
from records.database import Records
from records.people import Person
from settings import Settings
from worker import connect_temporal, load_keys, open_records

CONNECT_WITHIN = 10.0
INCOMPLETE = 1
"""The exit code where something is left; the command may be given again."""
WHAT_STAYS = (
    "What stays: that a number or address opted out, by a keyed hash, so that nobody writes there by mistake; the "
    "audit trail, which holds opaque ids only; rows that nobody can read any more. A program that runs forgets the key "
    "within ten seconds. Backups made before this day keep the key until they are deleted, and so does an export that "
    "you made."
)
RUNS_LEFT = (
    "Left in Temporal: {count} of {found} runs, which nobody can read without the destroyed key; those that began "
    "before payloads had a client's key open with PAYLOAD_KEYS. A running worker deletes them; or give the command "
    "again."
)
TEMPORAL_AWAY = (
    "Left in Temporal: it stopped answering, so nobody knows how much. The key is destroyed, and a running worker "
    "deletes the rest once Temporal answers; or give the command again."
)
TRACES_LEFT = (
    "Left in the database: it was too busy to overwrite what it keeps of deleted rows; give the command again."
)


async def run_erase(settings: Settings, plan_id: str, *, sure: bool, say: Callable[[str], None]) -> int:
    """Erase the plan's person. 1 where something is left, which is said.

    Raises Refused, and nothing was done, where that isn't certain or Temporal is away.
    """
    if not sure:
        fix = "erasing can't be taken back; add it if you mean all plans of this client"
        raise Refused("erase", [Problem("--yes", fix)])
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            temporal = await connect_temporal()
    except TimeoutError:
        raise Refused("erase", [Problem("Temporal", "doesn't answer; nothing was erased, try again later")]) from None
    records = await asyncio.to_thread(open_records, settings, load_keys(settings))
    try:
        return await erase_client(records, temporal, plan_id, datetime.now(UTC), say)
    finally:
        records.close()


async def erase_client(
    records: Records, temporal: Client, plan_id: str, at: datetime, say: Callable[[str], None]
) -> int:
    """Destroy the keys, then delete what Temporal has, and say what stays and what is left. Twice does no harm."""
    person = await asyncio.to_thread(person_of, records, plan_id)
    namesakes = await asyncio.to_thread(about_namesakes, records, person, plan_id)
    shared = await asyncio.to_thread(about_shared, records, person)
    await asyncio.to_thread(_destroy, records, person, at)
    left = [] if await asyncio.to_thread(records.leave_no_trace) else [TRACES_LEFT]
    try:
        cleared = await clear_runs(temporal, await asyncio.to_thread(records.ids_of_clients, person.client_ids))
    except RPCError:
        say(f"Erased client {person.person_id}: their key is destroyed.")
        left.append(TEMPORAL_AWAY)
    else:
        say(_done(person, cleared))
        if cleared.left:
            left.append(RUNS_LEFT.format(count=len(cleared.left), found=len(cleared.found)))
    for line in (WHAT_STAYS, *namesakes, *shared, *left):
        say(line)
    return INCOMPLETE if left or shared else 0


def _destroy(records: Records, person: Person, at: datetime) -> None:
    known = records.addresses_of_person(person)
    own = [each for each in known if not each.shared]
    mail_ids = kept_mails_from(records, own)
    erased = records.erase_person(person, known, records.unplaced_of(own, mail_ids), mail_ids, at)
    records.add_audit([Entry(at, COMMAND, "erased client", client_id) for client_id in erased])


def _done(person: Person, cleared: Cleared) -> str:
    gone = len(cleared.found) - len(cleared.left)
    return (
        f"Erased client {person.person_id}: {cleared.ended} running workflows ended, their key destroyed, "
        f"{gone} of Temporal's runs deleted."
    )
