"""The database stands still while reminders are due, for longer than an absence at the vendor takes to be believed.

Of what then goes out, the vendor's answers get lost: whether it went is looked up while other attempts still wait.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from domain.policy import Sending
from records.sql import engine_of
from tests.integration.fault_house import House, a_house
from tests.integration.live_site import wait_until
from tests.integration.nursery import Nursery
from tests.standins import Behaviour, Timing

TIMING = Timing(pace=0.05, hang=30.0, list_delay=3.0, retry=0.1)
"""The vendor's list shows a text three seconds late, as a real one may."""
SENDING = Sending(absent_after=timedelta(seconds=6), reconcile_for=timedelta(seconds=20))
"""Longer than the list's delay and the time within which a send that began must leave, together."""
WORKERS = 2


@dataclass(frozen=True)
class Stood:
    """What came of the reminders: how many were due, how many clients got theirs, how many got it twice."""

    due: int
    reminded: int
    doubled: int


async def stood_still(
    folder: Path, nursery: Nursery, database_url: str, clients: int, *, tries: int = 2, longer: float = 0.0
) -> Stood:
    """The table of messages is locked until each send was tried so often, and so many seconds longer."""
    async with a_house(folder, nursery, sending=SENDING, database_url=database_url, timing=TIMING) as house:
        for number in range(1, WORKERS + 1):
            await house.start(f"worker-{number}", SEND_WITHIN=2)
        await house.enroll(clients)
        async with _locked(house):
            lost: list[Behaviour] = ["accept_then_drop"] * clients
            house.vendor.behave(*lost)
            began = time.monotonic()
            await house.book_all(clients)
            await house.until_attempts(clients, lambda each: min(each) >= tries)
            await asyncio.sleep(_long() + longer - (time.monotonic() - began))
            assert house.texts() == [], "nothing was to go while the table is locked"
        await wait_until("every reminder has its end", lambda: house.settled("reminder", clients))
        await wait_until("every client has theirs", lambda: len({one.to for one in house.texts()}) == clients)
        await _nothing_under_way(house, clients)
        got = house.texts()
        return Stood(clients, len({one.to for one in got}), len(got) - len({one.to for one in got}))


def _long() -> float:
    """Seconds after which a text that isn't in the vendor's list is believed to be absent, and one more."""
    return SENDING.absent_after.total_seconds() + 1


@contextlib.asynccontextmanager
async def _locked(house: House) -> AsyncGenerator[None]:
    engine = engine_of(house.site.database_url)
    connection = await asyncio.to_thread(engine.connect)
    try:
        await asyncio.to_thread(connection.execute, text("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE"))
        yield
    finally:
        await asyncio.to_thread(connection.rollback)
        connection.close()
        engine.dispose()


async def _nothing_under_way(house: House, clients: int) -> None:
    """Until Temporal waits for no send, and no thread is in the middle of one: its attempt may be forgotten."""
    await house.until_attempts(clients, lambda each: not any(each))
    await wait_until("nobody waits for the database", lambda: _busy(house) == 0)
    house.vendor.settle()


def _busy(house: House) -> int:
    engine = engine_of(house.site.database_url)
    with engine.connect() as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
        busy = int(connection.execute(text(query)).scalar_one()) - 1  # not counting this one
    engine.dispose()
    return busy
