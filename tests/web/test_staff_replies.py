"""The therapist or the backup person answers by text with a number of the notice; anything else goes to the desk."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from temporalio.client import Client

from activities.start import WorkflowStarter
from domain.actions import SendMessage
from domain.errors import AlreadyDecided
from domain.escalation import Decided, DecisionBody
from domain.names import escalation_touchpoint
from domain.state import OpenQuestion
from records.database import Records
from records.keyring import KeyRing
from tests.domain.plan_builder import a_practice
from tests.domain.reply_builder import a_text
from tests.web.web_builders import NOON, a_message, a_plan, a_state, an_escalation, open_records, sent
from web.reply_intake import ReplyIntake
from web.staff_answers import StaffAnswers, TemporalAway

ALEX, ROBIN = "+12065550102", "+12065550109"
MINUTE = timedelta(minutes=1)


class FakeTemporal:
    """Notes what workflows were asked to say."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, str]] = []

    def get_workflow_handle(self, workflow_id: str) -> Any:
        fake = self

        class Handle:
            async def signal(self, name: str, word: Any) -> None:
                fake.said.append((workflow_id, word.to, word.template))

        return Handle()


class Desk:
    """A practice with questions that staff were told of by text."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.temporal = FakeTemporal()
        self.decided: list[tuple[str, DecisionBody]] = []
        self.away = False
        staff = StaffAnswers(records, cast(Client, self.temporal), self._decide)
        self.replies = ReplyIntake(records, cast(WorkflowStarter, None), a_practice(), staff)

    async def _decide(self, escalation_id: str, body: DecisionBody) -> Decided:
        if self.away:
            raise TemporalAway("away")
        view = self.records.escalation(escalation_id)
        assert view is not None
        if view.decided is not None:
            raise AlreadyDecided(f"{view.decided.decision.by} decided {view.decided.decision.choice}")
        decided = Decided(escalation_id=escalation_id, decision=body, decided_at=NOON)
        self.decided.append((escalation_id, body))
        self.records.settle_escalation(escalation_id, decided, NOON)
        return decided

    def ask(self, escalation_id: str, to: str = "therapist", **changes: Any) -> None:
        """A question of which this person has had a text."""
        asked = an_escalation(escalation_id).model_copy(update=changes)
        self.records.add_escalation(asked, NOON)
        self.tell(escalation_id, to)

    def tell(self, escalation_id: str, to: str) -> None:
        key = escalation_touchpoint(escalation_id, f"{to}-0")
        notice: SendMessage = a_message("please decide", key=key, to="therapist").model_copy(
            update={"to": to, "address": ALEX if to == "therapist" else ROBIN}
        )
        sent(self.records, notice)

    async def hears(self, text: str, number: str = ALEX, provider_id: str = "SM1") -> None:
        await self.replies.store(a_text(text, provider_id, at=NOON, from_address=number), NOON)

    def answers(self) -> list[tuple[str, str, str]]:
        return [(escalation_id, body.choice, body.by) for escalation_id, body in self.decided]

    def tasks(self) -> list[str]:
        return [view.task.text for view in self.records.desk_tasks()]


@contextmanager
def a_desk(folder: Path, **state: Any) -> Generator[Desk]:
    records = open_records(folder, KeyRing.generate())
    try:
        records.add_plan(a_state(asked=[], **state), NOON)
        yield Desk(records)
    finally:
        records.close()


@pytest.mark.parametrize(("text", "choice"), [("1", "continue"), (" 2. ", "maintenance"), ("3)", "refer_out")])
async def test_a_number_answers_the_question_and_the_person_hears_so(tmp_path: Path, text: str, choice: str):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        await desk.hears(text)
        assert desk.answers() == [("e1", choice, "Alex Romero")]
        assert desk.temporal.said == [("escalation-e1", "therapist", "answer_noted")]
        assert desk.tasks() == []
        assert [(row.staff_id, row.what, row.subject) for row in desk.records.audit(9)] == [("text", "decided", "e1")]


async def test_the_backup_person_answers_in_the_own_name_once_they_were_told(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        await desk.hears("1", ROBIN)
        assert desk.answers() == []
        assert len(desk.tasks()) == 1  # they were told of nothing, so it is a text like any other
        desk.tell("e1", "backup")
        await desk.hears("1", ROBIN, "SM2")
        assert desk.answers() == [("e1", "continue", "Robin")]


async def test_where_several_questions_wait_a_number_answers_none(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        desk.ask("e2")
        await desk.hears("1")
        assert desk.answers() == []
        assert desk.temporal.said == [("escalation-e2", "therapist", "answer_several")]


async def test_an_answered_question_is_no_longer_one_of_several(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        desk.ask("e2")
        body = DecisionBody(choice="continue", by="Robin")
        desk.records.settle_escalation("e2", Decided(escalation_id="e2", decision=body, decided_at=NOON), NOON)
        await desk.hears("2")
        assert desk.answers() == [("e1", "maintenance", "Alex Romero")]


@pytest.mark.parametrize("kind", ["red_flag", "screening"])
async def test_a_number_never_answers_a_question_about_safety(tmp_path: Path, kind: str):
    with a_desk(tmp_path) as desk:
        desk.ask("e1", kind=kind)
        await desk.hears("1")
        assert desk.answers() == []
        assert desk.temporal.said == [("escalation-e1", "therapist", "answer_by_link")]


async def test_who_answers_too_late_is_told_by_the_desk_who_was_faster(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        body = DecisionBody(choice="continue", by="Robin")
        desk.records.settle_escalation("e1", Decided(escalation_id="e1", decision=body, decided_at=NOON), NOON)
        await desk.hears("3")
        assert desk.answers() == []
        assert desk.tasks() == [
            'Alex Romero answered "refer out" by text, which was not taken: Robin decided continue. Tell them.'
        ]


@pytest.mark.parametrize("text", ["4", "1 or 2", "continue", "ok", "call me"])
async def test_any_other_text_of_staff_goes_to_the_desk(tmp_path: Path, text: str):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        await desk.hears(text)
        assert desk.answers() == []
        assert desk.temporal.said == []
        assert len(desk.tasks()) == 1
        assert text in desk.tasks()[0]


async def test_a_number_from_somebody_who_was_told_of_nothing_decides_nothing(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        await desk.hears("1", "+12065550177")
        assert desk.answers() == []
        assert len(desk.tasks()) == 1


async def test_where_a_therapist_is_a_client_too_the_clients_open_question_comes_first(tmp_path: Path):
    asked = OpenQuestion(key="feedback:1", kind="feedback_1_5", asked_at=NOON, expires_at=NOON + 9 * MINUTE, session=1)
    client = a_plan().client.model_copy(update={"phone": ALEX})
    with a_desk(tmp_path, plan=a_plan(client=client), questions=[asked]) as desk:
        desk.ask("e1")
        await desk.hears("1")
        assert desk.answers() == []
        [event] = desk.records.events_to_hand_over(NOON + MINUTE)
        assert event.plan_id == "tina"


async def test_the_same_text_twice_decides_once(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        await desk.hears("1")
        await desk.hears("1")
        assert len(desk.decided) == 1
        assert desk.tasks() == []


async def test_while_the_engine_is_away_the_answer_waits_and_the_sweep_gives_it(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        desk.ask("e1")
        desk.away = True
        await desk.hears("1")
        assert desk.answers() == []
        desk.away = False
        await desk.replies.sweep(NOON + MINUTE)
        await desk.replies.sweep(NOON + 2 * MINUTE)
        assert desk.answers() == [("e1", "continue", "Alex Romero")]
