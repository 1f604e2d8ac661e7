"""Loads the product once and begins a life of it, as worker or as web, whenever it is told: so a start costs little.

`python -m tests.integration.nursery` reads what to begin from its input, a line of JSON each, and answers with the
process id. When the input ends, every life does. `Nursery` is the other side.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

from tests.integration.live_site import TOP, is_a_setting
from tests.today import this_moment


@dataclass(frozen=True)
class Birth:
    """A life to begin: in which folder, by which settings, with which waits of its own (seconds, by name), and how far
    ahead its clock is, in seconds.
    """

    name: str
    role: str
    folder: str
    settings: dict[str, str]
    waits: dict[str, float] = field(default_factory=dict[str, float])
    clock_ahead: float = 0.0

    @property
    def log(self) -> Path:
        return Path(self.folder) / f"{self.name}.log"


class Nursery:
    """The process that begins lives."""

    def __init__(self) -> None:
        inherited = {name: value for name, value in os.environ.items() if not is_a_setting(name)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.nursery"],
            cwd=TOP,
            env=inherited | {"TEMPORAL_CONFIG_FILE": os.devnull, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def begin(self, birth: Birth) -> int:
        """The process id of the new life, which may still be on its way up."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(asdict(birth))}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, with every life that is left."""
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait()


def _begin(birth: Mapping[str, object]) -> int:
    child = os.fork()
    if child == 0:
        _live(Birth(**birth))  # pyright: ignore[reportArgumentType]
    return child


def _live(birth: Birth) -> None:
    """Become that life. Never returns."""
    from tests.integration.chaos_steps import Orders
    from tests.integration.chaos_waits import shorten
    from tests.integration.dying import live

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing, log = os.open(os.devnull, os.O_RDONLY), os.open(birth.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for descriptor, instead in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, instead)
    os.chdir(birth.folder)
    os.environ |= birth.settings
    shorten(birth.waits)
    if birth.clock_ahead:
        import time_machine

        time_machine.travel(this_moment() + timedelta(seconds=birth.clock_ahead), tick=True).start()
    live(birth.role, Orders(Path(birth.folder) / "orders"))


def main() -> None:
    """Begin what is asked for, until nobody asks any more."""
    import programs.up
    import tests.integration.dying

    assert programs.up.run_web, "loaded now, so that no life has to load it"
    assert tests.integration.dying.live
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    begun: list[int] = []
    while line := sys.stdin.readline():
        begun.append(_begin(json.loads(line)))
        sys.stdout.write(f"{begun[-1]}\n")
        sys.stdout.flush()
    for child in begun:
        if _is_ours(child):
            os.kill(child, signal.SIGKILL)


def _is_ours(child: int) -> bool:
    """Whether it lives still: its number may have gone to another process."""
    try:
        stat = Path(f"/proc/{child}/stat").read_text("utf-8")
    except OSError:
        return False
    return int(stat.rpartition(")")[2].split()[1]) == os.getpid()


if __name__ == "__main__":
    main()
