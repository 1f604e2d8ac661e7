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
    COMING,
    CONFIRM,
    DAY,
    LATE,
    MEANT_FOR_ANOTHER,
    MOVE,
    NAME_DENIED,
    NO_BOOK,
    NO_CANCEL,
    NO_MOVE,
    NOT_CONFIRM,
    NOT_LATE,
    PROPOSE,
    WRONG,
)

VisitChange = Literal["cancel", "reschedule"]


def visit_change(said: Said) -> VisitChange | None:
    """Whether a visit is to be cancelled or moved."""
    move = any(_any(MOVE, clause) and not _any(NO_MOVE, clause) for clause in said.sentences)
    cancel = any(_any(CANCEL, clause) and not _any(NO_CANCEL, clause) for clause in said.sentences)
    if cancel and (not move or CALLS_LATER.search(said.plain) or not _names_new_time(said)):
        return "cancel"
    return "reschedule" if move else None


def proposes_time(said: Said) -> bool:
    """Whether the client asks for some day or hour: "can we do Friday at 2?"."""
    return _any(PROPOSE, said.plain)


def names_time(said: Said) -> bool:
    """Whether a day or an hour is named at all."""
    return bool(
        re.search(rf"\b(?:{DAY})\b", said.plain)
        or re.search(r"\b(?:\d{1,2}:\d\d|\d{1,2} ?(?:am|pm)|a las? \d)\b", said.plain)
    )


def wants_to_book(said: Said) -> bool:
    """Whether the client asks for a visit."""
    return _any(BOOK, said.plain) and not NO_BOOK.search(said.plain)


def runs_late(said: Said) -> bool:
    """Whether the client is on the way but late."""
    return any(_any(LATE, sentence) and not NOT_LATE.search(sentence) for sentence in said.sentences)


def wrong_number(said: Said, text: str) -> bool:
    """Whether we write to somebody else. The text as it came is needed for "I'm not Tina": a name has a capital."""
    if said.asks or MEANT_FOR_ANOTHER.search(said.plain):
        return (
            _any(WRONG[:1], said.plain)
            and not MEANT_FOR_ANOTHER.search(said.plain)
            and not re.search(r"\b(?:is|do i have) (?:this )?(?:the )?wrong\b", said.plain)
        )
    return _any(WRONG, said.plain) or (
        bool(NAME_DENIED.search(text))
        and not re.search(r"\bI[’']?m not (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Sure|Coming|Feeling)", text)
    )


def will_come(said: Said) -> bool:
    """Whether the words promise to come: "see you then", "I'll be there"."""
    return _any(COMING, said.plain)


def confirms(said: Said) -> bool:
    """Whether the visit is confirmed by that word or its letter; a request for a confirmation isn't one."""
    return _any(CONFIRM, said.plain) and not NOT_CONFIRM.search(said.plain)


def _names_new_time(said: Said) -> bool:
    return bool(
        re.search(
            r"\b(?:re ?sched\w*|rebook|instead|another|different|new time|move|reagend\w*|reprogram\w*|otr[oa])\b",
            said.plain,
        )
    )


def _any(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
