"""`followthrough accept-temporal`: these records go on with the Temporal server that the settings name."""

import asyncio
from collections.abc import Callable

from temporalio.service import RPCError

from activities.same_server import identity_of
from domain.errors import Problem, Refused
from settings import Settings
from worker import connect_temporal, load_keys, open_records

CONNECT_WITHIN = 10.0


async def run_accept_temporal(settings: Settings, *, sure: bool, say: Callable[[str], None]) -> int:
    """Write down that this is the server. Raises Refused, and nothing was changed, where that isn't certain."""
    if not sure:
        fix = "add it if the server of before is lost for good: else each plan would be followed twice"
        raise Refused("accept-temporal", [Problem("--yes", fix)])
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            identity = await identity_of(await connect_temporal())
    except (TimeoutError, RPCError):
        raise Refused("accept-temporal", [Problem("Temporal", "doesn't answer; nothing was changed")]) from None
    records = await asyncio.to_thread(open_records, settings, load_keys(settings))
    try:
        before = await asyncio.to_thread(records.engine_identity)
        await asyncio.to_thread(records.accept_engine, identity)
        followed = len(await asyncio.to_thread(records.followed))
    finally:
        records.close()
    if before == identity:
        say("These records belong to this Temporal server already; nothing was changed.")
    else:
        say(f"These records go on with this Temporal server. A worker starts what is missing there, of {followed}.")
    return 0
