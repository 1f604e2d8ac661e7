"""One plan's page and what can be done from it: look, send now, skip, pause, edit, end. The event says who did it."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx

from domain.client import Client
from domain.closed_ways import ClosedWay
from domain.events import PlanChanged, PlanEnded, PlanPaused, PlanResumed, TouchpointHurried, TouchpointSkipped
from domain.plan import FunctionalGoal, Homework, ObjectiveGoal
from domain.state import Asked, JournalLine, Value
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.web_builders import NOON, House, a_house, a_plan, a_state

ONCE = "page-" + "1" * 24


async def send(browser: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    """Send a form of the plan's page, as often as one likes under the same id."""
    form = {
        "csrf": await csrf_of(browser),
        "event_id": ONCE,
        **{name.replace("__", "."): v for name, v in fields.items()},
    }
    return await browser.post(path, data=form)


def the_event(house: House) -> Any:
    [(plan_id, event)] = house.intake.events
    assert plan_id == "tina"
    return event


async def test_what_comes_up_can_be_sent_now_or_skipped_and_the_event_names_who_did_it(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = await text_of(browser, "/plans/tina")
        key = page.partition('name="key" value="')[2].partition('"')[0]
        assert key == "welcome"
        answer = await send(browser, "/plans/tina/touchpoints", key=key, what="send")
        assert answer.headers["location"] == "/plans/tina?told=sent#coming"
        event = the_event(house)
        assert isinstance(event, TouchpointHurried)
        assert (event.touchpoint, event.by, event.event_id) == ("welcome", "Dana Quill", ONCE)
        house.intake.events.clear()
        await send(browser, "/plans/tina/touchpoints", key=key, what="skip")
        assert isinstance(the_event(house), TouchpointSkipped)


async def test_a_refusal_of_the_plan_is_said_on_its_page(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        house.intake.refuses = "the plan doesn't owe 'x' (any more); look at what is coming up"
        answer = await send(browser, "/plans/tina/touchpoints", key="x", what="skip")
        assert answer.status_code == 409
        assert "The plan doesn't owe 'x' (any more); look at what is coming up." in unescape(answer.text)


async def test_a_form_that_says_neither_send_nor_skip_changes_nothing(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        assert (await send(browser, "/plans/tina/touchpoints", key="x", what="burn")).status_code == 422
        assert (
            await browser.post(
                "/plans/tina/touchpoints", data={"csrf": await csrf_of(browser), "key": "x", "what": "skip"}
            )
        ).status_code == 422
        assert house.intake.events == []


async def test_the_front_desk_sees_a_plan_and_is_offered_none_of_its_levers(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house, "front_desk")) as browser:
        page = await text_of(browser, "/plans/tina")
        assert "Coming up" in page
        for offer in ("Send now", "Skip<", "/plans/tina/edit", "Pause automatic", "/plans/tina/end"):
            assert offer not in page
        assert (await send(browser, "/plans/tina/touchpoints", key="welcome", what="skip")).status_code == 403
        assert house.intake.events == []


async def test_a_goal_with_values_shows_its_chart_for_both_themes_with_words_for_who_cant_see_it(tmp_path: Path):
    values = [Value(goal_id="pain", session=n, value=7 - n, rater="therapist", at=NOON) for n in (1, 2)]
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(values=values), NOON)
        page = await text_of(browser, "/plans/tina")
        assert '<img src="/charts/tina/pain.svg?theme=light" alt="' in page
        assert 'srcset="/charts/tina/pain.svg?theme=dark"' in page
        assert "/charts/tina/sleep.svg" not in page  # nothing was answered yet


async def test_a_long_story_is_shown_in_part_and_whole_on_request(tmp_path: Path):
    lines = [JournalLine(seq=n, at=NOON + timedelta(minutes=n), kind="event", text=f"Line {n}.") for n in range(1, 41)]
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(journal=lines), NOON)
        page = await text_of(browser, "/plans/tina")
        assert "Line 40." in page
        assert "Line 10." not in page
        assert "Show 10 older lines" in page
        assert "Line 10." in await text_of(browser, "/plans/tina?story=whole")


async def test_a_plan_is_paused_and_resumed_from_its_page(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(), NOON)
        assert (await send(browser, "/plans/tina/pause")).headers["location"] == "/plans/tina?told=paused"
        assert isinstance(the_event(house), PlanPaused)
        assert "automatic messages stop until somebody resumes it" in await text_of(browser, "/plans/tina?told=paused")
        house.intake.events.clear()
        await send(browser, "/plans/tina/resume")
        assert isinstance(the_event(house), PlanResumed)


async def test_a_paused_plan_offers_to_resume(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(paused=True), NOON)
        page = await text_of(browser, "/plans/tina")
        assert 'action="/plans/tina/resume"' in page
        assert 'action="/plans/tina/pause"' not in page


async def test_before_a_plan_ends_its_page_says_what_the_client_will_be_told(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = await text_of(browser, "/plans/tina/end")
        assert "Harbor Massage: your plan is complete. Thank you for your trust." in page
        assert "1 booked visit stays in your booking system" in page
        assert "1 question that waits for a decision is withdrawn" in page
        assert house.intake.events == []
        answer = await send(browser, "/plans/tina/end", reason="moved", note=" to Portland ")
        assert answer.headers["location"] == "/plans/tina?told=ended"
        event = the_event(house)
        assert isinstance(event, PlanEnded)
        assert (event.reason, event.note, event.quiet) == ("moved", "to Portland", False)


async def test_the_end_of_a_plan_after_a_death_tells_nobody(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        assert "The client has died: nobody is told" in await text_of(browser, "/plans/tina/end")
        answer = await send(browser, "/plans/tina/end", reason="deceased")
        assert answer.headers["location"] == "/plans/tina?told=ended_quietly"
        assert (the_event(house).why, the_event(house).quiet) == ("deceased", True)


async def test_a_plan_ends_for_a_reason_that_is_on_the_list(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        for reason in ("", "deceasd"):
            answer = await send(browser, "/plans/tina/end", reason=reason)
            assert answer.status_code == 422
            assert "Choose why it ends." in answer.text
        assert house.intake.events == []


async def test_a_plan_that_stopped_after_word_of_a_death_says_so_and_offers_to_resume(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(death_reported=True, paused=True), NOON)
        page = await text_of(browser, "/plans/tina")
        assert "Somebody wrote that this client has died: nothing goes out." in page
        assert "Resume" in page


async def test_a_client_who_can_not_be_written_to_gets_no_closing_message_and_the_page_says_so(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(opted_out=["sms", "email"]), NOON)
        assert "Tina gets no message" in await text_of(browser, "/plans/tina/end")


async def test_a_reason_that_is_too_long_keeps_what_was_typed(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, "/plans/tina/end", reason="other", note="x" * 201)
        assert answer.status_code == 422
        assert "Write at most 200 characters." in answer.text
        assert "x" * 201 in answer.text
        assert house.intake.events == []


async def edit(browser: httpx.AsyncClient, part: str, **fields: str) -> httpx.Response:
    return await send(browser, "/plans/tina/edit", part=part, **fields)


TREATMENT = {
    "dosage__session_minutes": "90",
    "dosage__spacing": "14",
    "dosage__sessions": "4",
    "dosage__modality": "Swedish massage",
}


async def test_only_what_is_different_becomes_a_change(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = await text_of(browser, "/plans/tina/edit")
        assert 'name="dosage.spacing" value="14"' in page
        answer = await edit(browser, "treatment", **TREATMENT | {"dosage__spacing": "3.5", "dosage__pressure": "light"})
        assert answer.headers["location"] == "/plans/tina?told=changed"
        event = the_event(house)
        assert isinstance(event, PlanChanged)
        changed = event.changes.model_dump(exclude_none=True)
        assert changed == {"spacing": timedelta(days=3, hours=12), "pressure": "light"}


async def test_a_change_that_changes_nothing_is_said_and_not_recorded(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await edit(browser, "treatment", **TREATMENT)
        assert answer.status_code == 422
        assert "Nothing is different: change something first." in answer.text
        assert house.intake.events == []


async def test_mistakes_stand_beside_their_fields_and_what_was_typed_stays(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await edit(
            browser, "treatment", **TREATMENT | {"dosage__session_minutes": "5", "dosage__spacing": "soon"}
        )
        assert answer.status_code == 422
        text = unescape(answer.text)
        assert '<p class="wrong" id="wrong-dosage.session_minutes">Is too small; write 10 or more.</p>' in text
        assert "Write a number of days above 0 and up to 365, such as 7." in text
        assert 'name="dosage.spacing" value="soon"' in text


async def test_fewer_sessions_than_a_benchmark_needs_are_refused_in_words(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await edit(browser, "treatment", **TREATMENT | {"dosage__sessions": "3"})
        assert "The benchmark of sleep is at session 4, but the plan has 3 sessions" in unescape(answer.text)


async def test_homework_is_changed_as_a_whole(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        rows = {
            "homework__0__what": "a walk",
            "homework__0__every": "2",
            "homework__1__what": "",
            "homework__1__every": "1",
        }
        await edit(browser, "homework", **rows)
        assert the_event(house).changes.homework == [Homework(what="a walk", every=timedelta(days=2))]


async def test_a_new_goal_is_followed_by_a_measure_of_the_catalogue(tmp_path: Path):
    goal = {
        "description": "turning the head",
        "measure": "rom_cervical_rot",
        "baseline": "45",
        "target": "75",
        "by_session": "4",
    }
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        await edit(browser, "goal", goal="new", **{f"goals__0__{name}": value for name, value in goal.items()})
        new = the_event(house).changes.goal
        assert isinstance(new, ObjectiveGoal)
        assert (new.id, new.measure, new.baseline, new.target) == ("goal-1", "rom_cervical_rot", 45, 75)
        assert new.last_benchmark.by_session == 4


async def test_a_goal_that_is_changed_keeps_its_id_and_is_filled_in_before(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = await text_of(browser, "/plans/tina/edit?goal=sleep")
        assert 'value="fall asleep easily"' in page
        fields = {
            "description": "fall asleep",
            "measure": "",
            "question": "Do you fall asleep easily now?",
            "by_session": "3",
        }
        await edit(browser, "goal", goal="sleep", **{f"goals__0__{name}": value for name, value in fields.items()})
        changed = the_event(house).changes.goal
        assert isinstance(changed, FunctionalGoal)
        assert (changed.id, changed.description, changed.last_benchmark.by_session) == ("sleep", "fall asleep", 3)


async def test_a_goal_outside_its_measure_is_refused_beside_the_goal(tmp_path: Path):
    goal = {"description": "less pain", "measure": "nprs", "baseline": "70", "target": "3", "by_session": "4"}
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await edit(
            browser, "goal", goal="pain", **{f"goals__0__{name}": value for name, value in goal.items()}
        )
        assert answer.status_code == 422
        assert "Baseline is outside 0 to 10, the range of nprs." in unescape(answer.text)


async def test_a_clients_odd_name_breaks_none_of_the_plans_pages(tmp_path: Path):
    client: Client = a_plan().client.model_copy(update={"name": 'O\'Neil "<b>"'})
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(plan=a_plan(client=client)), NOON)
        for path in ("/plans/tina", "/plans/tina/edit", "/plans/tina/end", "/plans/tina/conversation", "/clients"):
            raw = (await browser.get(path)).text
            assert "<b>" not in raw
            assert "O'Neil" in unescape(raw)


async def test_while_an_emergency_is_open_the_page_of_the_end_says_so_and_nothing_cheerful_goes(tmp_path: Path):
    emergency = Asked(escalation_id="e1", kind="red_flag", session=1, opened_at=NOON, about="emergency_988")
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(asked=[emergency]), NOON)
        page = await text_of(browser, "/plans/tina/end")
        assert "A possible emergency of this client is open." in page
        assert 'href="/escalations/e1"' in page
        assert "Thank you for your trust" not in page
        assert "is withdrawn" not in page
        told = await text_of(browser, "/plans/tina?told=ended")
        assert "Nobody is told, because a possible emergency of this client is open" in told


async def test_an_emergency_that_was_answered_hinders_no_closing_words(tmp_path: Path):
    answered = Asked(escalation_id="e1", kind="red_flag", session=1, opened_at=NOON, choice="continue")
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(asked=[answered]), NOON)
        page = await text_of(browser, "/plans/tina/end")
        assert "possible emergency" not in page
        assert "Thank you for your trust" in page


async def test_after_a_wrong_number_the_page_tells_nobody_to_phone_it_and_says_how_to_correct_it(tmp_path: Path):
    way = ClosedWay(how="wrong_number", at=NOON, by="sms", said="wrong number")
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(opted_out=["sms", "email"], closed={"sms": way, "email": way}), NOON)
        page = await text_of(browser, "/plans/tina")
        assert "seems to be somebody else's" in page
        assert "start a new one" in page
        assert "phone them where it matters" not in page
        talk = await text_of(browser, "/plans/tina/conversation")
        assert "Don't phone it." in talk
        assert "Phone this client" not in talk


async def test_after_a_plain_opt_out_the_page_still_says_to_phone(tmp_path: Path):
    way = ClosedWay(how="wrote", at=NOON, by="sms", said="STOP")
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(opted_out=["sms", "email"], closed={"sms": way, "email": way}), NOON)
        page = await text_of(browser, "/plans/tina")
        assert "phone them where it matters" in page
        assert "somebody else's" not in page
