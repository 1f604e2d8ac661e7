"""Judgements, each saved once: the state that it made, what it decided, and which events it heard.

A state in Temporal and the one in the records are told apart by their revisions and tokens. The records' newer one is
never overwritten: whoever judged an older state gets it back instead, with what was decided, and carries that out. A
newer state than the records' is saved, whatever they hold.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy import Column, Connection, Row, Select, Table, select, update

from domain.actions import Action
from domain.claim import ClaimState
from domain.state import PlanState
from records.clock import database_time
from records.sql import insert_new
from records.tables import claim_events, claims, disagreements, events, plans
from records.vault import ClientKey, Vault

S = TypeVar("S", PlanState, ClaimState)
OLDER = "older"
"""The kind of disagreement where the records are older than Temporal."""


@dataclass(frozen=True)
class Judged(Generic[S]):
    """A judgement to be saved: what it was made of and what it made. `fresh` are the ids of the events that it heard.

    `run_id` and `history_length` say how far its workflow was in Temporal.
    """

    before: S
    state: S
    wake_at: datetime | None
    at: datetime
    actions: list[Action] = field(default_factory=list[Action])
    over: bool = False
    fresh: list[str] = field(default_factory=list[str])
    run_id: str = ""
    history_length: int = 0


@dataclass(frozen=True)
class Saved:
    """It is saved, with all journal lines up to this number. `older`: the records had gone back behind Temporal."""

    journal_seq: int
    older: bool = False


@dataclass(frozen=True)
class Newer(Generic[S]):
    """The records hold a newer judgement. `heard`: ids of the fresh events that it or one before has heard; `missed`:
    ids of events that the older state alone has heard.
    """

    state: S
    wake_at: datetime | None
    actions: list[Action]
    over: bool
    journal_seq: int
    heard: frozenset[str]
    missed: list[str]


@dataclass(frozen=True)
class HeardBefore:
    """Nothing is saved: these fresh events were heard already by a judgement that the state stands on."""

    event_ids: frozenset[str]


class SealedJudgement(BaseModel):
    """What is sealed of a judgement beside the state."""

    actions: list[Action]
    over: bool


@dataclass(frozen=True)
class Home:
    """Where judgements of one kind live. `word` is the kind of look-up of its events."""

    name: str
    rows: Table
    id: Column[Any]
    owner: Column[Any]
    events: Table
    told: Column[Any]
    word: str

    def one(self, subject: str) -> Select[Any]:
        """Its row, with whose it is as `owner_id`."""
        owner = [] if self.owner.name == "owner_id" else [self.owner.label("owner_id")]
        return select(self.rows, *owner).where(self.id == subject)


OF_PLANS = Home("plans", plans, plans.c.plan_id, plans.c.client_id, events, events.c.plan_id, "event")
OF_CLAIMS = Home(
    "claims", claims, claims.c.claim_id, claims.c.owner_id, claim_events, claim_events.c.claim_id, "claim-event"
)


class Judgements:
    """Steps of the transaction that saves a judgement."""

    def __init__(self, vault: Vault, look_up: Callable[[str, str], str]) -> None:
        """`look_up` makes the keyed look-up of a word of some kind."""
        self._vault = vault
        self._hmac = look_up

    def standing(self, connection: Connection, home: Home, subject: str) -> tuple[Row[Any], ClientKey] | None:
        """The row as it stands, kept from others until the transaction ends; None where there is none.

        Raises ClientErased.
        """
        row = connection.execute(home.one(subject).with_for_update()).one_or_none()
        return None if row is None else (row, self._vault.key(connection, row.owner_id))

    def base(self, row: Row[Any], before: PlanState | ClaimState) -> int:
        """The newest revision that both, the state and the records, stand on."""
        same = row.revision == before.revision and (row.judged or "") == before.kept.token
        return before.revision if same else before.kept.revision

    def heard(
        self, connection: Connection, home: Home, subject: str, ids: Collection[str], upto: int
    ) -> frozenset[str]:
        """Which of these events were heard up to that revision."""
        if not ids:
            return frozenset()
        named = {self._hmac(home.word, event_id): event_id for event_id in ids}
        query = select(home.events.c.event_hmac).where(
            home.told == subject, home.events.c.event_hmac.in_(named), home.events.c.heard_revision <= upto
        )
        return frozenset(named[found] for found in connection.execute(query).scalars())

    def columns(self, home: Home, judged: Judged[Any], key: ClientKey) -> dict[str, Any]:
        """What is written down of a judgement beside its state."""
        sealed = SealedJudgement(actions=judged.actions, over=judged.over).model_dump_json()
        return {
            "judged": judged.state.kept.token,
            "sealed_judgement": key.seal(sealed, _place(home, _subject(judged.state))),
            "judged_at": judged.at,
            "run_id": judged.run_id or None,
            "history_length": judged.history_length,
        }

    def mark(self, connection: Connection, home: Home, judged: Judged[Any], row: Row[Any], base: int) -> None:
        """Its events are heard. Those that only a lost judgement has heard are to be handed over again."""
        table, subject, revision = home.events, _subject(judged.state), judged.state.revision
        heard = [self._hmac(home.word, event_id) for event_id in judged.state.kept.heard]
        if heard:
            connection.execute(
                update(table).where(home.told == subject, table.c.event_hmac.in_(heard)).values(heard_revision=revision)
            )
        if row.revision > base:
            connection.execute(
                update(table)
                .where(home.told == subject, table.c.heard_revision > base, table.c.event_hmac.not_in(heard))
                .values(heard_revision=None, outcome=None, sealed_because=None, settled_at=None)
            )

    def newer(
        self, connection: Connection, home: Home, judged: Judged[S], row: Row[Any], key: ClientKey, state: S, seq: int
    ) -> Newer[S]:
        """What the records hold, for whoever judged an older state."""
        decided = SealedJudgement(actions=[], over=row.finished_at is not None)
        subject = _subject(state)
        if row.sealed_judgement is not None:
            decided = SealedJudgement.model_validate_json(key.open(row.sealed_judgement, _place(home, subject)))
        before = judged.before.kept.heard
        known = self.heard(connection, home, subject, [*judged.fresh, *before], row.revision)
        missed = [event_id for event_id in before if event_id not in known]
        return Newer(state, row.wake_at, decided.actions, decided.over, seq, known, missed)

    def note_older(self, connection: Connection, subject: str) -> None:
        """The records went back behind Temporal: whoever looks at Health is to hear of it."""
        at = database_time(connection)
        insert_new(connection, disagreements, kind=OLDER, subject=subject, first_at=at, last_at=at)


def _subject(state: PlanState | ClaimState) -> str:
    return state.plan_id if isinstance(state, PlanState) else state.claim_id


def _place(home: Home, subject: str) -> str:
    return f"{home.name}.judgement:{subject}"
