"""The threads of the local phone: every client's and staff member's texts and emails, as they would see them."""

from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from domain.client import Channel
from records.addresses import AddressBook, open_address
from records.inbound import open_inbound
from records.message_lookups import open_message
from records.tables import addresses, inbound, messages
from records.vault import UNKNOWN, ClientKey
from records.views import PhoneMessage, PhoneThread

_ON_THE_PHONE = ("accepted", "sent", "delivered")
_NEWEST_THREADS = 200
_NEWEST_MESSAGES = 100


class PhoneRecords(AddressBook):
    """The queries of the local phone."""

    def phone_threads(self) -> list[PhoneThread]:
        """Threads of all clients, and of staff who were written to; the one with the newest message first.

        At most 200 threads, those whose address became known last, and of each the newest 100 messages either way.
        """
        query = select(addresses).order_by(addresses.c.created_at.desc(), addresses.c.thread_id)
        with self._reading() as connection:
            rows = list(connection.execute(query.limit(_NEWEST_THREADS)))
            threads = [self._thread_view(connection, row, key) for row, key in self._readable(connection, rows)]
        shown = [thread for thread in threads if thread.role == "client" or thread.messages]
        return sorted(shown, key=lambda thread: (thread.last_at, thread.thread_id), reverse=True)

    def _thread_view(self, connection: Connection, row: Row[Any], key: ClientKey) -> PhoneThread:
        known = open_address(key, row.thread_id, row.sealed)
        bubbles = self._written_to(connection, row) + self._written_by(connection, row)
        bubbles.sort(key=lambda bubble: bubble.at)
        return PhoneThread(
            thread_id=row.thread_id,
            name=known.name,
            channel=row.channel,
            address_hint=address_hint(row.channel, known.address),
            role=row.role,
            last_at=bubbles[-1].at if bubbles else row.created_at,
            messages=bubbles,
        )

    def _written_to(self, connection: Connection, thread: Row[Any]) -> list[PhoneMessage]:
        query = (
            select(messages)
            .where(messages.c.thread_id == thread.thread_id, messages.c.status.in_(_ON_THE_PHONE))
            .order_by(messages.c.number.desc())
            .limit(_NEWEST_MESSAGES)
        )
        readable = self._readable(connection, list(connection.execute(query)))
        return [_outgoing(row, key) for row, key in reversed(readable)]

    def _written_by(self, connection: Connection, thread: Row[Any]) -> list[PhoneMessage]:
        same = and_(inbound.c.channel == thread.channel, inbound.c.address_hmac == thread.address_hmac)
        if thread.role == "client":
            # People who share a number have a thread each; what named no plan belongs to all of them.
            same = and_(same, or_(inbound.c.owner_id == thread.owner_id, inbound.c.owner_id == UNKNOWN))
        query = select(inbound).where(same).order_by(inbound.c.number.desc()).limit(_NEWEST_MESSAGES)
        readable = self._readable(connection, list(connection.execute(query)))
        return [_incoming(row, key) for row, key in reversed(readable)]


def address_hint(channel: Channel, address: str) -> str:
    """Enough of an address to tell two of them apart: the last four digits, or the first letter and the domain."""
    if channel == "sms":
        return f"…{address[-4:]}"
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


def _outgoing(row: Row[Any], key: ClientKey) -> PhoneMessage:
    message = open_message(row, key)
    at = row.begun_at or row.settled_at or row.created_at
    return PhoneMessage(at=at, direction="out", text=message.text, subject=message.subject, kind=message.kind)


def _incoming(row: Row[Any], key: ClientKey) -> PhoneMessage:
    text = open_inbound(row, key).text
    return PhoneMessage(at=row.received_at, direction="in", text=text, subject=None, kind="reply")
