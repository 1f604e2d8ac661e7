"""Lists of plans for the desk: page by page, by status, or of the client with exactly this name, number or address.

Names and addresses are encrypted, so a client is found by a keyed look-up of the whole of it, never by a part.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from domain.client import Person, normal_phone
from domain.state import PlanStatus
from records.plans import PlanRecords
from records.tables import addresses, clients, escalations, plans
from records.views import PlanView


class PlanPage(NamedTuple):
    """Plans, the newest first, and the id of the last one where there are more: the next page begins after it."""

    plans: list[PlanView]
    more_after: str | None


class PlanPeople(NamedTuple):
    """Whose plan it is, and its therapist and backup person."""

    plan_id: str
    client: str
    people: tuple[Person, Person]


class PlanListRecords(PlanRecords):
    """Queries about many plans at once."""

    def plan_page(self, size: int, status: PlanStatus | None = None, after: str | None = None) -> PlanPage:
        """At most `size` plans of that status, those enrolled before the plan `after`; without erased clients'."""
        query = select(plans, plans.c.client_id.label("owner_id"))
        if status is not None:
            query = query.where(plans.c.status == status)
        with self._reading() as connection:
            return self._page(connection, _earlier_than(connection, query, after), size)

    def find_plans(self, words: str, size: int, status: PlanStatus | None = None) -> list[PlanView]:
        """The newest plans of clients whose full name, id, number or email is exactly this, a name's capitals aside."""
        query = select(plans, plans.c.client_id.label("owner_id")).where(plans.c.client_id.in_(self._who(words)))
        if status is not None:
            query = query.where(plans.c.status == status)
        with self._reading() as connection:
            return self._page(connection, query, size).plans

    def people_of_open_plans(self) -> list[PlanPeople]:
        """Whom each plan that hasn't ended asks. Opens them all: for the rare page that must know."""
        query = select(plans, plans.c.client_id.label("owner_id")).where(plans.c.status != "ended")
        with self._reading() as connection:
            views = self._views(connection, list(connection.execute(query.order_by(plans.c.enrolled_at))))
        return [
            PlanPeople(view.state.plan_id, view.state.plan.client.name, (view.state.plan.therapist, view.state.backup))
            for view in views
        ]

    def open_questions_of(self, plan_ids: Collection[str]) -> dict[str, int]:
        """How many questions of these plans wait for a person; plans without one are left out."""
        query = (
            select(escalations.c.plan_id, func.count())
            .where(escalations.c.plan_id.in_(plan_ids), escalations.c.status == "open")
            .group_by(escalations.c.plan_id)
        )
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def _page(self, connection: Connection, query: Select[Any], size: int) -> PlanPage:
        ordered = query.order_by(plans.c.enrolled_at.desc(), plans.c.plan_id.desc()).limit(size + 1)
        rows = list(connection.execute(ordered))
        shown = rows[:size]
        return PlanPage(self._views(connection, shown), shown[-1].plan_id if len(rows) > size else None)

    def _who(self, words: str) -> Select[tuple[str]]:
        """The ids of clients who go by these words."""
        name = self._hmac("name", " ".join(words.lower().split()))
        numbered = self._hmac("client-id", words.strip())
        named = select(clients.c.client_id).where(or_(clients.c.name_hmac == name, clients.c.id_hmac == numbered))
        if not _is_address(words):
            return named
        known: ColumnElement[bool] = and_(
            addresses.c.role == "client", addresses.c.address_hmac == self._address_hmac(words)
        )
        return select(clients.c.client_id).where(
            or_(clients.c.client_id.in_(named), clients.c.client_id.in_(select(addresses.c.owner_id).where(known)))
        )


def _is_address(words: str) -> bool:
    if "@" in words:
        return True
    try:
        normal_phone(words)
    except ValueError:
        return False
    return True


def _earlier_than(connection: Connection, query: Select[Any], after: str | None) -> Select[Any]:
    """By key and not by offset: the thousandth page costs what the first one does."""
    place = connection.execute(select(plans.c.enrolled_at).where(plans.c.plan_id == after)).scalar() if after else None
    if place is None:
        return query
    return query.where(tuple_(plans.c.enrolled_at, plans.c.plan_id) < (place, after))
