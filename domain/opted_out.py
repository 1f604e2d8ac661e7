"""What staff are told about a client who gets no messages any more."""

from domain.state import PlanState

PHONE_THIS_CLIENT = "This client has opted out of messages: phone this client."


def for_staff(state: PlanState, text: str) -> str:
    """The words for staff, with the reminder that nothing but a call reaches a client who opted out."""
    return f"{text} {PHONE_THIS_CLIENT}" if state.opted_out and PHONE_THIS_CLIENT not in text else text
