"""Whose death is told: the client's stops everything, a relative's nothing, and in doubt a person says which it is."""

import pytest

from domain.inbox_order import of_task
from domain.replies import understand
from domain.route_reply import route
from tests.domain.plan_builder import DAY, Played, a_state
from tests.domain.reply_builder import a_state_of, a_text, from_

NAMES = ("Tina Example",)
UNCLEAR = "My mother died on Tuesday"


@pytest.mark.parametrize(
    "text",
    [
        "This is Tina's daughter. My mother died on the 14th. Please take her off your calendar",
        "This is Ellen's daughter. My mother died on the 14th. Please take her off your calendar.",
        "mi papá falleció, ya no va a ir",
        "Hi, I'm her son, mom passed away on Sunday",
        "my dad died, please cancel his appointments",
        "Dad passed Saturday, he wont be coming anymore",
        "soy la hija de Tina, mi mamá falleció ayer",
        "My brother passed away. Please stop these reminders",
        "My husband died on Sunday",
        "My husband died on the 9th. This was his time. I don't know which letter I am supposed to push",
        "habla el hijo de don Ramón, mi papá falleció el domingo",
        "my uncle Rafael passed away Sunday please cancel his stuff",
        "Robert passed away last night. He loved his visits with you.",
        "mami fallecio, no llamen mas por favor",
        "my grandmother passed, she will not need her sessions",
        "Mi abuelo murió, cancelen sus citas",
    ],
)
def test_a_relative_who_writes_of_the_client_stops_everything(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment", names=NAMES)
    assert (meant.intent, meant.death, meant.loss) == ("human", True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Mom passed away Sunday. I don't know what I'm doing.",
        "my mother died so I can't make it Thursday",
        "My sister passed away and I need to move my appointment",
        "mi papá falleció, no puedo ir mañana",
        "my gma died, funerals thursday. can i come next wk",
        "My late husband died of a heart attack last year, the shoulder tension is from that I guess",
        "my dad died two years ago today, rough day",
        "we lost my brother, I won't be in this week",
        "no voy a poder, se murió mi suegra y nos vamos a Texas",
        "my dog died",
    ],
)
def test_a_loss_of_the_clients_own_is_read_and_stops_nothing(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment", names=NAMES)
    assert (meant.intent, meant.sure, meant.death, meant.loss) == ("human", False, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "my son was killed in a crash",
        "my mother died on Tuesday",
        "Mom passed away last night",
        "mi mamá falleció",
        "My daughter died this morning",
    ],
)
def test_where_nobody_knows_whose_death_it_is_the_plan_waits_for_a_person(text: str) -> None:
    meant = understand(text, open_question="confirm_appointment", names=NAMES)
    assert (meant.intent, meant.sure, meant.death, meant.loss) == ("human", False, False, True)


def test_meanwhile_nothing_goes_out_and_nobody_is_taken_for_dead() -> None:
    played = Played(a_state())
    played.book("v1", played.now + 3 * DAY)
    before = len(played.sent)
    played.reply(UNCLEAR).until(played.now + 4 * DAY)
    assert not [message for _, message in played.sent[before:] if message.audience == "client"]
    assert (played.state.paused, played.state.death_reported) == (True, False)
    [task] = [task for task in played.tasks if task.kind == "death"]
    assert of_task(task) == "red_flag"
    assert UNCLEAR in task.text


def test_every_plan_of_that_number_waits_and_the_desk_has_one_task_for_each_person() -> None:
    taking = route(a_text(UNCLEAR), from_(("anna", a_state_of("p0")), ("anna", a_state_of("p1"))))
    assert [plan for plan, _ in taking.events] == ["p0", "p1"]
    assert taking.died == []
    assert taking.suppress == []


def test_an_opt_out_beside_it_counts() -> None:
    meant = understand("unsubscribe. My mother died", open_question=None, names=NAMES)
    assert "stop" in (meant.intent, *meant.also)
