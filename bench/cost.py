"""What a running program costs, by Linux's own books: processor time and memory of it and of all that it started."""

import contextlib
import os
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

TICKS = os.sysconf("SC_CLK_TCK")
LOOK_EVERY_SECONDS = 0.05


@dataclass
class Cost:
    """Seconds of processor time, and how many megabytes more than before there were at most."""

    cpu_seconds: float = 0.0
    grown_mb: float = 0.0
    _stop: Event = field(default_factory=Event)


@contextlib.contextmanager
def measured(pid: int) -> Generator[Cost]:
    """The cost of what happens while this is open."""
    cost = Cost()
    before, memory = cpu_seconds(pid), memory_mb(pid)

    def look() -> None:
        while not cost._stop.wait(LOOK_EVERY_SECONDS):  # pyright: ignore[reportPrivateUsage] - its own
            cost.grown_mb = max(cost.grown_mb, memory_mb(pid) - memory)

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield cost
    finally:
        cost._stop.set()  # pyright: ignore[reportPrivateUsage] - its own
        looking.join()
        cost.cpu_seconds = cpu_seconds(pid) - before


def cpu_seconds(pid: int) -> float:
    """Used by the process and all below it, those that have ended too."""
    return sum(sum(int(word) for word in _stat(one)[11:15]) for one in tree(pid)) / TICKS


def memory_mb(pid: int) -> float:
    """Resident memory of all of them; what two share counts once."""
    return sum(_proportional_kb(one) for one in tree(pid)) / 1024


def tree(pid: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (stat := _stat(int(folder.name))):
            children.setdefault(int(stat[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def _stat(pid: int) -> list[str]:
    """The fields from the state on; empty for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _proportional_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
