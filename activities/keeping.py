"""Keeps judgements: each is saved once, and where the records know better, what they hold is carried out.

A judgement may be asked for by a workflow that Temporal has put back, or started anew, so that its state is older than
the one in the records; or its result got lost after it was saved. Then the saved one stands: its state and its actions
are given back, and only what it hasn't heard is judged on top. Doing an action again doubles nothing: each has a key.
"""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from domain.actions import Action, SendMessage, SendOutcome
from domain.claim import ClaimState
from domain.decide_claim import ClaimDecision
from domain.kept import Kept
from domain.state import Decision, PlanState
from records.judged import HeardBefore, Judged, Newer, Saved

log = logging.getLogger("followthrough.judgement")
SAVE_WITHIN = timedelta(seconds=2)
MOST_ROUNDS = 5
"""More can't be needed: the records are ahead once, and what was heard before is left out once."""
CAME_SINCE = "something happened since"

S = TypeVar("S", PlanState, ClaimState)
D = TypeVar("D", Decision, ClaimDecision)
Answer = Saved | Newer[Any] | HeardBefore | None


@dataclass(frozen=True)
class AskedOf(Generic[S]):
    """What a judgement was asked of: the state, what came since, when, and how far the workflow was."""

    state: S
    fresh: list[Any]
    now: datetime
    run_id: str
    history_length: int


class Keeping(Generic[S, D]):
    """Saves the judgements of plans, or those of claims."""

    def __init__(
        self,
        made: type[D],
        save: Callable[[Judged[S]], Answer],
        stored: Callable[[str, list[str]], list[Any]],
        note_older: Callable[[S, datetime], None] | None = None,
    ) -> None:
        """`stored` gives the events of these ids again; `note_older` is told of records that had gone back."""
        self._made = made
        self._save = save
        self._stored = stored
        self._note_older = note_older
        self._saving = ThreadPoolExecutor(max_workers=2, thread_name_prefix="save-judgement")

    def kept(self, subject: str, asked: AskedOf[S], judge: Callable[[S, list[Any]], D | None]) -> D | None:
        """The judgement that stands. None where `judge` can make none."""
        state, fresh, still = asked.state, asked.fresh, list[Action]()
        for _ in range(MOST_ROUNDS):
            decision = judge(state, fresh)
            if decision is None:
                return None
            decision.actions = [*still, *decision.actions]
            answer = self._saved(subject, asked, state, fresh, decision)
            match answer:
                case Newer():
                    rest = self._rest(subject, fresh, answer)
                    if not rest:
                        return self._again(answer)
                    still, put_off = _put_off(answer.actions, asked.now)
                    state, fresh = answer.state, [*put_off, *rest]
                case HeardBefore():
                    fresh = [each for each in fresh if _id(each) not in answer.event_ids]
                case _:
                    return decision
        raise RuntimeError(f"{subject}: the records changed again and again while it was judged")

    def _saved(self, subject: str, asked: AskedOf[S], before: S, fresh: list[Any], decision: D) -> Answer:
        """What the records said, within two seconds; None where they didn't: the next judgement tells them."""
        ids = [event_id for each in fresh if (event_id := _id(each))]
        known = before.kept
        heard = (*known.heard, *(each for each in ids if each not in known.heard))
        decision.state.kept = Kept(token=secrets.token_hex(8), revision=known.revision, heard=heard)
        judged: Judged[Any] = Judged(
            before=before,
            state=decision.state.model_copy(),
            wake_at=decision.wake_at,
            at=asked.now,
            actions=list(decision.actions),
            over=decision.over,
            fresh=ids,
            run_id=asked.run_id,
            history_length=asked.history_length,
        )
        saving: Future[Answer] = self._saving.submit(self._save, judged)
        try:
            answer = saving.result(timeout=SAVE_WITHIN.total_seconds())
            if isinstance(answer, Saved):
                decision.saved_journal_seq = answer.journal_seq
                decision.state.kept = Kept(token=decision.state.kept.token, revision=decision.state.revision)
                if answer.older and self._note_older is not None:
                    self._note_older(judged.state, asked.now)
        except Exception as error:  # the next wake saves it; a page that lags must never stop a plan
            log.warning("view not saved", extra={"subject": subject, "error": type(error).__name__})
            return None
        return answer

    def _rest(self, subject: str, fresh: list[Any], newer: Newer[S]) -> list[Any]:
        """What the newer judgement hasn't heard. What came of messages it has: all of it was there before."""
        missed = self._stored(subject, newer.missed) if newer.missed else []
        return [*missed, *(each for each in fresh if (own := _id(each)) and own not in newer.heard)]

    def _again(self, newer: Newer[S]) -> D:
        return self._made.model_validate(
            {
                "state": newer.state,
                "actions": newer.actions,
                "wake_at": newer.wake_at,
                "over": newer.over,
                "saved_journal_seq": newer.journal_seq,
            }
        )


def _id(fresh: Any) -> str:
    """The id of an event; empty for what came of a message."""
    return "" if isinstance(fresh, SendOutcome) else fresh.event_id


def _put_off(actions: list[Action], now: datetime) -> tuple[list[Action], list[SendOutcome]]:
    """As the workflow does where something came in since: messages that it may have made untrue are judged anew."""
    waits = [each for each in actions if isinstance(each, SendMessage) and not each.safety]
    outcomes = [
        SendOutcome(
            message_key=each.message_key,
            touchpoint_key=each.touchpoint_key,
            result="deferred",
            at=now,
            until=now,
            because=CAME_SINCE,
        )
        for each in waits
    ]
    return [each for each in actions if each not in waits], outcomes
