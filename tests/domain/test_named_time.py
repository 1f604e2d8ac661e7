"""Who confirms another day or hour than the visit's has confirmed nothing: a person calls them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.actions import AddDeskTask
from domain.decide import decide
from domain.events import ClientReplied
from domain.named_time import names_another_time
from tests.domain.plan_builder import START, a_state
from tests.domain.reply_builder import asked

VISIT = datetime(2026, 3, 5, 14, 30, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Thursday
WEDNESDAY = datetime(2026, 3, 4, tzinfo=ZoneInfo("America/Los_Angeles")).date()


@pytest.mark.parametrize(
    "text",
    [
        "C",
        "see you then",
        "yes, Thursday works",
        "ok thurs 2:30",
        "I'll be there tomorrow at 2:30 pm",
        "at 2 then",
        "el jueves a las 2:30, gracias",
        "the 5th is fine",
        "5 of us are coming",
        "it was a 4 out of 10",
    ],
)
def test_the_visits_own_time_or_none_is_no_other_time(text: str) -> None:
    assert not names_another_time(text, VISIT, WEDNESDAY)


@pytest.mark.parametrize(
    "text",
    [
        "Friday works",
        "see you today",
        "ok at 3",
        "yes 10:30 is good",
        "C for 4pm",
        "el viernes, gracias",
        "the 12th ok",
    ],
)
def test_another_day_or_hour_is_noticed(text: str) -> None:
    assert names_another_time(text, VISIT, WEDNESDAY)


@pytest.mark.parametrize(("words", "confirmed"), [("Yes, tomorrow", True), ("Yes, Friday", False)])
def test_a_confirmation_of_another_day_is_read_by_a_person(words: str, confirmed: bool) -> None:
    state = asked(a_state(), "confirm_appointment", visit="v1")
    reply = ClientReplied(event_id="r1", occurred_at=START, channel="sms", text=words)
    decision = decide(state, [reply], START)
    assert decision.state.appointments["v1"].confirmed is confirmed
    tasks = [action.text for action in decision.actions if isinstance(action, AddDeskTask)]
    assert any("names another time" in text and words in text for text in tasks) is not confirmed


@pytest.mark.parametrize("words", ["Thanks!", "C", "ok see you then", "gracias, ahí nos vemos"])
def test_thanks_and_a_c_leave_the_health_question_to_a_person(words: str) -> None:
    state = asked(a_state(), "screening_yes_no", visit="v1")
    decision = decide(state, [ClientReplied(event_id="r1", occurred_at=START, channel="sms", text=words)], START)
    assert "screening_yes_no" in [question.kind for question in decision.state.questions]
    assert any(isinstance(action, AddDeskTask) and words in action.text for action in decision.actions)
