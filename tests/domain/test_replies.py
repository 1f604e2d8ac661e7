"""The labelled corpus, played line by line, and the few rules about replies that a label can't show."""

from pathlib import Path
from typing import NamedTuple, cast

import pytest
import yaml

from domain.client import Channel, Language
from domain.replies import Understanding, understand
from domain.touchpoint import QuestionKind

_CORPUS = Path(__file__).parent.parent / "replies" / "corpus.yaml"


class Labelled(NamedTuple):
    channel: Channel
    asked: QuestionKind | None
    label: str
    text: str


def corpus() -> list[Labelled]:
    channels = cast(
        "dict[Channel, dict[QuestionKind, dict[str, list[str]]]]", yaml.safe_load(_CORPUS.read_text(encoding="utf-8"))
    )
    return [
        Labelled(channel, None if cast("str", asked) == "none" else asked, label, text)
        for channel, questions in channels.items()
        for asked, labels in questions.items()
        for label, texts in labels.items()
        for text in texts
    ]


def label_of(meant: Understanding) -> str:
    value = f" {meant.value:g}" if meant.value is not None else ""
    flag = f" {meant.red_flag}" if meant.red_flag else ""
    return f"{meant.intent}{value}{flag}{' + stop' if meant.also_stop else ''}"


def test_every_reply_of_the_corpus_is_understood_as_labelled() -> None:
    wrong: list[str] = []
    for reply in corpus():
        meant = label_of(understand(reply.text, open_question=reply.asked, channel=reply.channel))
        if meant != reply.label:
            wrong.append(f"{reply.text!r} to {reply.asked} by {reply.channel}: {meant}, not {reply.label}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_corpus_has_at_least_250_replies_and_every_intent() -> None:
    replies = corpus()
    assert len(replies) >= 250
    assert len({reply.label.split()[0] for reply in replies}) == 16


@pytest.mark.parametrize(
    "asked",
    [None, "confirm_appointment", "feedback_1_5", "pain_0_10", "benchmark_yes_no", "rebook", "screening_yes_no"],
)
def test_a_stop_and_a_red_flag_are_heard_whatever_was_asked(asked: QuestionKind | None) -> None:
    assert understand("Please stop texting me", open_question=asked).intent == "stop"
    flagged = understand("STOP, I have chest pain", open_question=asked)
    assert (flagged.intent, flagged.red_flag, flagged.also_stop) == ("red_flag", "emergency_911", True)


def test_a_y_to_anything_but_a_booked_visit_never_says_confirmed() -> None:
    others: list[QuestionKind | None] = [
        None,
        "feedback_1_5",
        "pain_0_10",
        "benchmark_yes_no",
        "rebook",
        "screening_yes_no",
    ]
    assert all(understand("Y", open_question=asked).intent != "confirm" for asked in others)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_once_is_eleven_in_spanish_and_so_off_the_scale_and_no_number_in_english(locale: Language) -> None:
    assert understand("once", open_question="pain_0_10", locale=locale).intent == "human"


def test_a_value_comes_only_with_a_rating_or_a_pain_answer() -> None:
    assert all(
        (meant.value is not None) == (meant.intent in ("rating", "pain"))
        for meant in (understand(reply.text, open_question=reply.asked, channel=reply.channel) for reply in corpus())
    )


def test_our_own_words_quoted_in_an_email_mean_nothing() -> None:
    quoted = "Ok\r\n\r\nOn Mon, Nov 23, 2026 at 9:00 AM Clinic <c@example.com> wrote:\r\n> STOP opts out, R moves\r\n"
    assert understand(quoted, open_question="confirm_appointment", channel="email").intent == "confirm"


def test_a_text_of_a_hundred_thousand_signs_is_read_in_reasonable_time() -> None:
    assert understand("no quiero " * 10_000, open_question=None).intent in ("human", "stop")
