"""Alarm words are whole words: no ordinary word that begins like one, and no ordinary talk, speaks of health."""

import pytest

from domain.red_flags import new_problem, news_in, red_flag_in
from domain.replies import understand
from domain.reply_words import hear
from domain.touchpoint import QuestionKind
from tests.domain.ordinary_text import WORDS, sentences

QUESTIONS: list[QuestionKind | None] = [
    None,
    "confirm_appointment",
    "feedback_1_5",
    "pain_0_10",
    "benchmark_yes_no",
    "rebook",
    "screening_yes_no",
]


def test_no_ordinary_word_is_an_alarm_word_because_it_begins_like_one() -> None:
    taken = [
        word for word in sorted(WORDS) if new_problem(hear(word)) or news_in(hear(word)) or red_flag_in(hear(word))
    ]
    assert taken == []


def test_ordinary_sentences_are_enough_to_try_it_on() -> None:
    assert len(sentences()) >= 200


def test_no_ordinary_sentence_holds_news_or_danger() -> None:
    assert [text for text in sentences() if news_in(hear(text)) or red_flag_in(hear(text))] == []


@pytest.mark.parametrize("asked", QUESTIONS)
def test_no_ordinary_sentence_answers_a_question_by_itself(asked: QuestionKind | None) -> None:
    acts = [text for text in sentences() if understand(text, open_question=asked).intent not in ("human", "ignore")]
    assert acts == []


@pytest.mark.parametrize("text", ["I can't talk right now", "can't speak right now, driving", "I can't speak English"])
def test_who_has_no_time_to_talk_has_no_stroke(text: str) -> None:
    assert red_flag_in(hear(text)) is None
    assert red_flag_in(hear("I suddenly can't speak")) == "emergency_911"
