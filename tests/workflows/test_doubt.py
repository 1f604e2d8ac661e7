"""A provider whose answer got lost: the plan looks for its message, and nobody is written to twice or forgotten."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.client import Channel, Person
from domain.events import ClientReplied
from providers.base import Accepted, DeliveryError, Evidence, Outgoing
from tests.domain.plan_builder import a_plan, a_practice
from tests.workflows.stage import Stage, a_stage

MINUTE = timedelta(minutes=1)
BACKUP = Person(name="Joel", phone="+12065550112")


@dataclass
class Vague:
    """Gives no answer to the first call for an address; later it says of every message what the test wants."""

    says: Evidence
    channel: Channel = "sms"
    handed: list[Outgoing] = field(default_factory=list[Outgoing])

    def send(self, outgoing: Outgoing) -> Accepted:
        first = outgoing.address not in [before.address for before in self.handed]
        self.handed.append(outgoing)
        if first:
            raise DeliveryError.of("no_answer")
        return Accepted(f"SM{len(self.handed)}")

    def find(self, outgoing: Outgoing, since: datetime, taken: Callable[[str], bool]) -> Evidence:
        return self.says


async def welcomed(stage: Stage, minutes: int) -> tuple[str, list[str]]:
    """A plan some minutes after its start, and the states of the client's messages."""
    plan_id = await stage.enroll(a_plan())
    await stage.environment.sleep(minutes * MINUTE)
    lines = stage.records.timeline(plan_id)
    return plan_id, [line.status for line in lines if line.to == "client" and line.direction == "out"]


async def test_a_message_that_the_provider_has_is_not_sent_again() -> None:
    vague = Vague(Evidence("accepted", "SM-found"))
    async with a_stage(a_practice(), providers=[vague]) as stage:
        assert (await welcomed(stage, 5))[1] == ["accepted"]
    assert len(vague.handed) == 1


async def test_a_message_that_is_provably_absent_is_sent_once_more_after_five_minutes() -> None:
    vague = Vague(Evidence("absent"))
    async with a_stage(a_practice(), providers=[vague]) as stage:
        assert (await welcomed(stage, 7))[1] == ["accepted"]
    first, second = vague.handed
    assert (first.message_id, first.text) == (second.message_id, second.text)
    assert 5 * MINUTE <= second.at - first.at <= 6 * MINUTE


async def test_a_message_that_nobody_can_tell_of_goes_to_the_front_desk_after_ten_minutes() -> None:
    vague = Vague(Evidence("unclear"))
    async with a_stage(a_practice(), providers=[vague]) as stage:
        plan_id, statuses = await welcomed(stage, 9)
        assert (statuses, stage.records.desk_tasks()) == (["sending"], [])
        await stage.environment.sleep(3 * MINUTE)
        (task,) = [view.task for view in stage.records.desk_tasks()]
        assert (task.plan_id, task.kind) == (plan_id, "undeliverable")
        assert "nobody can tell whether it went" in task.text
    assert len(vague.handed) == 1


async def test_an_emergency_page_in_doubt_brings_in_the_backup_at_once() -> None:
    vague = Vague(Evidence("unclear"))
    async with a_stage(a_practice(), providers=[vague]) as stage:
        plan_id = await stage.enroll(a_plan(backup=BACKUP))
        now = await stage.now()
        await stage.take(
            plan_id, ClientReplied(event_id="r1", occurred_at=now, channel="sms", text="I have crushing chest pain")
        )
        await stage.environment.sleep(MINUTE)
        paged = [line.to for line in stage.records.timeline(plan_id) if line.kind == "escalation" and line.text]
    assert "backup" in paged
