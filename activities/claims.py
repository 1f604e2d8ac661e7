"""Opens claims, and judges them: `decide_claim` as a local activity, worded, with the view saved for the pages."""

import asyncio
import logging
from concurrent.futures import Future, ThreadPoolExecutor

from pydantic import AwareDatetime, BaseModel
from temporalio import activity

from activities.judgement import SAVE_WITHIN
from activities.start import WorkflowStarter
from domain.actions import AddDeskTask, SendMessage
from domain.claim import ClaimState, new_claim
from domain.claim_events import ClaimFresh
from domain.claim_inputs import ClaimInput, ClaimOpening
from domain.decide_claim import ClaimDecision, decide_claim
from domain.judge_around import aside_key, aside_task, judge_around
from domain.names import claim_prefix
from domain.wording import Wording
from records.database import Records

log = logging.getLogger("followthrough.claims")


class DecideClaimInput(BaseModel):
    """What `decide_claim` is asked: the state, what came since, and the workflow's time."""

    state: ClaimState
    fresh: list[ClaimFresh]
    now: AwareDatetime


class ClaimJudge:
    """Decides for claims. `public_url` is where staff links lead."""

    def __init__(self, records: Records, wording: Wording, public_url: str) -> None:
        self._records = records
        self._wording = wording
        self._public_url = public_url
        self._saving = ThreadPoolExecutor(max_workers=2, thread_name_prefix="save-claim")

    @activity.defn(name="decide_claim")
    def decide(self, asked: DecideClaimInput) -> ClaimDecision:
        """Judge, put the messages into words, and try once to save the view. A failed save changes nothing."""
        decision = self._judged(asked, asked.fresh)
        decision.saved_journal_seq = self._save(decision)
        return decision

    @activity.defn(name="decide_claim_around")
    def decide_around(self, asked: DecideClaimInput) -> ClaimDecision | None:
        """Where `decide` fails: judge what can be judged, and give what can't to a person. None: nothing can be."""
        found = judge_around(lambda fresh: self._judged(asked, fresh), asked.fresh)
        if found is None:
            return None
        decision, claim = found.made, asked.state.claim
        for event in found.aside:
            log.error("an event was put aside", extra={"claim_id": claim.claim_id, "kind": event.type})
            _, text = aside_task(event)
            key = f"{claim_prefix(claim.claim_id)}:aside:{aside_key(event)}"
            task = AddDeskTask(key=key, plan_id=claim.plan_id, kind="claim", text=text, at=asked.now)
            decision.actions.append(task)
        decision.saved_journal_seq = self._save(decision)
        return decision

    def _judged(self, asked: DecideClaimInput, fresh: list[ClaimFresh]) -> ClaimDecision:
        decision = decide_claim(asked.state, fresh, asked.now)
        decision.actions = [
            self._worded(action, decision.state.claim_id) if isinstance(action, SendMessage) else action
            for action in decision.actions
        ]
        return decision

    def _worded(self, message: SendMessage, claim_id: str) -> SendMessage:
        facts = {"url": f"{self._public_url}/claims/{claim_id}", **message.facts}
        words = self._wording.render(
            message.template, language=message.language, channel=message.channel, facts=facts, zone=message.time_zone
        )
        return message.model_copy(update={"text": words.text, "subject": words.subject, "facts": {}})

    def _save(self, decision: ClaimDecision) -> int:
        saving: Future[int] = self._saving.submit(self._records.save_claim, decision.state, decision.wake_at)
        try:
            return saving.result(timeout=SAVE_WITHIN.total_seconds())
        except Exception as error:  # the next wake saves it; a page that lags must never stop a claim
            claim_id = decision.state.claim_id
            log.warning("view not saved", extra={"claim_id": claim_id, "error": type(error).__name__})
            return 0


class Claims:
    """Opening a claim twice opens it once: row and workflow have the claim's id."""

    def __init__(self, records: Records, starter: WorkflowStarter) -> None:
        self._records = records
        self._starter = starter

    @activity.defn(name="open_claim")
    async def open(self, opening: ClaimOpening) -> None:
        """Write the claim down, then start the workflow that follows it."""
        at = activity.info().current_attempt_scheduled_time
        opened = opening.opened
        state = new_claim(opened.claim, opened.payer, opening.practice, opened.therapist, opened.client, at)
        await asyncio.to_thread(self._records.add_claim, state, at)
        await self._starter.start_claim(ClaimInput(state=state))
        await asyncio.to_thread(self._records.claim_started, state.claim_id, at)
