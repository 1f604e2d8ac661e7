"""Opens claims, and judges them: `decide_claim` as a local activity, worded, with the view saved for the pages."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from pydantic import AwareDatetime, BaseModel
from temporalio import activity

from activities.keeping import AskedOf, Keeping
from activities.start import WorkflowStarter
from domain.actions import AddDeskTask, SendMessage
from domain.claim import ClaimState, new_claim
from domain.claim_events import ClaimEvent, ClaimFresh
from domain.claim_inputs import ClaimInput, ClaimOpening
from domain.decide_claim import ClaimDecision, decide_claim
from domain.judge_around import aside_key, aside_task, judge_around
from domain.names import claim_prefix
from domain.wording import Wording
from records.database import Records

log = logging.getLogger("followthrough.claims")


class DecideClaimInput(BaseModel):
    """What `decide_claim` is asked: the state, what came since, the time, and how far the workflow is in Temporal."""

    state: ClaimState
    fresh: list[ClaimFresh]
    now: AwareDatetime
    run_id: str = ""
    history_length: int = 0


class ClaimJudge:
    """Decides for claims. `public_url` is where staff links lead."""

    def __init__(self, records: Records, wording: Wording, public_url: str) -> None:
        self._records = records
        self._wording = wording
        self._public_url = public_url
        self._keeping: Keeping[ClaimState, ClaimDecision] = Keeping(
            ClaimDecision, records.save_claim_judgement, self._stored
        )

    @activity.defn(name="decide_claim")
    def decide(self, asked: DecideClaimInput) -> ClaimDecision:
        """Judge, put the messages into words, and try once to save it all, as `decide` does for plans."""
        decision = self._kept(asked, lambda state, fresh: self._judged(state, fresh, asked.now))
        if decision is None:
            raise RuntimeError("a judgement is always made")
        return decision

    @activity.defn(name="decide_claim_around")
    def decide_around(self, asked: DecideClaimInput) -> ClaimDecision | None:
        """Where `decide` fails: judge what can be judged, and give what can't to a person. None: nothing can be."""
        return self._kept(asked, lambda state, fresh: self._judged_around(state, fresh, asked.now))

    def _kept(
        self, asked: DecideClaimInput, judge: Callable[[ClaimState, list[ClaimFresh]], ClaimDecision | None]
    ) -> ClaimDecision | None:
        of = AskedOf(asked.state, list(asked.fresh), asked.now, asked.run_id, asked.history_length)
        return self._keeping.kept(asked.state.claim_id, of, judge)

    def _judged_around(self, state: ClaimState, fresh: list[ClaimFresh], now: datetime) -> ClaimDecision | None:
        found = judge_around(lambda some: self._judged(state, some, now), fresh)
        if found is None:
            return None
        decision, claim = found.made, state.claim
        for event in found.aside:
            log.error("an event was put aside", extra={"claim_id": claim.claim_id, "kind": event.type})
            _, text = aside_task(event)
            key = f"{claim_prefix(claim.claim_id)}:aside:{aside_key(event)}"
            decision.actions.append(AddDeskTask(key=key, plan_id=claim.plan_id, kind="claim", text=text, at=now))
        return decision

    def _judged(self, state: ClaimState, fresh: list[ClaimFresh], now: datetime) -> ClaimDecision:
        decision = decide_claim(state, fresh, now)
        decision.actions = [
            self._worded(action, decision.state.claim_id) if isinstance(action, SendMessage) else action
            for action in decision.actions
        ]
        return decision

    def _stored(self, claim_id: str, event_ids: list[str]) -> list[ClaimEvent]:
        return [each.event for each in self._records.events_of_claim(claim_id) if each.event.event_id in event_ids]

    def _worded(self, message: SendMessage, claim_id: str) -> SendMessage:
        facts = {"url": f"{self._public_url}/claims/{claim_id}", **message.facts}
        words = self._wording.render(
            message.template, language=message.language, channel=message.channel, facts=facts, zone=message.time_zone
        )
        return message.model_copy(update={"text": words.text, "subject": words.subject, "facts": {}})


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
        if not await asyncio.to_thread(self._records.add_claim, state, at):
            await self._open_again(state.claim_id, at)
            return
        await self._starter.start_claim(ClaimInput(state=state))
        await asyncio.to_thread(self._records.claim_started, state.claim_id, at)

    async def _open_again(self, claim_id: str, at: datetime) -> None:
        """One that is on record may have come far, and its workflow may be lost: it starts from where it was."""
        start = await asyncio.to_thread(self._records.claim_to_go_on, claim_id)
        if start is not None:
            await self._starter.start_claim(ClaimInput(state=start))
            await asyncio.to_thread(self._records.claim_started, claim_id, at)
