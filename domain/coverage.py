"""The ledger of visits: what each pool, authorisation and prescription has given so far, and what it has left.

It counts the plan's own sessions, what was used before the plan, and what others used as far as anybody told us. A
session that took place draws on everything that applies to it, paid or not; visits ahead are drawn after all of those.
"""

from datetime import date
from typing import Literal, NamedTuple

from domain.coverage_terms import Authorization, Paper, Pool
from domain.state import PlanState

KINDS: tuple[Paper, ...] = ("authorization", "prescription")


class Visit(NamedTuple):
    """A visit as coverage sees it: its day on the client's clock, and its length."""

    day: date
    minutes: int


class Shortage(NamedTuple):
    """One thing that doesn't cover a visit: the pool's or paper's id, and the reason in a few words."""

    kind: Literal["pool", "authorization", "prescription"]
    id: str
    words: str


class Ledger:
    """What is used, visit by visit. `draw` books one more visit and says what doesn't cover it."""

    def __init__(self, state: PlanState) -> None:
        self._coverage = state.plan.coverage
        self._state = state
        self._used: dict[str, int] = {}
        self._drawn: dict[str, int] = {paper.id: 0 for paper in self._coverage.papers}

    def used(self, pool: Pool, day: date) -> int:
        """Visits of the pool that are used in the plan year of that day, by anybody."""
        key = pool_key(pool, day)
        return self._used[key] if key in self._used else _used_by_others(self._state, pool, day)

    def left(self, pool: Pool, day: date) -> int:
        """Visits of the pool that are left in the plan year of that day; never less than 0."""
        return max(0, pool.visits - self.used(pool, day))

    def drawn(self, paper: Authorization) -> int:
        """Visits that were drawn on this paper."""
        return self._drawn[paper.id]

    def visits_left(self, paper: Authorization) -> int | None:
        """Visits that are left on this paper, whatever its dates; None where it names no number."""
        return None if paper.visits is None else max(0, paper.visits - self._drawn[paper.id])

    def draw(self, visit: Visit) -> list[Shortage]:
        """Book the visit on every pool and on one paper of each kind; what doesn't cover it comes back.

        Of several papers that are open, the one that ends first gives the visit.
        """
        short = [self._draw_on_pool(pool, visit) for pool in self._coverage.pools]
        for kind in KINDS:
            papers = [paper for paper in self._coverage.papers if paper.kind == kind]
            if papers:
                short.append(self._draw_on_paper(kind, papers, visit.day))
        return [shortage for shortage in short if shortage]

    def _draw_on_pool(self, pool: Pool, visit: Visit) -> Shortage | None:
        left, takes = self.left(pool, visit.day), pool.units(visit.minutes)
        self._used[pool_key(pool, visit.day)] = self.used(pool, visit.day) + takes
        if takes <= left:
            return None
        until = in_words(pool.year_of(visit.day)[1])
        return Shortage("pool", pool.id, f"{pool.id}: {left} of {pool.visits} left until {until}, and it takes {takes}")

    def _draw_on_paper(self, kind: Paper, papers: list[Authorization], day: date) -> Shortage | None:
        codes = self._coverage.billed_codes
        fitting = [paper for paper in papers if paper.allows(codes)]
        able = [paper for paper in fitting if paper.open_on(day) and self.visits_left(paper) != 0]
        if able:
            self._drawn[min(able, key=lambda paper: paper.until or date.max).id] += 1
            return None
        last = max(fitting or papers, key=lambda paper: (paper.open_on(day), paper.until or date.max))
        return Shortage(kind, last.id, f"{name_of(last)}: {self._why_not(last, codes, day)}")

    def _why_not(self, paper: Authorization, codes: list[str], day: date) -> str:
        if not paper.allows(codes):
            return f"it isn't for {', '.join(code for code in codes if code not in paper.codes)}"
        if paper.until is not None and day > paper.until:
            return f"its last day is {in_words(paper.until)}"
        if paper.starts is not None and day < paper.starts:
            return f"it begins on {in_words(paper.starts)}"
        return f"0 of its {paper.visits} left"


def ledger_of(state: PlanState) -> Ledger:
    """The ledger after every session that took place."""
    ledger = Ledger(state)
    for session in state.sessions:
        ledger.draw(Visit(state.day_of(session.starts_at), session.minutes))
    return ledger


def booked_visits(state: PlanState) -> list[Visit]:
    """Visits that are booked, in order of time, with the length that sessions have at present."""
    return [Visit(state.day_of(visit.starts_at), state.plan.dosage.session_minutes) for visit in state.booked()]


def pool_key(pool: Pool, day: date) -> str:
    """The name of one year of a pool: its id and the year's first day."""
    return f"{pool.id}:{pool.year_of(day)[0].isoformat()}"


def _used_by_others(state: PlanState, pool: Pool, day: date) -> int:
    """What was used without this plan. The plan file's numbers are those of the year in which the plan began."""
    began = state.today(state.started_at)
    in_first_year = pool.year_of(day) == pool.year_of(began)
    elsewhere = state.used_elsewhere.get(pool_key(pool, day), (pool.used_elsewhere or 0) if in_first_year else 0)
    return elsewhere + (pool.used_before if in_first_year else 0)


def elsewhere(state: PlanState, pool: Pool, day: date) -> int:
    """Visits of the pool that others used in the plan year of that day, as far as anybody told us."""
    own = pool.used_before if pool.year_of(day) == pool.year_of(state.today(state.started_at)) else 0
    return _used_by_others(state, pool, day) - own


def name_of(paper: Authorization) -> str:
    """What people call it."""
    return f"{paper.kind} {paper.id}"


def title_of(paper: Authorization) -> str:
    """The same at the beginning of a sentence."""
    return f"{paper.kind.capitalize()} {paper.id}"


def in_words(day: date) -> str:
    """A day as staff read it: 31 December 2026."""
    return f"{day.day} {day:%B %Y}"
