"""Where the health questions can't be asked or answered by text, the desk asks them before the visit begins."""

from datetime import timedelta

import pytest

from domain.events import ConsentWithdrawn, PlanPaused, PlanResumed
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_practice, a_state

MINUTE = timedelta(minutes=1)
VISIT = START + 5 * DAY
UNANSWERED = "plan-1:unanswered:v1:v1"


def asked() -> Played:
    """A plan whose health question, one day before the visit, has just gone."""
    return Played(a_state()).book("v1", VISIT).until(VISIT - DAY)


def tasks(played: Played) -> list[str]:
    return [task.key for task in played.tasks if task.kind == "unanswered"]


def screenings(played: Played) -> list[str]:
    return [message.touchpoint_key for _, message in played.sent if message.template == "screening"]


def spoken(played: Played) -> ConsentWithdrawn:
    return ConsentWithdrawn(event_id="w", occurred_at=played.now, how="spoken", by="Dana Ruiz", said="no texts")


@pytest.mark.parametrize("words", ["STOP", "no me manden más mensajes", "wrong number"])
def test_after_an_opt_out_by_text_the_desk_still_asks_what_was_not_answered(words: str) -> None:
    played = asked().reply(words)
    before = len(played.sent)
    played.until(VISIT - 2 * HOUR - MINUTE)
    assert tasks(played) == []
    played.until(VISIT - 2 * HOUR)
    assert tasks(played) == [UNANSWERED]
    played.until(VISIT - MINUTE)
    assert tasks(played) == [UNANSWERED]
    assert UNANSWERED not in played.closed
    assert len(played.sent) == before


def test_after_an_opt_out_told_to_the_desk_the_desk_still_asks() -> None:
    played = asked()
    played.take(spoken(played)).until(VISIT - MINUTE)
    assert tasks(played) == [UNANSWERED]


def test_an_answer_before_the_opt_out_leaves_nothing_to_ask() -> None:
    assert tasks(asked().reply("No").reply("STOP").until(VISIT - MINUTE)) == []


def test_an_answer_after_the_opt_out_counts_and_is_not_answered() -> None:
    played = asked().reply("STOP")
    before = len(played.sent)
    played.reply("No").until(VISIT - MINUTE)
    assert tasks(played) == []
    assert len(played.sent) == before


def test_on_a_paused_plan_the_desk_asks_what_was_not_answered() -> None:
    played = asked()
    played.take(PlanPaused(event_id="p", occurred_at=played.now)).until(VISIT - MINUTE)
    assert tasks(played) == [UNANSWERED]


def test_on_a_paused_plan_the_desk_asks_what_was_never_sent() -> None:
    played = Played(a_state()).book("v1", VISIT)
    played.take(PlanPaused(event_id="p", occurred_at=played.now)).until(VISIT - 2 * HOUR - MINUTE)
    assert tasks(played) == []
    played.until(VISIT - MINUTE)
    assert tasks(played) == ["plan-1:unasked:screening:v1:v1"]
    assert screenings(played) == []


def test_a_plan_resumed_in_time_asks_by_text_and_not_the_desk() -> None:
    played = Played(a_state()).book("v1", VISIT)
    played.take(PlanPaused(event_id="p", occurred_at=played.now)).until(VISIT - 5 * HOUR)
    played.take(PlanResumed(event_id="r", occurred_at=played.now)).reply("no").until(VISIT - MINUTE)
    assert screenings(played) == ["screening:v1:v1"]
    assert tasks(played) == []


@pytest.mark.parametrize("minutes", [1, 12, 20, 30])
def test_a_visit_too_soon_for_a_text_is_a_task_at_once(minutes: int) -> None:
    played = Played(a_state()).book("v1", START + minutes * MINUTE)
    assert tasks(played) == ["plan-1:unasked:screening:v1:v1"]
    assert "ask the client before it begins" in played.tasks[-1].text
    assert screenings(played) == []


def test_a_visit_just_late_enough_for_a_text_is_asked_by_text() -> None:
    played = Played(a_state()).book("v1", START + 33 * MINUTE)
    assert screenings(played) == ["screening:v1:v1"]
    assert tasks(played) == []


def test_a_visit_that_has_begun_is_not_asked_about() -> None:
    assert tasks(Played(a_state()).book("v1", START - 5 * MINUTE)) == []


def test_a_visit_before_the_first_text_of_the_day_may_go_is_the_desks_to_ask() -> None:
    night, morning = START + 13 * HOUR, START + 22 * HOUR  # ten in the evening and seven in the morning
    window = {"opens": "09:00", "closes": "20:00"}
    played = Played(a_state(practice=a_practice(send_window=window))).until(night)
    played.book("v1", morning).until(morning - MINUTE)
    assert screenings(played) == []
    assert tasks(played) == ["plan-1:unasked:screening:v1:v1"]
