"""A page or a word to staff that the provider gives up after taking it: another way, once, and never in silence."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from domain.client import Channel, Client, Person
from domain.escalation import DecisionBody
from domain.events import ClientReplied
from domain.plan import TreatmentPlan
from providers.base import Accepted, Cause, DeliveryError, Outgoing
from tests.domain.plan_builder import DAY, a_client, a_plan, a_practice
from tests.workflows.stage import Stage, a_stage
from tests.workflows.test_escalation import a_missed_benchmark, a_red_flag

MINUTE = timedelta(minutes=1)
GONE = "could not be reached"
AT_ONCE: dict[str, Cause] = {
    "bad_address": "bad_address",
    "opted_out": "opted_out",
    "content": "content",
    "refused": "refused",
    "unreachable": "unreachable",
    "too_late": "too_late",
    "busy": "busy",
    "not_connected": "not_connected",
    "no_answer": "no_answer",
    "our_settings": "our_settings",
}
"""What the provider may say of a page when it is handed over."""
LATER = {
    "accepted": [],
    "sent": ["sent"],
    "delivered": ["sent", "delivered"],
    "undelivered": ["sent", "undelivered"],
    "failed": ["failed"],
    "bounced": ["delivered", "undelivered"],
}
"""What it may report of one that it took."""
ARRIVES = ["therapist by sms"]
OTHER_WAY_AND_BACKUP = ["backup by sms", "therapist by email"]
EXPECTED = {
    "accepted": ARRIVES,
    "sent": ARRIVES,
    "delivered": ARRIVES,
    "busy": ["therapist by email", *ARRIVES],  # the text a minute later
    "not_connected": ["therapist by email", *ARRIVES],
    "our_settings": ["therapist by email"],  # the text waits until the settings are mended
    "bad_address": OTHER_WAY_AND_BACKUP,
    "opted_out": OTHER_WAY_AND_BACKUP,
    "content": OTHER_WAY_AND_BACKUP,
    "refused": OTHER_WAY_AND_BACKUP,
    "unreachable": OTHER_WAY_AND_BACKUP,
    "too_late": OTHER_WAY_AND_BACKUP,
    "no_answer": ["backup by sms"],  # the page may have arrived: the sweep finds out
    "undelivered": [*OTHER_WAY_AND_BACKUP, *ARRIVES],
    "failed": [*OTHER_WAY_AND_BACKUP, *ARRIVES],
    "bounced": [*OTHER_WAY_AND_BACKUP, *ARRIVES],
}
"""Whom a red flag reached, or may have, within five minutes."""


@dataclass
class Fickle:
    """Takes every message, but the first one to some addresses."""

    channel: Channel
    says: dict[str, Cause] = field(default_factory=dict[str, Cause])
    took: list[Outgoing] = field(default_factory=list[Outgoing])

    def send(self, outgoing: Outgoing) -> Accepted:
        cause = self.says.pop(outgoing.address, None)
        if cause is not None:
            raise DeliveryError.of(cause)
        self.took.append(outgoing)
        return Accepted(f"{self.channel}-{len(self.took)}")

    def to(self, address: str) -> list[Outgoing]:
        return [outgoing for outgoing in self.took if outgoing.address == address]


def a_person(name: str, nth: int, area: str) -> Person:
    return Person(name=name, phone=f"+1{area}55501{nth:02d}", email=f"{name.lower()}{nth}@example.com")


def a_reachable_plan(nth: int) -> TreatmentPlan:
    """Everybody of it has a number and an address of their own."""
    client: Client = a_client(phone=f"+136055501{nth:02d}")
    plan = a_plan(client=client, backup=a_person("Joel", nth, "253"), plan_id=f"fickle-{nth}")
    return plan.model_copy(update={"therapist": a_person("Maya", nth, "206")})


async def give_up(stage: Stage, outgoing: Outgoing, *statuses: str) -> None:
    for status in statuses or ("undelivered",):
        await stage.intake.take_delivery(outgoing.message_id, status, "" if status in ("sent", "delivered") else GONE)
    await stage.environment.sleep(10)


def tasks(stage: Stage) -> list[str]:
    return [view.task.text for view in stage.records.desk_tasks() if view.task.kind == "undeliverable"]


async def flagged(stage: Stage, nth: int) -> None:
    plan_id = (await stage.intake.enroll(a_reachable_plan(nth))).plan_id
    words = ClientReplied(event_id="r", occurred_at=await stage.now(), channel="sms", text="I have crushing chest pain")
    await stage.intake.take_event(plan_id, words)


async def test_each_of_sixteen_outcomes_of_a_page_reaches_somebody() -> None:
    texts, mails = Fickle("sms"), Fickle("email")
    async with a_stage(a_practice(), providers=[texts, mails]) as stage:
        kinds = [*LATER, *AT_ONCE]  # the last one stops the sender for all
        therapists = {kind: a_person("Maya", nth, "206") for nth, kind in enumerate(kinds)}
        backups = {kind: a_person("Joel", nth, "253") for nth, kind in enumerate(kinds)}
        for kind, cause in AT_ONCE.items():
            texts.says[therapists[kind].phone or ""] = cause
        await asyncio.gather(*(flagged(stage, nth) for nth, kind in enumerate(kinds) if kind != "our_settings"))
        await stage.environment.sleep(10)
        for kind, statuses in LATER.items():
            page = texts.to(therapists[kind].phone or "")[0]
            await give_up(stage, page, *[*statuses, *statuses[-1:]] or ["sent"])  # the last report comes twice
        await flagged(stage, len(kinds) - 1)
        await stage.environment.sleep(4 * MINUTE)
        reached = {
            kind: sorted(
                [f"therapist by {way.channel}" for way in (texts, mails) for _ in way.to(therapists[kind].phone or "")]
                + ["therapist by email" for _ in mails.to(therapists[kind].email or "")]
                + ["backup by sms" for _ in texts.to(backups[kind].phone or "")]
            )
            for kind in kinds
        }
        assert len(kinds) == 16
        assert reached == {kind: sorted(ways) for kind, ways in EXPECTED.items()}
        (doubtful,) = tasks(stage)
        assert "possible emergency did not reach its reader: looking for it at the provider." in doubtful


async def test_a_page_that_fails_both_ways_is_an_urgent_task_of_the_desk() -> None:
    texts, mails = Fickle("sms"), Fickle("email")
    async with a_stage(a_practice(), providers=[texts, mails]) as stage:
        await a_red_flag(stage, a_reachable_plan(1))
        (page,) = texts.to("+12065550101")
        await give_up(stage, page)
        (mail,) = mails.to("maya1@example.com")
        assert tasks(stage) == []
        await give_up(stage, mail, "delivered", "undelivered")
        lost = "A page about a possible emergency did not reach its reader: could not be reached. Phone them now."
        assert tasks(stage) == [lost]
        (inbox,) = [item for item in stage.records.desk_tasks() if item.task.text == lost]
        assert inbox.task.plan_id == "fickle-1"


async def test_a_question_that_was_answered_meanwhile_needs_no_other_way() -> None:
    texts, mails = Fickle("sms"), Fickle("email")
    async with a_stage(a_practice(undo_for=MINUTE), providers=[texts, mails]) as stage:
        _, escalation_id = await a_missed_benchmark(stage)
        (told,) = texts.to("+12065550110")
        await stage.intake.decide(escalation_id, DecisionBody(choice="continue", by="Maya"))
        await give_up(stage, told)
        await stage.environment.sleep(DAY)
        assert mails.took == []
        assert tasks(stage) == []


async def test_a_question_whose_answer_is_taken_back_goes_the_other_way() -> None:
    texts, mails = Fickle("sms"), Fickle("email")
    async with a_stage(a_practice(undo_for=MINUTE), providers=[texts, mails]) as stage:
        _, escalation_id = await a_missed_benchmark(stage)  # its therapist has only a phone
        (told,) = texts.to("+12065550110")
        await stage.intake.decide(escalation_id, DecisionBody(choice="continue", by="Maya"))
        await give_up(stage, told)
        assert tasks(stage) == []
        await stage.intake.undo(escalation_id, "Maya")
        await stage.environment.sleep(MINUTE)
        assert tasks(stage) == [
            "A question to the therapist did not reach its reader: could not be reached. Tell them."
        ]


async def test_a_report_that_comes_when_nothing_is_open_any_more_changes_nothing() -> None:
    texts, mails = Fickle("sms"), Fickle("email")
    async with a_stage(a_practice(), providers=[texts, mails]) as stage:
        _, escalation_id = await a_missed_benchmark(stage)
        (told,) = texts.to("+12065550110")
        await stage.intake.decide(escalation_id, DecisionBody(choice="continue", by="Maya"))
        await stage.environment.sleep(MINUTE)  # its workflow is over
        await give_up(stage, told)
        assert stage.records.events_to_hand_over(await stage.now() + DAY) == []
        assert tasks(stage) == []
