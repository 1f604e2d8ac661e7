"""Whose words accuse somebody of the practice, and what of them is shown to those who may not read them.

The words are for an owner. Whoever they may be about could answer for themselves, press Done, or ask the client to take
them back; so no therapist is shown them, wherever they are quoted.
"""

import re
from functools import lru_cache

from domain.grave_words import grave_in, misconduct_in
from domain.reply_words import folded, hear

ONLY_THE_OWNER = "(words that only an owner reads)"
"""Stands in place of a quotation."""
_SOMEBODY = ("therapist", "masseur", "masseuse", "practitioner", "terapeuta", "masajista")
_SHORTEST_NAME = 3


@lru_cache(maxsize=4096)
def accuses(words: str, therapist: str = "") -> bool:
    """Whether these words tell of misconduct, or speak of a lawyer or a complaint and name the therapist."""
    said = hear(words)
    if misconduct_in(said):
        return True
    return grave_in(said) == "legal" and _names(words, therapist)


def quotes_accusation(text: str, therapist: str = "") -> bool:
    """Whether a sentence of ours quotes such words."""
    _, mark, quoted = text.partition('"')
    return bool(mark) and accuses(quoted, therapist)


def without_quotation(text: str) -> str:
    """The sentence without what somebody wrote."""
    before, _, _ = text.partition('"')
    return f"{before}{ONLY_THE_OWNER}"


def _names(words: str, therapist: str) -> bool:
    said = set(re.findall(r"\w+", folded(words)))
    names = {name for name in re.findall(r"\w+", folded(therapist)) if len(name) >= _SHORTEST_NAME}
    return bool(said & (names | set(_SOMEBODY)))
