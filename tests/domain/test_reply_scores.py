"""A time, a count, an address, a date, a dose or a price is no score."""

import pytest

from domain.replies import understand

NO_SCORES = [
    "be there by 5.15",
    "see you at 4",
    "arriving at 3",
    "before 5 works",
    "1 of the best",
    "2 of your therapists were great",
    "we are in suite 4",
    "room 3 was chilly",
    "gate 2 was locked",
    "2 days later and still loose",
    "it cost $5",
    "4pm",
    "4 pm is good",
    "the 3 o'clock slot",
    "I have 3 kids",
    "my 2 dogs say hi",
    "Dec 3 is fine",
    "Thursday the 3rd",
    "call me at 206-555-0100",
    "took 2 ibuprofen",
    "took 4 mg",
    "after 2 visits",
    "exit 5 is closed",
    "a las 4",
    "tengo 3 hijos",
    "el 3 de diciembre",
    "cuarto 2",
]


@pytest.mark.parametrize("text", NO_SCORES)
def test_a_number_that_counts_something_else_is_no_score(text: str) -> None:
    assert understand(text, open_question="feedback_1_5").value is None
    assert understand(text, open_question="pain_0_10").value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4),
        ("a 4", 4),
        ("4/5", 4),
        ("5 felt great", 5),
        ("five stars!", 5),
        ("I'd give it a 3", 3),
        ("Le doy un 5", 5),
    ],
)
def test_a_plain_rating_is_recorded(text: str, value: float) -> None:
    meant = understand(text, open_question="feedback_1_5")
    assert (meant.intent, meant.value, meant.sure) == ("rating", value, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("about a 6", 6), ("I'm at a 4 today", 4), ("no pain", 0), ("3 in my lower back", 3), ("hoy un 2", 2)],
)
def test_a_plain_pain_score_is_recorded(text: str, value: float) -> None:
    meant = understand(text, open_question="pain_0_10")
    assert (meant.intent, meant.value, meant.sure) == ("pain", value, True)


def test_a_complaint_keeps_its_score_and_is_no_wrong_number() -> None:
    meant = understand("2, I left a voicemail and nobody called back", open_question="feedback_1_5")
    assert (meant.intent, meant.suggestion, meant.value, meant.sure) == ("human", "rating", 2, False)


@pytest.mark.parametrize(
    "text",
    [
        "10/10 awesome",
        "9! the therapist is wonderful",
        "5 stars",
        "⭐⭐⭐⭐⭐",
        "8 great massage",
        "7 very nice",
        "10 excelente",
        "un 9, me encanto",
        "6 loved it",
    ],
)
def test_praise_and_stars_are_no_score_of_pain(text: str) -> None:
    meant = understand(text, open_question="pain_0_10")
    assert (meant.intent, meant.value, meant.suggestion, meant.sure) == ("human", None, None, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 feeling great", 2), ("1, she was amazing", 1), ("6 better than before", 6), ("0 so happy", 0)],
)
def test_little_pain_and_praise_go_together(text: str, value: float) -> None:
    meant = understand(text, open_question="pain_0_10")
    assert (meant.intent, meant.value, meant.sure) == ("pain", value, True)


@pytest.mark.parametrize(
    "text",
    ["4 pain", "5 de dolor", "pain is 5", "3/10 pain", "1 best session ever", "1 she was wonderful", "1 excelente"],
)
def test_a_mark_that_its_words_contradict_is_none(text: str) -> None:
    meant = understand(text, open_question="feedback_1_5")
    assert (meant.intent, meant.value, meant.sure) == ("human", None, False)


@pytest.mark.parametrize(("text", "value"), [("5 no pain", 5), ("5 she was great", 5), ("1", 1), ("4 great job", 4)])
def test_a_mark_that_its_words_fit_is_recorded(text: str, value: float) -> None:
    meant = understand(text, open_question="feedback_1_5")
    assert (meant.intent, meant.value, meant.sure) == ("rating", value, True)


@pytest.mark.parametrize(("text", "value"), [("4-5", 4.5), ("about 2 - 3", 2.5)])
def test_of_a_range_the_middle_is_only_suggested(text: str, value: float) -> None:
    mark = understand(text, open_question="feedback_1_5")
    pain = understand(text, open_question="pain_0_10")
    assert (mark.intent, mark.suggestion, mark.value, mark.sure) == ("human", "rating", value, False)
    assert (pain.intent, pain.suggestion, pain.value, pain.sure) == ("human", "pain", value, False)
