"""What staff are told about a client who gets no messages any more."""

from datetime import date

from domain.client import Channel
from domain.state import PlanState

PHONE_THIS_CLIENT = "This client has opted out of messages: phone this client."
UNHEARD_TASK = "opted-out"
"""Key of the task about an opt-out that the plan learnt of otherwise than from the client's words."""


def opted_out_of_all(state: PlanState) -> bool:
    """Whether the client's word leaves no way to write to them. An opt-out of one channel leaves the other."""
    left = [channel for channel in state.plan.client.channels(date.max) if channel not in state.opted_out]
    return bool(state.opted_out) and not left


def address_is_not_theirs(state: PlanState) -> bool:
    """Whether somebody else answered there: whoever phones it reaches a stranger."""
    return any(
        channel in state.opted_out and way.how == "wrong_number" and way.by in ("", channel)
        for channel, way in state.closed.items()
    )


def for_staff(state: PlanState, text: str) -> str:
    """The words for staff, with the reminder that nothing but a call reaches a client who opted out; if they live."""
    if state.death_reported or not opted_out_of_all(state) or PHONE_THIS_CLIENT in text:
        return text
    return f"{text} {PHONE_THIS_CLIENT}"


_OPTED_OUT: dict[Channel, str] = {
    "sms": "This number has opted out of texts: none goes there until somebody writes START from it.",
    "email": "This address has opted out of emails: none goes there until somebody asks for them from it.",
}


def warnings_of(opted_out: list[Channel]) -> list[str]:
    """What whoever enrols a plan should know of a number or an address that must not be written to."""
    return [_OPTED_OUT[channel] for channel in opted_out]
