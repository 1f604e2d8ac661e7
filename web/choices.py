"""The answers that a question to a person offers, in the order of the form, with their words."""

from domain.escalation import CHOICES, EscalationKind
from domain.events import Choice

_ABOUT_SAFETY: dict[EscalationKind, str] = {
    "red_flag": "It is safe to go on",
    "screening": "The visit can take place as booked",
}
_FOR_SAFETY: tuple[Choice, ...] = ("continue", "modify", "refer_out")
_WORDS: dict[Choice, str] = {
    "continue": "Continue: go on as agreed",
    "modify": "Modify: change the treatment below",
    "new_goal": "New goal: follow something else",
    "maintenance": "Maintenance: keep what was reached (insurance usually doesn't pay for it)",
    "refer_out": "Refer out: end the plan, the client goes to other care",
}


def choices_of(kind: EscalationKind) -> tuple[Choice, ...]:
    """What may be answered: neither a new goal nor maintenance says whether it is safe to go on."""
    return _FOR_SAFETY if kind in _ABOUT_SAFETY else CHOICES


def choice_words(kind: EscalationKind) -> dict[Choice, str]:
    """The choices of the form, each with its sentence."""
    words: dict[Choice, str] = {choice: _WORDS[choice] for choice in choices_of(kind)}
    if kind in _ABOUT_SAFETY:
        words["continue"] = _ABOUT_SAFETY[kind]
    return words


def answered(choice: Choice, kind: EscalationKind) -> str:
    """The answer that was given, in a few words."""
    if choice == "continue" and kind in _ABOUT_SAFETY:
        return _ABOUT_SAFETY[kind].lower()
    return choice.replace("_", " ")
