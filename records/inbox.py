"""What the inbox reads: claims that may press, whom plans are about, and which questions somebody was told of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, or_, select

from domain.billed import OVER
from domain.client import Channel
from domain.names import escalation_of_touchpoint
from records.addresses import open_address
from records.claims import ClaimRecords
from records.messages import open_message
from records.tables import addresses, claims, messages, plans
from records.views import ClaimView

LAST_WORDS = 50
"""How many of the last messages to a number are looked at."""


class InboxRecords(ClaimRecords):
    """Queries of the inbox."""

    def claims_awake_before(self, at: datetime, limit: int = 500) -> list[ClaimView]:
        """Open claims at which their workflows look again before that time, the next one first.

        A claim alerts on each deadline before and after its last day, so every deadline up to `at` is among them.
        """
        query = (
            select(claims)
            .where(claims.c.status.not_in(OVER), or_(claims.c.wake_at.is_(None), claims.c.wake_at <= at))
            .order_by(claims.c.wake_at, claims.c.claim_id)
            .limit(limit)
        )
        with self._reading() as connection:
            return self._claim_views(connection, list(connection.execute(query)))

    def client_names(self, plan_ids: Iterable[str]) -> dict[str, str]:
        """The client's name of each of these plans, by the plan's id. Opens no plan; an erased client has none."""
        query = (
            select(plans.c.plan_id, addresses.c.owner_id, addresses.c.thread_id, addresses.c.sealed)
            .join(addresses, addresses.c.owner_id == plans.c.client_id)
            .where(plans.c.plan_id.in_(set(plan_ids)), addresses.c.role == "client")
        )
        names: dict[str, str] = {}
        with self._reading() as connection:
            rows = cast(list[Row[Any]], list(connection.execute(query)))
            for row, key in self._readable(connection, rows):
                if row.plan_id not in names:
                    names[row.plan_id] = open_address(key, row.thread_id, row.sealed).name
        return names

    def told_of(self, channel: Channel, address: str) -> list[str]:
        """The ids of the questions that somebody at this address was told of, the last one first, each once."""
        query = (
            select(messages)
            .where(
                messages.c.address_hmac == self._address_hmac(address),
                messages.c.audience == "therapist",
                messages.c.begun_at.is_not(None),
            )
            .order_by(messages.c.number.desc())
            .limit(LAST_WORDS)
        )
        with self._reading() as connection:
            sent = [open_message(row, key) for row, key in self._readable(connection, list(connection.execute(query)))]
        found = [escalation_of_touchpoint(message.touchpoint_key) for message in sent if message.channel == channel]
        return list(dict.fromkeys(escalation_id for escalation_id in found if escalation_id))
