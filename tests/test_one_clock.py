"""No test depends on the day it is run: today comes from one place, and the rules under test have no clock at all."""

import ast
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from domain.plan_file import PlanFile
from tests.dates import DAYS
from tests.domain.plan_builder import a_plan

TOP = Path(__file__).parents[1]
TODAY = (Path("tests/today.py"), Path("tests/moved_clock/sitecustomize.py"))
"""The place where tests learn what time it is, and what moves it for `make dates`."""
STOPWATCH = Path("activities/attempt_time.py")
"""It counts the seconds since the machine was started, frozen ones too; that says no day."""
CLOCKS = frozenset(
    [f"datetime.datetime.{name}" for name in ("now", "today", "utcnow")]
    + ["datetime.date.today", "sqlalchemy.func.now", "sqlalchemy.func.current_timestamp"]
    + [f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")]
    + ["time.clock_gettime", "time.clock_gettime_ns", "web.wiring.this_moment", "web.intake.wall_time"]
)
"""Whatever says which day it is. What only measures how long something takes is no clock: `time.monotonic`."""


def reads_of_a_clock(source: str) -> list[str]:
    """Each place that names one of the clocks, whatever it was imported as: "line 3: datetime.datetime.now"."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    found = [(node.lineno, _path(node, names)) for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Name)]
    return [f"line {line}: {path}" for line, path in sorted(found) if path in CLOCKS]


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What each imported name stands for in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (
                (each.asname or each.name.split(".")[0], (each.asname and each.name) or each.name.split(".")[0])
                for each in node.names
            )
        elif isinstance(node, ast.ImportFrom):
            yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


def _path(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_path(node.value, names)}.{node.attr}"
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def sources(*folders: str) -> list[Path]:
    return [path.relative_to(TOP) for folder in folders for path in sorted((TOP / folder).rglob("*.py"))]


def test_tests_learn_what_day_it_is_from_one_place_only() -> None:
    others = [path for path in sources("tests") if path not in TODAY]
    assert len(others) > 200
    told = {str(path): reads_of_a_clock((TOP / path).read_text("utf-8")) for path in others}
    assert {path: places for path, places in told.items() if places} == {}, "take it from tests/today.py"


def test_rules_workflows_and_activities_read_no_clock() -> None:
    """So that what is tested on given days holds on every day."""
    told = {
        str(path): reads_of_a_clock((TOP / path).read_text("utf-8"))
        for path in sources(*CLOCKLESS)
        if path != STOPWATCH
    }
    assert {path: places for path, places in told.items() if places} == {}


CLOCKLESS = ("domain", "workflows", "activities")


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime, UTC\nat = datetime.now(UTC)",
        "from datetime import date as day\nat = day.today()",
        "import datetime as dt\nat = dt.datetime.utcnow()",
        "import time\nat = time.time()",
        "from time import time as seconds\nat = seconds()",
        "from datetime import datetime\nclock = datetime.now",
        "def later():\n    from web.wiring import this_moment\n    return this_moment()",
    ],
)
def test_a_clock_is_found_under_any_name(source: str) -> None:
    assert len(reads_of_a_clock(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import time\nbegan = time.monotonic()",
        "async def test(stage):\n    return await stage.now()",
        "from datetime import datetime\nat = datetime(2026, 11, 3)",
        "now = 3\ntoday = now",
    ],
)
def test_what_says_nothing_of_the_day_may_be_used(source: str) -> None:
    assert reads_of_a_clock(source) == []


def test_make_dates_begins_on_every_weekday_in_every_month_and_on_each_day_that_is_easily_forgotten() -> None:
    days = {datetime.fromisoformat(day) for day in DAYS}
    assert len(days) >= 24
    assert {day.month for day in days if day.day == 1} == set(range(1, 13))
    assert {(2, 29), (11, 28), (11, 29), (11, 30), (12, 31)} <= {(day.month, day.day) for day in days}
    mornings = [PlanFile(a_plan(), None, []).start_after(day) for day in days]
    assert {morning.weekday() for morning in mornings} == set(range(7))
