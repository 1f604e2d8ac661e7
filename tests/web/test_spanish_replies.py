"""Everything that a reply leads to is Spanish on the pages of those who read Spanish."""

from collections.abc import Generator
from datetime import timedelta
from typing import get_args

import pytest

from domain.events import CalendarAnswer, ClientReplied, PlanEnded, PlanResumed, StaffWrote
from domain.grave_words import Grave
from domain.judgement import Judgement
from domain.replies import Understanding
from domain.reply_meanings import in_words
from domain.take_reply import act_on
from tests.domain.plan_builder import DAY, START, Played, a_client, a_plan, a_practice, a_state
from tests.web.english_left import ENGLISH
from web import languages
from web.languages import told

MEANINGS = [
    {"intent": "human", "sure": False, "suggestion": "reschedule", "also": ("book", "running_late")},
    {"intent": "human", "sure": False, "suggestion": "rating", "value": 2},
    {"intent": "human", "sure": False, "suggestion": "confirm"},
    {"intent": "human", "sure": False, "suggestion": "cancel", "also": ("thanks", "stop")},
    {"intent": "contraindication", "also": ("pain", "yes", "no", "help", "start", "wrong_number", "red_flag")},
    {"intent": "rating", "value": 4, "also": ("contraindication",)},
    {"intent": "running_late"},
    {"intent": "book"},
    {"intent": "wrong_number"},
    {"intent": "stop"},
    {"intent": "ignore"},
    {"intent": "human", "death": True},
    {"intent": "stop", "partly": True},
    *({"intent": "human", "sure": False, "grave": grave} for grave in get_args(Grave)),
    {"intent": "stop", "death": True},
]


@pytest.fixture(autouse=True)
def in_spanish() -> Generator[None]:
    reset = languages._current.set("es")  # pyright: ignore[reportPrivateUsage]
    yield
    languages._current.reset(reset)  # pyright: ignore[reportPrivateUsage]


def english_in(judgement: Judgement) -> list[str]:
    said = [line.text for line in judgement.state.journal] + [line.because for line in judgement.state.journal]
    said += [action.text for action in judgement.actions if action.type == "add_desk_task"]
    for action in judgement.actions:
        if action.type == "open_escalation":
            said += [action.escalation.question, *action.escalation.evidence]
    return [text for text in said if ENGLISH.search(told(text))]


@pytest.mark.parametrize("booked", [True, False])
@pytest.mark.parametrize("meaning", MEANINGS, ids=str)
def test_what_follows_from_a_reply_is_told_in_spanish(meaning: dict[str, object], booked: bool) -> None:
    played = Played(a_state(practice=a_practice(screening=False)))
    if booked:
        played.book("v1", START + 5 * DAY)
    judgement = Judgement(played.state, played.now)
    reply = ClientReplied(event_id="r", occurred_at=played.now, channel="sms", text="Hola")
    understood = Understanding.model_validate(meaning)
    judgement.write("reply", in_words(understood))
    act_on(judgement, understood, None, reply)
    assert english_in(judgement) == []


def test_a_calendar_a_death_and_an_end_are_told_in_spanish() -> None:
    played = Played(a_state())
    calendar = CalendarAnswer(answer="accepted")
    at = played.now + timedelta(minutes=1)
    played.take(ClientReplied(event_id="c", occurred_at=at, channel="email", text="Hola", calendar=calendar))
    played.reply("Tina passed away")
    played.take(StaffWrote(event_id="w", occurred_at=played.now + timedelta(minutes=1), text="Hola", by="Robin"))
    played.reply("Tina murió el domingo").reply("Quiero cancelar mi cita")
    played.take(PlanResumed(event_id="go", occurred_at=played.now + timedelta(minutes=1)))
    ends = ("completed", "moved", "referred", "other", "deceased")
    said = [task.text for task in played.tasks]
    booked = Played(a_state(a_plan(client=a_client(email="tina@example.com")))).book("v1", START + 5 * DAY)
    booked.reply("STOP").reply("START").reply("Tengo fiebre").reply("Me duele el pecho").reply("Tina murió. Stop")
    booked.take(PlanResumed(event_id="go", occurred_at=booked.now + timedelta(minutes=1)))
    said += [task.text for task in booked.tasks] + [line.text for line in booked.state.journal]
    said += [line for asked in booked.escalations for line in asked.escalation.evidence]
    for reason in ends:
        for note in ("", "nota"):
            ended = Played(a_state()).take(PlanEnded(event_id="e", occurred_at=START, reason=reason, note=note))
            said += [line.text for line in ended.state.journal] + [line.because for line in ended.state.journal]
    assert [text for text in said if ENGLISH.search(told(text))] == []
