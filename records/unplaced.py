"""What came from a person's number or address and lies under nobody's key: texts of before they had a plan here.

By the address it is theirs. Where somebody else of ours has the address too, nobody can tell whose it is: then it is
counted, and neither handed out nor erased, until the other one is erased too or somebody says that the two are one.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select

from domain.client import Channel
from records.addresses import open_address
from records.desk import DeskRecords, task_view
from records.inbound import open_inbound
from records.people import Person
from records.tables import addresses, desk_tasks, inbound
from records.vault import UNKNOWN
from records.views import DeskTaskView


class Address(NamedTuple):
    """A number or address of a person. `shared`: another person of ours has it too."""

    channel: Channel
    address: str
    address_hmac: str
    shared: bool


class Unplaced(NamedTuple):
    """Texts, by the number of their row and as an export shows them, and tasks, by the hash of their key."""

    texts: dict[int, dict[str, Any]]
    tasks: dict[str, DeskTaskView]


class UnplacedRecords(DeskRecords):
    """Queries about what nobody could place."""

    def addresses_of_person(self, person: Person) -> list[Address]:
        """All that we know, old ones too; none once they were erased."""
        theirs = select(addresses).where(addresses.c.owner_id.in_(person.client_ids), addresses.c.role == "client")
        with self._reading() as connection:
            found: dict[tuple[str, str], Address] = {}
            rows = list(connection.execute(theirs.order_by(addresses.c.created_at)))
            others = self._of_others(connection, person, {row.address_hmac for row in rows})
            for row, key in self._readable(connection, rows):
                known = open_address(key, row.thread_id, row.sealed).address
                shared = row.address_hmac in others
                found[row.channel, row.address_hmac] = Address(row.channel, known, row.address_hmac, shared)
            return list(found.values())

    def unplaced_of(self, known: Collection[Address], mail_ids: Collection[str] = ()) -> Unplaced:
        """What came from these addresses and lies under nobody's key, and the tasks about it and about these mails."""
        query = select(inbound).where(inbound.c.owner_id == UNKNOWN, _from_one_of(known)).order_by(inbound.c.number)
        with self._reading() as connection:
            texts: dict[int, dict[str, Any]] = {}
            for row, key in self._readable(connection, list(connection.execute(query))):
                about = {"channel": row.channel, "plan_id": row.plan_id, "received_at": row.received_at.isoformat()}
                texts[row.number] = open_inbound(row, key).model_dump(mode="json") | about
            ids = tuple(f":{text['provider_id']}" for text in texts.values())
            said = [words for each in known for words in _says_from(each.address)]
            tasks: dict[str, DeskTaskView] = {}
            waiting = list(connection.execute(select(desk_tasks).where(desk_tasks.c.owner_id == UNKNOWN)))
            for row, key in self._readable(connection, waiting):
                view = task_view(row, key)
                about_one = view.task.key.endswith(ids) or view.task.raw_mail in mail_ids
                if about_one or any(words in view.task.text.lower() for words in said):
                    tasks[row.key_hmac] = view
            return Unplaced(texts, tasks)

    def _of_others(self, connection: Connection, person: Person, hmacs: Collection[str]) -> set[str]:
        query = select(addresses.c.address_hmac).where(
            addresses.c.address_hmac.in_(hmacs),
            addresses.c.role == "client",
            addresses.c.owner_id.not_in(person.client_ids),
        )
        return set(connection.execute(query).scalars())


def _from_one_of(known: Collection[Address]) -> ColumnElement[bool]:
    same = [and_(inbound.c.channel == each.channel, inbound.c.address_hmac == each.address_hmac) for each in known]
    return or_(*same) if same else false()


def _says_from(address: str) -> tuple[str, str]:
    """How a task says who wrote (`domain/route_reply.py`, `web/mail_intake.py`)."""
    return f"from: {address.lower()}.", f"from {address.lower()}, as it came"
