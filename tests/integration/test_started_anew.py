"""Temporal's file is lost: plans, questions and claims are started from the records, where they were."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus

import activities.comparing
from activities.comparing import Compared, Comparing
from activities.same_server import OtherServer, SameServer, identity_of
from activities.start import WorkflowStarter
from domain.claim_events import ClaimOpened, ClaimSubmitted
from domain.events import Measurement, SessionCompleted
from domain.names import claim_workflow_id, escalation_workflow_id, plan_workflow_id
from domain.payer import Payer
from domain.policy import Practice
from tests.integration.here import a_worker_here
from tests.integration.live_site import Site, a_site, now, wait_until
from tests.integration.quick_plans import MODIFY, a_plan, a_practice, heard

PAID_BY = Payer(id="mutual", name="Mutual", type="erisa")


def the_practice() -> Practice:
    return a_practice().model_copy(update={"payers": [PAID_BY]})


def the_comparing(site: Site) -> Comparing:
    server = SameServer(site.records, site.temporal)
    return Comparing(site.records, site.temporal, WorkflowStarter(site.temporal, check=server.check), server)


def question(site: Site) -> str:
    return next((view.escalation.escalation_id for view in site.records.escalations()), "")


def claim_status(site: Site) -> str:
    view = site.records.claim("claim-1")
    return view.state.status if view else ""


def claim_revision(site: Site) -> int:
    view = site.records.claim("claim-1")
    return view.state.revision if view else 0


def dosage(site: Site) -> timedelta:
    view = site.records.plan("quick-0")
    assert view is not None
    return view.state.plan.dosage.spacing


async def a_life(site: Site) -> None:
    """A plan whose therapist is asked something, with a claim."""
    async with a_worker_here(site):
        await the_comparing(site).compare()
        await site.intake.enroll(a_plan())
        session = SessionCompleted(
            event_id="session", occurred_at=now(), appointment_id="v0", measures=[Measurement(goal="pain", value=7)]
        )
        assert (await site.intake.take_event("quick-0", session)).outcome == "recorded"
        opened = ClaimOpened(
            event_id="opened",
            occurred_at=now(),
            plan_id="quick-0",
            number="CH-1",
            payer="mutual",
            service_date=now().date() - timedelta(days=1),
            charge=Decimal(100),
        )
        assert (await site.intake.take_claim_event("claim-1", opened)).outcome == "recorded"
        await wait_until("the therapist is asked", lambda: heard(site.records, "quick-0").staff == {"escalation": 1})
        await wait_until("the claim was judged", lambda: claim_revision(site) > 0)


async def lose_temporal(site: Site) -> None:
    await site.kill_server()
    for file in site.folder.glob("temporal.db*"):
        file.unlink()
    await site.start_server()


async def status(site: Site, workflow_id: str) -> WorkflowExecutionStatus | None:
    return (await site.temporal.get_workflow_handle(workflow_id).describe()).status


@pytest.mark.timeout(180)
async def test_a_plan_its_question_and_its_claim_go_on_from_the_records_once_the_server_is_accepted(
    tmp_path: Path,
) -> None:
    async with a_site(tmp_path, the_practice()) as site:
        await a_life(site)
        asked = question(site)
        before = heard(site.records, "quick-0")
        await lose_temporal(site)
        comparing = the_comparing(site)
        with pytest.raises(OtherServer):
            await comparing.compare()
        submitted = ClaimSubmitted(event_id="sent", occurred_at=now())
        assert (await site.intake.take_claim_event("claim-1", submitted)).outcome == "stored"

        await asyncio.to_thread(site.records.accept_engine, await identity_of(site.temporal))
        assert (await comparing.compare()).started == 3
        for workflow_id in (
            plan_workflow_id("quick-0"),
            claim_workflow_id("claim-1"),
            escalation_workflow_id(asked),
        ):
            assert await status(site, workflow_id) == WorkflowExecutionStatus.RUNNING
        async with a_worker_here(site):
            await wait_until("the claim heard what waited", lambda: claim_status(site) == "submitted")
            await site.intake.decide(asked, MODIFY)
            await wait_until("the plan is changed", lambda: dosage(site) == timedelta(days=3), 40)
            await wait_until("the client is told", lambda: "plan_change" in heard(site.records, "quick-0").client)
            after = heard(site.records, "quick-0")
            assert after.staff == before.staff, "the therapist isn't asked twice"
            after.client.pop("check_in", None)  # due in a moment, or by now
            before.client.pop("check_in", None)
            assert after.client == before.client | {"plan_change": 1}, "nothing goes twice"
            assert await comparing.compare() == Compared()


@pytest.mark.timeout(180)
async def test_an_answer_that_was_given_just_before_the_loss_still_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activities.comparing, "SETTLED_FOR", -timedelta(minutes=1))
    practice = a_practice(undo_for=timedelta(seconds=6)).model_copy(update={"payers": [PAID_BY]})
    async with a_site(tmp_path, practice) as site:
        await a_life(site)
        asked = question(site)
        async with a_worker_here(site):
            await site.intake.decide(asked, MODIFY)
        await lose_temporal(site)
        await asyncio.to_thread(site.records.accept_engine, await identity_of(site.temporal))
        comparing = the_comparing(site)
        await comparing.compare()
        view = site.records.escalation(asked)
        assert view is not None
        assert (view.status, view.settled_at) == ("decided", None)
        async with a_worker_here(site):
            await comparing.give_answers_again()
            await wait_until("the plan is changed", lambda: dosage(site) == timedelta(days=3), 40)
