"""The story of a plan and of a claim: journal, our messages and the client's replies, in order of time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from domain.names import claim_prefix
from domain.outgoing import LOOKING_FOR_IT
from domain.remedies import remedy
from domain.state import JournalLine
from records.claims import claim_line_place
from records.inbound import open_inbound
from records.message_lookups import open_message, reason_of
from records.plans import journal_place
from records.store import NoSuchPlan, Store
from records.tables import claim_journal, claims, inbound, journal, messages
from records.vault import ClientErased, ClientKey
from records.views import TimelineLine

_NOT_A_LINE = ("intended", "dropped")
"""A message that waits is no story yet, and one that was dropped has its line in the journal."""
_Placed = tuple[datetime, int, int, TimelineLine]


class TimelineRecords(Store):
    """The query of the story."""

    def timeline(self, plan_id: str) -> list[TimelineLine]:
        """The plan's story; empty where there is no such plan or its client was erased.

        At one moment a reply comes before what the plan made of it, and that before what was then sent.
        """
        with self._reading() as connection:
            try:
                key = self._owner_of_plan(connection, plan_id).key
            except (NoSuchPlan, ClientErased):
                return []
            replies = connection.execute(select(inbound).where(inbound.c.plan_id == plan_id))
            lines = [_reply(row, key) for row in replies]
            journaled = connection.execute(select(journal).where(journal.c.plan_id == plan_id))
            lines += [_journal_line(row, key, journal_place(plan_id, row.seq)) for row in journaled]
            of_claims = connection.execute(select(claim_journal).where(claim_journal.c.plan_id == plan_id))
            lines += [_line_of_claim(row, key) for row in of_claims]
            sent = connection.execute(
                select(messages).where(messages.c.plan_id == plan_id, messages.c.status.not_in(_NOT_A_LINE))
            )
            lines += [_message(row, key) for row in sent]
        return _in_order(lines)

    def claim_story(self, claim_id: str) -> list[TimelineLine]:
        """What happened to one claim, and the messages about it; empty where there is none or its client was erased."""
        with self._reading() as connection:
            found = list(connection.execute(select(claims).where(claims.c.claim_id == claim_id)))
            for row, key in self._readable(connection, found):
                query = select(claim_journal).where(claim_journal.c.claim_id == claim_id)
                lines = [
                    _journal_line(line, key, claim_line_place(claim_id, line.seq)) for line in connection.execute(query)
                ]
                sent = connection.execute(
                    select(messages).where(messages.c.plan_id == row.plan_id, messages.c.status.not_in(_NOT_A_LINE))
                )
                about = [message for message in sent if _is_about_claim(message, key, claim_id)]
                return _in_order(lines + [_message(message, key) for message in about])
        return []


def _in_order(lines: list[_Placed]) -> list[TimelineLine]:
    return [line for *_, line in sorted(lines, key=lambda placed: placed[:3])]


def _is_about_claim(row: Row[Any], key: ClientKey, claim_id: str) -> bool:
    return open_message(row, key).message_key.startswith(f"{claim_prefix(claim_id)}:")


def _reply(row: Row[Any], key: ClientKey) -> _Placed:
    line = TimelineLine(
        at=row.received_at,
        kind="reply",
        direction="in",
        channel=row.channel,
        to="",
        text=open_inbound(row, key).text,
        status="received",
    )
    return line.at, 0, row.number, line


def _journal_line(row: Row[Any], key: ClientKey, place: str) -> _Placed:
    entry = JournalLine.model_validate_json(key.open(row.sealed, place))
    line = TimelineLine.model_validate(entry.model_dump(exclude={"seq"}))
    return line.at, 1, row.seq, line


def _line_of_claim(row: Row[Any], key: ClientKey) -> _Placed:
    """In the plan's story a line about a claim says which one."""
    at, rank, seq, line = _journal_line(row, key, claim_line_place(row.claim_id, row.seq))
    return at, rank, seq, line.model_copy(update={"text": f"Claim {row.claim_id}: {line.text}"})


def _message(row: Row[Any], key: ClientKey) -> _Placed:
    message = open_message(row, key)
    cause = reason_of(row, key) or (LOOKING_FOR_IT if row.status == "sending" else "")
    line = TimelineLine(
        at=row.begun_at or row.settled_at or row.created_at,
        kind=message.kind,
        direction="out",
        channel=message.channel,
        to=message.to,
        text=message.text,
        because=message.because,
        status=row.status,
        cause=cause,
        remedy=remedy(cause),
    )
    return line.at, 2, row.number, line
