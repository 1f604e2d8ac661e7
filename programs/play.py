"""Plays an example for the desk's page, and prints what happens as it becomes known: `python -m programs.play NAME`.

Each line of the output is one piece of news as JSON (web.story_told.Told). The story itself is played by `simulate`,
on records, a clock and a Temporal server of its own that are thrown away.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

from domain.errors import Refused
from domain.progress_chart import ProgressChart, chart_of
from domain.state import PlanState
from programs.doors import EXAMPLES, load_plan, load_practice, load_wording
from programs.leave import leave
from programs.simulate import simulate
from records.views import TimelineLine
from settings import load_settings
from web.story_told import StoryEnd, StoryLine, Told

TOP = Path(__file__).parents[1]
LONGEST_SECONDS = 300
STOP_WITHIN_SECONDS = 5
LEAST_URGENT = 10
"""The demo goes first: what it does for real must not wait for a story."""
LONGEST_LINE = 1024 * 1024


async def play(path: Path, tell: Callable[[Told], None]) -> None:
    """Play this plan file and tell its story. Raises Refused for a file or a script that can't be played."""
    settings = load_settings(nothing_kept=True)
    practice, folder = load_practice(settings)
    file, wording = load_plan(path, practice), load_wording(settings, folder)
    story = await simulate(file, practice, wording, path.name, watch=_Teller(tell))
    end = StoryEnd(status=story.status, goals=story.progress, claims=story.claims)
    tell(Told(share=1.0, end=end))


class _Teller:
    """Tells of each step what is new since the one before."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._known: Counter[tuple[str, ...]] = Counter()
        self._charts: list[ProgressChart] = []
        self._share = 0.0

    def __call__(
        self, share: float, state: PlanState, lines: list[TimelineLine], written: list[dict[str, str]]
    ) -> None:
        now = Counter(tuple(line.values()) for line in written)
        new = now - self._known
        fresh: list[dict[str, str]] = []
        for line in written:
            if new[tuple(line.values())] > 0:
                new[tuple(line.values())] -= 1
                fresh.append(line)
        step = (share - self._share) / max(len(fresh), 1)
        for place, line in enumerate(fresh, 1):
            self._tell(Told(share=self._share + step * place, line=StoryLine.model_validate(line)))
        self._known, self._share = now, share
        self._tell_charts(state, lines)

    def _tell_charts(self, state: PlanState, lines: list[TimelineLine]) -> None:
        changes = [(line.at, line.text) for line in lines if line.kind == "plan_change" and line.direction == "none"]
        drawn = [chart_of(state, goal.id, changes) for goal in state.plan.goals]
        charts = [chart for chart in drawn if chart is not None]
        if charts != self._charts:
            self._charts = charts
            self._tell(Told(share=self._share, charts=charts))


async def play_story(name: str) -> AsyncGenerator[bytes]:
    """Start this program for the example `name`, and yield the lines that it prints. Closing it ends the program."""
    arguments = (sys.executable, "-P", "-m", "programs.play", name)
    path = os.pathsep.join(part for part in (str(TOP), os.environ.get("PYTHONPATH", "")) if part)
    process = await asyncio.create_subprocess_exec(
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
        start_new_session=True,  # its Temporal server ends with it
        limit=LONGEST_LINE,
    )
    try:
        while process.stdout is not None and (line := await process.stdout.readline()):
            yield line
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ask it to tidy up and go; whatever is left of it after a while is killed."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), STOP_WITHIN_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _print(told: Told) -> None:
    sys.stdout.write(told.model_dump_json() + "\n")
    sys.stdout.flush()


async def _main(name: str) -> int:
    playing = asyncio.ensure_future(play(EXAMPLES / f"{name}.yaml", _print))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, playing.cancel)
    try:
        await asyncio.wait_for(playing, LONGEST_SECONDS)
    except Refused as error:
        _print(Told(share=0.0, trouble=" ".join(str(problem) for problem in error.problems)))
        return 2
    except (asyncio.CancelledError, TimeoutError):
        return 1
    return 0


def main() -> None:
    """Play one example and leave by its exit code."""
    logging.getLogger("temporalio").setLevel(logging.ERROR)
    os.nice(LEAST_URGENT)
    code = 1
    with contextlib.suppress(BrokenPipeError):  # nobody listens any more
        code = asyncio.run(_main(sys.argv[1]))
    leave(code)


if __name__ == "__main__":
    main()
