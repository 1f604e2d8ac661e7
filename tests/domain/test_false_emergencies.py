"""A house number, a history, a technique, a question about risk or a dentist's numbness is no emergency of now."""

import pytest

from domain.red_flags import red_flag
from domain.replies import understand
from domain.touchpoint import QuestionKind


@pytest.mark.parametrize(
    "text",
    [
        "my address is 911 Oak Street",
        "we moved to 911 Main St",
        "I live at 911 Willow Creek Dr now",
        "our new address: 911 N Elm Ave apt 4",
        "it's unit 911",
        "hwy 911 is closed, 10 late",
        "he drives a porsche 911",
        "call me at 555-911-0100",
        "Nope. Had a heart attack in 2015 but you have that on file",
        "had a heart attack in 2015",
        "I had a stroke 6 years ago, does that matter",
        "My dad had a stroke last year",
        "My late husband died of a heart attack last year, the shoulder tension is from that I guess",
        "my mom died of a stroke in March",
        "tuve un infarto hace 10 años",
        "Mi papá murió de un infarto",
        "strokes run in my family",
        "I have a family history of heart attacks",
        "Pain is 3. The stroke you used with your elbow was great",
        "the long strokes you did on my back were heaven",
        "your stroke technique is so smooth",
        "Is it true that neck massage can cause a stroke? I read something",
        "can cupping give you blood clots?",
        "I heard a chiropractor adjustment can cause strokes, is massage safe?",
        "what is the risk of a stroke from neck massage",
        "does massage prevent blood clots",
        "¿es verdad que el masaje puede causar un derrame?",
        "Face was numb from the dentist this am so couldnt tell but neck about 4",
        "my mouth is still numb from the root canal",
        "just left the dentist and my face is numb lol, running late",
        "tengo la cara dormida por el dentista",
        "fell asleep couldn't wake up for my alarm! pain 1",
        "couldnt wake up in time sorry",
        "I stopped taking my seizure meds",
    ],
)
def test_what_only_names_the_danger_pages_nobody(text: str) -> None:
    meant = understand(text, open_question=None)
    assert (meant.red_flag, meant.death) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "call 911",
        "911",
        "I need 911 please im at 12 Oak Street",
        "please call 911 my address is 40 Elm Street",
        "i think im having a heart attack",
        "I had a heart attack this morning",
        "I had a stroke in 2015 and now my face is numb again",
        "had a stroke an hour ago i think",
        "my husband had a stroke just now",
        "he's having a seizure",
        "can you have a stroke at 30? half my face is numb",
        "the massage gave me a stroke, I can't lift my arm",
        "my mom wont wake up",
        "she couldn't wake up when I shook her",
        "My face is numb and it's not the dentist",
        "my face went numb and my arm too",
        "dad died of a heart attack last year and now I have chest pain",
        "I can't wake him up",
        "creo que me está dando un infarto",
        "my mom is having a stroke",
        "mi papá está teniendo un infarto",
    ],
)
def test_the_same_words_of_now_do(text: str) -> None:
    assert red_flag(text) == "emergency_911"


@pytest.mark.parametrize("asked", [None, "confirm_appointment"])
@pytest.mark.parametrize(
    "text",
    [
        "traffic, I could cut it close",
        "my laptop is having a seizure",
        "the gps had a stroke, running late",
        "toys are a choking hazard",
        "our old dog passed out on the porch",
        "suicidal squirrels on the road today",
        "suicidal prices lol",
        "is the 911 memorial on your street?",
    ],
)
def test_machines_pets_and_figures_of_speech_page_nobody(text: str, asked: QuestionKind | None) -> None:
    assert understand(text, open_question=asked).intent != "red_flag"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my husband is having a stroke", "emergency_911"),
        ("I tripped over my old dog and passed out", "emergency_911"),
        ("the baby is choking", "emergency_911"),
        ("i feel suicidal", "emergency_988"),
        ("might end it all", "emergency_988"),
    ],
)
def test_the_same_words_meant_as_they_stand_do(text: str, flag: str) -> None:
    assert understand(text, open_question=None).red_flag == flag
