"""Starts workflows by name. Starting the same plan, escalation or claim twice starts it once."""

from collections.abc import Awaitable, Callable

from temporalio.client import Client
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.claim_inputs import ClaimInput
from domain.names import (
    CLAIM_WORKFLOW,
    ESCALATION_WORKFLOW,
    SEARCH_KIND,
    SEARCH_PLAN,
    TASK_QUEUE,
    TREATMENT_PLAN_WORKFLOW,
    URGENT_TASK_QUEUE,
    claim_workflow_id,
    escalation_workflow_id,
    plan_workflow_id,
)
from domain.workflow_inputs import EscalationInput, PlanInput


class WorkflowStarter:
    """Starts workflows. `search_attributes` is False on the time-skipping test server, which refuses them.

    `check` is asked before each start; it raises where the server is another one than that of the records.
    """

    def __init__(
        self, temporal: Client, *, search_attributes: bool = True, check: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._temporal = temporal
        self._check = check
        self._search_attributes = search_attributes

    async def start_plan(self, start: PlanInput) -> None:
        """Begin to follow a plan."""
        plan_id = start.state.plan_id
        await self._start(TREATMENT_PLAN_WORKFLOW, start, plan_workflow_id(plan_id), "plan", plan_id)

    async def start_escalation(self, start: EscalationInput) -> None:
        """Ask a person."""
        escalation = start.escalation
        workflow_id = escalation_workflow_id(escalation.escalation_id)
        queue = URGENT_TASK_QUEUE if escalation.urgent else TASK_QUEUE
        await self._start(ESCALATION_WORKFLOW, start, workflow_id, "escalation", escalation.plan_id, queue)

    async def start_claim(self, start: ClaimInput) -> None:
        """Begin to follow a claim."""
        workflow_id = claim_workflow_id(start.state.claim_id)
        await self._start(CLAIM_WORKFLOW, start, workflow_id, "claim", start.state.plan_id)

    async def _start(
        self,
        workflow: str,
        start: PlanInput | EscalationInput | ClaimInput,
        workflow_id: str,
        kind: str,
        plan_id: str,
        task_queue: str = TASK_QUEUE,
    ) -> None:
        attributes = TypedSearchAttributes(
            [
                SearchAttributePair(SearchAttributeKey.for_keyword(SEARCH_KIND), kind),
                SearchAttributePair(SearchAttributeKey.for_keyword(SEARCH_PLAN), plan_id),
            ]
        )
        if self._check is not None:
            await self._check()
        try:
            await self._temporal.start_workflow(
                workflow,
                start,
                id=workflow_id,
                task_queue=task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                search_attributes=attributes if self._search_attributes else TypedSearchAttributes.empty,
            )
        except WorkflowAlreadyStartedError:
            return  # it ran and is over; the same start counts once
