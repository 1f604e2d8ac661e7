"""The picture of a goal's chart: the words and numbers in it, its colours, and what it must never hold."""

import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import web
from domain.events import ClientMissedVisit
from domain.plan import Benchmark, FunctionalGoal, ObjectiveGoal
from domain.progress_chart import ProgressChart, chart_of
from domain.state import PlanState
from tests.domain.plan_builder import DAY, HOUR, Played, a_pain_goal, a_plan, a_state, a_yes_goal
from web.charts import COLOURS, NARROW, WIDE, Theme, svg

SVG = "{http://www.w3.org/2000/svg}"
THEMES: tuple[Theme, Theme] = ("light", "dark")
ROM = ObjectiveGoal(
    id="pain", description="lifting the arm", measure="rom_shoulder_flex", baseline=95, target=150,
    benchmarks=[Benchmark(by_session=6, expect="60 %"), Benchmark(by_session=10, expect="100 %")],
)  # fmt: skip


def lived(goal: ObjectiveGoal | FunctionalGoal, *values: float | bool | None) -> Played:
    """A session a day with these values; None is a visit that the client missed."""
    played = Played(a_state(a_plan(goal)))
    for number, value in enumerate(values):
        if value is not None:
            played.session(**{goal.id: value})
            continue
        at = played.now + DAY
        played.book(f"missed-{number}", at)
        played.take(ClientMissedVisit(event_id=f"m{number}", occurred_at=at + HOUR, appointment_id=f"missed-{number}"))
    return played


def drawn(state: PlanState, changes: list[tuple[datetime, str]] | None = None) -> ProgressChart:
    chart = chart_of(state, state.plan.goals[0].id, changes)
    assert chart is not None
    return chart


def a_long_course() -> ProgressChart:
    """Twelve values with a flare, a missed visit, a value from the client, and three changes."""
    played = lived(a_pain_goal(12, 8, 2), 8, 7, 7, 9, None, 6, 6, 5, 5, 5, 4, 4, 3)
    played.state.values[3].flare = True
    played.state.values[2].rater = "client"
    sessions = played.state.sessions
    told = ["minutes 75", "spacing 7 days, pressure light", "modality trigger point therapy, cadence slow"]
    changes = [
        (sessions[at].starts_at + HOUR, f"The plan was changed: {words}.")
        for at, words in zip((2, 5, 7), told, strict=True)
    ]
    return drawn(played.state, changes)


def a_crowded_course() -> ProgressChart:
    """A yes or no at each of fourteen sessions, a missed visit before each, and a change after each."""
    played = lived(a_yes_goal(14), *(value for number in range(14) for value in (None, number % 3 == 0)))
    changes = [(session.starts_at + HOUR, "pressure light, cadence slow") for session in played.state.sessions]
    return drawn(played.state, changes)


def parsed(picture: str) -> Xml.Element:
    return Xml.fromstring(picture)  # noqa: S314  (our own picture)


def words_of(picture: str) -> list[str]:
    return [element.text or "" for element in parsed(picture).iter(f"{SVG}text")]


def test_three_values_show_the_last_one_the_goal_the_benchmark_and_whole_sessions():
    picture = svg(drawn(lived(a_pain_goal(), 7, 5, 4).state), "light")
    words = words_of(picture)
    assert words[:2] == ["Pain from 0 to 10", "points, lower is better"]
    assert words[2:8] == ["3", "4", "5", "6", "7", "8"]
    for text in ("4", "goal 3", "3 by session 8", "start", "session", "benchmark line", "measurement error"):
        assert text in words
    assert [text for text in words if text == "4"] == ["4"] * 3, "on the scale, as a session, and as the last value"
    assert "missed" not in words
    assert "flare" not in words


def test_twelve_values_show_the_flare_the_missed_visit_and_how_the_plan_changed():
    words = words_of(svg(a_long_course(), "light", WIDE))
    for text in ("flare", "missed", "told by the client", "goal 2", "2 by session 12", "75 minutes"):
        assert words.count(text) == 1
    assert "every 7 days, pressure light" in words
    assert "modality trigger point therapy, cadence slow" in words


def test_on_a_phone_the_words_of_a_change_are_cut_but_none_is_lost():
    words = words_of(svg(a_long_course(), "light", NARROW))
    starts = ("75 minutes", "every 7 days", "modality trigger")
    assert all(any(text.startswith(start) for text in words) for start in starts)


def test_a_rising_measure_says_so_and_names_both_benchmarks():
    words = words_of(svg(drawn(lived(ROM, 95, 104, 118, 121).state), "light"))
    assert words[:2] == ["Lifting the arm forward", "degrees, higher is better"]
    for text in ("121", "goal 150", "128 by session 6", "150 by session 10"):
        assert text in words


def test_a_functional_goal_shows_yes_and_no_with_dates():
    words = words_of(svg(drawn(lived(a_yes_goal(3), False, True).state), "light"))
    assert words[0] == "Do you fall asleep easily now?"
    for text in ("yes", "no", "Mar 3", "Mar 4", "yes by session 3"):
        assert text in words
    assert "measurement error" not in words


def test_a_measure_without_a_known_error_has_no_band():
    goal = ROM.model_copy(update={"measure": "mmt", "baseline": 2, "target": 4})
    assert "measurement error" not in words_of(svg(drawn(lived(goal, 2, 3).state), "light"))


def test_whoever_cant_see_it_is_told_in_words():
    picture = parsed(svg(a_long_course(), "dark"))
    assert picture.get("role") == "img"
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Pain from 0 to 10: from 8 to 3 over 12 sessions; the goal is 2 points by session 12."
    assert description is not None
    assert "session 4 9 (a flare, left out)" in (description.text or "")
    assert "After session 4: 1 visit missed." in (description.text or "")


def test_the_same_chart_is_always_the_same_text_whoever_draws_beside_it():
    chart = a_long_course()
    alone = {theme: svg(chart, theme) for theme in THEMES}
    with ThreadPoolExecutor(4) as pool:
        under_way = [(theme, pool.submit(svg, chart, theme)) for theme in THEMES * 4]
    assert [picture.result() for _, picture in under_way] == [alone[theme] for theme, _ in under_way]


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_fetched_run_or_styled(theme: Theme):
    picture = svg(a_long_course(), theme)
    spaces = re.sub(r' xmlns(:\w+)?="[^"]*"', "", picture)
    for forbidden in (
        "http",
        "<script",
        "<style",
        "style=",
        "url(data",
        "<image",
        "javascript",
        "<!DOCTYPE",
        "metadata",
    ):
        assert forbidden not in spaces
    links = re.findall(r'href="([^"]*)"', picture)
    assert all(link.startswith("#") for link in links)
    ids = set(re.findall(r' id="([^"]*)"', picture))
    assert {link.removeprefix("#") for link in links} <= ids


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_has_the_colours_of_the_style_sheet_and_none_of_the_other(theme: Theme):
    sheet = (Path(web.__file__).parent / "static" / "style.css").read_text()
    light, dark = sheet.split("prefers-color-scheme: dark", 1)
    for name, colour in COLOURS[theme].items():
        assert f"--{name}: {colour};" in {"light": light, "dark": dark.split("}", 2)[0]}[theme]
    other = COLOURS["dark" if theme == "light" else "light"].values()
    picture = svg(a_long_course(), theme)
    assert set(re.findall("#[0-9a-f]{6}", picture)) <= set(COLOURS[theme].values())
    assert not any(colour in picture for colour in other)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("course", [a_long_course, a_crowded_course])
def test_words_are_never_smaller_than_eleven_pixels_and_never_on_each_other(
    course: Callable[[], ProgressChart], width: int
):
    picture = parsed(svg(course(), "light", width))
    size = min(float(group.get("font-size", "99")) for group in picture.iter(f"{SVG}g"))
    assert size >= 11
    boxes = [_around(element) for element in picture.iter(f"{SVG}text")]
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)
    high = float(picture.get("height", "0"))
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= high for box in boxes)


def _around(element: Xml.Element) -> tuple[float, float, float, float, str]:
    """Where letters of half their height in width would be, for words of 12 pixels."""
    x, y, text = float(element.get("x", "")), float(element.get("y", "")), element.text or ""
    wide = len(text) * 6
    left = x - {"start": 0.0, "middle": wide / 2, "end": float(wide)}[element.get("text-anchor", "start")]
    return left, y - 9, left + wide, y + 2, text


def test_a_clients_own_words_are_shown_as_they_are_written():
    goal = a_yes_goal().model_copy(update={"question": "Is $5 < $6 & \\alpha_2 \x0b 走る 🙂 fine now?"})
    words = words_of(svg(drawn(lived(goal, True).state), "light"))
    assert words[0] == "Is $5 < $6 & \\alpha_2 走る 🙂 fine now?"


def test_the_library_is_loaded_with_the_first_chart_and_not_before():
    told = "import sys, web.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], cwd=Path(web.__file__).parent.parent).returncode == 0


@st.composite
def plans(draw: st.DrawFn) -> PlanState:
    """Any course of a plan with a measure and a question, with gaps, flares, missed visits and changes."""
    baseline, target = draw(st.lists(st.integers(0, 10), min_size=2, max_size=2, unique=True))
    by = draw(st.integers(1, 30))
    played = Played(a_state(a_plan(a_pain_goal(by, baseline, target), a_yes_goal(draw(st.integers(1, 9))))))
    for number in range(draw(st.integers(0, 5))):
        step = draw(st.sampled_from(["measure", "answer", "both", "nothing", "miss"]))
        if step == "miss":
            at = played.now + DAY
            played.book(f"x{number}", at)
            played.take(ClientMissedVisit(event_id=f"m{number}", occurred_at=at + HOUR, appointment_id=f"x{number}"))
            continue
        values: dict[str, float | bool] = {}
        if step in ("measure", "both"):
            values["pain"] = draw(st.integers(0, 10))
        if step in ("answer", "both"):
            values["sleep"] = draw(st.booleans())
        played.session(**values)
    for value in played.state.values:
        value.flare = draw(st.integers(0, 3)) == 0
    if draw(st.booleans()):
        played.state.window_from["pain"] = draw(st.integers(1, 6))
    return played.state


told_changes = st.none() | st.lists(st.tuples(st.integers(0, 9), st.text(max_size=60)), max_size=6)


@settings(max_examples=25, deadline=None)
@given(plans(), told_changes, st.sampled_from(THEMES), st.sampled_from([NARROW, WIDE]))
def test_every_plan_has_a_chart_that_can_be_read_or_none(
    state: PlanState, told: list[tuple[int, str]] | None, theme: Theme, width: int
):
    changes = None if told is None else [(state.started_at + DAY * day, words) for day, words in told]
    for goal in state.plan.goals:
        chart = chart_of(state, goal.id, changes)
        assert (chart is None) == (not any(value.goal_id == goal.id for value in state.values))
        if chart is not None:
            picture = svg(chart, theme, width)
            assert parsed(picture).findtext(f"{SVG}title") == chart.sentence
            assert not re.search(r"\b(nan|inf)\b", picture)


def test_the_last_value_is_written_over_its_own_dot():
    picture = parsed(svg(drawn(lived(ROM, 95, 104, 118, 121).state), "light"))
    last = next(element for element in picture.iter(f"{SVG}text") if element.text == "121")
    fourth = next(element for element in picture.iter(f"{SVG}text") if element.text == "4")
    assert last.get("x") == fourth.get("x")
