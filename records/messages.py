"""Messages: written down before they are sent, begun by exactly one caller, moved forward by what is heard of them."""

import secrets as random
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from domain.actions import SendMessage
from records.addresses import AddressBook, Contact
from records.sql import insert_new
from records.tables import messages
from records.vault import ClientKey, Owner
from records.views import MessageRow, MessageStatus

Settled = Literal["accepted", "refused", "unknown", "dropped", "deferred"]
Delivered = Literal["sent", "delivered", "undelivered", "failed"]

_UNSETTLED: tuple[MessageStatus, ...] = ("intended", "sending", "unknown")
_REPORTED_OVER: dict[Delivered, tuple[MessageStatus, ...]] = {
    "sent": ("sending", "unknown", "accepted"),
    "delivered": ("sending", "unknown", "accepted", "sent"),
    # A mail server may take a message and give it up later, so a failure counts over `delivered`.
    "undelivered": ("sending", "unknown", "accepted", "sent", "delivered"),
    "failed": ("sending", "unknown", "accepted", "sent", "delivered"),
}
_MAY_HAVE_ARRIVED: tuple[MessageStatus, ...] = ("sending", "unknown", "accepted", "sent", "delivered")


class MessageRecords(AddressBook):
    """Queries about our own messages."""

    def intend(self, message: SendMessage, at: datetime) -> MessageRow:
        """Write a message down under its unique key, or return the one that is there, text and all.

        Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            owner = self._owner_of_plan(connection, message.plan_id)
            key_hmac = self._hmac("message", message.message_key)
            found = _find(connection, messages.c.message_key_hmac == key_hmac)
            if found is None:
                self._insert(connection, owner, message, key_hmac, at)
                found = _find(connection, messages.c.message_key_hmac == key_hmac)
            if found is None:
                raise RuntimeError("a message that was just written down isn't there")
            return _row(found, owner.key)

    def message(self, message_id: str) -> MessageRow | None:
        """The message of that id; None where there is none or its client was erased."""
        with self._reading() as connection:
            found = _find(connection, messages.c.message_id == message_id)
            readable = self._readable(connection, [found] if found is not None else [])
            return next((_row(row, key) for row, key in readable), None)

    def begin_send(self, message_id: str, at: datetime) -> bool:
        """From intended to sending. True for exactly one caller, who then calls the provider."""
        with self._writing() as connection:
            begun = connection.execute(
                update(messages)
                .where(messages.c.message_id == message_id, messages.c.status == "intended")
                .values(status="sending", begun_at=at)
            )
            return begun.rowcount == 1

    def settle_message(
        self, message_id: str, status: Settled, at: datetime, provider_id: str | None = None, because: str = ""
    ) -> None:
        """What came of a send. `deferred` makes it an intent again. Never goes back over a delivery report.

        A report can overtake the provider's own answer: then only `provider_id` is added.
        """
        with self._writing() as connection:
            found = _find(connection, messages.c.message_id == message_id)
            if found is None:
                return
            if provider_id:
                self._update(connection, message_id, provider_id=provider_id)
            changes: dict[str, Any] = {
                "status": "intended" if status == "deferred" else status,
                "settled_at": None if status == "deferred" else at,
                "sealed_because": self._because(connection, found, because),
            }
            if status == "deferred":
                changes["begun_at"] = None
            connection.execute(
                update(messages)
                .where(messages.c.message_id == message_id, messages.c.status.in_(_UNSETTLED))
                .values(**changes)
            )

    def delivery(self, message_id: str, status: Delivered, at: datetime, cause: str = "") -> bool:
        """A delivery report. It only ever moves a message forward; True if it did."""
        with self._writing() as connection:
            found = _find(connection, messages.c.message_id == message_id)
            if found is None:
                return False
            moved = connection.execute(
                update(messages)
                .where(messages.c.message_id == message_id, messages.c.status.in_(_REPORTED_OVER[status]))
                .values(status=status, delivery_at=at, sealed_because=self._because(connection, found, cause))
            )
            return moved.rowcount == 1

    def care_messages_sent_since(self, address: str, since: datetime) -> list[datetime]:
        """When `care` messages went to this address, from `since` on, the oldest first; those in doubt count too."""
        with self._reading() as connection:
            query = (
                select(messages.c.begun_at)
                .where(
                    messages.c.address_hmac == self._address_hmac(address),
                    messages.c.category == "care",
                    messages.c.status.in_(_MAY_HAVE_ARRIVED),
                    messages.c.begun_at >= since,
                )
                .order_by(messages.c.begun_at)
            )
            return list(connection.execute(query).scalars())

    def _insert(self, connection: Connection, owner: Owner, message: SendMessage, key_hmac: str, at: datetime) -> None:
        thread_id = address_hmac = None
        if message.address:
            address_hmac = self._address_hmac(message.address)
            contact = Contact(channel=message.channel, address=message.address, name=message.to)
            if message.audience == "client":
                thread_id = self._thread(connection, owner, "client", contact, at)
            else:
                thread_id = self._staff_thread(connection, contact, at)
        message_id = random.token_urlsafe(18)
        insert_new(
            connection,
            messages,
            message_id=message_id,
            message_key_hmac=key_hmac,
            plan_id=message.plan_id,
            owner_id=owner.owner_id,
            thread_id=thread_id,
            address_hmac=address_hmac,
            category=message.category,
            audience=message.audience,
            status="intended",
            sealed=owner.key.seal(message.model_dump_json(), _place(message_id)),
            created_at=at,
        )

    def _because(self, connection: Connection, found: Row[Any], because: str) -> bytes | None:
        # Of an erased client only the status moves on: there is no key to keep a reason under.
        readable = self._readable(connection, [found]) if because else []
        return next((key.seal(because, _because_place(found.message_id)) for _, key in readable), None)

    def _update(self, connection: Connection, message_id: str, **values: Any) -> None:
        connection.execute(update(messages).where(messages.c.message_id == message_id).values(**values))


def _find(connection: Connection, condition: Any) -> Row[Any] | None:
    return connection.execute(select(messages).where(condition)).first()


def open_message(row: Row[Any], key: ClientKey) -> SendMessage:
    """The message of a row of the messages table."""
    return SendMessage.model_validate_json(key.open(row.sealed, _place(row.message_id)))


def _row(row: Row[Any], key: ClientKey) -> MessageRow:
    because = row.sealed_because
    return MessageRow(
        message_id=row.message_id,
        message=open_message(row, key),
        status=row.status,
        provider_id=row.provider_id,
        because=key.open(because, _because_place(row.message_id)) if because else "",
        created_at=row.created_at,
        begun_at=row.begun_at,
        settled_at=row.settled_at,
    )


def _place(message_id: str) -> str:
    return f"messages:{message_id}"


def _because_place(message_id: str) -> str:
    return f"messages.because:{message_id}"
