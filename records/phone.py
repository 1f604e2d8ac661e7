"""The threads of the local phone: every client's and staff member's texts and emails, as they would see them."""

from typing import Any

from sqlalchemy import Connection, Row, and_, select

from domain.client import Channel
from records.addresses import AddressBook, open_address
from records.inbound import open_inbound
from records.message_lookups import open_message
from records.tables import addresses, clients, inbound, messages
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
        query = select(addresses, clients.c.recipient_id).outerjoin(
            clients, clients.c.client_id == addresses.c.owner_id
        )
        query = query.order_by(addresses.c.created_at.desc(), addresses.c.thread_id)
        with self._reading() as connection:
            rows = list(connection.execute(query.limit(_NEWEST_THREADS)))
            same: dict[tuple[str, ...], list[tuple[Row[Any], ClientKey]]] = {}
            for row, key in self._readable(connection, rows):
                whose = (row.role, row.channel, row.address_hmac, row.recipient_id or row.owner_id)
                same.setdefault(whose, []).append((row, key))
            threads = [self._thread_view(connection, each) for each in same.values()]
        shown = [thread for thread in threads if thread.role == "client" or thread.messages]
        return sorted(shown, key=lambda thread: (thread.last_at, thread.thread_id), reverse=True)

    def _thread_view(self, connection: Connection, same: list[tuple[Row[Any], ClientKey]]) -> PhoneThread:
        """One thread of one recipient, whose plans may have a client each."""
        row, key = same[-1]
        known = open_address(key, row.thread_id, row.sealed)
        rows = [each for each, _ in same]
        bubbles = self._written_to(connection, rows) + self._written_by(connection, rows)
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

    def _written_to(self, connection: Connection, threads: list[Row[Any]]) -> list[PhoneMessage]:
        of_these = messages.c.thread_id.in_([thread.thread_id for thread in threads])
        query = (
            select(messages)
            .where(of_these, messages.c.status.in_(_ON_THE_PHONE))
            .order_by(messages.c.number.desc())
            .limit(_NEWEST_MESSAGES)
        )
        readable = self._readable(connection, list(connection.execute(query)))
        return [_outgoing(row, key) for row, key in reversed(readable)]

    def _written_by(self, connection: Connection, threads: list[Row[Any]]) -> list[PhoneMessage]:
        thread = threads[0]
        same = and_(inbound.c.channel == thread.channel, inbound.c.address_hmac == thread.address_hmac)
        if thread.role == "client":
            # People who share a number have a thread each; what named no plan belongs to all of them.
            same = and_(same, inbound.c.owner_id.in_([UNKNOWN, *(each.owner_id for each in threads)]))
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
