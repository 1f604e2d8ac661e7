"""Most wordings are never tried on a text: only those of which it holds a piece. None that matches is left out."""

import re

import pytest

from bench.replies import CORPUS, read
from domain.opt_out_english import ENGLISH
from domain.reply_needs import branches, needs
from domain.reply_rules import Wordings
from domain.reply_words import hear


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\b(?:cant|couldnt) breathe?\b", {" breath"}),
        (r"\bstops?\b", {"stop"}),
        (r"\b(?:calf|leg) (?!was)\w+", {"calf", "leg"}),
        (r"(?:un)?subscribe", {"subscribe"}),
        (r"chest[^.?]{0,40}(?:pain|ache)", {"chest"}),
        (r"x+y{0,3}", {"x"}),
    ],
)
def test_a_pattern_needs_the_rarest_piece_that_each_match_holds(pattern: str, pieces: set[str]) -> None:
    assert needs(pattern) == pieces


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:stop)?", r"stop|\d", r"[abc]", r"(?=stop)"])
def test_a_pattern_that_may_match_anything_needs_nothing(pattern: str) -> None:
    assert needs(pattern) is None


def test_a_pattern_is_taken_apart_at_its_outermost_alternatives_only() -> None:
    assert branches(r"a(?:b|c)|[|]d") == [r"a(?:b|c)", r"[|]d"]
    assert branches(r"\b(?:a|b(?:c|d))\b") == [r"\b(?:a)\b", r"\b(?:b(?:c|d))\b"]
    assert branches(r"\b(?:a)x|\b(?:b)\b") == [r"\b(?:a)x", r"\b(?:b)\b"]


def test_no_wording_is_passed_over_that_would_have_matched() -> None:
    every = Wordings(
        ("(?:stop|quit) texting", r"\b(?:no|dont) \w+ me\b", "te?xt(?:s|ing)", r"^basta$", r"mensaj\w+|ya no")
    )
    plain = [pattern.pattern for pattern in every.likely("stop quit texting text me no dont basta mensajes ya no txt")]
    for text in {hear(line.text).plain for line in read(CORPUS)[::20]}:
        matching = [pattern for pattern in plain if re.search(pattern, text)]
        assert set(matching) <= {pattern.pattern for pattern in every.likely(text)}


def test_an_everyday_text_is_compared_with_few_of_the_wordings() -> None:
    everyday = "thanks so much see you on thursday at 3 with my insurance card"
    assert len(ENGLISH.likely(everyday)) < 25
    assert len(ENGLISH.likely("please stop texting me")) > 1
