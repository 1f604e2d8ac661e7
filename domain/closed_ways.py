"""Why a way to the client is closed: who said so, when, in which words. What no consent covers was never open."""

from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.client import Channel


class ClosedWay(BaseModel):
    """Since when nothing goes by one channel, and why.

    `how`: the client wrote it to us, the carrier or provider said so, a person noted what the client told them, our
    records knew of it before this plan heard the words, or the number seems to be somebody else's. `by`: on which
    channel they wrote, or who noted it. `said`: in which words.
    """

    model_config = ConfigDict(extra="ignore")

    how: Literal["wrote", "carrier", "told", "elsewhere", "wrong_number"]
    at: AwareDatetime
    by: str = ""
    said: str = ""


def closed(known: dict[Channel, ClosedWay], channels: Iterable[Channel], way: ClosedWay) -> dict[Channel, ClosedWay]:
    """With these channels closed too; what closed one before stays its reason, unless only now the words are heard."""
    ways = dict(known)
    for channel in channels:
        if channel not in ways or unheard_of(ways, channel):
            ways[channel] = way
    return ways


def unheard_of(known: dict[Channel, ClosedWay], channel: Channel) -> bool:
    """Whether all that is known of the opt-out is that a message was held back for it."""
    return channel in known and known[channel].how == "elsewhere"
