"""Our own words that come back: a reaction or a quote repeats what we sent, and says nothing by it.

Here only those texts of ours are chosen that a reply may quote; the reader subtracts them.
"""

import re
from collections.abc import Iterable
from datetime import timedelta

LATELY = timedelta(days=14)
"""How long a text of ours may be quoted back."""
MOST_TEXTS = 20
_RUN = 3
"""So many words one after the other make a quote; fewer may be anybody's own."""
_WORD = re.compile(r"\w+")


def may_quote(text: str) -> bool:
    """Whether the text is long enough to quote anything."""
    return len(_words(text)) >= _RUN


def quoted_in(text: str, sent: Iterable[str]) -> list[str]:
    """The texts of ours that share a run of words with this one, in their order, each once."""
    theirs = _runs(text)
    return [ours for ours in dict.fromkeys(sent) if theirs & _runs(ours)] if theirs else []


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
