"""Questions, their evidence and charts, and the desk's tasks in Spanish: what the rules say, found by its shape."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from activities.sending_words import sender_task
from domain.actions import DeskTaskKind
from domain.consequences import consequences
from domain.escalation import EscalationKind
from domain.events import Changes, ClientReplied, Measurement, MeasureRecorded
from domain.measures import CATALOGUE, Measure
from domain.progress import GoalCourse, assess
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_client, a_pain_goal, a_plan, a_state, a_yes_goal
from tests.web.english_left import ENGLISH, english_left
from tests.web.test_charts import a_crowded_course, a_long_course, lived, words_of
from tests.web.web_builders import NOON, a_house
from web import languages
from web.chart_told import in_their_language
from web.charts import WIDE, svg
from web.choices import answered, choice_words, choices_of
from web.languages import told
from web.rendering import headline, in_words

QUOTED = re.compile(r'"[^"]*"|“[^”]*”')


@pytest.fixture(autouse=True)
def in_spanish() -> Iterator[None]:
    token = languages._current.set("es")  # pyright: ignore[reportPrivateUsage]
    yield
    languages._current.reset(token)  # pyright: ignore[reportPrivateUsage]


def english_in(*texts: str) -> list[str]:
    """Those that have English in them beside what somebody wrote."""
    return [text for text in texts if ENGLISH.search(QUOTED.sub("", text))]


def asked(played: Played) -> list[str]:
    questions = [action.escalation for action in played.escalations]
    assert questions
    return [text for each in questions for text in (headline(each.question), *map(told, each.evidence))]


@pytest.mark.parametrize("values", [(7, 5, 4, 4, 4, 4, 4, 4, 4), (7, 7, 7, 7, 7, 7), (7, 8, 9, 10), (7, 4, 3, 3, 6, 7)])
def test_every_question_about_a_goal_is_spanish_but_for_its_description(values: tuple[float, ...]):
    goal = a_pain_goal().model_copy(update={"description": "subir escaleras"})
    assert english_in(*asked(lived(goal, *values))) == []


def test_a_goal_without_an_answer_asks_in_spanish():
    goal = a_yes_goal(2).model_copy(update={"description": "dormir bien", "question": "Duerme bien?"})
    played = Played(a_state(a_plan(goal)))
    played.session()
    played.session()
    assert english_in(*asked(played.until(played.now + 20 * DAY))) == []


def test_an_emergency_asks_in_spanish_and_keeps_the_clients_words():
    played = Played(a_state(a_plan(client=a_client(phone="+12065550101"))))
    text = "I have chest pain. Help me"
    played.take(ClientReplied(event_id="r1", occurred_at=START + HOUR, channel="sms", text=text))
    texts = [*asked(played), *(told(task.text) for task in played.tasks)]
    assert f'El cliente escribió: "{text}"' in texts
    assert (
        f'Las palabras del cliente pueden indicar una emergencia: llámelo ahora. El cliente escribió: "{text}"' in texts
    )
    assert english_in(*texts) == []


@pytest.mark.parametrize(
    "text", ["STOP", "cancel", "I can't come. Can we move it?", "running late", "1", "wrong number", ""]
)
def test_what_clients_write_becomes_a_spanish_task(text: str):
    played = Played(a_state())
    played.book("visit", START + 3 * DAY)
    for number in range(2):
        at = START + HOUR * (number + 1)
        played.take(ClientReplied(event_id=f"r{number}", occurred_at=at, channel="sms", text=text))
    assert english_in(*(told(task.text) for task in played.tasks)) == []


def test_a_visit_of_which_nothing_was_said_is_a_spanish_task():
    played = Played(a_state())
    played.book("visit", START + 3 * DAY)
    played.until(START + 10 * DAY)
    played.take(
        MeasureRecorded(event_id="m", occurred_at=played.now, session=9, measure=Measurement(goal="sleep", value=True))
    )
    texts = [told(task.text) for task in played.tasks]
    assert "Llegó un valor de la sesión 9, que todavía no se ha hecho." in texts
    assert english_in(*texts) == []


def test_a_stopped_sender_is_told_in_spanish():
    assert english_in(*(told(sender_task(channel, 30002, NOON).text) for channel in ("sms", "email"))) == []


@pytest.mark.parametrize("row", [row for row in CATALOGUE.values() if row.sem], ids=lambda row: row.id)
def test_progress_is_explained_in_spanish_for_every_measure(row: Measure):
    span, sem = row.high - row.low, row.sem or 1.0
    for shape in (
        (0, 0, 0, 0),
        (0, 0.3, 0.3, 0.3, 0.3, 0.3),
        (0, 0.5, 0.5),
        (0, 0.2),
        (0, -0.3, -0.3),
        (0, 0.5, 0.5, 0.1, 0.1),
    ):
        course = GoalCourse(
            baseline=row.low + span / 3,
            target=row.low + span * 0.8,
            by_session=5,
            sem=sem,
            mcid=row.mcid,
            what=row.name,
            unit=row.unit,
        )
        series = [(number, row.low + span / 3 + gain * span) for number, gain in enumerate(shape, start=1)]
        assert english_in(told(assess(series, course).sentence)) == []


def test_charts_are_drawn_and_described_in_spanish():
    for chart in (a_long_course(), a_crowded_course()):
        shown = in_their_language(chart)
        kept = chart.name if chart.kind == "functional" else ""
        words = " · ".join(words_of(svg(chart, "light", WIDE)))
        description = chart.sentence.partition(":")[0] if kept else ""
        texts = [words.replace(kept, ""), shown.sentence.replace(description, ""), shown.band, *shown.details]
        assert english_in(*(text.replace("trigger point therapy", "") for text in texts)) == []
    assert "sesión" in words_of(svg(a_long_course(), "light"))


def test_what_follows_from_an_answer_is_told_in_spanish():
    played = lived(a_pain_goal(), 7, 5, 4, 4, 4, 4, 4, 4)
    played.book("ahead", played.now + 20 * DAY)
    played.book("later", played.now + 22 * DAY)
    question = played.escalations[-1].escalation
    changes = Changes(session_minutes=90, spacing=timedelta(days=3))
    for choice in choices_of("plateau"):
        given = changes if choice == "modify" else Changes()
        follows = consequences(played.state, question, choice, given, played.now, date(2026, 4, 1))
        assert english_in(*map(told, (*follows.visits, *follows.coverage))) == []
    follows = consequences(played.state, question, "refer_out", Changes(), played.now, date(2026, 4, 1))
    assert told(follows.visits[0]).startswith("Siguen en su calendario, por favor cancele: ")


def test_every_kind_and_every_answer_has_its_words():
    for kind in get_args(EscalationKind):
        assert in_words(kind) != kind.replace("_", " "), kind
        words = [*choice_words(kind).values(), *(answered(choice, kind) for choice in choices_of(kind))]
        assert english_in(*words) == []
    for kind in get_args(DeskTaskKind):
        assert in_words(kind) != kind.replace("_", " "), kind


SPANISH = {"accept-language": "es"}
UNREAL = {
    "Less pain at work has stood still. What now?",
    "Less pain at work has stood still. What now? · Harbor Massage",
    "No change in three sessions.",
    "Session 1: 7",
    "Session 2: 7",
    "Session 3: 7",
}
"""What our builders say and the rules never do."""


async def test_a_wrong_form_and_a_late_answer_are_answered_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.browser.headers.update(SPANISH)
        await house.log_in()
        forms = [{"choice": "modify"}, {"choice": "new_goal"}, {"choice": ""}, {"choice": "modify", "sessions": "x"}]
        forms += [{"choice": "modify", "session_minutes": "1", "spacing_days": "0"}, {"choice": "maintenance"}]
        for form in forms:
            answer = await house.browser.post(
                "/escalations/e1", data={"csrf": await house.csrf(), "by": "Tina", **form}
            )
            left = [text for text in english_left(answer.text) if text not in UNREAL]
            assert left == [], form


async def test_a_dead_link_says_so_in_spanish(tmp_path: Path):
    async with a_house(tmp_path) as house:
        page = await house.browser.get("/d/nothing", headers=SPANISH)
        assert page.status_code == 404
        assert english_left(page.text) == []
