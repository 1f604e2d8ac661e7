"""Finds the Spanish of sentences that the rules made in English: by messages with {names}, each a shape of sentences.

What a name stands for in an English sentence:

- `{words}`, `{other_words}`, `{who}` and `{own…}`: a person's own words or their name. They stay as they are.
- `{day}`, `{…_day}`: a day; `{…_count}`, `{left}`, `{units}`: a number; `{…_code}`: a code.
- `{…_words}`: words within one sentence. Any other: whatever stands there, in one sentence if possible.

What a name captured is looked for in turn, as a message, as a list of them, or for days in it.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from web.catalogues import catalogue, messages
from web.spanish_days import DAY, with_spanish_days

_NAMED = re.compile(r"{(\w+)}")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:;]) +")
_WITHIN = r"(?:(?![.!?] ).)"
"""A letter that doesn't end a sentence."""
_LONGEST_RUN = 6
"""So many sentences at most make one message."""
_KEPT = ("words", "other_words", "who")
_OWN = "own"
_COUNT = r"-?\d[\d.,]*"
_OF_KIND = {
    "day": re.sub(r"\(\?P<\w+>", "(?:", DAY.pattern),
    "_count": _COUNT,
    "left": _COUNT,
    "units": _COUNT,
    "_code": r"[\w-]+",
    "_words": r"[^.!?]+?",
}
_OUTSIDE_BRACKETS = r"(?![^()]*\))"


class _Shape(NamedTuple):
    """Sentences of one shape, and what they are in the other language.

    A part of a `loose` match may be several sentences, such as what somebody wrote; of a `strict` one it may not.
    `fixed` is its longest piece without a name: a text without it needs no further look.
    """

    fixed: str
    strict: re.Pattern[str]
    loose: re.Pattern[str]
    other: str


class _Run(NamedTuple):
    """Some sentences together, as far as they are known."""

    known: bool
    said: str


@lru_cache(maxsize=4096)
def in_spanish(text: str) -> str:
    """The text as one message; else as runs of its sentences; else as one message around what somebody wrote."""
    whole = _one(text)
    if whole is not None:
        return whole
    runs = list(_runs(_SENTENCE_ENDS.split(text)))
    if not all(run.known for run in runs) and (loose := _one(text, strict=False)) is not None:
        return loose
    return " ".join(run.said for run in runs)


@cache
def _shapes() -> list[_Shape]:
    """The messages with {names} in them: those that begin with fixed words first, then those with the most of them."""
    found: list[tuple[bool, int, _Shape]] = []
    for english, other in messages():
        if _NAMED.search(english):
            fixed = max(re.split(r"{\w+}", english), key=len)
            shape = _Shape(fixed, _pattern(english, _WITHIN), _pattern(english, "."), other)
            found.append((english.startswith("{"), -len(_NAMED.sub("", english)), shape))
    return [shape for *_, shape in sorted(found, key=lambda each: each[:2])]


def _pattern(english: str, letter: str) -> re.Pattern[str]:
    parts: list[str] = []
    seen: set[str] = set()
    end = 0
    for name in _NAMED.finditer(english):
        parts.append(re.escape(english[end : name.start()]))
        parts.append(f"(?P={name[1]})" if name[1] in seen else f"(?P<{name[1]}>{_captured(name[1], letter)})")
        seen.add(name[1])
        end = name.end()
    return re.compile("".join([*parts, re.escape(english[end:])]), re.DOTALL)


def _captured(name: str, letter: str) -> str:
    """What may stand for this name in a sentence."""
    kinds = () if name in _KEPT else (kind for ending, kind in _OF_KIND.items() if name.endswith(ending))
    return next(iter(kinds), f"{letter}+?")


def _runs(sentences: list[str]) -> Iterator[_Run]:
    """The sentences in runs that each are one message, each run as long as it can be; else one by one as they are."""
    while sentences:
        tried = ((n, _one(" ".join(sentences[:n]))) for n in range(min(len(sentences), _LONGEST_RUN), 0, -1))
        length, said = next(((n, said) for n, said in tried if said is not None), (1, None))
        yield _Run(said is not None, with_spanish_days(sentences[0]) if said is None else said)
        sentences = sentences[length:]


def _one(text: str, *, strict: bool = True) -> str | None:
    """This text as one message, or None where no message fits it. One in a list may lack its full stop there."""
    exact = catalogue().gettext(text) if text else ""
    if exact != text:
        return exact
    for shape in _shapes():
        if shape.fixed not in text:
            continue
        if found := (shape.strict if strict else shape.loose).fullmatch(text):
            return shape.other.format_map({name: _part(name, part) for name, part in found.groupdict().items()})
    if text[-1:] in (".", ";") and text[-2:-1] not in (".", ";"):
        known = _one(text[:-1], strict=strict)
        return None if known is None else f"{known}{text[-1]}"
    return None


def _part(name: str, text: str) -> str:
    """What a shape captured."""
    if name in _KEPT or name.startswith(_OWN):
        return text
    exact = catalogue().gettext(text)
    return exact if exact != text else _list(text) or in_spanish(text)


def _list(text: str) -> str | None:
    """The items of a list one by one, or None where this is a sentence, or no list of things that we know."""
    if text.endswith("."):
        return None
    for between in ("; ", ", "):
        items = re.split(between + _OUTSIDE_BRACKETS, text)
        known = list(takewhile(lambda item: item is not None, map(_one, items))) if len(items) > 1 else []
        if known and len(known) == len(items):
            return between.join(filter(None, known))
    return None
