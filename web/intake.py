"""Takes facts in: writes each down once, then hands it to the workflow that it is about.

Used by the API, the webhooks, the phone page, `simulate` and the sweep. What is written down and not handed over is
handed over later by `sweep`; nothing is lost while Temporal is away.
"""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from pydantic import TypeAdapter
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.emergencies import Emergencies
from activities.hand_over import HandOver, Taken
from activities.start import WorkflowStarter
from domain.acceptance import check_decision
from domain.carrier import carrier_confirms_stop
from domain.claim_events import OutsideClaimEvent
from domain.client import Channel
from domain.errors import OTHER_CONTENT, AlreadyDecided, NothingToUndo
from domain.escalation import Decided, DecisionBody, Escalation
from domain.events import CalendarAnswer, Event
from domain.happened import same_content
from domain.incoming import Incoming
from domain.names import escalation_workflow_id
from domain.opted_out import warnings_of
from domain.plan import TreatmentPlan
from domain.policy import Practice
from domain.staff_events import ConsentWithdrawn
from domain.state import PlanState, new_state
from domain.workflow_inputs import PlanInput
from providers.base import KeepsInbound, OptOutType
from records.database import Records
from records.plan_requests import Answered, OtherBody, PlanRequest
from records.reports import Reported
from records.views import StoredEvent
from web.claim_intake import ClaimIntake, UnknownClaim
from web.other_plans import tell_other_plans
from web.polling import lost_texts
from web.reply_intake import ReplyIntake
from web.staff_answers import StaffAnswers, TemporalAway

__all__ = [
    "Enrolled",
    "Intake",
    "OtherBody",
    "PlanExists",
    "PlanRequest",
    "Taken",
    "TemporalAway",
    "UnknownClaim",
    "UnknownPlan",
]

log = logging.getLogger("followthrough.intake")
ANSWER_WITHIN = timedelta(seconds=5)
HAND_OVER_AFTER = timedelta(seconds=10)
"""The sweep leaves younger events to the request that brought them."""


class UnknownPlan(LookupError):
    """No plan has this id."""


class PlanExists(Exception):
    """A plan of this id is on record already; nothing was changed."""


@dataclass(frozen=True)
class Enrolled:
    """A plan that was taken in; `stored` means that its workflow starts as soon as Temporal answers."""

    plan_id: str
    outcome: Literal["recorded", "stored"]
    warnings: list[str] = field(default_factory=list[str])


_ENROLLED: TypeAdapter[Enrolled] = TypeAdapter(Enrolled)


class Intake:
    """The one way in for facts from outside."""

    def __init__(
        self,
        records: Records,
        temporal: Client,
        starter: WorkflowStarter,
        practice: Practice,
        clock: Callable[[], Awaitable[datetime]] | None = None,
        emergencies: Emergencies | None = None,
    ) -> None:
        """Times come from the database's clock, whatever this machine's says; `simulate` has a virtual one.

        `emergencies` answers words of danger at once; by default plans do, as soon as they can.
        """
        self._records = records
        self._temporal = temporal
        self._starter = starter
        self._practice = practice
        self._clock = clock or partial(asyncio.to_thread, records.now)
        self._hand_over = HandOver(records, temporal)
        staff = StaffAnswers(records, temporal, self.decide)
        self._replies = ReplyIntake(records, starter, practice, staff, emergencies)
        self._claims = ClaimIntake(records, temporal, starter, practice, self._clock)

    async def enroll(self, plan: TreatmentPlan, request: PlanRequest | None = None) -> Enrolled:
        """Write the plan down, then start its workflow. Raises PlanExists.

        With a `request` that carries a key of its sender's, the same one again makes no second plan and gets the first
        one's answer. Raises OtherBody where the key stands for another request.
        """
        now = await self._clock()
        state = new_state(plan.plan_id or f"p{uuid.uuid4().hex[:16]}", plan, self._practice, now)
        if request is None:
            new = await asyncio.to_thread(self._records.add_plan, state, now)
        else:
            new = await asyncio.to_thread(self._records.add_plan_once, state, now, request)
        if isinstance(new, Answered):
            return await self._answered(new, plan, now)
        if not new:
            raise PlanExists(f"a plan with the id {state.plan_id} exists already")
        enrolled = await self._enrolled(state, now)
        if request is not None:
            answer = _ENROLLED.dump_json(enrolled).decode()
            await asyncio.to_thread(self._records.keep_answer, request, state.plan_id, answer)
        return enrolled

    async def _enrolled(self, state: PlanState, now: datetime) -> Enrolled:
        opted_out = await asyncio.to_thread(self._records.opted_out_of, state.plan.client)
        started = await self._start(state, now)
        warnings = [*state.plan.warnings(), *warnings_of(opted_out)]
        return Enrolled(state.plan_id, "recorded" if started else "stored", warnings)

    async def _answered(self, before: Answered, plan: TreatmentPlan, now: datetime) -> Enrolled:
        """The first answer; whoever died before it was kept, or is at it now, is helped along."""
        if before.answer is not None:
            return _ENROLLED.validate_json(before.answer)
        view = await asyncio.to_thread(self._records.plan, before.plan_id)
        if view is None:
            raise PlanExists("the plan that was enrolled under this key was erased")
        return await self._enrolled(view.state, now)

    async def _start(self, state: PlanState, now: datetime) -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
                await self._starter.start_plan(PlanInput(state=state))
        except (RPCError, TimeoutError):
            return False
        await asyncio.to_thread(self._records.plan_started, state.plan_id, now)
        return True

    async def take_event(self, plan_id: str, event: Event) -> Taken:
        """Store the event under its id, then hand it over. The same id twice counts once. Raises UnknownPlan."""
        now = await self._clock()
        if await asyncio.to_thread(self._records.plan, plan_id) is None:
            raise UnknownPlan(f"no plan has the id {plan_id}")
        if isinstance(event, ConsentWithdrawn):
            return await self._withdraw(plan_id, event, now)
        stored = await asyncio.to_thread(self._records.add_event, plan_id, event, now)
        if not same_content(stored.event, event):
            return Taken("refused", OTHER_CONTENT)
        if stored.outcome == "refused":
            return Taken("refused", stored.because)
        if stored.outcome == "recorded":
            return Taken("duplicate")
        taken = await self._hand_over.hand_over(plan_id, stored.event, now)
        if taken.outcome != "refused":
            await tell_other_plans(self._records, self._hand_over, plan_id, event, now)
        return Taken("duplicate") if taken.outcome == "recorded" and not stored.new else taken

    async def _withdraw(self, plan_id: str, event: ConsentWithdrawn, now: datetime) -> Taken:
        """It counts from here on, whatever the plan's workflow says or whether it can be reached."""
        kept = await asyncio.to_thread(self._records.withdraw_consent, plan_id, event, now)
        if not same_content(kept[0].event, event):
            return Taken("refused", OTHER_CONTENT)
        await self.hand_over_reply(kept)
        return Taken("recorded" if kept[0].new else "duplicate")

    async def take_claim_event(self, claim_id: str, event: OutsideClaimEvent) -> Taken:
        """Tell a claim what happened, as `take_event` tells a plan. Raises UnknownClaim."""
        return await self._claims.take(claim_id, event)

    async def take_reply(
        self,
        provider_id: str,
        channel: Channel,
        from_address: str,
        text: str,
        *,
        plan_id: str | None = None,
        trusted: bool = True,
        carrier_answered: bool = False,
        opt_out_type: OptOutType | None = None,
    ) -> list[str]:
        """`store_reply`, then `hand_over_reply`. Returns the ids of the plans that got it."""
        kept = await self.store_reply(
            provider_id,
            channel,
            from_address,
            text,
            plan_id=plan_id,
            trusted=trusted,
            carrier_answered=carrier_answered,
            opt_out_type=opt_out_type,
        )
        await self.hand_over_reply(kept)
        return [stored.plan_id for stored in kept]

    async def store_reply(
        self,
        provider_id: str,
        channel: Channel,
        from_address: str,
        text: str,
        *,
        plan_id: str | None = None,
        trusted: bool = True,
        carrier_answered: bool = False,
        opt_out_type: OptOutType | None = None,
        calendar: CalendarAnswer | None = None,
        automatic: bool = False,
        at: datetime | None = None,
    ) -> list[StoredEvent]:
        """Write down what a client wrote and obey an opt-out, before any workflow is woken.

        `plan_id` is the plan that the conversation's token names. `trusted` is False for a mail whose sender may be
        somebody else: of it only an opt-out and a possible emergency are acted on. `carrier_answered` says that the
        carrier has answered the sender itself, `opt_out_type` what the carrier took the text for, `at` when they wrote,
        where it wasn't just now. `calendar` is a calendar's answer; `automatic` says that a machine wrote it.
        """
        now = await self._clock()
        reply = Incoming(
            provider_id=provider_id,
            channel=channel,
            from_address=from_address,
            text=text,
            at=min(at or now, now),
            plan_id=plan_id,
            trusted=trusted,
            # The local phone has no carrier: there HELP is answered by us, but a keyword's confirmation is not played.
            carrier_answered=carrier_answered or (channel == "sms" and carrier_confirms_stop(text)),
            carrier_said=opt_out_type,
            calendar=calendar,
            automatic=automatic,
        )
        return await self._replies.store(reply, now)

    async def hand_over_reply(self, kept: list[StoredEvent]) -> None:
        """Give a stored reply to its plans. What doesn't arrive now is handed over by the sweep."""
        await self._replies.emergencies_carried_out(within=ANSWER_WITHIN)
        now = await self._clock()
        for stored in kept:
            if stored.outcome is None:
                await self._hand_over.hand_over(stored.plan_id, stored.event, now)

    async def take_delivery(self, message_id: str, status: str, cause: str) -> bool:
        """`store_delivery`, then the plan hears of a failure. True if the report told anything new."""
        reported = await self.store_delivery(message_id, status, cause)
        await self.hand_over_reply([reported.event] if reported.event else [])
        return reported.moved

    async def store_delivery(
        self, message_id: str, status: str, cause: str, provider_id: str | None = None
    ) -> Reported:
        """Write down a provider's report on a message. One on a message that we don't know changes nothing."""
        word = {"queued": "sent", "sending": "sent", "read": "delivered"}.get(status, status)
        if word not in ("sent", "delivered", "undelivered", "failed"):
            return Reported(moved=False)
        now = await self._clock()
        return await asyncio.to_thread(self._records.take_report, message_id, word, now, cause, provider_id)

    async def poll(self, provider: KeepsInbound, *, hand_over: bool = True) -> int:
        """Take in the texts that the provider has and we don't. Returns how many. Raises DeliveryError.

        Without `hand_over` they are stored, and opt-outs obeyed; the sweep hands them over.
        """
        missed, found = await lost_texts(self._records, provider, await self._clock(), self.store_reply)
        await self.hand_over_reply(found if hand_over else [])
        return missed

    async def decide(self, escalation_id: str, body: DecisionBody) -> Decided:
        """Give the one answer. Raises AlreadyDecided, EventRefused (changes that make no plan), LookupError."""
        view = await asyncio.to_thread(self._records.escalation, escalation_id)
        if view is None:
            raise LookupError(f"no escalation has the id {escalation_id}")
        if view.status != "open" and view.settled_at is not None:  # until then only its workflow knows
            raise AlreadyDecided(_who_decided(view.decided))
        await self._check(view.escalation, body)
        handle = self._temporal.get_workflow_handle(escalation_workflow_id(escalation_id))
        try:
            async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
                decided = await handle.execute_update("decide", body, id=uuid.uuid4().hex, result_type=Decided)
            await asyncio.to_thread(self._records.note_decision, decided)  # pages show it before it is final
            return decided
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            if isinstance(cause, ApplicationError) and cause.type == "AlreadyDecided":
                for first in cause.details[:1]:  # whoever gave it may not have written it down yet
                    await asyncio.to_thread(self._records.note_decision, Decided.model_validate(first))
                raise AlreadyDecided(cause.message) from error
            raise
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise TemporalAway("the decision could not be taken now; try again in a minute") from error
            view = await asyncio.to_thread(self._records.escalation, escalation_id)
            if view is None or view.status == "open":  # written down, and its workflow starts in a moment
                raise TemporalAway("the decision could not be taken now; try again in a minute") from error
            raise AlreadyDecided(_who_decided(view.decided)) from error
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise TemporalAway("the decision could not be taken now; try again in a minute") from error

    async def undo(self, escalation_id: str, by: str) -> None:
        """Take the answer back while nothing follows from it. Raises NothingToUndo, TemporalAway."""
        handle = self._temporal.get_workflow_handle(escalation_workflow_id(escalation_id))
        try:
            async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
                await handle.execute_update("undo", by, id=uuid.uuid4().hex)
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            if isinstance(cause, ApplicationError) and cause.type == "NothingToUndo":
                raise NothingToUndo(cause.message) from error
            raise
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND:
                raise NothingToUndo("the decision is being carried out already") from error
            raise TemporalAway("the decision could not be taken back now; try again") from error
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise TemporalAway("the decision could not be taken back now; try again") from error
        await asyncio.to_thread(self._records.reopen_escalation, escalation_id)

    async def _check(self, escalation: Escalation, body: DecisionBody) -> None:
        view = await asyncio.to_thread(self._records.plan, escalation.plan_id)
        if view is not None:
            check_decision(view.state, escalation.kind, body.choice, body.changes)

    async def sweep(self) -> int:
        """Start what wasn't started and hand over what wasn't handed over; returns how many events went."""
        now = await self._clock()
        await asyncio.to_thread(self._records.bring_back, now)
        for state in await asyncio.to_thread(self._records.plans_to_start):
            await self._start(state, now)
        await self._replies.sweep(now)
        waiting = await asyncio.to_thread(self._records.events_to_hand_over, now - HAND_OVER_AFTER)
        for stored in waiting:
            await self._hand_over.hand_over(stored.plan_id, stored.event, now, late=True)
        return len(waiting) + await self._claims.sweep(now, now - HAND_OVER_AFTER)


def _who_decided(decided: Decided | None) -> str:
    if decided is None:
        return "the question was withdrawn"
    return (
        f"{decided.decision.by} decided {decided.decision.choice} at {decided.decided_at.isoformat(timespec='seconds')}"
    )
