"""Who may see pages: logging in, how long it lasts, and forms from elsewhere."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.staff_builder import turn_the_clock
from tests.web.web_builders import HOME, TOKEN, a_house, a_message, sent

PAGES = ("/", "/plans/tina", "/escalations", "/escalations/e1")
PHONE = ("/phone", "/phone/fragment")


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_asks_for_a_login_and_shows_nothing_before_it(tmp_path: Path, path: str):
    async with a_house(tmp_path) as house:
        answer = await house.browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == ("/login" if path == "/" else f"/login?next={path}")
        assert "Tina" not in answer.text
        await house.log_in()
        assert (await house.browser.get(path)).status_code == 200


@pytest.mark.parametrize("path", PHONE)
async def test_the_phone_asks_for_a_login_also_on_this_machine(tmp_path: Path, path: str):
    """A proxy or a tunnel on this machine, which may say nothing of those behind it, seems to sit at it."""
    async with a_house(tmp_path) as house:
        sent(house.records, a_message("Hi Tina"))
        answer = await house.browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")
        thread = house.records.phone_threads()[0].thread_id
        assert (await house.browser.post(f"/phone/{thread}", data={"text": "STOP"})).status_code == 303
        assert house.intake.replies == []
        await house.log_in()
        assert "Hi Tina" in (await house.browser.get(path)).text


async def test_a_wrong_token_opens_nothing(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await house.browser.post("/login", data={"token": "wrong"})
        assert answer.status_code == 403
        assert "This is not the access token." in answer.text
        assert "set-cookie" not in answer.headers
        assert (await house.browser.get("/")).status_code == 303


async def test_after_the_login_the_person_goes_where_they_wanted_but_never_to_another_site(tmp_path: Path):
    wanted = {
        "/plans/tina?x=1": "/plans/tina?x=1",
        "https://evil.example/": "/",
        "//evil.example/": "/",
        "/\\evil.example/": "/",
        "": "/",
    }
    async with a_house(tmp_path) as house:
        for next_page, there in wanted.items():
            answer = await house.browser.post("/login", data={"token": TOKEN, "next": next_page})
            assert answer.headers["location"] == there


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites_forms(tmp_path: Path):
    async with a_house(tmp_path) as house:
        cookie = (await house.browser.post("/login", data={"token": TOKEN})).headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie  # strict would log out who follows a link from a mail
        assert "max-age=43200" in cookie
        assert TOKEN not in cookie
        assert "secure" not in cookie


async def test_over_https_the_cookie_is_for_https_only(tmp_path: Path):
    async with a_house(tmp_path, public_url="https://plans.example.com") as house:
        answer = await house.browser.post("/login", data={"token": TOKEN}, headers={"Host": "plans.example.com"})
        assert "secure" in answer.headers["set-cookie"].lower()


async def test_a_login_ends_after_twelve_hours_of_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_house(tmp_path) as house:
        await house.log_in()
        for hours in (3, 6, 9, 11.9):
            turn_the_clock(monkeypatch, timedelta(hours=hours))
            assert (await house.browser.get("/")).status_code == 200
        turn_the_clock(monkeypatch, timedelta(hours=12, seconds=5))
        assert (await house.browser.get("/")).status_code == 303


async def test_a_login_that_nobody_used_for_four_hours_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_house(tmp_path) as house:
        await house.log_in()
        turn_the_clock(monkeypatch, timedelta(hours=4, seconds=5))
        assert (await house.browser.get("/")).status_code == 303


async def test_a_new_api_token_ends_every_login(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        house.app.state.wiring = replace(house.app.state.wiring, api_token="another-token-of-tests")
        assert (await house.browser.get("/")).status_code == 303


async def test_a_login_that_somebody_made_up_is_none(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for made_up in (
            "x",
            '{"role": "owner"}',
            "",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ):
            house.browser.cookies.set("followthrough_login", made_up)
            assert (await house.browser.get("/")).status_code == 303


async def test_logging_out_ends_the_login_on_the_server_too(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        kept = house.browser.cookies["followthrough_login"]
        assert (await house.browser.post("/logout", data={"csrf": await house.csrf()})).status_code == 303
        assert (await house.browser.get("/")).status_code == 303
        assert (await house.browser.get("/", headers={"Cookie": f"followthrough_login={kept}"})).status_code == 303


async def test_logging_in_again_ends_the_login_that_this_browser_had(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        first = house.browser.cookies["followthrough_login"]
        await house.log_in()
        assert house.browser.cookies["followthrough_login"] != first
        assert (await house.browser.get("/")).status_code == 200
        stale = {"Cookie": f"followthrough_login={first}"}
        house.browser.cookies.clear()
        assert (await house.browser.get("/", headers=stale)).status_code == 303


async def test_who_is_logged_in_can_log_out_and_write_on_the_phone_page(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        sent(house.records, a_message("Hi Tina"))
        thread = house.records.phone_threads()[0].thread_id
        form = {"text": "C", "csrf": await house.csrf("/phone")}
        assert (await house.browser.post(f"/phone/{thread}", data=form)).status_code == 303
        answer = await house.browser.post("/logout", data={"csrf": await house.csrf("/phone")})
        assert answer.headers["location"] == "/login"
        assert (await house.browser.get("/")).status_code == 303


async def test_a_form_without_the_pages_own_token_changes_nothing(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        for csrf in ("", "0" * 64, "ñ"):
            form = {"choice": "continue", "by": "Alex", "csrf": csrf}
            assert (await house.browser.post("/escalations/e1", data=form)).status_code == 403
        assert house.intake.decisions == []


async def test_a_form_from_another_site_or_under_another_name_changes_nothing(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        form = {"choice": "continue", "by": "Alex", "csrf": await house.csrf()}
        cookie = {"Cookie": f"followthrough_login={house.browser.cookies['followthrough_login']}"}
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Host": "evil.example:8000"}):
            answer = await house.browser.post("/escalations/e1", data=form, headers=headers | cookie)
            assert answer.status_code == 403
        assert house.intake.decisions == []
        answer = await house.browser.post("/escalations/e1", data=form, headers={"Origin": HOME})
        assert answer.status_code == 303
        assert len(house.intake.decisions) == 1


async def test_pages_may_load_and_send_nothing_elsewhere_and_stay_out_of_caches(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for path in ("/login", "/api/plans/tina", "/nowhere"):
            headers = (await house.browser.get(path)).headers
            assert headers["content-security-policy"].startswith("default-src 'self';")
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] == "no-store"
        style = await house.browser.get("/static/style.css")
        assert style.status_code == 200
        assert style.headers["cache-control"] == "max-age=300"


async def test_a_page_that_is_not_there_is_told_in_plain_words_on_a_page(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        answer = await house.browser.get("/plans/nobody")
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert "There is no plan at this address." in answer.text
