"""Draws a goal's chart as SVG: scales and shapes by matplotlib, words set by chart_words, colours of style.css.

The words aren't left to matplotlib because a client's own ("$", an emoji, another script) must not meet its formulas
and fonts. The picture has no style element or attribute, so that it looks the same under the strictest
Content-Security-Policy.
"""

from io import BytesIO
from itertools import pairwise
from threading import Lock
from typing import Any, Literal

from domain.plain_words import number
from domain.progress_chart import ChartPoint, ProgressChart
from web.chart_scales import session_ticks, value_range, value_ticks
from web.chart_svg import finished
from web.chart_told import in_their_language
from web.chart_words import ROW, Box, Place, Words, box_of, length, overlap, plain, shortened, wrapped
from web.languages import gettext, told

Theme = Literal["light", "dark"]
NARROW, WIDE = 340, 640
"""Widths in pixels for a phone and for a page."""

# fmt: off
COLOURS: dict[Theme, dict[str, str]] = {
    "light": {"card": "#ffffff", "ink": "#16211f", "soft": "#5b6966", "line": "#dde3e2",
              "accent": "#0f766e", "warn": "#9a3412"},
    "dark": {"card": "#19211f", "ink": "#e7edeb", "soft": "#9aa9a5", "line": "#2d3836",
             "accent": "#4fc3b5", "warn": "#f7a978"},
}
# fmt: on
"""The variables of style.css that a chart uses."""

_MOST_LANES = 3
_Asides = tuple[tuple[float, str], ...]
_OVER: _Asides = ((0.0, "middle"),)
"""How far aside words may begin or end: those of a value stay over its dot, or they would seem another's."""
_ABOUT: _Asides = (*_OVER, (6.0, "end"), (-6.0, "start"), (-14.0, "end"))
_drawing = Lock()
"""matplotlib's settings belong to the whole process: one picture at a time."""


def svg(chart: ProgressChart, theme: Theme, width: int = NARROW) -> str:
    """The chart as an SVG document, `width` pixels wide; the same chart always gives the same text.

    It may be shown larger than it was drawn. Below NARROW its words would be too small to read.
    """
    from matplotlib import rc_context  # pyright: ignore[reportUnknownVariableType]
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    chart = in_their_language(chart)
    picture = _Picture(chart, COLOURS[theme], width)
    written = BytesIO()
    with _drawing, rc_context({"svg.hashsalt": "chart"}):
        FigureCanvasSVG(picture.draw()).print_svg(written, metadata={"Date": None})
    size = picture.width, picture.height
    return finished(written.getvalue(), picture.words.signs, size, (chart.sentence, " ".join(chart.details)))


class _Picture:
    """One picture being drawn: rows of words above, the plot, rows of words below. Pixels from the top left corner."""

    def __init__(self, chart: ProgressChart, colours: dict[str, str], width: int) -> None:
        self.chart, self.colours, self.width = chart, colours, width
        self.words = Words(colours, width)
        self.heading = wrapped(_capital(plain(chart.name)), width)
        self.ticks = [(value, told(label)) for value, label in value_ticks(chart)]
        self.is_measure = chart.kind == "objective"
        self.left = 12 + max(length(label) for _, label in self.ticks)
        self.right = width - 12 - max(length(gettext("session")), length(self._goal()))
        marks = [each.after + 0.5 for each in (*chart.missed, *chart.changes)]
        self.x_range = min([chart.first, *marks]) - 0.35, chart.last + 0.35
        self.y_range = value_range(chart, [value for value, _ in self.ticks])
        self.changes = self._change_places()
        lanes = 1 + max((lane for _, _, lane in self.changes), default=-1)
        self.top = ROW * (len(self.heading) + self.is_measure + lanes) + 14
        self.bottom = self.top + (round(90 + width * 0.2) if self.is_measure else 84)
        self.keys = self._keys()
        key_rows = 1 + max((row for _, _, _, row in self.keys), default=-1)
        self.height = self.bottom + ROW * (1.5 + bool(chart.missed) + key_rows) + 4

    def x(self, session: float) -> float:
        """Where a session is."""
        low, high = self.x_range
        return self.left + (session - low) / (high - low) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Where a value is."""
        low, high = self.y_range
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)

    def draw(self) -> Any:
        """The shapes, as a figure of matplotlib's. The words are set along the way."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72)
        figure.patch.set_visible(False)
        wide, high = (self.right - self.left) / self.width, (self.bottom - self.top) / self.height
        plot: Any = figure.add_axes((self.left / self.width, 1 - self.bottom / self.height, wide, high))
        self._scales(plot)
        self._agreed(plot)
        self._values(plot)
        self._say_around_the_plot()
        self._say_in_the_plot()
        return figure

    def _scales(self, plot: Any) -> None:
        plot.patch.set_visible(False)
        plot.set(xlim=self.x_range, ylim=self.y_range, xticks=[], yticks=[value for value, _ in self.ticks])
        plot.tick_params(length=0, labelleft=False)
        plot.grid(axis="y", color=self.colours["line"], linewidth=0.8)
        plot.set_axisbelow(True)
        for side in ("top", "left", "right"):
            plot.spines[side].set_visible(False)
        plot.spines["bottom"].set(color=self.colours["soft"], linewidth=0.8)

    def _agreed(self, plot: Any) -> None:
        """The goal, the benchmark line, the changes of the plan, and the visits missed on the way."""
        chart, soft = self.chart, self.colours["soft"]
        if chart.target is not None:
            plot.axhline(chart.target, color=self.colours["accent"], linewidth=1, zorder=2)
        plot.plot(*zip(*self._way(), strict=True), color=soft, linewidth=1.2, dashes=(4, 3), zorder=2)
        marks = [(each.session, each.value) for each in chart.benchmarks]
        plot.plot(*zip(*marks, strict=True), "D", color=soft, markersize=6, markeredgewidth=0, clip_on=False, zorder=3)
        for each in chart.changes:
            plot.axvline(each.after + 0.5, color=soft, linewidth=1, dashes=(1, 2), zorder=1)
        for each in chart.missed:
            cross = {"color": self.colours["warn"], "markersize": 6.5, "markeredgewidth": 1.8, "clip_on": False}
            plot.plot([each.after + 0.5], [self.y_range[0]], "x", **cross, zorder=6)

    def _values(self, plot: Any) -> None:
        chart, accent, card = self.chart, self.colours["accent"], self.colours["card"]
        if self.is_measure:
            plot.plot(*zip(*self._course(), strict=True), color=accent, linewidth=2, zorder=4)
            self._band(plot)
            plot.plot(*zip(*self._start(), strict=True), "|", color=accent, markersize=10, mew=2, zorder=5)
        dot: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 7, "clip_on": False, "zorder": 5}
        for point in chart.points:
            colour = self.colours["warn"] if point.flare else accent
            inside = card if _is_hollow(chart, point) else colour
            plot.plot([point.session], [point.value], color=colour, mfc=inside, mew=1.8, **dot)

    def _band(self, plot: Any) -> None:
        """One standard error to either side of each value that counts, within the measure's scale."""
        known = [(point.session, point.value, point.error) for point in self.chart.counted if point.error is not None]
        if known and self.chart.baseline is not None and self.chart.error is not None:
            known.insert(0, (self.chart.first, self.chart.baseline, self.chart.error))
        lows = [max(value - error, self.chart.low) for _, value, error in known]
        highs = [min(value + error, self.chart.high) for _, value, error in known]
        shade = {"color": self.colours["accent"], "alpha": 0.16, "linewidth": 0, "zorder": 1}
        plot.fill_between([session for session, _, _ in known], lows, highs, **shade)

    def _start(self) -> list[tuple[float, float]]:
        return [(self.chart.first, self.chart.baseline)] if self.chart.baseline is not None else []

    def _course(self) -> list[tuple[float, float]]:
        """The line through the values that count, from the baseline on."""
        return [*self._start(), *((point.session, point.value) for point in self.chart.counted)]

    def _way(self) -> list[tuple[float, float]]:
        """The benchmark line: from the baseline through what each benchmark expects."""
        return [*self._start(), *((each.session, each.value) for each in self.chart.benchmarks)]

    def _goal(self) -> str:
        target = self.chart.target
        return gettext("goal %(value)s") % {"value": number(target)} if target is not None else ""

    def _say_around_the_plot(self) -> None:
        chart, words, under = self.chart, self.words, self.bottom + ROW * 0.75
        for row, line in enumerate(self.heading):
            words.say(line, (0, ROW * (row + 0.5), "start"), "ink", bold=True)
        if self.is_measure:
            words.say(f"{chart.unit}, {told(chart.direction)}", (0, ROW * (len(self.heading) + 0.5), "start"), "soft")
        for value, label in self.ticks:
            words.say(label, (self.left - 8, self.y(value), "end"), "soft")
        if chart.target is not None:
            words.say(self._goal(), (self.right + 6, self.y(chart.target), "start"), "accent")
        words.say(gettext("session"), (self.width, under, "end"), "soft")
        for session in session_ticks(chart, self.right - self.left):
            words.say_near(
                gettext("start") if session == 0 else str(session), [(self.x(session), under, "middle")], "soft"
            )
        for each in chart.missed:
            label = gettext("missed") if each.count == 1 else gettext("%(count)s missed") % {"count": each.count}
            words.say_near(label, [(self.x(each.after + 0.5), under + ROW, "middle")], "warn")
        for label, sign, x, row in self.keys:
            self._say_key(label, sign, x, under + ROW * (1 + bool(chart.missed) + row) + 2)

    def _say_in_the_plot(self) -> None:
        """The changes in their lanes; then the last value, flares, benchmarks and dates, the weightiest first."""
        for text, place, lane in self.changes:
            x, y, anchor = place[0], self.top - 8 - ROW * (lane + 0.5), place[2]
            self.words.sign(
                "line", x1=x, x2=x, y1=y - 6, y2=self.top, stroke=self.colours["soft"], stroke_dasharray="1 2"
            )
            self.words.say(text, (x + (5 if anchor == "start" else -5), y, anchor), "soft")
        lines = self._drawn()
        if not self.is_measure:  # so many dates that one could hide another's dot
            dots = [(self.x(point.session), self.y(point.value)) for point in self.chart.points]
            self.words.taken += [(x - 5, y - 5, x + 5, y + 5) for x, y in dots]
        for point in self.chart.counted[-1:]:
            self._say_at(self._named(point), (point.session, point.value), "accent", lines)
        for point in self.chart.points:
            if point.flare:
                self._say_at(gettext("flare"), (point.session, point.value), "warn", lines)
        for each in reversed(self.chart.benchmarks):
            self._say_at(each.words, (each.session, each.value), "soft", lines, _ABOUT)
        for point in () if self.is_measure else self.chart.counted[:-1]:
            self._say_at(self._named(point), (point.session, point.value), "soft", lines)

    def _drawn(self) -> list[Box]:
        """What words should leave uncovered: the lines, in small pieces, and the dots."""
        lines = [self._course() if self.is_measure else [], self._way()]
        if self.chart.target is not None:
            lines.append([(self.chart.first, self.chart.target), (self.chart.last, self.chart.target)])
        pieces = [box for line in lines for start, end in pairwise(line) for box in self._along(start, end)]
        dots = [(self.x(point.session), self.y(point.value)) for point in self.chart.points]
        dots += [(self.x(each.after + 0.5), self.bottom) for each in self.chart.missed]
        return [*pieces, *((x - 6, y - 6, x + 6, y + 6) for x, y in dots for _ in range(4))]

    def _along(self, start: tuple[float, float], end: tuple[float, float]) -> list[Box]:
        x, y = self.x(start[0]), self.y(start[1])
        dx, dy = self.x(end[0]) - x, self.y(end[1]) - y
        count = max(1, round((abs(dx) + abs(dy)) / 4))
        spots = [(x + dx * place / count, y + dy * place / count) for place in range(count + 1)]
        return [(x - 1, y - 1, x + 1, y + 1) for x, y in spots]

    def _say_at(
        self, text: str, at: tuple[float, float], colour: str, lines: list[Box], asides: _Asides = _OVER
    ) -> None:
        """Near what stands at this session and value, where there is room. In bold what has the accent."""
        x, y = self.x(at[0]), self.y(at[1])
        places: list[Place] = [
            (x + aside, y + below, anchor)
            for below in (-14.0, 14.0, -20.0, 20.0, -28.0, 28.0)
            for aside, anchor in asides
        ]
        places[2 * len(asides) : 2 * len(asides)] = [(x + 10, y, "start"), (x - 10, y, "end")]
        inside = [p for p in places if self.top - 12 <= p[1] <= self.bottom - 4]
        self.words.say_near(text, inside, colour, lines, bold=colour == "accent")

    def _named(self, point: ChartPoint) -> str:
        return number(point.value) if self.is_measure else told(f"{point.on:%b} {point.on.day}")

    def _change_places(self) -> list[tuple[str, Place, int]]:
        """The changes: words, place and lane, from the right. What finds no lane is told in the description."""
        found: dict[int, list[str]] = {}
        for each in self.chart.changes:
            found.setdefault(each.after, []).append(plain(each.words))
        places: list[tuple[str, Place, int]] = []
        for after in sorted(found, reverse=True):
            x = self.x(after + 0.5)
            anchor, room = ("start", self.width - x - 8) if x < self.width * 0.6 else ("end", x - 8)
            text = shortened("; ".join(found[after]), min(room, self.width * 0.6))
            place: Place = (x, 0.0, anchor)
            box = box_of(f"{text}  ", place)
            lanes = [lane for lane in range(_MOST_LANES) if not self._is_taken(box, lane, places)]
            places += [(text, place, lanes[0])] if lanes else []
        return places

    def _is_taken(self, box: Box, lane: int, places: list[tuple[str, Place, int]]) -> bool:
        return any(lane == other and overlap(box, box_of(f"{text}  ", place)) for text, place, other in places)

    def _keys(self) -> list[tuple[str, str, float, int]]:
        """What the signs mean: words, sign, left end and row."""
        chart = self.chart
        meanings = [(gettext("benchmark line"), "dashes")] if self.is_measure else []
        if chart.error is not None and chart.counted:
            meanings.append((gettext("measurement error"), "band"))
        others = {point.rater for point in chart.counted if self.is_measure and not point.same_rater}
        if others:
            by = gettext("told by the client") if others == {"client"} else gettext("by another rater")
            meanings.append((by, "ring"))
        placed: list[tuple[str, str, float, int]] = []
        x, row = 0.0, 0
        for label, sign in meanings:
            if x + 26 + length(label) > self.width:
                x, row = 0.0, row + 1
            placed.append((label, sign, x, row))
            x += 26 + length(label) + 14
        return placed

    def _say_key(self, label: str, sign: str, x: float, y: float) -> None:
        accent, soft = self.colours["accent"], self.colours["soft"]
        if sign == "dashes":
            self.words.sign(
                "line", x1=x, x2=x + 20, y1=y, y2=y, stroke=soft, stroke_width="1.2", stroke_dasharray="4 3"
            )
        elif sign == "band":
            self.words.sign("rect", x=x, y=y - 5, width="20", height="10", fill=accent, fill_opacity="0.16")
        else:
            ring = {"fill": self.colours["card"], "stroke": accent, "stroke_width": "1.8"}
            self.words.sign("circle", cx=x + 10, cy=y, r="3.5", **ring)
        self.words.say(label, (x + 26, y, "start"), "soft")


def _is_hollow(chart: ProgressChart, point: ChartPoint) -> bool:
    """A ring and not a disc: a flare, another rater's value, a no."""
    if chart.kind == "functional":
        return point.flare or point.value == 0
    return point.flare or not point.same_rater


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
