"""Has records and Temporal agree: before a worker begins, every hour, and as soon as one is seen to miss something."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from activities.comparing import Comparing
from activities.same_server import OtherServer
from records.database import Records

log = logging.getLogger("followthrough.agreeing")
COMPARE_EVERY = timedelta(hours=1)
LOOK_EVERY = timedelta(seconds=15)
"""So often it is looked whether the server is still the right one, and whether a workflow was missed."""
MISSED_EVERY = 4
"""So many looks lie between two comparisons at least: what is closed for good would be missed at each look."""
TRY_FOR = timedelta(minutes=1)
"""How long a start waits for a comparison that fails."""
TRY_AGAIN_AFTER_LOSS = timedelta(seconds=2)
OTHER_SERVER = (
    "This Temporal server is not the one that the records belong to: nothing is started there and nothing is sent. "
    "Mend TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE or DATABASE_URL; or, if the right server is lost for good, run "
    "`followthrough accept-temporal --yes`: then all plans go on there from the records."
)


async def agree_first(comparing: Comparing, records: Records, stop: asyncio.Event) -> None:
    """Before a worker begins. On another server it waits, for as long as nobody says that this is the right one."""
    began, told = time.monotonic(), False
    while not stop.is_set():
        try:
            await comparing.compare()
            await comparing.tell_what_waits()
            await asyncio.to_thread(records.note_working)
        except OtherServer:
            if not told:
                log.error(OTHER_SERVER)
            told, began = True, time.monotonic()
        except (RPCError, SQLAlchemyError, TimeoutError) as error:
            log.warning("records and Temporal could not be compared", extra={"error": type(error).__name__})
            if time.monotonic() - began > TRY_FOR.total_seconds():
                return  # the loop goes on trying
        else:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TRY_AGAIN_AFTER_LOSS.total_seconds())


@contextlib.asynccontextmanager
async def agreeing(comparing: Comparing, records: Records) -> AsyncGenerator[asyncio.Event]:
    """Compare again and again, for as long as this is open. The event is set once it is another server."""
    other = asyncio.Event()
    task = asyncio.create_task(_agree(comparing, records, other))
    try:
        yield other
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _misses(records: Records) -> bool:
    return any(each.kind == "missing" for each in await asyncio.to_thread(records.disagreements))


async def _agree(comparing: Comparing, records: Records, other: asyncio.Event) -> None:
    compared = time.monotonic()
    while not other.is_set():
        try:
            await comparing.give_answers_again()
            await comparing.check()
            since = time.monotonic() - compared
            soon = since > MISSED_EVERY * LOOK_EVERY.total_seconds()
            if since > COMPARE_EVERY.total_seconds() or (soon and await _misses(records)):
                await comparing.compare()
                compared = time.monotonic()
        except OtherServer:
            other.set()
        except Exception as error:  # the records or Temporal are away; the next round tries again
            log.warning("records and Temporal could not be compared", extra={"error": type(error).__name__})
        await asyncio.sleep(LOOK_EVERY.total_seconds())
