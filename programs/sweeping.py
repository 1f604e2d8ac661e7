"""What goes on by itself beside the worker: stored news is handed over, doubts are settled, providers are asked."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime, timedelta

from activities.messages import SendMessages
from domain.client import Channel
from providers.base import DeliveryError, KeepsInbound, Provider
from records.database import Records
from web.intake import Intake

log = logging.getLogger("followthrough.sweep")
SWEEP_EVERY = timedelta(seconds=15)
POLL_EVERY = timedelta(minutes=5)
DOUBTS_AFTER = timedelta(minutes=15)
"""After a start the plans come first: after an outage they ask by themselves what became of their messages."""


@contextlib.asynccontextmanager
async def sweeping(
    intake: Intake,
    records: Records,
    sender: SendMessages | None = None,
    providers: Mapping[Channel, Provider] | None = None,
) -> AsyncGenerator[None]:
    """Hand over what was stored and not handed over, for as long as this is open, one holder at a time.

    Messages whose fate nobody asks about any more are settled. Providers that keep what they received for us are asked
    for what never reached us.
    """
    holder = f"{os.getpid()}-{id(intake)}"
    keepers = [provider for provider in (providers or {}).values() if isinstance(provider, KeepsInbound)]
    tasks = [asyncio.create_task(_sweep(intake, records, sender, holder))]
    tasks += [asyncio.create_task(_poll(intake, records, keeper, holder)) for keeper in keepers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _sweep(intake: Intake, records: Records, sender: SendMessages | None, holder: str) -> None:
    started_at = datetime.now(UTC)
    while True:
        try:
            now = datetime.now(UTC)
            if await asyncio.to_thread(records.take_lease, "sweep", holder, now, 2 * SWEEP_EVERY):
                await intake.sweep()
                if sender is not None and now - started_at >= DOUBTS_AFTER:
                    await asyncio.to_thread(sender.settle_doubts, now)
        except Exception as error:  # the records or Temporal are away; the next round tries again
            log.warning("sweep failed", extra={"error": type(error).__name__})
        await asyncio.sleep(SWEEP_EVERY.total_seconds())


async def _poll(intake: Intake, records: Records, provider: KeepsInbound, holder: str) -> None:
    while True:
        try:
            now = datetime.now(UTC)
            if await asyncio.to_thread(records.take_lease, "poll", holder, now, 2 * POLL_EVERY):
                await intake.poll(provider)
        except DeliveryError as error:
            log.warning("poll failed", extra={"cause": error.cause, "code": error.code})
        except Exception as error:  # the records are away; the next round tries again
            log.warning("poll failed", extra={"error": type(error).__name__})
        await asyncio.sleep(POLL_EVERY.total_seconds())
