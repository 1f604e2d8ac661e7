"""Kills our programs and servers while plans run, and counts what came through.

`SEED=7 PLANS=200 python -m tests.integration.chaos` plays the crash matrix with so many plans: processes die at every
step of sending and receiving (`chaos_matrix`). `SEED=7 ROUNDS=20` kills workers and Temporal servers at random moments
instead, and `SEED=7 FAULTS=40` plays what no kill shows: frozen processes, a locked table, wrong clocks, words that
reach only the vendor (`faults`). The last line says what it came to.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from domain.errors import AlreadyDecided
from domain.events import Event
from tests.integration import chaos_matrix
from tests.integration.faults import play_faults
from tests.integration.live_site import Site, a_site, now, wait_until
from tests.integration.quick_plans import (
    CLIENT_HEARS,
    MODIFY,
    STAFF_HEARS,
    WRITTEN_DOWN,
    a_plan,
    a_practice,
    check_exactly_once,
    heard,
    is_complete,
    phone_of,
    story,
)
from web.intake import TemporalAway

VICTIMS = (("worker",), ("server",), ("worker", "server"))


@dataclass
class Tally:
    """What a number of rounds came to."""

    rounds: int = 0
    kills: int = 0
    messages: int = 0
    facts: int = 0

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {self.kills} kills: "
            f"{self.messages} messages, each sent once; {self.facts} facts, each counted once, none lost"
        )


async def a_round(folder: Path, seed: int, *, plans: int = 2, spread: float = 8.0, kills: int = 2) -> Tally:
    """Start plans, tell each its story twice over, and kill something again and again while their messages fall due."""
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated, no secret
    async with a_site(folder, a_practice()) as site:
        await site.start_worker()
        async with asyncio.TaskGroup() as group:
            for nth in range(plans):
                group.create_task(_live(site, nth, random.Random(f"{seed}/{nth}"), spread))  # noqa: S311
            group.create_task(_kill(site, chance, spread, kills))
        for nth in range(plans):
            await wait_until("the plan has come to its end", partial(is_complete, site.records, f"quick-{nth}"))
            check_exactly_once(site.records, f"quick-{nth}")
    each = sum(CLIENT_HEARS.values()) + sum(STAFF_HEARS.values())
    return Tally(1, kills, plans * each, plans * sum(WRITTEN_DOWN.values()))


async def _kill(site: Site, chance: random.Random, spread: float, kills: int) -> None:
    """At `kills` moments within the time in which messages fall due; each victim is started again after a while."""
    began_at = time.monotonic()
    for at in sorted(chance.uniform(0.5, spread) for _ in range(kills)):
        await asyncio.sleep(max(began_at + at - time.monotonic(), 0))
        victims = chance.choice(VICTIMS)
        if "worker" in victims:
            await site.kill_worker()
        if "server" in victims:
            await site.kill_server()
        await asyncio.sleep(chance.uniform(0, 1))
        if site.server is None:
            await site.start_server()
        if site.worker is None:
            await site.start_worker()


async def _live(site: Site, nth: int, chance: random.Random, spread: float) -> None:
    """One plan's life as the outside world causes it: every sender tells everything twice, as senders do."""
    plan_id = f"quick-{nth}"
    await site.intake.enroll(a_plan(nth))
    told = story(now() + timedelta(seconds=1), spread)
    async with asyncio.TaskGroup() as group:
        for event in told:
            for _ in range(2):
                group.create_task(_tell(site, plan_id, event, chance.uniform(0, spread / 4)))
        group.create_task(_ask_for_help(site, nth, chance.uniform(0, spread)))
        group.create_task(_decide(site, plan_id))


async def _tell(site: Site, plan_id: str, event: Event, after: float) -> None:
    await asyncio.sleep(after)
    taken = await site.intake.take_event(plan_id, event)
    assert taken.outcome != "refused", taken.because


async def _ask_for_help(site: Site, nth: int, after: float) -> None:
    await asyncio.sleep(after)
    for _ in range(2):
        await site.intake.take_reply(f"reply-{nth}", "sms", phone_of(nth), "HELP")


async def _decide(site: Site, plan_id: str) -> None:
    """Answer the plan's question once the therapist has heard of it; a person tries again where Temporal is away."""
    await wait_until("the therapist hears of the question", lambda: bool(heard(site.records, plan_id).staff))
    escalation_id = next(
        view.escalation.escalation_id for view in site.records.escalations() if view.escalation.plan_id == plan_id
    )
    while True:
        try:
            await site.intake.decide(escalation_id, MODIFY)
        except TemporalAway:
            await asyncio.sleep(1)
        except AlreadyDecided:
            return  # the answer that was thought lost had arrived
        else:
            return


async def _rounds(seed: int, rounds: int) -> None:
    total = Tally()
    for nth in range(seed, seed + rounds):
        with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
            began_at = time.monotonic()
            tally = await a_round(Path(folder), nth, plans=3, spread=12, kills=3)
        _say(f"seed {nth}: {tally} ({time.monotonic() - began_at:.0f} s)")
        total.rounds += 1
        total.kills += tally.kills
        total.messages += tally.messages
        total.facts += tally.facts
    _say(str(total))


async def _matrix(seed: int, plans: int) -> None:
    total = chaos_matrix.Tally()
    for nth, runs in enumerate(chaos_matrix.rounds(seed, plans), start=1):
        with tempfile.TemporaryDirectory(prefix="chaos-", ignore_cleanup_errors=True) as folder:
            began_at = time.monotonic()
            tally = await chaos_matrix.play(Path(folder), seed + nth, runs)
        _say(f"round {nth}: {tally} ({time.monotonic() - began_at:.0f} s)")
        total.add(tally)
    for line in total.coverage():
        _say(line)
    _say(str(total))


async def _main() -> int:
    seed = int(os.environ.get("SEED") or "1")
    if faults := os.environ.get("FAULTS"):
        tally = await play_faults(seed, int(faults))
        _say(str(tally))
        return 1 if tally.wrong else 0
    if rounds := os.environ.get("ROUNDS"):
        await _rounds(seed, int(rounds))
    else:
        await _matrix(seed, int(os.environ.get("PLANS") or "200"))
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    code = asyncio.run(_main())
    sys.stdout.flush()
    os._exit(code)  # the SDK can crash while the interpreter is torn down
