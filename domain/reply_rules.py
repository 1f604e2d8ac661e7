"""Wordings written down as lists of regular expressions, tried only where a text holds a piece that they need.

A text message is compared with some thousand wordings; an index by three letters leaves a few dozen of them to try.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache

from domain.reply_needs import branches, needs

_GRAM = 3
_SHORT_TEXT = 2000
"""Longer texts are not remembered: they are rare and large."""


class Wordings:
    """A list of patterns that are asked for together."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        """Nothing is compiled until a text asks for it: a program that reads no reply pays nothing."""
        self._written = patterns
        self._likely = lru_cache(maxsize=512)(self._look_up)

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self._written)

    def found_in(self, text: str) -> bool:
        """Whether any of the wordings occurs in the text."""
        return any(pattern.search(text) for pattern in self.likely(text))

    def all_in(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of the wordings occurs, wording by wording."""
        for pattern in self.likely(text):
            yield from pattern.finditer(text)

    def replaced(self, text: str, by: str) -> str:
        """The text with other words in place of each wording."""
        for pattern in self.likely(text):
            text = pattern.sub(by, text)
        return text

    def likely(self, text: str) -> tuple[re.Pattern[str], ...]:
        """The patterns that may occur in the text, in the order in which they were written."""
        return self._likely(text) if len(text) < _SHORT_TEXT else self._look_up(text)

    def _look_up(self, text: str) -> tuple[re.Pattern[str], ...]:
        index = self._index
        chosen = set(index.always)
        for gram in grams(text) & index.by_gram.keys():
            chosen.update(at for piece, at in index.by_gram[gram] if at not in chosen and piece in text)
        return tuple(index.compiled(at) for at in sorted(chosen))


class _Index:
    """The single patterns, and for each the pieces without which it can't match."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        """Each alternative at the top level of a pattern becomes one of its own."""
        self._singles = list(dict.fromkeys(branch for pattern in patterns for branch in branches(pattern)))
        self._compiled = dict[int, re.Pattern[str]]()
        self.always = list[int]()
        self.by_gram = defaultdict[str, list[tuple[str, int]]](list)
        for at, pattern in enumerate(self._singles):
            pieces = needs(pattern)
            if pieces is None:
                self.always.append(at)
            for piece in pieces or ():
                self.by_gram[piece[:_GRAM]].append((piece, at))

    def compiled(self, at: int) -> re.Pattern[str]:
        """The pattern at this place, compiled when it is first wanted."""
        if at not in self._compiled:
            self._compiled[at] = re.compile(self._singles[at])
        return self._compiled[at]


@lru_cache(maxsize=512)
def grams(text: str) -> frozenset[str]:
    """All runs of one to three signs in a text."""
    return frozenset(text[at : at + size] for size in range(1, _GRAM + 1) for at in range(len(text) - size + 1))


def rules(lines: str, **parts: str) -> Wordings:
    """One wording per line of `lines`; an indented line goes on with the one above; `<name>` stands for a part."""
    return Wordings(_patterns(lines, parts))


def rule(lines: str, **parts: str) -> re.Pattern[str]:
    """One pattern that is any of the lines, written as for `rules`."""
    return re.compile("|".join(_patterns(lines, parts)))


def phrases(text: str) -> frozenset[str]:
    """The phrases between the bars of a text of several lines."""
    return frozenset(phrase.strip() for phrase in re.split(r"[|\n]", text) if phrase.strip())


def word_list(text: str) -> frozenset[str]:
    """The words of a text of several lines."""
    return frozenset(text.split())


def _patterns(lines: str, parts: dict[str, str]) -> tuple[str, ...]:
    joined = re.sub(r"\n\s+", "", lines.strip("\n"))
    for name, part in parts.items():
        joined = joined.replace(f"<{name}>", part)
    return tuple(line for line in joined.split("\n") if line.strip())
