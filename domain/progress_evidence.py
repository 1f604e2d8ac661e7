"""What the progress rule looks at: the agreed course, the measured gains and their errors, the line through them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import erfc, fsum, hypot, isfinite, sqrt
from typing import Literal

ProgressState = Literal[
    "too_early", "on_track", "watch", "plateau", "slow", "no_response", "worsening", "met", "relapse", "missed"
]

MDC_IN_SEMS = 2.77
"""The minimal detectable change in standard errors: 1.96 x sqrt(2), for the difference of two values."""

WINDOW = 4
"""How many of the last values the line goes through."""

SHARE_OF_NEED = 2 / 3
"""Progress counts as too slow below this share of the slope that is still needed."""


@dataclass(frozen=True)
class GoalCourse:
    """The way that was agreed: from `baseline` to `target` by session `by_session`, measured with an error of `sem`.

    `mcid`, the change that people notice, is only ever told, never decided by. `what` and `unit` are words for the
    sentence. Raises ValueError where nothing could be judged.
    """

    baseline: float
    target: float
    by_session: int
    sem: float
    mcid: float | None = None
    what: str = field(default="the value", kw_only=True)
    unit: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if not (isfinite(self.baseline) and isfinite(self.target)):
            raise ValueError("baseline and target must be finite numbers")
        if self.baseline == self.target:
            raise ValueError("target equals baseline; there is nothing to follow")
        if self.by_session < 1:
            raise ValueError("by_session must be 1 or more")
        check_error(self.sem)
        if self.mcid is not None and not (isfinite(self.mcid) and self.mcid > 0):
            raise ValueError("mcid must be a finite number above 0, or None")

    @property
    def direction(self) -> int:
        """1 where higher values are better, -1 where lower ones are."""
        return 1 if self.target > self.baseline else -1

    @property
    def way(self) -> float:
        """How far the goal is from the baseline."""
        return abs(self.target - self.baseline)


@dataclass(frozen=True)
class Line:
    """The line through the last values, turned so that up is better. `needed` is the slope that reaches the goal."""

    first_session: int
    slope: float
    error: float
    needed: float

    @property
    def too_slow(self) -> float:
        """The probability that progress is slower than two thirds of what is still needed."""
        return _phi((SHARE_OF_NEED * self.needed - self.slope) / self.error)

    @property
    def rising(self) -> float:
        """The probability that the value moves towards the goal at all."""
        return _phi(self.slope / self.error)

    @property
    def falling(self) -> float:
        """The probability that the value moves away from the goal."""
        return _phi(-self.slope / self.error)


@dataclass(frozen=True)
class Evidence:
    """What was measured, as gains: the distance from the baseline, positive towards the goal."""

    course: GoalCourse
    sessions: list[int]
    gains: list[float]
    sems: list[float]

    def error(self, *places: int) -> float:
        """One standard error for the values at these places: the quadratic mean where they differ."""
        return hypot(*(self.sems[place] for place in places)) / sqrt(len(places))

    def mdc(self, *places: int) -> float:
        """The smallest difference between the values at these places that isn't just measurement error."""
        return MDC_IN_SEMS * self.error(*places)

    def mean_of_two(self, place: int) -> float:
        """The mean gain of the value at `place` and the one before it."""
        return (self.gains[place - 1] + self.gains[place]) / 2

    @property
    def below_baseline(self) -> bool:
        """Whether the last value is worse than the baseline by more than the measurement error."""
        return self.gains[-1] < -self.mdc(0, -1)

    @cached_property
    def line(self) -> Line:
        """Least squares through the last values, each weighted by its known error. Only up to the benchmark session."""
        window = range(max(0, len(self.gains) - WINDOW), len(self.gains))
        best = min(self.sems[place] for place in window)
        # A weight is never quite nothing, so that the line is defined however unequal the errors are.
        weights = [max(best / self.sems[place], 1e-4) ** 2 for place in window]
        x_mean = _mean(weights, [self.sessions[place] for place in window])
        y_mean = _mean(weights, [self.gains[place] for place in window])
        leverage = [w * (self.sessions[place] - x_mean) for w, place in zip(weights, window, strict=True)]
        spread = fsum(lever * (self.sessions[place] - x_mean) for lever, place in zip(leverage, window, strict=True))
        slope = fsum(lever * (self.gains[place] - y_mean) for lever, place in zip(leverage, window, strict=True))
        needed = (self.course.way - y_mean) / (self.course.by_session - x_mean)
        return Line(self.sessions[window[0]], slope / spread, best / sqrt(spread), needed)


def gather(values: Sequence[tuple[int, float]], course: GoalCourse, sems: Sequence[float] | None) -> Evidence:
    """Values as evidence. Raises ValueError for values that can't be judged."""
    errors = [course.sem] * len(values) if sems is None else list(sems)
    if not all(isfinite(value) for _, value in values):
        raise ValueError("every value must be a finite number")
    if any(after <= before for (before, _), (after, _) in pairwise(values)):
        raise ValueError("session numbers must increase: one value per session, in order")
    if len(errors) != len(values):
        raise ValueError(f"sems has {len(errors)} entries for {len(values)} values; give one for each")
    for error in errors:
        check_error(error)
    gains = [course.direction * (value - course.baseline) for _, value in values]
    return Evidence(course, [session for session, _ in values], gains, errors)


def check_error(error: float) -> None:
    """Raise ValueError unless it can be a standard error."""
    if not (isfinite(error) and error > 0):
        raise ValueError("sem must be a finite number above 0")


def _mean(weights: Sequence[float], numbers: Sequence[float]) -> float:
    return fsum(weight * number for weight, number in zip(weights, numbers, strict=True)) / fsum(weights)


def _phi(z: float) -> float:
    """The standard normal distribution function."""
    return erfc(-z / sqrt(2)) / 2
