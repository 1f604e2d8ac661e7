"""Messages: written down before they are sent, begun by exactly one caller, moved forward by what is heard of them."""

import hashlib
import secrets as random
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, literal, select, update

from domain.actions import AddDeskTask, SendMessage
from records.addresses import Contact
from records.aftermath import Aftermath
from records.last_checks import NOTHING_TO_CHECK, Begun, LastChecks, came_now, care_sent, last_taken, something_waits
from records.message_lookups import because_place, find_message, message_place, message_row, open_message
from records.senders import SenderRecords
from records.sql import insert_new, one_at_a_time
from records.suppression import opted_out, person_stopped, subject_of
from records.tables import UtcDateTime, clients, messages
from records.vault import Owner
from records.views import MessageRow, MessageStatus

Settled = Literal["accepted", "refused", "unknown", "dropped", "deferred"]
Delivered = Literal["sent", "delivered", "undelivered", "failed"]

_UNSETTLED: tuple[MessageStatus, ...] = ("intended", "sending", "unknown")
_REPORTED_OVER: dict[Delivered, tuple[MessageStatus, ...]] = {
    # Over `intended` too: a report proves that the provider has it, though its list said otherwise a moment before.
    "sent": ("intended", "sending", "unknown", "accepted"),
    "delivered": ("intended", "sending", "unknown", "accepted", "sent"),
    # A mail server may take a message and give it up later, so a failure counts over `delivered`.
    "undelivered": ("intended", "sending", "unknown", "accepted", "sent", "delivered"),
    "failed": ("intended", "sending", "unknown", "accepted", "sent", "delivered"),
}


class MessageRecords(Aftermath, SenderRecords):
    """Queries about our own messages."""

    def intend(self, message: SendMessage, at: datetime) -> MessageRow:
        """Write a message down under its unique key, or return the one that is there, text and all.

        Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            owner = self._owner_of_plan(connection, message.plan_id)
            key_hmac = self._hmac("message", message.message_key)
            found = find_message(connection, messages.c.message_key_hmac == key_hmac)
            if found is None:
                self._insert(connection, owner, message, key_hmac, at)
                found = find_message(connection, messages.c.message_key_hmac == key_hmac)
            if found is None:
                raise RuntimeError("a message that was just written down isn't there")
            return message_row(found, owner.key)

    def begin_send(self, message_id: str, at: datetime, checks: LastChecks = NOTHING_TO_CHECK) -> Begun:
        """From intended to sending, for exactly one caller, who then calls the provider.

        The last checks and this step are one transaction, and those about one client or address follow each other: an
        opt-out, or another plan's message under the same cap, comes either before it and counts, or after it.
        """
        with self._writing() as connection:
            found = find_message(connection, messages.c.message_id == message_id)
            if found is None or found.status != "intended":
                return Begun("another attempt")
            for subject in _subjects(_counted_with(connection, found, checks), found):
                one_at_a_time(connection, subject)
            found = find_message(connection, messages.c.message_id == message_id)  # another one may have had its turn
            if found is None or found.status != "intended":
                return Begun("another attempt")
            at = checks.clock() if checks.clock else at
            begun = replace(self._obstacle(connection, found, at, checks), at=at)
            if begun.obstacle:
                return begun
            started = connection.execute(
                update(messages)
                .where(messages.c.message_id == message_id, messages.c.status == "intended")
                .values(status="sending", begun_at=at)
            )
            return begun if started.rowcount == 1 else Begun("another attempt")

    def _obstacle(self, connection: Connection, found: Row[Any], at: datetime, checks: LastChecks) -> Begun:
        if checks.channel and found.address_hmac and opted_out(connection, checks.channel, found.address_hmac):
            return Begun("opted out")
        if checks.channel and person_stopped(connection, self._address_hmac(found.owner_id)):
            return Begun("client died")
        if checks.decided_at:
            taken_at = last_taken(connection, found.plan_id, checks.decided_at)
            if taken_at is not None or something_waits(connection, found.plan_id, checks.decided_at, at):
                came_now(connection, found.plan_id, at)
                return Begun("something happened", until=taken_at and min(taken_at, at))
        if checks.capped_until:
            sent = care_sent(connection, found.owner_id, found.address_hmac, at - checks.cap_memory)
            until = checks.capped_until(sent)
            if until is not None and until > at:
                return Begun("cap", until=until)
        return self._sender_stopped(connection, checks.sender, at) if checks.sender else Begun()

    def settle_message(
        self,
        message_id: str,
        status: Settled,
        at: datetime,
        provider_id: str | None = None,
        because: str = "",
        seen: MessageRow | None = None,
        found: bool = False,
    ) -> bool:
        """What came of a send. `deferred` makes it an intent again. Never goes back over a delivery report.

        A report can overtake the provider's own answer: then only `provider_id` is added. One that was only `found` in
        the provider's list, and belongs to another message by now, settles nothing. `seen` is what the caller stands
        on: where somebody has begun or settled the message since, nothing changes. True where it was settled.
        """
        with self._writing() as connection:
            row = find_message(connection, messages.c.message_id == message_id)
            if row is None:
                return False
            if provider_id:
                if found and _belongs_to_another(connection, message_id, provider_id):
                    return False
                if not self._is_second_id(row, provider_id, at):
                    self._update(connection, message_id, provider_id=provider_id)
            changes: dict[str, Any] = {
                "status": "intended" if status == "deferred" else status,
                "settled_at": None if status == "deferred" else at,
                "sealed_because": self._because(connection, row, because),
            }
            if status == "deferred":
                changes |= {"begun_at": None, "stop_came_at": None}
            moved = connection.execute(
                update(messages)
                .where(messages.c.message_id == message_id, messages.c.status.in_(_UNSETTLED), *_as_it_was(seen))
                .values(**changes)
            )
            if status == "accepted":
                self._tell_of_stop(connection, row, at)
            return moved.rowcount == 1

    def give_up_message(
        self, seen: MessageRow, status: Literal["unknown", "dropped"], because: str, task: AddDeskTask, at: datetime
    ) -> bool:
        """Nothing more will come of it: settled, and a person told, both or neither.

        False where somebody has settled it since. Raises ClientErased.
        """
        with self._writing():
            settled = self.settle_message(seen.message_id, status, at, because=because, seen=seen)
            return settled and self.add_desk_task(task)

    def delivery(
        self, message_id: str, status: Delivered, at: datetime, cause: str = "", provider_id: str | None = None
    ) -> bool:
        """A delivery report. It only ever moves a message forward; True if it did.

        `provider_id` is the provider's own id of the message, so that no other message in doubt is taken for it.
        """
        with self._writing() as connection:
            found = find_message(connection, messages.c.message_id == message_id)
            if found is None:
                return False
            self._is_second_id(found, provider_id, at)
            moved = connection.execute(
                update(messages)
                .where(messages.c.message_id == message_id, messages.c.status.in_(_REPORTED_OVER[status]))
                .values(
                    status=status,
                    provider_id=func.coalesce(messages.c.provider_id, provider_id),
                    begun_at=func.coalesce(messages.c.begun_at, literal(at, UtcDateTime)),  # caps count it
                    delivery_at=at,
                    sealed_because=self._because(connection, found, cause),
                )
            )
            self._tell_of_stop(connection, found, at)
            return moved.rowcount == 1

    def sent_lately(self, connection: Connection, address_hmac: str, since: datetime, most: int) -> list[str]:
        """The last texts that may have reached this address since then, the newest first."""
        query = (
            select(messages)
            .where(messages.c.address_hmac == address_hmac, messages.c.begun_at >= since)
            .order_by(messages.c.begun_at.desc())
            .limit(most)
        )
        rows = self._readable(connection, list(connection.execute(query)))
        return [open_message(row, key).text for row, key in rows]

    def _insert(self, connection: Connection, owner: Owner, message: SendMessage, key_hmac: str, at: datetime) -> None:
        thread_id = address_hmac = None
        if message.address:
            address_hmac = self._address_hmac(message.address)
            contact = Contact(channel=message.channel, address=message.address, name=message.to)
            if message.audience == "client":
                thread_id = self._thread(connection, owner, "client", contact, at)
            else:
                thread_id = self._staff_thread(connection, contact, at)
        message_id = random.token_hex(16)
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
            sealed=owner.key.seal(message.model_dump_json(), message_place(message_id)),
            created_at=at,
        )

    def _because(self, connection: Connection, found: Row[Any], because: str) -> bytes | None:
        # Of an erased client only the status moves on: there is no key to keep a reason under.
        readable = self._readable(connection, [found]) if because else []
        return next((key.seal(because, because_place(found.message_id)) for _, key in readable), None)

    def _update(self, connection: Connection, message_id: str, **values: Any) -> None:
        connection.execute(update(messages).where(messages.c.message_id == message_id).values(**values))


def _belongs_to_another(connection: Connection, message_id: str, provider_id: str) -> bool:
    """Whether the provider's message is another one of ours: of two same texts in doubt, each must find its own."""
    return (
        find_message(connection, (messages.c.provider_id == provider_id) & (messages.c.message_id != message_id))
        is not None
    )


def _counted_with(connection: Connection, found: Row[Any], checks: LastChecks) -> str:
    """Whose messages a cap counts together; only then does it matter."""
    query = select(clients.c.recipient_id).where(clients.c.client_id == found.owner_id)
    return (connection.execute(query).scalar() if checks.capped_until else None) or found.owner_id


def _subjects(recipient_id: str, found: Row[Any]) -> list[int]:
    """What transactions about this message must take turns on, always in the same order: its client, its address."""
    client = int(hashlib.sha256(recipient_id.encode()).hexdigest()[:15], 16)
    return sorted({client, subject_of(found.address_hmac)} if found.address_hmac else {client})


def _as_it_was(seen: MessageRow | None) -> list[ColumnElement[bool]]:
    if seen is None:
        return []
    return [messages.c.status == seen.status, messages.c.begun_at.is_not_distinct_from(seen.begun_at)]
