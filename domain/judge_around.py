"""When a judgement fails, finds what it fails on: the events without which it can be made are put aside.

Pure. It only asks "can this be judged?" of smaller and smaller parts; what a person is told of what was put aside is
worded here too.
"""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from domain.actions import DeskTaskKind, SendOutcome

Event = TypeVar("Event")
Made = TypeVar("Made")
LONGEST_QUOTE = 300
FAILING = (
    "Followthrough fails whenever it works out what comes next here: nothing goes out for this client meanwhile, no "
    "reminder, no question, no answer. Look after this client yourselves. Only opt-outs are obeyed, and words of "
    "danger answered and paged, as ever. It is tried again by itself, and this task closes once it works."
)
"""The task about a plan that nobody can judge."""
CLAIM_FAILING = (
    "Followthrough fails whenever it works out what comes next for a claim: no deadline of it is watched meanwhile and "
    "no word about it goes out. Watch this claim yourselves. It is tried again by itself, and this task closes once it "
    "works."
)
"""The task about a claim that nobody can judge."""


class Around(NamedTuple, Generic[Event, Made]):
    """A judgement on all but the events that were put `aside`."""

    made: Made
    aside: list[Event]


def judge_around(judge: Callable[[list[Event]], Made], fresh: Sequence[Event]) -> Around[Event, Made] | None:
    """Judge as many of `fresh` as can be, in their order. None where nothing can be judged, whatever is left out.

    Where already the state alone can't be judged, the newest event that mends it (a wrong date moved, say) is taken.
    """
    search = _Search(judge, fresh)
    kept: list[int] = []
    if search.judged([]) is None:
        mending = next((nth for nth in reversed(range(len(fresh))) if search.judged([nth]) is not None), None)
        if mending is None:
            return None
        kept = [mending]
    kept = search.most(kept, [nth for nth in range(len(fresh)) if nth not in kept])
    made = search.judged(kept)
    return None if made is None else Around(made, [fresh[nth] for nth in range(len(fresh)) if nth not in kept])


class _Search(Generic[Event, Made]):
    """The search for the most that can be judged."""

    def __init__(self, judge: Callable[[list[Event]], Made], fresh: Sequence[Event]) -> None:
        self._judge = judge
        self._fresh = fresh

    def judged(self, kept: Sequence[int]) -> Made | None:
        """The judgement on these events; None where it fails."""
        try:
            return self._judge([self._fresh[nth] for nth in sorted(kept)])
        except Exception:  # whatever it is: the question is only whether it fails
            return None

    def most(self, kept: list[int], rest: list[int]) -> list[int]:
        """`kept` with as many of `rest` as can be judged along with it, by halves."""
        if not rest or self.judged([*kept, *rest]) is not None:
            return [*kept, *rest]
        if len(rest) == 1:
            return kept
        half = len(rest) // 2
        return self.most(self.most(kept, rest[:half]), rest[half:])


def aside_task(event: BaseModel) -> tuple[DeskTaskKind, str]:
    """What a person is told of an event that was put aside: the kind of the task, and all that the event said."""
    kind = str(getattr(event, "type", "event")).replace("_", " ")
    if kind == "client replied":
        words = str(getattr(event, "text", ""))[:LONGEST_QUOTE]
        return "reply", f'A reply could not be judged and was put aside: answer it yourselves. They wrote: "{words}"'
    said = event.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"type", "event_id"})
    listed = "; ".join(f"{name} {value}" for name, value in said.items())[:LONGEST_QUOTE]
    return "refused_event", f"Something came in that could not be judged and was put aside ({kind}): {listed}."


def aside_key(event: BaseModel) -> str:
    """What tells this event's task from others of its plan or claim."""
    return event.message_key if isinstance(event, SendOutcome) else str(getattr(event, "event_id", "event"))
