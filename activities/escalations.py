"""Opens, withdraws and settles questions to people, and puts tasks on the front desk's list."""

import asyncio

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.hand_over import HandOver
from activities.start import WorkflowStarter
from domain.actions import AddDeskTask, CloseDeskTask, WithdrawEscalation
from domain.events import DecisionMade
from domain.names import escalation_workflow_id
from domain.workflow_inputs import EscalationInput, Settled
from records.database import Records


class Escalations:
    """Everything here may be done twice and counts once: rows and workflows have the question's id."""

    def __init__(self, records: Records, temporal: Client, starter: WorkflowStarter) -> None:
        self._records = records
        self._temporal = temporal
        self._starter = starter
        self._hand_over = HandOver(records, temporal)

    @activity.defn(name="open_escalation")
    async def open(self, asked: EscalationInput) -> None:
        """Write the question down, then start the workflow that asks it."""
        at = activity.info().current_attempt_scheduled_time
        if not await asyncio.to_thread(self._records.add_escalation, asked.escalation, at):
            view = await asyncio.to_thread(self._records.escalation, asked.escalation.escalation_id)
            if view is None or view.settled_at is not None:
                return  # it was asked and settled, and is done again after a loss: nobody is asked twice
        await self._starter.start_escalation(asked)

    @activity.defn(name="withdraw_escalation")
    async def withdraw(self, action: WithdrawEscalation) -> None:
        """Tell the question's workflow that no answer is needed; one that is over already is left alone.

        One that Temporal has lost is settled here, so that it isn't asked again.
        """
        handle = self._temporal.get_workflow_handle(escalation_workflow_id(action.escalation_id))
        try:
            await handle.signal("withdraw", action.because)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
            at = activity.info().current_attempt_scheduled_time
            await asyncio.to_thread(self._records.settle_escalation, action.escalation_id, None, at, action.because)

    @activity.defn(name="settle_escalation")
    async def settle(self, settled: Settled) -> None:
        """Note the answer and give it to the plan that asked; tried again until the plan has it."""
        at = activity.info().current_attempt_scheduled_time
        escalation, decided = settled.escalation, settled.decided
        escalation_id = escalation.escalation_id
        await asyncio.to_thread(self._records.settle_escalation, escalation_id, decided, at, settled.because)
        if decided is None:
            return
        event = DecisionMade(
            event_id=f"decision-{escalation_id}",
            occurred_at=decided.decided_at,
            escalation_id=escalation_id,
            choice=decided.decision.choice,
            by=decided.decision.by,
            reason=decided.decision.reason,
            changes=decided.decision.changes,
        )
        await asyncio.to_thread(self._records.add_event, escalation.plan_id, event, at)
        taken = await self._hand_over.hand_over(escalation.plan_id, event, at)
        if taken.outcome == "stored":
            raise ApplicationError(f"the plan has not taken the decision yet: {taken.because}")

    @activity.defn(name="add_desk_task")
    def add_desk_task(self, task: AddDeskTask) -> None:
        """Put a task on the front desk's list, once per key."""
        self._records.add_desk_task(task)

    @activity.defn(name="close_desk_task")
    def close_desk_task(self, action: CloseDeskTask) -> None:
        """Take a task off the list; one that a person has closed already stays theirs."""
        self._records.close_desk_task(action.key, "the program", action.at)
