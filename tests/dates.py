"""Plays the domain's tests and the stories that begin "today" as if today were another day.

    python -m tests.dates [--day 2027-12-31T23:50+00:00] [what pytest is to play]

Two days are played at a time. Searches by hypothesis are left out: they draw their own dates, and `domain/` has no
clock (`tests/test_one_clock.py` holds both). What is played can be any folder of tests, for instance `tests/web`.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.today import this_moment

DAYS = {
    "2027-01-01T17:00+00:00": "New Year's Day, a Friday",
    "2027-02-01T06:30+00:00": "a month's first in UTC, the evening before in America",
    "2027-03-01T14:00+00:00": "a month's first",
    "2027-03-13T20:00+00:00": "the evening before the American clocks go forward",
    "2027-03-14T09:30+00:00": "the American clocks go forward: 2:30 doesn't exist in the west's earlier zones",
    "2027-04-01T16:00+00:00": "a month's first",
    "2027-05-01T16:00+00:00": "a month's first, a Saturday",
    "2027-05-28T22:00+00:00": "the Friday before Memorial Day",
    "2027-06-01T16:00+00:00": "a month's first, after a long weekend",
    "2027-07-01T16:00+00:00": "a month's first, before a holiday that falls on a Sunday",
    "2027-08-01T16:00+00:00": "a month's first, a Sunday",
    "2027-09-01T16:00+00:00": "a month's first",
    "2027-09-03T16:00+00:00": "the Friday before Labor Day",
    "2027-10-01T16:00+00:00": "a month's first",
    "2027-11-01T16:00+00:00": "a month's first, in the week of the clock change",
    "2027-11-07T08:30+00:00": "the American clocks go back: 1:30 comes twice",
    "2027-11-24T23:00+00:00": "the evening before Thanksgiving",
    "2027-11-28T16:00+00:00": "33 days before the year's end, a Sunday",
    "2027-11-29T16:00+00:00": "a plan of a month begins to reach into the next year",
    "2027-11-30T16:00+00:00": "a month's last",
    "2027-12-01T16:00+00:00": "a month's first",
    "2027-12-24T16:00+00:00": "a Friday that is a holiday in place of Saturday's",
    "2027-12-31T23:50+00:00": "ten minutes before the year's end in UTC",
    "2028-02-29T16:00+00:00": "the day that most years don't have",
}
"""When each run begins, and what is particular about it."""
PLAYED = (
    "tests/domain",
    "tests/simulate/test_claim_stories.py",
    "tests/cli/test_cli_simulate.py",
    "--deselect=tests/domain/test_replies.py",
    "--deselect=tests/domain/test_bad_plan_files.py",
    "--deselect=tests/simulate/test_claim_stories.py::test_a_story_that_begins_today_is_told_the_same_on_an_awkward_day",
)
"""The domain's tests, and every story that begins today. Not again for each day: two slow files about words, and what
says its own days (also all of `tests/simulate/test_stories.py`)."""
QUIETLY = ("-q", "-p", "no:cacheprovider", "-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
"""time-machine is loaded before pytest, which would rather have been first."""
TOP = Path(__file__).parents[1]


def played(day: str, tests: Sequence[str]) -> bool:
    """Run them with the clock moved to that moment, say in one line what came of it, and show what went wrong."""
    began = time.monotonic()
    ahead = (datetime.fromisoformat(day) - this_moment()).total_seconds()
    path = os.pathsep.join([str(Path(__file__).with_name("moved_clock")), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *QUIETLY, "-m", "not hypothesis", *tests],
        cwd=TOP,
        env=os.environ | {"PYTHONPATH": path.strip(os.pathsep), "CLOCK_AHEAD_SECONDS": str(ahead)},
        capture_output=True,
        text=True,
        check=False,
    )
    last = (done.stdout.strip().splitlines() or ["nothing was played"])[-1]
    sys.stdout.write(f"{day[:16]}  {time.monotonic() - began:4.0f} s  {last}  ({DAYS.get(day, 'as asked')})\n")
    if done.returncode:
        sys.stdout.write(done.stdout + done.stderr)
    sys.stdout.flush()
    return done.returncode == 0


def main(arguments: Sequence[str]) -> int:
    reads = argparse.ArgumentParser(prog="python -m tests.dates")
    reads.add_argument("--day", action="append", help="a moment with its offset, instead of the days listed")
    reads.add_argument("tests", nargs="*", default=PLAYED)
    asked = reads.parse_args(arguments)
    days: list[str] = asked.day or list(DAYS)
    tests: Sequence[str] = asked.tests
    with ThreadPoolExecutor(2) as two_at_a_time:
        green = list(two_at_a_time.map(partial(played, tests=tests), days))
    sys.stdout.write(f"{sum(green)} of {len(green)} days are green\n")
    return 0 if all(green) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
