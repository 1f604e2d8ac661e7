"""Whose numbers and addresses we know. Each is one thread of the local phone, and finds the plans of who writes."""

import secrets as random
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel
from sqlalchemy import Connection, func, select

from domain.client import Channel
from records.sql import insert_new
from records.store import Store
from records.suppression import opted_out
from records.tables import addresses, client_keys, clients, messages, plans
from records.vault import PRACTICE, ClientKey, Owner

Role = Literal["client", "staff"]


class Contact(BaseModel):
    """Somebody's number or email, and what we call them. All of it is sealed."""

    channel: Channel
    address: str
    name: str


class StaffStopped(NamedTuple):
    """Somebody of the staff who can't be written to on this channel."""

    channel: Channel
    name: str


class AddressBook(Store):
    """Queries about addresses."""

    def plans_of_address(self, channel: Channel, address: str, *, ended: bool = False) -> list[str]:
        """Ids of plans of whoever has this address, the one last written to first: open ones, or those that ended.

        Also those under another address of the same recipient (`records/people.py`).
        """
        written_at = (
            select(func.max(messages.c.begun_at))
            .where(messages.c.plan_id == plans.c.plan_id, messages.c.audience == "client")
            .scalar_subquery()
        )
        with self._reading() as connection:
            whose = (
                select(clients.c.recipient_id)
                .join(addresses, addresses.c.owner_id == clients.c.client_id)
                .where(
                    addresses.c.role == "client",
                    addresses.c.channel == channel,
                    addresses.c.address_hmac == self._address_hmac(address),
                )
            )
            query = (
                select(plans.c.plan_id)
                .join(clients, clients.c.client_id == plans.c.client_id)
                .join(client_keys, client_keys.c.owner_id == clients.c.client_id)
                .where(
                    clients.c.recipient_id.in_(whose),
                    client_keys.c.wrapped.is_not(None),
                    plans.c.status == "ended" if ended else plans.c.status != "ended",
                )
                .order_by(written_at.desc().nulls_last(), plans.c.enrolled_at.desc(), plans.c.plan_id)
            )
            return list(connection.execute(query).scalars())

    def thread_address(self, thread_id: str) -> tuple[Channel, str] | None:
        """Channel and address of a thread; None where there is none."""
        with self._reading() as connection:
            rows = list(connection.execute(select(addresses).where(addresses.c.thread_id == thread_id)))
            for row, key in self._readable(connection, rows):
                return row.channel, open_address(key, row.thread_id, row.sealed).address
            return None

    def staff_at(self, channel: Channel, address: str) -> str:
        """The name of whoever of the staff was ever written to at this address; empty for anybody else."""
        query = select(addresses).where(
            addresses.c.role == "staff",
            addresses.c.channel == channel,
            addresses.c.address_hmac == self._address_hmac(address),
        )
        with self._reading() as connection:
            found = self._readable(connection, list(connection.execute(query)))
            return next((open_address(key, row.thread_id, row.sealed).name for row, key in found), "")

    def staff_who_stopped(self) -> list[StaffStopped]:
        """Whose number or address of the staff gets nothing, because they said stop there."""
        query = select(addresses).where(addresses.c.role == "staff").order_by(addresses.c.created_at)
        with self._reading() as connection:
            rows = list(connection.execute(query))
            stopped = [row for row in rows if opted_out(connection, row.channel, row.address_hmac)]
            return [
                StaffStopped(row.channel, open_address(key, row.thread_id, row.sealed).name)
                for row, key in self._readable(connection, stopped)
            ]

    def _staff_thread(self, connection: Connection, contact: Contact, at: datetime) -> str:
        # A therapist has many clients, so their address is under no client's key and outlives each erasure.
        return self._thread(connection, self._nobody(connection, PRACTICE, at), "staff", contact, at)

    def _thread(self, connection: Connection, owner: Owner, role: Role, contact: Contact, at: datetime) -> str:
        """The id of the owner's thread with this address, made now if there is none."""
        thread_id = random.token_hex(12)
        who = {
            "owner_id": owner.owner_id,
            "role": role,
            "channel": contact.channel,
            "address_hmac": self._address_hmac(contact.address),
        }
        sealed = owner.key.seal(contact.model_dump_json(), _place(thread_id))
        if insert_new(connection, addresses, thread_id=thread_id, sealed=sealed, created_at=at, **who):
            return thread_id
        same = [addresses.c[name] == value for name, value in who.items()]
        return connection.execute(select(addresses.c.thread_id).where(*same)).scalar_one()


def _place(thread_id: str) -> str:
    return f"addresses:{thread_id}"


def open_address(key: ClientKey, thread_id: str, sealed: bytes) -> Contact:
    """The name and address of a thread."""
    return Contact.model_validate_json(key.open(sealed, _place(thread_id)))
