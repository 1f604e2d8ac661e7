"""The event that a text becomes for a plan, and what that plan would make of it."""

from domain.consent import may_write
from domain.events import ClientReplied
from domain.incoming import Incoming, OpenPlan, Sender
from domain.read_reply import names_in, read_reply
from domain.replies import Understanding
from domain.state import OpenQuestion


def event_of(
    reply: Incoming, sender: Sender, *, elsewhere: bool = False, shared: bool = False, told_elsewhere: bool = False
) -> ClientReplied:
    """The reply as a plan hears it. A START that the carrier heard counts only from who had opted out."""
    said = reply.carrier_said
    if said == "START" and not sender.suppressed:
        said = None
    return ClientReplied(
        event_id=f"in-{reply.opaque_id}",
        occurred_at=reply.at,
        channel=reply.channel,
        text=reply.text,
        carrier_answered=reply.carrier_answered,
        carrier_said=said,
        answered_elsewhere=elsewhere,
        shared=shared,
        sent=sender.sent,
        calendar=reply.calendar,
        automatic=reply.automatic,
        told_elsewhere=told_elsewhere,
    )


def read_by(reply: Incoming, sender: Sender, plan: OpenPlan) -> tuple[Understanding, OpenQuestion | None]:
    """What this plan would understand, and as the answer to which of its questions."""
    state = plan.state
    names = names_in(state.plan, state.practice)
    return read_reply(event_of(reply, sender), state.questions, state.plan.client.language, names)


def may_answer(plan: OpenPlan, reply: Incoming) -> bool:
    """Whether this plan can write back at once."""
    state = plan.state
    return state.status != "held" and reply.channel not in state.opted_out and may_write(state, reply.channel, reply.at)
