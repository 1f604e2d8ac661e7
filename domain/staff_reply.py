"""What a text from the therapist or the backup person means: a number that answers the question they were told of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from domain.actions import AddDeskTask
from domain.client import normal_phone
from domain.escalation import NUMBERS, Escalation
from domain.events import Choice
from domain.incoming import Incoming, Sender, StaffAnswer

BY_TEXT = "answered by text"
"""The reason on record of a decision that was a number in a text."""


@dataclass(frozen=True)
class Told:
    """A question that this number was told of, and whether it is still open."""

    escalation: Escalation
    is_open: bool


def number_in(text: str) -> Choice | None:
    """The answer behind a number that stands alone, as in "2" or "2."; None for any other text."""
    return NUMBERS.get(text.strip().rstrip(".)!").strip())


def may_be_from_staff(reply: Incoming, sender: Sender) -> bool:
    """Whether a text may be an answer of staff. A question that waits for the same person as a client comes first."""
    waits = sender.waits or any(plan.state.questions for plan in sender.everyone())
    return reply.channel == "sms" and reply.trusted and number_in(reply.text) is not None and not waits


def staff_answer(reply: Incoming, told: Sequence[Told]) -> StaffAnswer | None:
    """What the number does, of the questions told last first; None where they were told of none.

    It answers the one question that is open and needs no more than a number. Where several are open nobody can tell
    which is meant, and where none is, the answer comes too late.
    """
    waiting = [each.escalation for each in told if each.is_open]
    answerable = [escalation for escalation in waiting if escalation.answered_by_number]
    if len(answerable) > 1:
        return _answer(reply, answerable[0], word="answer_several")
    if answerable:
        return _answer(reply, answerable[0], choice=number_in(reply.text))
    if waiting:
        return _answer(reply, waiting[0], word="answer_by_link")
    return _answer(reply, told[0].escalation, choice=number_in(reply.text)) if told else None


def not_taken(reply: Incoming, answer: StaffAnswer, because: str) -> AddDeskTask:
    """The task in which a person tells somebody of the staff why their answer wasn't taken."""
    choice = (answer.choice or "").replace("_", " ")
    text = f'{answer.name} answered "{choice}" by text, which was not taken: {because.rstrip(".")}. Tell them.'
    key = f"staff-answer:{reply.opaque_id}"
    return AddDeskTask(key=key, plan_id=answer.plan_id, kind="reply", text=text, at=reply.at)


def slot_of(reply: Incoming, escalation: Escalation) -> Literal["therapist", "backup"]:
    """In which part the owner of this number was told of the question."""
    return "therapist" if escalation.responsible.phone == _normal(reply.from_address) else "backup"


def _answer(reply: Incoming, escalation: Escalation, choice: Choice | None = None, word: str = "") -> StaffAnswer:
    slot = slot_of(reply, escalation)
    person = escalation.responsible if slot == "therapist" else escalation.backup
    return StaffAnswer(
        escalation_id=escalation.escalation_id,
        plan_id=escalation.plan_id,
        to=slot,
        name=person.name,
        choice=choice,
        word=word,
    )


def _normal(number: str) -> str:
    try:
        return normal_phone(number)
    except ValueError:
        return number
