"""What did the client mean? One reply in, one intent out; what isn't understood is for a person, never guessed at.

Order: opt-out and red flags first (a red flag wins, and carries the opt-out along), then changes of a visit, then the
answer to the open question, then what anybody may say at any time, then a person.
"""

import re
from collections.abc import Collection, Sequence
from typing import Literal

from domain.client import Channel, Language, Model
from domain.email_reply import own_words, without_history
from domain.opt_out import asks_about_stopping, asks_for_help, asks_to_start, asks_to_stop, has_no_interest
from domain.opt_out_grid import UNCLEAR
from domain.red_flags import RedFlag, contraindicated, new_problem, red_flag_in, speaks_of_danger
from domain.reply_answers import (
    agrees,
    content,
    doubtful,
    hedged,
    only_thanks,
    plain_no,
    plain_yes,
    screening_denied,
    screening_no,
    screening_yes,
    without_long_past,
)
from domain.reply_numbers import Scale, number_on, says_no_pain
from domain.reply_words import Said, hear
from domain.touchpoint import QuestionKind
from domain.visit_words import (
    cannot_come,
    confirms,
    names_time,
    proposes_time,
    runs_late,
    visit_change,
    wants_to_book,
    will_come,
    wrong_number,
)

Intent = Literal[
    "confirm",
    "cancel",
    "reschedule",
    "rating",
    "pain",
    "yes",
    "no",
    "book",
    "stop",
    "start",
    "help",
    "running_late",
    "red_flag",
    "contraindication",
    "wrong_number",
    "thanks",
    "ignore",
    "human",
]
"""What a reply may mean. `human`: the front desk reads it. `ignore`: nobody wrote it, such as an automatic answer.
`contraindication`: news that may speak against the coming visit; it is no emergency."""


class Understanding(Model):
    """The meanings of one reply, each of which is acted on.

    `intent` is the opt-out or the emergency if there is one, else the answer to the open question, else the most urgent
    meaning; all others are in `also`. `value` is on the asked scale, whatever else was said. `red_flag` names the fixed
    answer to an emergency. `sure`: every word is accounted for, so that `intent` may act by itself; where it isn't, the
    intent is `human` and `suggestion` says what would have been done.
    """

    intent: Intent
    value: float | None = None
    also: tuple[Intent, ...] = ()
    also_stop: bool = False
    red_flag: RedFlag | None = None
    sure: bool = True
    suggestion: Intent | None = None
    death: bool = False


_DIED = re.compile(r"[a-z]+ (?:passed away|has died)\b")


def understand(
    text: str,
    *,
    open_question: QuestionKind | None,
    channel: Channel = "sms",
    locale: Language = "en",
    names: Collection[str] = (),
    sent: Sequence[str] = (),
) -> Understanding:
    """The meaning of one reply; for email `text` is the raw plain-text body, quotes and all. Never raises.

    `names` are those of the client, the therapist and the practice: harmless words. `sent` are texts that we sent to
    that address lately, which are subtracted before reading.
    """
    own = own_words(text) if channel == "email" else text
    said = hear(own)
    whole = hear(without_history(text)) if channel == "email" else said
    stop = asks_to_stop(said) or asks_to_stop(whole) or (open_question is None and has_no_interest(said))
    if flag := red_flag_in(said) or red_flag_in(whole):
        return Understanding(intent="red_flag", red_flag=flag, also_stop=stop)
    if stop:
        return Understanding(intent="stop")
    if _DIED.match(said.plain):
        return Understanding(intent="human", death=True)
    if asks_to_start(said):
        return Understanding(intent="start")
    if asks_for_help(said):
        return Understanding(intent="help")
    meant = _with_news(_without_urgency(said, own, open_question, locale), said)
    return Understanding(intent="human") if meant.intent in _ORDINARY and _unclear(said, open_question) else meant


_NEWS = re.compile(r"\bi have (?:a fever|covid)\b")


def _with_news(meant: Understanding, said: Said) -> Understanding:
    """A fever counts whatever was asked, beside the answer."""
    if meant.intent in ("yes", "red_flag") or not (_NEWS.search(said.plain) and new_problem(said)):
        return meant
    if meant.intent == "human":
        return meant.model_copy(update={"intent": "contraindication"})
    return meant.model_copy(update={"also": ("contraindication",)})


_ORDINARY = frozenset({"confirm", "yes", "no", "book", "thanks"})


def _unclear(said: Said, asked: QuestionKind | None) -> bool:
    """Whether a word of an opt-out or of danger is left over that no rule could read: then no guess is made.
    The screening question asks for such words, and has its own care."""
    if any(UNCLEAR.found_in(clause) for clause in said.clauses) and not asks_about_stopping(said):
        return True
    return asked != "screening_yes_no" and speaks_of_danger(said)


def _without_urgency(said: Said, text: str, asked: QuestionKind | None, locale: Language) -> Understanding:
    if change := _change(said, asked):
        return Understanding(intent=change)
    denied = asked == "screening_yes_no" and screening_denied(said)
    if contraindicated(without_long_past(said) if denied else said):
        return Understanding(intent="red_flag", red_flag="hold")
    if wrong_number(said, text):
        return Understanding(intent="wrong_number")
    answer = _answer(said, asked, locale) if asked else None
    if runs_late(said) and not (answer and answer.value is not None and _starts_with_number(said)):
        return Understanding(intent="running_late")
    return answer or Understanding(intent=_anytime(said, asked))


def _starts_with_number(said: Said) -> bool:
    """ "4, a little late starting though" is a rating; "running 5 late" isn't."""
    return said.plain[:1].isdigit()


def _change(said: Said, asked: QuestionKind | None) -> Intent | None:
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


def _answer(said: Said, asked: QuestionKind, locale: Language) -> Understanding | None:
    if asked == "feedback_1_5":
        value = number_on(said, Scale(1, 5), locale)
        return None if value is None else Understanding(intent="rating", value=value)
    if asked == "pain_0_10":
        value = 0.0 if says_no_pain(said) else number_on(said, Scale(0, 10), locale)
        return None if value is None else Understanding(intent="pain", value=value)
    intent = _worded_answer(said, asked)
    return None if intent is None else Understanding(intent=intent)


def _worded_answer(said: Said, asked: QuestionKind) -> Intent | None:
    if asked == "screening_yes_no":
        return _screening(said)
    if asked == "confirm_appointment":
        return _confirmation(said)
    if asked == "rebook":
        return _rebooking(said)
    if plain_yes(said):
        return "yes"
    return "no" if plain_no(said) else None


def _screening(said: Said) -> Intent | None:
    """A problem named is a yes, whatever stands around it; a no must leave nothing unexplained."""
    recent = without_long_past(said) if screening_denied(said) else said
    if new_problem(recent) or screening_yes(recent):
        return "yes"
    return "no" if screening_no(recent) else None


def _confirmation(said: Said) -> Intent | None:
    if agrees(said) or _promised(said):
        return "confirm"
    return "no" if plain_no(said) else None


def _rebooking(said: Said) -> Intent | None:
    if plain_no(said) or content(said):
        return "no"
    if agrees(said) or wants_to_book(said) or proposes_time(said):
        return "book"
    return "book" if names_time(said) and not hedged(said) else None


def _promised(said: Said) -> bool:
    return (confirms(said) or will_come(said)) and not doubtful(said)


def _anytime(said: Said, asked: QuestionKind | None) -> Intent:
    if confirms(said) and not doubtful(said):
        return "confirm"
    if only_thanks(said):
        return "thanks"
    if asked in (None, "screening_yes_no") and will_come(said) and not doubtful(said) and not plain_yes(said):
        return "confirm"
    if asked is None and (wants_to_book(said) or (said.asks and proposes_time(said))):
        return "book"
    return "human"
