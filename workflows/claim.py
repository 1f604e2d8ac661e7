"""Follows one claim from the visit that it bills until nothing more is owed.

It asks what to do, does it, and waits for the next due time or the next event, as a treatment plan does. Nudges,
deadlines and denials are decided elsewhere and recorded here. A claim that is over stays for late news: a payer may
take a payment back a year later.
"""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from workflows.judging import Judging
from workflows.steps import CALL_WITHIN, PATIENTLY, OneTimer, put_off, send_once

with workflow.unsafe.imports_passed_through():
    from activities.claims import ClaimJudge, DecideClaimInput
    from activities.escalations import Escalations
    from domain.actions import Action, AddDeskTask, CloseDeskTask, SendMessage, SendOutcome
    from domain.claim import ClaimState
    from domain.claim_acceptance import check_claim_event
    from domain.claim_events import ClaimEvent, ClaimFresh
    from domain.claim_inputs import ClaimInput
    from domain.decide_claim import ClaimDecision
    from domain.errors import EventRefused
    from domain.names import CLAIM_WORKFLOW

TRY_SENDING_AGAIN_AFTER = timedelta(minutes=5)
LATE_NEWS_FOR = timedelta(days=400)
AT_ONCE = timedelta(0)
REMEMBERED_EVENTS = 1000


@workflow.defn(name=CLAIM_WORKFLOW)
class ClaimWorkflow:
    """One claim."""

    @workflow.init
    def __init__(self, start: ClaimInput) -> None:
        self._state: ClaimState = start.state
        self._inbox: list[ClaimFresh] = list(start.inbox)
        self._seen: dict[str, None] = dict.fromkeys(start.seen)
        self._continue_after_events = start.continue_after_events
        self._timer = OneTimer()
        self._to_compare = False
        claim = start.state.claim
        self._judging = Judging[DecideClaimInput, ClaimDecision](claim.plan_id, claim.claim_id, start.failing_since)
        self._leave_at: datetime | None = None

    @workflow.run
    async def run(self, start: ClaimInput) -> None:
        """Decide, carry out, wait; until the claim is over and no late news came."""
        while True:
            decision = await self._decide()
            for action in decision.actions:
                await self._carry_out(action)
            if self._is_long():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(self._carried_over())
            if self._inbox:
                continue
            if self._may_leave(decision):
                await workflow.wait_condition(workflow.all_handlers_finished)
                if not self._inbox:
                    return
            await self._timer.wait(decision.wake_at or self._leave_at, self._is_news)

    @workflow.update
    def record(self, event: ClaimEvent) -> str:
        """Take an event in: "recorded", or "duplicate" for an id that was taken before."""
        if event.event_id in self._seen:
            return "duplicate"
        self._take(event)
        return "recorded"

    def _take(self, event: ClaimEvent) -> None:
        self._seen[event.event_id] = None
        while len(self._seen) > REMEMBERED_EVENTS:
            del self._seen[next(iter(self._seen))]
        self._inbox.append(event)

    @record.validator
    def _check(self, event: ClaimEvent) -> None:
        """Refuse what this claim can't take. A duplicate is never refused: it was taken already."""
        if event.event_id not in self._seen and (refusal := self._refusal(event)) is not None:
            raise ApplicationError(refusal, type="EventRefused", non_retryable=True)

    def _refusal(self, event: ClaimEvent) -> str | None:
        try:
            check_claim_event(self._state, event, workflow.now())
        except EventRefused as refusal:
            return str(refusal)
        except Exception:
            return None  # a state that can't be checked is failing: what comes in is kept, and may mend it
        return None

    @workflow.signal
    def look_again(self) -> None:
        """Where judging fails: try again now."""
        self._judging.look_again()

    @workflow.signal
    def hear(self, events: list[ClaimEvent]) -> None:
        """Look at the records, which may know better, and take these events in before anything else is done.

        What is refused, or is handed over besides, gets its answer by `record`.
        """
        self._to_compare = True
        for event in events:
            if event.event_id not in self._seen and self._refusal(event) is None:
                self._take(event)

    @workflow.query
    def view(self) -> ClaimState:
        """The raw state, for debugging; pages read the records."""
        return self._state

    async def _decide(self) -> ClaimDecision:
        """Ask for a judgement on what came since the last one. Events that arrive meanwhile wait for the next.

        Where nobody can judge, all of it waits until somebody can; a person was told.
        """
        judged, decision = 0, None
        self._to_compare = False
        while decision is None:
            if self._judging.since is not None:
                await self._wait_for_mending(judged)
            judged = len(self._inbox)
            info = workflow.info()
            asked = DecideClaimInput(
                state=self._state,
                fresh=self._inbox,
                now=workflow.now(),
                run_id=info.run_id,
                history_length=info.get_current_history_length(),
            )
            decision = await self._judging.judge(ClaimJudge.decide, ClaimJudge.decide_around, asked)
        self._inbox = self._inbox[judged:]
        self._state = decision.state
        self._state.journal = [line for line in self._state.journal if line.seq > decision.saved_journal_seq]
        return decision

    async def _wait_for_mending(self, judged: int) -> None:
        """Wait for news, for a worker with new code, or for the next try."""
        if self._is_long():
            await workflow.wait_condition(workflow.all_handlers_finished)
            workflow.continue_as_new(self._carried_over())
        await self._judging.wait(self._timer, lambda: len(self._inbox) > judged)

    async def _carry_out(self, action: Action) -> None:
        match action:
            case SendMessage():
                await self._send(action)
            case CloseDeskTask():
                await workflow.execute_activity_method(
                    Escalations.close_desk_task, action, start_to_close_timeout=CALL_WITHIN, retry_policy=PATIENTLY
                )
            case AddDeskTask():
                await workflow.execute_activity_method(
                    Escalations.add_desk_task, action, start_to_close_timeout=CALL_WITHIN, retry_policy=PATIENTLY
                )
            case _:
                raise ApplicationError(f"a claim can't {action.type}", non_retryable=True)

    async def _send(self, message: SendMessage) -> None:
        """Send once, unless something happened since the judgement, which may have made the message untrue."""
        if any(not isinstance(fresh, SendOutcome) for fresh in self._inbox):
            self._inbox.append(put_off(message, AT_ONCE, "something happened since"))
            return
        outcome = await send_once(message, TRY_SENDING_AGAIN_AFTER)
        if outcome.result != "accepted":
            self._inbox.append(outcome)

    def _may_leave(self, decision: ClaimDecision) -> bool:
        """Whether the claim is over and its time for late news has passed."""
        if not decision.over:
            self._leave_at = None
            return False
        self._leave_at = self._leave_at or workflow.now() + LATE_NEWS_FOR
        return workflow.now() >= self._leave_at

    def _is_news(self) -> bool:
        return bool(self._inbox) or self._to_compare

    def _is_long(self) -> bool:
        info = workflow.info()
        return info.is_continue_as_new_suggested() or info.get_current_history_length() >= self._continue_after_events

    def _carried_over(self) -> ClaimInput:
        return ClaimInput(
            state=self._state,
            inbox=self._inbox,
            seen=list(self._seen),
            continue_after_events=self._continue_after_events,
            failing_since=self._judging.since,
        )
