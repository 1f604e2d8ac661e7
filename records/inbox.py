"""What the inbox reads: what waits for a person, page by page, whom it is about, and what somebody was told of."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Row,
    Select,
    case,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy import (
    cast as sql_cast,
)

from domain.client import Channel
from domain.inbox_order import DEADLINE, RED_FLAG, of_task, rank
from domain.names import escalation_of_touchpoint
from records.addresses import open_address
from records.claims import ClaimRecords
from records.desk import DeskRecords, task_view
from records.escalations import EscalationRecords, escalation_view
from records.message_lookups import open_message
from records.tables import addresses, claims, desk_tasks, escalations, messages, plans
from records.views import ClaimView, DeskTaskView, EscalationView

LAST_WORDS = 50
"""How many of the last messages to a number are looked at."""
_QUESTION, _TASK, _CLAIM = "question", "task", "claim"


class Reader(NamedTuple):
    """Who looks at the inbox: their email, and whether they decide, do the desk's tasks, and follow claims.

    Who may not decide hears of possible emergencies all the same: somebody must phone.
    """

    email: str
    decides: bool
    does_tasks: bool
    follows_claims: bool


Waiting = EscalationView | DeskTaskView | ClaimView


class InboxPage(NamedTuple):
    """What waits, in the inbox's order, and whether there is more after it."""

    waiting: list[Waiting]
    more: bool


class InboxRecords(EscalationRecords, ClaimRecords, DeskRecords):
    """Queries of the inbox."""

    def inbox_page(self, reader: Reader, until: date, size: int, offset: int = 0) -> InboxPage:
        """`size` things that wait for this person, after the first `offset`, in the order of domain.inbox_order.ORDER.

        `until`: deadlines with a later last day don't wait yet. Only what is on the page is opened. What is about an
        erased client is left out, so that a page may be shorter.
        """
        listed = union_all(*self._listed(reader, until)).subquery()
        order = (*listed.c[:6], listed.c.id)
        query = select(listed.c.source, listed.c.id).order_by(*order).limit(size + 1).offset(offset)
        with self._reading() as connection:
            found = [(row.source, row.id) for row in connection.execute(query)]
            opened = self._opened(connection, found[:size])
        return InboxPage([opened[place] for place in found[:size] if place in opened], len(found) > size)

    def _listed(self, reader: Reader, until: date) -> Iterator[Select[Any]]:
        """What waits, of each kind: the columns of the order, then where it is kept."""
        calm = case((escalations.c.rank == RED_FLAG, 0), else_=1)
        asked = self._asked_hmac(reader.email) if reader.email else None
        own = or_(escalations.c.rank == RED_FLAG, escalations.c.asked_hmac == asked) if asked else calm == 0
        foreign = case((own, 0), else_=1)
        questions = _columns(
            calm, foreign, escalations.c.rank, escalations.c.opened_at, _QUESTION, escalations.c.escalation_id
        )
        questions = questions.where(escalations.c.status == "open")
        yield questions if reader.decides else questions.where(escalations.c.rank == RED_FLAG)
        if reader.does_tasks:
            calm = case((desk_tasks.c.rank == RED_FLAG, 0), else_=1)
            tasks = _columns(calm, calm, desk_tasks.c.rank, desk_tasks.c.opened_at, _TASK, desk_tasks.c.key_hmac)
            yield tasks.where(desk_tasks.c.closed_at.is_(None))
        if reader.follows_claims:
            last_day = claims.c.presses_on
            pressing = _columns(
                literal(1), literal(1), literal(DEADLINE), claims.c.opened_at, _CLAIM, claims.c.claim_id, last_day
            )
            yield pressing.where(last_day <= until)

    def _opened(self, connection: Connection, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Waiting]:
        kept = {source: [name for each, name in places if each == source] for source in (_QUESTION, _TASK, _CLAIM)}
        opened: dict[tuple[str, str], Waiting] = {}
        query = select(escalations).where(escalations.c.escalation_id.in_(kept[_QUESTION]))
        for row, key in self._readable(connection, list(connection.execute(query))):
            opened[_QUESTION, row.escalation_id] = escalation_view(row, key)
        query = select(desk_tasks).where(desk_tasks.c.key_hmac.in_(kept[_TASK]))
        for row, key in self._readable(connection, list(connection.execute(query))):
            opened[_TASK, row.key_hmac] = task_view(row, key)
        query = select(claims).where(claims.c.claim_id.in_(kept[_CLAIM]))
        for view in self._claim_views(connection, list(connection.execute(query))):
            opened[_CLAIM, view.state.claim_id] = view
        return opened

    def rank_what_is_unranked(self) -> int:
        """Give what was stored before there was an inbox its place in it. How many rows; without any it is one look."""
        unranked = select(escalations).where(escalations.c.rank.is_(None), escalations.c.status == "open")
        tasks = select(desk_tasks).where(desk_tasks.c.rank.is_(None), desk_tasks.c.closed_at.is_(None))
        with self._engine.begin() as connection:  # without the look-up secret: most often there is nothing to do
            if not any(connection.execute(query.limit(1)).first() for query in (unranked, tasks)):
                return 0
        with self._writing() as connection:
            questions = self._readable(connection, list(connection.execute(unranked)))
            for row, key in questions:
                place = self._inbox_place(escalation_view(row, key).escalation)
                one = update(escalations).where(escalations.c.escalation_id == row.escalation_id)
                connection.execute(one.values(**place))
            found = self._readable(connection, list(connection.execute(tasks)))
            for row, key in found:
                place = rank(of_task(task_view(row, key).task))
                connection.execute(update(desk_tasks).where(desk_tasks.c.key_hmac == row.key_hmac).values(rank=place))
        return len(questions) + len(found)

    def client_names(self, plan_ids: Iterable[str]) -> dict[str, str]:
        """The client's name of each of these plans, by the plan's id. Opens no plan; an erased client has none."""
        query = (
            select(plans.c.plan_id, addresses.c.owner_id, addresses.c.thread_id, addresses.c.sealed)
            .join(addresses, addresses.c.owner_id == plans.c.client_id)
            .where(plans.c.plan_id.in_(set(plan_ids)), addresses.c.role == "client")
        )
        names: dict[str, str] = {}
        with self._reading() as connection:
            rows = cast(list[Row[Any]], list(connection.execute(query)))
            for row, key in self._readable(connection, rows):
                if row.plan_id not in names:
                    names[row.plan_id] = open_address(key, row.thread_id, row.sealed).name
        return names

    def told_of(self, channel: Channel, address: str) -> list[str]:
        """The ids of the questions that somebody at this address was told of, the last one first, each once."""
        query = (
            select(messages)
            .where(
                messages.c.address_hmac == self._address_hmac(address),
                messages.c.audience == "therapist",
                messages.c.begun_at.is_not(None),
            )
            .order_by(messages.c.number.desc())
            .limit(LAST_WORDS)
        )
        with self._reading() as connection:
            sent = [open_message(row, key) for row, key in self._readable(connection, list(connection.execute(query)))]
        found = [escalation_of_touchpoint(message.touchpoint_key) for message in sent if message.channel == channel]
        return list(dict.fromkeys(escalation_id for escalation_id in found if escalation_id))


def _columns(
    calm: ColumnElement[int],
    foreign: ColumnElement[int],
    place: ColumnElement[Any],
    since: ColumnElement[Any],
    source: str,
    name: ColumnElement[Any],
    last_day: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """One kind of what waits. Without a last day it comes after whatever has one."""
    day = sql_cast(null(), Date) if last_day is None else last_day
    columns: list[ColumnElement[Any]] = [
        calm.label("calm"),
        foreign.label("foreign"),
        place.label("place"),
        case((day.is_(None), 1), else_=0).label("dayless"),
        day.label("last_day"),
        since.label("since"),
        literal(source).label("source"),
        name.label("id"),
    ]
    return select(*columns)
