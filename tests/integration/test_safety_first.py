"""Words of danger and STOP reach a plan that can't act: they are answered, paged and obeyed all the same, and once.

`SAFETY_TIMES=20 SAFETY_WITHIN=1` plays the same twenty times with a limit of a second; the default asks only that it
happens, since a test machine may be slow.
"""

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from activities import judgement
from activities.emergencies import Emergencies
from activities.failing_judgements import look_again
from activities.judgement import Judge
from activities.messages import SendMessages
from domain.decide import decide
from domain.events import PlanEnded, PlanPaused
from domain.plan import TreatmentPlan
from domain.state import Appointment, new_state
from domain.wording import Wording
from domain.workflow_inputs import PlanInput
from providers.base import Accepted, Outgoing
from providers.local import LocalProvider
from tests.integration.here import a_worker_here
from tests.integration.live_site import Site, now, wait_until
from tests.integration.quick_plans import a_plan
from web.intake import Intake

TIMES = int(os.environ.get("SAFETY_TIMES", "1"))
WITHIN = float(os.environ.get("SAFETY_WITHIN", "60"))
DANGER = "I have chest pain and I can not breathe"
NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""What some booking systems send for "no date"."""


class Phone(LocalProvider):
    """Keeps who got what."""

    def __init__(self) -> None:
        super().__init__("sms")
        self.sent: list[tuple[str, str]] = []
        self.last_at = 0.0

    def send(self, outgoing: Outgoing) -> Accepted:
        self.sent.append((outgoing.address, outgoing.text))
        self.last_at = time.monotonic()
        return super().send(outgoing)

    def got(self, address: str, words: str) -> int:
        return sum(to == address and words in text for to, text in self.sent)


@dataclass
class House:
    """The site with a worker, and the way in of production: what can't wait is sent by whoever took it in."""

    site: Site
    phone: Phone
    intake: Intake


@pytest_asyncio.fixture
async def house(quiet_site: Site) -> AsyncGenerator[House]:
    phone, site = Phone(), quiet_site
    sender = SendMessages(site.records, {"sms": phone})
    judge = Judge(site.records, Wording.load(), "https://desk.example")
    emergencies = Emergencies(site.records, site.starter, site.practice, judge, sender)
    intake = Intake(site.records, site.temporal, site.starter, site.practice, emergencies=emergencies)
    async with a_worker_here(site, {"sms": phone}):
        yield House(site, phone, intake)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of plans on which `decide` raises."""
    broken: set[str] = set()

    def faulty(state: Any, fresh: list[Any], at: datetime) -> Any:
        if state.plan_id in broken:
            raise OverflowError("date value out of range")
        return decide(state, fresh, at)

    monkeypatch.setattr(judgement, "decide", faulty)
    return broken


def a_plan_of(plan_id: str, number: int) -> TreatmentPlan:
    plan = a_plan(0)
    client = plan.client.model_copy(update={"name": f"Client {plan_id}", "phone": f"+120655501{number:02d}"})
    return plan.model_copy(update={"plan_id": plan_id, "client": client})


async def a_failing_plan(house: House, plan_id: str, number: int, fault: set[str]) -> TreatmentPlan:
    """Enrolled and welcomed, then nothing about it can be judged any more."""
    plan = a_plan_of(plan_id, number)
    await house.intake.enroll(plan)
    await wait_until("the client is welcomed", lambda: house.phone.got(plan.client.phone or "", "") == 1)
    fault.add(plan_id)
    assert (await house.intake.take_event(plan_id, PlanPaused(event_id="p", occurred_at=now()))).outcome == "recorded"
    await wait_until("it is known to fail", lambda: plan_id in failing(house))
    return plan


async def a_poisoned_plan(house: House, plan_id: str, number: int, fault: set[str]) -> TreatmentPlan:
    """Stored by older code, with a visit in the year 9999."""
    plan = a_plan_of(plan_id, number)
    state = new_state(plan_id, plan, house.site.practice, now())
    state.appointments["v1"] = Appointment(appointment_id="v1", starts_at=NEVER, booked_at=now(), as_of=now())
    await asyncio.to_thread(house.site.records.add_plan, state, now())
    await asyncio.to_thread(house.site.records.plan_started, plan_id, now())
    await house.site.starter.start_plan(PlanInput(state=state))
    await wait_until("it fails, or copes", lambda: plan_id in failing(house) or revision(house, plan_id) > 0)
    return plan


async def an_ended_plan(house: House, plan_id: str, number: int, fault: set[str]) -> TreatmentPlan:
    plan = a_plan_of(plan_id, number)
    await house.intake.enroll(plan)
    ended = PlanEnded(event_id="end", occurred_at=now())
    await house.intake.take_event(plan_id, ended)
    await wait_until("it has ended", lambda: status(house, plan_id) == "ended")
    return plan


def failing(house: House) -> list[str]:
    return [one.plan_id for one in house.site.records.failing_judgements()]


def revision(house: House, plan_id: str) -> int:
    view = house.site.records.plan(plan_id)
    return view.state.revision if view else 0


def status(house: House, plan_id: str) -> str:
    view = house.site.records.plan(plan_id)
    return view.state.status if view else ""


def pages(house: House, plan_id: str) -> int:
    return sum(view.escalation.plan_id == plan_id for view in house.site.records.escalations())


def tasks(house: House, plan_id: str) -> list[str]:
    """Of a client whose plan has ended the desk's task belongs to no plan."""
    found = house.site.records.desk_tasks()
    return [
        one.task.text for one in found if one.task.plan_id in (plan_id, "") and "may mean an emergency" in one.task.text
    ]


Kind = Callable[[House, str, int, set[str]], Awaitable[TreatmentPlan]]
KINDS: list[tuple[str, Kind, int]] = [
    ("failing", a_failing_plan, 30),
    ("poisoned", a_poisoned_plan, 50),
    ("ended", an_ended_plan, 70),
]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "make", "number"), KINDS, ids=[kind[0] for kind in KINDS])
async def test_words_of_danger_are_answered_paged_and_put_on_the_desk_whatever_the_plan_is_doing(
    house: House, fault: set[str], name: str, make: Kind, number: int
) -> None:
    took: list[float] = []
    for nth in range(TIMES):
        plan = await make(house, f"{name}-{nth}", number + nth, fault)
        client, therapist = plan.client.phone or "", plan.therapist.phone or ""
        paged_before, began = house.phone.got(therapist, ""), time.monotonic()
        kept = await house.intake.store_reply(f"SM-{name}-{nth}", "sms", client, DANGER)
        await house.intake.hand_over_reply(kept)
        took.append(house.phone.last_at - began)
        assert house.phone.got(client, "Call 911 now") == 1, "the client has the fixed answer"
        assert house.phone.got(therapist, "") - paged_before == 1, "the therapist has the page"
        assert len(tasks(house, f"{name}-{nth}")) >= 1
        assert pages(house, f"{name}-{nth}") == 1
    print(f"{name}: answered and paged within {max(took):.2f} s, {TIMES} times")  # noqa: T201
    assert max(took) < WITHIN


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "make", "number"), KINDS, ids=[kind[0] for kind in KINDS])
async def test_stop_counts_whatever_the_plan_is_doing(
    house: House, fault: set[str], name: str, make: Kind, number: int
) -> None:
    took: list[float] = []
    for nth in range(TIMES):
        plan = await make(house, f"stop-{name}-{nth}", number + nth, fault)
        client = plan.client.phone or ""
        began = time.monotonic()
        kept = await house.intake.store_reply(f"SM-stop-{name}-{nth}", "sms", client, "Please stop texting me")
        assert await asyncio.to_thread(house.site.records.is_suppressed, "sms", client)
        took.append(time.monotonic() - began)
        await house.intake.hand_over_reply(kept)
        await asyncio.to_thread(house.site.records.lift_suppression, "sms", client, now(), "the next round's")
    print(f"{name}: opted out within {max(took):.2f} s, {TIMES} times")  # noqa: T201
    assert max(took) < WITHIN


@pytest.mark.timeout(300)
async def test_a_plan_that_heals_finds_its_emergency_answered_and_the_question_asked(
    house: House, fault: set[str]
) -> None:
    plan = await a_failing_plan(house, "healing", 90, fault)
    client, therapist = plan.client.phone or "", plan.therapist.phone or ""
    await house.intake.take_reply("SM-healing", "sms", client, DANGER)
    paged = house.phone.got(therapist, "")
    fault.clear()
    await look_again(house.site.records, house.site.temporal)
    await wait_until("the plan is on hold", lambda: status(house, "healing") == "held")
    await wait_until("that is noted", lambda: "healing" not in failing(house))
    view = house.site.records.plan("healing")
    assert view is not None
    (asked,) = view.state.asked
    (opened,) = [one for one in house.site.records.escalations() if one.escalation.plan_id == "healing"]
    assert asked.escalation_id == opened.escalation.escalation_id, "the plan waits for the answer to that very question"
    assert (house.phone.got(client, "Call 911 now"), house.phone.got(therapist, "")) == (1, paged), (
        "nobody hears it twice"
    )
    assert sum(one.task.plan_id == "healing" for one in house.site.records.desk_tasks()) == 1, "the emergency's alone"
    assert "healing" not in failing(house)
