"""A person at the controls of a plan that runs: what they may do is checked inside the workflow, in its sandbox."""

from datetime import datetime, timedelta

from domain.events import AppointmentBooked, ConversationTaken, StaffWrote, TouchpointHurried, TouchpointSkipped
from domain.state import PlanState
from tests.domain.plan_builder import DAY, HOUR, a_plan, a_practice
from tests.workflows.stage import Stage, a_stage
from web.views import Owed, coming_up


def state_of(stage: Stage, plan_id: str) -> PlanState:
    view = stage.records.plan(plan_id)
    assert view is not None
    return view.state


async def book(stage: Stage, plan_id: str, visit: str, starts_at: datetime) -> None:
    said_at = await stage.now()
    await stage.take(
        plan_id,
        AppointmentBooked(event_id=visit, occurred_at=said_at, appointment_id=visit, starts_at=starts_at),
    )


def reminders(stage: Stage, plan_id: str) -> list[Owed]:
    return [owed for owed in coming_up(state_of(stage, plan_id)) if owed.kind == "reminder"]


def said(stage: Stage, plan_id: str) -> list[str]:
    return [line.text for line in stage.records.timeline(plan_id) if line.direction == "out"]


async def test_a_person_skips_hurries_writes_and_is_refused_in_clear_words() -> None:
    async with a_stage(a_practice()) as stage:
        plan_id = await stage.enroll(a_plan())
        await book(stage, plan_id, "v1", await stage.now() + 10 * DAY)
        first, second, last = reminders(stage, plan_id)
        now = await stage.now()
        await stage.take(plan_id, TouchpointSkipped(event_id="s", occurred_at=now, touchpoint=first.key, by="Robin"))
        await stage.take(plan_id, TouchpointHurried(event_id="h", occurred_at=now, touchpoint=last.key, by="Robin"))
        assert [owed.key for owed in reminders(stage, plan_id)] == [second.key]
        again = TouchpointSkipped(event_id="t", occurred_at=now, touchpoint=first.key, by="Robin")
        refused = await stage.intake.take_event(plan_id, again)
        assert refused.outcome == "refused"
        assert refused.because == f"the plan doesn't owe '{first.key}' (any more); look at what is coming up"
        await stage.take(plan_id, StaffWrote(event_id="w", occurred_at=now, text="Bring a towel.", by="Robin"))
        hurried, own_words = said(stage, plan_id)[-2:]
        assert hurried.startswith("Hi Tina, Cedar Hill will see you")
        assert own_words == "Cedar Hill: Bring a towel."


async def test_what_waits_for_a_person_goes_when_they_have_left_by_themselves() -> None:
    async with a_stage(a_practice(screening=False, reminders=["PT2H"])) as stage:
        plan_id = await stage.enroll(a_plan())
        starts_at = await stage.now() + 10 * DAY
        await book(stage, plan_id, "v1", starts_at)
        await stage.until(starts_at - 2 * HOUR - timedelta(minutes=30))
        taken = ConversationTaken(event_id="c", occurred_at=await stage.now(), by="Robin")
        await stage.take(plan_id, taken)
        await stage.until(starts_at - HOUR)
        [waiting] = reminders(stage, plan_id)
        assert waiting.waits_because == "a person is in the conversation"
        before = len(said(stage, plan_id))
        await stage.until(starts_at - timedelta(minutes=29))
        assert len(said(stage, plan_id)) == before + 1
        assert reminders(stage, plan_id) == []
