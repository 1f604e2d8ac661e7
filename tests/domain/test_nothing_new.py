"""The health question closes as "nothing new" on a no and nothing but a no; ill or unclear words reach a person."""

import pytest

from domain.actions import AddDeskTask, OpenEscalation
from domain.decide import decide
from domain.events import ClientReplied
from domain.replies import understand
from domain.state import Decision
from tests.domain.plan_builder import START, a_state
from tests.domain.reply_builder import asked

ASKED = "screening_yes_no:0:00:00"
NO_ANSWER = [
    "No I'm not OK",
    "No, I'm not fine",
    "no im not good",
    "No not good",
    "Not ok",
    "Not great",
    "not too great tbh",
    "No good",
    "no fine",
    "No feeling well",
    "No worse",
    "No same fever as last time",
    "No, still have it",
    "no still the same pain",
    "nope, same thing as monday",
    "still there",
    "No not really",
    "not really",
    "no, he's here",
    "No one is here",
    "no, no, no please",
    "I can't",
    "cant",
    "I cant",
    "No I can't",
    "No I can not",
    "No not today",
    "no not yet",
    "not now",
    "never",
    "No, sorry",
    "No, next week",
    "No understand",
    "No longer",
    "no more fever",
    "No sleep",
    "No thanks to you",
    "👎",
    "No muy bien",
    "No del todo",
    "No tan bien",
    "No sé",
    "no creo",
    "no puedo",
    "ahora no",
    "todavía no",
    "no, sigo igual",
    "No mejor",
    "no entiendo",
    "no he podido",
]
UNWELL = [
    "I'm not well",
    "No I'm not well",
    "no, not well",
    "Not well",
    "not doing too well",
    "No I don't feel right",
    "no not feeling great",
    "No, haven't felt great",
    "I don't feel so good",
    "No I haven't been well",
    "No, feel awful",
    "I feel pretty lousy",
    "No me siento bien",
    "No estoy bien",
    "No ando bien",
    "no me he sentido muy bien",
    "no, me siento mal",
    "ando mal",
]
CLEAN = [
    "no",
    "N",
    "NOPE",
    "Nooooo!!",
    "no no no",
    "Nah 😊",
    "no 👍",
    "No ma'am",
    "Negative on all counts",
    "No thank you",
    "No, thanks Dana",
    "Nothing new",
    "No, all good",
    "nope all good",
    "No I'm fine",
    "No, feeling great!",
    "No changes since last time, see you tomorrow",
    "No. Nothing. Bye",
    "none of those thank goodness",
    "Not that I know of",
    "I haven't had any of those",
    "Same as always, nothing new",
    "No fever, rash, swelling or new meds",
    "No fever or infection, open skin, new swelling, a new medicine, surgery, numbness",
    "No shortness of breath, no chest pain, nothing like that",
    "Hi Dana, no, nothing to report. Have a great day",
    "No, nada",
    "no, estoy bien",
    "No, gracias a Dios todo bien",
    "ninguna de esas",
    "No tengo nada de eso",
    "Nada nuevo, nos vemos mañana",
    "no he tenido fiebre ni nada",
    "sin novedad, gracias",
]


@pytest.mark.parametrize("text", NO_ANSWER)
def test_words_beside_a_no_that_may_be_the_point_are_read_by_a_person(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no", names=("Dana Ruiz",))
    assert (meant.intent, meant.sure) == ("human", False)


@pytest.mark.parametrize("text", UNWELL)
def test_unwell_in_no_special_way_is_news(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no", names=("Dana Ruiz",))
    assert (meant.intent, meant.sure) == ("yes", True)


@pytest.mark.parametrize("text", CLEAN)
def test_a_no_and_nothing_but_a_no_needs_nobody(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no", names=("Dana Ruiz",))
    assert (meant.intent, meant.sure, meant.also) == ("no", True, ())


@pytest.mark.parametrize(
    "text", ["No I'm not OK", "no good", "I can't", "no, sigo igual", "not now", "no se", "no peor"]
)
def test_what_may_say_the_contrary_is_not_even_suggested_as_a_no(text: str) -> None:
    assert understand(text, open_question="screening_yes_no").suggestion is None


@pytest.mark.parametrize(
    "text", ["no cant come", "No, I can't make it", "no puedo ir", "No voy", "no need to cancel it"]
)
def test_a_no_about_coming_says_nothing_of_a_fever(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no")
    assert "no" not in (meant.intent, *meant.also)


@pytest.mark.parametrize(
    "text", ["never felt better, nothing new", "no news, I feel great", "feeling well, no changes"]
)
def test_well_is_not_unwell(text: str) -> None:
    assert understand(text, open_question="screening_yes_no").intent == "no"


def judged(text: str) -> Decision:
    state = asked(a_state(), "screening_yes_no", visit="v1")
    return decide(state, [ClientReplied(event_id="r1", occurred_at=START, channel="sms", text=text)], START)


@pytest.mark.parametrize("text", ["I cant", "No I'm not OK", "no muy bien", "no, sigo igual"])
def test_an_unclear_answer_leaves_the_question_open_and_gives_the_desk_a_task(text: str) -> None:
    decision = judged(text)
    assert ASKED in [known.key for known in decision.state.questions]
    assert [action.kind for action in decision.actions if isinstance(action, AddDeskTask)] == ["reply"]


@pytest.mark.parametrize("text", ["No I'm not well", "no me siento bien"])
def test_an_unwell_client_holds_the_visit_and_the_therapist_is_asked(text: str) -> None:
    decision = judged(text)
    assert decision.state.appointments["v1"].held
    assert [a.escalation.kind for a in decision.actions if isinstance(a, OpenEscalation)] == ["screening"]


def test_a_plain_no_closes_the_question_and_asks_nobody() -> None:
    decision = judged("no")
    assert ASKED not in [known.key for known in decision.state.questions]
    assert not decision.state.appointments["v1"].held
    assert not any(isinstance(action, AddDeskTask | OpenEscalation) for action in decision.actions)


@pytest.mark.parametrize(
    "text",
    ["no fever", "no surgeries", "No new medicine", "no covid", "no fever or rash", "sin fiebre", "no infection"],
)
def test_one_thing_denied_leaves_the_rest_of_the_question_to_a_person(text: str) -> None:
    meant = understand(text, open_question="screening_yes_no")
    assert (meant.intent, meant.sure, meant.suggestion) == ("human", False, "no")


@pytest.mark.parametrize("text", ["no fever or anything", "no, no fever", "no to all of them", "no fever, nothing new"])
def test_one_thing_denied_beside_a_whole_no_closes_the_question(text: str) -> None:
    assert understand(text, open_question="screening_yes_no").intent == "no"
