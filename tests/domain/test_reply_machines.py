"""What nobody wrote answers nothing, pages nobody and opts nobody out."""

import pytest

from domain.replies import understand
from domain.touchpoint import QuestionKind

OURS = (
    "Cedar Hill Bodywork: before your visit Thu Dec 3, 2:00 PM, is anything new? Fever or infection, swelling. "
    "Reply NO if nothing is new, YES if anything is. Emergency? Call 911. Reply STOP to opt out."
)
HEADS = """
Liked|Loved|Disliked|Laughed at|Emphasized|Emphasised|Questioned|Reacted 👍 to|Reacted ❤️ to|👍 to|You liked
Removed a like from|Removed a heart from|Removed a laugh from|Removed an exclamation mark from|Removed 👍 from
Le gustó|Le encantó|No le gustó|Se rió de|Enfatizó|Cuestionó|Reaccionó con 👍 a|Me gusta|Eliminó un Me gusta de
A aimé|A adoré|N’a pas aimé|A ri de|A mis en évidence|A réagi avec 👍 à|A supprimé un cœur de
Gefällt|Gefällt mir|Liebt|Betont|Hat mit 👍 auf|Hat ein Herz entfernt von
Ha messo mi piace a|Hai messo mi piace a|Ha messo un cuore a|Ha enfatizzato|Ha reagito con 👍 a|Ha rimosso 👍 da
Gostou de|Amou|Reagiu com 👍 a
""".strip().replace("\n", "|")
QUESTIONS: tuple[QuestionKind, ...] = (
    "confirm_appointment",
    "feedback_1_5",
    "pain_0_10",
    "benchmark_yes_no",
    "rebook",
    "screening_yes_no",
)


@pytest.mark.parametrize("head", HEADS.split("|"))
@pytest.mark.parametrize("marks", ["“”", '""', "«»", "„“"])
def test_a_tap_on_a_message_of_ours_says_nothing_whatever_it_quotes(head: str, marks: str) -> None:
    text = f"{head} {marks[0]}{OURS}{marks[1]}"
    for asked in QUESTIONS:
        meant = understand(text, open_question=asked)
        assert meant.intent in ("ignore", "human")
        assert (meant.also_stop, meant.red_flag, meant.also) == (False, None, ())


def test_a_like_of_the_question_to_confirm_is_only_a_suggestion_since_it_may_be_another_visit() -> None:
    meant = understand("Liked “See you Thu. Reply C to confirm”", open_question="confirm_appointment")
    assert (meant.intent, meant.suggestion, meant.sure) == ("human", "confirm", False)


def test_what_stands_behind_the_quotation_is_the_clients_own() -> None:
    assert understand("Loved “Reply C to confirm” stop texting me", open_question=None).intent == "stop"
    liked = understand("Liked “Call 911 in an emergency” see you then", open_question="confirm_appointment")
    assert (liked.intent, liked.red_flag) == ("confirm", None)


@pytest.mark.parametrize(
    "text",
    [
        "I'm driving with Do Not Disturb turned on. I'll see your message when I get where I'm going.",
        "I’m driving with Focus turned on. I’ll see your message when I get where I’m going.",
        '(I\'m not receiving notifications. If this is urgent, reply "urgent" to send a notification through.)',
        "Sorry, I can't talk right now.",
        "Thank you for calling Acme Plumbing. Our office is closed. If this is an emergency, dial 911.",
        "Thanks for texting! Our business hours are 9 to 5. We will get back to you. Reply STOP to end.",
        "Message blocking is active.",
        "Free Msg: Unable to send message - Message Blocking is active.",
        "This is an automated message. This mailbox is not monitored.",
        "Auto-reply: I am away from my phone",
        "Respuesta automática: no puedo contestar",
    ],
)
def test_a_machines_text_is_set_aside(text: str) -> None:
    for asked in (None, *QUESTIONS):
        assert understand(text, open_question=asked).intent == "ignore"


@pytest.mark.parametrize(
    "text",
    [
        "This number does not accept text messages.",
        "This line is not able to receive texts. Please call our office at 206-555-0100.",
        "Este número no acepta mensajes.",
        "Auto-reply: I am on medical leave after an operation, back in May.",
        "Automatic reply: this mailbox is no longer read, write to ana@example.com.",
    ],
)
def test_what_a_machine_says_of_the_line_or_the_person_is_read_by_a_person_and_acts_on_nothing(text: str) -> None:
    for asked in (None, *QUESTIONS):
        meant = understand(text, open_question=asked)
        assert (meant.intent, meant.also_stop, meant.sure) == ("human", False, False)


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until Monday with limited access to email.",
        "Ann Reed has accepted this invitation.\n\nTo stop receiving these emails, change your settings.",
        "Ann Reed has declined this invitation.",
        "Estoy fuera de la oficina hasta el lunes",
    ],
)
def test_an_absence_or_a_calendars_answer_is_for_a_person(text: str) -> None:
    for asked in (None, *QUESTIONS):
        meant = understand(text, open_question=asked, channel="email")
        assert (meant.intent, meant.sure, meant.also_stop) == ("human", False, False)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I'm driving but I have chest pain", "red_flag"),
        ("is this an automated message? stop texting me", "stop"),
        ("Thank you for contacting me. Yes, see you Thursday", "confirm"),
    ],
)
def test_a_person_who_sounds_like_a_machine_is_heard(text: str, intent: str) -> None:
    meant = understand(text, open_question="confirm_appointment")
    assert intent in (meant.intent, meant.suggestion)


@pytest.mark.parametrize(
    "text",
    [
        OURS,
        f"“{OURS}”",
        f"> {OURS}",
        OURS[:90] + "…",
        OURS[:87] + "...",
        "Reply NO if nothing is new, YES if anything is. Emergency? Call 911.",
    ],
)
def test_our_own_words_are_taken_out_before_anything_is_read(text: str) -> None:
    assert understand(text, open_question="screening_yes_no", sent=[OURS]).intent == "ignore"


def test_what_the_client_adds_to_our_words_is_read_alone() -> None:
    above = understand(f"NO\n\n{OURS}", open_question="screening_yes_no", sent=[OURS])
    below = understand(f"{OURS}\nYes, I have a fever", open_question="screening_yes_no", sent=[OURS])
    assert (above.intent, above.also_stop) == ("no", False)
    assert (below.intent, below.also, below.red_flag) == ("yes", ("contraindication",), None)


def test_a_clients_own_words_stay_where_ours_are_alike() -> None:
    sent = ["See you then. Thank you! Reply C to confirm."]
    assert understand("See you then, thank you!", open_question="confirm_appointment", sent=sent).intent == "confirm"


@pytest.mark.parametrize(
    "footer",
    [
        "To stop receiving these emails, log in and change your settings.",
        "If you no longer wish to receive these emails, unsubscribe here.",
        "You are receiving this because you signed up. Unsubscribe | Preferences",
    ],
)
def test_the_footer_of_a_mail_opts_nobody_out(footer: str) -> None:
    meant = understand(f"Yes, see you then\n\n{footer}", open_question="confirm_appointment", channel="email")
    assert meant.intent in ("confirm", "human")
    assert not meant.also_stop
