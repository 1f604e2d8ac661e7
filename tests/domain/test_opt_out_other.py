"""An opt-out is the writer's own: what is said of another, by a machine or by hearsay, is read by a person."""

import pytest

from domain.replies import understand
from domain.touchpoint import QuestionKind
from tests.domain.plan_builder import Played, a_state


@pytest.mark.parametrize("asked", [None, "confirm_appointment", "feedback_1_5"])
@pytest.mark.parametrize(
    "text",
    [
        "my mother said don't call this phone",
        "don't call this phone, call my cell",
        "he never hit me",
        "me tocó donde le dije que no",
        "This is an automated message. The number you have texted does not accept incoming messages.",
        "We don't accept texts at this number",
        "The subscriber you are trying to reach does not accept text messages",
        "This line can't receive texts",
        "Este número no acepta mensajes",
        "Please unsubscribe my husband Tom, he moved out. Keep mine",
        "stop texting my husband",
        "please take my son off your list, he's done",
        "dont text my wife anymore",
        "dejen de escribirle a mi esposo",
        "quiten a mi hijo de la lista",
        "stop emailing my daughter please",
        "My wife says to stop calling the house",
    ],
)
def test_what_is_not_ours_stops_nothing_and_is_read_by_a_person(text: str, asked: QuestionKind | None) -> None:
    meant = understand(text, open_question=asked)
    assert (meant.intent, meant.also_stop, "stop" in meant.also, meant.sure) == ("human", False, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "stop texting me",
        "stop texting my phone",
        "stop texting my husband's phone",
        "unsubscribe me and my husband",
        "unsubscribe my husband and me",
        "stop texting me and my wife",
        "my husband and I want no more texts",
        "my wife wants you to stop texting me",
        "I don't accept texts from businesses, stop",
        "do not text my number",
        "my son said stop texting him... STOP",
        "quiten mi numero de la lista",
    ],
)
def test_the_writers_own_wish_counts_whoever_else_is_named(text: str) -> None:
    meant = understand(text, open_question=None)
    assert "stop" in (meant.intent, *meant.also)


@pytest.mark.parametrize("text", ["cancel", "Cancel please", "CANCELAR"])
def test_a_mail_that_says_cancel_means_the_visit_and_no_opt_out(text: str) -> None:
    assert understand(text, open_question="confirm_appointment", channel="email").intent == "cancel"
    assert understand("unsubscribe", open_question="confirm_appointment", channel="email").intent == "stop"


def test_nothing_of_a_machines_notice_closes_a_number() -> None:
    played = Played(a_state()).reply("The number you have texted does not accept incoming messages.")
    assert played.state.opted_out == []
    assert played.tasks


@pytest.mark.parametrize("asked", [None, "confirm_appointment"])
@pytest.mark.parametrize(
    "text",
    [
        "does the parade block your parking lot",
        "is that van blocking you in?",
        "i'm reporting you to the licensing board",
        "I will report you guys to the attorney general",
        "gonna report this to the state",
        "reporting you to the BBB",
        "do you report your payments to the credit bureau?",
    ],
)
def test_a_blocked_street_or_a_complaint_is_no_opt_out(text: str, asked: QuestionKind | None) -> None:
    meant = understand(text, open_question=asked)
    assert (meant.intent, meant.also_stop, meant.sure) == ("human", False, False)


@pytest.mark.parametrize("text", ["reporting you to the BBB", "i'll report this to the state board"])
def test_a_complaint_to_a_board_is_for_the_owner(text: str) -> None:
    assert understand(text, open_question=None).grave == "legal"


@pytest.mark.parametrize(
    "text", ["im blocking you", "I will report your number", "i'm going to report you", "reporting you to the fcc"]
)
def test_a_blocked_or_reported_number_is_an_opt_out(text: str) -> None:
    assert understand(text, open_question=None).intent == "stop"
