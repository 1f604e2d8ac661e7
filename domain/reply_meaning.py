"""The one meaning that rules find in a reply, as an answer to the open question or on its own; `human` where there is
none. Whether every word is accounted for, and what else the reply says, is for `domain.replies` to look at.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from domain.client import Language
from domain.nothing_new import feels_unwell
from domain.odd_scores import is_no_score
from domain.opt_out import asks_for_help, asks_only_to_start, asks_to_start
from domain.red_flags import new_problem, speaks_of_danger
from domain.reply_answers import (
    agrees,
    content,
    doubtful,
    hedged,
    may_be_screening_no,
    only_thanks,
    plain_no,
    plain_yes,
    screening_yes,
)
from domain.reply_numbers import Scale, number_on, says_no_pain
from domain.reply_words import Said
from domain.touchpoint import QuestionKind
from domain.visit_words import (
    VisitChange,
    cannot_come,
    confirms,
    names_time,
    plainly_wrong_number,
    proposes_time,
    runs_late,
    visit_change,
    wants_to_book,
    will_come,
    wrong_number,
)

Sense = Literal[
    "confirm",
    "cancel",
    "reschedule",
    "rating",
    "pain",
    "yes",
    "no",
    "book",
    "start",
    "help",
    "running_late",
    "wrong_number",
    "thanks",
    "human",
]
"""An intent that isn't urgent."""


class Meaning(NamedTuple):
    """What a reply answers or asks, with the score where it is one, and what it says besides. `certain`: the rule that
    found it has looked at every word itself, or the words can mean nothing else."""

    sense: Sense
    value: float | None = None
    besides: tuple[Sense, ...] = ()
    certain: bool = False


def meaning_of(said: Said, text: str, asked: QuestionKind | None, locale: Language) -> Meaning:
    """The answer to the open question if there is one, else the most urgent meaning; the others stand besides."""
    if asks_to_start(said):
        return Meaning("start", certain=asks_only_to_start(said))
    if asks_for_help(said):
        return Meaning("help", certain=True)
    found = [
        each
        for each in _found(said, text, asked, locale)
        if each.value is None or not is_no_score(said, text, asked, each.value)
    ]
    if not found:
        return Meaning("human")
    first = found[0]
    if first.sense in _ORDINARY and asked != "screening_yes_no" and speaks_of_danger(said):
        return Meaning("human")
    besides = dict.fromkeys(other.sense for other in found[1:] if other.sense != first.sense)
    return first._replace(besides=tuple(besides), certain=first.certain and not besides)


def _found(said: Said, text: str, asked: QuestionKind | None, locale: Language) -> Iterator[Meaning]:
    """All meanings, the answer first. Changes of a visit are the answer where the question is about that visit."""
    change = _change(said, asked)
    late = runs_late(said)
    answer = _answer(said, asked, locale) if asked and not (change and asked in _ABOUT_A_VISIT) else None
    if answer and answer.value is not None and late and not _starts_with_number(said):
        answer = None  # "running 5 late" is no score
    if change and answer and (answer.sense, asked) == ("no", "screening_yes_no"):
        answer = None  # "no can't come" says nothing of a fever
    if wrong_number(said, text) and not (answer and answer.value is not None):
        yield Meaning("wrong_number", certain=plainly_wrong_number(said))
    if late and answer and answer.value is None:
        yield Meaning("running_late")
    if answer:
        yield answer
    if change:
        yield Meaning(change)
    if late:
        yield Meaning("running_late")
    sense = _anytime(said, asked) if answer is None else None
    if sense and not (sense == "book" and (change or late)):  # "cancel my appointment" books none
        yield Meaning(sense)


_ABOUT_A_VISIT = ("confirm_appointment", "rebook")
_ORDINARY = frozenset({"confirm", "yes", "no", "book", "thanks"})


def _starts_with_number(said: Said) -> bool:
    """ "4, a little late starting though" is a rating; "running 5 late" isn't."""
    return said.plain[:1].isdigit()


def _change(said: Said, asked: QuestionKind | None) -> VisitChange | None:
    if asked == "confirm_appointment" and _says_r(said):
        return "reschedule"
    change = visit_change(said)
    if asked == "rebook" and change == "reschedule" and (proposes_time(said) or not _speaks_of_a_visit(said)):
        return None
    if asked == "rebook" and change == "cancel" and cannot_come(said):
        return None
    asks = said.asks or not {"but", "pero", "can", "could", "podria", "puede"}.isdisjoint(said.words)
    if change is None and asked in ("confirm_appointment", "screening_yes_no") and asks and proposes_time(said):
        return "reschedule"
    return change


def _says_r(said: Said) -> bool:
    return said.clauses[:1] == ["r"] or said.plain in (
        "r please",
        "r pls",
        "r thanks",
        "r r",
        "r thank you",
        "r por favor",
    )


def _speaks_of_a_visit(said: Said) -> bool:
    """Words that only fit a visit that is booked; "another time" may as well be a polite no."""
    return any(word.startswith(("resched", "reprogram", "reagend", "move", "cambi")) for word in said.words)


def _answer(said: Said, asked: QuestionKind, locale: Language) -> Meaning | None:
    if asked == "feedback_1_5":
        value = number_on(said, Scale(1, 5), locale)
        return None if value is None else Meaning("rating", value)
    if asked == "pain_0_10":
        value = 0.0 if says_no_pain(said) else number_on(said, Scale(0, 10), locale)
        return None if value is None else Meaning("pain", value)
    if asked == "screening_yes_no":
        return _screening(said)
    sense = _worded_answer(said, asked)
    return None if sense is None else Meaning(sense)


def _worded_answer(said: Said, asked: QuestionKind) -> Sense | None:
    if asked == "confirm_appointment":
        return _confirmation(said)
    if asked == "rebook":
        return _rebooking(said)
    if plain_yes(said):
        return "yes"
    return "no" if plain_no(said) else None


def _screening(said: Said) -> Meaning | None:
    """A problem named is a yes, whatever stands around it. `domain.nothing_new` says if a no is nothing but a no."""
    if new_problem(said) or feels_unwell(said):
        return Meaning("yes", certain=not said.asks)
    if screening_yes(said):
        return Meaning("yes")
    return Meaning("no") if may_be_screening_no(said) else None


def _confirmation(said: Said) -> Sense | None:
    if agrees(said) or _promised(said):
        return "confirm"
    return "no" if plain_no(said) else None


def _rebooking(said: Said) -> Sense | None:
    if plain_no(said) or content(said):
        return "no"
    if agrees(said) or wants_to_book(said) or proposes_time(said):
        return "book"
    return "book" if names_time(said) and not hedged(said) else None


def _promised(said: Said) -> bool:
    return (confirms(said) or will_come(said)) and not doubtful(said)


def _anytime(said: Said, asked: QuestionKind | None) -> Sense | None:
    if confirms(said) and not doubtful(said):
        return "confirm"
    if only_thanks(said):
        return "thanks"
    if asked in (None, "screening_yes_no") and will_come(said) and not doubtful(said) and not plain_yes(said):
        return "confirm"
    if asked is None and (wants_to_book(said) or (said.asks and proposes_time(said))):
        return "book"
    return None
