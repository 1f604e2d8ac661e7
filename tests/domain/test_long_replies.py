"""Whatever is sent, reading it ends soon and never fails. Times are a machine's at its slowest."""

import time

import pytest

from domain.replies import understand

JUNK = {
    "zero-width spaces": "\u200b" * 10_000,
    "one letter": "a" * 10_000,
    "opened tags": "<a " * 3_300,
    "opened comments": "<!--" * 2_500,
    "quotation marks": '"“„«' * 2_500,
    "reactions": "Liked “" * 1_400,
    "accents": "e\u0301" * 5_000,
    "spaces": " " * 10_000,
    "lines": "\n" * 10_000,
    "emoji": "👍" * 10_000,
    "stars": "⭐" * 10_000,
    "digits": "1" * 10_000,
    "numbers": "1 2 " * 2_500,
    "noes": "no, " * 2_500,
    "contractions": "i'll " * 2_000,
    "denials": "no fever or " * 800,
    "our words": "see you thu dec 3 " * 550,
}


@pytest.mark.parametrize("kind", JUNK)
def test_ten_kilobytes_of_anything_are_read_within_a_second(kind: str) -> None:
    understand("Yes, see you then", open_question="screening_yes_no")  # what is compiled once is compiled now
    begun = time.process_time()
    for channel in ("sms", "email"):
        understand(JUNK[kind], open_question="screening_yes_no", channel=channel, sent=["See you Thu Dec 3. Reply C."])
    assert time.process_time() - begun < 2


def test_a_letter_is_for_a_person_whatever_it_begins_with() -> None:
    letter = "Yes, see you then. " + "It was a pleasure. " * 30
    assert understand(letter, open_question="confirm_appointment").intent == "human"
