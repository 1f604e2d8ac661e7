"""What names a conversation or a message to somebody outside: tokens that say nothing and can't be guessed."""

import hmac
import re
import secrets as random
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from records.sql import insert_new
from records.store import Store
from records.tables import conversations

_LINK = re.compile(r"([A-Za-z0-9_-]{1,64})\.([0-9a-f]{1,10})\.([0-9a-f]{32})", re.ASCII)


class Link(NamedTuple):
    """A link that we gave out: to which message, and until when its page may be read."""

    message_id: str
    expires_at: datetime


class ConversationRecords(Store):
    """Queries about conversations by email, and the signature of links to messages."""

    def conversation_of_plan(self, plan_id: str, at: datetime) -> str:
        """The token in the plan's reply address, made now if there is none: 128 random bits as small hex.

        Small letters and digits only, because mail programs fold the case of an address. It names the conversation and
        proves nothing about who writes. Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            owner_id, key = self._owner_of_plan(connection, plan_id)
            found = _find(connection, conversations.c.plan_id == plan_id)
            if found is None:
                token = random.token_hex(16)
                insert_new(
                    connection,
                    conversations,
                    plan_id=plan_id,
                    owner_id=owner_id,
                    token_hmac=self._conversation_hmac(token),
                    sealed=key.seal(token, _place(plan_id)),
                    created_at=at,
                )
                # On PostgreSQL another process may have been faster: what it stored counts.
                found = _find(connection, conversations.c.plan_id == plan_id)
            if found is None:
                raise RuntimeError("a conversation that was just stored isn't there")
            return key.open(found.sealed, _place(plan_id))

    def plan_of_conversation(self, token: str) -> str | None:
        """The plan of that token, in whatever case it came. None where there is none or its client was erased."""
        with self._reading() as connection:
            found = _find(connection, conversations.c.token_hmac == self._conversation_hmac(token))
            readable = self._readable(connection, [found] if found is not None else [])
            return next((row.plan_id for row, _ in readable), None)

    def link_to_message(self, message_id: str, expires_at: datetime) -> str:
        """The token of a link to the message: its random id and the expiry, signed with the records' own secret.

        Worker and web are two processes; that secret is what they share, and nobody else has it.
        """
        ends = f"{int(expires_at.timestamp()):x}"
        return f"{message_id}.{ends}.{self._signature(message_id, ends)}"

    def message_of_link(self, token: str) -> Link | None:
        """What a link of ours names, expired or not; None for a token that we never gave out."""
        parts = _LINK.fullmatch(token)
        if parts is None:
            return None
        message_id, ends, signature = parts.groups()
        if not hmac.compare_digest(signature, self._signature(message_id, ends)):
            return None
        return Link(message_id, datetime.fromtimestamp(int(ends, 16), UTC))

    def _signature(self, message_id: str, ends: str) -> str:
        return self._hmac("link-to-message", f"{message_id}\0{ends}")[:32]

    def _conversation_hmac(self, token: str) -> str:
        return self._hmac("conversation", token.lower())


def _find(connection: Connection, condition: Any) -> Row[Any] | None:
    return connection.execute(select(conversations).where(condition)).first()


def _place(plan_id: str) -> str:
    return f"conversations:{plan_id}"
