"""Words of danger are heard in any wording, denials are respected, and everyday talk raises no alarm."""

import pytest

from domain.red_flags import RedFlag, new_problem, news_in, red_flag
from domain.reply_words import hear


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("I want to die", "emergency_988"),
        ("ya no quiero vivir", "emergency_988"),
        ("chest pain since noon", "emergency_911"),
        ("me falta el aire", "emergency_911"),
        ("my face is drooping", "emergency_911"),
        ("my calf is swollen and warm", "urgent_care"),
        ("I can't control my bladder", "urgent_care"),
        ("numb between my legs", "urgent_care"),
    ],
)
def test_each_grade_of_danger_names_its_own_fixed_answer(text: str, flag: RedFlag) -> None:
    assert red_flag(text) == flag


def test_the_gravest_of_several_flags_counts() -> None:
    assert red_flag("my calf is swollen and I have chest pain") == "emergency_911"
    assert red_flag("I have chest pain and I want to die") == "emergency_988"


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain",
        "I haven't had any chest pain or trouble breathing",
        "no fever, chest pain, or numbness",
        "sin dolor de pecho",
        "no tengo dolor de pecho ni falta de aire",
        "chest pain: no",
        "I'm not suicidal",
    ],
)
def test_a_plain_denial_is_no_flag(text: str) -> None:
    assert red_flag(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "No, chest pain since noon",
        "no fever but chest pain",
        "I don't feel good, I have chest pain",
        "not sure if this is chest pain",
        "I don't have a fever, I have chest pain",
        "the chest pain won't go away",
    ],
)
def test_a_no_about_something_else_does_not_hide_the_flag(text: str) -> None:
    assert red_flag(text) == "emergency_911"


def test_self_harm_is_flagged_even_where_it_is_half_denied() -> None:
    assert red_flag("I'm not going to kill myself but I think about it") == "emergency_988"


def test_a_swollen_calf_that_is_not_getting_better_stays_a_flag() -> None:
    assert red_flag("calf pain and it's not getting any better") == "urgent_care"
    assert red_flag("the calf pain is gone") is None


@pytest.mark.parametrize(
    "text",
    [
        "this traffic is killing me",
        "dying to see you",
        "my chest muscles are sore",
        "breathing exercises went well",
        "the long strokes felt great",
        "my calves are sore from running",
        "me muero de risa",
    ],
)
def test_everyday_phrases_raise_no_alarm(text: str) -> None:
    assert red_flag(text) is None


def test_another_persons_emergency_is_not_the_clients() -> None:
    assert red_flag("my dad had a stroke") is None
    assert red_flag("my dad says I have slurred speech") == "emergency_911"


@pytest.mark.parametrize(
    "text",
    ["lost 20 pounds without trying", "I have a fever and my back hurts", "I'm pregnant", "pain wakes me at night"],
)
def test_what_a_therapist_must_clear_is_news_and_no_emergency(text: str) -> None:
    assert news_in(hear(text)) == "told"
    assert red_flag(text) is None


def test_news_is_told_from_everyday_ailments_which_only_the_health_question_asks_for() -> None:
    assert news_in(hear("started a blood thinner")) == "told"
    assert news_in(hear("a bruise on my arm")) is None
    assert new_problem(hear("a bruise on my arm"))
    assert not new_problem(hear("no cold, no fever"))
