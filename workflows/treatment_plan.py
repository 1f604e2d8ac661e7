"""Follows one treatment plan from enrolment to discharge.

It asks what to do, does it, and waits for the next due time or the next event. What there is to do is decided
elsewhere and recorded here, so this file knows nothing about clients, visits or goals.
"""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from workflows.judging import Judging
from workflows.steps import OneTimer, call, put_off, send_once

with workflow.unsafe.imports_passed_through():
    from activities.claims import Claims
    from activities.escalations import Escalations
    from activities.judgement import DecideInput, Judge
    from domain.acceptance import check_event
    from domain.actions import (
        Action,
        AddDeskTask,
        CloseDeskTask,
        OpenClaim,
        OpenEscalation,
        SendMessage,
        SendOutcome,
        WithdrawEscalation,
    )
    from domain.claim_inputs import ClaimOpening
    from domain.errors import EventRefused
    from domain.events import Event
    from domain.names import TREATMENT_PLAN_WORKFLOW
    from domain.state import Decision, PlanState
    from domain.urgency import queue_for
    from domain.workflow_inputs import EscalationInput, Fresh, PlanInput

TRY_SENDING_AGAIN_AFTER = timedelta(minutes=5)
AT_ONCE = timedelta(0)
REMEMBERED_EVENTS = 1000


@workflow.defn(name=TREATMENT_PLAN_WORKFLOW)
class TreatmentPlanWorkflow:
    """One treatment plan."""

    @workflow.init
    def __init__(self, start: PlanInput) -> None:
        self._state: PlanState = start.state
        self._inbox: list[Fresh] = list(start.inbox)
        self._seen: dict[str, None] = dict.fromkeys(start.seen)
        self._continue_after_events = start.continue_after_events
        self._timer = OneTimer()
        self._to_compare = False
        self._judging = Judging[DecideInput, Decision](start.state.plan_id, None, start.failing_since)

    @workflow.run
    async def run(self, start: PlanInput) -> None:
        """Decide, carry out, wait; until the plan has ended and owes nothing any more."""
        while True:
            decision = await self._decide()
            queue = queue_for(decision.actions)
            for action in decision.actions:
                if isinstance(action, SendMessage) and not action.safety and self._something_happened():
                    self._inbox.append(put_off(action, AT_ONCE, "something happened since"))
                else:
                    await self._carry_out(action, queue)
            if decision.over and not self._inbox:
                await workflow.wait_condition(workflow.all_handlers_finished)
                if not self._inbox:
                    return
            if self._is_long():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(self._carried_over())
            if not self._inbox:
                await self._timer.wait(decision.wake_at, self._is_news)

    @workflow.update
    def record(self, event: Event) -> str:
        """Take an event in: "recorded", or "duplicate" for an id that was taken before."""
        if event.event_id in self._seen:
            return "duplicate"
        self._take(event)
        return "recorded"

    def _take(self, event: Event) -> None:
        self._seen[event.event_id] = None
        while len(self._seen) > REMEMBERED_EVENTS:
            del self._seen[next(iter(self._seen))]
        self._inbox.append(event)

    @record.validator
    def _check(self, event: Event) -> None:
        """Refuse what this plan can't take. A duplicate is never refused: it was taken already."""
        if event.event_id not in self._seen and (refusal := self._refusal(event)) is not None:
            raise ApplicationError(refusal, type="EventRefused", non_retryable=True)

    def _refusal(self, event: Event) -> str | None:
        try:
            check_event(self._state, event, workflow.now(), self._inbox)
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
    def hear(self, events: list[Event]) -> None:
        """Look at the records, which may know better, and take these events in before anything else is done.

        What is refused, or is handed over besides, gets its answer by `record`.
        """
        self._to_compare = True
        for event in events:
            if event.event_id not in self._seen and self._refusal(event) is None:
                self._take(event)

    @workflow.query
    def view(self) -> PlanState:
        """The raw state, for debugging; pages read the records."""
        return self._state

    async def _decide(self) -> Decision:
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
            asked = DecideInput(
                state=self._state,
                fresh=self._inbox,
                now=workflow.now(),
                run_id=info.run_id,
                history_length=info.get_current_history_length(),
            )
            decision = await self._judging.judge(Judge.decide, Judge.decide_around, asked)
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

    def _something_happened(self) -> bool:
        """Whether an event came in since the judgement, which may have made a message untrue."""
        return any(not isinstance(fresh, SendOutcome) for fresh in self._inbox)

    async def _carry_out(self, action: Action, queue: str) -> None:
        match action:
            case SendMessage():
                await self._send(action, queue)
            case OpenEscalation():
                asked = EscalationInput(escalation=action.escalation, practice=self._state.practice)
                await call(Escalations.open, asked, queue)
            case OpenClaim():
                opening = ClaimOpening(opened=action, practice=self._state.practice)
                await call(Claims.open, opening, queue)
            case WithdrawEscalation():
                await call(Escalations.withdraw, action, queue)
            case CloseDeskTask():
                await call(Escalations.close_desk_task, action, queue)
            case AddDeskTask():
                await call(Escalations.add_desk_task, action, queue)

    async def _send(self, message: SendMessage, queue: str) -> None:
        """Send once. Only an outcome that asks for something goes to the next judgement at once."""
        outcome = await send_once(message, TRY_SENDING_AGAIN_AFTER, queue)
        if outcome.result != "accepted":
            self._inbox.append(outcome)

    def _is_news(self) -> bool:
        return bool(self._inbox) or self._to_compare

    def _is_long(self) -> bool:
        info = workflow.info()
        return info.is_continue_as_new_suggested() or info.get_current_history_length() >= self._continue_after_events

    def _carried_over(self) -> PlanInput:
        return PlanInput(
            state=self._state,
            inbox=self._inbox,
            seen=list(self._seen),
            continue_after_events=self._continue_after_events,
            failing_since=self._judging.since,
        )
