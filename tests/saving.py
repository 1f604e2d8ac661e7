"""Saves states as their judgements do, for tests that care about what is saved and not about who judged."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from domain.actions import Action
from domain.claim import ClaimState
from domain.kept import Kept
from domain.state import PlanState
from records.database import Records
from records.judged import HeardBefore, Judged, Newer, Saved
from tests.today import this_moment

S = TypeVar("S", PlanState, ClaimState)


def save_view(records: Records, state: PlanState, wake_at: datetime | None, actions: Sequence[Action] = ()) -> int:
    """The number of the last journal line that is there for good; 0 where the records hold a newer state."""
    return _line(records.save_judgement(judged(state, wake_at, actions)))


def save_claim(records: Records, state: ClaimState, wake_at: datetime | None) -> int:
    """As `save_view`, for a claim."""
    return _line(records.save_claim_judgement(judged(state, wake_at)))


def judged(
    state: S,
    wake_at: datetime | None = None,
    actions: Sequence[Action] = (),
    *,
    before: S | None = None,
    fresh: Sequence[str] = (),
    over: bool = False,
) -> Judged[S]:
    """A judgement that made this state, by default out of one that was a revision behind and saved."""
    earlier = before or state.model_copy(update={"revision": max(state.revision - 1, 0)})
    heard = (*earlier.kept.heard, *fresh)
    token = state.kept.token or f"r{state.revision}"
    named = state.model_copy(update={"kept": Kept(token=token, revision=earlier.kept.revision, heard=heard)})
    return Judged(
        before=earlier,
        state=named,
        wake_at=wake_at,
        at=this_moment(),
        actions=list(actions),
        over=over,
        fresh=list(fresh),
    )


def _line(answer: Saved | Newer[PlanState] | Newer[ClaimState] | HeardBefore) -> int:
    return answer.journal_seq if isinstance(answer, Saved) else 0
