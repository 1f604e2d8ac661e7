"""The labelled corpus, played line by line, and the few rules about replies that a label can't show."""

from functools import cache

import pytest

from bench.heard import Heard
from bench.replies import CORPUS, acting_shares, play, read
from domain.client import Language
from domain.replies import understand
from domain.reply_spelling import spelled
from domain.touchpoint import QuestionKind


@cache
def heard() -> list[Heard]:
    return play(read(CORPUS))


def test_every_reply_of_the_corpus_acts_as_labelled_or_goes_to_a_person_with_that_suggestion() -> None:
    wrong = [
        f"{one.line.text!r} to {one.line.asked} by {one.line.channel}: {one.label}, not {one.line.label}"
        for one in heard()
        if not one.right
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_corpus_has_at_least_400_replies_and_every_intent() -> None:
    replies = [one.line for one in heard()]
    assert len(replies) >= 400
    assert len({reply.label.split()[0] for reply in replies}) == 18


def test_no_reply_of_the_corpus_is_read_to_somebodys_harm() -> None:
    assert [one.line.text for one in heard() if one.harmful] == []


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        ("confirm_appointment", 0.84),
        ("feedback_1_5", 0.56),
        ("pain_0_10", 0.69),
        ("benchmark_yes_no", 0.67),
        ("rebook", 0.73),
        ("screening_yes_no", 0.97),
    ],
)
def test_most_plain_answers_of_the_corpus_need_no_person(asked: str, least: float) -> None:
    assert acting_shares(heard())[asked] >= least


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


def test_a_value_comes_with_every_score_and_stays_where_something_graver_is_said() -> None:
    scores = [one for one in heard() if one.meant and {"rating", "pain"} & {one.meant.intent, one.meant.suggestion}]
    assert scores
    assert all(one.meant and one.meant.value is not None for one in scores)
    assert understand("3, I have chest pain", open_question="pain_0_10").value == 3


def test_our_own_words_quoted_in_an_email_mean_nothing() -> None:
    quoted = "Ok\r\n\r\nOn Mon, Nov 23, 2026 at 9:00 AM Clinic <c@example.com> wrote:\r\n> STOP opts out, R moves\r\n"
    assert understand(quoted, open_question="confirm_appointment", channel="email").intent == "confirm"


def test_a_text_of_a_hundred_thousand_signs_is_read_in_reasonable_time() -> None:
    assert understand("no quiero " * 10_000, open_question=None).intent in ("human", "stop")


@pytest.mark.parametrize(
    ("text", "locale", "intent"),
    [
        ("I can't make it tomorrow", "en", "cancel"),
        ("No voy a poder ir mañana", "es", "cancel"),
        ("I can't make it tomorrow, can we do Friday?", "en", "reschedule"),
        ("No voy a poder ir, ¿otro día?", "es", "reschedule"),
        ("can't do tomorrow", "en", "reschedule"),
        ("no puedo el jueves", "es", "reschedule"),
    ],
)
def test_who_cannot_come_cancels_unless_another_time_is_wished_for(text: str, locale: Language, intent: str) -> None:
    meant = understand(text, open_question="confirm_appointment", locale=locale)
    assert intent in (meant.intent, meant.suggestion)


@pytest.mark.parametrize(
    "text",
    ["Yes, see you then, my brother opted out", "sure, and did you know a seizure is no joke", "ok thanks, unsubs?"],
)
def test_a_word_of_an_opt_out_or_of_danger_is_never_passed_over_for_an_ordinary_answer(text: str) -> None:
    assert understand(text, open_question="confirm_appointment").intent in ("human", "stop", "red_flag")


@pytest.mark.parametrize(
    "quoted",
    [
        "Am 3. Nov. 2026 um 09:00 schrieb Clinic <c@example.com>:\n\nReply STOP to opt out",
        "Le mar. 3 nov. 2026 à 09:00, Clinic <c@example.com> a écrit :\n\nReply STOP to opt out",
    ],
)
def test_a_mail_program_may_quote_in_another_language(quoted: str) -> None:
    body = f"Yes, see you then\n\n{quoted}"
    assert understand(body, open_question="confirm_appointment", channel="email").intent == "confirm"


@pytest.mark.parametrize("own", ["Thanks,\nplease stop writing to me", "- stop\n- emailing me", "> old\n\nUnsubscribe"])
def test_an_opt_out_is_never_taken_for_a_signature_or_a_quote(own: str) -> None:
    assert understand(own, open_question=None, channel="email").intent == "stop"


@pytest.mark.parametrize(
    ("typed", "meant"), [("unsubscibe", "unsubscribe"), ("txting", "texting"), ("xfa", "por favor")]
)
def test_a_slip_of_the_thumb_is_put_right(typed: str, meant: str) -> None:
    assert spelled(typed) == meant


@pytest.mark.parametrize("word", ["massage", "number", "received", "cat", "10"])
def test_a_word_of_its_own_meaning_is_left_alone(word: str) -> None:
    assert spelled(word) == word
