"""Mistakes in the form under an escalation: each is told at its field, once, in plain words, and nothing is lost."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import pytest

from domain.escalation import EscalationKind
from domain.state import Session
from tests.web.web_builders import NOON, House, a_house, a_state, an_escalation

GOAL = {
    "choice": "new_goal",
    "by": "Alex",
    "goal_description": "swim again",
    "goal_question": "Do you swim again?",
}
PYDANTIC = ("Input should", "Value error", "valid integer", "should be greater", "String should")


@asynccontextmanager
async def asked(folder: Path, kind: EscalationKind = "plateau", done: int = 0) -> AsyncGenerator[House]:
    """Somebody logged in; Tina's plan has `done` of four sessions behind it and one open question."""
    async with a_house(folder, empty=True) as house:
        visits = [Session(appointment_id=f"v{number}", starts_at=NOON, ends_at=NOON) for number in range(done)]
        house.records.add_plan(a_state(sessions=visits), NOON)
        house.records.add_escalation(an_escalation().model_copy(update={"kind": kind}), NOON)
        await house.log_in()
        yield house


async def told(house: House, **fields: str) -> dict[str, str]:
    """The sentences that the form shows after this answer, by field."""
    answer = await house.browser.post("/escalations/e1", data={"csrf": await house.csrf(), **fields})
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "Nothing was decided yet: mend what is marked below." in page
    assert not [words for words in PYDANTIC if words in page]
    assert house.intake.decisions == []
    shown = re.findall(r'<p class="wrong" id="wrong-(\w+)">(.*?)</p>', page)
    assert len(shown) == len(dict(shown))
    return dict(shown)


async def test_an_answer_and_a_name_are_needed(tmp_path: Path):
    async with asked(tmp_path) as house:
        assert await told(house, by="Alex") == {"choice": "Choose one of the answers."}
        assert await told(house, choice="continue") == {"by": "Write your name: the record says who decided."}


async def test_modify_changes_something(tmp_path: Path):
    async with asked(tmp_path) as house:
        nothing = {"changes": "Change at least one thing, or choose another answer."}
        assert await told(house, choice="modify", by="Alex") == nothing


async def test_every_lever_says_what_it_takes(tmp_path: Path):
    async with asked(tmp_path) as house:
        assert await told(
            house,
            choice="modify",
            by="Alex",
            session_minutes="an hour",
            spacing_days="a week",
            sessions="some",
            modality="x" * 41,
            pressure="x" * 31,
            cadence="x" * 31,
        ) == {
            "session_minutes": "Write whole minutes from 10 to 240, such as 60.",
            "spacing_days": "Write a number of days above 0 and up to 365, such as 7.",
            "sessions": "Write a whole number from 1 to 200, or the word open.",
            "modality": "Write 2 to 40 characters.",
            "pressure": "Write at most 30 characters.",
            "cadence": "Write at most 30 characters.",
        }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("session_minutes", "900"),
        ("spacing_days", "0"),
        ("spacing_days", "-1"),
        ("spacing_days", "nan"),
        ("spacing_days", "1e300"),
        ("spacing_days", "366"),
        ("spacing_days", "14:00"),
        ("sessions", "0"),
        ("sessions", "201"),
        ("modality", "x"),
    ],
)
async def test_a_value_out_of_range_is_told_at_its_field(tmp_path: Path, field: str, value: str):
    async with asked(tmp_path) as house:
        assert list(await told(house, choice="modify", by="Alex", **{field: value})) == [field]


async def test_fewer_sessions_than_a_goal_needs_are_refused_with_the_number(tmp_path: Path):
    async with asked(tmp_path) as house:
        assert await told(house, choice="modify", by="Alex", sessions="3") == {
            "sessions": '"fall asleep easily" should be reached by session 4: write 4 or more, or the word open.'
        }


async def test_a_new_goal_says_what_is_missing(tmp_path: Path):
    async with asked(tmp_path) as house:
        assert await told(house, choice="new_goal", by="Alex") == {
            "goal_description": "Write what the client wants to do again, in 3 to 60 characters.",
            "goal_question": "Write a question that is answered by yes or no, in 5 to 90 characters.",
            "goal_by_session": "Write the number of the session by which it should be reached, such as 6.",
        }


async def test_a_new_goal_is_for_a_session_that_is_still_to_come(tmp_path: Path):
    async with asked(tmp_path, done=2) as house:
        assert await told(house, **GOAL, goal_by_session="2") == {
            "goal_by_session": "2 sessions are done: write 3 or more."
        }
        assert await told(house, **GOAL, goal_by_session="5") == {
            "goal_by_session": "The plan has 4 sessions: write 4 or less, or raise it below."
        }


async def test_after_the_last_session_a_new_goal_needs_more_sessions(tmp_path: Path):
    async with asked(tmp_path, "sessions_done", done=4) as house:
        assert await told(house, **GOAL, goal_by_session="4") == {
            "goal_by_session": "4 sessions are done: write 5 or more. "
            "These are all that the plan has: write a larger number below too."
        }
        form = GOAL | {"goal_by_session": "6", "goal_sessions": "Open", "csrf": await house.csrf()}
        assert (await house.browser.post("/escalations/e1", data=form)).status_code == 303
        assert house.intake.decisions[0].changes.sessions == "open"


async def test_a_mistake_shows_the_form_again_as_it_was_filled_in(tmp_path: Path):
    fields = {"choice": "modify", "by": "Alex", "session_minutes": "900", "reason": "kept as typed"}
    async with asked(tmp_path) as house:
        answer = await house.browser.post("/escalations/e1", data={"csrf": await house.csrf(), **fields})
        assert "kept as typed" in answer.text
        assert 'value="900"' in answer.text
        assert 'aria-invalid="true" aria-describedby="wrong-session_minutes"' in answer.text


@pytest.mark.parametrize(
    ("kind", "words"),
    [("red_flag", "It is safe to go on"), ("screening", "The visit can take place as booked")],
)
async def test_a_question_about_safety_offers_only_answers_to_it(tmp_path: Path, kind: EscalationKind, words: str):
    async with asked(tmp_path, kind) as house:
        page = unescape((await house.browser.get("/escalations/e1")).text)
        assert re.findall(r'name="choice" value="(\w+)"', page) == ["continue", "modify", "refer_out"]
        assert f"<span>{words}</span>" in page
        assert 'name="goal_description"' not in page
        for choice in ("maintenance", "new_goal"):
            assert (await told(house, **GOAL | {"choice": choice, "goal_by_session": "4"})).keys() == {"choice"}
        form = {"choice": "continue", "by": "Alex", "csrf": await house.csrf()}
        assert (await house.browser.post("/escalations/e1", data=form)).status_code == 303
        assert f"<strong>{words.lower()}</strong>" in (await house.browser.get("/escalations/e1")).text
