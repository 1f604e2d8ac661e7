"""A contraction is never taken for the word that it looks like without its apostrophe."""

import pytest

from domain.replies import understand
from domain.reply_contractions import written_out


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("i'll be there", "i will be there"),
        ("i’ll call", "i will call"),
        ("ill be late", "i will be late"),
        ("i ll come", "i will come"),
        ("i`ll wait", "i will wait"),
        ("i am ill today", "i am ill today"),
        ("feeling ill just now", "feeling ill just now"),
        ("we'll see", "we will see"),
        ("well see", "we will see"),
        ("doing well see you", "doing well see you"),
        ("we're on our way", "we are on our way"),
        ("were running late", "we are running late"),
        ("you were late", "you were late"),
        ("wed like to come", "we would like to come"),
        ("on wed at two", "on wed at two"),
        ("she'll drive", "she will drive"),
        ("can't", "cant"),
    ],
)
def test_contractions_that_spell_another_word_are_written_out(text: str, full: str) -> None:
    assert written_out(text) == full


@pytest.mark.parametrize(
    "text",
    ["I'll come by Friday", "Ill come by Friday", "I’ll be on time", "We’ll be there", "Well be there", "i'll try to"],
)
def test_a_promise_to_come_is_no_illness(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no")
    assert meant.intent in ("confirm", "human")
    assert "contraindication" not in meant.also


def test_who_says_ill_is_ill() -> None:
    assert understand("I'm ill", open_question=None).intent == "contraindication"
    assert understand("been feeling ill all night", open_question="screening_yes_no").intent == "yes"
