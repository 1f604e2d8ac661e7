"""A worker stands still between the transaction that begins a send and the first byte, and wakes when others have sent.

The process stops itself by SIGSTOP once several of its sends have come to the step.
"""

from dataclasses import dataclass
from pathlib import Path

from domain.policy import Sending
from tests.integration.fault_house import LOSING, House, a_house, freezes, is_frozen, phone_of
from tests.integration.live_site import wait_until
from tests.integration.nursery import Nursery
from tests.integration.quick_plans import HOUR

PATIENT = Sending(absent_after=HOUR, reconcile_for=HOUR)
"""So much patience that no freeze of a test is long."""
STOP = "Please stop texting me"


@dataclass(frozen=True)
class Thawed:
    """What came of the reminders. `while_frozen`: accepted before the worker woke; `at_all`: in the end."""

    messages: int
    while_frozen: int
    at_all: int


async def frozen_and_overtaken(folder: Path, nursery: Nursery, messages: int, step: str) -> Thawed:
    """Longer than `absent_after`: another worker finds the messages absent and sends them, then the first one wakes."""
    phones = [phone_of(nth) for nth in range(messages)]
    async with a_house(folder, nursery, orders=freezes(step, phones)) as house:
        await house.start("worker-1", SEND_WITHIN=2)
        await house.enroll(messages)
        await house.book_all(messages)
        frozen = await house.frozen()
        await house.start("worker-2", SEND_WITHIN=2)
        await wait_until("the other worker has sent all", lambda: len(house.texts()) >= messages)
        await wait_until("that is written down", lambda: house.settled("reminder", messages))
        assert is_frozen(frozen)
        sent = len(house.texts())
        await _wake(house, frozen)
        return Thawed(messages, sent, len(house.texts()))


async def stopped_while_frozen(
    folder: Path, nursery: Nursery, messages: int, step: str, *, overtaken: bool = False
) -> Thawed:
    """The clients say STOP meanwhile, and it is acknowledged. With `overtaken` the freeze is a long one as well."""
    phones = [phone_of(nth) for nth in range(messages)]
    sending = LOSING if overtaken else PATIENT
    async with a_house(folder, nursery, orders=freezes(step, phones), sending=sending) as house:
        await house.start("web")
        await house.start("worker-1", SEND_WITHIN=2)
        await house.enroll(messages)
        await house.book_all(messages)
        frozen = await house.frozen()
        for phone in phones:
            house.vendor.receive_text(phone, STOP)

        def acknowledged() -> int:
            return house.vendor.report()["callbacks"].get("inbound 200", 0)

        await wait_until("each STOP is acknowledged", lambda: acknowledged() == messages)
        assert house.opted_out(messages) == messages
        if overtaken:
            await house.start("worker-2", SEND_WITHIN=2)
            await wait_until("the other worker is through", lambda: house.settled("reminder", messages))
        sent = len(house.texts())
        await _wake(house, frozen)
        await wait_until("every reminder has its end", lambda: house.settled("reminder", messages))
        return Thawed(messages, sent, len(house.texts()))


async def _wake(house: House, frozen: int) -> None:
    """Until every send that stood still has come to its end, whatever that is."""
    house.wake(frozen)
    await wait_until("each has gone on", lambda: house.orders.gone_on() == len(house.orders.notes()))
