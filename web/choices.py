"""The answers that a question to a person offers, in the order of the form, with their words."""

from domain.escalation import CHOICES, EscalationKind
from domain.events import Choice
from web.languages import gettext, marked, told

_ABOUT_SAFETY: dict[EscalationKind, str] = {
    "red_flag": marked("It is safe to go on"),
    "screening": marked("The visit can take place as booked"),
}
_FOR_SAFETY: tuple[Choice, ...] = ("continue", "modify", "refer_out")
_WORDS: dict[Choice, str] = {
    "continue": marked("Continue: go on as agreed"),
    "modify": marked("Modify: change the treatment below"),
    "new_goal": marked("New goal: follow something else"),
    "maintenance": marked("Maintenance: keep what was reached (insurance usually doesn't pay for it)"),
    "refer_out": marked("Refer out: end the plan, the client goes to other care"),
}


def choices_of(kind: EscalationKind) -> tuple[Choice, ...]:
    """What may be answered: neither a new goal nor maintenance says whether it is safe to go on."""
    return _FOR_SAFETY if kind in _ABOUT_SAFETY else CHOICES


def choice_words(kind: EscalationKind) -> dict[Choice, str]:
    """The choices of the form, each with its sentence."""
    words: dict[Choice, str] = {choice: gettext(_WORDS[choice]) for choice in choices_of(kind)}
    if kind in _ABOUT_SAFETY:
        words["continue"] = gettext(_ABOUT_SAFETY[kind])
    return words


def answered(choice: Choice, kind: EscalationKind) -> str:
    """The answer that was given, in a few words."""
    if choice == "continue" and kind in _ABOUT_SAFETY:
        return gettext(_ABOUT_SAFETY[kind]).lower()
    return told(choice.replace("_", " "))
