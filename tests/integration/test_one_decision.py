"""Several people answer one question at the same moment."""

import asyncio
import re
from datetime import timedelta

import pytest

from domain.client import Person
from domain.errors import AlreadyDecided
from domain.escalation import Decided, DecisionBody, Escalation
from domain.names import escalation_workflow_id
from domain.state import new_state
from domain.workflow_inputs import EscalationInput
from tests.integration.here import WorkerHere
from tests.integration.live_site import Site, now, wait_until
from tests.integration.quick_plans import a_plan

PEOPLE = ("Maya", "Robin", "Alex", "Kim")
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
CHOICES = ("continue", "refer_out", "maintenance", "continue")


async def ask(site: Site, escalation_id: str, undo_for: timedelta = timedelta(0)) -> None:
    opened_at = now()
    state = new_state("one-decision", a_plan(), site.practice, opened_at)
    await asyncio.to_thread(site.records.add_plan, state, opened_at)
    escalation = Escalation(
        escalation_id=escalation_id,
        plan_id="one-decision",
        kind="plateau",
        question="Less pain has stood still. What now?",
        evidence=["Session 1: 7"],
        opened_at=opened_at,
        responsible=Person(name="Maya", phone="+12065550110"),
        backup=Person(name="Robin", phone="+12065550111"),
        remind_after=timedelta(days=1),
        backup_after=timedelta(days=2),
        undo_for=undo_for,
    )
    assert await asyncio.to_thread(site.records.add_escalation, escalation, opened_at)
    await site.starter.start_escalation(EscalationInput(escalation=escalation, practice=site.practice))


async def test_of_several_decisions_at_once_one_counts_and_the_others_hear_who_decided_and_when(
    worker_here: WorkerHere,
) -> None:
    site = worker_here.site
    await site.intake.enroll(a_plan().model_copy(update={"plan_id": "one-decision"}))
    for nth in range(5):
        escalation_id = f"question-{nth}"
        await ask(site, escalation_id)
        bodies = [
            DecisionBody.model_validate({"choice": choice, "by": person})
            for person, choice in zip(PEOPLE, CHOICES, strict=True)
        ]
        answers = await asyncio.gather(
            *(site.intake.decide(escalation_id, body) for body in bodies), return_exceptions=True
        )
        counted = [answer for answer in answers if isinstance(answer, Decided)]
        too_late = [str(answer) for answer in answers if isinstance(answer, AlreadyDecided)]
        other = [repr(answer) for answer in answers if not isinstance(answer, Decided | AlreadyDecided)]
        assert other == [], "somebody was left without an answer"
        assert (len(counted), len(too_late)) == (1, len(PEOPLE) - 1)
        winner = counted[0].decision
        for refusal in too_late:
            assert re.fullmatch(f"{winner.by} decided {winner.choice} at {MOMENT}", refusal)
        await wait_until("the records have the answer", lambda i=escalation_id: answer_on_record(site, i) is not None)
        assert answer_on_record(site, escalation_id) == winner


async def test_who_comes_second_sees_who_decided_even_if_the_winners_process_died_before_it_wrote_that_down(
    worker_here: WorkerHere,
) -> None:
    site = worker_here.site
    await site.intake.enroll(a_plan().model_copy(update={"plan_id": "one-decision-more"}))
    await ask(site, "unwritten", undo_for=timedelta(minutes=5))
    first = DecisionBody(choice="maintenance", by="Maya")
    handle = site.temporal.get_workflow_handle(escalation_workflow_id("unwritten"))
    await handle.execute_update("decide", first, result_type=Decided)
    assert answer_on_record(site, "unwritten") is None
    with pytest.raises(AlreadyDecided, match="Maya decided maintenance"):
        await site.intake.decide("unwritten", DecisionBody(choice="continue", by="Robin"))
    assert answer_on_record(site, "unwritten") == first


def answer_on_record(site: Site, escalation_id: str) -> DecisionBody | None:
    view = site.records.escalation(escalation_id)
    return view.decided.decision if view and view.decided else None
