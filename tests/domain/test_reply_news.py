"""News that may speak against a visit counts beside any answer and in any context, and is no emergency."""

import pytest

from domain.replies import understand
from domain.touchpoint import QuestionKind

NEWS = [
    "I woke up with a fever",
    "I have a sinus infection",
    "tested positive for covid",
    "caught the flu from work",
    "I've been throwing up",
    "my doctor started me on a new medication",
    "I'm on blood thinners",
    "I had hernia surgery on Tuesday",
    "I fractured my elbow",
    "we found out I'm pregnant",
    "my ankle is swollen",
    "my right thumb is numb",
    "I have a rash on my stomach",
    "I've got open sores on my leg",
    "I have shingles",
    "tengo calentura",
    "me dio gripe",
    "estoy embarazada",
    "me operaron ayer",
    "empecé una medicina nueva",
    "se me hinchó el tobillo",
]


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("asked", [None, "confirm_appointment", "benchmark_yes_no", "rebook"])
def test_news_alone_is_a_contraindication_whatever_was_asked(news: str, asked: QuestionKind | None) -> None:
    meant = understand(news, open_question=asked)
    assert "contraindication" in (meant.intent, *meant.also)
    assert meant.red_flag is None


@pytest.mark.parametrize("news", NEWS)
def test_news_answers_the_question_that_asks_for_it_with_yes(news: str) -> None:
    meant = understand(news, open_question="screening_yes_no")
    assert (meant.intent, meant.also, meant.sure) == ("yes", ("contraindication",), True)


@pytest.mark.parametrize("news", NEWS)
def test_a_score_is_kept_beside_the_news(news: str) -> None:
    rated = understand(f"4, but {news}", open_question="feedback_1_5")
    hurts = understand(f"7. {news}", open_question="pain_0_10")
    assert (rated.intent, rated.value, rated.also) == ("rating", 4, ("contraindication",))
    assert (hurts.intent, hurts.value, hurts.also) == ("pain", 7, ("contraindication",))


@pytest.mark.parametrize(
    "text", ["yes, I have covid", "Yes! See you then. I do have a fever though", "ok, I'm on antibiotics"]
)
def test_a_yes_beside_news_confirms_nothing(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment")
    assert meant.intent in ("human", "contraindication")
    assert "contraindication" in (meant.intent, *meant.also)


@pytest.mark.parametrize("text", ["no fever", "no covid here", "no tengo fiebre", "sin fiebre ni infecciones"])
def test_one_thing_denied_is_no_news_and_no_whole_answer(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no")
    assert (meant.intent, meant.also, meant.suggestion, meant.sure) == ("human", (), "no", False)


@pytest.mark.parametrize(
    "text",
    [
        "No fever or infection, open skin, swelling, a new medicine, surgery, numbness",
        "no fever, no infection, nothing new",
        "None of those. No new meds, no surgery",
        "No, I'll see you tomorrow",
        "Nothing new, thanks!",
        "all good, see you Thursday",
    ],
)
def test_denied_news_is_a_no(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no")
    assert (meant.intent, meant.also, meant.sure) == ("no", (), True)


@pytest.mark.parametrize("text", ["no I have a fever", "No my wrist is swollen", "Nope, but I started antibiotics"])
def test_a_no_that_answers_does_not_deny_what_follows(text: str) -> None:
    assert understand(text, open_question="screening_yes_no").intent == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "my daughter has the flu, I'm fine",
        "No. My husband has covid though",
        "No, I had surgery back in 2009",
        "no, the swelling went down",
        "the baby has a fever but I'm good",
        "no, should I get a flu shot?",
    ],
)
def test_what_is_past_or_somebody_elses_is_never_a_silent_no(text: str) -> None:
    assert understand(text, open_question="screening_yes_no").intent == "human"


@pytest.mark.parametrize(
    "text", ["Ok", "k", "thanks", "Thank you!", "we'll be there", "Great", "We'll see", "see you at 2"]
)
def test_politeness_does_not_answer_the_health_question(text: str) -> None:
    assert understand(text, open_question="screening_yes_no").intent in ("human", "thanks", "confirm")


@pytest.mark.parametrize(
    "text", ["No encuentro el edificio", "No puedo abrir el enlace", "no time today", "no me llegó nada"]
)
def test_a_no_about_another_matter_clears_nobody(text: str) -> None:
    assert understand(text, open_question="screening_yes_no").intent != "no"
