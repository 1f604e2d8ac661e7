"""Somebody reads Temporal's own storage without our keys: what do they see of a client?"""

import asyncio

from google.protobuf.message import Message
from temporalio.client import Client, WorkflowHandle
from temporalio.common import SearchAttributeKey

from domain.names import SEARCH_KIND, SEARCH_PLAN, escalation_workflow_id, plan_workflow_id
from providers.base import Accepted, Outgoing
from tests.integration.here import CountingPhone, WorkerHere, a_worker_here
from tests.integration.live_site import Site, now, wait_until
from tests.integration.quick_plans import a_plan, heard, phone_of, story

SECRETS = ("Sarah", "2065550102", "555-0102", "Maya", "2065550122", "my left hip aches", "less pain", "Cedar Hill")
"""Name, phone, therapist, the client's own words, the goal, and what every text of ours begins with."""


class BrokenPhone(CountingPhone):
    """Fails in a way that nobody foresaw, with a client's number and words in the message."""

    def send(self, outgoing: Outgoing) -> Accepted:
        raise ValueError(f"can't write {outgoing.text} to {outgoing.address}")


async def stranger(site: Site) -> Client:
    """Someone who reaches the server and has no keys."""
    return await Client.connect(site.address)


def found_in(message: Message) -> list[str]:
    held = message.SerializeToString()
    return [secret for secret in SECRETS if secret.encode() in held]


async def everything_about(handle: WorkflowHandle[object, object]) -> list[Message]:
    """The history as it is stored, and the description, which holds memo, attributes and the failures of attempts."""
    history = await handle.fetch_history()
    return [*history.events, (await handle.describe()).raw_description]


async def live_a_little(worker: WorkerHere) -> str:
    site = worker.site
    plan_id = (await site.intake.enroll(a_plan(2).model_copy(update={"plan_id": "seen-by-a-stranger"}))).plan_id
    for event in story(now(), 1.0):
        await site.intake.take_event(plan_id, event)
    await site.intake.take_reply("stranger-1", "sms", phone_of(2), "my left hip aches today")
    await wait_until("the plan has spoken and asked", lambda: has_spoken_and_asked(site, plan_id))
    return plan_id


def has_spoken_and_asked(site: Site, plan_id: str) -> bool:
    known = heard(site.records, plan_id)
    return known.client.get("reminder", 0) == 4 and "check_in" in known.client and "escalation" in known.staff


async def test_search_attributes_are_set_at_start_and_hold_opaque_ids_only(worker_here: WorkerHere) -> None:
    site = worker_here.site
    plan_id = await live_a_little(worker_here)
    escalation_id = escalation_of(site, plan_id)
    outside = await stranger(site)
    for workflow_id, kind in (
        (plan_workflow_id(plan_id), "plan"),
        (escalation_workflow_id(escalation_id), "escalation"),
    ):
        described = await outside.get_workflow_handle(workflow_id).describe()
        ours = {
            name: described.typed_search_attributes.get(SearchAttributeKey.for_keyword(name))
            for name in described.raw_description.workflow_execution_info.search_attributes.indexed_fields
            if name.startswith("Followthrough")
        }
        assert ours == {SEARCH_KIND: kind, SEARCH_PLAN: plan_id}
    await wait_until_listed(outside, plan_id)


async def test_nobody_without_the_keys_reads_a_client_in_temporals_histories(worker_here: WorkerHere) -> None:
    site = worker_here.site
    plan_id = await live_a_little_once(worker_here)
    outside = await stranger(site)
    for workflow_id in (plan_workflow_id(plan_id), escalation_workflow_id(escalation_of(site, plan_id))):
        stored = await everything_about(outside.get_workflow_handle(workflow_id))
        assert len(stored) > 10
        assert [found for message in stored for found in found_in(message)] == []
    # The same search does find them where the keys are at hand: the client's words travel through Temporal.
    with_keys = await site.temporal.get_workflow_handle(plan_workflow_id(plan_id)).query("view")
    assert "Sarah Example" in str(with_keys)


async def test_a_failure_shows_a_stranger_neither_the_text_nor_the_number(quiet_site: Site) -> None:
    plan_id = "broken-phone"
    async with a_worker_here(quiet_site, {"sms": BrokenPhone("sms")}):
        await quiet_site.intake.enroll(a_plan(2).model_copy(update={"plan_id": plan_id}))
        outside = (await stranger(quiet_site)).get_workflow_handle(plan_workflow_id(plan_id))
        failure = ""
        for _ in range(200):
            described = (await outside.describe()).raw_description
            attempts = [activity.last_failure for activity in described.pending_activities if activity.attempt > 1]
            if attempts:
                failure = attempts[0].message
                break
            await asyncio.sleep(0.1)
        assert failure == "Encoded failure"
        assert [found for message in await everything_about(outside) for found in found_in(message)] == []
        await quiet_site.temporal.get_workflow_handle(plan_workflow_id(plan_id)).terminate()


async def live_a_little_once(worker: WorkerHere) -> str:
    """The plan of this file's first test, or a new one where that test wasn't run."""
    plan_id = "seen-by-a-stranger"
    if await asyncio.to_thread(worker.site.records.plan, plan_id) is None:
        return await live_a_little(worker)
    return plan_id


def escalation_of(site: Site, plan_id: str) -> str:
    return next(v.escalation.escalation_id for v in site.records.escalations() if v.escalation.plan_id == plan_id)


async def wait_until_listed(outside: Client, plan_id: str) -> None:
    """Operators find a plan and its questions by the attribute."""
    for _ in range(100):
        listed = [found.id async for found in outside.list_workflows(f"{SEARCH_PLAN} = '{plan_id}'")]
        if len(listed) == 2:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the plan and its question are not found by the search attribute")
