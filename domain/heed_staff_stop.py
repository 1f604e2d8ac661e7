"""Somebody of the staff texts STOP to the practice's number: from then on the carrier blocks every page to them.

The owner hears of it at once, and words to them take the next way: another channel, then the backup person.
"""

from domain.actions import AddDeskTask
from domain.incoming import Incoming, Sender, Taking
from domain.replies import Understanding
from domain.reply_meanings import meanings


def heed_staff_stop(reply: Incoming, sender: Sender, taking: Taking, meaning: Understanding) -> Taking:
    """The same with the urgent task about a stop of theirs; a START of theirs opens the way again."""
    if not sender.staff:
        return taking
    if "stop" in meanings(meaning):
        others = [task for task in taking.tasks if task.plan_id]
        suppress = list(dict.fromkeys([*taking.suppress, reply.from_address]))
        return taking.model_copy(update={"tasks": [*others, _task(reply, sender.staff)], "suppress": suppress})
    if meaning.intent == "start" and reply.trusted and sender.suppressed and not sender.everyone():
        return taking.model_copy(update={"tasks": [], "lift": True})
    return taking


def _task(reply: Incoming, name: str) -> AddDeskTask:
    ways = "text" if reply.channel == "sms" else "email"
    text = (
        f"{name} can't be paged by {ways}: they wrote STOP to the practice's number. Words to them go another way, or "
        "to the backup person. Ask them to write START to it."
    )
    return AddDeskTask(key=f"staff-stop:{reply.provider_id}", plan_id="", kind="staff_stopped", text=text, at=reply.at)
