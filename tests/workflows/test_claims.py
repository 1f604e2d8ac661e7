"""Claims through the real worker: opened by a plan, told what happened, and never silent about a deadline."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from temporalio.client import WorkflowExecutionStatus

from domain.adjustments import Adjustment
from domain.claim import ClaimState, LetterDates
from domain.claim_events import (
    AppealFiled,
    ClaimDenied,
    ClaimOpened,
    ClaimPaid,
    ClaimSubmitted,
    PaymentReversed,
)
from domain.claim_inputs import ClaimInput
from domain.client import Person
from domain.coverage_terms import Coverage
from domain.events import AppointmentBooked, SessionCompleted
from domain.names import claim_workflow_id
from domain.payer import Payer
from domain.policy import Practice
from tests.domain.claim_builder import HERE, PlayedClaim, a_claim
from tests.domain.plan_builder import DAY, HOUR, a_plan, a_practice
from tests.workflows.stage import Stage, a_stage

NOT_NECESSARY = [Adjustment("CO", "50", Decimal(100))]


def the_practice() -> Practice:
    people = {"biller": Person(name="Noor", phone="+12065550113"), "owner": Person(name="Kim", phone="+12065550114")}
    return a_practice().model_copy(update={"payers": [Payer(id="mutual", name="Mutual", type="erisa")], **people})


async def a_visit(stage: Stage, plan_id: str, visit: str = "v1") -> None:
    now = await stage.now()
    await stage.take(
        plan_id,
        AppointmentBooked(event_id=f"b-{visit}", occurred_at=now, appointment_id=visit, starts_at=now + HOUR),
    )
    await stage.environment.sleep(2 * HOUR)
    done = SessionCompleted(event_id=f"s-{visit}", occurred_at=await stage.now(), appointment_id=visit)
    await stage.take(plan_id, done)


async def a_covered_plan(stage: Stage) -> str:
    plan = a_plan().model_copy(update={"coverage": Coverage(payer="mutual", follow_claims=True, charge=Decimal(100))})
    return await stage.enroll(plan)


async def an_opened_claim(stage: Stage) -> str:
    """Opened by the session of a plan."""
    plan_id = await a_covered_plan(stage)
    await a_visit(stage, plan_id)
    return f"{plan_id}-1"


def the_state(stage: Stage, claim_id: str) -> ClaimState:
    view = stage.records.claim(claim_id)
    assert view is not None
    return view.state


async def happened(stage: Stage, kind: Any, event_id: str, **fields: Any) -> Any:
    return kind(event_id=event_id, occurred_at=await stage.now(), **fields)


def alerts(stage: Stage, claim_id: str, to: str = "biller") -> list[str]:
    lines = stage.records.claim_story(claim_id)
    return [line.text for line in lines if line.kind == "deadline_alert" and line.direction == "out" and line.to == to]


async def denied(stage: Stage, claim_id: str) -> None:
    """Sent and denied today."""
    await stage.tell(claim_id, await happened(stage, ClaimSubmitted, "sent"))
    today = (await stage.now()).date()
    dates = LetterDates(denial=today, letter=today, receipt=today)
    refusal = await happened(stage, ClaimDenied, "no", adjustments=NOT_NECESSARY, dates=dates)
    assert await stage.tell(claim_id, refusal) == "recorded"


async def test_a_session_opens_a_claim_and_the_same_visit_only_one() -> None:
    async with a_stage(the_practice()) as stage:
        plan_id = await a_covered_plan(stage)
        await a_visit(stage, plan_id)
        await a_visit(stage, plan_id, "v2")
        opened = stage.records.claims_of_plan(plan_id)
        assert [view.state.claim_id for view in opened] == [f"{plan_id}-1", f"{plan_id}-2"]
        assert [view.state.claim.charge for view in opened] == [Decimal("100"), Decimal("100")]
        assert stage.records.claims_to_start() == []


async def test_the_same_news_twice_counts_once_and_money_ends_the_claim() -> None:
    async with a_stage(the_practice()) as stage:
        claim_id = await an_opened_claim(stage)
        await stage.tell(claim_id, await happened(stage, ClaimSubmitted, "sent"))
        money = await happened(stage, ClaimPaid, "money", paid=Decimal(100), charge=Decimal(100))
        assert [await stage.tell(claim_id, money) for _ in range(2)] == ["recorded", "duplicate"]
        assert the_state(stage, claim_id).status == "paid"
        assert the_state(stage, claim_id).paid == Decimal(100)


def two_weeks_ago(plan_id: str, now: datetime) -> PlayedClaim:
    """A claim as its last judgement left it two weeks ago; the appeal's last day is the day after tomorrow."""
    today = now.astimezone(HERE).date()
    came, opened_at = today + timedelta(days=2 - 180), now - timedelta(days=200)
    claim = a_claim(
        plan_id=plan_id,
        practice=the_practice(),
        payer=the_practice().payers[0],
        opened_at=opened_at,
        service_date=opened_at.date(),
    )
    played = PlayedClaim(claim).hear("claim_submitted", str(opened_at.date() + DAY))
    dates = {"denial": came, "letter": came, "receipt": came}
    played.hear("claim_denied", str(came), on=came, adjustments=NOT_NECESSARY, dates=dates)
    played.hear("deadline_let_go", deadline="dispute:1", because="the member appeals", by="Noor")
    return played.until(now - 14 * DAY)


async def test_after_two_weeks_in_which_nothing_ran_each_threshold_that_passed_alerts_once() -> None:
    async with a_stage(the_practice()) as stage:
        plan_id = await a_covered_plan(stage)
        now = await stage.now()
        played = two_weeks_ago(plan_id, now)
        assert len([m for _, m in played.sent if m.kind == "deadline_alert"]) == 1  # thirty days before
        stage.records.add_claim(played.state, now)
        await stage.starter.start_claim(ClaimInput(state=played.state))
        await stage.environment.sleep(timedelta(minutes=1))
        claim_id = played.state.claim_id
        # Fourteen, seven and three days before, and the day by which we wanted to have acted; each of them once.
        assert len(alerts(stage, claim_id)) == 4
        assert len(alerts(stage, claim_id, "therapist")) == 3
        await stage.environment.sleep(timedelta(hours=6))
        assert len(alerts(stage, claim_id)) == 4
        await stage.environment.sleep(3 * DAY)
        # The day before, the last day, and the day after: now the owner too.
        assert len(alerts(stage, claim_id)) == 7
        assert len(alerts(stage, claim_id, "owner")) == 3


async def test_filing_ends_the_alerts() -> None:
    async with a_stage(the_practice()) as stage:
        claim_id = await an_opened_claim(stage)
        await denied(stage, claim_id)
        filed = await happened(stage, AppealFiled, "filed", level="internal", whose="member")
        assert await stage.tell(claim_id, filed) == "recorded"
        before = [text for text in alerts(stage, claim_id) if "internal" in text.lower() or "member" in text.lower()]
        await stage.environment.sleep(200 * DAY)
        state = the_state(stage, claim_id)
        assert state.status == "appealed"
        after = [text for text in alerts(stage, claim_id) if "internal" in text.lower() or "member" in text.lower()]
        assert after == before


async def test_a_payment_that_is_taken_back_a_year_later_opens_the_claim_again() -> None:
    async with a_stage(the_practice()) as stage:
        claim_id = await an_opened_claim(stage)
        await stage.tell(claim_id, await happened(stage, ClaimSubmitted, "sent"))
        await stage.tell(claim_id, await happened(stage, ClaimPaid, "money", paid=Decimal(100), charge=Decimal(100)))
        await stage.environment.sleep(360 * DAY)
        back = await happened(stage, PaymentReversed, "back", amount=Decimal(100))
        assert await stage.tell(claim_id, back) == "recorded"
        assert the_state(stage, claim_id).paid == Decimal(0)
        assert not the_state(stage, claim_id).over


async def test_a_claim_that_was_over_for_long_is_closed_and_later_news_goes_to_a_person() -> None:
    async with a_stage(the_practice()) as stage:
        claim_id = await an_opened_claim(stage)
        await stage.tell(claim_id, await happened(stage, ClaimSubmitted, "sent"))
        await stage.tell(claim_id, await happened(stage, ClaimPaid, "money", paid=Decimal(100), charge=Decimal(100)))
        await stage.environment.sleep(401 * DAY)
        handle = stage.environment.client.get_workflow_handle(claim_workflow_id(claim_id))
        assert (await handle.describe()).status == WorkflowExecutionStatus.COMPLETED
        back = await happened(stage, PaymentReversed, "back", amount=Decimal(100))
        assert await stage.tell(claim_id, back) == "refused"


async def test_a_claim_is_opened_by_another_program_once() -> None:
    async with a_stage(the_practice()) as stage:
        plan_id = await a_covered_plan(stage)
        opened = await happened(
            stage, ClaimOpened, "open", plan_id=plan_id, number="BILL-7", service_date=date(2026, 3, 2)
        )
        assert [await stage.tell("bill-7", opened) for _ in range(2)] == ["recorded", "duplicate"]
        assert stage.records.claims_of_number("BILL-7") == ["bill-7"]
        nowhere = opened.model_copy(update={"payer": "nobody"})
        assert await stage.tell("bill-8", nowhere) == "refused"
