"""Says what doesn't wait behind anything else: an emergency's answer, the page to a person, the word that ends it all.

A storm of reminders fills every slot of the ordinary task queue for as long as it lasts. What is urgent goes by a queue
of its own (ADR 17).
"""

from collections.abc import Iterable

from domain.actions import Action, OpenEscalation, SendMessage
from domain.names import TASK_QUEUE, URGENT_TASK_QUEUE


def is_urgent(action: Action) -> bool:
    """Whether somebody's safety, or an opt-out, hangs on this."""
    match action:
        case SendMessage():
            page = action.kind == "escalation" and action.any_hour
            return action.safety or action.about_opt_out or page
        case OpenEscalation():
            return action.escalation.urgent
        case _:
            return False


def queue_for(actions: Iterable[Action]) -> str:
    """Where what one judgement asks for is carried out: all of it goes with its most urgent part.

    They are carried out one after the other, so a desk task that waits would hold up the page behind it.
    """
    return URGENT_TASK_QUEUE if any(is_urgent(action) for action in actions) else TASK_QUEUE
