"""The made-up plans of `bench.progress`: how the truth moves, and what is measured of it.

They rebuild a simulation that is known in words only. Where the words leave a choice open, it was made so that single
scenarios come out near the known ones, never the rule: plans that move well (also those that stall later) would reach
their goal between 80 % of the benchmark session and that session; a stall leaves three sessions until the benchmark; a
flare is 2.5 standard errors; every smooth shape is also drawn noisy, with values missing and with irregular gaps.
Known shares alerted: steady 4.8 %, diminishing 0.2 %, one flare 20 %, steady with noise 16 %, plateau after 3 93 %,
after about 5 84 %, with values missing 82 %, slow 76 %. The pooled numbers depend on the mix of these.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import exp
from typing import Literal

from domain.measures import CATALOGUE, Measure

BENCHMARKS = (6, 8, 10)

FLARE_IN_SEMS = 2.5
SESSIONS_LEFT = 3


@dataclass(frozen=True)
class Course:
    """A measure of the catalogue with its error and a usual baseline and target."""

    measure: Measure
    sem: float
    baseline: float
    target: float


MEASURES = (
    Course(CATALOGUE["nprs"], 0.72, 7, 3),
    Course(CATALOGUE["rom_shoulder_flex"], 3.6, 90, 140),
    Course(CATALOGUE["ndi_percent"], 3.6, 40, 20),
)


@dataclass(frozen=True)
class Scenario:
    """A kind of plan. `way` gives the share of the way gone at a share of the time (0 first session, 1 goal due).

    `stall` is the last session that moves; None where it goes on.
    """

    name: str
    kind: Literal["good", "stalled", "apart"]
    way: Callable[[float], float]
    stall: int | None = None
    noise: float = 1.0
    missing: float = 0.0
    irregular: bool = False
    flare: bool = False


@dataclass(frozen=True)
class Plan:
    """One plan's values, (session, value), and what the truth was."""

    values: list[tuple[int, float]]
    target: float
    benchmark: int
    sem: float
    stall: int


def _steady(time: float) -> float:
    return min(1.0, time)


def _diminishing(time: float) -> float:
    return min(1.0, (1 - exp(-2.5 * time)) / (1 - exp(-2.5)))


def _goal_then_flat(time: float) -> float:
    return min(1.0, time / 0.6)


def _away(time: float) -> float:
    return -0.5 * time


def _slow(time: float) -> float:
    return 0.65 * time


def _flat_then_steady(time: float) -> float:
    return max(0.0, (time - 0.25) / 0.75)


def _disturbed(
    name: str, kind: Literal["good", "stalled"], way: Callable[[float], float], stall: int | None = None
) -> tuple[Scenario, ...]:
    return (
        Scenario(f"{name}, noise x1.5", kind, way, stall, noise=1.5),
        Scenario(f"{name}, 25 % missing", kind, way, stall, missing=0.25),
        Scenario(f"{name}, irregular gaps", kind, way, stall, irregular=True),
    )


SCENARIOS = (
    Scenario("steady", "good", _steady),
    Scenario("diminishing returns", "good", _diminishing),
    Scenario("goal, then flat", "good", _goal_then_flat),
    Scenario("steady with one flare", "good", _steady, flare=True),
    *_disturbed("steady", "good", _steady),
    *_disturbed("diminishing returns", "good", _diminishing),
    *_disturbed("goal, then flat", "good", _goal_then_flat),
    Scenario("plateau after 3", "stalled", _steady, 3),
    Scenario("plateau after about 5", "stalled", _steady, 5),
    Scenario("never moves", "stalled", _steady, 1),
    Scenario("worsening", "stalled", _away, 1),
    *_disturbed("plateau after 3", "stalled", _steady, 3),
    Scenario("slow, 65 % of the way", "apart", _slow),
    Scenario("slow start", "apart", _flat_then_steady),
)


def draw(scenario: Scenario, course: Course, benchmark: int, rng: random.Random) -> Plan:
    """Live the plan up to its benchmark session: the truth moves, and is measured with error and rounded to a step."""
    stall = _stall(scenario, benchmark)
    times = _times(scenario, benchmark, rng)
    flare = rng.randint(2, benchmark) if scenario.flare else 0
    values = [(1, _baseline(scenario, course, rng))]
    for session in range(2, benchmark + 1):
        if rng.random() < scenario.missing:
            continue
        moving_until = stall if stall and scenario.way is not _away else benchmark
        way = scenario.way(times[min(session, moving_until) - 1])
        values.append((session, _measured(course, way, session == flare, scenario.noise, rng)))
    return Plan(values, course.target, benchmark, course.sem, stall)


def _baseline(scenario: Scenario, course: Course, rng: random.Random) -> float:
    """The first value; it is taken again where it lies so near the goal that nobody would write the plan."""
    while True:
        value = _measured(course, 0.0, False, scenario.noise, rng)
        if abs(course.target - value) > 2.77 * course.sem:
            return value


def _stall(scenario: Scenario, benchmark: int) -> int:
    """The last session that moves; a stall leaves three sessions until the benchmark, or nobody could see it."""
    return min(scenario.stall, benchmark - SESSIONS_LEFT) if scenario.stall else 0


def _times(scenario: Scenario, benchmark: int, rng: random.Random) -> list[float]:
    """When each session is, as a share of the time until the goal is due; plans that move well are ahead of it."""
    gaps = [rng.uniform(0.5, 1.5) if scenario.irregular else 1.0 for _ in range(benchmark - 1)]
    reached_at = benchmark if scenario.kind == "apart" else rng.uniform(0.8 * benchmark, benchmark)
    pace = (benchmark - 1) / (reached_at - 1) / sum(gaps)
    return [sum(gaps[:session]) * pace for session in range(benchmark)]


def _measured(course: Course, way: float, flare: bool, noise: float, rng: random.Random) -> float:
    measure, distance = course.measure, course.target - course.baseline
    worse = -FLARE_IN_SEMS * course.sem * (1 if distance > 0 else -1) if flare else 0.0
    value = course.baseline + way * distance + worse + rng.gauss(0, noise * course.sem)
    return min(measure.high, max(measure.low, round(value / measure.step) * measure.step))
