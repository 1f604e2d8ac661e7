"""Questions to a person, as the desk lists them. The escalation's workflow decides which answer counts."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row, select, update

from domain.escalation import Decided, Escalation
from domain.inbox_order import of_question, rank
from records.sql import insert_new
from records.store import Store, normal_address
from records.tables import escalations
from records.vault import ClientKey
from records.views import EscalationView


class SealedEnd(BaseModel):
    """What is sealed of an escalation's end."""

    decided: Decided | None
    because: str


class EscalationRecords(Store):
    """Queries about escalations."""

    def add_escalation(self, escalation: Escalation, at: datetime) -> bool:
        """Store a question. False if it is there already. Raises NoSuchPlan, ClientErased."""
        with self._writing() as connection:
            owner_id, key = self._owner_of_plan(connection, escalation.plan_id)
            return insert_new(
                connection,
                escalations,
                escalation_id=escalation.escalation_id,
                plan_id=escalation.plan_id,
                owner_id=owner_id,
                status="open",
                sealed=key.seal(escalation.model_dump_json(), _place(escalation.escalation_id)),
                opened_at=escalation.opened_at,
                added_at=at,
                **self._inbox_place(escalation),
            )

    def _inbox_place(self, escalation: Escalation) -> dict[str, Any]:
        """Where the inbox lists it: by its urgency, and whose question it is."""
        email = escalation.responsible.email
        return {
            "rank": rank(of_question(escalation.kind)),
            "asked_hmac": self._asked_hmac(email) if email else None,
        }

    def _asked_hmac(self, email: str) -> str:
        return self._hmac("asked", normal_address(email))

    def settle_escalation(self, escalation_id: str, decided: Decided | None, at: datetime, because: str = "") -> None:
        """The answer that counted, or None where the question was withdrawn. The first end that is final stays."""
        end = SealedEnd(decided=decided, because=because).model_dump_json()
        with self._writing() as connection:
            query = select(escalations).where(escalations.c.escalation_id == escalation_id)
            for row, key in self._readable(connection, list(connection.execute(query))):
                connection.execute(
                    update(escalations)
                    .where(escalations.c.escalation_id == escalation_id, escalations.c.settled_at.is_(None))
                    .values(
                        status="decided" if decided else "withdrawn",
                        sealed_end=key.seal(end, _end_place(row.escalation_id)),
                        settled_at=at,
                    )
                )

    def note_decision(self, decided: Decided) -> None:
        """An answer was given and may still be taken back: pages show it, `settle_escalation` makes it final."""
        escalation_id = decided.escalation_id
        end = SealedEnd(decided=decided, because="").model_dump_json()
        with self._writing() as connection:
            query = select(escalations).where(escalations.c.escalation_id == escalation_id)
            for row, key in self._readable(connection, list(connection.execute(query))):
                connection.execute(
                    update(escalations)
                    .where(escalations.c.escalation_id == escalation_id, escalations.c.status == "open")
                    .values(status="decided", sealed_end=key.seal(end, _end_place(row.escalation_id)))
                )

    def reopen_escalation(self, escalation_id: str) -> None:
        """The noted answer was taken back. One that is final stays."""
        with self._writing() as connection:
            connection.execute(
                update(escalations)
                .where(escalations.c.escalation_id == escalation_id, escalations.c.settled_at.is_(None))
                .values(status="open", sealed_end=None)
            )

    def escalation(self, escalation_id: str) -> EscalationView | None:
        """One question; None where there is none or its client was erased."""
        query = select(escalations).where(escalations.c.escalation_id == escalation_id)
        with self._reading() as connection:
            readable = self._readable(connection, list(connection.execute(query)))
            return next((escalation_view(row, key) for row, key in readable), None)

    def answers_to_give_again(self, decided_before: datetime) -> list[Decided]:
        """Answers that could be taken back until that time at most, and of whose questions the end isn't known."""
        query = select(escalations).where(escalations.c.status == "decided", escalations.c.settled_at.is_(None))
        with self._reading() as connection:
            views = [
                escalation_view(row, key) for row, key in self._readable(connection, list(connection.execute(query)))
            ]
        return [
            view.decided
            for view in views
            if view.decided and view.decided.decided_at + view.escalation.undo_for < decided_before
        ]

    def escalations(self, open_only: bool = True, limit: int = 200) -> list[EscalationView]:
        """Questions, the newest first."""
        query = select(escalations).order_by(escalations.c.opened_at.desc(), escalations.c.escalation_id).limit(limit)
        if open_only:
            query = query.where(escalations.c.status == "open")
        with self._reading() as connection:
            return [
                escalation_view(row, key) for row, key in self._readable(connection, list(connection.execute(query)))
            ]


def escalation_view(row: Row[Any], key: ClientKey) -> EscalationView:
    """A row of the table, opened."""
    end = SealedEnd(decided=None, because="")
    if row.sealed_end:
        end = SealedEnd.model_validate_json(key.open(row.sealed_end, _end_place(row.escalation_id)))
    return EscalationView(
        escalation=Escalation.model_validate_json(key.open(row.sealed, _place(row.escalation_id))),
        status=row.status,
        decided=end.decided,
        because=end.because,
        settled_at=row.settled_at,
    )


def _place(escalation_id: str) -> str:
    return f"escalations:{escalation_id}"


def _end_place(escalation_id: str) -> str:
    return f"escalations.end:{escalation_id}"
