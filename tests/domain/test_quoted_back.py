"""Which of our own texts a reply may quote."""

import pytest

from domain.quoted_back import may_quote, quoted_in

REMINDER = "Hi Tom, Cedar Hill will see you Thu Dec 3, 2:00 PM. Reply C to confirm, R to reschedule."


@pytest.mark.parametrize(
    "text", [f"Liked “{REMINDER}”", "Le gustó “Hi Tom, Cedar Hill will…”", f"> {REMINDER.upper()}\nyes"]
)
def test_a_reaction_quotes_what_we_sent(text: str) -> None:
    assert quoted_in(text, ["Another text of ours altogether", REMINDER, REMINDER]) == [REMINDER]


@pytest.mark.parametrize("text", ["C", "yes", "see you Thursday then", "", "¿?"])
def test_ones_own_words_quote_nothing(text: str) -> None:
    assert quoted_in(text, [REMINDER]) == []


def test_a_short_text_is_not_looked_at() -> None:
    assert (may_quote("C"), may_quote("see you"), may_quote("Liked “Hi Tom”")) == (False, False, True)
