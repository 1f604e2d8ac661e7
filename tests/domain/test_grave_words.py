"""Accusations, lawsuits, threats and violence: an urgent task that quotes the words, whatever else the reply means."""

import pytest

from domain.actions import AddDeskTask
from domain.grave_words import Grave, grave_in
from domain.inbox_order import of_task
from domain.incoming import OpenPlan, Sender, Taking
from domain.replies import understand
from domain.reply_words import hear
from domain.route_reply import route
from domain.touchpoint import QuestionKind
from tests.domain.plan_builder import Played, a_state
from tests.domain.reply_builder import a_mail, a_state_of, a_text, from_

TOUCHED = "your therapist touched me inappropriately"


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        (TOUCHED, "misconduct"),
        ("She was inappropriate with me during the session", "misconduct"),
        ("he made me feel really uncomfortable", "misconduct"),
        ("I felt violated on Tuesday", "misconduct"),
        ("His hand was under my underwear", "misconduct"),
        ("the therapist was drunk", "misconduct"),
        ("El terapeuta me tocó de manera inapropiada", "misconduct"),
        ("my lawyer will contact you", "legal"),
        ("You will be hearing from my attorney", "legal"),
        ("I'm going to sue you", "legal"),
        ("I am reporting you to the state board", "legal"),
        ("Mi abogado los va a contactar", "legal"),
        ("Los voy a demandar", "legal"),
        ("violence at home: my husband hits me", "violence"),
        ("I'm afraid of my husband", "violence"),
        ("my ex is stalking me", "violence"),
        ("you will regret this", "threat"),
        ("I'm gonna kill him", "threat"),
    ],
)
def test_words_that_a_person_must_read_first(text: str, grave: Grave) -> None:
    assert grave_in(hear(text)) == grave


@pytest.mark.parametrize(
    "text",
    [
        "My attorney will contact you for my records",
        "the pressure made me a bit uncomfortable",
        "Hi Sue, can I come on Friday?",
        "this heat will kill me",
        "nothing inappropriate, she is great",
        "I'm scared of needles",
        "The board meeting runs late, can we move it?",
        "5, he is the best",
        "C",
    ],
)
def test_everyday_words_are_none_of_them(text: str) -> None:
    assert grave_in(hear(text)) is None


@pytest.mark.parametrize("asked", [None, "confirm_appointment", "feedback_1_5", "screening_yes_no"])
def test_an_opt_out_beside_them_still_counts(asked: QuestionKind | None) -> None:
    meant = understand("Stop texting me. My lawyer will contact you", open_question=asked)
    assert (meant.intent, meant.grave) == ("stop", "legal")


@pytest.mark.parametrize(
    "text", ["hit me up later", "he hits me up with questions", "my partner hit me with great news"]
)
def test_hitting_in_a_figure_of_speech_is_none(text: str) -> None:
    assert understand(text, open_question=None).red_flag is None


@pytest.mark.parametrize(
    "text", [TOUCHED, "5. But your therapist touched me inappropriately", "STOP. My lawyer will contact you"]
)
def test_the_plan_gives_the_desk_one_urgent_task_with_the_words(text: str) -> None:
    played = Played(a_state()).reply(text)
    [urgent] = [task for task in played.tasks if of_task(task) == "red_flag"]
    assert urgent.kind == "grave_words"
    assert f'They wrote: "{text}"' in urgent.text
    assert not [task for task in played.tasks if task.kind == "reply"]
    assert bool(played.state.opted_out) == text.startswith("STOP")


def grave_tasks(taking: Taking) -> list[AddDeskTask]:
    return [task for task in taking.tasks if task.kind == "grave_words"]


def test_intake_gives_the_same_task_at_once_and_once_for_several_plans() -> None:
    one = from_(("anna", a_state_of("p0")), ("anna", a_state_of("p1")))
    for text in (TOUCHED, f"Stop. {TOUCHED}", f"Anna passed away. {TOUCHED}"):
        [task] = grave_tasks(route(a_text(text), one))
        assert text in task.text
        assert task.key.startswith("p0:grave:in-")
    taking = route(a_text(TOUCHED), from_(("tina", a_state())))
    [(_, event)] = taking.events
    played = Played(a_state()).take(event)
    assert [task.key for task in played.tasks if task.kind == "grave_words"] == [grave_tasks(taking)[0].key]


def test_nobody_knows_who_wrote_and_a_person_reads_it_first_all_the_same() -> None:
    strangers = Sender([])
    shared = from_(("anna", a_state_of("p0")), ("ben", a_state_of("p1", "Ben Example")))
    former = Sender([], ended=[OpenPlan("anna", a_state_of("p0"))])
    for reply, sender in (
        (a_text(TOUCHED), strangers),
        (a_text(TOUCHED), shared),
        (a_text(TOUCHED), former),
        (a_mail(TOUCHED, trusted=False), from_(("anna", a_state_of("p0")))),
    ):
        [task] = grave_tasks(route(reply, sender))
        assert TOUCHED in task.text
        assert of_task(task) == "red_flag"
