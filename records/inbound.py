"""What people write to us, stored once per id of the provider, before anything is done about it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row, select

from domain.client import Channel
from records.sql import insert_new
from records.store import Store
from records.tables import inbound
from records.vault import UNKNOWN, ClientKey
from records.views import StoredInbound


class SealedInbound(BaseModel):
    """What is sealed of an incoming message."""

    provider_id: str
    from_address: str
    text: str


class InboundRecords(Store):
    """Queries about incoming messages."""

    def add_inbound(
        self, provider_id: str, channel: Channel, from_address: str, text: str, at: datetime, plan_id: str | None
    ) -> StoredInbound:
        """Store an incoming message under the provider's id, or return the one that is there.

        Without a plan it is sealed under a key that belongs to no client. Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            if plan_id is None:
                owner_id, key = self._nobody(connection, UNKNOWN, at)
            else:
                owner_id, key = self._owner_of_plan(connection, plan_id)
            provider_hmac = self._hmac("inbound", provider_id)
            body = SealedInbound(provider_id=provider_id, from_address=from_address, text=text)
            new = insert_new(
                connection,
                inbound,
                provider_hmac=provider_hmac,
                plan_id=plan_id,
                owner_id=owner_id,
                channel=channel,
                address_hmac=self._address_hmac(from_address),
                sealed=key.seal(body.model_dump_json(), _place(provider_hmac)),
                received_at=at,
            )
            row = connection.execute(select(inbound).where(inbound.c.provider_hmac == provider_hmac)).one()
            for found, first_key in self._readable(connection, [row]):
                return _stored(found, first_key, new=new)
            # Its client was erased meanwhile: a provider's repetition is no reason to fail.
            return StoredInbound(**body.model_dump(), channel=channel, at=at, plan_id=plan_id, new=False)


def open_inbound(row: Row[Any], key: ClientKey) -> SealedInbound:
    """The text and sender of a row of the inbound table."""
    return SealedInbound.model_validate_json(key.open(row.sealed, _place(row.provider_hmac)))


def _stored(row: Row[Any], key: ClientKey, *, new: bool) -> StoredInbound:
    body = open_inbound(row, key)
    return StoredInbound(
        provider_id=body.provider_id,
        channel=row.channel,
        from_address=body.from_address,
        text=body.text,
        at=row.received_at,
        plan_id=row.plan_id,
        new=new,
    )


def _place(provider_hmac: str) -> str:
    return f"inbound:{provider_hmac}"
