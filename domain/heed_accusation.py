"""Adds to what is to be done about a text that the owners are told at once: somebody of the practice may be accused.

They are told that there is something to read, and nothing of what it says.
"""

from domain.emergency import Emergency
from domain.incoming import Incoming, Sender, Taking


def heed_accusations(reply: Incoming, sender: Sender, taking: Taking) -> Taking:
    """The same, with word to the owners, once; from somebody without any plan here there is the task alone."""
    if not any(task.for_owner for task in taking.tasks):
        return taking
    ended = sender.ended[0].plan_id if sender.ended else None
    plan_id = taking.plan_id or ended
    if plan_id is None:
        return taking
    word = Emergency(plan_id=plan_id, accusation=reply.opaque_id)
    return taking.model_copy(update={"emergencies": [*taking.emergencies, word]})
