"""A machine whose clock is wrong takes leases, sweeps, polls and takes events in: nothing goes early, late or missing.

On SQLite all processes share one machine, so there its clock is wrong first and right afterwards. On PostgreSQL a
worker with a wrong clock works beside one with a right clock, and dies.

What is moved is what Python reads; Temporal's own core in the same process keeps the machine's real clock.
"""

import contextlib
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.integration.fault_house import House, a_house, phone_of
from tests.integration.live_site import now, wait_until
from tests.integration.nursery import Nursery
from tests.standins import Text

STOP = "Please stop texting me"
LONG_AGO = timedelta(hours=5)


class Behind:
    """The vendor's clock: right, but for what it dates meanwhile."""

    def __init__(self) -> None:
        self._behind = timedelta(0)

    def __call__(self) -> datetime:
        return now() - self._behind

    @contextlib.contextmanager
    def by(self, behind: timedelta) -> Generator[None]:
        self._behind = behind
        try:
            yield
        finally:
            self._behind = timedelta(0)


@dataclass(frozen=True)
class Timely:
    """What came of it. `due` reminders, of which so many went, so many of them before their time or twice; then the
    STOPs whose webhooks got lost, of which so many were heard.
    """

    due: int
    reminded: int
    early: int
    doubled: int
    stops: int
    heard: int


async def wrong_then_right(folder: Path, nursery: Nursery, clients: int, ahead: timedelta) -> Timely:
    """On SQLite. What the wrong clock stamped, a lease above all, is in nobody's way once it is right.

    Somebody else says stop hours before all is up again: longer ago than a poll looks back before the one before it.
    """
    vendor_clock = Behind()
    async with a_house(folder, nursery, standin={"clock": vendor_clock}) as house:
        await house.start("wrong", clock_ahead=ahead)
        await house.start("web", clock_ahead=ahead)
        await house.enroll(clients)
        await wait_until("it has swept and polled", lambda: _has_swept_and_polled(house))
        first = await house.book_all(clients, due_in=timedelta(seconds=2), by_web=True)
        await wait_until("all are reminded", lambda: len(house.texts()) >= clients)
        await wait_until("that is written down", lambda: house.settled("reminder", clients))
        await house.end("wrong")
        await house.end("web")
        second = await house.book_all(clients, visit="v2", left_by_clock=ahead)
        somebody = phone_of(clients)
        with vendor_clock.by(LONG_AGO):
            house.vendor.receive_text(somebody, STOP)
        await house.start("right")
        await wait_until("the old STOP is heard", lambda: house.site.records.is_suppressed("sms", somebody))
        return await _goes_on(house, [*first, *second], clients)


async def side_by_side(folder: Path, nursery: Nursery, database_url: str, clients: int, ahead: timedelta) -> Timely:
    """On PostgreSQL, whose clock is right. The wrong worker has the leases, then dies and leaves them behind."""
    async with a_house(folder, nursery, database_url=database_url) as house:
        await house.start("wrong", clock_ahead=ahead)
        await wait_until("it has swept and polled", lambda: _has_swept_and_polled(house))
        await house.start("right")
        await house.enroll(clients)
        first = await house.book_all(clients, due_in=timedelta(seconds=2))
        await wait_until("all are reminded", lambda: len(house.texts()) >= clients)
        await house.end("wrong")
        second = await house.book_all(clients, visit="v2", due_in=timedelta(seconds=2))
        return await _goes_on(house, [*first, *second], clients)


async def _goes_on(house: House, due_at: list[datetime], clients: int) -> Timely:
    """The second reminders go, and then texts that nobody told us of are heard."""
    await wait_until("all are reminded again", lambda: len(house.texts()) >= len(due_at))
    await wait_until("that is written down", lambda: house.settled("reminder", clients))
    for nth in range(clients):
        house.vendor.receive_text(phone_of(nth), STOP, lost=True)
    await wait_until("the STOPs are heard", lambda: house.opted_out(clients) == clients)
    await wait_until("each is answered", lambda: len(house.texts("you won't get any more")) >= clients)
    reminders = len(house.texts())
    early, heard = _early(house, due_at, clients), house.opted_out(clients)
    return Timely(len(due_at), reminders, early, house.doubled(), clients, heard)


def _early(house: House, due_at: list[datetime], clients: int) -> int:
    """How many reminders were accepted before they were due; each client's came in this order."""
    return sum(text.accepted_at < due for text, due in _with_due(house, due_at, clients))


def _with_due(house: House, due_at: list[datetime], clients: int) -> Iterable[tuple[Text, datetime]]:
    for nth in range(clients):
        theirs = [text for text in house.texts() if text.to == phone_of(nth)]
        yield from zip(theirs, due_at[nth::clients], strict=False)


def _has_swept_and_polled(house: House) -> bool:
    leases = {lease.name for lease in house.site.records.leases()}
    return leases == {"sweep", "poll"} and any(one.polled_at for one in house.site.records.polls())
