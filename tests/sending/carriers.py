"""Providers that a week's luck scripts: they take, refuse, stay silent or die, and tell of it later, truthfully."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.client import Channel
from domain.policy import Sending
from providers.base import Accepted, Cause, DeliveryError, Evidence, Outgoing
from tests.sending.ledger import Call

if TYPE_CHECKING:
    from tests.sending.world import World

ANSWERS = [
    *["accepted"] * 30,
    *["busy", "not_connected", "bad_address", "unreachable", "our_settings", "opted_out"],
    *["lost after"] * 5,
    *["lost before"] * 4,
    *["died after", "died before"],
]
"""What may come of a call. lost: no answer came back; died: the worker did; after: the provider has the message."""
_FINDS = ["truth", "truth", "unclear", "not yet"]
CAUSES: dict[str, Cause] = {
    "busy": "busy",
    "not_connected": "not_connected",
    "bad_address": "bad_address",
    "unreachable": "unreachable",
    "our_settings": "our_settings",
    "opted_out": "opted_out",
    "lost after": "no_answer",
    "lost before": "no_answer",
}


class WorkerDied(BaseException):
    """The process is gone: nothing after this line runs."""


class Carrier:
    """A provider that gives no evidence: only a report may tell later."""

    def __init__(self, channel: Channel, world: "World") -> None:
        self.channel: Channel = channel
        self.world = world

    def send(self, outgoing: Outgoing) -> Accepted:
        """Note the call, then do what luck says."""
        world = self.world
        answer = "accepted" if world.calm else world.luck.choice(ANSWERS)
        taken = answer in ("accepted", "lost after", "died after")
        order = world.ledger.next_order()
        call = Call(order, outgoing.at, world.sending, outgoing, answer, taken)
        world.ledger.calls.append(call)
        world.called(call)
        if answer.startswith("died"):
            raise WorkerDied
        if answer != "accepted":
            raise DeliveryError.of(CAUSES[answer])
        return Accepted(f"SM{order}")


class CarrierWithList(Carrier):
    """A provider that can be asked what it has. A message may take minutes to show."""

    def find(self, outgoing: Outgoing, since: datetime, taken: Callable[[str], bool]) -> Evidence:
        """The truth, no answer, or in the first minutes that it isn't there although it is."""
        world = self.world
        how = "truth" if world.calm else world.luck.choice(_FINDS)
        calls = [call for call in world.ledger.calls if call.outgoing.message_id == outgoing.message_id]
        young = world.now - since < Sending().absent_after - timedelta(seconds=30)
        if how == "unclear":
            return Evidence("unclear")
        if not any(call.taken for call in calls) or (how == "not yet" and young):
            return Evidence("absent")
        return Evidence("accepted", f"SM{next(call.order for call in calls if call.taken)}")
