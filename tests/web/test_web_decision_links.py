"""The link in a notice opens one question to one person, for some days; only a button's POST decides."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from tests.today import this_moment
from tests.web.staff_builder import a_browser
from tests.web.test_web_decision_card import begin
from tests.web.web_builders import NOON, House, a_house, an_escalation

DAY = timedelta(days=1)
OPAQUE = "0123456789abcdef0123456789abcdef"


def a_link(house: House, escalation_id: str = "e1", to: str = "therapist", lasts: timedelta = 7 * DAY) -> str:
    token = house.records.link_to_decision(escalation_id, to, this_moment() + lasts)  # type: ignore[arg-type]
    return f"/d/{token}"


def csrf_in(text: str) -> str:
    return text.partition('name="csrf" value="')[2].partition('"')[0]


async def test_the_link_opens_the_card_without_a_login_and_decides_in_the_name_of_who_got_it(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        link = a_link(house, to="backup")
        page = await house.browser.get(link)
        assert page.status_code == 200
        assert "Less pain at work has stood still. What now?" in page.text
        assert (await house.browser.get(f"{link}/chart.svg?theme=dark")).status_code == 200
        form = {"choice": "maintenance", "by": "Somebody Else", "csrf": csrf_in(page.text)}
        answer = await house.browser.post(link, data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, link)
        assert [(body.by, body.choice) for body in house.intake.decisions] == [("Robin", "maintenance")]
        shown = await house.browser.get(link)
        assert shown.status_code == 200
        assert "<strong>Robin</strong> decided on" in shown.text
        whats = [(row.staff_id, row.what, row.subject) for row in house.records.audit(10)]
        assert ("link", "decided", "e1") in whats


async def test_whatever_opens_the_link_changes_nothing(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        link = a_link(house)
        for method in ("GET", "HEAD", "GET"):
            answer = await house.browser.request(method, f"{link}?choice=continue&by=Robin")
            assert "set-cookie" not in answer.headers
        page = (await house.browser.get(link)).text
        for found in set(re.findall(r'(?:href|src|srcset|action)="(/[^"]*)"', page)):
            await house.browser.get(unescape(found))
        assert house.intake.decisions == []
        view = house.records.escalation("e1")
        assert view is not None
        assert view.status == "open"


async def test_a_form_without_the_pages_own_token_or_from_another_site_decides_nothing(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        link = a_link(house)
        csrf = csrf_in((await house.browser.get(link)).text)
        other = csrf_in((await house.browser.get(a_link(house, to="backup"))).text)
        for wrong in ("", "x", other):
            answer = await house.browser.post(link, data={"choice": "continue", "csrf": wrong})
            assert answer.status_code == 403
        form = {"choice": "continue", "csrf": csrf}
        foreign = await house.browser.post(link, data=form, headers={"Origin": "https://example.net"})
        assert foreign.status_code == 403
        assert house.intake.decisions == []


async def test_the_link_lets_into_nothing_else(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        house.records.add_escalation(an_escalation("e2"), NOON)
        page = (await house.browser.get(a_link(house))).text
        assert "/plans/tina" not in page
        for path in ("/", "/plans/tina", "/escalations/e1", "/escalations/e2", "/charts/tina/pain.svg"):
            answer = await house.browser.get(path)
            assert answer.headers["location"].startswith("/login")


async def test_an_expired_link_says_so_and_decides_nothing(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        csrf = csrf_in((await house.browser.get(a_link(house))).text)
        link = a_link(house, lasts=-DAY)
        answer = await house.browser.get(link)
        assert answer.status_code == 410
        assert "This link has expired" in answer.text
        assert 'href="/login"' in answer.text
        assert "Tina" not in answer.text
        assert (await house.browser.get(f"{link}/chart.svg")).status_code == 410
        assert (await house.browser.post(link, data={"choice": "continue", "csrf": csrf})).status_code in (403, 410)
        assert house.intake.decisions == []


@pytest.mark.parametrize("place", range(4))
async def test_a_forged_link_opens_nothing(tmp_path: Path, place: int):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        house.records.add_escalation(an_escalation("e2"), NOON)
        e1 = a_link(house).removeprefix("/d/").split(".")
        forged = [
            [a_link(house, "e2").removeprefix("/d/").split(".")[0], *e1[1:]],  # another question
            [e1[0], "b" + e1[1][1:], e1[2]],  # another person
            [e1[0], e1[1][0] + "ffffffff", e1[2]],  # another day
            [e1[0], e1[1], "a" * 20],
        ][place]
        answer = await house.browser.get(f"/d/{'.'.join(forged)}")
        assert answer.status_code == 404
        assert "Tina" not in answer.text


async def test_a_link_to_an_answered_question_says_who_when_and_why_and_takes_no_second_answer(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        first, second = a_link(house), a_link(house, to="backup")
        csrf = csrf_in((await house.browser.get(second)).text)
        form = {"choice": "continue", "reason": "one more week", "csrf": csrf_in((await house.browser.get(first)).text)}
        await house.browser.post(first, data=form)
        shown = await house.browser.get(second)
        late = await house.browser.post(second, data={"choice": "refer_out", "csrf": csrf})
        for answer in (shown, late):
            assert answer.status_code == 409
            assert "<strong>Alex Romero</strong> decided on" in answer.text
            assert "one more week" in answer.text
        assert "Alex Romero has decided already; your answer was not taken." in late.text
        again = await house.browser.post(first, data=form | {"choice": "refer_out"})
        assert again.status_code == 409
        assert len(house.intake.decisions) == 1


async def test_who_decided_by_the_link_may_undo_by_it(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        begin(house)
        link = a_link(house)
        csrf = csrf_in((await house.browser.get(link)).text)
        await house.browser.post(link, data={"choice": "continue", "csrf": csrf})
        assert f'action="{link}/undo"' in (await house.browser.get(link)).text
        assert (await house.browser.post(f"{link}/undo", data={"csrf": csrf})).status_code == 303
        assert house.intake.undone == [("e1", "Alex Romero")]


async def test_a_link_works_under_the_public_address_alone(tmp_path: Path):
    async with a_house(tmp_path, empty=True, public_url="https://desk.example.com") as house:
        begin(house)
        link = a_link(house)
        async with a_browser(house, home="http://other.example.net") as browser:
            csrf = csrf_in((await browser.get(link)).text)
            assert (await browser.post(link, data={"choice": "continue", "csrf": csrf})).status_code == 403
        async with a_browser(house, home="https://desk.example.com") as browser:
            csrf = csrf_in((await browser.get(link)).text)
            assert (await browser.post(link, data={"choice": "continue", "csrf": csrf})).status_code == 303


async def test_a_link_is_short_enough_for_a_text_and_ends_in_a_letter_or_digit(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house:
        token = house.records.link_to_decision(OPAQUE, "therapist", NOON + 7 * DAY)
        assert len(f"https://desk.example.com/d/{token}") <= 80
        assert token[-1].isalnum()
        link = house.records.decision_of_link(token)
        assert link is not None
        assert (link.escalation_id, link.to, link.expires_at) == (OPAQUE, "therapist", NOON + 7 * DAY)
