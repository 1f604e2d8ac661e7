"""One question to a person: told, reminded, the backup brought in, one answer, and the plan hears of it."""

from datetime import timedelta
from typing import Any

import pytest

from domain.client import Person
from domain.errors import AlreadyDecided
from domain.escalation import DecisionBody
from domain.events import ClientReplied, PlanEnded
from tests.domain.plan_builder import DAY, HOUR, a_client, a_plan, a_practice, a_yes_goal
from tests.workflows.stage import Stage, a_stage
from tests.workflows.test_cost import booked, completed

MINUTE = timedelta(minutes=1)


async def a_missed_benchmark(stage: Stage) -> tuple[str, str]:
    """A plan whose first session missed its benchmark: the plan's id and the open question's."""
    plan_id = await stage.enroll(a_plan(a_yes_goal(by_session=1), backup=Person(name="Joel", phone="+12065550112")))
    start = await stage.now()
    await stage.take(plan_id, booked(1, start + HOUR, start))
    await stage.until(start + 3 * HOUR)
    done = completed(1, start + 2 * HOUR)
    no = done.model_copy(update={"measures": [done.measures[0].model_copy(update={"goal": "sleep", "value": False})]})
    await stage.take(plan_id, no)
    (view,) = stage.records.escalations()
    return plan_id, view.escalation.escalation_id


def told(stage: Stage, plan_id: str) -> list[tuple[str, str]]:
    lines = stage.records.timeline(plan_id)
    sent = [line for line in lines if line.kind == "escalation" and line.status == "accepted"]
    return [(line.to, line.text[:60]) for line in sent]


async def test_the_therapist_is_told_reminded_and_then_the_backup_person_is_brought_in() -> None:
    async with a_stage(a_practice()) as stage:
        plan_id, _ = await a_missed_benchmark(stage)
        assert [to for to, _ in told(stage, plan_id)] == ["therapist"]
        await stage.environment.sleep(DAY)
        assert [to for to, _ in told(stage, plan_id)] == ["therapist", "therapist"]
        await stage.environment.sleep(DAY)
        assert [to for to, _ in told(stage, plan_id)] == ["therapist", "therapist", "backup"]
        assert all("Tina" not in text and "sleep" not in text for _, text in told(stage, plan_id))


async def test_one_decision_counts_the_second_person_is_told_and_the_reminders_end() -> None:
    async with a_stage(a_practice()) as stage:
        plan_id, escalation_id = await a_missed_benchmark(stage)
        await stage.intake.decide(
            escalation_id,
            DecisionBody.model_validate({"choice": "modify", "by": "Maya", "changes": {"session_minutes": 90}}),
        )
        with pytest.raises(AlreadyDecided, match="Maya decided modify at 20"):
            await stage.intake.decide(escalation_id, DecisionBody(choice="continue", by="Joel"))
        await stage.environment.sleep(4 * DAY)
        view = stage.records.plan(plan_id)
        assert view is not None
        assert view.state.plan.dosage.session_minutes == 90
        assert len(told(stage, plan_id)) == 1
        texts = [line.text for line in stage.records.timeline(plan_id) if line.kind == "plan_change" and line.to]
        assert any("90-minute" in text for text in texts)


async def test_the_end_of_the_plan_withdraws_the_question() -> None:
    async with a_stage(a_practice()) as stage:
        plan_id, escalation_id = await a_missed_benchmark(stage)
        await stage.take(plan_id, PlanEnded(event_id="end", occurred_at=await stage.now()))
        await stage.environment.sleep(4 * DAY)
        view = stage.records.escalation(escalation_id)
        assert view is not None
        assert view.status == "withdrawn"
        assert len(told(stage, plan_id)) == 1


async def a_red_flag(stage: Stage, plan: Any) -> str:
    plan_id = await stage.enroll(plan)
    now = await stage.now()
    words = ClientReplied(event_id="r1", occurred_at=now, channel="sms", text="I have chest pain and can't breathe")
    await stage.take(plan_id, words)
    return plan_id


async def test_a_red_flag_pages_again_every_ten_minutes_and_brings_in_the_backup_at_night() -> None:
    night = a_practice(send_window={"opens": "11:00", "closes": "11:01"})
    async with a_stage(night) as stage:
        plan_id = await a_red_flag(stage, a_plan(backup=Person(name="Joel", phone="+12065550112")))
        await stage.environment.sleep(35 * MINUTE)
        assert [to for to, _ in told(stage, plan_id)][:4] == ["therapist", "therapist", "backup", "therapist"]


async def test_a_page_that_can_not_arrive_goes_to_the_backup_at_once_and_to_the_desk() -> None:
    async with a_stage(a_practice(), channels=("email",)) as stage:  # texts have no sender
        backup = Person(name="Joel", email="joel@example.com")
        client: dict[str, Any] = {
            "email": "tina@example.com",
            "consents": [{"channel": "email", "date": "2026-01-01", "source": "form"}],
        }
        plan_id = await a_red_flag(stage, a_plan(backup=backup, client=a_client(**client)))
        assert [to for to, _ in told(stage, plan_id)] == ["backup"]
        assert "undeliverable" in [task.task.kind for task in stage.records.desk_tasks()]
