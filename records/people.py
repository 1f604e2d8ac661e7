"""Who is one person, for two purposes that must not be mixed up.

For export and erasure a person is what somebody has said: one `client.id` of the practice's own, or plans that somebody
called the same person's. Without such a word each plan's client is a person of their own, even of one name and phone.
For messages people of one name with one number or address are one recipient: caps, deaths and replies are theirs
together, and an opt-out covers whoever has the number anyway.
"""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, or_, select, update

from domain.client import Channel, Client
from records.sql import insert_new
from records.store import NoSuchPlan, Store
from records.tables import addresses, client_keys, clients, plans


class Person(NamedTuple):
    """Somebody whose data may be asked for or erased: the clients that they are on record as, and their plans."""

    person_id: str
    client_ids: list[str]
    plan_ids: list[str]


class PeopleRecords(Store):
    """Queries about who is who."""

    def person_of_plan(self, plan_id: str) -> Person | None:
        """The person whose plan this is, erased or not; None where there is no such plan."""
        whose = select(clients.c.person_id).join(plans, plans.c.client_id == clients.c.client_id)
        with self._reading() as connection:
            person_id = connection.execute(whose.where(plans.c.plan_id == plan_id)).scalar()
            if person_id is None:
                return None
            query = select(clients.c.client_id).where(clients.c.person_id == person_id)
            client_ids = list(connection.execute(query.order_by(clients.c.created_at, clients.c.client_id)).scalars())
            theirs = select(plans.c.plan_id).where(plans.c.client_id.in_(client_ids)).order_by(plans.c.plan_id)
            return Person(person_id, client_ids, list(connection.execute(theirs).scalars()))

    def namesakes(self, person: Person) -> list[str]:
        """Plans of others of the same name with the same number or address, about whom nobody has said who they are.

        Where the practice has given both an id, it has said that they are two.
        """
        mine = select(clients).where(clients.c.client_id.in_(person.client_ids)).subquery()
        my_addresses = select(addresses.c.address_hmac).where(addresses.c.owner_id.in_(person.client_ids))
        theirs = select(addresses.c.owner_id).where(
            addresses.c.role == "client", addresses.c.address_hmac.in_(my_addresses)
        )
        query = (
            select(plans.c.plan_id)
            .join(clients, clients.c.client_id == plans.c.client_id)
            .where(
                clients.c.name_hmac.in_(select(mine.c.name_hmac)),
                clients.c.client_id.in_(theirs),
                clients.c.person_id != person.person_id,
            )
        )
        with self._reading() as connection:
            numbered = connection.execute(select(mine.c.client_id).where(mine.c.id_hmac.is_not(None))).first()
            if numbered is not None:
                query = query.where(clients.c.id_hmac.is_(None))
            return list(connection.execute(query.order_by(plans.c.plan_id)).scalars())

    def clients_alike(self, client_id: str) -> list[str]:
        """The ids of all clients whom messages take for the same recipient as this one, itself among them."""
        with self._reading() as connection:
            return list(connection.execute(alike(client_id)).scalars())

    def same_person(self, plan_id: str, other: str) -> Person:
        """Somebody says that these two plans are one person's: so it is from now on, with all their other plans.

        Raises NoSuchPlan; ClientErased where one of the two was erased and nobody can say so any more.
        """
        with self._writing() as connection:
            first, second = self._living(connection, plan_id), self._living(connection, other)
            theirs = clients.c.client_id.in_([*first.client_ids, *second.client_ids])
            for column in (clients.c.person_id, clients.c.recipient_id):
                groups = list(connection.execute(select(column).where(theirs).distinct()).scalars())
                into = first.person_id if column is clients.c.person_id else min(groups)
                connection.execute(update(clients).where(column.in_(groups)).values({column.name: into}))
            found = self.person_of_plan(plan_id)
        if found is None:
            raise NoSuchPlan(plan_id)
        return found

    def plans_of_recipient(self, plan_id: str) -> list[str]:
        """Open plans of whoever this plan's messages go to, in the order of enrolment, this one among them."""
        with self._reading() as connection:
            client_id = connection.execute(select(plans.c.client_id).where(plans.c.plan_id == plan_id)).scalar()
            query = select(plans.c.plan_id).where(plans.c.client_id.in_(alike(client_id or "")))
            query = query.where(plans.c.status != "ended").order_by(plans.c.enrolled_at, plans.c.plan_id)
            return list(connection.execute(query).scalars())

    def _living(self, connection: Connection, plan_id: str) -> Person:
        person = self.person_of_plan(plan_id)
        if person is None:
            raise NoSuchPlan(plan_id)
        for client_id in person.client_ids:
            self._vault.key(connection, client_id)
        return person

    def _client_of_id(self, connection: Connection, id_hmac: str | None) -> str | None:
        """The client whom the practice knows under this id of its own; None for one who was erased."""
        query = (
            select(clients.c.client_id)
            .join(client_keys, client_keys.c.owner_id == clients.c.client_id)
            .where(clients.c.id_hmac == id_hmac, client_keys.c.wrapped.is_not(None))
        )
        return connection.execute(query).scalar() if id_hmac is not None else None

    def _recipient(self, connection: Connection, client: Client, name_hmac: str, id_hmac: str | None) -> str | None:
        """Whom messages take this new client for: somebody of that name with one of those addresses.

        Not where the practice has given both an id: then it has said that they are two.
        """
        both: list[Channel] = ["sms", "email"]
        same = [
            and_(addresses.c.channel == channel, addresses.c.address_hmac == self._address_hmac(address))
            for channel in both
            if (address := client.address(channel))
        ]
        if not same:
            return None
        query = (
            select(clients.c.recipient_id)
            .join(addresses, addresses.c.owner_id == clients.c.client_id)
            .where(clients.c.name_hmac == name_hmac, addresses.c.role == "client", or_(*same))
            .order_by(clients.c.created_at, clients.c.client_id)
        )
        if id_hmac is not None:
            query = query.where(clients.c.id_hmac.is_(None))
        return connection.execute(query).scalar()

    def _add_client(self, connection: Connection, client_id: str, recipient_id: str | None, **values: object) -> None:
        insert_new(
            connection,
            clients,
            client_id=client_id,
            person_id=client_id,
            recipient_id=recipient_id or client_id,
            **values,
        )


def alike(client_id: str) -> Select[Any]:
    """As `PeopleRecords.clients_alike`, as part of another query."""
    itself = select(clients.c.recipient_id).where(clients.c.client_id == client_id).scalar_subquery()
    return select(clients.c.client_id).where(clients.c.recipient_id == itself)
