"""Which pieces of text a pattern can't do without, so that most patterns need not be tried on most texts.

`needs(r"\b(?:cant|couldnt) breathe?\b")` is {"breath"}: a text that holds none of the pieces can't match. Understands
the part of the regular expression language that our wordings use; whatever it can't use, it leaves out.
"""

import re

_OPENING, _CLOSING = r"\b(?:", r")\b"
_OPTIONAL = ("?", "*", "{0")

Pieces = frozenset[str] | None
"""One of these must occur; None where no piece is certain."""


def needs(pattern: str) -> Pieces:
    """The pieces of which every match of the pattern holds at least one, or None."""
    return _Reader(pattern).alternatives()


def branches(pattern: str) -> list[str]:
    """The alternatives of a pattern, those between `\\b(?:` and `)\\b` around the whole of it included."""
    found = _split(pattern)
    inner = pattern[len(_OPENING) : -len(_CLOSING)]
    if len(found) > 1 or not (pattern.startswith(_OPENING) and pattern.endswith(_CLOSING)) or not _balanced(inner):
        return found
    return [rf"\b(?:{branch})\b" for branch in _split(inner)]


def _balanced(pattern: str) -> bool:
    """Whether no bracket is closed that was not opened within."""
    depth = 0
    for sign in re.sub(r"\\.|\[[^\]]*\]", "", pattern):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def _split(pattern: str) -> list[str]:
    found, depth, start, at = list[str](), 0, 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = _after_class(pattern, at) - 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            found.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*found, pattern[start:]]


def _after_class(pattern: str, at: int) -> int:
    """The place behind a class such as `[^.?]`."""
    at += 2 if pattern[at + 1] == "^" else 1
    return pattern.index("]", at + 1) + 1


def _rarity(pieces: frozenset[str]) -> float:
    """How often such a piece may be expected in a text: small is good."""
    return sum(0.2 ** len(piece) for piece in pieces)


class _Reader:
    """Goes through one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def alternatives(self) -> Pieces:
        """What a group needs: a piece of each alternative; None as soon as one of them needs nothing."""
        found = self._sequence()
        while self._sign() == "|":
            self._at += 1
            other = self._sequence()
            found = None if found is None or other is None else found | other
        return found

    def _sequence(self) -> Pieces:
        """What a row of items needs: the rarest of what the items need."""
        best: Pieces = None
        run = ""
        while self._sign() not in ("", "|", ")"):
            start = self._at
            literal, pieces = self._item()
            quantifier = self._quantifier()
            if literal == "" and pieces is None and self._pattern[start : start + 2] in (r"\b", r"\B", "^", "$"):
                continue
            ends = not literal or quantifier
            if literal and not quantifier.startswith(_OPTIONAL):
                run += literal
            best = _rarer(best, frozenset({run}) if run else None) if ends else best
            run = "" if ends else run
            best = _rarer(best, None if quantifier.startswith(_OPTIONAL) else pieces)
        return _rarer(best, frozenset({run}) if run else None)

    def _item(self) -> tuple[str, Pieces]:
        """One item: a literal sign, or what a group needs; neither where it may be anything."""
        sign = self._sign()
        if sign == "(":
            return "", self._group()
        if sign == "[":
            self._at = _after_class(self._pattern, self._at)
            return "", None
        if sign == "\\":
            escaped = self._pattern[self._at + 1]
            self._at += 2
            return ("" if escaped.isalnum() else escaped), None
        self._at += 1
        return ("" if sign in ".^$" else sign), None

    def _group(self) -> Pieces:
        looks = self._pattern.startswith(("(?!", "(?<!", "(?=", "(?<="), self._at)
        self._at += 1
        if self._pattern.startswith("?P<", self._at):
            self._at = self._pattern.index(">", self._at) + 1
        for opening in ("?:", "?!", "?<!", "?=", "?<="):
            if self._pattern.startswith(opening, self._at):
                self._at += len(opening)
                break
        pieces = self.alternatives()
        self._at += 1
        return None if looks else pieces

    def _quantifier(self) -> str:
        """The `?`, `+` or `{0,3}` behind an item, or nothing."""
        start = self._at
        if self._sign() in ("?", "*", "+"):
            self._at += 1
        elif self._sign() == "{":
            self._at = self._pattern.index("}", self._at) + 1
        if self._at > start and self._sign() == "?":
            self._at += 1
        return self._pattern[start : self._at]

    def _sign(self) -> str:
        return self._pattern[self._at : self._at + 1]


def _rarer(one: Pieces, other: Pieces) -> Pieces:
    if one is None or other is None:
        return one if other is None else other
    return min(one, other, key=_rarity)
