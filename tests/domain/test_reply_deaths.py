"""A death is told by somebody else. Nothing automatic follows but an opt-out and an emergency's answer."""

import pytest

from domain.replies import understand
from domain.touchpoint import QuestionKind

NAMES = ("Tom Becker",)


@pytest.mark.parametrize("asked", [None, "confirm_appointment", "rebook", "screening_yes_no", "feedback_1_5"])
@pytest.mark.parametrize(
    "text",
    [
        "Tom passed away on Friday",
        "tom died",
        "Mr. Becker is deceased, please cancel his visits",
        "He passed last night. We need to cancel.",
        "This is Tom's sister. He died yesterday",
        "We lost him on Monday",
        "Maria has died",
        "My husband died on Sunday",
        "Tom falleció el lunes",
        "Mi esposo murió",
        "Ya no está con nosotros, falleció",
    ],
)
def test_the_clients_death_is_for_a_person_and_acts_on_nothing(text: str, asked: QuestionKind | None) -> None:
    meant = understand(text, open_question=asked, names=NAMES)
    assert (meant.intent, meant.death, meant.sure, meant.also) == ("human", True, False, ())


@pytest.mark.parametrize(
    "text",
    [
        "My mother passed away so I can't come",
        "my grandpa died and the funeral is Thursday, can we move it",
        "My husband passed away and I need to cancel my appointment",
        "my dog died this morning, can't make it",
        "Sorry, my phone died. Yes I'll be there",
        "Mi abuela falleció, no puedo ir mañana",
    ],
)
def test_another_death_is_for_a_person_and_stops_nothing(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment", names=NAMES)
    assert (meant.intent, meant.death, meant.sure) == ("human", False, False)


@pytest.mark.parametrize(
    "text", ["5, I died laughing", "I almost died when I saw the bill", "the battery died", "it passed"]
)
def test_a_figure_of_speech_is_no_death(text: str) -> None:
    assert not understand(text, open_question="feedback_1_5", names=NAMES).death


def test_an_opt_out_or_an_emergency_beside_a_death_still_counts() -> None:
    stopped = understand("Tom passed away, please stop texting", open_question=None, names=NAMES)
    danger = understand("Tom died and I want to die too", open_question=None, names=NAMES)
    assert (stopped.death, stopped.also_stop, stopped.also) == (True, True, ("stop",))
    assert (danger.intent, danger.red_flag, danger.death) == ("red_flag", "emergency_988", True)


def test_a_loss_told_with_the_clients_name_is_their_death() -> None:
    assert understand("we lost Tina last night", open_question=None, names=["Tina Example"]).death
    assert not understand("we lost power last night", open_question=None, names=["Tina Example"]).death


@pytest.mark.parametrize("asked", [None, "confirm_appointment", "feedback_1_5"])
@pytest.mark.parametrize(
    "text",
    [
        "2, it was like i'd died and gone to heaven",
        "C died laughing at your sign",
        "she died of embarrassment when the gown slipped",
        "He is dead beat after work",
        "she's dead on her feet",
        "he is dead serious about it",
        "Tom passed on the hot stones",
        "Tom passed on your message",
        "él está muerto de sueño",
        "Tom está muerto de cansancio",
        "mi hermana se murió de la risa",
    ],
)
def test_dead_tired_and_died_laughing_are_no_death(text: str, asked: QuestionKind | None) -> None:
    meant = understand(text, open_question=asked, names=NAMES)
    assert (meant.death, meant.loss) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "el señor Becker falleció",
        "el sr. Ramírez falleció la semana pasada",
        "le aviso que la señora Gómez murió el martes",
        "Tom passed on Tuesday",
        "Mr. Harris passed away",
        "We are sorry to tell you that Walter died",
        "Tom está muerto",
    ],
)
def test_a_death_told_with_a_title_or_a_few_words_before_it(text: str) -> None:
    assert understand(text, open_question=None, names=NAMES).death


def test_a_letter_from_the_family_is_a_death_and_an_opt_out() -> None:
    letter = "I am writing to inform you that Walter passed away in May. Please stop sending him texts. - his son"
    meant = understand(letter, open_question=None, channel="email", names=NAMES)
    assert (meant.death, meant.also_stop, meant.also) == (True, True, ("stop",))


def test_words_that_lead_to_another_death_change_nothing() -> None:
    assert not understand("I wanted to let you know that my dog died", open_question=None, names=NAMES).death
