"""Who wants only a part of the messages gets none at once, and a person asks whether they want the rest."""

import pytest

from domain.opt_out_part import asks_for_some_only
from domain.replies import understand
from domain.reply_words import hear
from domain.touchpoint import QuestionKind
from tests.domain.plan_builder import Played, a_state

PARTS = [
    "only homework texts please",
    "just reminders please",
    "Only send me appointment reminders",
    "reminders only please",
    "stop the homework texts but keep reminders",
    "please stop the survey texts",
    "keep the reminders but stop everything else",
    "no more emails, texts are fine",
    "solo recordatorios por favor",
    "ya no me manden los de tarea, solo los recordatorios",
]


@pytest.mark.parametrize("asked", [None, "confirm_appointment", "feedback_1_5", "screening_yes_no"])
@pytest.mark.parametrize("text", PARTS)
def test_a_part_counts_as_all_and_is_known_to_be_a_part(text: str, asked: QuestionKind | None) -> None:
    meant = understand(text, open_question=asked)
    assert (meant.intent, meant.partly) == ("stop", True)


@pytest.mark.parametrize("text", ["STOP", "stop texting me", "please stop all messages", "stop with the reminders"])
def test_a_plain_opt_out_is_no_part(text: str) -> None:
    meant = understand(text, open_question=None)
    assert (meant.intent, meant.partly) == ("stop", False)


@pytest.mark.parametrize(
    "text",
    [
        "just a reminder that I'm coming at 3",
        "only pain",
        "just the appointment",
        "only appointment I can make is Friday",
        "just visits with Maya please",
        "do I get only reminders?",
    ],
)
def test_only_and_just_about_other_things_opt_nobody_out(text: str) -> None:
    assert not asks_for_some_only(hear(text))


@pytest.mark.parametrize("text", PARTS)
def test_nothing_goes_out_and_a_person_is_asked_to_put_it_right(text: str) -> None:
    played = Played(a_state()).reply(text)
    assert played.state.opted_out == ["sms", "email"]
    [task] = played.tasks
    assert task.kind == "reply"
    assert "ask whether they want the rest" in task.text
    assert f'The client wrote: "{text}"' in task.text
