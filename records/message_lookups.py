"""Reading our own messages: one of them, those in doubt, and what counts under a cap."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.actions import SendMessage
from records.addresses import AddressBook
from records.last_checks import care_sent, something_waits
from records.tables import client_keys, messages
from records.vault import ClientKey
from records.views import MessageRow


class MessageLookups(AddressBook):
    """Queries that change nothing about messages."""

    def message(self, message_id: str) -> MessageRow | None:
        """The message of that id; None where there is none or its client was erased."""
        with self._reading() as connection:
            found = find_message(connection, messages.c.message_id == message_id)
            readable = self._readable(connection, [found] if found is not None else [])
            return next((message_row(row, key) for row, key in readable), None)

    def care_messages_sent_since(self, plan_id: str, address: str, since: datetime) -> list[datetime]:
        """When `care` messages went to this plan's client or address, the oldest first; those in doubt count too.

        Both count: a client has several addresses and plans, and a phone may be two clients'. Raises NoSuchPlan.
        """
        with self._reading() as connection:
            owner_id = self._owner_of_plan(connection, plan_id).owner_id
            return care_sent(connection, owner_id, self._address_hmac(address), since)

    def something_waits(self, plan_id: str, decided_at: datetime, now: datetime) -> bool:
        """Whether an event of the plan is stored that a decision of that time can't have seen."""
        with self._reading() as connection:
            return something_waits(connection, plan_id, decided_at, now)

    def is_known_message(self, provider_id: str) -> bool:
        """Whether this id of the provider belongs to a message whose outcome we know."""
        with self._reading() as connection:
            return find_message(connection, messages.c.provider_id == provider_id) is not None

    def messages_in_doubt(self, begun_before: datetime) -> list[MessageRow]:
        """Messages that somebody began to send before that time and never settled, the oldest first; at most 100.

        Without those of erased clients: nobody can read them any more, and they would crowd out the others.
        """
        with self._reading() as connection:
            query = (
                select(messages)
                .join(client_keys, client_keys.c.owner_id == messages.c.owner_id)
                .where(
                    messages.c.status == "sending",
                    messages.c.begun_at < begun_before,
                    client_keys.c.wrapped.is_not(None),
                )
            )
            rows = list(connection.execute(query.order_by(messages.c.begun_at).limit(100)))
            return [message_row(row, key) for row, key in self._readable(connection, rows)]


def find_message(connection: Connection, condition: Any) -> Row[Any] | None:
    """The row of the messages table that fits."""
    return connection.execute(select(messages).where(condition)).first()


def open_message(row: Row[Any], key: ClientKey) -> SendMessage:
    """The message of a row of the messages table."""
    return SendMessage.model_validate_json(key.open(row.sealed, message_place(row.message_id)))


def reason_of(row: Row[Any], key: ClientKey) -> str:
    """Why a message of the messages table did not go or arrive; empty where nothing is known."""
    because = row.sealed_because
    return key.open(because, because_place(row.message_id)) if because else ""


def message_row(row: Row[Any], key: ClientKey) -> MessageRow:
    """A row of the messages table, opened."""
    return MessageRow(
        message_id=row.message_id,
        message=open_message(row, key),
        status=row.status,
        provider_id=row.provider_id,
        because=reason_of(row, key),
        created_at=row.created_at,
        begun_at=row.begun_at,
        settled_at=row.settled_at,
    )


def message_place(message_id: str) -> str:
    """Where a sealed message belongs: it opens nowhere else."""
    return f"messages:{message_id}"


def because_place(message_id: str) -> str:
    """Where a sealed reason belongs."""
    return f"messages.because:{message_id}"
