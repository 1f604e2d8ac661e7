"""What the chart of a goal shows: values, the way that was agreed, the error, and what happened to the plan meanwhile.

It judges nothing: the numbers are the plan's record, and the band is the error that the progress rule works with.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Literal

from domain.measures import OTHER_RATER_WIDENS
from domain.plain_words import number
from domain.plan import FunctionalGoal, Goal, ObjectiveGoal
from domain.state import PlanState, Value

FEWEST_LEVEL = 3
"""Fewer values than this are never called level."""
PLAN_CHANGED = "plan changed"


@dataclass(frozen=True)
class ChartPoint:
    """One value: of a measure in its unit, of a yes/no question 1.0 or 0.0. A flare isn't part of the line.

    `error` is one standard error; None where the measure has none. `same_rater` says whether it was measured by
    whoever measured the baseline. `on` is the day of the value on the client's clock.
    """

    session: int
    value: float
    on: date
    rater: str
    same_rater: bool = True
    flare: bool = False
    error: float | None = None


@dataclass(frozen=True)
class ChartBenchmark:
    """What was to be reached by a session. `met` is None while nobody knows."""

    session: int
    value: float
    words: str
    met: bool | None = None


@dataclass(frozen=True)
class MissedVisits:
    """Visits to which the client didn't come, after session `after` (0: before the first) and before the next one."""

    after: int
    count: int


@dataclass(frozen=True)
class ChartChange:
    """The plan was changed after session `after` (0: before the first). `words` say how."""

    after: int
    words: str


@dataclass(frozen=True)
class ProgressChart:
    """A goal's chart. The axis runs over sessions from `first` to `last`; a baseline stands at `first`.

    `first` is 0, the start of the plan, or the session at which the goal was added. `low` and `high` are the ends of
    the measure's scale, `step` its finest difference, `error` one standard error of it; `band` says what that means.
    `sentence` is for people who can't see the chart, `details` are the sentences that follow it.
    """

    kind: Literal["objective", "functional"]
    name: str
    unit: str
    direction: Literal["lower is better", "higher is better", ""]
    low: float
    high: float
    step: float
    first: int
    last: int
    baseline: float | None
    target: float | None
    points: tuple[ChartPoint, ...]
    benchmarks: tuple[ChartBenchmark, ...]
    missed: tuple[MissedVisits, ...]
    changes: tuple[ChartChange, ...]
    error: float | None
    band: str
    sentence: str
    details: tuple[str, ...]

    @property
    def counted(self) -> tuple[ChartPoint, ...]:
        """The points that are judged: all but the flares."""
        return tuple(point for point in self.points if not point.flare)


def chart_of(state: PlanState, goal_id: str, changes: list[tuple[datetime, str]] | None = None) -> ProgressChart | None:
    """The chart of a goal, or None where the plan has no such goal or nothing has been measured yet.

    `changes` are the plan's changes from the records (time and text of the story's lines of kind plan_change). Without
    them the state still shows where the goal's progress was last begun anew, but not why.
    """
    goal = state.plan.goal(goal_id)
    points = _points(state, goal) if goal is not None else ()
    if goal is None or not points:
        return None
    first = _first(state, goal, points)
    since = first if first > 1 else 0
    missed = tuple(each for each in _missed(state) if each.after >= since)
    changed = tuple(each for each in _changes(state, goal_id, changes) if each.after >= since)
    benchmarks = _benchmarks(state, goal)
    marks = [*(each.after + 1 for each in missed), *(each.after + 1 for each in changed)]
    is_measure = isinstance(goal, ObjectiveGoal)
    return ProgressChart(
        kind=goal.kind,
        name=goal.catalogued.name if is_measure else goal.question,
        unit=goal.catalogued.unit if is_measure else "",
        direction=_direction(goal),
        low=goal.catalogued.low if is_measure else 0,
        high=goal.catalogued.high if is_measure else 1,
        step=goal.catalogued.step if is_measure else 1,
        first=first,
        last=max([first + 1, *(p.session for p in points), *(b.session for b in benchmarks), *marks]),
        baseline=goal.baseline if is_measure else None,
        target=goal.target if is_measure else None,
        points=points,
        benchmarks=benchmarks,
        missed=missed,
        changes=changed,
        error=goal.catalogued.sem if is_measure else None,
        band=_band(goal),
        sentence=_sentence(goal, points),
        details=tuple(_details(goal, points, missed, changed)),
    )


def _points(state: PlanState, goal: Goal) -> tuple[ChartPoint, ...]:
    """The values that count, and a session's flare where nothing else was measured."""
    found = {value.session: value for value in state.values if value.goal_id == goal.id and value.flare}
    found |= {value.session: value for value in state.values_of(goal.id)}
    return tuple(_point(state, goal, found[session]) for session in sorted(found) if isfinite(found[session].value))


def _point(state: PlanState, goal: Goal, value: Value) -> ChartPoint:
    rater = goal.rater if isinstance(goal, ObjectiveGoal) else value.rater
    sem = goal.catalogued.sem if isinstance(goal, ObjectiveGoal) else None
    same = value.rater == rater
    return ChartPoint(
        session=value.session,
        value=value.value,
        on=state.day_of(value.at),
        rater=value.rater,
        same_rater=same,
        flare=value.flare,
        error=sem * (1 if same else OTHER_RATER_WIDENS) if sem is not None else None,
    )


def _first(state: PlanState, goal: Goal, points: tuple[ChartPoint, ...]) -> int:
    """Where the axis begins: a goal whose window restarted before its first value was added there, says the rule."""
    start = 0 if isinstance(goal, ObjectiveGoal) else 1
    added = state.window_from.get(goal.id, start)
    return added if 1 < added < points[0].session else start


def _after(state: PlanState, at: datetime) -> int:
    return sum(1 for session in state.sessions if session.starts_at <= at)


def _missed(state: PlanState) -> list[MissedVisits]:
    visits = [visit for visit in state.appointments.values() if visit.status == "missed"]
    counts = Counter(_after(state, visit.starts_at) for visit in visits)
    return [MissedVisits(after, counts[after]) for after in sorted(counts)]


def _changes(state: PlanState, goal_id: str, told: list[tuple[datetime, str]] | None) -> list[ChartChange]:
    if told is None:
        restart = state.window_from.get(goal_id)
        return [ChartChange(restart, PLAN_CHANGED)] if restart is not None else []
    return [ChartChange(_after(state, at), _change_in_words(text)) for at, text in sorted(told)]


def _change_in_words(text: str) -> str:
    """ "every 7 days, pressure light": the story's line without what every such line says."""
    words = " ".join(text.split()).removeprefix("The plan was changed:").strip().removesuffix(".")
    words = re.sub(r"\bspacing (\d+ days)\b", r"every \1", words)
    return re.sub(r"\bminutes (\d+)\b", r"\1 minutes", words) or PLAN_CHANGED


def _benchmarks(state: PlanState, goal: Goal) -> tuple[ChartBenchmark, ...]:
    known: dict[str, bool] = {"met": True, "missed": False}
    found: list[ChartBenchmark] = []
    for each in sorted(goal.benchmarks, key=lambda each: each.by_session):
        value = each.value(goal.baseline, goal.target) if isinstance(goal, ObjectiveGoal) else 1.0
        hoped = number(value) if isinstance(goal, ObjectiveGoal) else "yes"
        met = known.get(state.benchmarks.get(f"{goal.id}:{each.by_session}", ""))
        found.append(ChartBenchmark(each.by_session, value, f"{hoped} by session {each.by_session}", met))
    return tuple(found)


def _direction(goal: Goal) -> Literal["lower is better", "higher is better", ""]:
    if isinstance(goal, FunctionalGoal):
        return ""
    return "lower is better" if goal.target < goal.baseline else "higher is better"


def _band(goal: Goal) -> str:
    if isinstance(goal, FunctionalGoal):
        return ""
    sem = goal.catalogued.sem
    if sem is None:
        return "There is no band: how far this measure errs is not known in its unit."
    return (
        f"The band is the measurement error, {_amount(goal, sem)} to either side and twice that for another rater: "
        "about two times in three the true value lies within it."
    )


def _sentence(goal: Goal, points: tuple[ChartPoint, ...]) -> str:
    counted = [point for point in points if not point.flare]
    if isinstance(goal, FunctionalGoal):
        return _answers_in_words(goal, counted)
    name, by = _capital(goal.catalogued.name), goal.last_benchmark
    hoped, expected = f"the goal is {_amount(goal, goal.target)}", by.value(goal.baseline, goal.target)
    if expected == goal.target:
        hoped += f" by session {by.by_session}"
    else:
        hoped = f"{number(expected)} is expected by session {by.by_session}; {hoped}"
    if not counted:
        return f"{name}: {_amount(goal, goal.baseline)} at the start and only flares since; {hoped}."
    now, start = counted[-1], number(goal.baseline)
    way = f"still {start}" if now.value == goal.baseline else f"from {start} to {number(now.value)}"
    over = "after the first session" if now.session == 1 else f"over {now.session} sessions"
    since = _level_since(goal, counted)
    level = f"; level since session {since}" if since is not None else ""
    return f"{name}: {way} {over}; {hoped}{level}."


def _level_since(goal: ObjectiveGoal, counted: list[ChartPoint]) -> int | None:
    """From which session on the values can't be told apart (less than one MDC) and end where they began (one SEM)."""
    mdc, sem = goal.catalogued.mdc or 0.0, goal.catalogued.sem or 0.0
    for place in range(len(counted) - FEWEST_LEVEL + 1):
        tail = [point.value for point in counted[place:]]
        spread = max(tail) - min(tail)
        if (spread < mdc or spread == 0) and abs(tail[-1] - tail[0]) <= sem:
            return counted[place].session
    return None


def _answers_in_words(goal: FunctionalGoal, counted: list[ChartPoint]) -> str:
    hoped = f"a yes is hoped for by session {goal.last_benchmark.by_session}"
    if not counted:
        return f"{_capital(goal.description)}: no answer that counts yet; {hoped}."
    told = f"{_yes_or_no(counted[-1].value)} at session {counted[-1].session}"
    if len(counted) > 1:
        told = f"{_yes_or_no(counted[0].value)} at session {counted[0].session}, {told}"
    return f"{_capital(goal.description)}: {told}; {hoped}."


def _details(
    goal: Goal, points: tuple[ChartPoint, ...], missed: tuple[MissedVisits, ...], changes: tuple[ChartChange, ...]
) -> list[str]:
    """All that the picture shows, in words."""
    return [
        f"{'Values' if isinstance(goal, ObjectiveGoal) else 'Answers'}: "
        + ", ".join(_point_in_words(goal, point) for point in points)
        + ".",
        *(f"{_when(each.after)}: {each.words}." for each in changes),
        *(f"{_when(each.after)}: {each.count} visit{'s' * (each.count > 1)} missed." for each in missed),
        *([_band(goal)] if isinstance(goal, ObjectiveGoal) else []),
    ]


def _point_in_words(goal: Goal, point: ChartPoint) -> str:
    shown = number(point.value) if isinstance(goal, ObjectiveGoal) else _yes_or_no(point.value)
    if isinstance(goal, FunctionalGoal):
        shown += f" ({point.on:%b} {point.on.day})"
    by = "" if point.same_rater else f" (by {point.rater})"
    return f"session {point.session} {shown}{by}{' (a flare, left out)' if point.flare else ''}"


def _when(after: int) -> str:
    return f"After session {after}" if after else "Before the first session"


def _yes_or_no(value: float) -> str:
    return "yes" if value == 1.0 else "no"


def _amount(goal: ObjectiveGoal, value: float) -> str:
    return f"{number(value)} {goal.catalogued.unit}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
