"""Nothing acts by itself unless every word is accounted for; else a person reads it, with our reading as suggestion."""

import pytest

from domain.replies import understand
from domain.touchpoint import QuestionKind


@pytest.mark.parametrize(
    "text",
    [
        "Please cancelled my appointment",
        "I do have to work that day",
        "Ok my new number is 206 555 0177",
        "Yes but can my sister come instead of me",
        "Good morning, which door do I use",
        "Ok, and bring the invoice please",
        "Sure, my ex might show up",
        "Yes I'll be there with two kids",
        "perfect, tell Dana the stairs scare me",
        "Confirm. I moved to Boise",
        "great, who pays for this",
        "claro, pero me urge hablar con alguien",
        "sí, y mi cuñada también quiere cita",
        "ok 🤒",
        "see you then 😢",
    ],
)
def test_a_leading_yes_confirms_nothing_with_a_word_left_over(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment")
    assert (meant.intent, meant.sure) == ("human", False)


@pytest.mark.parametrize(
    "text",
    [
        "C",
        "c!",
        "yes",
        "Yes, thank you!",
        "ok see you then",
        "Ok, see you Thursday at 2",
        "Confirmed. Thanks Dana!",
        "Hi Dana, yes I will be there",
        "I'll be there, looking forward to it 😊",
        "sounds good, have a great day",
        "👍",
        "Sí, ahí estaré",
        "confirmo, gracias",
        "Claro que sí, nos vemos el jueves",
    ],
)
def test_a_plain_confirmation_needs_nobody(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment", names=("Dana Ruiz",))
    assert (meant.intent, meant.sure) == ("confirm", True)


@pytest.mark.parametrize(
    ("asked", "text", "suggestion"),
    [
        ("benchmark_yes_no", "Yes, when my daughter holds my arm", "yes"),
        ("benchmark_yes_no", "no, and the exercise sheet is lost", "no"),
        ("rebook", "Yes, with the tall therapist", "book"),
        ("rebook", "no, I was charged double", "no"),
        ("feedback_1_5", "4, she was on her phone", "rating"),
        ("pain_0_10", "5, the new chair is awful", "pain"),
        ("confirm_appointment", "I need to cancel, the receptionist was rude", "cancel"),
        ("confirm_appointment", "can we reschedule, my court date moved", "reschedule"),
        ("confirm_appointment", "running 10 late, police stopped me", "running_late"),
        ("screening_yes_no", "no, and I hated the last visit", "no"),
    ],
)
def test_the_answer_is_kept_as_a_suggestion(asked: QuestionKind, text: str, suggestion: str) -> None:
    meant = understand(text, open_question=asked)
    assert (meant.intent, meant.suggestion, meant.sure) == ("human", suggestion, False)


@pytest.mark.parametrize(
    ("asked", "text", "intent"),
    [
        ("benchmark_yes_no", "Yes I can!", "yes"),
        ("benchmark_yes_no", "not yet", "no"),
        ("benchmark_yes_no", "todavía no", "no"),
        ("rebook", "Yes please, Thursday at 2", "book"),
        ("rebook", "no thanks, I'm good for now", "no"),
        ("screening_yes_no", "no nothing new", "no"),
        ("screening_yes_no", "Yes", "yes"),
        ("confirm_appointment", "I need to cancel my appointment, sorry", "cancel"),
        ("confirm_appointment", "please cancel", "cancel"),
        ("confirm_appointment", "R", "reschedule"),
        ("confirm_appointment", "Can we reschedule to Friday?", "reschedule"),
        ("confirm_appointment", "running 10 minutes late, sorry!", "running_late"),
        (None, "START", "start"),
        (None, "HELP", "help"),
        (None, "thank you so much!", "thanks"),
        (None, "wrong number", "wrong_number"),
    ],
)
def test_plain_answers_act_by_themselves(asked: QuestionKind | None, text: str, intent: str) -> None:
    meant = understand(text, open_question=asked)
    assert (meant.intent, meant.sure) == (intent, True)


def test_everything_that_was_said_and_accounted_for_is_handed_over() -> None:
    meant = understand("5, can we move Thursday to Friday?", open_question="feedback_1_5")
    assert (meant.intent, meant.value, meant.also) == ("rating", 5, ("reschedule",))


@pytest.mark.parametrize("text", ["Please cancelled my appointment", "ok I can't come", "sure, wrong day"])
def test_words_that_may_turn_a_yes_round_leave_no_yes_to_tap_on(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment")
    assert meant.suggestion != "confirm"


@pytest.mark.parametrize(
    "text",
    [
        "I'd rather hear it through text",
        "you don't want this cold",
        "sorry, wrong text",
        "Please cancel",
        "I gave you the wrong number, use 206 555 0177",
        "nobody called me back",
    ],
)
def test_words_that_may_mean_something_else_opt_nobody_out(text: str) -> None:
    for asked in (None, "confirm_appointment", "feedback_1_5"):
        meant = understand(text, open_question=asked)
        assert meant.intent not in ("stop", "wrong_number")
        assert not meant.also_stop


@pytest.mark.parametrize("text", ["please don't text me anymore", "take me off", "no me manden más mensajes", "CANCEL"])
def test_a_real_opt_out_is_still_heard(text: str) -> None:
    assert understand(text, open_question="confirm_appointment").intent == "stop"
