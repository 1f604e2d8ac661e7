"""A judgement that fails: what can be judged goes on, a person hears of the rest, and it heals by itself."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from activities import claims as claim_judgement
from activities import judgement
from activities.failing_judgements import look_again
from domain.claim_events import ClaimSubmitted
from domain.decide import decide
from domain.decide_claim import decide_claim
from domain.events import AppointmentBooked, AppointmentCancelled, MeasureRecorded, PlanPaused
from domain.judge_around import CLAIM_FAILING, FAILING
from domain.state import new_state
from domain.workflow_inputs import PlanInput
from records.database import Records
from tests.domain.plan_builder import DAY, HOUR, a_plan, a_practice
from tests.today import this_moment
from tests.workflows.stage import Stage, a_stage
from tests.workflows.test_claims import an_opened_claim, the_practice
from workflows import treatment_plan

MINUTE = timedelta(minutes=1)


def always(state: Any, fresh: list[Any]) -> bool:
    return True


def never(state: Any, fresh: list[Any]) -> bool:
    return False


class Fault:
    """A rule that raises, for as long as `is_bad` says so of the state and of what came in."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, is_bad: Callable[[Any, list[Any]], bool], *, of_claims: bool = False
    ) -> None:
        self.is_bad = is_bad
        module, name, real = (
            (claim_judgement, "decide_claim", decide_claim) if of_claims else (judgement, "decide", decide)
        )

        def faulty(state: Any, fresh: list[Any], now: datetime) -> Any:
            if self.is_bad(state, fresh):
                raise OverflowError("date value out of range")
            return real(state, fresh, now)

        monkeypatch.setattr(module, name, faulty)

    def is_mended(self) -> None:
        self.is_bad = never


def open_tasks(records: Records) -> list[str]:
    return [view.task.text for view in records.desk_tasks()]


def journal(records: Records, plan_id: str) -> str:
    return "\n".join(line.text for line in records.timeline(plan_id))


async def books(stage: Stage, plan_id: str, visit: str, after: timedelta) -> None:
    now = await stage.now()
    booked = AppointmentBooked(event_id=f"b-{visit}", occurred_at=now, appointment_id=visit, starts_at=now + after)
    taken = await stage.intake.take_event(plan_id, booked)
    assert taken.outcome == "recorded", taken


async def eventually(is_so: Callable[[], bool]) -> None:
    """Three tries take three real seconds, whatever the virtual clock says."""
    for _ in range(900):
        if await asyncio.to_thread(is_so):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("after a minute and a half it is still not so")


async def test_an_event_that_fails_the_judgement_is_put_aside_with_a_task_and_the_plan_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def where_it_is_told_of_that_visit(state: Any, fresh: list[Any]) -> bool:
        return any(getattr(event, "event_id", "") == "b-bad" for event in fresh)

    Fault(monkeypatch, where_it_is_told_of_that_visit)
    async with a_stage(a_practice()) as stage:
        plan_id = await stage.enroll(a_plan())
        await books(stage, plan_id, "bad", 2 * DAY)
        await books(stage, plan_id, "good", 3 * DAY)
        await eventually(lambda: open_tasks(stage.records) != [])
        assert [text[:74] for text in open_tasks(stage.records)] == [
            "Something came in that could not be judged and was put aside (appointment "
        ]
        assert "appointment_id bad" in open_tasks(stage.records)[0]
        await eventually(lambda: "A visit was booked" in journal(stage.records, plan_id))
        view = stage.records.plan(plan_id)
        assert view is not None
        assert list(view.state.appointments) == ["good"]
        assert stage.records.failing_judgements() == []
        await stage.environment.sleep(3 * DAY)
        assert any(line.kind == "reminder" for line in stage.records.timeline(plan_id)), "the good visit's reminder"


async def test_a_plan_that_nobody_can_judge_is_an_urgent_task_and_heals_with_the_event_that_mends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with a_stage(a_practice()) as stage:
        plan_id = await stage.enroll(a_plan())
        await books(stage, plan_id, "v1", 2 * DAY)
        await eventually(lambda: "A visit was booked" in journal(stage.records, plan_id))

        def until_it_is_cancelled(state: Any, fresh: list[Any]) -> bool:
            return "v1" in state.appointments and not any(isinstance(event, AppointmentCancelled) for event in fresh)

        Fault(monkeypatch, until_it_is_cancelled)
        await stage.intake.take_event(plan_id, PlanPaused(event_id="p", occurred_at=await stage.now()))
        await eventually(lambda: open_tasks(stage.records) == [FAILING])
        assert [failing.plan_id for failing in stage.records.failing_judgements()] == [plan_id]
        assert "The plan was paused" not in journal(stage.records, plan_id)

        cancelled = AppointmentCancelled(event_id="c", occurred_at=await stage.now(), appointment_id="v1")
        assert (await stage.intake.take_event(plan_id, cancelled)).outcome == "recorded"
        await eventually(lambda: open_tasks(stage.records) == [])
        view = stage.records.plan(plan_id)
        assert view is not None
        assert view.state.appointments["v1"].status == "cancelled"
        assert "The plan was paused" in journal(stage.records, plan_id), "what had waited was judged too"


async def test_it_heals_when_a_worker_with_mended_code_starts_and_the_task_closes_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with a_stage(a_practice()) as stage:
        plan_id = await stage.enroll(a_plan())
        fault = Fault(monkeypatch, always)
        await stage.intake.take_event(plan_id, PlanPaused(event_id="p", occurred_at=await stage.now()))
        await eventually(lambda: open_tasks(stage.records) == [FAILING])
        fault.is_mended()
        await look_again(stage.records, stage.environment.client)
        await eventually(lambda: open_tasks(stage.records) == [])
        assert stage.records.failing_judgements() == []
        assert "The plan was paused" in journal(stage.records, plan_id)


async def test_without_anybody_asking_it_is_tried_again_within_minutes_and_then_within_the_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[datetime] = []
    async with a_stage(a_practice()) as stage:
        plan_id = await stage.enroll(a_plan())

        def fails(state: Any, fresh: list[Any]) -> bool:
            tries.append(this_moment())
            return True

        fault = Fault(monkeypatch, fails)
        await stage.intake.take_event(plan_id, PlanPaused(event_id="p", occurred_at=await stage.now()))
        await eventually(lambda: open_tasks(stage.records) == [FAILING])
        before = len(tries)
        await stage.environment.sleep(2 * MINUTE)
        await eventually(lambda: len(tries) > before)
        fault.is_mended()
        await stage.environment.sleep(HOUR)
        await eventually(lambda: open_tasks(stage.records) == [])


async def test_what_came_in_before_and_meanwhile_is_kept_over_a_continued_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with a_stage(a_practice()) as stage:
        fault = Fault(monkeypatch, always)
        state = new_state("short", a_plan(), a_practice(), await stage.now())
        stage.records.add_plan(state, await stage.now())
        await stage.starter.start_plan(PlanInput(state=state, continue_after_events=10))
        stage.records.plan_started("short", await stage.now())
        for nth in range(3):
            paused = PlanPaused(event_id=f"p{nth}", occurred_at=await stage.now())
            assert (await stage.intake.take_event("short", paused)).outcome == "recorded"
            await eventually(lambda: open_tasks(stage.records) == [FAILING])
        fault.is_mended()
        await look_again(stage.records, stage.environment.client)
        await eventually(lambda: open_tasks(stage.records) == [])
        await eventually(lambda: journal(stage.records, "short").count("The plan was paused") == 3)


async def test_a_state_that_cannot_be_checked_takes_events_in_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(*_: Any) -> None:
        raise OverflowError

    async with a_stage(a_practice()) as stage:
        plan_id = await stage.enroll(a_plan())
        monkeypatch.setattr(treatment_plan, "check_event", raises)
        measured = MeasureRecorded.model_validate(
            {"event_id": "m", "occurred_at": await stage.now(), "measure": {"goal": "sleep", "value": True}}
        )
        assert (await stage.intake.take_event(plan_id, measured)).outcome in ("recorded", "refused")


async def test_a_claim_that_nobody_can_judge_is_an_urgent_task_until_it_heals(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_stage(the_practice()) as stage:
        claim_id = await an_opened_claim(stage)
        fault = Fault(monkeypatch, always, of_claims=True)
        now = await stage.now()
        assert await stage.tell(claim_id, ClaimSubmitted(event_id="n", occurred_at=now, on=now.date())) == "recorded"
        await eventually(lambda: CLAIM_FAILING in open_tasks(stage.records))
        assert [failing.claim_id for failing in stage.records.failing_judgements()] == [claim_id]
        fault.is_mended()
        await look_again(stage.records, stage.environment.client)
        await eventually(lambda: CLAIM_FAILING not in open_tasks(stage.records))
        assert stage.records.failing_judgements() == []
