"""What people write to us, stored once per id of the provider, with what became of it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Row, select, update

from domain.client import Channel
from domain.emergency import Emergency
from domain.events import CalendarAnswer, CarrierWord
from domain.incoming import Incoming, WhichOne
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
    named_plan: str | None = None
    trusted: bool = True
    carrier_answered: bool = False
    carrier_said: CarrierWord | None = None
    calendar: CalendarAnswer | None = None
    automatic: bool = False


class SealedRoute(BaseModel):
    """Which events a text became, as pairs of plan and event id, the question back that it led to, and emergencies."""

    events: list[tuple[str, str]]
    question: WhichOne | None = None
    emergencies: list[Emergency] = []


class InboundRecords(Store):
    """Queries about incoming messages."""

    def add_inbound(
        self,
        provider_id: str,
        channel: Channel,
        from_address: str,
        text: str,
        at: datetime,
        plan_id: str | None,
        *,
        named_plan: str | None = None,
        trusted: bool = True,
        carrier_answered: bool = False,
        carrier_said: CarrierWord | None = None,
        calendar: CalendarAnswer | None = None,
        automatic: bool = False,
    ) -> StoredInbound:
        """Store an incoming message under the provider's id, or return the one that is there.

        Without a plan it is sealed under a key that belongs to no client. It isn't taken yet: the sweep does the rest.
        Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            if plan_id is None:
                owner_id, key = self._nobody(connection, UNKNOWN, at)
            else:
                owner_id, key = self._owner_of_plan(connection, plan_id)
            provider_hmac = self._inbound_hmac(provider_id)
            body = SealedInbound(
                provider_id=provider_id,
                from_address=from_address,
                text=text,
                named_plan=named_plan,
                trusted=trusted,
                carrier_answered=carrier_answered,
                carrier_said=carrier_said,
                calendar=calendar,
                automatic=automatic,
            )
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
            for found, first_key in self._readable(connection, [self._inbound_row(connection, provider_id)]):
                return _stored(found, first_key, new=new)
            # Its client was erased meanwhile: a provider's repetition is no reason to fail.
            first = body.model_dump(include={"provider_id", "from_address", "text"})
            return StoredInbound(**first, channel=channel, at=at, plan_id=plan_id, new=False)

    def has_inbound(self, provider_id: str) -> bool:
        """Whether the message of this id has reached us."""
        with self._reading() as connection:
            return self._found_inbound(connection, provider_id) is not None

    def inbound_to_take(self, before: datetime) -> list[Incoming]:
        """Messages that came before that time and whose consequences aren't all written down; at most 100."""
        query = select(inbound).where(inbound.c.taken_at.is_(None), inbound.c.received_at < before)
        with self._reading() as connection:
            rows = list(connection.execute(query.order_by(inbound.c.received_at, inbound.c.number).limit(100)))
            return [open_incoming(row, key) for row, key in self._readable(connection, rows)]

    def inbound_taken(self, provider_id: str, at: datetime) -> None:
        """All that follows from this message is written down. The first call counts."""
        with self._writing() as connection:
            connection.execute(
                update(inbound)
                .where(inbound.c.provider_hmac == self._inbound_hmac(provider_id), inbound.c.taken_at.is_(None))
                .values(taken_at=at)
            )

    def _found_inbound(self, connection: Connection, provider_id: str) -> Row[Any] | None:
        query = select(inbound).where(inbound.c.provider_hmac == self._inbound_hmac(provider_id))
        return connection.execute(query).first()

    def _inbound_row(self, connection: Connection, provider_id: str) -> Row[Any]:
        found = self._found_inbound(connection, provider_id)
        if found is None:
            raise RuntimeError("a message that was just stored isn't there")
        return found

    def _inbound_hmac(self, provider_id: str) -> str:
        return self._hmac("inbound", provider_id)

    def _move_inbound(self, connection: Connection, row: Row[Any], plan_id: str | None) -> None:
        """Give a message to another plan's conversation, sealed under that client's key."""
        if plan_id is None or plan_id == row.plan_id:
            return
        for _, old_key in self._readable(connection, [row]):
            owner_id, key = self._owner_of_plan(connection, plan_id)
            sealed = key.seal(open_inbound(row, old_key).model_dump_json(), _place(row.provider_hmac))
            route = row.sealed_route and key.seal(
                open_route(row, old_key).model_dump_json(), _route_place(row.provider_hmac)
            )
            connection.execute(
                update(inbound)
                .where(inbound.c.number == row.number)
                .values(plan_id=plan_id, owner_id=owner_id, sealed=sealed, sealed_route=route)
            )


def open_inbound(row: Row[Any], key: ClientKey) -> SealedInbound:
    """The text and sender of a row of the inbound table."""
    return SealedInbound.model_validate_json(key.open(row.sealed, _place(row.provider_hmac)))


def open_incoming(row: Row[Any], key: ClientKey) -> Incoming:
    """A row of the inbound table, as it came in."""
    body = open_inbound(row, key)
    return Incoming(
        provider_id=body.provider_id,
        channel=row.channel,
        from_address=body.from_address,
        text=body.text,
        at=row.received_at,
        plan_id=body.named_plan,
        trusted=body.trusted,
        carrier_answered=body.carrier_answered,
        carrier_said=body.carrier_said,
        calendar=body.calendar,
        automatic=body.automatic,
    )


def open_route(row: Row[Any], key: ClientKey) -> SealedRoute:
    """What a message became; nothing for one from before this was kept."""
    if row.sealed_route is None:
        return SealedRoute(events=[])
    return SealedRoute.model_validate_json(key.open(row.sealed_route, _route_place(row.provider_hmac)))


def seal_route(route: SealedRoute, provider_hmac: str, key: ClientKey) -> bytes:
    """The reverse of `open_route`."""
    return key.seal(route.model_dump_json(), _route_place(provider_hmac))


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


def _route_place(provider_hmac: str) -> str:
    return f"inbound.route:{provider_hmac}"
