"""Asks a provider for the texts that it has and we don't: those whose webhook never reached us."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from domain.carrier import carrier_has_answered
from providers.base import KeepsInbound
from records.database import Records
from records.views import StoredEvent

POLL_OVERLAP = timedelta(hours=1)
"""How far each poll looks back before the one before it: a vendor's list may show a text late."""
FIRST_POLL = timedelta(hours=24)
"""How far the very first poll looks back, and one after a poll that nobody can date."""
LONGEST_OUTAGE = timedelta(days=30)
"""What was missed before that is looked for no more."""


async def lost_texts(
    records: Records,
    provider: KeepsInbound,
    now: datetime,
    store: Callable[..., Awaitable[list[StoredEvent]]],
) -> tuple[int, list[StoredEvent]]:
    """Store what was missed since the last poll, whichever process made it. Returns how many, and what they became.

    Raises DeliveryError where the provider can't be asked.
    """
    name = type(provider).__name__
    since = await asyncio.to_thread(_since, records, name, now)
    found: list[StoredEvent] = []
    missed = 0
    for text in await asyncio.to_thread(provider.received_since, since):
        if await asyncio.to_thread(records.has_inbound, text.provider_id):
            continue
        missed += 1
        found += await store(
            text.provider_id,
            "sms",
            text.from_address,
            text.text,
            carrier_answered=carrier_has_answered(text.text, text.opt_out_type),
            opt_out_type=text.opt_out_type,
            at=text.at,
        )
    await asyncio.to_thread(records.note_poll, name, now, well=True)
    return missed, found


def _since(records: Records, name: str, now: datetime) -> datetime:
    """When a poll really was that a clock ahead has stamped nobody knows: then it is as if there had been none."""
    last = next((polled.polled_at for polled in records.polls() if polled.name == name), None)
    if last is None or last > now:
        return now - FIRST_POLL
    return max(last - POLL_OVERLAP, now - LONGEST_OUTAGE)
