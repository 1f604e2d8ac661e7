"""A plan that is ended while a possible emergency of its client is open says nothing cheerful and leaves it open."""

import pytest

from domain.events import EndReason, PlanEnded
from tests.domain.plan_builder import DAY, START, Played, a_state


def ended(why: EndReason, *said: str, answered: bool = False) -> Played:
    played = Played(a_state())
    for words in said:
        played.reply(words)
    if answered:
        played.decide("continue")
    played.take(PlanEnded(event_id="end", occurred_at=played.now, reason=why))
    return played.until(START + 3 * DAY)


@pytest.mark.parametrize("why", ["completed", "moved", "referred", "other"])
@pytest.mark.parametrize("said", ["i took all my pills", "I can't breathe and my chest hurts"])
def test_nothing_cheerful_goes_and_the_question_stays_open(why: EndReason, said: str) -> None:
    played = ended(why, said)
    assert not {"discharge", "plan_closed"} & set(played.templates())
    assert [asked.open for asked in played.state.asked if asked.kind == "red_flag"] == [True]
    assert any("possible emergency" in line.because for line in played.state.journal)


@pytest.mark.parametrize("why", ["completed", "moved"])
def test_an_emergency_that_a_person_has_answered_hinders_no_closing_words(why: EndReason) -> None:
    played = ended(why, "i took all my pills", answered=True)
    assert {"discharge", "plan_closed"} & set(played.templates())


def test_news_is_no_emergency() -> None:
    assert "discharge" in ended("completed", "I have a fever").templates()
