"""Events pour in, many of them twice, while the plan's workflow continues as new again and again."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

from activities.hand_over import HandOver
from domain.events import AppointmentBooked
from domain.names import plan_workflow_id
from domain.state import new_state
from domain.workflow_inputs import PlanInput
from tests.integration.here import WorkerHere
from tests.integration.live_site import Site, now, wait_until
from tests.integration.quick_plans import a_plan

EVENTS = 200
AT_ONCE = 12
SHORT_RUN = 60
"""History events after which a run gives way to the next; in production it is 2,000."""


async def start_with_short_runs(site: Site, plan_id: str) -> None:
    started_at = now()
    state = new_state(plan_id, a_plan(), site.practice, started_at)
    assert await asyncio.to_thread(site.records.add_plan, state, started_at)
    await site.starter.start_plan(PlanInput(state=state, continue_after_events=SHORT_RUN))
    await asyncio.to_thread(site.records.plan_started, plan_id, started_at)


def booking(nth: int) -> AppointmentBooked:
    """Each visit has a time of its own, far away, so that nothing is due while the test runs."""
    said_at = now()
    starts_at = said_at + timedelta(days=30 + nth)
    return AppointmentBooked(
        event_id=f"event-{nth}", occurred_at=said_at, appointment_id=f"visit-{nth}", starts_at=starts_at
    )


async def runs_of(site: Site, plan_id: str) -> int:
    return len([run async for run in site.temporal.list_workflows(f"WorkflowId = '{plan_workflow_id(plan_id)}'")])


async def test_every_event_counts_once_while_the_workflow_continues_as_new(worker_here: WorkerHere) -> None:
    site = worker_here.site
    plan_id = "many-runs"
    await start_with_short_runs(site, plan_id)
    events = [booking(nth) for nth in range(EVENTS)]
    deliveries = events + random.Random(7).sample(events, EVENTS // 2)  # noqa: S311 - repeatable, no secret
    random.Random(8).shuffle(deliveries)  # noqa: S311
    gate = asyncio.Semaphore(AT_ONCE)
    # Past the records' own check, so that it is the workflow's memory that has to hold.
    straight_in = HandOver(site.records, site.temporal)

    async def deliver(nth: int, event: AppointmentBooked) -> str:
        async with gate:
            await asyncio.to_thread(site.records.add_event, plan_id, event, now())
            if nth % 2:
                return (await straight_in.hand_over(plan_id, event, now())).outcome
            return (await site.intake.take_event(plan_id, event)).outcome

    outcomes: Counter[str] = Counter()
    for wave in range(0, len(deliveries), 50):
        batch = deliveries[wave : wave + 50]
        outcomes.update(await asyncio.gather(*(deliver(nth, event) for nth, event in enumerate(batch))))
    assert outcomes["refused"] == 0, "an event was refused while one run gave way to the next"
    await site.later(timedelta(minutes=1)).sweep()

    await wait_until("every visit is in the saved view", lambda: visits_of(site, plan_id) == EVENTS)
    assert await asyncio.to_thread(site.records.events_to_hand_over, now() + timedelta(hours=1)) == []
    story = Counter(line.text for line in await asyncio.to_thread(site.records.timeline, plan_id))
    booked = {text: count for text, count in story.items() if text.startswith("A visit was booked for")}
    assert len(booked) == EVENTS
    assert set(booked.values()) == {1}, "an event was counted twice"
    assert await runs_of(site, plan_id) >= 4


async def test_an_event_of_an_earlier_run_is_still_a_duplicate(worker_here: WorkerHere) -> None:
    site = worker_here.site
    plan_id = "long-memory"
    await start_with_short_runs(site, plan_id)
    straight_in = HandOver(site.records, site.temporal)
    first = booking(0)
    assert (await site.intake.take_event(plan_id, first)).outcome == "recorded"
    nth = 0
    while await runs_of(site, plan_id) < 3:
        nth += 1
        assert (await site.intake.take_event(plan_id, booking(nth))).outcome == "recorded"
        assert nth < 100, "the workflow never continues as new"
    # The server forgets update ids with each run; the plan itself must remember.
    assert (await straight_in.hand_over(plan_id, first, now())).outcome == "duplicate"
    story = [line.text for line in await asyncio.to_thread(site.records.timeline, plan_id)]
    assert sum(text.startswith("A visit was booked for") for text in story) == nth + 1


def visits_of(site: Site, plan_id: str) -> int:
    view = site.records.plan(plan_id)
    return len(view.state.appointments) if view else 0
