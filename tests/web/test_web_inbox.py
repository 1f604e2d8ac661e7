"""The inbox: what waits for whom, the most urgent first, and nothing else."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from domain.actions import AddDeskTask
from domain.client import Person
from domain.escalation import Escalation
from domain.roles import Role
from tests.today import this_moment
from tests.web.claim_pages_builder import a_denied_claim
from tests.web.staff_builder import a_browser, add, text_of
from tests.web.web_builders import NOON, House, a_house, a_plan, a_state, an_escalation

HOUR = timedelta(hours=1)


def ask(house: House, escalation_id: str, hours: float = 1, **changes: Any) -> Escalation:
    """A question that has waited so long."""
    asked = an_escalation(escalation_id).model_copy(update={"question": f"About {escalation_id}?"} | changes)
    asked = asked.model_copy(update={"opened_at": this_moment() - hours * HOUR})
    assert house.records.add_escalation(asked, NOON)
    return asked


def task(house: House, kind: Any, text: str, plan_id: str = "tina") -> None:
    at = this_moment() - HOUR
    house.records.add_desk_task(AddDeskTask(key=text, plan_id=plan_id, kind=kind, text=text, at=at))


def an_empty_desk(house: House) -> None:
    house.records.add_plan(a_state(asked=[]), NOON)


def order(page: str, *words: str) -> list[str]:
    """These words in the order in which the page says them."""
    return sorted(words, key=page.index)


async def test_nothing_waits_and_the_page_says_so(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        await house.log_in()
        page = unescape((await house.browser.get("/")).text)
        assert "Nothing waits for you." in page
        assert "Tina" not in page


async def test_the_most_urgent_comes_first_with_its_age_and_who_else_may_answer(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "plateau", hours=30)
        ask(house, "worse", kind="worsening")
        ask(house, "flag", kind="red_flag", hours=0.2)
        task(house, "undeliverable", "A text did not arrive.")
        task(house, "reply", "Tina asks whether she may swim.")
        task(house, "coverage", "Ask the payer.")
        await house.log_in()
        page = unescape((await house.browser.get("/")).text)
        words = ["About flag?", "About worse?", "About plateau?", "may swim", "did not arrive", "Ask the payer"]
        assert order(page, *reversed(words)) == words
        assert "12 min · asked of Alex Romero · Robin may answer too" in page
        assert "30 h · asked of Alex Romero · Robin may answer too" in page
        assert '<a href="/escalations/plateau">About plateau?</a>' in page
        assert page.count("Tina Ferris") == 6


async def test_words_that_may_mean_an_emergency_come_before_everything(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "worse", kind="worsening")
        task(house, "reply", "The words may mean an emergency: phone them now.", plan_id="")
        await house.log_in()
        page = unescape((await house.browser.get("/")).text)
        assert order(page, "About worse?", "phone them now") == ["phone them now", "About worse?"]


async def test_a_therapist_sees_the_own_plans_first_and_who_else_may_answer(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "another", kind="worsening", responsible=Person(name="Alex Romero", email="alex@example.com"))
        ask(house, "own", responsible=Person(name="D. Quill", email="Dana@example.com"))
        async with a_browser(house, add(house)) as browser:
            page = await text_of(browser, "/")
        assert order(page, "About another?", "About own?") == ["About own?", "About another?"]
        assert "1 h · Robin may answer too" in page


@pytest.mark.parametrize(("role", "sees"), [("therapist", (True, False)), ("front_desk", (False, True))])
async def test_each_role_sees_what_it_may_answer(tmp_path: Path, role: Role, sees: tuple[bool, bool]):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "plateau")
        ask(house, "flag", kind="red_flag")
        house.records.add_claim(a_denied_claim(), NOON)
        async with a_browser(house, add(house, role)) as browser:
            page = await text_of(browser, "/")
        assert ("About plateau?" in page, "/claims/c1" in page) == sees
        assert "About flag?" in page  # an emergency is everybody's


async def test_a_deadline_that_has_passed_waits_for_somebody_until_it_is_met(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "worse", kind="worsening")
        house.records.add_claim(a_denied_claim(), NOON)  # its last day lies months behind the real clock
        await house.log_in()
        page = unescape((await house.browser.get("/")).text)
        assert re.search(r'<a href="/claims/c1">[^<]+ by \w{3} \w{3} \d+, 2026: \d+ days over\.</a>', page)
        assert order(page, "/claims/c1", "About worse?") == ["/claims/c1", "About worse?"]


async def test_fifty_come_on_a_page_and_the_rest_on_the_next(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        for number in range(51):
            ask(house, f"q{number:02}", hours=100 - number)
        await house.log_in()
        first = unescape((await house.browser.get("/")).text)
        second = unescape((await house.browser.get("/?number=2")).text)
        assert "About q00?" in first
        assert "About q50?" not in first
        assert 'href="/?number=2"' in first
        assert "About q50?" in second
        assert "About q49?" not in second
        assert "Nothing more waits for you." in unescape((await house.browser.get("/?number=3")).text)


async def test_no_plan_is_opened_for_the_inbox(tmp_path: Path):
    async with a_house(tmp_path) as house:
        task(house, "reply", "Read this.")
        await house.log_in()

        def opened(plan_id: str) -> None:
            raise AssertionError(plan_id)

        house.records.plan = opened
        house.records.plans = opened  # type: ignore[assignment,method-assign]
        assert (await house.browser.get("/")).status_code == 200


async def test_a_decided_question_waits_no_more(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        assert "has stood still" in (await house.browser.get("/")).text
        form = {"choice": "continue", "by": "Alex", "csrf": await house.csrf()}
        await house.browser.post("/escalations/e1", data=form)
        assert "Nothing waits for you." in (await house.browser.get("/")).text


async def test_an_erased_clients_name_is_on_no_page(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        client = a_plan().client.model_copy(update={"name": "Zanzibar Quill"})
        house.records.add_plan(a_state(plan=a_plan(client=client)), NOON)
        ask(house, "plateau")
        client_id = house.records.client_of_plan("tina")
        assert client_id is not None
        house.records.destroy_client_key(client_id, NOON)
        await house.log_in()
        assert "Zanzibar" not in (await house.browser.get("/")).text


async def test_a_question_about_a_measure_shows_its_chart_its_evidence_and_each_answer(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "halt", kind="plateau", goal_id="pain", evidence=["Pain stayed at 6 over three sessions."])
        await house.log_in()
        page = (await house.browser.get("/")).text
        assert 'src="/charts/tina/pain.svg?theme=light"' in page
        assert "Pain stayed at 6 over three sessions." in page
        assert re.findall(r'href="/escalations/halt\?answer=(\w+)#decision-title"', page) == [
            "continue",
            "modify",
            "new_goal",
            "maintenance",
            "refer_out",
        ]


async def test_an_answer_of_the_inbox_opens_its_confirmation_and_decides_nothing(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "halt", kind="plateau", goal_id="pain")
        await house.log_in()
        page = (await house.browser.get("/escalations/halt?answer=maintenance")).text
        assert len(re.findall(r"<details[^>]* open", page)) == 1
        assert house.intake.decisions == []
        assert (await house.browser.get("/escalations/halt?answer=dance")).status_code == 422


async def test_who_may_not_decide_is_offered_no_answers(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        an_empty_desk(house)
        ask(house, "flag", kind="red_flag")
        async with a_browser(house, add(house, "front_desk")) as browser:
            page = (await browser.get("/")).text
            assert "/escalations/flag" in page
            assert "?answer=" not in page
