"""Pages promise no message that a death or an opt-out withholds, and say which ways to a client are closed, and why."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from domain.actions import AddDeskTask
from domain.closed_ways import ClosedWay
from domain.incoming import Incoming, Taking
from domain.state import PlanState
from tests.today import this_moment
from tests.web.staff_builder import a_browser, add, text_of
from tests.web.test_web_decision_card import after_three_sessions, begin, choice, page_of
from tests.web.web_builders import NOON, TINA_PHONE, House, a_house, a_state, an_escalation

STOPPED = ClosedWay(how="wrote", at=NOON, by="sms", said="STOP")


def told(page: str) -> str:
    return unescape(page)


# --- the decision ----------------------------------------------------------------------------------------------


def died(house: House) -> None:
    client_id = house.records.client_of_plan("tina")
    assert client_id is not None
    text = Incoming(provider_id="SM1", channel="sms", from_address=TINA_PHONE, text="Tina died", at=NOON)
    house.records.take_inbound(text, Taking(plan_id="tina", died=[client_id]), NOON, NOON + timedelta(days=1))


@pytest.mark.parametrize("known_to", ["the plan", "the records alone"])
async def test_after_word_of_a_death_a_decision_promises_the_client_nothing(tmp_path: Path, known_to: str):
    async with a_house(tmp_path, empty=True) as house:
        stopped: dict[str, Any] = {"death_reported": True, "paused": True} if known_to == "the plan" else {}
        begin(house, after_three_sessions().model_copy(update=stopped))
        if not stopped:
            died(house)
        await house.log_in()
        page = await page_of(house)
        for name in ("modify", "new_goal", "maintenance", "refer_out"):
            assert "Somebody wrote that this client has died, so nothing is sent." in choice(page, name)
            assert "by text" not in choice(page, name)
        assert "<blockquote" not in page


async def test_an_opt_out_that_the_plan_has_not_judged_yet_is_heeded_by_the_card(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house, after_three_sessions())
        for channel, address in (("sms", TINA_PHONE), ("email", "tina@example.com")):
            house.records.suppress(channel, address, NOON, "STOP", "the client's own words")  # pyright: ignore[reportArgumentType]
        await house.log_in()
        assert "so nothing is sent. Phone them." in choice(await page_of(house), "maintenance")


async def test_an_example_goes_by_the_way_that_is_left(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house, after_three_sessions().model_copy(update={"opted_out": ["sms"]}))
        await house.log_in()
        assert "by email" in choice(await page_of(house), "modify")


async def test_what_waits_for_a_paused_plan_says_so(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house, after_three_sessions().model_copy(update={"paused": True}))
        await house.log_in()
        assert "The plan is paused, so it goes once somebody resumes it." in choice(await page_of(house), "maintenance")


async def test_the_clients_words_stand_on_the_card_and_in_the_inbox(tmp_path: Path):
    quote = 'The client wrote: "I have a fever"'
    for evidence in ([quote, "Asked: fever"], ["Asked: fever", quote]):  # as now, and as stored before
        folder = tmp_path / str(len(evidence[0]))
        folder.mkdir()
        async with a_house(folder, empty=True) as house:
            house.records.add_plan(a_state(), NOON)
            asked = an_escalation().model_copy(update={"kind": "screening", "goal_id": None, "evidence": evidence})
            house.records.add_escalation(asked, NOON)
            await house.log_in()
            assert quote in unescape((await house.browser.get("/")).text)
            page = await page_of(house)
            assert page.count(quote) == 1
            assert page.index(quote) < page.index("Your decision")


# --- closed ways -----------------------------------------------------------------------------------------------

HERE = ("/plans/tina", "/plans/tina/conversation")


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (STOPPED, "No emails go out: the client asked for no more messages by text (Mon Jan 5, 2026, 12:00 PM)."),
        (ClosedWay(how="carrier", at=NOON), "No emails go out: the client opted out with the carrier"),
        (ClosedWay(how="told", at=NOON, by="Robin"), "No emails go out: the client said so, as Robin noted"),
        (ClosedWay(how="wrong_number", at=NOON), "No emails go out: this may not be the client's number"),
        (None, "No emails go out: the client asked for none."),
    ],
)
async def test_the_plan_and_the_conversation_say_which_way_is_closed_and_why(
    tmp_path: Path, way: ClosedWay | None, said: str
):
    state = a_state(opted_out=["email"], closed={"email": way} if way else {})
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(state, NOON)
        for path in HERE:
            page = told(await text_of(browser, path))
            assert said in page
            assert "A START by email opens them." in page
            assert "No texts go out" not in page
            assert ('<q translate="no">STOP</q>' in page) == (way is STOPPED)


async def test_a_way_that_the_records_alone_know_to_be_closed_is_told_too(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        house.records.suppress("email", "tina@example.com", NOON, "spamreport", "spamreport")
        for path in HERE:
            assert "No emails go out: the carrier or the provider says" in told(await text_of(browser, path))


# --- a misunderstanding ----------------------------------------------------------------------------------------


def with_a_held_visit(**changes: Any) -> PlanState:
    state = a_state(**changes)
    visit = state.appointments["visit-1"]
    visit.held, visit.starts_at = True, this_moment() + timedelta(days=2)
    return state


async def test_resume_says_what_still_stands(tmp_path: Path):
    both = {"sms": STOPPED, "email": STOPPED}
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(with_a_held_visit(opted_out=["sms", "email"], closed=both), NOON)
        page = told(await text_of(browser, "/plans/tina?told=resumed"))
        assert "The plan goes on, but not all of it. What still stands:" in page
        assert "is on hold until its question is answered." in page
        assert "No texts go out" in page
        assert "No emails go out" in page


async def test_resume_of_a_plan_with_nothing_in_its_way_says_that_it_goes_on(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = told(await text_of(browser, "/plans/tina?told=resumed"))
        assert "The plan goes on." in page


async def test_no_page_says_that_a_client_who_may_have_died_is_told_or_phoned(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(death_reported=True, paused=True, opted_out=["sms", "email"]), NOON)
        changed = told(await text_of(browser, "/plans/tina?told=changed"))
        assert "The plan is changed. Somebody wrote that this client has died, so nothing is sent." in changed
        assert "phone them" not in changed.lower()
        assert "so nothing is sent." in told(await text_of(browser, "/plans/tina/end"))
        conversation = told(await text_of(browser, "/plans/tina/conversation"))
        assert "Somebody wrote that this client has died" in conversation
        assert "<textarea" not in conversation


# --- the spoken opt-out ----------------------------------------------------------------------------------------


async def test_the_spoken_opt_out_is_one_tap_away_wherever_the_client_is_shown(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        for path in (*HERE, "/clients"):
            page = await text_of(browser, path)
            assert page.count('href="/plans/tina/opt-out"') == 1, path
        plan = await text_of(browser, "/plans/tina")
        assert plan.index("/plans/tina/opt-out") < plan.index('id="goals-title"')


async def test_a_task_that_accuses_is_urgent_and_no_emergency(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        house.records.add_desk_task(AddDeskTask(key="g", plan_id="tina", kind="grave_words", text="Read.", at=NOON))
        page = await text_of(browser, "/plans/tina")
        assert '<span class="chip emergency">Urgent</span>' in page
        inbox = await text_of(browser, "/")
        assert inbox.index('at-red_flag">Urgent') < inbox.index("at-question")
