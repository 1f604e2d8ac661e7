"""Plays rounds of the crash matrix: many plans live at once in one practice whose processes die at chosen steps."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

from sqlalchemy.exc import OperationalError

from domain.events import AppointmentBooked, Measurement, SessionCompleted
from tests.integration.chaos_house import House, a_house
from tests.integration.chaos_oracle import (
    Ledger,
    doubled,
    due,
    in_doubt,
    missing,
    read_ledger,
    reasonless,
    replies_unhandled,
    unfounded,
)
from tests.integration.chaos_runs import HABITS, MANNERS, Reply, Run, drawn, possible
from tests.integration.chaos_steps import OPTING_OUT, RECEIVING, REPORTING, TELLING, Note
from tests.integration.live_site import now, wait_until
from tests.integration.quick_plans import HOUR, SECOND

SEATS = 20
"""How many plans live at once."""
LONGEST_ROUND_SECONDS = 240
LOOK_EVERY_SECONDS = 1.0
CALM_SECONDS = 3.0
"""How long nothing may be under way before a round is over: longer than a sweep and a poll take to come round."""


@dataclass
class Tally:
    """What a number of rounds came to. `met`: which step was crossed with what, at which door."""

    runs: int = 0
    kills: Counter[str] = field(default_factory=Counter[str])
    messages: int = 0
    in_doubt: int = 0
    replies: int = 0
    met: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])

    def add(self, other: "Tally") -> None:
        self.runs += other.runs
        self.kills += other.kills
        self.messages += other.messages
        self.in_doubt += other.in_doubt
        self.replies += other.replies
        self.met |= other.met

    def coverage(self) -> list[str]:
        """One line for each table of the matrix: how many of its fields were visited, and which were not."""
        tables: dict[str, set[tuple[str, str]]] = {
            "texts": set(possible("texts")),
            "mails": set(possible("mails")),
            "replies": {*product(RECEIVING, MANNERS), *product((OPTING_OUT,), MANNERS)},
            "reports": set(product(REPORTING, [habit for habit in HABITS if habit != "never"])),
            "events": set(product(TELLING, ("told",))),
        }
        lines: list[str] = []
        for name, fields in tables.items():
            seen = {(step, what) for table, step, what in self.met if table == name}
            left = ", ".join(f"{step} x {what}" for step, what in sorted(fields - seen)[:12])
            lines.append(f"{name}: {len(fields & seen)} of {len(fields)} pairs{f'; not yet: {left}' if left else ''}")
        return lines

    def __str__(self) -> str:
        return (
            f"{self.runs} runs, {self.kills.total()} kills ({self.kills['worker']} of workers, {self.kills['web']} of "
            f"web): {self.messages} messages, each sent once; {self.in_doubt} in doubt, each a task for the front "
            f"desk; {self.replies} replies, each handled once; none lost, none doubled"
        )


@dataclass
class Watch:
    """The latest look at everything."""

    ledger: Ledger


async def play(folder: Path, seed: int, runs: list[Run], say: Callable[[str], None] = lambda _: None) -> Tally:
    """One round. Raises AssertionError with everything that is wrong."""
    async with a_house(folder, runs, seed) as house, _watching(house, runs) as watch:
        async with asyncio.TaskGroup() as group:
            guard = group.create_task(_nothing_doubled(watch))
            await asyncio.gather(*(group.create_task(_live(house, watch, run)) for run in runs))
            guard.cancel()
        say("all lives told")
        await _until_calm(house, watch, runs, say)
        return _tally(house, watch.ledger, runs)


def wrong(ledger: Ledger, runs: list[Run]) -> list[str]:
    """Everything that is not as it must be, at this moment."""
    found = list(doubled(ledger))
    for run in runs:
        found += [*missing(run, ledger), *unfounded(run, ledger), *reasonless(run, ledger)]
        found += replies_unhandled(run, ledger)
    return found


async def _nothing_doubled(watch: Watch) -> None:
    """Ends the round at once when something was accepted twice: nothing can mend that."""
    while True:
        if found := list(doubled(watch.ledger)):
            raise AssertionError("\n".join(found))
        await asyncio.sleep(LOOK_EVERY_SECONDS)


async def _live(house: House, watch: Watch, run: Run) -> None:
    """One plan's life as the world outside causes it."""
    await asyncio.sleep(run.starts_after)
    await house.tell("/api/plans", run.plan().model_dump(mode="json", exclude_none=True, exclude_unset=True))
    began_at = now()
    for nth in (1, 2):
        due_at = began_at + SECOND + timedelta(seconds=run.spread * nth / 2)
        await house.tell_event(run, _booked(f"v{nth}", due_at + nth * HOUR, began_at))
    await house.tell_event(
        run,
        SessionCompleted(
            event_id="session", occurred_at=now(), appointment_id="v0", measures=[Measurement(goal="pain", value=7)]
        ),
    )
    async with asyncio.TaskGroup() as group:
        for reply in run.replies:
            group.create_task(_reply(house, run, reply))
    if run.stop:
        await _stop(house, watch, run, run.stop)


def _booked(visit: str, starts_at: datetime, said_at: datetime) -> AppointmentBooked:
    return AppointmentBooked(event_id=f"book-{visit}", occurred_at=said_at, appointment_id=visit, starts_at=starts_at)


async def _reply(house: House, run: Run, reply: Reply) -> None:
    """The client answers the text that they got."""

    def has_come() -> bool:
        come = sum(text.to == run.client and reply.to in text.body for text in house.vendor.texts)
        return come >= reply.times

    await wait_until(f"{run.plan_id} gets a text like {reply.to!r}", has_come, LONGEST_ROUND_SECONDS)
    _write(house, run, reply)


def _write(house: House, run: Run, reply: Reply) -> None:
    house.vendor.receive_text(
        run.client_phone,
        reply.text,
        lost=reply.manner == "lost",
        times=2 if reply.manner == "twice" else 1,
        delay_seconds=1.5 if reply.manner == "late" else 0.0,
    )


async def _stop(house: House, watch: Watch, run: Run, stop: Reply) -> None:
    """Once all else is done, the client says stop; what falls due afterwards must not go.

    A carrier's keyword may still be on its way to the plan when the next message falls due. Where we confirm the
    opt-out ourselves, the plan hears of it first: what it learns from a refused message it doesn't confirm.
    """
    before = replace(run, stop=None)

    def nothing_is_left() -> bool:
        return not wrong(watch.ledger, [before])

    await wait_until(f"{run.plan_id} has nothing else to do", nothing_is_left, LONGEST_ROUND_SECONDS)
    _write(house, run, stop)

    def heard() -> bool:
        noted = any(line.startswith(stop.noted) for line in watch.ledger.stories[run.plan_id])
        return noted if stop.answer else house.site.records.is_suppressed("sms", run.client_phone)

    await wait_until(f"{run.plan_id} is heard", heard)
    await house.tell_event(run, _booked("v9", now() + 2 * SECOND + HOUR, now()))
    await asyncio.sleep(4)


@contextlib.asynccontextmanager
async def _watching(house: House, runs: list[Run]) -> AsyncGenerator[Watch]:
    watch = Watch(await asyncio.to_thread(read_ledger, house, runs))

    async def look() -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            with contextlib.suppress(OperationalError):
                watch.ledger = await asyncio.to_thread(read_ledger, house, runs)

    looking = asyncio.create_task(look())
    try:
        yield watch
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking


async def _until_calm(house: House, watch: Watch, runs: list[Run], say: Callable[[str], None]) -> None:
    """Until everything is as it must be and nothing is under way, for a while. What is doubled ends the wait."""
    loop = asyncio.get_running_loop()
    deadline, calm_since = loop.time() + LONGEST_ROUND_SECONDS, loop.time()
    while loop.time() - calm_since < CALM_SECONDS:
        found = wrong(watch.ledger, runs)
        pending = await house.pending_activities(runs)
        if found or watch.ledger.waiting or pending or house.vendor.report()["outstanding"]:
            calm_since = loop.time()
        if loop.time() > deadline or list(doubled(watch.ledger)):
            words = "\n".join(found) or f"{watch.ledger.waiting} things in the records, {pending} activities wait"
            raise AssertionError(f"{words}\n{house.vendor.report()}")
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    say("calm")


def _tally(house: House, ledger: Ledger, runs: list[Run]) -> Tally:
    notes = house.orders.notes()
    written = [reply for run in runs for reply in (*run.replies, *([run.stop] if run.stop else []))]
    return Tally(
        runs=len(runs),
        kills=Counter(note.role for note in notes.values()),
        messages=len(ledger.sent),
        in_doubt=sum(in_doubt(run, ledger) for run in runs),
        replies=len(written),
        met={met for run in runs for met in _met(run, notes)},
    )


def _met(run: Run, notes: dict[str, Note]) -> set[tuple[str, str, str]]:
    met: set[tuple[str, str, str]] = set()
    for order in run.orders:
        if order.name not in notes:
            continue
        if "-send-" in order.name:
            met.add((run.door, order.step, run.first))
        elif order.name.endswith("-report"):
            met.add(("reports", order.step, run.habit))
        elif order.name.endswith("-tell"):
            met.add(("events", order.step, "told"))
        else:
            texts = {reply.text: reply.manner for reply in (*run.replies, *([run.stop] if run.stop else []))}
            met.add(("replies", order.step, texts[order.about]))
    return met


def rounds(seed: int, plans: int) -> list[list[Run]]:
    """The runs of a seed, as many at a time as live together."""
    runs = drawn(seed, plans, SEATS)
    return [runs[start : start + SEATS] for start in range(0, len(runs), SEATS)]


__all__ = ["Tally", "due", "play", "rounds"]
