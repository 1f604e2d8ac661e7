"""Takes in what happens to claims: writes each fact down once, then hands it to the claim's workflow."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from temporalio.client import Client
from temporalio.service import RPCError

from activities.claim_hand_over import ClaimHandOver
from activities.hand_over import Taken
from activities.start import WorkflowStarter
from domain.billed import Claim
from domain.claim import ClaimState, new_claim
from domain.claim_acceptance import check_opening
from domain.claim_events import ClaimCorrected, ClaimOpened, ClaimSubmitted, OutsideClaimEvent
from domain.claim_inputs import ClaimInput
from domain.errors import OTHER_CONTENT, EventRefused
from domain.happened import same_content
from domain.policy import Practice
from records.claim_events import NumberTaken
from records.database import Records
from records.views import PlanView

START_WITHIN = timedelta(seconds=5)


OTHER_CLAIM = "This id belongs to another claim already; open the new one under an id of its own."


class UnknownClaim(LookupError):
    """No claim has this id."""


class ClaimIntake:
    """The one way in for facts about claims."""

    def __init__(
        self,
        records: Records,
        temporal: Client,
        starter: WorkflowStarter,
        practice: Practice,
        clock: Callable[[], Awaitable[datetime]],
    ) -> None:
        self._records = records
        self._starter = starter
        self._practice = practice
        self._clock = clock
        self._hand_over = ClaimHandOver(records, temporal)

    async def take(self, claim_id: str, event: OutsideClaimEvent) -> Taken:
        """Store the event under its id, then hand it over. The same id twice counts once. Raises UnknownClaim.

        `claim_opened` begins to follow a claim that no plan opened; it is refused where its plan or payer is unknown.
        """
        now = await self._clock()
        if isinstance(event, ClaimOpened):
            return await self._open(claim_id, event, now)
        if await asyncio.to_thread(self._records.claim, claim_id) is None:
            raise UnknownClaim(f"no claim has the id {claim_id}")
        if isinstance(event, ClaimSubmitted | ClaimCorrected) and event.number:
            try:
                await asyncio.to_thread(self._records.check_number, claim_id, event.number)
            except NumberTaken as taken:
                return Taken("refused", _number_taken(taken))
        stored = await asyncio.to_thread(self._records.add_claim_event, claim_id, event, now)
        if not same_content(stored.event, event):
            return Taken("refused", OTHER_CONTENT)
        if stored.outcome == "refused":
            return Taken("refused", stored.because)
        if stored.outcome == "recorded":
            return Taken("duplicate")
        taken = await self._hand_over.hand_over(claim_id, stored.event, now)
        return Taken("duplicate") if taken.outcome == "recorded" and not stored.new else taken

    async def sweep(self, now: datetime, before: datetime) -> int:
        """Start what wasn't started and hand over what came before that time; returns how many events went."""
        for state in await asyncio.to_thread(self._records.claims_to_start):
            await self._start(state, now)
        waiting = await asyncio.to_thread(self._records.claim_events_to_hand_over, before)
        for stored in waiting:
            await self._hand_over.hand_over(stored.claim_id, stored.event, now, late=True)
        return len(waiting)

    async def _open(self, claim_id: str, event: ClaimOpened, now: datetime) -> Taken:
        plan = await asyncio.to_thread(self._records.plan, event.plan_id)
        try:
            check_opening(event, now, self._practice.time_zone)
            state = _claim_of(claim_id, event, plan, self._practice, now)
            stored = await asyncio.to_thread(self._records.open_claim, state, event, now)
        except EventRefused as refusal:
            return Taken("refused", str(refusal))
        except NumberTaken as taken:
            return Taken("refused", _number_taken(taken))
        if not same_content(stored.event, event):
            return Taken("refused", OTHER_CLAIM)
        if not stored.new:
            return Taken("duplicate")
        return Taken("recorded" if await self._start(state, now) else "stored")

    async def _start(self, state: ClaimState, now: datetime) -> bool:
        try:
            async with asyncio.timeout(START_WITHIN.total_seconds()):
                await self._starter.start_claim(ClaimInput(state=state))
        except (RPCError, TimeoutError):
            return False
        await asyncio.to_thread(self._records.claim_started, state.claim_id, now)
        return True


def _number_taken(taken: NumberTaken) -> str:
    return f"number is that of claim {taken.claim_id} already, and remittances name claims by it; write another"


def _claim_of(
    claim_id: str, event: ClaimOpened, plan: PlanView | None, practice: Practice, now: datetime
) -> ClaimState:
    if plan is None:
        raise EventRefused(f"plan_id: there is no plan {event.plan_id}; enrol the plan first")
    payer_id = event.payer or plan.state.plan.coverage.payer or ""
    payer = practice.payer(payer_id)
    if payer is None:
        known = ", ".join(one.id for one in practice.payers) or "none yet"
        raise EventRefused(f"payer: '{payer_id}' is no payer of the practice file; its payers are: {known}")
    claim = Claim(
        claim_id=claim_id,
        plan_id=event.plan_id,
        number=event.number,
        payer_id=payer.id,
        service_date=event.service_date,
        lines=event.lines,
        charge=event.charge,
        filed_by=event.filed_by,
    )
    return new_claim(claim, payer, practice, plan.state.plan.therapist, plan.state.plan.client, now)
