"""The conversation of one plan with its client: texts and mails of both, and what waits to be sent."""

from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Row, select

from domain.client import Channel, Model
from domain.email_reply import own_words
from domain.outgoing import LOOKING_FOR_IT
from domain.remedies import remedy
from domain.touchpoint import STAFF_MESSAGE, Kind
from records.inbound import open_inbound
from records.message_lookups import open_message, reason_of
from records.store import NoSuchPlan, Store
from records.tables import inbound, messages
from records.vault import ClientErased, ClientKey
from records.views import MessageStatus


class ThreadLine(Model):
    """One bubble. `by_hand`: somebody of the practice wrote it; `because` names them then, else says why it went.

    `status` is a message's status and None for a reply; `cause` and `remedy` are there where it did not arrive.
    """

    at: AwareDatetime
    direction: str
    channel: Channel
    kind: Kind
    text: str
    by_hand: bool = False
    because: str = ""
    status: MessageStatus | None = None
    cause: str = ""
    remedy: str = ""


class ThreadRecords(Store):
    """The query of the conversation."""

    def client_thread(self, plan_id: str, newest: int = 200) -> list[ThreadLine]:
        """What was written, in order of time, at most so many either way; empty where the client was erased."""
        with self._reading() as connection:
            try:
                key = self._owner_of_plan(connection, plan_id).key
            except (NoSuchPlan, ClientErased):
                return []
            came = select(inbound).where(inbound.c.plan_id == plan_id).order_by(inbound.c.number.desc())
            lines = [_reply(row, key) for row in connection.execute(came.limit(newest))]
            went = select(messages).where(
                messages.c.plan_id == plan_id, messages.c.audience == "client", messages.c.status != "dropped"
            )
            newest_first = connection.execute(went.order_by(messages.c.number.desc()).limit(newest))
            lines += [_message(row, key) for row in newest_first]
        return sorted(lines, key=lambda line: line.at)


def _reply(row: Row[Any], key: ClientKey) -> ThreadLine:
    text = open_inbound(row, key).text
    words = own_words(text) if row.channel == "email" else text
    return ThreadLine(at=row.received_at, direction="in", channel=row.channel, kind="reply", text=words or text)


def _message(row: Row[Any], key: ClientKey) -> ThreadLine:
    message = open_message(row, key)
    cause = reason_of(row, key) or (LOOKING_FOR_IT if row.status == "sending" else "")
    return ThreadLine(
        at=row.begun_at or row.settled_at or row.created_at,
        direction="out",
        channel=message.channel,
        kind=message.kind,
        text=message.text,
        by_hand=message.template == STAFF_MESSAGE,
        because=message.because,
        status=row.status,
        cause=cause,
        remedy=remedy(cause),
    )
