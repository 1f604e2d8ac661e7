"""Events: the authority on "the same id counts once", and what still has to be handed to a workflow."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from domain.events import EVENT, Event, PlanEnded, PlanResumed
from records.deaths import DeathRecords
from records.sql import insert_new
from records.tables import events, plans
from records.vault import ClientKey, readable
from records.views import StoredEvent


class EventRecords(DeathRecords):
    """Queries about events."""

    def add_event(self, plan_id: str, event: Event, at: datetime) -> StoredEvent:
        """Store an event under its plan and id, or return the one that is there. Raises NoSuchPlan, ClientErased."""
        with self._writing() as connection:
            owner_id, key = self._owner_of_plan(connection, plan_id)
            event_hmac = self._event_hmac(event.event_id)
            sealed = key.seal(EVENT.dump_json(event).decode(), _place(plan_id, event_hmac))
            if insert_new(connection, events, plan_id=plan_id, event_hmac=event_hmac, sealed=sealed, received_at=at):
                self._heed_death(owner_id, event, at)
                return StoredEvent(plan_id=plan_id, event=event, new=True)
            query = select(events).where(events.c.plan_id == plan_id, events.c.event_hmac == event_hmac)
            return opened_event(connection.execute(query).one(), key)

    def _heed_death(self, owner_id: str, event: Event, at: datetime) -> None:
        """With the word that the client has died all sending to them stops at once, and goes on when they live."""
        if isinstance(event, PlanEnded) and event.why == "deceased":
            self.person_died(owner_id, at)
        elif isinstance(event, PlanResumed):
            self.person_lives(owner_id, at)

    def stored_event(self, plan_id: str, event_id: str) -> StoredEvent | None:
        """The event of that id; None where there is none or its client was erased."""
        query = (
            select(events, plans.c.client_id.label("owner_id"))
            .join(plans, plans.c.plan_id == events.c.plan_id)
            .where(events.c.plan_id == plan_id, events.c.event_hmac == self._event_hmac(event_id))
        )
        with self._reading() as connection:
            return next(iter(self._stored_events(connection, list(connection.execute(query)))), None)

    def settle_event(
        self, plan_id: str, event_id: str, outcome: Literal["recorded", "refused"], because: str, at: datetime
    ) -> None:
        """What the plan said to an event. The first answer stays."""
        with self._writing() as connection:
            key = self._owner_of_plan(connection, plan_id).key
            event_hmac = self._event_hmac(event_id)
            sealed = key.seal(because, _because_place(plan_id, event_hmac)) if because else None
            connection.execute(
                update(events)
                .where(events.c.plan_id == plan_id, events.c.event_hmac == event_hmac, events.c.outcome.is_(None))
                .values(outcome=outcome, sealed_because=sealed, settled_at=at)
            )

    def events_to_hand_over(self, before: datetime, limit: int = 100) -> list[StoredEvent]:
        """Events received before that time that no plan has answered, the oldest first."""
        query = (
            select(events, plans.c.client_id.label("owner_id"))
            .join(plans, plans.c.plan_id == events.c.plan_id)
            .where(events.c.outcome.is_(None), events.c.received_at < before, readable(plans.c.client_id))
            .order_by(events.c.received_at, events.c.plan_id, events.c.event_hmac)
            .limit(limit)
        )
        with self._reading() as connection:
            return self._stored_events(connection, list(connection.execute(query)))

    def events_for_plan(self, plan_id: str) -> list[Event]:
        """What it was told and has not answered, the oldest first."""
        query = (
            select(events, plans.c.client_id.label("owner_id"))
            .join(plans, plans.c.plan_id == events.c.plan_id)
            .where(events.c.plan_id == plan_id, events.c.outcome.is_(None))
            .order_by(events.c.received_at, events.c.event_hmac)
        )
        with self._reading() as connection:
            return [each.event for each in self._stored_events(connection, list(connection.execute(query)))]

    def events_of_plan(self, plan_id: str) -> list[StoredEvent]:
        """All that the plan was told, the oldest first; empty where its client was erased."""
        query = (
            select(events, plans.c.client_id.label("owner_id"))
            .join(plans, plans.c.plan_id == events.c.plan_id)
            .where(events.c.plan_id == plan_id)
            .order_by(events.c.received_at, events.c.event_hmac)
        )
        with self._reading() as connection:
            return self._stored_events(connection, list(connection.execute(query)))

    def _stored_events(self, connection: Connection, rows: list[Row[Any]]) -> list[StoredEvent]:
        return [opened_event(row, key) for row, key in self._readable(connection, rows)]

    def _event_hmac(self, event_id: str) -> str:
        # Senders make their ids, so an id may say more than it should: only its look-up is stored in the clear.
        return self._hmac("event", event_id)


def opened_event(row: Row[Any], key: ClientKey) -> StoredEvent:
    """A row of the table, opened."""
    because = row.sealed_because
    return StoredEvent(
        plan_id=row.plan_id,
        event=EVENT.validate_json(key.open(row.sealed, _place(row.plan_id, row.event_hmac))),
        new=False,
        outcome=row.outcome,
        because=key.open(because, _because_place(row.plan_id, row.event_hmac)) if because else "",
    )


def _place(plan_id: str, event_hmac: str) -> str:
    return f"events:{plan_id}:{event_hmac}"


def _because_place(plan_id: str, event_hmac: str) -> str:
    return f"events.because:{plan_id}:{event_hmac}"
