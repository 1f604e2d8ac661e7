"""Looks and touch that were not wanted, hands at home that hurt, and the everyday words beside them."""

import pytest

from domain.replies import understand


@pytest.mark.parametrize(
    "text",
    [
        "he was staring at me when i was changing",
        "the therapist walked in while i was getting dressed",
        "you left the curtain open while I was undressing",
        "the towel slipped and he kept staring",
        "she kept watching me, so creepy",
        "he was looking at my breasts",
        "he pressed his groin against my arm",
        "the way he touched me felt wrong",
        "the way she rubbed my leg wasn't appropriate",
        "you touched me in a way I never agreed to",
        "me sentí incómoda con sus comentarios",
        "me hizo sentir incómoda como me tocaba",
        "I said no. He touched me inappropriately",
    ],
)
def test_unwanted_looks_and_touch_are_misconduct(text: str) -> None:
    assert understand(text, open_question="feedback_1_5").grave == "misconduct"


@pytest.mark.parametrize(
    "text",
    [
        "She never touched me inappropriately",
        "nobody ever touched me inappropriately",
        "he didn't do anything inappropriate",
        "the way she pressed on my hip was just right",
        "he kept watching the clock",
        "I kept looking for the door, it was hard to find",
        "she left the door open when I arrived",
        "me sentí cómoda con sus manos",
        "I was changing when you called",
    ],
)
def test_what_was_well_or_never_happened_is_none(text: str) -> None:
    assert understand(text, open_question="feedback_1_5").grave is None


@pytest.mark.parametrize(
    "text",
    [
        "my boyfriend gets violent when he drinks",
        "my grandson gets rough with me",
        "my daughter is getting physical with me over money",
        "my wife broke my finger",
        "mi esposo me rompió la nariz",
        "mi hijo se pone violento",
        "she hid my keys and won't let me leave the apartment",
        "he locked me in the bedroom",
        "my husband strangled me on Friday",
        "my ex stabbed me last week",
    ],
)
def test_violence_at_home_pages_a_person_and_sends_no_text(text: str) -> None:
    meant = understand(text, open_question=None)
    assert (meant.red_flag, meant.grave) == ("violence", "violence")


@pytest.mark.parametrize("text", ["my husband is choking me", "he strangled me just now help", "he stabbed me"])
def test_violence_of_this_minute_is_an_emergency(text: str) -> None:
    assert understand(text, open_question=None).red_flag == "emergency_911"


def test_a_mail_about_a_phone_that_a_violent_partner_reads_is_paged_and_that_phone_stays_silent() -> None:
    mail = "Please don't leave me any voicemails. My husband checks my phone and he can get violent"
    meant = understand(mail, open_question=None, channel="email")
    assert (meant.red_flag, meant.grave, meant.unsafe) == ("violence", "violence", True)


@pytest.mark.parametrize(
    "text",
    [
        "the massage was a bit rough with me",
        "my son broke my phone",
        "my husband broke my nose with a baseball",
        "my dog won't let me leave the house without a walk",
        "violent coughing all night",
        "my daughter broke her arm",
        "she locked me in for Thursday at 3",
    ],
)
def test_everyday_roughness_is_no_violence(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment")
    assert (meant.red_flag, meant.grave) == (None, None)
