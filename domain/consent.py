"""When the client's word allows us to write: by the practice's calendar, which consents are dated by."""

from datetime import datetime

from domain.client import Channel
from domain.state import PlanState


def may_write(state: PlanState, channel: Channel, now: datetime) -> bool:
    """Whether consent for this channel is on file and has begun. Opt-outs come on top of it."""
    return state.plan.client.consented(channel, state.today(now))


def consented(state: PlanState, now: datetime) -> list[Channel]:
    """The channels with an address and consent, the preferred one first. Opt-outs come on top of it."""
    return state.plan.client.channels(state.today(now))
