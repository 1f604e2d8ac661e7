"""The decision card: what it shows, what each answer would do, one decision, and undo."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from domain.plan import TreatmentPlan
from domain.state import PlanState, ProgressNote, Session, Value
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.web_builders import NOON, TINA_PHONE, House, a_house, a_state, an_escalation
from web.shapes import in_spanish

UNDO = timedelta(seconds=20)
TWO_WEEKS = timedelta(days=14)


def after_three_sessions(**dosage: Any) -> PlanState:
    """Tina's plan, three sessions old, with pain that stands still and a visit next month."""
    state = a_state()
    starts = [NOON + TWO_WEEKS * number for number in range(3)]
    sessions = [Session(appointment_id=f"v{at:%j}", starts_at=at, ends_at=at) for at in starts]
    values = [
        Value(goal_id="pain", session=number, value=6, rater="therapist", at=at)
        for number, at in enumerate(starts, start=1)
    ]
    changed: dict[str, Any] = {"sessions": 6, "pressure": "firm", **dosage}
    plan: TreatmentPlan = state.plan.model_copy(update={"dosage": state.plan.dosage.model_copy(update=changed)})
    visit = state.appointments["visit-1"].model_copy(update={"starts_at": NOON + timedelta(days=36_500)})
    return state.model_copy(
        update={"plan": plan, "sessions": sessions, "values": values, "appointments": {"visit-1": visit}}
    )


def begin(house: House, state: PlanState | None = None, **changes: Any) -> None:
    house.records.add_plan(state or after_three_sessions(), NOON)
    house.records.add_escalation(an_escalation().model_copy(update={"undo_for": UNDO} | changes), NOON)


def choice(page: str, name: str) -> str:
    """The part of the page about one answer, in one line."""
    parts = re.findall(r'<details class="choice".*?</form>\s*</details>', page, re.DOTALL)
    [part] = [part for part in parts if f'name="choice" value="{name}"' in part]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


async def page_of(house: House, path: str = "/escalations/e1") -> str:
    return unescape((await house.browser.get(path)).text)


async def test_the_card_shows_the_goal_the_rule_the_chart_and_the_clients_own_words(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        for number in range(6):
            house.records.add_inbound(f"SM{number}", "sms", TINA_PHONE, f"word {number}", NOON, "tina")
        await house.log_in()
        page = await page_of(house)
        assert "less pain at work" in page
        assert "7 to 5 points by session 4" in page
        assert "No change in three sessions." in page
        alt = "Pain from 0 to 10: from 7 to 6 over 3 sessions; 5 is expected by session 4; the goal is 3 points"
        assert f'src="/charts/tina/pain.svg?theme=light" alt="{alt}' in page
        assert 'srcset="/charts/tina/pain.svg?theme=dark"' in page
        assert [f"word {number}" in page for number in range(6)] == [False, True, True, True, True, True]


async def test_the_sentence_of_the_rule_stands_once_after_its_chart_also_in_spanish(tmp_path: Path):
    sentence = "Over sessions 1-3 pain from 0 to 10 changed +0.00 points a session (give or take 0.32)."
    async with a_house(tmp_path, empty=True) as house:
        state = after_three_sessions()
        note = ProgressNote(state="plateau", sentence=sentence, alert=True, session=3, values=3)
        begin(house, state.model_copy(update={"progress": {"pain": note}}), evidence=[sentence, "Session 1: 6"])
        await house.log_in()
        for language in ("en", "es"):
            house.browser.headers["accept-language"] = language
            page = await page_of(house)
            said = f"<p>{sentence if language == 'en' else in_spanish(sentence)}</p>"
            assert page.count(said[3:-4]) == 1
            assert page.index("pain.svg") < page.index(said) < page.index("Session 1: 6")


async def test_the_chart_is_a_picture_in_both_themes(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        await house.log_in()
        light = await house.browser.get("/charts/tina/pain.svg?theme=light")
        dark = await house.browser.get("/charts/tina/pain.svg?theme=dark&wide=1")
        assert light.headers["content-type"].startswith("image/svg+xml")
        assert light.text.startswith("<svg") or "<svg" in light.text[:300]
        assert dark.text != light.text
        assert (await house.browser.get("/charts/tina/nothing.svg")).status_code == 404
        empty = await house.browser.get("/charts/tina/sleep.svg")  # nothing was answered yet
        assert (empty.status_code, "<path" in empty.text) == (200, False)
        assert (await house.browser.get("/charts/nobody/pain.svg")).status_code == 404


async def test_each_answer_says_beforehand_what_the_client_will_be_told(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        await house.log_in()
        page = await page_of(house)
        assert "The client is told nothing. Booked visits stay as they are." in choice(page, "continue")
        assert (
            "Harbor Massage: you have come a long way. To keep what you reached, we suggest one visit every two weeks. "
            "Reply BOOK or call (206) 555-0100." in choice(page, "maintenance")
        )
        assert "Maintenance is usually not paid by insurance." in choice(page, "maintenance")
        assert "Harbor Massage: your therapist would like to talk with you" in choice(page, "refer_out")
        assert "Still in your calendar, please cancel: " in choice(page, "refer_out")
        assert "90-minute sessions, every two weeks, Swedish massage, firm pressure" in choice(page, "modify")
        assert house.intake.decisions == []


async def test_modify_comes_with_the_present_values_and_only_what_differs_counts(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        await house.log_in()
        page = await page_of(house)
        present = {
            "session_minutes": "90",
            "spacing_days": "14",
            "sessions": "6",
            "modality": "Swedish massage",
            "pressure": "firm",
            "cadence": "",
        }
        for name, value in present.items():
            assert f'name="{name}" value="{value}"' in page
        form = {"choice": "modify", "by": "Alex", "csrf": await house.csrf(), **present}
        unchanged = await house.browser.post("/escalations/e1", data=form)
        assert unchanged.status_code == 422
        assert "Change at least one thing, or choose another answer." in unchanged.text
        answer = await house.browser.post("/escalations/e1", data=form | {"pressure": "light"})
        assert answer.status_code == 303
        [body] = house.intake.decisions
        assert body.changes.model_dump(exclude_none=True) == {"pressure": "light"}


async def test_a_preview_shows_what_would_follow_and_decides_nothing(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        await house.log_in()
        form = {"choice": "modify", "by": "Alex", "session_minutes": "60", "preview": "1", "csrf": await house.csrf()}
        answer = await house.browser.post("/escalations/e1", data=form)
        assert answer.status_code == 200
        told = choice(unescape(answer.text), "modify")
        assert "From now on: 60-minute sessions. Questions? Call (206) 555-0100." in told
        assert "Booked for 90 minutes, now 60: " in told
        assert 'name="session_minutes" value="60"' in answer.text
        assert house.intake.decisions == []


async def test_a_client_who_asked_for_no_more_messages_is_to_be_phoned(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house, after_three_sessions().model_copy(update={"opted_out": ["sms", "email"]}))
        await house.log_in()
        page = await page_of(house)
        assert "so nothing is sent. Phone them." in choice(page, "maintenance")
        assert "you have come a long way" not in page


async def test_somebody_with_a_login_decides_in_their_own_name_whatever_the_form_says(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        async with a_browser(house, add(house)) as browser:
            assert 'name="by"' not in await text_of(browser, "/escalations/e1")
            form = {"choice": "continue", "by": "Alex", "csrf": await csrf_of(browser)}
            await browser.post("/escalations/e1", data=form)
        assert [body.by for body in house.intake.decisions] == ["Dana Quill"]


async def test_the_second_of_two_browsers_is_told_who_decided_when_and_why(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        dana, robin = add(house), add(house, "owner", "Robin Lee", "robin@example.com")
        async with a_browser(house, dana) as first, a_browser(house, robin) as second:
            csrf = await csrf_of(second, "/escalations/e1")
            form = {"choice": "continue", "reason": "one more week", "csrf": await csrf_of(first)}
            assert (await first.post("/escalations/e1", data=form)).status_code == 303
            late = await second.post("/escalations/e1", data={"choice": "refer_out", "csrf": csrf})
        assert late.status_code == 409
        page = unescape(late.text)
        assert "Dana Quill has decided already; your answer was not taken." in page
        assert "one more week" in page
        assert len(house.intake.decisions) == 1


async def test_a_doubled_click_counts_once(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        await house.log_in()
        form = {"choice": "continue", "by": "Alex", "csrf": await house.csrf()}
        assert (await house.browser.post("/escalations/e1", data=form)).status_code == 303
        assert (await house.browser.post("/escalations/e1", data=form)).status_code == 303
        assert len(house.intake.decisions) == 1


async def test_a_decision_may_be_taken_back_while_nothing_has_gone_out(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        await house.log_in()
        form = {"choice": "continue", "by": "Alex", "csrf": await house.csrf()}
        await house.browser.post("/escalations/e1", data=form)
        assert 'action="/escalations/e1/undo"' in await page_of(house)
        answer = await house.browser.post("/escalations/e1/undo", data={"csrf": await house.csrf()})
        assert (answer.status_code, answer.headers["location"]) == (303, "/escalations/e1")
        assert house.intake.undone == [("e1", "Owner")]
        assert "Your decision" in await page_of(house)


async def test_what_is_final_offers_no_undo_and_refuses_it(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house, undo_for=timedelta(0))
        await house.log_in()
        await house.browser.post("/escalations/e1", data={"choice": "continue", "by": "A", "csrf": await house.csrf()})
        assert "/undo" not in await page_of(house)
        answer = await house.browser.post("/escalations/e1/undo", data={"csrf": await house.csrf()})
        assert answer.status_code == 409
        assert "The decision is being carried out already." in answer.text
