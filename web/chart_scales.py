"""The scales of a chart: few ticks at round numbers, and whole sessions."""

from math import ceil, floor, log10

from domain.plain_words import number
from domain.progress_chart import ProgressChart

_ROUND = (1.0, 2.0, 5.0, 10.0)
_MOST_STEPS = 5
_PIXELS_FOR_A_SESSION = 25
_HAIR = 1e-9


def value_ticks(chart: ProgressChart) -> list[tuple[float, str]]:
    """Where the scale of values has lines, with their words: round numbers, or no and yes."""
    if chart.kind == "functional":
        return [(0.0, "no"), (1.0, "yes")]
    low, high = _ends(chart)
    step = max(_round_step((high - low) / _MOST_STEPS), chart.step)
    first, last = floor(low / step + _HAIR), ceil(high / step - _HAIR)
    ticks = [round(place * step, 9) + 0.0 for place in range(first, last + 1)]
    on_scale = [tick for tick in ticks if min(low, chart.low) <= tick <= max(high, chart.high)]
    return [(tick, number(tick)) for tick in on_scale]


def value_range(chart: ProgressChart, ticks: list[float]) -> tuple[float, float]:
    """The lower and the upper end of the plot, a little beyond what is shown."""
    if chart.kind == "functional":
        return -0.45, 1.45
    low, high = _ends(chart)
    low, high = min([low, *ticks]), max([high, *ticks])
    return low - (high - low) * 0.17, high + (high - low) * 0.06


def session_ticks(chart: ProgressChart, pixels: float) -> list[int]:
    """The sessions that are named below an axis so long: the first and whole steps, at most one for each 25 pixels."""
    most = max(2, int(pixels / _PIXELS_FOR_A_SESSION))
    steps = (1, 2, 5, 10, 20, 50, 100)
    step = next((step for step in steps if (chart.last - chart.first) / step < most), steps[-1])
    return sorted({chart.first, *range(step * ceil((chart.first + 1) / step), chart.last + 1, step)})


def _ends(chart: ProgressChart) -> tuple[float, float]:
    """The lowest and the highest of what is shown, the error within the measure's scale."""
    shown = [point.value for point in chart.points] + [each.value for each in chart.benchmarks]
    shown += [value for value in (chart.baseline, chart.target) if value is not None]
    spread = [(point.value, point.error) for point in chart.counted if point.error is not None]
    if chart.baseline is not None and chart.error is not None:
        spread.append((chart.baseline, chart.error))
    shown += [max(value - error, chart.low) for value, error in spread]
    shown += [min(value + error, chart.high) for value, error in spread]
    return min(shown), max(shown)


def _round_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that isn't less."""
    power = 10.0 ** floor(log10(least))
    return next(power * each for each in _ROUND if power * each >= least * (1 - _HAIR))
