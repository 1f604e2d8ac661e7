"""What somebody at the desk must see at once: whom it is about and how to call them, emergencies, holds, opt-outs."""

import asyncio
from datetime import timedelta
from html import unescape
from pathlib import Path

from domain.actions import AddDeskTask
from tests.web.web_builders import NOON, House, a_house, a_plan, a_practice, a_state, an_escalation
from web.engine import EngineWatch

OPTED_OUT = "This client asked for no more messages. Nothing is sent to them; phone them where it matters."
ON_HOLD = "On hold until a person clears it."
PAUSED = "Paused until a person resumes it."
AWAY = "The engine isn't answering; what you type is kept and handed over when it is back."
CALL_TINA = '<a href="tel:+12065550101">+1 206-555-0101</a>'
MAIL_TINA = '<a href="mailto:tina@example.com">tina@example.com</a>'


async def text_of(house: House, path: str) -> str:
    return unescape((await house.browser.get(path)).text)


def add_task(house: House, text: str, *, plan_id: str = "tina", minutes: int = 0) -> None:
    at = NOON + timedelta(minutes=minutes)
    house.records.add_desk_task(AddDeskTask(key=text, plan_id=plan_id, kind="reply", text=text, at=at))


async def test_escalations_name_the_client(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        assert '<strong translate="no">Tina Ferris</strong> · plateau' in await text_of(house, "/escalations")


async def test_an_escalation_and_a_plan_show_how_to_call_the_client(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        for path in ("/escalations/e1", "/plans/tina"):
            page = await text_of(house, path)
            assert CALL_TINA in page
            assert MAIL_TINA in page
            assert "Tina Ferris" in page


async def test_a_client_without_an_email_is_shown_with_the_phone_alone(tmp_path: Path):
    client = a_plan().client
    plan = a_plan(client=client.model_copy(update={"email": None, "consents": client.consents[:1]}))
    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(a_state(plan=plan), NOON)
        await house.log_in()
        page = await text_of(house, "/plans/tina")
        assert CALL_TINA in page
        assert "mailto:" not in page


async def test_tasks_name_the_client_or_say_that_the_sender_is_unknown(tmp_path: Path):
    async with a_house(tmp_path) as house:
        add_task(house, "Read this.")
        add_task(house, "And this.", plan_id="")
        await house.log_in()
        page = await text_of(house, "/")
        assert '<a href="/plans/tina">Tina Ferris</a>' in page
        assert "<strong>unknown sender</strong>" in page


async def test_possible_emergencies_come_first_and_are_marked(tmp_path: Path):
    async with a_house(tmp_path) as house:
        add_task(house, "An early question.")
        add_task(house, "The words may mean an Emergency: phone them now.", minutes=5)
        add_task(house, "A later question.", minutes=9)
        await house.log_in()
        for path in ("/", "/plans/tina"):
            page = await text_of(house, path)
            urgent, early, later = (page.index(words) for words in ("may mean", "An early", "A later"))
            assert urgent < early < later
            assert page.count('class="urgent"') == 1
            assert page.index('class="urgent"') < urgent


async def test_each_client_is_looked_up_once(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.add_escalation(an_escalation("e2"), NOON)
        looked_up: list[str] = []
        plan = house.records.plan

        def counted(plan_id: str):
            looked_up.append(plan_id)
            return plan(plan_id)

        house.records.plan = counted
        await house.log_in()
        await house.browser.get("/escalations")
        assert looked_up == ["tina"]


async def test_a_client_who_opted_out_is_marked_and_nothing_to_them_comes_up(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(a_state(opted_out=["sms", "email"]), NOON)
        await house.log_in()
        page = await text_of(house, "/plans/tina")
        assert OPTED_OUT in page
        assert "to the client</span>" not in page
        assert "to the front desk</span>" in page  # a person still asks what became of the visit


async def test_a_plan_that_goes_on_has_no_banner(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        page = await text_of(house, "/plans/tina")
        assert not [words for words in (OPTED_OUT, ON_HOLD, PAUSED, AWAY) if words in page]
        assert "to the client</span>" in page


async def test_a_held_and_a_paused_plan_say_that_a_person_is_needed(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        house.records.add_plan(a_state("held", held=True, paused=True), NOON)
        house.records.add_plan(a_state("paused", paused=True), NOON)
        await house.log_in()
        held, paused = await text_of(house, "/plans/held"), await text_of(house, "/plans/paused")
        assert (ON_HOLD in held, PAUSED in held) == (True, False)
        assert (ON_HOLD in paused, PAUSED in paused) == (False, True)
        assert "to the client" not in held, "only the desk is reminded"


async def test_every_page_says_when_the_engine_is_away(tmp_path: Path):
    async with a_house(tmp_path, ready=False, practice=a_practice()) as house:
        assert AWAY in await text_of(house, "/login")
        await house.log_in()
        for path in ("/", "/plans/tina", "/escalations", "/phone", "/nowhere", "/plans/nobody"):
            assert AWAY in await text_of(house, path)
        # The one thing that isn't kept meanwhile is a decision.
        page = await text_of(house, "/escalations/e1")
        assert "The engine isn't answering; a decision can only be taken when it is back." in page


async def test_the_engine_is_asked_every_five_seconds_at_most():
    asked: list[float] = []
    answer, now = True, 0.0

    async def ready() -> bool:
        asked.append(now)
        return answer

    watch = EngineWatch(ready, clock=lambda: now)
    await watch.look()
    assert (watch.away, asked) == (False, [0.0])
    answer, now = False, 4.9
    await watch.look()
    assert (watch.away, asked) == (False, [0.0])
    now = 5.0
    await watch.look()
    assert (watch.away, asked) == (True, [0.0, 5.0])
    answer, now = True, 10.0
    await watch.look()
    assert (watch.away, asked) == (False, [0.0, 5.0, 10.0])


async def test_an_engine_that_does_not_answer_in_time_or_fails_is_away():
    async def silent() -> bool:
        await asyncio.Event().wait()
        return True

    async def failing() -> bool:
        raise ConnectionError

    for ready in (silent, failing):
        watch = EngineWatch(ready, look_for=timedelta(milliseconds=10))
        await watch.look()
        assert watch.away
