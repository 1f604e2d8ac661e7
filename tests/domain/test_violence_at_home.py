"""Violence at home: a person is paged with careful advice, and nothing goes to a phone that another reads."""

import pytest

from domain.emergency import SPEAK_FREELY
from domain.heed_emergency import heed_emergencies
from domain.inbox_order import of_task
from domain.incoming import OpenPlan, Sender
from domain.opted_out import PHONE_THIS_CLIENT
from domain.replies import understand
from domain.route_reply import route
from tests.domain.plan_builder import DAY, START, Played, a_state
from tests.domain.reply_builder import a_state_of, a_text, from_

READ_BY_HIM = "I'm not safe at home, don't call this phone, he reads it"


@pytest.mark.parametrize(
    "text",
    [
        "I'm not safe at home, don't call this phone, he reads it",
        "im not safe here with him dont text back",
        "I don't feel safe in my own house",
        "my husband hits me",
        "my boyfriend choked me last night",
        "he beats me when he drinks",
        "I'm scared of my husband, please don't reply he checks my phone",
        "no estoy segura en casa, mi esposo revisa mi celular",
        "mi esposo me pega",
        "tengo miedo de mi marido no me llamen",
        "he wont let me leave",
        "my son beats me",
        "my ex threatened me",
        "my husband put his hands on me",
    ],
)
def test_violence_that_goes_on_pages_a_person_and_calls_for_no_fixed_answer(text: str) -> None:
    meant = understand(text, open_question=None)
    assert (meant.intent, meant.red_flag, meant.grave) == ("red_flag", "violence", "violence")


@pytest.mark.parametrize(
    "text",
    [
        "he hit me again last week. that's what the bruises are from",
        "My partner pushed me into the wall",
        "domestic violence",
        "violencia doméstica",
        "he gave me a black eye",
        "mi novio me golpeó anoche",
        "I have a restraining order against my ex",
        "the bruises are from my husband",
    ],
)
def test_violence_that_is_told_of_is_read_first_and_nobody_is_paged(text: str) -> None:
    meant = understand(text, open_question=None)
    assert (meant.red_flag, meant.grave) == (None, "violence")


@pytest.mark.parametrize(
    "text",
    [
        "He touched me where I asked him not to.",
        "she touched me after i said no",
        "touched my chest even though I told him not to",
        "He kept going after I told him to stop",
        "2 but the therapist asked for my number, weird",
        "therapist wanted my instagram",
        "he asked for my number during the massage",
        "She asked me out during the massage",
        "your therapist asked me if I was single",
        "he invited me to dinner",
        "he made comments about my body",
        "me tocó donde le dije que no",
        "el terapeuta me invitó a salir",
    ],
)
def test_a_touch_or_an_advance_that_was_not_wanted_is_misconduct(text: str) -> None:
    assert understand(text, open_question="feedback_1_5").grave == "misconduct"


@pytest.mark.parametrize(
    "text",
    [
        "the road is not safe, ice everywhere",
        "I don't feel safe driving in snow, can we move",
        "he hit me up for a ride",
        "my partner hit me with great news",
        "A car hit me from behind, can't come",
        "he hit me at the light, car is totaled",
        "she hit the spot",
        "you hit me hard there lol but it worked",
        "my son hit a home run",
        "my husband beat me to it, he booked already",
        "he beat me by 5 minutes",
        "my knee kicked me out of the race",
        "she is beating me at tennis",
        "I am afraid of needles",
        "scared of my own shadow lol",
        "I'm afraid of my reaction to the oil",
        "my wife wont let me leave without my phone",
        "the pain wont let me sleep",
        "he wont let me leave a tip",
        "my cat bit me",
        "my dog attacked me lol",
        "el sol me pega fuerte",
        "me golpeé la rodilla",
        "bruises from where he massaged me",
        "bruise from her elbow",
        "touched the right spot",
        "tender to touch where I told you last time",
        "She touched spots I didn't know were sore",
        "nobody touched my shoulder there",
        "the front desk asked for my number",
        "the therapist asked for my number so she can send exercises",
        "He asked me out of curiosity about the cupping",
        "she asked me about my pain",
        "She asked me to turn over",
        "he never hit me",
        "don't call this phone, call my cell",
        "please dont text me before 9",
        "my husband reads my texts so all good",
        "my mother said don't call this phone",
    ],
)
def test_everyday_words_are_neither(text: str) -> None:
    meant = understand(text, open_question=None)
    assert (meant.red_flag, meant.grave, meant.unsafe) == (None, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "I'm not safe at home, don't call this phone, he reads it",
        "im not safe here with him dont text back",
        "I'm scared of my husband, please don't reply he checks my phone",
        "no estoy segura en casa, mi esposo revisa mi celular",
        "tengo miedo de mi marido no me llamen",
        "hes hitting me right now dont call he has my phone",
    ],
)
def test_a_phone_that_another_reads_gets_nothing_at_all(text: str) -> None:
    assert understand(text, open_question=None).unsafe
    played = Played(a_state())
    before = len(played.sent)
    played.reply(text).until(START + 5 * DAY)
    assert not [message for _, message in played.sent[before:] if message.audience == "client"]
    taking = route(a_text(text), from_(("tina", a_state_of("p0"))))
    [emergency] = heed_emergencies(a_text(text), from_(("tina", a_state_of("p0"))), taking, START).emergencies
    assert emergency.answers == []
    assert emergency.page is not None


def test_the_page_and_the_task_say_where_to_phone_and_nobody_is_told_to_call_this_number() -> None:
    sender = from_(("tina", a_state_of("p0")))
    taking = route(a_text(READ_BY_HIM), sender)
    [emergency] = heed_emergencies(a_text(READ_BY_HIM), sender, taking, START).emergencies
    assert emergency.page is not None
    assert emergency.task is not None
    assert emergency.page.question == SPEAK_FREELY
    assert of_task(emergency.task) == "red_flag"
    assert "only where they can speak freely" in emergency.task.text
    assert PHONE_THIS_CLIENT not in " ".join([emergency.task.text, *emergency.page.evidence])
    played = Played(a_state()).reply(READ_BY_HIM)
    [task] = played.tasks
    assert task.kind == "grave_words"
    assert PHONE_THIS_CLIENT not in task.text
    assert played.state.held


def test_a_blow_of_this_minute_is_an_emergency_with_its_answer() -> None:
    played = Played(a_state()).reply("he is hitting me right now")
    assert [message.template for _, message in played.sent if message.safety] == ["emergency_911"]


def test_a_former_clients_phone_that_another_reads_gets_nothing_either() -> None:
    words = "hes hitting me right now dont call he has my phone"
    former = Sender([], ended=[OpenPlan("anna", a_state_of("p0"))])
    [emergency] = heed_emergencies(a_text(words), former, route(a_text(words), former), START).emergencies
    assert emergency.answers == []
    assert emergency.page is not None
