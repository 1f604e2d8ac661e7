"""What the comparison with Temporal asks of the records: which workflows there should be, and from what they start."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, Connection, literal, select, union_all, update

from domain.billed import OVER
from domain.names import claim_workflow_id, escalation_workflow_id, plan_workflow_id
from records.claim_events import opened_claim_event
from records.events import opened_event
from records.judged import OF_CLAIMS, OF_PLANS, Home
from records.store import Store
from records.tables import claims, client_keys, escalations, plans

What = Literal["plan", "claim", "escalation"]
WORKFLOW_IDS = {"plan": plan_workflow_id, "claim": claim_workflow_id, "escalation": escalation_workflow_id}
PLAN_ENDED, CLAIM_OVER = "the plan has ended", "the claim was over long ago"
"""Why events are refused; once also those whose workflow was only missing."""
AT_ONCE = 500
"""So many ids are asked for in one statement."""


class Followed(NamedTuple):
    """A plan, a claim or a question on record. `open`: a workflow is needed."""

    what: What
    id: str
    open: bool

    @property
    def workflow_id(self) -> str:
        """The id of its workflow."""
        return WORKFLOW_IDS[self.what](self.id)


class LastJudged(NamedTuple):
    """How far its workflow was in Temporal when this plan or claim was judged for the last time."""

    followed: Followed
    run_id: str
    history_length: int


class ComparingRecords(Store):
    """Queries of the comparison. Of erased clients nothing is followed."""

    def followed(self) -> list[Followed]:
        """Whatever needs a workflow and was started once."""
        found: list[Followed] = []
        with self._reading() as connection:
            for kind in _KINDS:
                readable = client_keys.c.wrapped.is_not(None)
                query = select(kind.id).join(client_keys, client_keys.c.owner_id == kind.owner)
                query = query.where(kind.finished.is_(None), readable).order_by(kind.id)
                if kind.started is not None:
                    query = query.where(kind.started.is_not(None))
                found += [Followed(kind.what, each, True) for each in connection.execute(query).scalars()]
        return found

    def known_workflows(self, workflow_ids: Collection[str]) -> dict[str, Followed]:
        """Which of these workflows belong to something on record, also of clients who were erased since."""
        found: dict[str, Followed] = {}
        with self._reading() as connection:
            for kind in _KINDS:
                prefix = WORKFLOW_IDS[kind.what]("")
                asked = [one.removeprefix(prefix) for one in workflow_ids if one.startswith(prefix)]
                for start in range(0, len(asked), AT_ONCE):
                    query = select(kind.id, kind.finished.is_(None)).where(kind.id.in_(asked[start : start + AT_ONCE]))
                    for each, is_open in connection.execute(query):
                        found[f"{prefix}{each}"] = Followed(kind.what, each, bool(is_open))
        return found

    def is_over(self, what: Literal["plan", "claim"], subject: str) -> bool:
        """Whether it needs no workflow any more; so does what isn't on record or whose client was erased."""
        home = OF_PLANS if what == "plan" else OF_CLAIMS
        with self._reading() as connection:
            rows = self._readable(connection, list(connection.execute(home.one(subject))))
            return not any(row.finished_at is None for row, _ in rows)

    def finish(self, followed: Followed, at: datetime) -> bool:
        """Its workflow is over in Temporal. True where the records take that for granted: it had ended here too."""
        if followed.what == "escalation":
            return False
        table, ids, over = (
            (plans, plans.c.plan_id, plans.c.status == "ended")
            if followed.what == "plan"
            else (claims, claims.c.claim_id, claims.c.status.in_(OVER))
        )
        with self._writing() as connection:
            done = connection.execute(update(table).where(ids == followed.id, over).values(finished_at=at))
            return done.rowcount == 1

    def last_judged(self, limit: int, offset: int) -> list[LastJudged]:
        """The plans and claims that were judged last, the newest first."""
        each = [
            select(
                literal(what).label("what"),
                ids.label("id"),
                table.c.finished_at.is_(None).label("open"),
                table.c.judged_at.label("at"),
                table.c.run_id.label("run_id"),
                table.c.history_length.label("length"),
            ).where(table.c.judged_at.is_not(None), table.c.run_id.is_not(None))
            for what, table, ids in (("plan", plans, plans.c.plan_id), ("claim", claims, claims.c.claim_id))
        ]
        both = union_all(*each).subquery()
        query = select(both).order_by(both.c.at.desc(), both.c.id).limit(limit).offset(offset)
        with self._reading() as connection:
            return [
                LastJudged(Followed(row.what, row.id, bool(row.open)), row.run_id, row.length)
                for row in connection.execute(query)
            ]

    def hand_over_again(self, settled_before: datetime, only: Followed | None = None) -> int:
        """Events that a plan or claim took and no saved judgement has heard are to be handed over again. How many.

        With `only`, those of this one, whenever it took them.
        """
        with self._writing() as connection:
            return sum(_forget_answers(connection, home, settled_before, only) for home in (OF_PLANS, OF_CLAIMS))

    def refused_untruly(self) -> list[tuple[str, str]]:
        """Hand over again what was refused because something had ended that has not. Their owners' and events' ids."""
        return [*self._refused(OF_PLANS), *self._refused(OF_CLAIMS)]

    def _refused(self, home: Home) -> Iterator[tuple[str, str]]:
        with self._writing() as connection:
            query = (
                select(home.events, home.owner.label("owner_id"))
                .join(home.rows, home.id == home.told)
                .where(home.events.c.outcome == "refused", home.rows.c.finished_at.is_(None))
            )
            for row, key in self._readable(connection, list(connection.execute(query))):
                stored = opened_event(row, key) if home is OF_PLANS else opened_claim_event(row, key)
                if stored.because in (PLAN_ENDED, CLAIM_OVER):
                    subject = row.plan_id if home is OF_PLANS else row.claim_id
                    here = (home.told == subject, home.events.c.event_hmac == row.event_hmac)
                    connection.execute(update(home.events).where(*here).values(**_UNANSWERED))
                    yield subject, stored.event.event_id


class _Kind(NamedTuple):
    """Where one kind of what is followed lives, and which column says that it is over."""

    what: What
    id: Column[Any]
    owner: Column[Any]
    finished: Column[Any]
    started: Column[Any] | None


_KINDS = (
    _Kind("plan", plans.c.plan_id, plans.c.client_id, plans.c.finished_at, plans.c.started_at),
    _Kind("claim", claims.c.claim_id, claims.c.owner_id, claims.c.finished_at, claims.c.started_at),
    _Kind("escalation", escalations.c.escalation_id, escalations.c.owner_id, escalations.c.settled_at, None),
)
_UNANSWERED: dict[str, Any] = {"outcome": None, "sealed_because": None, "settled_at": None}


def _forget_answers(connection: Connection, home: Home, settled_before: datetime, only: Followed | None) -> int:
    table = home.events
    unheard = (table.c.heard_revision.is_(None), table.c.outcome == "recorded")
    if only is not None:
        if (only.what == "plan") != (home is OF_PLANS):
            return 0
        which = (home.told == only.id,)
    else:
        open_ones = select(home.id).where(home.rows.c.finished_at.is_(None))
        which = (table.c.settled_at < settled_before, home.told.in_(open_ones))
    return connection.execute(update(table).where(*unheard, *which).values(**_UNANSWERED)).rowcount
