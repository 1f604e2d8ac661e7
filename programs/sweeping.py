"""What goes on by itself beside the worker: stored news is handed over, doubts are settled, providers are asked."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client

from activities.messages import SendMessages
from domain.client import Channel
from programs.clear_runs import clear_erased
from providers.base import DeliveryError, KeepsInbound, Provider
from records.database import Records
from web.intake import Intake
from web.mail_reading import MailReading

log = logging.getLogger("followthrough.sweep")
SWEEP_EVERY = timedelta(seconds=15)
POLL_EVERY = timedelta(minutes=1)
ASK_FIRST_FOR = timedelta(seconds=60)
"""How long nothing is sent after a start while the providers can't be asked what came in meanwhile."""
ASK_AGAIN_AFTER = timedelta(seconds=5)
DOUBTS_AFTER = timedelta(minutes=15)
"""After a start the plans come first: after an outage they ask by themselves what became of their messages."""


@contextlib.asynccontextmanager
async def sweeping(
    intake: Intake,
    records: Records,
    sender: SendMessages | None = None,
    providers: Mapping[Channel, Provider] | None = None,
    temporal: Client | None = None,
) -> AsyncGenerator[None]:
    """Hand over what was stored and not handed over, for as long as this is open, one holder at a time.

    Mails that were stored and not read are read. Messages whose fate nobody asks about any more are settled. Providers
    that keep what they received for us are asked for what never reached us. What Temporal still has of clients who were
    erased is deleted.
    """
    holder = f"{os.getpid()}-{id(intake)}"
    keepers = _keepers(providers)
    mails = MailReading(records, intake)
    tasks = [asyncio.create_task(_sweep(intake, records, mails, sender, temporal, holder))]
    tasks += [asyncio.create_task(_poll(intake, records, keeper, holder)) for keeper in keepers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(mails.close)
        await _give_back(records, holder)


async def ask_first(
    intake: Intake, records: Records, providers: Mapping[Channel, Provider], stop: asyncio.Event
) -> None:
    """Before anything is sent: take in what reached only the providers while we were down, a STOP above all.

    Whoever holds the lease: the same text twice counts once. After a minute without an answer sending goes on, and
    Health says so.
    """
    await asyncio.gather(*(_ask_first(intake, records, keeper, stop) for keeper in _keepers(providers)))


async def _ask_first(intake: Intake, records: Records, keeper: KeepsInbound, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(ASK_FIRST_FOR.total_seconds()):
            while not stop.is_set() and not await _asked(intake, keeper):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), ASK_AGAIN_AFTER.total_seconds())
    except TimeoutError:
        log.error("a provider could not be asked what came in while we were down: sending goes on without")
        await _note_failure(records, keeper)


async def _asked(intake: Intake, keeper: KeepsInbound) -> bool:
    try:
        await intake.poll(keeper, hand_over=False)  # no worker runs yet that could take it
    except DeliveryError as error:
        log.warning("poll failed", extra={"cause": error.cause, "code": error.code})
        return False
    except Exception as error:  # the records are away
        log.warning("poll failed", extra={"error": type(error).__name__})
        return False
    return True


async def _note_failure(records: Records, keeper: KeepsInbound) -> None:
    with contextlib.suppress(SQLAlchemyError):  # then Health has more to say than this
        now = await asyncio.to_thread(records.now)
        await asyncio.to_thread(records.note_poll, type(keeper).__name__, now, well=False)


def _keepers(providers: Mapping[Channel, Provider] | None) -> list[KeepsInbound]:
    return [provider for provider in (providers or {}).values() if isinstance(provider, KeepsInbound)]


async def _give_back(records: Records, holder: str) -> None:
    """So that the next worker needn't wait for their end."""
    for name in ("sweep", "poll"):
        try:
            await asyncio.to_thread(records.release_lease, name, holder)
        except SQLAlchemyError as error:
            log.warning("a lease could not be given back", extra={"error": type(error).__name__})


async def _sweep(
    intake: Intake,
    records: Records,
    mails: MailReading,
    sender: SendMessages | None,
    temporal: Client | None,
    holder: str,
) -> None:
    began = time.monotonic()
    while True:
        try:
            if await asyncio.to_thread(records.take_lease, "sweep", holder, None, 2 * SWEEP_EVERY):
                await intake.sweep()  # first: what is known already waits for no mail to be read
                await mails.sweep()
                if sender is not None and time.monotonic() - began >= DOUBTS_AFTER.total_seconds():
                    await asyncio.to_thread(sender.settle_doubts, await asyncio.to_thread(records.now))
                if temporal is not None:
                    await clear_erased(records, temporal)
        except Exception as error:  # the records or Temporal are away; the next round tries again
            log.warning("sweep failed", extra={"error": type(error).__name__})
        await asyncio.sleep(SWEEP_EVERY.total_seconds())


async def _poll(intake: Intake, records: Records, provider: KeepsInbound, holder: str) -> None:
    while True:
        try:
            if await asyncio.to_thread(records.take_lease, "poll", holder, None, 2 * POLL_EVERY):
                await intake.poll(provider)
        except DeliveryError as error:
            log.warning("poll failed", extra={"cause": error.cause, "code": error.code})
            await _note_failure(records, provider)
        except Exception as error:  # the records are away; the next round tries again
            log.warning("poll failed", extra={"error": type(error).__name__})
        await asyncio.sleep(POLL_EVERY.total_seconds())
