"""How urgent is what waits for a person, and how it is put into words. The records keep the order."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from domain.actions import AddDeskTask
from domain.escalation import EscalationKind

Urgency = Literal["red_flag", "deadline", "worsening", "question", "reply", "undeliverable", "rest"]
ORDER: tuple[Urgency, ...] = ("red_flag", "deadline", "worsening", "question", "reply", "undeliverable", "rest")
"""A possible emergency, a last day that a payer's rules set, a client who gets worse, a goal that needs a decision,
words that nobody has read, a message that reached nobody, and everything else. A possible emergency comes before
everything; then the person's own plans; then this order, and in it what waits longest, deadlines by their last day."""
RED_FLAG, DEADLINE = ORDER.index("red_flag"), ORDER.index("deadline")

SOON = timedelta(days=14)
"""A deadline waits for somebody from this long before its last day on, and ever after until it was met or let go."""

_OF_KIND: dict[EscalationKind, Urgency] = {"red_flag": "red_flag", "worsening": "worsening", "relapse": "worsening"}
_OF_TASK: dict[str, Urgency] = {
    "reply": "reply",
    "unanswered": "reply",
    "wrong_number": "reply",
    "undeliverable": "undeliverable",
}
_URGENT = ("sender_stopped", "failing", "death", "grave_words", "staff_stopped")


@dataclass(frozen=True)
class InboxItem:
    """One thing that waits.

    `since`: how long it has waited; of a deadline its last day is `last_day`. `who`: whom it is about. `sentence`: what
    happened. `asked`: whose answer it waits for, where that isn't the reader, and `others`: who else may answer it.
    `link`: where it is answered, `task_key`: what to say done to, where that is all there is to do. `chart`: the
    address of its picture, `evidence`: what the question rests on, `answers`: each choice in a word, with where it is
    confirmed.
    """

    urgency: Urgency
    since: datetime
    who: str
    sentence: str
    asked: str = ""
    others: str = ""
    link: str = ""
    task_key: str = ""
    plan_id: str = ""
    label: str = ""
    last_day: date | None = None
    chart: str = ""
    evidence: str = ""
    answers: tuple[tuple[str, str], ...] = ()


def of_question(kind: EscalationKind) -> Urgency:
    """How urgent a question to a person is."""
    return _OF_KIND.get(kind, "question")


def of_task(task: AddDeskTask) -> Urgency:
    """How urgent a task of the front desk is; one whose words may mean an emergency is so before anything else."""
    return "red_flag" if is_urgent(task) else _OF_TASK.get(task.kind, "rest")


def is_urgent(task: AddDeskTask) -> bool:
    """Whether it can't wait: somebody may be in danger or have died, or accuses somebody; or no message leaves the
    house, or none for this client."""
    ours = task.text.partition('"')[0]  # "work emergency" is the client's word, not ours
    return task.kind in _URGENT or "emergency" in ours.lower()


def rank(urgency: Urgency) -> int:
    """Its place in ORDER, as the records keep it."""
    return ORDER.index(urgency)


def age(since: datetime, now: datetime) -> str:
    """How long something has waited: "5 min", "3 h", "2 days"."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"
