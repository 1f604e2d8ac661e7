"""Emergencies and opt-outs count in the words as they came: nothing is set aside before they were looked for."""

import pytest

from domain.incoming import WhichOne
from domain.replies import Understanding, understand
from domain.touchpoint import QuestionKind
from domain.which_one import chosen
from tests.domain.reply_builder import a_text

URGENT = ("red_flag", "stop")


def meant(text: str, asked: QuestionKind | None = None, **how: object) -> Understanding:
    return understand(text, open_question=asked, **how)  # type: ignore[arg-type]


def acts(meaning: Understanding) -> list[str]:
    return [each for each in (meaning.intent, *meaning.also) if each not in ("human", "ignore")]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Thanks for your message. I can't breathe, should I call 911?", "red_flag"),
        ("Thanks for texting. Chest pain since this morning, call 911?", "red_flag"),
        ("Thank you for calling. Crushing chest pain since noon. Is your office closed? Call 911?", "red_flag"),
        ("Thanks for texting me back. I want to kill myself. Leave a message for Ana", "red_flag"),
        ("Gracias por su mensaje. Me duele el pecho y no puedo respirar, marque a mi hijo", "red_flag"),
        ("I'm driving and my chest hurts", "red_flag"),
        ("I'm driving right now. Please help I can't breathe", "red_flag"),
        ("I'm busy right now, chest pain, can't breathe", "red_flag"),
        ("creo que es un derrame, no puedo hablar en este momento", "red_flag"),
        ("I'm driving right now, stop texting me", "stop"),
        ("Sorry, I can't talk right now. STOP", "stop"),
        ("I'm in a meeting. Please stop texting me", "stop"),
        ("dejen de escribirme, no puedo hablar ahora", "stop"),
        ("On vacation until Friday, stop texting me", "stop"),
        ("Out of office until Monday. STOP", "stop"),
        ("Declined: stop texting me", "stop"),
        ("Tentative: please take me off your list", "stop"),
        ("Accepted: but my chest hurts a lot", "red_flag"),
        ("on medical leave, chest pain, back in hospital", "red_flag"),
        ("fuera de la oficina, ya no me manden mensajes", "stop"),
    ],
)
def test_what_stands_beside_a_machines_words_acts(text: str, intent: str) -> None:
    for asked in (None, "confirm_appointment", "screening_yes_no"):
        assert meant(text, asked).intent == intent  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for calling Oak Dental. We are closed. If this is a medical emergency, please hang up and dial 911.",
        "You have reached Pine Vet. Our office is closed. In case of emergency call 911. Press 1 for directions.",
        "Gracias por llamar a Sol. Estamos cerrados. En caso de emergencia llame al 911. Nuestro horario es 9-5.",
        "Thanks for contacting Ruiz Plumbing! We'll get back to you within 24 hrs. Reply STOP to opt out.",
        "Sorry, I can't talk right now. I'll call you later.",
        "no puedo hablar en este momento",
        "I'm driving right now - I'll get back to you later.",
        "I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going.",
    ],
)
def test_a_machines_text_alone_is_still_nobodys(text: str) -> None:
    for asked in (None, "confirm_appointment", "screening_yes_no"):
        meaning = meant(text, asked)  # type: ignore[arg-type]
        assert (meaning.intent, meaning.also_stop) == ("ignore", False)


@pytest.mark.parametrize(
    "text", ["I'm driving right now, cancel my appointment", "Thanks for calling. I moved, our office is closed"]
)
def test_other_words_of_a_persons_beside_a_machines_are_read(text: str) -> None:
    assert meant(text, "confirm_appointment").intent != "ignore"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ('I loved "Ana\'s" massage but my chest hurts and I feel "weird"', "red_flag"),
        ('I liked "it" but I can\'t breathe "help"', "red_flag"),
        ('Liked "it" but I can\'t breathe "help"', "red_flag"),
        ('Loved "the oil", throat closing, my sister says "run"', "red_flag"),
        ('Reacted badly to the oil, throat closing, nurse said "call 911"', "red_flag"),
        ('Reacted terribly, I can\'t breathe: "911"', "red_flag"),
        ('Retiro mi consentimiento para "mensajes"', "stop"),
        ('Removed me from the list yet? I said "stop"', "stop"),
        ('Quito mi permiso: "no me escriban más"', "stop"),
    ],
)
def test_quotation_marks_make_no_tap(text: str, intent: str) -> None:
    assert meant(text).intent == intent


def test_a_tap_quotes_our_words_whole_cut_or_with_marks_in_them() -> None:
    ours = 'Oak: write "yes" to book. Chest pain? Call 911. Reply STOP to opt out.'
    for text in (
        f'Liked "{ours}"',
        f"Loved “{ours[:40]}…”",
        f"Laughed at “{ours[:46]}",
        "Liked “Chest pain? Call 911.”",
    ):
        assert acts(meant(text, sent=[ours])) == []
    assert meant(f'Liked "{ours}" stop texting me', sent=[ours]).intent == "stop"


def test_words_of_danger_in_a_tap_on_what_we_did_not_write_are_for_a_person() -> None:
    assert meant("Liked “I have chest pain and can't breathe”").intent == "human"


ASKED = "Are you ok? Chest pain right now?"
TOLD = "To end these, write: please stop texting me"


@pytest.mark.parametrize(
    ("text", "sent", "intent"),
    [
        ("Chest pain right now", ASKED, "red_flag"),
        ("Yes. Chest pain right now", ASKED, "red_flag"),
        ("please stop texting me", TOLD, "stop"),
        ("ok then: please stop texting me", TOLD, "stop"),
        ("do you want to die", "Anna, do you want to die? Please answer", "red_flag"),
    ],
)
def test_a_client_who_answers_in_our_words_is_heard(text: str, sent: str, intent: str) -> None:
    assert meant(text, sent=[sent]).intent == intent


@pytest.mark.parametrize("form", ["“{}”", "> {}", "| {}", '"{}"'])
@pytest.mark.parametrize(
    "ours",
    [
        "Oak: this may be an emergency. Call 911 now. Don't wait for our answer.",
        "Oak: please contact your doctor today. If you have chest pain or short breath, call 911.",
        ASKED,
        "Reply STOP to end",
    ],
)
def test_our_words_in_a_quotation_act_on_nothing(ours: str, form: str) -> None:
    assert meant(form.format(ours), sent=[ours]).intent == "ignore"


@pytest.mark.parametrize(
    "ours",
    [
        "Oak: this may be an emergency. Call 911 now. Don't wait for our answer.",
        "Oak: you are not alone. Call or text 988 now, day or night. In danger? Call 911. We'll call you too.",
        "Oak: see you at 3. Reply C to confirm. Reply STOP to end",
        "Reply STOP to end",
    ],
)
def test_a_whole_text_of_ours_sent_back_acts_on_nothing(ours: str) -> None:
    assert meant(ours, sent=[ours]).intent == "ignore"


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("I asked you to stop texting me here", ("stop",)),
        ("I want to unsubscribe and the preferences page is broken", ("stop",)),
        ("I need you to stop texting me and go to hell", ("stop",)),
        ("You received my request to stop weeks ago", ("stop", "human")),
        ("I want to stop living here", ("red_flag", "stop", "human")),
        ("I want to stop, here is my reason. I can't breathe and my chest hurts", ("red_flag",)),
        ("send stop to end it all, I want to die", ("red_flag",)),
        ("reply stop to cancel my chest pain, I can't breathe", ("red_flag",)),
        ("Yes. To stop the pain here I took all my pills", ("red_flag",)),
        ("C. To stop it here I want to die", ("red_flag",)),
        ("No. If you don't want to get another one stop texting me here", ("stop",)),
        ("Yes. You are receiving this because I want to die", ("red_flag",)),
    ],
)
@pytest.mark.parametrize("asked", [None, "confirm_appointment", "screening_yes_no"])
def test_no_footer_is_cut_from_a_text(text: str, intents: tuple[str, ...], asked: QuestionKind | None) -> None:
    assert meant(text, asked).intent in intents


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Yes\nTo stop this here I took all my pills, visit me", "red_flag"),
        ("Yes\n\nTo stop this here I took all my pills, visit me", "red_flag"),
        ("C\n\nIf you don't want to get sued stop emailing me and update my file", "stop"),
        ("C\nSent via ambulance to hospital with chest pain", "red_flag"),
        ("Yes\nSent from the ER, I had a stroke", "red_flag"),
        ("Yes\nSent from my iPhone\nI can't breathe", "red_flag"),
        ("Yes\nSent from my phone, stop emailing me", "stop"),
        ("Yes\n--\nI can't breathe, call me", "red_flag"),
        ("Yes\n-- \nTina\nChest pain, call me", "red_flag"),
        ("Yes\n--\nStop emailing me", "stop"),
        ("Yes\nDisclaimer I took all my pills", "red_flag"),
        ("Yes\nDisclaimer:\nI took all my pills", "red_flag"),
        ("Yes\nLegal notice\nPlease stop emailing me", "stop"),
        ("Yes\n\nThanks,\nStop emailing me", "stop"),
    ],
)
def test_what_looks_like_a_signature_counts_where_it_is_urgent(text: str, intent: str) -> None:
    assert meant(text, "confirm_appointment", channel="email").intent == intent


@pytest.mark.parametrize(
    "text", ["No\n\nThanks,\nStarted blood thinners", "No\n\nPregnant", "No\n--\nNew Blood Thinner"]
)
def test_health_news_is_no_name(text: str) -> None:
    meaning = meant(text, "screening_yes_no", channel="email")
    assert "contraindication" in (meaning.intent, *meaning.also)
    assert meaning.intent != "no"


@pytest.mark.parametrize(
    "text",
    ["Yes, confirmed\n\nThanks,\nActually cancel it please", "Yes\n\nCancel It", "Yes\nRegards,\nMove To Friday"],
)
def test_a_change_of_the_visit_is_no_name(text: str) -> None:
    meaning = meant(text, "confirm_appointment", channel="email")
    assert meaning.intent != "confirm"


@pytest.mark.parametrize(
    "below",
    [
        "\n\nTina Ferris",
        "\n\nThanks,\nTina Ferris",
        "\n\nBest regards,\nTina Ferris, LMT\nHarbor Bank\n206-555-0100",
        "\n\n-- \nTina Ferris\nHarbor Bank",
        "\n--\nTina Ferris, RN\nCardiac Unit\nChest Pain Center: know the signs of stroke, call 911",
        "\n\nSent from my iPhone",
        "\n\nSent from my Samsung Galaxy smartphone",
        "\nSent from Yahoo Mail on Android",
        "\nGet Outlook for iOS<https://aka.example/x>",
        "\nEnviado desde mi iPhone",
        "\n\nDisclaimer: this message is confidential. If you are not the recipient, stop reading and delete it.",
        "\n\nTo stop receiving these emails, log in and change your settings.",
    ],
)
def test_a_true_signature_or_footer_says_nothing(below: str) -> None:
    meaning = meant(f"Yes{below}", "confirm_appointment", channel="email")
    assert (meaning.intent, meaning.also_stop, meaning.also) == ("confirm", False, ())


@pytest.mark.parametrize(
    ("labels", "text", "plan"),
    [
        (["Bob", "Una"], "Una", "p1"),
        (["Bob", "Una"], "una", "p1"),
        (["Bob", "Una"], "1", "p0"),
        (["Primo", "Dos", "Una"], "dos", "p1"),
        (["Segunda", "Ana"], "Segunda", "p0"),
        (["Ana", "Bob"], "second", "p1"),
        (["Una, Mon 3 PM", "Ana, Tue 3 PM"], "Una", "p0"),
        (["Ana, Tue 3 PM", "Una, Mon 3 PM"], "Una, Mon 3 PM", "p1"),
        (["Una", "Una"], "una", None),
    ],
)
def test_a_name_that_is_a_number_too_is_a_name(labels: list[str], text: str, plan: str | None) -> None:
    plans = [f"p{number}" for number in range(len(labels))]
    assert chosen(WhichOne(reply=a_text("C"), plan_ids=plans, labels=labels), text) == plan
