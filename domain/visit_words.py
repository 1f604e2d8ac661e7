"""What a client says about a visit: cancel it, move it, book one, come late, come as planned. English and Spanish.

Questions about visits ("did you cancel my appointment?", "what is your cancellation policy?") mean none of these.
"""

import re
from typing import Literal

from domain.reply_words import Said
from domain.visit_phrases import (
    BOOK,
    CALLS_LATER,
    CANCEL,
    CANNOT_COME,
    COMING,
    CONFIRM,
    DAY,
    LATE,
    MOVE,
    NO_BOOK,
    NO_CANCEL,
    NO_MOVE,
    NOT_CONFIRM,
    NOT_LATE,
    PROPOSE,
)
from domain.wrong_number_words import MEANT_FOR_ANOTHER, NAME_DENIED, PLAINLY_WRONG, WRONG, WRONG_OUTRIGHT

VisitChange = Literal["cancel", "reschedule"]


def visit_change(said: Said) -> VisitChange | None:
    """Whether a visit is to be cancelled or moved."""
    move = any(MOVE.found_in(clause) and not NO_MOVE.found_in(clause) for clause in said.sentences)
    cancel = any(CANCEL.found_in(clause) and not NO_CANCEL.found_in(clause) for clause in said.sentences)
    if cancel and (not move or CALLS_LATER.search(said.plain) or not _names_new_time(said)):
        return "cancel"
    if move:
        return "reschedule"
    return ("reschedule" if _wishes_another_time(said) else "cancel") if cannot_come(said) else None


def cannot_come(said: Said) -> bool:
    """Whether the client only says that they can't come. Read as a cancellation, in both languages; "can't do
    Friday" and "no puedo mañana" deny the time and not the visit, and are read as a wish to move it."""
    return any(CANNOT_COME.found_in(clause) and not NO_MOVE.found_in(clause) for clause in said.sentences)


def _wishes_another_time(said: Said) -> bool:
    """A day or hour asked for, or a second one named: "can't make it Tuesday, Thursday?"."""
    times = re.findall(rf"\b(?:{DAY}|\d{{1,2}}(?::\d\d)? ?(?:am|pm))\b", said.plain)
    return PROPOSE.found_in(CANNOT_COME.replaced(said.plain, " ")) or (len(set(times)) > 1 and said.asks)


def proposes_time(said: Said) -> bool:
    """Whether the client asks for some day or hour: "can we do Friday at 2?"."""
    return PROPOSE.found_in(said.plain)


def names_time(said: Said) -> bool:
    """Whether a day or an hour is named at all."""
    return bool(
        re.search(rf"\b(?:{DAY})\b", said.plain)
        or re.search(r"\b(?:same time|in (?:\d|two|three|a couple of|a few) (?:weeks?|months?))\b", said.plain)
        or re.search(r"\b(?:weeks?|days?|months?) (?:from now|out|from today)\b", said.plain)
        or re.search(r"\ben (?:\d|una|dos|tres|unas) (?:semanas?|dias|meses)\b", said.plain)
        or re.search(r"\b(?:\d{1,2}:\d\d|\d{1,2} ?(?:am|pm)|a las? \d)\b", said.plain)
    )


def wants_to_book(said: Said) -> bool:
    """Whether the client asks for a visit."""
    return BOOK.found_in(said.plain) and not NO_BOOK.search(said.plain)


def runs_late(said: Said) -> bool:
    """Whether the client is on the way but late."""
    return any(LATE.found_in(sentence) and not NOT_LATE.search(sentence) for sentence in said.sentences)


def wrong_number(said: Said, text: str) -> bool:
    """Whether we write to somebody else. The text as it came is needed for "I'm not Tina": a name has a capital."""
    if said.asks or MEANT_FOR_ANOTHER.search(said.plain):
        return (
            WRONG_OUTRIGHT.found_in(said.plain)
            and not MEANT_FOR_ANOTHER.search(said.plain)
            and not re.search(r"\b(?:is|do i have) (?:this )?(?:the )?wrong\b", said.plain)
        )
    said_so = WRONG_OUTRIGHT.found_in(said.plain) or WRONG.found_in(said.plain)
    return said_so or (
        bool(NAME_DENIED.search(text))
        and not re.search(r"\bI[’']?m not (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Sure|Coming|Feeling)", text)
    )


def plainly_wrong_number(said: Said) -> bool:
    """Whether it is said in the words that mean nothing else: "wrong number"."""
    return PLAINLY_WRONG.found_in(said.plain) and not said.asks


def will_come(said: Said) -> bool:
    """Whether the words promise to come: "see you then", "I'll be there"."""
    return COMING.found_in(said.plain)


def confirms(said: Said) -> bool:
    """Whether the visit is confirmed by that word or its letter; a request for a confirmation isn't one."""
    return CONFIRM.found_in(said.plain) and not NOT_CONFIRM.search(said.plain)


def _names_new_time(said: Said) -> bool:
    return bool(
        re.search(
            r"\b(?:re ?sched\w*|rebook|instead|another|different|new time|move|reagend\w*|reprogram\w*|otr[oa])\b",
            said.plain,
        )
    )
