"""The form that starts a plan: a beginning, every field checked in its place, every message shown, and the start."""

from datetime import date, timedelta
from html import unescape
from pathlib import Path

import httpx

from domain.payer import Payer
from domain.plan import FunctionalGoal, ObjectiveGoal
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.web_builders import NOON, a_house, a_practice
from web.plan_beginnings import plan_beginnings
from web.plan_form import plan_data, typed_of

ONCE = "page-" + "1" * 24
FILLED = {
    "title": "Neck pain",
    "client.name": "Nora Vale",
    "client.phone": "206 555 0177",
    "client.email": "",
    "client.time_zone": "America/Chicago",
    "client.language": "es",
    "consent.sms.date": "2026-01-02",
    "consent.sms.source": "intake form, page 2",
    "consent.email.date": "",
    "consent.email.source": "",
    "therapist.name": "Alex Romero",
    "therapist.phone": "206 555 0102",
    "therapist.email": "",
    "goals.0.description": "turning the head",
    "goals.0.measure": "rom_cervical_rot",
    "goals.0.baseline": "45",
    "goals.0.target": "75",
    "goals.0.by_session": "6",
    "goals.0.question": "",
    "goals.1.description": "looking over the shoulder",
    "goals.1.measure": "",
    "goals.1.question": "Can you look over your shoulder now?",
    "goals.1.by_session": "4",
    "goals.1.baseline": "",
    "goals.1.target": "",
    "dosage.session_minutes": "60",
    "dosage.spacing": "7",
    "dosage.sessions": "6",
    "dosage.modality": "massage",
    "dosage.pressure": "",
    "dosage.cadence": "",
    "homework.0.what": "neck stretches",
    "homework.0.every": "1",
    "homework.0.note": "twice a day",
    "coverage.payer": "",
    "coverage.pool": "",
}


async def send(browser: httpx.AsyncClient, do: str, **fields: str) -> httpx.Response:
    typed = FILLED | {name.replace("__", "."): value for name, value in fields.items()}
    return await browser.post("/plans/new", data={"csrf": await csrf_of(browser), "event_id": ONCE, "do": do, **typed})


async def test_a_filled_form_starts_a_plan(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, "start")
        assert answer.headers["location"] == f"/plans/p{'1' * 24}?told=started"
        [plan] = house.intake.enrolled
        assert (plan.client.name, plan.client.phone, plan.client.language) == ("Nora Vale", "+12065550177", "es")
        assert plan.client.channels(date.max) == ["sms"]
        assert (plan.client.consents[0].date, plan.client.consents[0].source) == (
            date(2026, 1, 2),
            "intake form, page 2",
        )
        measured, asked = plan.goals
        assert isinstance(measured, ObjectiveGoal)
        assert (measured.baseline, measured.target, measured.last_benchmark.by_session) == (45, 75, 6)
        assert isinstance(asked, FunctionalGoal)
        assert asked.last_benchmark.by_session == 4
        assert (plan.dosage.spacing, plan.dosage.sessions, plan.dosage.pressure) == (timedelta(days=7), 6, None)
        assert [item.what for item in plan.homework] == ["neck stretches"]
        assert plan.coverage.payer is None


async def test_a_doubled_click_starts_one_plan(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        first, second = await send(browser, "start"), await send(browser, "start")
        assert first.headers["location"] == second.headers["location"]
        assert len(house.intake.enrolled) == 1


async def test_the_preview_shows_every_message_with_its_time_and_starts_nothing(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, "preview", client__language="en", dosage__sessions="6")
        page = unescape(answer.text)
        assert answer.status_code == 200
        assert house.intake.enrolled == []
        assert "What Nora would be sent" in page
        assert "Hi Nora, Harbor Massage here. Your plan with Alex Romero: 60-minute sessions, every week." in page
        assert page.count("Reminder · text · ") == 3 * 6
        assert 'name="client.name" value="Nora Vale"' in page  # carried over to the start


async def test_the_preview_warns_of_a_goal_that_its_measure_can_not_tell_from_the_baseline(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = unescape((await send(browser, "preview", goals__0__target="50")).text)
        assert "the target is closer to the baseline than turning the head to one side can tell apart" in page


async def test_the_preview_warns_of_a_number_that_has_opted_out_in_the_readers_language(tmp_path: Path):
    async with a_house(tmp_path) as house:
        staff_id = add(house)
        async with a_browser(house, staff_id) as browser:
            warning = "This number has opted out of texts: none goes there until somebody writes START from it."
            assert warning not in unescape((await send(browser, "preview")).text)
            house.records.suppress("sms", "+12065550177", NOON, "STOP", "a text")
            assert warning in unescape((await send(browser, "preview")).text)
            browser.headers["Accept-Language"] = "es"
            assert "Este número pidió no recibir mensajes de texto" in (await send(browser, "preview")).text


async def test_from_the_preview_one_goes_back_with_everything_as_it_was(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, "edit")
        assert answer.status_code == 200
        assert 'name="goals.1.question" value="Can you look over your shoulder now?"' in unescape(answer.text)


async def test_mistakes_stand_beside_their_fields_and_what_was_typed_stays(tmp_path: Path):
    wrong = {
        "client__name": "",
        "client__phone": "12",
        "consent__sms__source": "",
        "goals__0__baseline": "much",
        "dosage__spacing": "weekly",
        "dosage__session_minutes": "5",
        "homework__0__every": "0",
    }
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, "start", **wrong)
        assert answer.status_code == 422
        assert house.intake.enrolled == []
        page = unescape(answer.text)
        for name, fix in {
            "client.name": "This is needed.",
            "client.phone": "Has too few or too many digits; write it like +1 206 555 0101.",
            "consent.sms.source": "This is needed.",
            "goals.0.baseline": "Write a number, such as 4.",
            "dosage.spacing": "Write a number of days above 0 and up to 365, such as 7.",
            "dosage.session_minutes": "Is too small; write 10 or more.",
            "homework.0.every": "Write a number of days above 0 and up to 365, such as 7.",
        }.items():
            assert f'<p class="wrong" id="wrong-{name}">{fix}</p>' in page
        assert 'name="dosage.spacing" value="weekly"' in page


async def test_without_consent_no_plan_starts(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, "start", consent__sms__date="", consent__sms__source="")
        assert "No channel has both an address and a consent; add a phone or email" in unescape(answer.text)
        assert house.intake.enrolled == []


async def test_a_mistake_about_several_goals_is_said_above_them(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = unescape((await send(browser, "start", dosage__sessions="5")).text)
        assert "The benchmark of goal-1 is at session 6, but the plan has 5 sessions" in page


async def test_another_goal_is_added_without_scripts_and_nothing_typed_is_lost(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = unescape((await send(browser, "add_goals", client__name="")).text)
        assert 'name="goals.2.description" value=""' in page
        assert 'name="goals.0.description" value="turning the head"' in page
        assert "wrong-client.name" not in page  # not checked before it is finished
        assert 'name="homework.1.what"' in unescape((await send(browser, "add_homework")).text)


async def test_a_goal_without_words_is_left_out_and_fixes_keep_their_places(tmp_path: Path):
    gap = {
        "goals__1__description": "",
        "goals__1__question": "",
        "goals__2__description": "sleep",
        "goals__2__by_session": "4",
    }
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = unescape((await send(browser, "start", **gap, goals__2__measure="", goals__2__question="x")).text)
        assert 'id="wrong-goals.2.question">Is too short; write at least 5 characters.</p>' in page


async def test_coverage_names_a_payer_of_the_practice_and_its_visits(tmp_path: Path):
    practice = a_practice(payers=[Payer(id="mutual", name="Example Mutual")])
    async with a_house(tmp_path, practice=practice) as house, a_browser(house, add(house)) as browser:
        assert '<option value="mutual">Example Mutual</option>' in await text_of(browser, "/plans/new")
        await send(browser, "start", coverage__payer="mutual", coverage__pool="30", coverage__follow_claims="yes")
        coverage = house.intake.enrolled[0].coverage
        assert (coverage.payer, coverage.follow_claims, coverage.pools[0].visits) == ("mutual", True, 30)


async def test_a_beginning_fills_the_form(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = await text_of(browser, "/plans/new?template=back")
        assert 'value="less pain through the day"' in page
        assert 'name="dosage.spacing" value="7"' in page
        assert 'name="therapist.name" value="Dana Quill"' in page


async def test_every_packaged_beginning_makes_a_plan_once_a_client_is_named(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        about = {name: value for name, value in FILLED.items() if name.startswith(("client", "consent", "therapist"))}
        assert sorted(plan_beginnings()) == ["back", "neck", "stress"]
        for place, beginning in enumerate(plan_beginnings().values()):
            form = {"csrf": await csrf_of(browser), "event_id": f"page-{place:024}", "do": "start"}
            assert (await browser.post("/plans/new", data=form | typed_of(beginning) | about)).status_code == 303
        assert len(house.intake.enrolled) == 3


async def test_the_front_desk_may_not_start_plans(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house, "front_desk")) as browser:
        assert (await browser.get("/plans/new")).status_code == 403
        assert (await send(browser, "start")).status_code == 403


def test_an_absurd_number_of_rows_is_cut():
    typed = {f"goals.{number}.description": "more" for number in (0, 99)}
    assert len(plan_data(typed)["goals"]) == 1
