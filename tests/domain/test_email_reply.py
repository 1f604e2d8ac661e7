"""What of an email is the client's own, whatever program quoted the rest and in which language."""

import pytest

from domain.email_reply import own_words

WORDS = "Yes, see you then"
FROM_US = "Reply STOP to opt out"


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, Nov 30, 2026 at 9:00 AM Clinic <c@example.com> wrote:",
        "On Mon, Nov 30, 2026 at 9:00 AM Cedar Hill Massage and Bodywork\n<c@example.com> wrote:",
        "El lun, 30 nov 2026 a las 9:00, Clinic (<c@example.com>) escribió:",
        "Am Mo., 30. Nov. 2026 um 09:00 Uhr schrieb Clinic <c@example.com>:",
        "Am 30.11.2026 um 09:00 schrieb Clinic:",
        "Le lun. 30 nov. 2026 à 09:00, Clinic <c@example.com> a écrit :",
        "Il giorno lun 30 nov 2026 alle ore 09:00 Clinic <c@example.com> ha scritto:",
        "Op ma 30 nov 2026 om 09:00 schreef Clinic <c@example.com>:",
        "Em seg., 30 de nov. de 2026 às 09:00, Clinic <c@example.com> escreveu:",
        "Den mån 30 nov. 2026 kl 09:00 skrev Clinic <c@example.com>:",
        "pon., 30 lis 2026 o 09:00 Clinic <c@example.com> napisał(a):",
        "Dnia 30 listopada 2026 09:00 Clinic napisał(a):",
    ],
)
@pytest.mark.parametrize("mark", ["", "> "])
def test_a_quote_is_cut_in_whatever_language_the_program_introduces_it(attribution: str, mark: str) -> None:
    assert own_words(f"{WORDS}\n\n{attribution}\n{mark}{FROM_US}") == WORDS


@pytest.mark.parametrize(
    "headings",
    [
        "From: Clinic <c@example.com>\nSent: Monday, November 30, 2026\nTo: Tina\nSubject: Your visit",
        "De: Clinic <c@example.com>\nEnviado el: lunes, 30 de noviembre de 2026\nPara: Tina\nAsunto: Su visita",
        "Von: Clinic <c@example.com>\nGesendet: Montag, 30. November 2026\nAn: Tina\nBetreff: Termin",
        "De : Clinic <c@example.com>\nEnvoyé : lundi 30 novembre 2026\nÀ : Tina\nObjet : Rendez-vous",
        "Da: Clinic <c@example.com>\nInviato: lunedì 30 novembre 2026\nA: Tina\nOggetto: Appuntamento",
        "Van: Clinic <c@example.com>\nVerzonden: maandag 30 november 2026\nAan: Tina\nOnderwerp: Afspraak",
        "Od: Clinic <c@example.com>\nWysłano: poniedziałek, 30 listopada 2026\nDo: Tina\nTemat: Wizyta",
    ],
)
def test_a_block_of_headings_ends_what_the_client_wrote(headings: str) -> None:
    assert own_words(f"{WORDS}\n\n{headings}\n\n{FROM_US}") == WORDS


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, Nov 30, 2026 at 9:00 AM Clinic <c@example.com> wrote:",
        "El lun, 30 nov 2026 a las 9:00, Clinic (<c@example.com>) escribió:",
    ],
)
def test_words_between_and_below_the_marked_lines_are_the_clients_too(attribution: str) -> None:
    mail = f"My answers are below.\n\n{attribution}\n> How is your back?\n\nnumb since Friday\n\n> {FROM_US}\n"
    assert own_words(mail).split("\n", 1)[0] == "My answers are below."
    assert "numb since Friday" in own_words(mail)
    assert "STOP" not in own_words(mail)


@pytest.mark.parametrize(
    "own",
    [
        "My doctor wrote:\nno massage for two weeks",
        "Date: Monday\nTo: my sister's house\nso I can't come",
        "Am I too late?\nLe me know",
        "- no new meds\n- no fever",
    ],
)
def test_what_only_looks_like_a_quote_is_the_clients_own(own: str) -> None:
    assert own_words(own) == own
