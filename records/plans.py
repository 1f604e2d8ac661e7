"""Plans: enrolment, the view that pages read, the journal behind the timeline."""

import secrets as random
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from domain.client import Channel, Client, Person
from domain.kept import Kept
from domain.state import JournalLine, PlanState
from records.addresses import AddressBook, Contact
from records.deaths import DeathRecords
from records.judged import OF_PLANS, HeardBefore, Judged, Judgements, Newer, Saved
from records.sql import insert_new, one_at_a_time
from records.store import NoSuchPlan
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

    def save_judgement(self, judged: Judged[PlanState]) -> Saved | Newer[PlanState] | HeardBefore:
        """Save what a judgement made: the plan's state, its journal lines, what it decided and what it heard.

        Nothing is saved where the records hold a newer one, or where an event among the fresh ones was heard before.
        Temporal may lose a judgement whose save comes late, after that of the one that took its place: then the lines
        of the one that stands take the place of the lost one's. Raises NoSuchPlan, ClientErased.
        """
        state, plan_id = judged.state, judged.state.plan_id
        keep = Judgements(self._vault, self._hmac)
        with self._writing() as connection:
            standing = keep.standing(connection, OF_PLANS, plan_id)
            if standing is None:
                raise NoSuchPlan(plan_id)
            row, key = standing
            if row.revision > judged.before.revision:
                stands = _kept_state(row, key)
                return keep.newer(connection, OF_PLANS, judged, row, key, stands, _last_line(connection, plan_id))
            base = keep.base(row, judged.before)
            if before := keep.heard(connection, OF_PLANS, plan_id, judged.fresh, base):
                return HeardBefore(before)
            connection.execute(
                update(plans)
                .where(plans.c.plan_id == plan_id)
                .values(
                    status=state.status,
                    revision=state.revision,
                    sealed=key.seal(state.model_dump_json(), _view_place(plan_id)),
                    wake_at=judged.wake_at,
                    finished_at=judged.at if judged.over else None,
                    **keep.columns(OF_PLANS, judged, key),
                )
            )
            keep.mark(connection, OF_PLANS, judged, row, base)
            _forget_lines_from(connection, state, row.revision > base)
            _add_lines(connection, state, key)
            older = row.revision < judged.before.kept.revision
            if older:
                keep.note_older(connection, plan_id)
            return Saved(_last_line(connection, plan_id), older)

    def plan(self, plan_id: str) -> PlanView | None:
        """The plan as last saved; None where there is none or its client was erased."""
        with self._reading() as connection:
            rows = list(connection.execute(_PLANS.where(plans.c.plan_id == plan_id)))
            return next(iter(self._views(connection, rows)), None)

    def plan_to_go_on(self, plan_id: str) -> PlanState | None:
        """From what to start its workflow where it is lost; None where it needs none.

        It is one judgement behind, so that the first one is told of the last one, with what was to be done.
        """
        with self._reading() as connection:
            query = _PLANS.where(plans.c.plan_id == plan_id, plans.c.finished_at.is_(None))
            for row, key in self._readable(connection, list(connection.execute(query))):
                return _kept_state(row, key).model_copy(update={"revision": max(row.revision - 1, 0)})
        return None

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


def _kept_state(row: Row[Any], key: ClientKey) -> PlanState:
    state = PlanState.model_validate_json(key.open(row.sealed, _view_place(row.plan_id)))
    state.kept = Kept(token=row.judged or "", revision=row.revision)
    return state


def _last_line(connection: Connection, plan_id: str) -> int:
    return connection.execute(select(func.max(journal.c.seq)).where(journal.c.plan_id == plan_id)).scalar() or 0


def _forget_lines_from(connection: Connection, state: PlanState, lost: bool) -> None:
    """Delete the lines that have the numbers of the state's own unsaved ones, and all after them: `lost` ones too."""
    if state.journal or lost:
        first = state.journal[0].seq if state.journal else state.journal_seq + 1
        connection.execute(delete(journal).where(journal.c.plan_id == state.plan_id, journal.c.seq >= first))


def _add_lines(connection: Connection, state: PlanState, key: ClientKey) -> None:
    """Add the state's journal lines that aren't there yet."""
    for line in state.journal:
        insert_new(connection, journal, plan_id=state.plan_id, seq=line.seq, sealed=_sealed_line(state, line, key))


def _sealed_line(state: PlanState, line: JournalLine, key: ClientKey) -> bytes:
    return key.seal(line.model_dump_json(), journal_place(state.plan_id, line.seq))
