"""Cries for help in few or long words, and what stands before them that denies nothing; beside them the harmless."""

import pytest

from domain.red_flags import red_flag
from domain.replies import understand


@pytest.mark.parametrize(
    "text",
    [
        "i'm standing on the overpass",
        "sitting on the ledge",
        "up on the edge of the roof",
        "estoy parado en la orilla del puente",
        "im on the bridge. i cant do this anymore",
        "been thinking about ending it",
        "thinkin bout ending things tonite",
        "say goodbye to everyone for me, i wont be around friday or ever",
        "me corté las muñecas",
    ],
)
def test_the_edge_and_the_goodbye_are_an_emergency_of_the_mind(text: str) -> None:
    assert red_flag(text) == "emergency_988"


@pytest.mark.parametrize(
    "text",
    [
        "stuck in traffic on the bridge",
        "I'm on the bridge, 10 min late",
        "im on the roof fixing a leak, call you later",
        "my keys were sitting on the ledge",
        "tell Dana goodbye for me, we move on Friday",
        "I won't be around Thursday",
        "I feel nothing, the knot is gone",
    ],
)
def test_a_bridge_on_the_way_and_a_move_are_none(text: str) -> None:
    assert red_flag(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "nobody is here and my chest is tight",
        "without my nitro I can't breathe",
        "no car and I'm having chest pain",
        "tylenol isn't touching this chest pain",
        "none of the pills help my chest hurts",
        "I've never felt anything like this crushing chest pain",
        "nunca me había dolido tanto el pecho",
        "sin mi inhalador no puedo respirar",
        "no hay nadie y me duele el pecho",
        "la medicina no me hace nada, me duele el pecho",
        "there is so much blood",
        "the blood won't stop",
        "hay mucha sangre",
        "EMERGENCY",
        "Emergencia!! ayuda",
        "auxilio",
        "Emergency SOS. Ana made an emergency call from her phone",
        "I mixed my meds and vodka",
        "mezclé pastillas con alcohol",
    ],
)
def test_what_denies_something_else_leaves_the_emergency(text: str) -> None:
    assert red_flag(text) == "emergency_911"


@pytest.mark.parametrize(
    "text",
    [
        "no fever and no chest pain",
        "No fever and my chest doesn't hurt",
        "I don't have a fever, rash or chest pain",
        "without any chest pain or trouble breathing",
        "nunca me ha dolido el pecho",
        "no help needed, chest pain is gone",
        "I have never had chest pain",
        "they took so much blood at the lab",
        "family emergency, need to cancel",
        "who is my emergency contact",
        "it's not an emergency",
        "don't mix pills and alcohol",
    ],
)
def test_a_plain_denial_still_denies(text: str) -> None:
    assert red_flag(text) is None


def test_a_telephones_own_alarm_is_no_machines_notice() -> None:
    alarm = "Emergency SOS: Ana has made an emergency call from this approximate location. You are receiving this"
    assert understand(alarm, open_question="confirm_appointment").intent == "red_flag"
