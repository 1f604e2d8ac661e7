"""What a plan costs in Temporal actions. These numbers are exact, so they may be asserted."""

from datetime import datetime, timedelta

from domain.events import AppointmentBooked, Measurement, SessionCompleted
from tests.domain.plan_builder import DAY, HOUR, a_pain_goal, a_plan, a_practice
from tests.workflows.stage import Bill, Stage, a_stage, most_timers_at_once

SESSIONS = 12


async def twelve_sessions(stage: Stage) -> str:
    """12 visits, all booked at the start, each recorded after it took place: 24 events."""
    plan = a_plan(a_pain_goal(by_session=SESSIONS, baseline=9, target=1), sessions=SESSIONS)
    plan_id = await stage.enroll(plan)
    start = await stage.now()
    visits = [start + 7 * DAY * number + 6 * HOUR for number in range(1, SESSIONS + 1)]
    for number, starts_at in enumerate(visits):
        await stage.take(plan_id, booked(number, starts_at, await stage.now()))
    for number, starts_at in enumerate(visits):
        await stage.until(starts_at + HOUR)
        await stage.take(plan_id, completed(number, starts_at + HOUR))
    await stage.until(visits[-1] + 9 * DAY)
    return plan_id


def booked(number: int, starts_at: datetime, at: datetime) -> AppointmentBooked:
    return AppointmentBooked(event_id=f"b{number}", occurred_at=at, appointment_id=f"v{number}", starts_at=starts_at)


def completed(number: int, at: datetime) -> SessionCompleted:
    value = round(9 - 8 * number / (SESSIONS - 1))
    return SessionCompleted(
        event_id=f"c{number}",
        occurred_at=at,
        appointment_id=f"v{number}",
        measures=[Measurement(goal="pain", value=value)],
    )


async def test_a_plan_of_twelve_sessions_stays_within_its_bound_and_at_todays_number() -> None:
    practice = a_practice(reminders=["P1D", "PT2H"], screening=False)
    async with a_stage(practice) as stage:
        plan_id = await twelve_sessions(stage)
        history = await stage.history(plan_id)
        view = stage.records.plan(plan_id)
        lines = stage.records.timeline(plan_id)
    messages = sum(line.direction == "out" and line.to == "client" for line in lines)
    assert view is not None
    escalations = len(view.state.asked)
    bill = Bill(history)
    assert messages == 38  # a welcome, two reminders and one feedback text a session, and the benchmark's good news
    assert bill.updates == 24
    assert bill.actions <= 3 * messages + 2 * 24 + 10 + escalations, str(bill)
    assert (bill.timers, bill.activities, bill.actions) == (36, 39, 161), str(bill)  # today's number
    assert most_timers_at_once(history) == 1


async def test_moving_the_next_due_time_later_re_arms_no_timer() -> None:
    practice = a_practice(screening=False)
    async with a_stage(practice) as stage:
        plan_id = await stage.enroll(a_plan())
        start = await stage.now()
        await stage.take(plan_id, booked(1, start + 10 * DAY, start))
        for number in range(2, 8):
            await stage.take(plan_id, booked(number, start + (10 + number) * DAY, start + timedelta(minutes=number)))
        history = await stage.history(plan_id)
    assert Bill(history).timers == 1
    assert most_timers_at_once(history) == 1
