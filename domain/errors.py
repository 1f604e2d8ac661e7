"""Refusals that the person who caused them can act on: they name the place, the field and the fix."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it is and what to write instead."""

    field: str
    fix: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.field}: {self.fix}"


class Refused(Exception):
    """An input that can't be taken. Nothing was done with it."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        """`source` is the file or request; there is at least one problem."""
        super().__init__("; ".join(f"{source}: {problem}" for problem in problems))
        self.source = source
        self.problems = problems


class EventRefused(Exception):
    """A well-formed event that this plan can't take, such as a session of a plan that has ended."""


OTHER_CONTENT = "event_id is that of other content already, which counts; send this under an id of its own"
"""What whoever sends a second event under the id of a first one is told."""


class NothingToUndo(Exception):
    """The decision can't be taken back: there is none, or what follows from it is on its way."""


class AlreadyDecided(Exception):
    """A second decision on one question. The message says who decided, when and what."""
