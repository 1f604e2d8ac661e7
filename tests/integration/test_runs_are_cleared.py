"""What an erasure leaves in Temporal a worker finds and deletes; plans that began under the ring go on, and go too."""

import asyncio
from datetime import timedelta

from temporalio.client import Client as Temporal
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from activities.start import WorkflowStarter
from domain.events import AppointmentBooked
from domain.names import plan_workflow_id
from domain.state import new_state
from domain.workflow_inputs import PlanInput
from programs.clear_runs import clear_erased, clear_runs
from tests.activities.sealed_before import converter_of_before
from tests.integration.here import WorkerHere
from tests.integration.live_site import Site, now, wait_until
from tests.integration.quick_plans import a_plan

AGO = timedelta(minutes=5)


async def started(site: Site, plan_id: str, starter: WorkflowStarter | None = None) -> str:
    """A plan under way; returns its client."""
    began = now()
    state = new_state(plan_id, a_plan(), site.practice, began)
    assert await asyncio.to_thread(site.records.add_plan, state, began)
    await (starter or site.starter).start_plan(PlanInput(state=state, continue_after_events=60))
    await asyncio.to_thread(site.records.plan_started, plan_id, began)
    return site.records.client_of_plan(plan_id) or ""


async def told(site: Site, plan_id: str, nth: int) -> str:
    at = now()
    visit = AppointmentBooked(
        event_id=f"{plan_id}-{nth}", occurred_at=at, appointment_id=f"v{nth}", starts_at=at + timedelta(days=30 + nth)
    )
    return (await site.intake.take_event(plan_id, visit)).outcome


async def status_of(site: Site, plan_id: str) -> WorkflowExecutionStatus | None:
    try:
        return (await site.temporal.get_workflow_handle(plan_workflow_id(plan_id)).describe()).status
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
        return None


async def cleared(site: Site, client_id: str) -> bool:
    """Sweep as a worker does, until nothing is left of this client."""
    for _ in range(60):
        await clear_erased(site.records, site.temporal)
        if client_id not in await asyncio.to_thread(site.records.clients_to_clear):
            return True
        await asyncio.sleep(1)
    return False


async def test_a_plan_whose_key_went_under_way_is_ended_and_deleted_by_the_worker(worker_here: WorkerHere) -> None:
    site = worker_here.site
    client_id = await started(site, "half-erased")
    assert await told(site, "half-erased", 0) == "recorded"
    assert site.records.destroy_client_key(client_id, now() - AGO)  # an erasure that died here
    assert await status_of(site, "half-erased") == WorkflowExecutionStatus.RUNNING
    assert await cleared(site, client_id)
    assert await status_of(site, "half-erased") is None


async def test_who_was_erased_just_now_is_left_for_later(worker_here: WorkerHere) -> None:
    site = worker_here.site
    client_id = await started(site, "just-erased")
    assert site.records.destroy_client_key(client_id, now() + timedelta(hours=1))  # the machine may stand still
    assert client_id not in site.records.clients_to_clear()
    ids = site.records.ids_of_clients([client_id])
    assert (await clear_runs(site.temporal, ids)).left == set()


async def test_a_plan_that_began_under_the_ring_goes_on_and_all_its_runs_are_deleted(worker_here: WorkerHere) -> None:
    site = worker_here.site
    before = await Temporal.connect(site.address, data_converter=converter_of_before(site.keys))
    client_id = await started(site, "old-plan", WorkflowStarter(before))
    handle = site.temporal.get_workflow_handle(plan_workflow_id("old-plan"))
    query = f"WorkflowId = '{plan_workflow_id('old-plan')}'"
    nth = 0
    while len([run async for run in site.temporal.list_workflows(query)]) < 2:
        assert await told(site, "old-plan", nth) == "recorded"
        nth += 1
        assert nth < 100, "the workflow never continues as new"
    assert "Tina Example" in str(await handle.query("view"))
    await wait_until("the view is saved", lambda: site.records.plan("old-plan") is not None)
    assert site.records.destroy_client_key(client_id, now() - AGO)
    done = await clear_runs(site.temporal, site.records.ids_of_clients([client_id]))
    assert (len(done.found) >= 2, done.left) == (True, set())
    assert [run async for run in site.temporal.list_workflows(query)] == []
    assert await cleared(site, client_id)
