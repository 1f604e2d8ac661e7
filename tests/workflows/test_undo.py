"""A decision may be taken back while nothing has gone out; then the question is open as if nobody had answered."""

from datetime import timedelta

import pytest

from domain.errors import AlreadyDecided, NothingToUndo
from domain.escalation import DecisionBody
from domain.events import PlanEnded
from tests.domain.plan_builder import DAY, a_plan, a_practice
from tests.workflows.stage import Stage, a_stage
from tests.workflows.test_escalation import a_missed_benchmark, a_red_flag, told

SECOND = timedelta(seconds=1)
SHORTER = DecisionBody.model_validate({"choice": "modify", "by": "Maya", "changes": {"session_minutes": 30}})
LONG_ENOUGH = timedelta(hours=1)
"""Real seconds pass on the skipping server while a test talks to it, so the time to undo is a long one here."""


def minutes(stage: Stage, plan_id: str) -> int:
    view = stage.records.plan(plan_id)
    assert view is not None
    return view.state.plan.dosage.session_minutes


def status(stage: Stage, escalation_id: str) -> str:
    view = stage.records.escalation(escalation_id)
    assert view is not None
    return view.status


async def test_nothing_follows_from_a_decision_before_the_time_to_undo_is_over() -> None:
    async with a_stage(a_practice(undo_for=LONG_ENOUGH)) as stage:
        plan_id, escalation_id = await a_missed_benchmark(stage)
        before = minutes(stage, plan_id)
        await stage.intake.decide(escalation_id, SHORTER)
        view = stage.records.escalation(escalation_id)
        assert view is not None
        assert (view.status, view.settled_at) == ("decided", None)
        await stage.environment.sleep(LONG_ENOUGH - 60 * SECOND)
        assert minutes(stage, plan_id) == before
        await stage.environment.sleep(120 * SECOND)
        assert minutes(stage, plan_id) == 30
        view = stage.records.escalation(escalation_id)
        assert view is not None
        assert view.settled_at is not None


async def test_a_decision_taken_back_changes_nothing_and_the_question_is_open_for_another_one() -> None:
    async with a_stage(a_practice(undo_for=LONG_ENOUGH)) as stage:
        plan_id, escalation_id = await a_missed_benchmark(stage)
        before = minutes(stage, plan_id)
        await stage.intake.decide(escalation_id, SHORTER)
        await stage.intake.undo(escalation_id, "Maya")
        assert status(stage, escalation_id) == "open"
        await stage.environment.sleep(2 * LONG_ENOUGH)
        assert minutes(stage, plan_id) == before
        await stage.intake.decide(escalation_id, DecisionBody(choice="continue", by="Joel"))
        await stage.environment.sleep(2 * LONG_ENOUGH)
        view = stage.records.escalation(escalation_id)
        assert view is not None
        assert view.decided is not None
        assert (view.decided.decision.by, view.decided.decision.choice) == ("Joel", "continue")


async def test_the_reminders_of_a_question_go_on_after_its_decision_was_taken_back() -> None:
    async with a_stage(a_practice(undo_for=LONG_ENOUGH)) as stage:
        plan_id, escalation_id = await a_missed_benchmark(stage)
        await stage.intake.decide(escalation_id, SHORTER)
        await stage.intake.undo(escalation_id, "Maya")
        await stage.environment.sleep(2 * DAY + LONG_ENOUGH)
        assert [to for to, _ in told(stage, plan_id)] == ["therapist", "therapist", "backup"]


async def test_a_second_person_can_not_decide_while_the_first_may_still_undo() -> None:
    async with a_stage(a_practice(undo_for=LONG_ENOUGH)) as stage:
        _, escalation_id = await a_missed_benchmark(stage)
        await stage.intake.decide(escalation_id, SHORTER)
        with pytest.raises(AlreadyDecided, match="Maya decided modify"):
            await stage.intake.decide(escalation_id, DecisionBody(choice="continue", by="Joel"))


async def test_what_is_being_carried_out_can_not_be_taken_back() -> None:
    async with a_stage(a_practice(undo_for=20 * SECOND)) as stage:
        _, escalation_id = await a_missed_benchmark(stage)
        with pytest.raises(NothingToUndo):
            await stage.intake.undo(escalation_id, "Maya")  # nobody has decided
        await stage.intake.decide(escalation_id, SHORTER)
        await stage.environment.sleep(60 * SECOND)
        with pytest.raises(NothingToUndo):
            await stage.intake.undo(escalation_id, "Maya")
        assert status(stage, escalation_id) == "decided"


async def test_a_plan_that_ended_meanwhile_withdraws_the_question_once_the_answer_is_taken_back() -> None:
    async with a_stage(a_practice(undo_for=LONG_ENOUGH)) as stage:
        plan_id, escalation_id = await a_missed_benchmark(stage)
        await stage.intake.decide(escalation_id, SHORTER)
        await stage.take(plan_id, PlanEnded(event_id="end", occurred_at=await stage.now()))
        await stage.intake.undo(escalation_id, "Maya")
        await stage.environment.sleep(60 * SECOND)
        assert status(stage, escalation_id) == "withdrawn"


async def test_a_red_flag_is_cleared_at_once() -> None:
    async with a_stage(a_practice(undo_for=LONG_ENOUGH)) as stage:
        plan_id = await a_red_flag(stage, a_plan())
        [view] = stage.records.escalations()
        await stage.intake.decide(view.escalation.escalation_id, DecisionBody(choice="continue", by="Maya"))
        await stage.environment.sleep(60 * SECOND)
        plan = stage.records.plan(plan_id)
        assert plan is not None
        assert plan.state.status == "active"
