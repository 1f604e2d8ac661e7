"""Saves states as their judgements do, for tests that care about what is saved and not about who judged."""

from datetime import datetime

from domain.claim import ClaimState
from domain.kept import Kept
from domain.state import PlanState
from records.database import Records
from records.judged import Judged, Saved
from tests.today import this_moment


def save_view(records: Records, state: PlanState, wake_at: datetime | None, **more: object) -> int:
    """The number of the last journal line that is there for good; 0 where the records hold a newer state."""
    return _line(records.save_judgement(_judged(state, wake_at, **more)))


def save_claim(records: Records, state: ClaimState, wake_at: datetime | None, **more: object) -> int:
    """As `save_view`, for a claim."""
    return _line(records.save_claim_judgement(_judged(state, wake_at, **more)))


def _judged(state, wake_at, **more):  # pyright: ignore
    before = state.model_copy(update={"revision": state.revision - 1})
    named = state.model_copy(update={"kept": state.kept if state.kept.token else Kept(token=f"r{state.revision}")})
    return Judged(before=before, state=named, wake_at=wake_at, at=this_moment(), **more)


def _line(answer: object) -> int:
    return answer.journal_seq if isinstance(answer, Saved) else 0
