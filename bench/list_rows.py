"""Fills the records of `bench.lists`: so many plans, with questions, tasks and claims as a busy practice has them.

Rows are written many at a time and sealed as the records seal them: one plan after the other would take an hour.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Table, insert

from bench.list_practice import DAY, a_client, a_state, a_therapist, the_practice
from domain.actions import AddDeskTask
from domain.adjustments import Adjustment
from domain.billed import Claim
from domain.claim import ClaimState, LetterDates, new_claim
from domain.claim_events import ClaimAcknowledged, ClaimDenied, ClaimFresh, ClaimPaid, ClaimSubmitted
from domain.decide_claim import decide_claim
from domain.escalation import Decided, DecisionBody, Escalation, EscalationKind
from domain.inbox_order import of_question, of_task, rank
from domain.payer import Payer
from domain.state import PlanState
from records.addresses import Contact
from records.claims import presses_on
from records.database import Records
from records.escalations import SealedEnd
from records.keyring import KEY_BYTES
from records.tables import addresses, claim_numbers, claims, client_keys, clients, desk_tasks, escalations, plans
from records.vault import ClientKey

AT_ONCE = 1000
"""Plans whose rows are written together."""
OPEN_QUESTION, ANSWERED_QUESTION, OPEN_TASK, DONE_TASK, CLAIM, OPEN_CLAIM = 50, 7, 60, 5, 3, 15
"""One plan in so many has one. The open ones are what people have before them; the others are what was."""
KINDS: tuple[EscalationKind, ...] = ("plateau", "worsening", "benchmark_missed", "plateau", "goals_met")
NOTHING: list[dict[str, Any]] = []


@dataclass(frozen=True)
class Filled:
    """How many rows were written."""

    plans: int
    questions: int
    tasks: int
    claims: int


class Filling(Records):
    """Records that can be filled many rows at a time."""

    def fill(self, many: int, now: datetime) -> Filled:
        """Write so many plans and what belongs to them, the last ones enrolled at `now`."""
        counts: dict[str, int] = {}
        for first in range(0, many, AT_ONCE):
            rows: dict[Table, list[dict[str, Any]]] = {}
            for number in range(first, min(first + AT_ONCE, many)):
                self._add(rows, number, now - (many - number) * timedelta(minutes=20))
            with self._writing() as connection:
                for table, written in rows.items():
                    connection.execute(insert(table), written)
                    counts[table.name] = counts.get(table.name, 0) + len(written)
        return Filled(many, counts.get("escalations", 0), counts.get("desk_tasks", 0), counts.get("claims", 0))

    def _add(self, rows: dict[Table, list[dict[str, Any]]], number: int, at: datetime) -> None:
        """The rows of one plan."""
        state, owner_id = a_state(number, at), f"c{number:07d}"
        secret = secrets.token_bytes(KEY_BYTES)
        key, client = ClientKey(secret), state.plan.client
        wrapped = self._ring.encrypt(secret, b"client-key:" + owner_id.encode())
        rows.setdefault(client_keys, []).append({"owner_id": owner_id, "wrapped": wrapped, "created_at": at})
        name_hmac = self._hmac("name", client.name.lower())
        ids = dict.fromkeys(("client_id", "person_id", "recipient_id"), owner_id)
        rows.setdefault(clients, []).append({**ids, "name_hmac": name_hmac, "created_at": at})
        address = Contact(channel="sms", address=client.phone or "", name=client.name)
        rows.setdefault(addresses, []).append(
            {
                "thread_id": f"t{number:07d}",
                "owner_id": owner_id,
                "role": "client",
                "channel": "sms",
                "address_hmac": self._address_hmac(address.address),
                "sealed": key.seal(address.model_dump_json(), f"addresses:t{number:07d}"),
                "created_at": at,
            }
        )
        rows.setdefault(plans, []).append(
            {
                "plan_id": state.plan_id,
                "client_id": owner_id,
                "status": state.status,
                "revision": 1,
                "sealed": key.seal(state.model_dump_json(), f"plans:{state.plan_id}"),
                "wake_at": None if state.ended else at + 400 * DAY,
                "enrolled_at": at,
                "started_at": at,
            }
        )
        for question, answered_at in _questions(number, state, at):
            rows.setdefault(escalations, []).append(_question_row(question, answered_at, owner_id, key))
        for task, done_at in _tasks(number, state.plan_id, at):
            key_hmac = self._hmac("desk-task", task.key)
            rows.setdefault(desk_tasks, []).append(
                {
                    "key_hmac": key_hmac,
                    "plan_id": state.plan_id,
                    "owner_id": owner_id,
                    "sealed": key.seal(task.model_dump_json(), f"desk_tasks:{key_hmac}"),
                    "sealed_closed_by": key.seal("Robin", f"desk_tasks.closed_by:{key_hmac}") if done_at else None,
                    "opened_at": task.at,
                    "rank": rank(of_task(task)),
                    "closed_at": done_at,
                }
            )
        for claim in _claims(number, state):
            hmac = self._hmac("claim-number", claim.claim.number)
            rows.setdefault(claim_numbers, []).append({"number_hmac": hmac, "claim_id": claim.claim_id})
            rows.setdefault(claims, []).append(_claim_row(claim, owner_id, key, at))


def _questions(number: int, state: PlanState, at: datetime) -> Iterator[tuple[Escalation, datetime | None]]:
    if number % OPEN_QUESTION == 0 and not state.ended:
        yield _question(f"open{number:07d}", state, KINDS[number // OPEN_QUESTION % len(KINDS)], at), None
    if number % ANSWERED_QUESTION == 0:
        yield _question(f"old{number:07d}", state, "plateau", at), at + DAY


def _question(escalation_id: str, state: PlanState, kind: EscalationKind, at: datetime) -> Escalation:
    return Escalation(
        escalation_id=escalation_id,
        plan_id=state.plan_id,
        kind=kind,
        goal_id="pain" if kind in ("plateau", "worsening") else None,
        session=4,
        question="Less pain at work has stood still. Continue, modify, new goal, maintenance or refer out?",
        evidence=["No change that can be told from chance.", "Values: session 1: 7, session 2: 5, session 3: 5."],
        opened_at=at,
        responsible=state.plan.therapist,
        backup=state.practice.front_desk,
        remind_after=DAY,
        backup_after=2 * DAY,
    )


def _question_row(asked: Escalation, answered_at: datetime | None, owner_id: str, key: ClientKey) -> dict[str, Any]:
    end: bytes | None = None
    if answered_at is not None:
        body = DecisionBody(choice="continue", by=asked.responsible.name, reason="one more session")
        decided = Decided(escalation_id=asked.escalation_id, decision=body, decided_at=answered_at)
        ended = SealedEnd(decided=decided, because="").model_dump_json()
        end = key.seal(ended, f"escalations.end:{asked.escalation_id}")
    return {
        "escalation_id": asked.escalation_id,
        "plan_id": asked.plan_id,
        "owner_id": owner_id,
        "status": "decided" if end else "open",
        "sealed": key.seal(asked.model_dump_json(), f"escalations:{asked.escalation_id}"),
        "sealed_end": end,
        "opened_at": asked.opened_at,
        "added_at": asked.opened_at,
        "settled_at": answered_at,
        "rank": rank(of_question(asked.kind)),
        "asked_hmac": None,
    }


def _tasks(number: int, plan_id: str, at: datetime) -> Iterator[tuple[AddDeskTask, datetime | None]]:
    text = "The client wrote: Could I come on Friday instead? Please answer."
    if number % OPEN_TASK == 1:
        yield AddDeskTask(key=f"open-{number}", plan_id=plan_id, kind="reply", text=text, at=at), None
    if number % DONE_TASK == 1:
        yield AddDeskTask(key=f"done-{number}", plan_id=plan_id, kind="reply", text=text, at=at), at + DAY


def _claims(number: int, state: PlanState) -> Iterator[ClaimState]:
    if number % CLAIM == 0:
        how = ("unsent", "waits", "denied")[number // OPEN_CLAIM % 3] if number % OPEN_CLAIM == 0 else "paid"
        like = _like(how, number % 20)
        claim_id = f"{state.plan_id}-1"
        billed = like.claim.model_copy(
            update={"claim_id": claim_id, "plan_id": state.plan_id, "number": f"B-{number:07d}"}
        )
        yield like.model_copy(update={"claim": billed, "client": state.plan.client, "therapist": state.plan.therapist})


def _claim_row(claim: ClaimState, owner_id: str, key: ClientKey, at: datetime) -> dict[str, Any]:
    return {
        "claim_id": claim.claim_id,
        "plan_id": claim.plan_id,
        "owner_id": owner_id,
        "status": claim.status,
        "revision": claim.revision,
        "sealed": key.seal(claim.model_dump_json(), f"claims:{claim.claim_id}"),
        "wake_at": None if claim.over else at + 400 * DAY,
        "opened_at": at,
        "started_at": at,
        "presses_on": presses_on(claim),
    }


@cache
def _like(how: str, days: int) -> ClaimState:
    """A claim that went this way, of a visit about so many days ago: other claims are copies of it."""
    now = datetime.now(UTC)
    sent, answered = (now - (30 - days) * DAY).date(), (now - timedelta(days=5)).date()
    billed = Claim(
        claim_id="claim-1",
        plan_id="bench-1",
        number="B-1",
        payer_id="example",
        service_date=sent - DAY,
        charge=Decimal("120.00"),
    )
    payer = Payer(id="example", name="Example Mutual")
    began = now - 40 * DAY
    state = new_claim(billed, payer, the_practice(), a_therapist(1), a_client(1), began)
    told: list[ClaimFresh] = []
    if how != "unsent":
        told.append(ClaimSubmitted(event_id="sent", occurred_at=now, on=sent))
        told.append(ClaimAcknowledged(event_id="known", occurred_at=now, on=sent))
    if how == "paid":
        told.append(ClaimPaid(event_id="paid", occurred_at=now, on=answered, paid=Decimal("120.00")))
    if how == "denied":
        reasons = [Adjustment("CO", "50", Decimal("120.00"))]
        dates = LetterDates(letter=answered)
        told.append(ClaimDenied(event_id="denied", occurred_at=now, on=answered, adjustments=reasons, dates=dates))
    return decide_claim(decide_claim(state, [], now).state, told, now).state
