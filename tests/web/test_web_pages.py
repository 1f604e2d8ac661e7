"""What the practice sees: plans, one plan's story, escalations and how they are answered, tasks of the desk."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from domain.actions import AddDeskTask
from domain.client import Client
from domain.plan import FunctionalGoal
from tests.web.web_builders import NOON, House, a_house, a_message, a_plan, a_practice, a_state, an_escalation, sent


async def text_of(house: House, path: str) -> str:
    return unescape((await house.browser.get(path)).text)


def a_task(text: str, key: str = "t1", plan_id: str = "tina") -> AddDeskTask:
    return AddDeskTask(key=key, plan_id=plan_id, kind="reply", text=text, at=NOON)


async def test_a_plan_shows_its_goals_what_comes_and_what_happened(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        sent(house.records, a_message("Hi Tina, welcome."))
        page = await text_of(house, "/plans/tina")
        assert "No change in three sessions." in page
        assert "Nothing to judge yet." in page
        assert '90 minutes of <span translate="no">Swedish massage</span> every 2 weeks' in page
        assert "Tue Jan 6, 2026, 12:00 PM" in page  # the reminder a day before the visit, on Tina's clock
        assert page.index("Hi Tina, welcome.") < page.index(
            "A visit was booked for Mon 05 Jan 2026 12:00."
        )  # the newest first
        assert "less pain at work" in page
        assert "has stood still. What now?" in page


async def test_what_a_client_wrote_is_shown_as_text_and_never_run(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        wrote = "<script>alert(1)</script>"
        house.records.add_inbound("SM1", "sms", "+12065550101", wrote, NOON, "tina")
        house.records.add_desk_task(a_task(wrote))
        for path in ("/", "/plans/tina", "/phone"):
            raw = (await house.browser.get(path)).text
            assert wrote not in raw
            assert "&lt;script&gt;alert(1)" in raw


async def test_a_task_of_the_desk_is_done_once_somebody_says_so(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        house.records.add_desk_task(a_task("Tina asks whether she may swim."))
        assert "Tina asks whether she may swim." in await text_of(house, "/")
        page = await text_of(house, "/plans/tina")
        assert "Tina asks whether she may swim." in page
        form = {"csrf": await house.csrf(), "key": "t1", "back": "tina"}
        answer = await house.browser.post("/tasks/close", data=form)
        assert answer.headers["location"] == "/plans/tina#tasks"
        assert "Tina asks whether she may swim." not in await text_of(house, "/")
        assert house.records.desk_tasks() == []


async def test_open_escalations_are_listed_and_answered_ones_on_request(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        assert "has stood still. What now?" in await text_of(house, "/escalations")
        await decide(house, choice="continue", by="Alex")
        assert "Nothing waits for a decision." in await text_of(house, "/escalations")
        assert "Alex decided: continue" in await text_of(house, "/escalations?all=true")


async def decide(house: House, **fields: str) -> Any:
    return await house.browser.post("/escalations/e1", data={"csrf": await house.csrf(), **fields})


async def test_an_escalation_shows_its_evidence_and_five_answers(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        page = await text_of(house, "/escalations/e1")
        assert "Session 3: 7" in page
        for choice in ("continue", "modify", "new_goal", "maintenance", "refer_out"):
            assert f'value="{choice}"' in page
        for lever in ("session_minutes", "spacing_days", "sessions", "modality", "pressure", "cadence"):
            assert f'name="{lever}"' in page


async def test_a_modify_decision_carries_its_levers(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        answer = await decide(
            house,
            choice="modify",
            by=" Alex ",
            reason="standing still",
            session_minutes="60",
            spacing_days="3.5",
            sessions="open",
            pressure="light",
            goal_description="left over from another answer",
        )
        assert answer.status_code == 303
        [body] = house.intake.decisions
        assert (body.choice, body.by, body.reason) == ("modify", "Alex", "standing still")
        assert body.changes.model_dump(exclude_none=True) == {
            "session_minutes": 60,
            "spacing": timedelta(days=3, hours=12),
            "sessions": "open",
            "pressure": "light",
        }
        page = await text_of(house, "/escalations/e1")
        assert "<strong>Alex</strong> decided on Mon Jan 5, 2026, 12:00 PM: <strong>modify</strong>" in page
        assert "<textarea" not in page


async def test_a_number_of_sessions_is_a_number(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        await decide(house, choice="modify", by="Alex", sessions="6")
        assert house.intake.decisions[0].changes.sessions == 6


async def test_levers_count_for_modify_only(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        await decide(house, choice="continue", by="Alex", session_minutes="60")
        assert not house.intake.decisions[0].changes.any()


async def test_a_new_goal_gets_an_id_that_the_plan_has_not_used(tmp_path: Path):
    goal = FunctionalGoal.model_validate(
        {
            "id": "goal-1",
            "description": "sleep",
            "question": "Do you sleep?",
            "benchmarks": [{"by_session": 4, "expect": True}],
        }
    )
    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(a_state(plan=a_plan(goals=[goal])), NOON)
        house.records.add_escalation(an_escalation(), NOON)
        await house.log_in()
        answer = await decide(
            house,
            choice="new_goal",
            by="Alex",
            goal_description="carry the shopping home",
            goal_question="Do you carry your shopping home?",
            goal_by_session="5",
            goal_sessions="6",
        )
        assert answer.status_code == 303
        new = house.intake.decisions[0].changes.goal
        assert isinstance(new, FunctionalGoal)
        assert (new.id, new.description) == ("goal-2", "carry the shopping home")
        assert new.last_benchmark.by_session == 5
        assert house.intake.decisions[0].changes.sessions == 6


async def test_the_second_person_to_decide_is_told_who_was_first(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        await decide(house, choice="continue", by="Alex")
        answer = await decide(house, choice="refer_out", by="Robin")
        assert answer.status_code == 409
        assert "Alex has decided already; your answer was not taken." in unescape(answer.text)
        assert "<strong>Alex</strong> decided on Mon Jan 5, 2026, 12:00 PM" in answer.text
        assert len(house.intake.decisions) == 1


async def test_reading_pages_changes_nothing(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        before = house.records.plan("tina")
        for path in ("/escalations/e1?choice=continue&by=Alex", "/tasks/close?key=t1", "/logout"):
            await house.browser.get(path)
        assert house.records.plan("tina") == before
        assert house.intake.decisions == []
        assert (await house.browser.get("/")).status_code == 200


async def test_the_practice_is_named_on_every_page(tmp_path: Path):
    async with a_house(tmp_path, practice=a_practice(name="North & Sons")) as house:
        assert "North &amp; Sons" in (await house.browser.get("/login")).text


async def test_a_clients_odd_name_breaks_no_page(tmp_path: Path):
    client: Client = a_plan().client.model_copy(update={"name": 'O\'Neil "<b>"'})
    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(a_state(plan=a_plan(client=client)), NOON)
        await house.log_in()
        for path in ("/clients", "/plans/tina", "/phone"):
            raw = (await house.browser.get(path)).text
            assert "<b>" not in raw
            assert 'O\'Neil "<b>"' in unescape(raw)
