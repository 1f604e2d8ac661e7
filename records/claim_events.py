"""What claims are told: stored once under its id, handed to the workflow, and remittances taken in as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from domain.actions import AddDeskTask
from domain.claim import ClaimState
from domain.claim_events import CLAIM_EVENT, ClaimEvent, ClaimOpened
from records.claims import ClaimRecords
from records.desk import DeskRecords
from records.sql import insert_new, one_at_a_time
from records.tables import claim_events, claims, remittances
from records.vault import ClientErased, ClientKey, readable
from records.views import StoredClaimEvent

_OPENING = 7_041_776_011
"""PostgreSQL's advisory lock: two claims at once must not both get a number."""


class NumberTaken(Exception):
    """Another claim carries, or once carried, this number: a remittance that names it would be posted to both."""

    def __init__(self, claim_id: str) -> None:
        """`claim_id` is the other claim's."""
        super().__init__(f"the number is claim {claim_id}'s")
        self.claim_id = claim_id


class ClaimEventRecords(ClaimRecords, DeskRecords):
    """Queries about the events of claims."""

    def open_claim(self, state: ClaimState, opened: ClaimOpened, at: datetime) -> StoredClaimEvent:
        """Store a claim and the word that opened it, or return the word by which it is there already.

        Where a claim of this id wasn't opened by such a word of this event id, that word is made up from the claim.
        Raises NumberTaken, NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            one_at_a_time(connection, _OPENING)
            known = self.claim(state.claim_id)
            if known is not None:
                return self._opened_before(connection, known.state, opened)
            self._check_number(state.claim_id, opened.number)
            self.add_claim(state, at)
            stored = self.add_claim_event(state.claim_id, opened, at)
            self.settle_claim_event(state.claim_id, opened.event_id, "recorded", "", at)
            return stored

    def check_number(self, claim_id: str, number: str) -> None:
        """Raises NumberTaken where this number is another claim's."""
        with self._reading():
            self._check_number(claim_id, number)

    def _check_number(self, claim_id: str, number: str) -> None:
        other = next((each for each in self.claims_of_number(number) if each != claim_id), None)
        if other is not None:
            raise NumberTaken(other)

    def _opened_before(self, connection: Connection, state: ClaimState, opened: ClaimOpened) -> StoredClaimEvent:
        event_hmac = self._claim_event_hmac(opened.event_id)
        query = select(claim_events).where(
            claim_events.c.claim_id == state.claim_id, claim_events.c.event_hmac == event_hmac
        )
        row = connection.execute(query).one_or_none()
        if row is not None:
            return opened_claim_event(row, self._owner_of_claim(connection, state.claim_id))
        claim, carried = state.claim, state.claim_id in self.claims_of_number(opened.number)
        as_it_is = {
            "plan_id": claim.plan_id,
            "number": opened.number if carried else claim.number,
            "service_date": claim.service_date,
            "lines": claim.lines,
            "filed_by": claim.filed_by,
        }
        event = opened.model_copy(update=as_it_is)
        return StoredClaimEvent(claim_id=state.claim_id, event=event, new=False, outcome="recorded")

    def add_claim_event(self, claim_id: str, event: ClaimEvent, at: datetime) -> StoredClaimEvent:
        """Store an event under its claim and id, or return the one that is there. Raises NoSuchClaim, ClientErased."""
        with self._writing() as connection:
            key = self._owner_of_claim(connection, claim_id)
            event_hmac = self._claim_event_hmac(event.event_id)
            sealed = key.seal(CLAIM_EVENT.dump_json(event).decode(), _place(claim_id, event_hmac))
            if insert_new(
                connection, claim_events, claim_id=claim_id, event_hmac=event_hmac, sealed=sealed, received_at=at
            ):
                return StoredClaimEvent(claim_id=claim_id, event=event, new=True)
            query = select(claim_events).where(
                claim_events.c.claim_id == claim_id, claim_events.c.event_hmac == event_hmac
            )
            return opened_claim_event(connection.execute(query).one(), key)

    def settle_claim_event(
        self, claim_id: str, event_id: str, outcome: Literal["recorded", "refused"], because: str, at: datetime
    ) -> None:
        """What the claim said to an event. The first answer stays."""
        with self._writing() as connection:
            key = self._owner_of_claim(connection, claim_id)
            event_hmac = self._claim_event_hmac(event_id)
            sealed = key.seal(because, _because_place(claim_id, event_hmac)) if because else None
            connection.execute(
                update(claim_events)
                .where(
                    claim_events.c.claim_id == claim_id,
                    claim_events.c.event_hmac == event_hmac,
                    claim_events.c.outcome.is_(None),
                )
                .values(outcome=outcome, sealed_because=sealed, settled_at=at)
            )

    def claim_events_to_hand_over(self, before: datetime, limit: int = 100) -> list[StoredClaimEvent]:
        """Events received before that time that no claim has answered, in the order in which they were stored."""
        query = (
            select(claim_events, claims.c.owner_id)
            .join(claims, claims.c.claim_id == claim_events.c.claim_id)
            .where(claim_events.c.outcome.is_(None), claim_events.c.received_at < before, readable(claims.c.owner_id))
            .order_by(claim_events.c.number)
            .limit(limit)
        )
        with self._reading() as connection:
            rows = list(connection.execute(query))
            return [opened_claim_event(row, key) for row, key in self._readable(connection, rows)]

    def events_for_claim(self, claim_id: str) -> list[ClaimEvent]:
        """What it was told and has not answered, in the order in which it was stored."""
        return [each.event for each in self.events_of_claim(claim_id) if each.outcome is None]

    def events_of_claim(self, claim_id: str) -> list[StoredClaimEvent]:
        """All that the claim was told, the oldest first; empty where its client was erased."""
        query = (
            select(claim_events, claims.c.owner_id)
            .join(claims, claims.c.claim_id == claim_events.c.claim_id)
            .where(claim_events.c.claim_id == claim_id)
            .order_by(claim_events.c.number)
        )
        with self._reading() as connection:
            return [
                opened_claim_event(row, key) for row, key in self._readable(connection, list(connection.execute(query)))
            ]

    def import_remittance(
        self,
        key: str,
        events: Sequence[tuple[str, ClaimEvent]],
        tasks: Sequence[AddDeskTask],
        at: datetime,
    ) -> bool:
        """Take a remittance in: all of its events and tasks, or, where that key was imported before, nothing.

        `events` are pairs of claim id and event. One about a client who was erased meanwhile is left out: nothing may
        be kept about them. False where nothing changed.
        """
        with self._writing() as connection:
            if not insert_new(connection, remittances, key_hmac=self._hmac("remittance", key), imported_at=at):
                return False
            for claim_id, event in events:
                try:
                    self.add_claim_event(claim_id, event, at)
                except ClientErased:
                    continue
            for task in tasks:
                self.add_desk_task(task)
            return True

    def remittance_imported(self, key: str) -> bool:
        """Whether a remittance of this key was taken in."""
        with self._reading() as connection:
            return _is_imported(connection, self._hmac("remittance", key))

    def _claim_event_hmac(self, event_id: str) -> str:
        return self._hmac("claim-event", event_id)


def _is_imported(connection: Connection, key_hmac: str) -> bool:
    query = select(remittances.c.key_hmac).where(remittances.c.key_hmac == key_hmac)
    return connection.execute(query).first() is not None


def opened_claim_event(row: Row[Any], key: ClientKey) -> StoredClaimEvent:
    """A row of the table, opened."""
    because = row.sealed_because
    return StoredClaimEvent(
        claim_id=row.claim_id,
        event=CLAIM_EVENT.validate_json(key.open(row.sealed, _place(row.claim_id, row.event_hmac))),
        new=False,
        outcome=row.outcome,
        because=key.open(because, _because_place(row.claim_id, row.event_hmac)) if because else "",
    )


def _place(claim_id: str, event_hmac: str) -> str:
    return f"claim_events:{claim_id}:{event_hmac}"


def _because_place(claim_id: str, event_hmac: str) -> str:
    return f"claim_events.because:{claim_id}:{event_hmac}"
