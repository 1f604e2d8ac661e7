"""What a text costs, counted by hand from the GSM alphabet's tables."""

import pytest

from domain.sms_segments import foreign, segments, to_gsm7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("¿Qué tal, señor Agüero? ¡Bien!" + "a" * 130, 1),
    ],
)
def test_a_plain_text_has_160_characters_alone_and_153_joined(text: str, expected: int) -> None:
    assert segments(text) == expected


def test_a_euro_sign_or_a_bracket_takes_two_places() -> None:
    assert segments("€" * 80) == 1
    assert segments("[" + "a" * 159) == 2


def test_a_two_place_character_is_not_split_between_two_segments() -> None:
    assert segments("a" * 151 + "€" + "a" * 153) == 2
    assert segments("a" * 152 + "€" + "a" * 151) == 2
    assert segments("a" * 152 + "€" + "a" * 152) == 3


def test_one_accented_i_makes_the_whole_text_cost_more() -> None:
    assert segments("i" + "a" * 99) == 1
    assert segments("í" + "a" * 99) == 2
    assert segments("í" * 70) == 1
    assert segments("í" * 71) == 2
    assert segments("í" * 134) == 2
    assert segments("í" * 135) == 3


def test_an_emoji_takes_two_places_and_is_never_cut_in_half() -> None:
    assert segments("😀" * 35) == 1
    assert segments("😀" * 36) == 2
    assert segments("😀" * 66) == 2
    assert segments("😀" * 67) == 3


def test_the_costly_characters_are_named_once_each_in_order() -> None:
    assert foreign("Aquí está, sí… ñandú") == ["í", "á", "…", "ú"]
    assert foreign("¿Qué? ¡Señor Agüero! €5") == []


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("María Núñez", "Maria Nuñez"),
        ("José Agüero", "José Agüero"),
        ("i\u0301", "i"),
        ("Ana\u2019s \u201cvisit\u201d \u2013 10\u202fAM…", 'Ana\'s "visit" - 10 AM...'),
        ("Łukasz Dvořák", "Lukasz Dvorak"),
        ("François", "Francois"),
        ("great 👍🏽", "great "),
    ],
)
def test_a_value_is_written_with_cheap_look_alikes(written: str, sent: str) -> None:
    assert to_gsm7(written) == sent
    assert foreign(sent) == []


def test_a_name_in_another_script_keeps_its_letters() -> None:
    assert to_gsm7("李娜") == "李娜"
