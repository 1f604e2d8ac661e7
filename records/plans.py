"""Plans: enrolment, the view that pages read, the journal behind the timeline."""

import secrets as random
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from domain.client import Channel, Client, Person
from domain.state import JournalLine, PlanState
from records.addresses import AddressBook, Contact
from records.deaths import DeathRecords
from records.sql import insert_new, one_at_a_time
from records.tables import journal, plans
from records.vault import ClientKey, Owner
from records.views import PlanView

ENROLLING = 7_041_776_002
"""PostgreSQL's advisory lock: two plans at once must not both make the same client."""


class PlanRecords(DeathRecords, AddressBook):
    """Queries about plans."""

    def add_plan(self, state: PlanState, at: datetime) -> bool:
        """Store a plan, its client and its first view. False, and nothing stored, if the plan is there already.

        A client is found again by the practice's own id alone: two of one name and phone may be two people, and
        erasing one of them must not erase the other. `records/people.py` says more.
        """
        with self._writing() as connection:
            one_at_a_time(connection, ENROLLING)
            if connection.execute(select(plans.c.plan_id).where(plans.c.plan_id == state.plan_id)).first():
                return False
            owner = self._client(connection, state.plan.client, at)
            self.person_lives(owner.owner_id, at)  # who gets a new plan lives
            insert_new(
                connection,
                plans,
                plan_id=state.plan_id,
                client_id=owner.owner_id,
                status=state.status,
                revision=state.revision,
                sealed=owner.key.seal(state.model_dump_json(), _view_place(state.plan_id)),
                wake_at=None,
                enrolled_at=at,
            )
            self._remember_staff(connection, state, at)
            _add_lines(connection, state, owner.key)
            return True

    def plan_started(self, plan_id: str, at: datetime) -> None:
        """The plan's workflow runs. The first call counts."""
        with self._writing() as connection:
            connection.execute(
                update(plans).where(plans.c.plan_id == plan_id, plans.c.started_at.is_(None)).values(started_at=at)
            )

    def plans_to_start(self) -> list[PlanState]:
        """Plans that were stored but whose workflow was not started yet, in the order of enrolment."""
        query = _PLANS.where(plans.c.started_at.is_(None)).order_by(plans.c.enrolled_at, plans.c.plan_id)
        with self._reading() as connection:
            return [view.state for view in self._views(connection, list(connection.execute(query)))]

    def save_view(self, state: PlanState, wake_at: datetime | None) -> int:
        """Save the plan's state and its journal lines, unless a newer revision is saved already.

        Temporal may lose a judgement that was saved here and have it made again on more than the first one knew: then
        its lines take the place of the lost one's. An older revision adds only lines that are missing, and can't say
        that they stay. Returns the number of the last line that is saved for good, 0 if none is.
        Raises NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            key = self._owner_of_plan(connection, state.plan_id).key
            saved = connection.execute(
                update(plans)
                .where(plans.c.plan_id == state.plan_id, plans.c.revision <= state.revision)
                .values(
                    status=state.status,
                    revision=state.revision,
                    sealed=key.seal(state.model_dump_json(), _view_place(state.plan_id)),
                    wake_at=wake_at,
                )
            )
            if saved.rowcount == 1:
                _forget_lines_from(connection, state)
            _add_lines(connection, state, key)
            if saved.rowcount == 0 and state.journal:
                return state.journal[0].seq - 1
            highest = select(func.max(journal.c.seq)).where(journal.c.plan_id == state.plan_id)
            return connection.execute(highest).scalar() or 0

    def plan(self, plan_id: str) -> PlanView | None:
        """The plan as last saved; None where there is none or its client was erased."""
        with self._reading() as connection:
            rows = list(connection.execute(_PLANS.where(plans.c.plan_id == plan_id)))
            return next(iter(self._views(connection, rows)), None)

    def plans(self, limit: int = 200, offset: int = 0) -> list[PlanView]:
        """Plans by enrolment, the newest first, without those of erased clients."""
        query = _PLANS.order_by(plans.c.enrolled_at.desc(), plans.c.plan_id.desc()).limit(limit).offset(offset)
        with self._reading() as connection:
            return self._views(connection, list(connection.execute(query)))

    def client_of_plan(self, plan_id: str) -> str | None:
        """The opaque id of the plan's client."""
        with self._reading() as connection:
            return connection.execute(select(plans.c.client_id).where(plans.c.plan_id == plan_id)).scalar()

    def _views(self, connection: Connection, rows: list[Row[Any]]) -> list[PlanView]:
        return [
            PlanView(
                state=PlanState.model_validate_json(key.open(row.sealed, _view_place(row.plan_id))),
                wake_at=row.wake_at,
                enrolled_at=row.enrolled_at,
            )
            for row, key in self._readable(connection, rows)
        ]

    def _client(self, connection: Connection, client: Client, at: datetime) -> Owner:
        """The client, with a new id and key where we don't know them yet."""
        name_hmac = self._hmac("name", " ".join(client.name.lower().split()))
        id_hmac = self._hmac("client-id", client.id) if client.id else None
        client_id = self._client_of_id(connection, id_hmac)
        if client_id is None:
            client_id = random.token_hex(12)
            recipient_id = self._recipient(connection, client, name_hmac, id_hmac)
            values = {"name_hmac": name_hmac, "id_hmac": id_hmac, "created_at": at}
            self._add_client(connection, client_id, recipient_id, **values)
            self._vault.new_key(connection, client_id, at)
        owner = Owner(client_id, self._vault.key(connection, client_id))
        for contact in _contacts(client):
            self._thread(connection, owner, "client", contact, at)
        return owner

    def _remember_staff(self, connection: Connection, state: PlanState, at: datetime) -> None:
        for person in (state.plan.therapist, state.backup, state.practice.front_desk):
            for contact in _contacts(person):
                self._staff_thread(connection, contact, at)


_PLANS = select(plans, plans.c.client_id.label("owner_id"))


def _contacts(person: Client | Person) -> list[Contact]:
    both: list[Channel] = ["sms", "email"]
    known: list[tuple[Channel, str | None]] = [(channel, person.address(channel)) for channel in both]
    return [Contact(channel=channel, address=address, name=person.name) for channel, address in known if address]


def _view_place(plan_id: str) -> str:
    return f"plans:{plan_id}"


def journal_place(plan_id: str, seq: int) -> str:
    """Where a journal line is sealed for."""
    return f"journal:{plan_id}:{seq}"


def _forget_lines_from(connection: Connection, state: PlanState) -> None:
    """Delete the lines whose numbers the state's own unsaved lines carry, and all after them."""
    if state.journal:
        first = state.journal[0].seq
        connection.execute(delete(journal).where(journal.c.plan_id == state.plan_id, journal.c.seq >= first))


def _add_lines(connection: Connection, state: PlanState, key: ClientKey) -> None:
    """Add the state's journal lines that aren't there yet."""
    for line in state.journal:
        insert_new(connection, journal, plan_id=state.plan_id, seq=line.seq, sealed=_sealed_line(state, line, key))


def _sealed_line(state: PlanState, line: JournalLine, key: ClientKey) -> bytes:
    return key.seal(line.model_dump_json(), journal_place(state.plan_id, line.seq))
