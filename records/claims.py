"""Claims: stored once, started once, and their views and stories saved under a revision that only goes up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from domain.billed import OVER
from domain.claim import ClaimState
from domain.claim_deadlines import open_deadlines
from domain.kept import Kept
from domain.state import JournalLine
from records.judged import OF_CLAIMS, HeardBefore, Judged, Judgements, Newer, Saved
from records.sql import insert_new
from records.store import Store
from records.tables import claim_journal, claim_numbers, claims
from records.vault import ClientKey
from records.views import ClaimView

NO_DEADLINE, SETTLED = date(9000, 1, 1), date(9999, 1, 1)
"""Stand for the day of an open claim without a deadline, and of one that is over: lists are sorted by an index."""


class NoSuchClaim(LookupError):
    """The records hold no claim of that id."""

    def __init__(self, claim_id: str) -> None:
        """`claim_id` is opaque and may be shown."""
        super().__init__(f"there is no claim {claim_id}")


class ClaimRecords(Store):
    """Queries about claims."""

    def add_claim(self, state: ClaimState, at: datetime) -> bool:
        """Store a claim under its plan's client. False if its id is there already. Raises NoSuchPlan, ClientErased."""
        with self._writing() as connection:
            owner_id, key = self._owner_of_plan(connection, state.plan_id)
            new = insert_new(
                connection,
                claims,
                claim_id=state.claim_id,
                plan_id=state.plan_id,
                owner_id=owner_id,
                status=state.status,
                revision=state.revision,
                sealed=key.seal(state.model_dump_json(), _place(state.claim_id)),
                wake_at=None,
                opened_at=at,
                presses_on=presses_on(state),
            )
            if new:
                self._remember_number(connection, state)
            return new

    def claim_started(self, claim_id: str, at: datetime) -> None:
        """The claim's workflow runs. The first call counts."""
        with self._writing() as connection:
            connection.execute(
                update(claims).where(claims.c.claim_id == claim_id, claims.c.started_at.is_(None)).values(started_at=at)
            )

    def claims_to_start(self) -> list[ClaimState]:
        """Claims that were stored but whose workflow was not started yet, the oldest first."""
        query = select(claims).where(claims.c.started_at.is_(None)).order_by(claims.c.opened_at, claims.c.claim_id)
        with self._reading() as connection:
            return [view.state for view in self._claim_views(connection, list(connection.execute(query)))]

    def save_claim_judgement(self, judged: Judged[ClaimState]) -> Saved | Newer[ClaimState] | HeardBefore:
        """Save what a judgement made of a claim, as `save_judgement` does for plans.

        That a claim is over doesn't finish it: its workflow stays for late news. Raises NoSuchClaim, ClientErased.
        """
        state, claim_id = judged.state, judged.state.claim_id
        keep = Judgements(self._vault, self._hmac)
        with self._writing() as connection:
            standing = keep.standing(connection, OF_CLAIMS, claim_id)
            if standing is None:
                raise NoSuchClaim(claim_id)
            row, key = standing
            if row.revision > judged.before.revision:
                stands = _kept_state(row, key)
                return keep.newer(connection, OF_CLAIMS, judged, row, key, stands, _last_line(connection, claim_id))
            base = keep.base(row, judged.before)
            if before := keep.heard(connection, OF_CLAIMS, claim_id, judged.fresh, base):
                return HeardBefore(before)
            connection.execute(
                update(claims)
                .where(claims.c.claim_id == claim_id)
                .values(
                    status=state.status,
                    revision=state.revision,
                    sealed=key.seal(state.model_dump_json(), _place(claim_id)),
                    wake_at=judged.wake_at,
                    presses_on=presses_on(state),
                    finished_at=None,
                    **keep.columns(OF_CLAIMS, judged, key),
                )
            )
            self._remember_number(connection, state)
            keep.mark(connection, OF_CLAIMS, judged, row, base)
            _forget_lines_from(connection, state, row.revision > base)
            for line in state.journal:
                _add_line(connection, state, line, key)
            older = row.revision < judged.before.kept.revision
            if older:
                keep.note_older(connection, claim_id)
            return Saved(_last_line(connection, claim_id), older)

    def claim(self, claim_id: str) -> ClaimView | None:
        """The claim as last saved; None where there is none or its client was erased."""
        with self._reading() as connection:
            rows = list(connection.execute(select(claims).where(claims.c.claim_id == claim_id)))
            return next(iter(self._claim_views(connection, rows)), None)

    def claim_to_go_on(self, claim_id: str) -> ClaimState | None:
        """From what to start its workflow where it is lost, as `plan_to_go_on`; None where it needs none."""
        with self._reading() as connection:
            query = select(claims).where(claims.c.claim_id == claim_id, claims.c.finished_at.is_(None))
            for row, key in self._readable(connection, list(connection.execute(query))):
                return _kept_state(row, key).model_copy(update={"revision": max(row.revision - 1, 0)})
        return None

    def claims(self, open_only: bool = False, limit: int = 200, offset: int = 0) -> list[ClaimView]:
        """Claims by their opening, the newest first, without those of erased clients."""
        query = select(claims).order_by(claims.c.opened_at.desc(), claims.c.claim_id.desc())
        if open_only:
            query = query.where(claims.c.status.not_in(OVER))
        with self._reading() as connection:
            rows = list(connection.execute(query.limit(limit).offset(offset)))
            return self._claim_views(connection, rows)

    def claims_that_press(self, limit: int, offset: int = 0, *, deadlines_only: bool = False) -> list[ClaimView]:
        """Claims by their nearest open deadline, then those without one, then those that are over."""
        query = select(claims.c.claim_id).order_by(claims.c.presses_on, claims.c.claim_id).limit(limit).offset(offset)
        if deadlines_only:
            query = query.where(claims.c.presses_on < NO_DEADLINE)
        page = query.subquery()
        rows = select(claims).join(page, page.c.claim_id == claims.c.claim_id)
        with self._reading() as connection:
            found = list(connection.execute(rows.order_by(claims.c.presses_on, claims.c.claim_id)))
            return self._claim_views(connection, found)

    def claims_of_plan(self, plan_id: str) -> list[ClaimView]:
        """The claims of one plan, in the order in which they were opened."""
        query = select(claims).where(claims.c.plan_id == plan_id).order_by(claims.c.opened_at, claims.c.claim_id)
        with self._reading() as connection:
            return self._claim_views(connection, list(connection.execute(query)))

    def claims_of_number(self, number: str) -> list[str]:
        """The ids of claims that carry, or once carried, this number of ours."""
        query = (
            select(claim_numbers.c.claim_id)
            .where(claim_numbers.c.number_hmac == self._number_hmac(number))
            .order_by(claim_numbers.c.claim_id)
        )
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def _remember_number(self, connection: Connection, state: ClaimState) -> None:
        """A remittance may name any number that the claim ever carried."""
        insert_new(
            connection, claim_numbers, number_hmac=self._number_hmac(state.claim.number), claim_id=state.claim_id
        )

    def _number_hmac(self, number: str) -> str:
        return self._hmac("claim-number", number.strip().upper())

    def _owner_of_claim(self, connection: Connection, claim_id: str) -> ClientKey:
        """The key of the claim's client. Raises NoSuchClaim, ClientErased."""
        owner_id = connection.execute(select(claims.c.owner_id).where(claims.c.claim_id == claim_id)).scalar()
        if owner_id is None:
            raise NoSuchClaim(claim_id)
        return self._vault.key(connection, owner_id)

    def _claim_views(self, connection: Connection, rows: list[Row[Any]]) -> list[ClaimView]:
        return [
            ClaimView(
                state=ClaimState.model_validate_json(key.open(row.sealed, _place(row.claim_id))),
                wake_at=row.wake_at,
                opened_at=row.opened_at,
            )
            for row, key in self._readable(connection, rows)
        ]


def presses_on(state: ClaimState) -> date:
    """By what lists sort: the last day of the nearest open deadline."""
    if state.over:  # the newest visit first
        return SETTLED - (state.claim.service_date - date(2000, 1, 1))
    return next((each.day.legal for each in open_deadlines(state)), NO_DEADLINE)


def _place(claim_id: str) -> str:
    return f"claims:{claim_id}"


def claim_line_place(claim_id: str, seq: int) -> str:
    """Where a line of a claim's story is sealed for."""
    return f"claim_journal:{claim_id}:{seq}"


def _kept_state(row: Row[Any], key: ClientKey) -> ClaimState:
    state = ClaimState.model_validate_json(key.open(row.sealed, _place(row.claim_id)))
    state.kept = Kept(token=row.judged or "", revision=row.revision)
    return state


def _last_line(connection: Connection, claim_id: str) -> int:
    query = select(func.max(claim_journal.c.seq)).where(claim_journal.c.claim_id == claim_id)
    return connection.execute(query).scalar() or 0


def _forget_lines_from(connection: Connection, state: ClaimState, lost: bool) -> None:
    if state.journal or lost:
        first = state.journal[0].seq if state.journal else state.journal_seq + 1
        connection.execute(
            delete(claim_journal).where(claim_journal.c.claim_id == state.claim_id, claim_journal.c.seq >= first)
        )


def _add_line(connection: Connection, state: ClaimState, line: JournalLine, key: ClientKey) -> None:
    insert_new(
        connection,
        claim_journal,
        claim_id=state.claim_id,
        seq=line.seq,
        plan_id=state.plan_id,
        sealed=key.seal(line.model_dump_json(), claim_line_place(state.claim_id, line.seq)),
    )
