"""Plays faults that no kill shows, one after another, drawn from a seed: `make chaos FAULTS=40 SEED=7`."""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.integration.chaos_steps import FREEZING
from tests.integration.fault_clocks import Timely, side_by_side, wrong_then_right
from tests.integration.fault_disagree import (
    ALL_SAY_SO,
    Agreed,
    records_lost,
    records_older,
    temporal_empty_for_a_while,
    temporal_lost,
    temporal_older,
)
from tests.integration.fault_freezes import Thawed, frozen_and_overtaken, stopped_while_frozen
from tests.integration.fault_stalls import Stood, stood_still
from tests.integration.fault_stops import Blind, Stopped, stopped_while_down, stopped_while_the_list_hangs
from tests.integration.nursery import Nursery
from tests.records.postgres_server import PostgresServer, running_postgres

WRONG_BY = (timedelta(days=1), timedelta(days=-1), timedelta(hours=1), timedelta(hours=-1), timedelta(days=400))


@dataclass
class Ground:
    """Where a fault is played, and the chance that draws how large it is."""

    folder: Path
    nursery: Nursery
    postgres: PostgresServer
    chance: random.Random

    def some(self, fewest: int, most: int) -> int:
        return self.chance.randint(fewest, most)


@dataclass
class Tally:
    """What a number of faults came to: how many of each kind, the messages they were about, and those that failed."""

    played: Counter[str] = field(default_factory=Counter[str])
    messages: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {count}x ({self.messages[kind]} messages)" for kind, count in self.played.items())
        return f"{self.played.total()} faults, {len(self.wrong)} with something wrong: {kinds}"


Played = tuple[int, bool, object]
"""How many messages it was about, whether all is as it must be, and what came of it."""


async def _stopped(ground: Ground) -> Played:
    clients = ground.some(5, 14)
    came = await stopped_while_down(ground.folder, ground.nursery, clients)
    return clients, came == Stopped(clients, reminded=0, offered=0, opted_out=clients), came


async def _blind(ground: Ground) -> Played:
    clients = ground.some(2, 8)
    came = await stopped_while_the_list_hangs(ground.folder, ground.nursery, clients)
    return clients, came == Blind(clients, unsaid=0, said=True, opted_out=clients, said_in_the_end=False), came


async def _overtaken(ground: Ground) -> Played:
    messages = ground.some(1, 12)
    came = await frozen_and_overtaken(ground.folder, ground.nursery, messages, ground.chance.choice(FREEZING))
    return messages, came == Thawed(messages, messages, messages), came


async def _stopped_frozen(ground: Ground) -> Played:
    messages, step, overtaken = ground.some(1, 12), ground.chance.choice(FREEZING), ground.chance.random() < 0.5
    came = await stopped_while_frozen(ground.folder, ground.nursery, messages, step, overtaken=overtaken)
    return messages, came == Thawed(messages, 0, 0), came


async def _stood_still(ground: Ground) -> Played:
    clients, longer = ground.some(4, 12), ground.chance.uniform(0, 15)
    came = await stood_still(
        ground.folder, ground.nursery, ground.postgres.new_database(), clients, tries=ground.some(2, 3), longer=longer
    )
    return clients, came == Stood(clients, clients, 0), came


async def _wrong_clock(ground: Ground) -> Played:
    clients = ground.some(2, 8)
    came = await wrong_then_right(ground.folder, ground.nursery, clients, ground.chance.choice(WRONG_BY))
    return 2 * clients, came == Timely(2 * clients, 2 * clients, 0, 0, clients, clients), came


async def _two_clocks(ground: Ground) -> Played:
    clients, url = ground.some(2, 8), ground.postgres.new_database()
    came = await side_by_side(ground.folder, ground.nursery, url, clients, ground.chance.choice(WRONG_BY))
    return 2 * clients, came == Timely(2 * clients, 2 * clients, 0, 0, clients, clients), came


async def _temporal_older(ground: Ground) -> Played:
    clients = ground.some(4, 16)
    return _agreed(clients - 1, await temporal_older(ground.folder, ground.nursery, clients))


async def _temporal_lost(ground: Ground) -> Played:
    clients = ground.some(4, 16)
    return _agreed(2 * (clients - 1), await temporal_lost(ground.folder, ground.nursery, clients), ALL_SAY_SO)


async def _temporal_empty(ground: Ground) -> Played:
    clients = ground.some(4, 16)
    came = await temporal_empty_for_a_while(ground.folder, ground.nursery, clients)
    return _agreed(clients - 1, came, ALL_SAY_SO)


async def _records_older(ground: Ground) -> Played:
    clients = ground.some(4, 16)
    return _agreed(clients - 1, await records_older(ground.folder, ground.nursery, clients), ALL_SAY_SO)


async def _records_lost(ground: Ground) -> Played:
    clients = ground.some(4, 16)
    return _agreed(clients - 1, await records_lost(ground.folder, ground.nursery, clients), ALL_SAY_SO)


def _agreed(reminders: int, came: Agreed, said: tuple[str, ...] = ()) -> Played:
    well = Agreed(reminders, reminders, early=0, doubled=0, after_stop=0, refused=0, said=said)
    return reminders, came == well, came


KINDS: dict[str, Callable[[Ground], Awaitable[Played]]] = {
    "STOP while all is down": _stopped,
    "a list that hangs": _blind,
    "frozen and overtaken": _overtaken,
    "STOP while frozen": _stopped_frozen,
    "a locked table": _stood_still,
    "a clock that was wrong": _wrong_clock,
    "two clocks": _two_clocks,
    "an older Temporal": _temporal_older,
    "a lost Temporal": _temporal_lost,
    "an empty Temporal": _temporal_empty,
    "older records": _records_older,
    "lost records": _records_lost,
}


async def play_faults(seed: int, count: int) -> Tally:
    """So many faults, the kinds in turn. What goes wrong is said, and counted; the rest is played all the same."""
    tally = Tally()
    with running_postgres() as postgres, Nursery() as nursery:
        for nth in range(count):
            kind = list(KINDS)[nth % len(KINDS)]
            chance = random.Random(f"{seed}/{nth}")  # noqa: S311 - chance that can be repeated, no secret
            began = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
                messages, is_well, came = await _played(kind, Ground(Path(folder), nursery, postgres, chance))
            tally.played[kind] += 1
            tally.messages[kind] += messages
            if not is_well:
                tally.wrong.append(f"{kind}: {came}")
            _say(f"{nth + 1}. {kind}: {'well' if is_well else 'WRONG'}, {came} ({time.monotonic() - began:.0f} s)")
    return tally


async def _played(kind: str, ground: Ground) -> Played:
    try:
        return await KINDS[kind](ground)
    except AssertionError as error:
        return 0, False, str(error)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
