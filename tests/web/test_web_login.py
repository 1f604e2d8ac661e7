"""Who may see pages: logging in, how long it lasts, and forms from elsewhere."""

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.web.web_builders import HOME, TOKEN, a_house

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
async def test_the_phone_is_open_to_whoever_sits_at_this_machine(tmp_path: Path, path: str):
    async with a_house(tmp_path) as house:
        assert (await house.browser.get(path)).status_code == 200


@pytest.mark.parametrize("path", PHONE)
async def test_the_phone_asks_for_a_login_from_elsewhere_and_under_another_name(tmp_path: Path, path: str):
    async with a_house(tmp_path) as house:
        elsewhere = httpx.ASGITransport(app=house.app, client=("203.0.113.7", 4000))
        async with httpx.AsyncClient(transport=elsewhere, base_url=HOME) as browser:
            assert (await browser.get(path)).status_code == 303
        rebound = await house.browser.get(path, headers={"Host": "evil.example:8000"})
        assert rebound.status_code == 303
    async with a_house(tmp_path, web_host="0.0.0.0") as house:  # noqa: S104 - open to the network, so a login it is
        assert (await house.browser.get(path)).status_code == 303


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


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(tmp_path: Path):
    async with a_house(tmp_path) as house:
        cookie = (await house.browser.post("/login", data={"token": TOKEN})).headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "max-age=43200" in cookie
        assert TOKEN not in cookie
        assert "secure" not in cookie


async def test_over_https_the_cookie_is_for_https_only(tmp_path: Path):
    async with a_house(tmp_path, public_url="https://plans.example.com") as house:
        answer = await house.browser.post("/login", data={"token": TOKEN}, headers={"Host": "plans.example.com"})
        assert "secure" in answer.headers["set-cookie"].lower()


async def test_a_login_ends_after_twelve_hours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_house(tmp_path) as house:
        await house.log_in()
        assert (await house.browser.get("/")).status_code == 200
        later = datetime.now().astimezone() + timedelta(hours=12, seconds=5)
        monkeypatch.setattr("itsdangerous.timed.time.time", later.timestamp)
        assert (await house.browser.get("/")).status_code == 303


async def test_a_login_that_somebody_made_up_is_none(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for made_up in ("x", '{"role": "operator"}', ""):
            house.browser.cookies.set("followthrough_login", made_up)
            assert (await house.browser.get("/")).status_code == 303


async def test_logging_out_ends_the_login_on_this_device(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        assert (await house.browser.post("/logout", data={"csrf": await house.csrf()})).status_code == 303
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
