"""A plan that has ended: it stays a day for what becomes of its last message, and then it is closed for good."""

from datetime import timedelta

from temporalio.client import WorkflowExecutionStatus

from domain.events import PlanEnded
from domain.names import plan_workflow_id
from tests.domain.plan_builder import DAY, HOUR, a_plan, a_practice
from tests.workflows.stage import Stage, a_stage


async def status_of(stage: Stage, plan_id: str) -> WorkflowExecutionStatus | None:
    handle = stage.environment.client.get_workflow_handle(plan_workflow_id(plan_id))
    return (await handle.describe()).status


async def test_an_ended_plan_says_goodbye_waits_a_day_for_its_fate_and_is_closed() -> None:
    async with a_stage(a_practice()) as stage:
        plan_id = await stage.enroll(a_plan())
        await stage.take(plan_id, PlanEnded(event_id="end", occurred_at=await stage.now()))
        await stage.environment.sleep(DAY - HOUR)
        assert await status_of(stage, plan_id) == WorkflowExecutionStatus.RUNNING
        await stage.environment.sleep(HOUR + timedelta(minutes=1))
        assert await status_of(stage, plan_id) == WorkflowExecutionStatus.COMPLETED
        assert [line.status for line in stage.records.timeline(plan_id) if line.direction == "out"][-1] == "accepted"
