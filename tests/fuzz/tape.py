"""A tape of bytes that a search may write and shrink: from it, everything that is tried is chosen.

Hypothesis draws a tape in one go, which is a hundred times quicker than drawing a plan file choice by choice. An empty
tape, or one of zeros, chooses the first and plainest of everything, so that what shrinks becomes plain.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
OF_A_FILE, OF_A_STEP = 130, 8
"""One value in so many is a wild one: a file has dozens of values, what happens has a few, and most should be taken."""


class Tape:
    """Reads choices off the bytes; zeros follow its end."""

    def __init__(self, data: bytes, odds: int = OF_A_STEP) -> None:
        self._data = data
        self._odds = odds
        self._at = 0

    def number(self, below: int) -> int:
        """From 0 to `below` - 1."""
        found = 0
        for _ in range(1 if below <= 256 else 2):
            found = found * 256 + (self._data[self._at] if self._at < len(self._data) else 0)
            self._at += 1
        return found % below

    def pick(self, options: Sequence[T]) -> T:
        """One of them."""
        return options[self.number(len(options))]

    def one_in(self, so_many: int) -> bool:
        """Yes, one time in so many."""
        return self.number(so_many) == so_many - 1

    def yes(self) -> bool:
        """Yes, half of the time."""
        return self.one_in(2)

    def wild(self) -> bool:
        """Whether an extreme value comes next."""
        return self.one_in(self._odds)
