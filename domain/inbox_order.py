"""What waits for one person, the most urgent first. Data in, order out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from domain.escalation import EscalationKind

Urgency = Literal["red_flag", "deadline", "worsening", "question", "reply", "undeliverable", "rest"]
ORDER: tuple[Urgency, ...] = ("red_flag", "deadline", "worsening", "question", "reply", "undeliverable", "rest")
"""A possible emergency, a last day that a payer's rules set, a client who gets worse, a goal that needs a decision,
words that nobody has read, a message that reached nobody, and everything else."""

SOON = timedelta(days=14)
"""A deadline waits for somebody from this long before its last day on, and ever after until it was met or let go."""

_OF_KIND: dict[EscalationKind, Urgency] = {"red_flag": "red_flag", "worsening": "worsening", "relapse": "worsening"}
_OF_TASK: dict[str, Urgency] = {
    "reply": "reply",
    "unanswered": "reply",
    "wrong_number": "reply",
    "undeliverable": "undeliverable",
    "sender_stopped": "red_flag",
}


@dataclass(frozen=True)
class InboxItem:
    """One thing that waits.

    `since`: how long it has waited; of a deadline its last day is `last_day`. `mine`: it is about a plan of the person
    who looks. `who`: whom it is about. `sentence`: what happened. `others`: who else may answer it. `link`: where it is
    answered, `task_key`: what to say done to, where that is all there is to do. `chart`: the address of its picture,
    `evidence`: what the question rests on, `answers`: each choice in a word, with where it is confirmed.
    """

    urgency: Urgency
    since: datetime
    who: str
    sentence: str
    others: str
    link: str = ""
    task_key: str = ""
    plan_id: str = ""
    label: str = ""
    mine: bool = False
    last_day: date | None = None
    chart: str = ""
    evidence: str = ""
    answers: tuple[tuple[str, str], ...] = ()


def of_question(kind: EscalationKind) -> Urgency:
    """How urgent a question to a person is."""
    return _OF_KIND.get(kind, "question")


def of_task(kind: str, *, emergency: bool) -> Urgency:
    """How urgent a task of the front desk is; one whose words may mean an emergency is so before anything else."""
    return "red_flag" if emergency else _OF_TASK.get(kind, "rest")


def is_pressing(last_day: date, today: date) -> bool:
    """Whether an open deadline waits for somebody already."""
    return last_day - SOON <= today


def in_order(items: Iterable[InboxItem]) -> list[InboxItem]:
    """Possible emergencies before everything; then the person's own plans; then by urgency, and what waits longest."""
    return sorted(items, key=_place)


def _place(item: InboxItem) -> tuple[bool, bool, int, date, datetime]:
    calm = item.urgency != "red_flag"
    return calm, calm and not item.mine, ORDER.index(item.urgency), item.last_day or date.max, item.since


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


def others_in_words(names: Sequence[str], me: str) -> str:
    """ "Robin" of "Alex" and "Robin" where Alex looks; "" where nobody else may answer."""
    return " or ".join(dict.fromkeys(name for name in names if name != me))
