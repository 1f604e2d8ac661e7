"""Clients say STOP while web and worker are down: the vendor has their words, and nobody could tell us."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.integration.fault_house import House, a_house, phone_of
from tests.integration.live_site import now, wait_until
from tests.integration.nursery import Nursery
from tests.standins import MailSent, Text

WORDS = (
    "Please stop texting me",
    "STOP please",
    "No more messages please",
    "Deje de mandarme mensajes",
    "take me off your list",
    "STOP",
)
"""All but the last are ours alone to obey; that one the carrier obeys and answers too."""
HEARD = "The client asked for no more messages"
NEVER_GIVEN_UP = 600.0
"""Seconds in which a vendor may be slow to answer its list, where the test isn't about giving up."""


@dataclass(frozen=True)
class Stopped:
    """What came of it. `offered`: texts that were offered to the vendor after the start, but for confirmations."""

    clients: int
    reminded: int
    offered: int
    opted_out: int


async def stopped_while_down(folder: Path, nursery: Nursery, clients: int) -> Stopped:
    """Their reminders are due; a dead worker's lease on the polls is left behind; then a worker starts."""
    async with a_house(folder, nursery) as house:
        await _fell_silent(house, clients)
        before = house.asked()
        await house.start("worker-2", POLL_EVERY=60, ASK_FIRST_FOR=NEVER_GIVEN_UP)
        # Whichever comes first: the try that finds the number closed, or the plan that hears of it and tries no more.
        await wait_until(
            "nothing is on its way", lambda: all(not one["sending"] for one in house.statuses("reminder", clients))
        )
        await wait_until("every plan knows", lambda: all(house.understood(nth, HEARD) for nth in range(clients)))
        confirmed = sum(WORDS[nth % len(WORDS)] != "STOP" for nth in range(clients))
        await wait_until("each is answered", lambda: len(house.texts("you won't get any more")) >= confirmed)
        assert [house.understood(nth, HEARD) for nth in range(clients)] == [1] * clients, "each heard once"
        assert house.texts() == [], "a reminder went to somebody who had said stop"
        assert house.doubled() == 0
        return Stopped(clients, len(house.texts()), house.asked() - before - confirmed, house.opted_out(clients))


@dataclass(frozen=True)
class Blind:
    """What came of it where the vendor's list hangs. `unsaid`: texts that went before Health could know of it."""

    sent: int
    unsaid: int
    said: bool
    opted_out: int
    said_in_the_end: bool


async def stopped_while_the_list_hangs(folder: Path, nursery: Nursery, clients: int) -> Blind:
    """As above, but the vendor doesn't answer when it is asked what came in; later it does."""
    house: House
    went: list[bool] = []

    def arrived(text: Text | MailSent) -> None:
        went.append(any(poll.failed_at for poll in house.site.records.polls()))

    async with a_house(folder, nursery, standin={"on_arrival": arrived}) as house:
        await _fell_silent(house, clients)
        house.vendor.behave(on="lookups", default="hang")
        went.clear()
        await house.start("web")
        await house.start("worker-2", ASK_FIRST_FOR=3)
        await wait_until("every reminder has its end", lambda: house.settled("reminder", clients))
        sent, unsaid = len(house.texts()), went.count(False)
        said = "The provider could not be asked since" in await house.health()
        house.vendor.behave(on="lookups", default="ok")
        await wait_until("the opt-outs are heard after all", lambda: house.opted_out(clients) == clients)
        await wait_until("it was asked again", lambda: not any(poll.failed_at for poll in house.site.records.polls()))
        said_in_the_end = "The provider could not be asked since" in await house.health()
        return Blind(sent, unsaid, said, house.opted_out(clients), said_in_the_end)


async def _fell_silent(house: House, clients: int) -> None:
    """All are welcomed, their reminders are due and didn't get through; then the worker dies, and they say stop."""
    await house.start("worker-1", POLL_EVERY=60)
    await house.enroll(clients)
    await wait_until("it was asked for lost texts", lambda: any(one.polled_at for one in house.site.records.polls()))
    house.vendor.behave(default="throttled")
    await house.book_all(clients)
    await wait_until("all were tried", lambda: house.vendor.report()["requests"].get("texts throttled", 0) >= clients)
    await wait_until("all wait", lambda: all(one["intended"] for one in house.statuses("reminder", clients)))
    await house.end("worker-1")
    await _nothing_arrives_any_more(house)
    assert house.texts() == []
    assert _lease_ends(house) > now() + timedelta(seconds=30), "the dead worker's lease was to be left behind"
    for nth in range(clients):
        house.vendor.receive_text(phone_of(nth), WORDS[nth % len(WORDS)])
    house.vendor.settle()
    assert house.vendor.report()["callbacks"].get("inbound 200") is None, "no webhook was to be delivered"
    house.vendor.behave(default="ok")


async def _nothing_arrives_any_more(house: House) -> None:
    """What the dead worker had sent off already is with the vendor, and not to be answered by what it does later."""
    counts = [-1, house.asked()]
    while counts[-1] != counts[-2]:
        await asyncio.sleep(1)
        counts.append(house.asked())


def _lease_ends(house: House) -> datetime:
    return next(lease.until for lease in house.site.records.leases() if lease.name == "poll")
