"""Spanish of the plans where the walk over every page doesn't come: forms sent wrong, refusals, what the rules say."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.acceptance import check_event
from domain.agenda import agenda
from domain.decide import decide
from domain.errors import EventRefused
from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    Changes,
    ClientMissedVisit,
    ClientReplied,
    ConversationReleased,
    ConversationTaken,
    Measurement,
    MeasureRecorded,
    PlanChanged,
    PlanEnded,
    PlanPaused,
    PlanResumed,
    SessionCompleted,
    StaffWrote,
    TouchpointHurried,
    TouchpointSkipped,
    ValueMarked,
)
from domain.outgoing import WINDOW_CLOSED
from domain.plan import Homework
from domain.remedies import REMEDIES
from domain.state import PlanState
from providers.base import BECAUSE
from tests.web.english_left import ENGLISH, english_left
from tests.web.staff_builder import a_browser, add, csrf_of
from tests.web.web_builders import a_house, a_state
from web.form_parts import sentence
from web.languages import _current, told  # pyright: ignore[reportPrivateUsage]
from web.plan_beginnings import plan_beginnings
from web.plan_form import OPEN, dosage_data, measure_choices, typed_of

ONCE = "page-" + "1" * 24
START = datetime(2026, 1, 5, 17, tzinfo=UTC)
OF_BASE_AND_PARTS = {"Skip to the content", "Clients", "Claims"}
"""Words of the pages' frame, which has a catalogue of its own."""


@pytest.fixture
def spanish() -> Iterator[None]:
    before = _current.set("es")
    yield
    _current.reset(before)


def left_in(page: str) -> list[str]:
    return [text for text in english_left(page) if text not in OF_BASE_AND_PARTS]


async def sent(browser: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    browser.headers["accept-language"] = "es"
    form = {"event_id": ONCE, **{name.replace("__", "."): value for name, value in fields.items()}}
    return await browser.post(path, data={"csrf": await csrf_of(browser), **form})


async def test_forms_that_are_sent_wrong_answer_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        wrong: list[tuple[str, dict[str, str]]] = [
            ("/plans/new", {"do": "start"}),
            ("/plans/new", {"do": "start", "client__phone": "12", "client__email": "x", "goals__0__measure": "nprs"}),
            ("/plans/new", {"do": "start", "event_id": "none"}),
            ("/plans/tina/edit", {"part": "treatment", "dosage__spacing": "never", "dosage__session_minutes": "2"}),
            ("/plans/tina/edit", {"part": "goal", "goal": "new", "goals__0__measure": "nprs"}),
            (
                "/plans/tina/edit",
                {"part": "goal", "goal": "new", "goals__0__description": "x", "goals__0__by_session": "2"},
            ),
            ("/plans/tina/edit", {"part": "nothing"}),
            ("/plans/tina/end", {"note": "x" * 201}),
            ("/plans/tina/conversation", {"words": ""}),
        ]
        for path, fields in wrong:
            answer = await sent(browser, path, **fields)
            assert answer.status_code == 422, (path, fields)
            assert left_in(answer.text) == [], (path, fields)


async def test_a_refusal_of_the_plan_is_said_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        house.intake.refuses = "the plan doesn't owe 'x' (any more); look at what is coming up"
        answer = await sent(browser, "/plans/tina/touchpoints", key="x", what="burn")
        assert answer.status_code == 422
        assert "Load the page again" not in answer.text
        page = unescape((await sent(browser, "/plans/tina/touchpoints", key="x", what="skip")).text)
        assert "El plan no tiene (o ya no tiene) pendiente 'x'; mire lo que viene." in page


async def test_words_that_a_client_reads_are_left_in_the_clients_language(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        browser.headers["accept-language"] = "es"
        page = unescape((await browser.get("/plans/tina/end")).text)
        assert '<p class="card said" translate="no">' in page
        assert left_in(page) == []


def shapes_of(beginnings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: sorted(typed_of(beginning)) for name, beginning in beginnings.items()}


def test_every_beginning_is_there_in_spanish_with_the_same_numbers():
    english, spanish_ones = plan_beginnings(), plan_beginnings("es")
    assert shapes_of(english) == shapes_of(spanish_ones)
    for name, beginning in english.items():
        for field in ("measure", "baseline", "target", "benchmarks", "id"):
            other = [goal.get(field) for goal in spanish_ones[name]["goals"]]
            assert [goal.get(field) for goal in beginning["goals"]] == other


@pytest.mark.usefixtures("spanish")
def test_the_word_for_a_plan_without_end_is_understood_in_every_language():
    assert typed_of({"dosage": {"sessions": "open"}})["dosage.sessions"] == "abierto"
    for word in OPEN.values():
        assert dosage_data({"dosage.sessions": word.upper()})["sessions"] == "open"


@pytest.mark.usefixtures("spanish")
def test_every_measure_is_offered_in_spanish():
    assert [words for words in measure_choices().values() if ENGLISH.search(words)] == []


@pytest.mark.usefixtures("spanish")
def test_every_cause_and_remedy_has_its_spanish():
    texts = [*BECAUSE.values(), *REMEDIES, *REMEDIES.values(), WINDOW_CLOSED, "not delivered (code 30005)"]
    beginnings = {"too late", "it was not delivered in time", "something happened since", "the provider never got it"}
    assert [text for text in texts if told(text) == text and text not in beginnings] == []


@pytest.mark.usefixtures("spanish")
def test_what_a_client_wrote_stays_as_it_is_within_a_sentence_of_ours():
    text = 'A reply that needs a person to answer. The client wrote: "yes"'
    assert told(text).endswith('El cliente escribió: "yes"')


def lived(*days: Any) -> PlanState:
    """A plan to which these events happened, one a day."""
    state = a_state()
    for number, event in enumerate(days):
        state = decide(state, [event], START + timedelta(days=number)).state
    return state


def on(kind: Callable[..., Any], number: int, **fields: Any) -> Any:
    return kind(event_id=f"e{number}", occurred_at=START + timedelta(days=number), **fields)


def a_whole_life() -> PlanState:
    visit = {"appointment_id": "v"}
    return lived(
        on(AppointmentBooked, 0, **visit, starts_at=START + timedelta(days=3)),
        on(AppointmentMoved, 1, **visit, starts_at=START + timedelta(days=4)),
        on(ConversationTaken, 2, by="Dana"),
        on(StaffWrote, 3, by="Dana", text="Hello"),
        on(
            SessionCompleted,
            4,
            **visit,
            measures=[Measurement(goal="pain", value=6), Measurement(goal="sleep", value=True)],
        ),
        on(MeasureRecorded, 5, measure=Measurement(goal="pain", value=5, flare=True)),
        on(ValueMarked, 6, goal="pain", session=1, flare=False),
        on(ConversationReleased, 7, by="Dana"),
        on(PlanPaused, 8),
        on(PlanResumed, 9),
        on(
            PlanChanged,
            10,
            changes=Changes(session_minutes=45, spacing=timedelta(days=14), homework=[Homework(what="x y")]),
        ),
        on(ClientReplied, 11, inbound_id="i1", channel="sms", text="running late"),
        on(AppointmentBooked, 12, appointment_id="w", starts_at=START + timedelta(days=20)),
        on(ClientMissedVisit, 13, appointment_id="w"),
        on(AppointmentCancelled, 14, appointment_id="u"),
        on(TouchpointSkipped, 15, touchpoint="x", by="Dana"),
        on(TouchpointHurried, 16, touchpoint="x", by="Dana"),
        on(ClientReplied, 17, inbound_id="i2", channel="sms", text="STOP"),
        on(PlanEnded, 18, reason="moved away"),
    )


@pytest.mark.usefixtures("spanish")
def test_the_story_of_a_plan_is_told_in_spanish():
    state = a_whole_life()
    lines = [line for line in state.journal if line.kind not in ("escalation", "progress") and "wrote" not in line.text]
    assert len(lines) > 20
    own = (
        "moved away",
        "less pain at work",
        "fall asleep easily",
        "A visit was booked for Mon 05 Jan 2026 12:00.",
    )  # the last from a builder
    left = [text for line in lines for text in (line.text, line.because) if text and told(text) == text]
    assert [text for text in left if text not in own] == []
    english = [told(line.text) for line in lines if ENGLISH.search(told(line.text))]
    assert [text for text in english if not any(words in text for words in own)] == []


@pytest.mark.usefixtures("spanish")
def test_why_something_comes_up_is_told_in_spanish():
    state = lived(
        on(AppointmentBooked, 0, appointment_id="v", starts_at=START + timedelta(days=2)),
        on(SessionCompleted, 2, appointment_id="v"),
        on(AppointmentBooked, 3, appointment_id="w", starts_at=START + timedelta(days=9)),
    )
    reasons = {touchpoint.because for touchpoint in [*agenda(state), *agenda(a_state())]}
    assert len(reasons) > 3
    assert [reason for reason in reasons if ENGLISH.search(told(reason))] == []


REFUSED: list[Any] = [
    on(TouchpointSkipped, 0, touchpoint="x", by="Dana"),
    on(PlanChanged, 0, changes=Changes()),
    on(PlanChanged, 0, changes=Changes(sessions=1)),
    on(ValueMarked, 0, goal="none", session=1, flare=True),
    on(MeasureRecorded, 0, measure=Measurement(goal="pain", value=50)),
    on(MeasureRecorded, 0, measure=Measurement(goal="sleep", value=5)),
    on(MeasureRecorded, 0, session=7, measure=Measurement(goal="pain", value=5)),
    on(PlanPaused, 9),
    on(PlanChanged, 0, changes=Changes(spacing=timedelta.max)),
]
BEYOND = (
    "lies outside the years 2000 to 2099; write a day in them",
    "lies outside the years 2000 to 2099; write a time in them",
    "is negative; write a duration such as P1D",
    "is too short; write PT1H or more",
    "is too long; write P1830D or less",
    "is out of bounds; write a number up to 1000000",
    "is out of bounds; write an amount up to 10000000",
    "has more than two decimals; write at most two",
    "holds a character that isn't text; remove it",
    "has too many entries; write at most 20",
    "the plan has 200 visits booked and can't hold more; cancel some or say what became of them",
    "A date or length on this plan can't be true (starts_at), and nothing follows from it. Report it anew.",
    "A date or amount of this claim can't be true (amount), and nothing follows from it. Report it anew.",
    "amount can't be true; report it anew with a date or amount of these times",
)


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("event", REFUSED)
def test_a_plan_refuses_in_spanish(event: Any):
    with pytest.raises(EventRefused) as refused:
        check_event(a_state(), event, START)
    assert not ENGLISH.search(sentence(str(refused.value)))


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("text", BEYOND)
def test_what_lies_beyond_all_bounds_is_said_in_spanish(text: str):
    assert sentence(text) != f"{text[:1].upper()}{text[1:].rstrip('.')}."
    assert not ENGLISH.search(sentence(text))


@pytest.mark.usefixtures("spanish")
def test_an_ended_plan_and_a_client_who_opted_out_refuse_in_spanish():
    for state in (a_whole_life(), a_state(opted_out=["sms", "email"])):
        with pytest.raises(EventRefused) as refused:
            check_event(state, on(StaffWrote, 0, by="Dana", text="Hello"), START)
        assert not ENGLISH.search(sentence(str(refused.value)))


def test_in_english_a_plan_still_speaks_english():
    assert told("The plan has ended.") == "The plan has ended."
    assert sentence("this client opted out; phone them") == "This client opted out; phone them."
