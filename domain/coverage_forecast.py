"""How far the coverage goes: the visits that the plan still needs against what is left, across the year's turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from domain.coverage import KINDS, Ledger, Visit, booked_visits, in_words, ledger_of, name_of
from domain.state import PlanState

A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)
FARTHEST = timedelta(days=3660)
"""No visit is foreseen beyond this; nobody plans ten years ahead."""


@dataclass(frozen=True)
class Part:
    """What the visits ahead need of one pool's year or of one paper, and what it has left before them.

    `needs` counts the pool's visits, of which one hour may take two. `left` is None where there is no number.
    """

    id: str
    name: str
    first: date | None
    last: date | None
    needs: int
    left: int | None


@dataclass(frozen=True)
class Forecast:
    """The visits that the plan still needs, how many of them are covered, and the first that isn't."""

    visits: int
    covered: int
    first_uncovered: date | None
    until: date | None
    parts: tuple[Part, ...]
    sentence: str

    @property
    def goes_over(self) -> bool:
        """Whether the plan needs more than is covered."""
        return self.covered < self.visits


def forecast(state: PlanState, today: date) -> Forecast | None:
    """The forecast, or None where the coverage sets no limit.

    A plan without an end is counted to the end of the plan year, or of what is authorised. Visits that aren't booked
    yet are taken to follow the last one at the plan's spacing, but no more than one a day.
    """
    coverage = state.plan.coverage
    if not coverage.limits:
        return None
    until = horizon(state, today) if state.plan.dosage.sessions == "open" else None
    ahead = visits_ahead(state, today)
    before, ledger = ledger_of(state), ledger_of(state)
    uncovered = [visit.day for visit in ahead if ledger.draw(visit)]
    parts = (*_pool_parts(state, before, ahead, today), *_paper_parts(state, before, ledger))
    covered = len(ahead) - len(uncovered)
    first = min(uncovered, default=None)
    sentence = _sentence(state, len(ahead), until, parts) + _over(len(ahead), len(uncovered), first)
    return Forecast(len(ahead), covered, first, until, parts, sentence)


def visits_ahead(state: PlanState, today: date) -> list[Visit]:
    """Every visit that the plan still needs: those that are booked, then the others at the plan's spacing."""
    if state.ended:
        return []
    booked = booked_visits(state)
    last = max(
        [visit.day for visit in booked] + [state.day_of(session.starts_at) for session in state.sessions], default=None
    )
    sessions = state.plan.dosage.sessions
    days = _days_from(today, last, state.plan.dosage.spacing)
    if sessions == "open":
        end = horizon(state, today)
        more = [day for day in islice(days, FARTHEST.days) if day <= end]
    else:
        more = list(islice(days, max(0, sessions - len(state.sessions) - len(booked))))
    return booked + [Visit(day, state.plan.dosage.session_minutes) for day in more]


def horizon(state: PlanState, today: date) -> date:
    """Until when a plan without an end is counted: the end of the plan year, else of the papers, at most a year."""
    coverage = state.plan.coverage
    if coverage.pools:
        return max(pool.year_of(today)[1] for pool in coverage.pools)
    ends = [paper.until or date.max for paper in coverage.papers]
    return min(max([today, *ends]), today + A_YEAR)


def _days_from(today: date, last: date | None, spacing: timedelta) -> Iterator[date]:
    step = min(max(spacing, A_DAY), 2 * FARTHEST)
    first = today if last is None else max(last + step, today)
    after = timedelta()
    while after <= FARTHEST:
        yield first + after
        after += step


def _pool_parts(state: PlanState, before: Ledger, ahead: list[Visit], today: date) -> Iterator[Part]:
    for pool in state.plan.coverage.pools:
        for first, last in sorted({pool.year_of(day) for day in (today, *(visit.day for visit in ahead))}):
            needs = sum(pool.units(visit.minutes) for visit in ahead if first <= visit.day <= last)
            yield Part(pool.id, pool.id, first, last, needs, before.left(pool, first))


def _paper_parts(state: PlanState, before: Ledger, after: Ledger) -> Iterator[Part]:
    papers = state.plan.coverage.papers
    for paper in (paper for kind in KINDS for paper in papers if paper.kind == kind):
        drawn = after.drawn(paper) - before.drawn(paper)
        yield Part(paper.id, name_of(paper), paper.starts, paper.until, drawn, before.visits_left(paper))


def _sentence(state: PlanState, visits: int, until: date | None, parts: tuple[Part, ...]) -> str:
    more = "more " if state.sessions else ""
    length = f"{visits or 'no'} {more}{'visit' if visits == 1 else 'visits'}"
    length += f" of {state.plan.dosage.session_minutes} minutes" if visits else ""
    head = f"Until {in_words(until)} the plan needs {length}" if until else f"The plan needs {length}"
    years = len({(part.first, part.last) for part in parts if part.name == part.id})
    if len(parts) == 1:
        units = f" = {parts[0].needs} units" if years and parts[0].needs != visits else ""
        return f"{head}{units}; {_left(parts[0])}."
    clauses = [_clause(part, visits) for part in parts]
    return f"{head}; {'; '.join(clauses)}."


def _clause(part: Part, visits: int) -> str:
    is_pool = part.name == part.id
    needs = f"{part.needs} {'unit' if part.needs == 1 else 'units'}, " if is_pool and part.needs != visits else ""
    return f"{part.name}: {needs}{_left(part)}"


def _left(part: Part) -> str:
    until = f" until {in_words(part.last)}" if part.last else ""
    return f"{part.left} left{until}" if part.left is not None else f"open{until or ' without a last day'}"


def _over(visits: int, over: int, first: date | None) -> str:
    if not over or first is None:
        return ""
    if visits == 1:
        return f" It isn't covered, about {in_words(first)}."
    which = "All of them go" if over == visits else f"{over} of them {'goes' if over == 1 else 'go'}"
    return f" {which} over, the first about {in_words(first)}."
