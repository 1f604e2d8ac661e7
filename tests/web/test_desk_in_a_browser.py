"""The whole way in a real browser, on a running demo: from the printed link to a decision and what the client hears.

And what must change nothing: a client that follows every link, a scanner that opens links and runs their scripts.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from playwright.async_api import Page, async_playwright, expect
from sqlalchemy import Engine, select

from records.tables import metadata
from tests.integration.live_site import wait_until
from tests.web.every_page import FullHouse, a_full_house
from tests.web.live_demo import CLIENT, THERAPIST, UNDO_SECONDS, Demo, a_demo
from tests.web.test_browser import ARGS, CHROMIUM, pytestmark, screen, served

__all__ = ["pytestmark"]

OTHER_PLAN, OTHER_CLIENT = "sarah-race", "Sarah Summers"
MOST_LINKS = 400
SEEN_ONLY = {"audit", "sessions", "login_tries"}
"""Tables in which looking leaves a trace: who saw what, when a login was last used."""


@asynccontextmanager
async def a_browser(*, phone: bool) -> AsyncGenerator[Page]:
    """A fresh browser: a telephone that is tapped, or a computer. Any complaint of the browser fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        context = await browser.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 900},
            has_touch=phone,
            is_mobile=phone,
        )
        page = await context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        await browser.close()
    assert complaints == []


async def come_in(page: Page, demo: Demo) -> None:
    """By the link that was printed; where it was used up, by the token."""
    await page.goto(demo.owner_link)
    if await page.get_by_role("button", name="Log in").count() == 0:
        await page.goto(f"{demo.address}/login#token={demo.token}")
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


class Taps:
    """Counts the taps of a finger."""

    def __init__(self) -> None:
        self.count = 0

    async def on(self, what: Any) -> None:
        self.count += 1
        await what.tap()


@pytest.mark.timeout(240)
async def test_from_the_printed_link_to_a_decision_on_a_telephone_and_what_the_client_hears(tmp_path: Path):
    async with a_demo(tmp_path) as demo, a_browser(phone=True) as page:
        await come_in(page, demo)
        await demo.come_to_a_halt()
        await page.goto(demo.address)
        await expect(page.get_by_text(CLIENT)).to_be_visible()
        await screen(page, "way-1-inbox")
        await page.get_by_role("link", name="Phone", exact=True).tap()
        notice = page.locator('[data-role="staff"] a[href*="/d/"]').last
        await notice.tap()

        taps = Taps()
        await taps.on(page.get_by_text(re.compile("^Modify")))
        await page.get_by_label("Days between sessions").fill("7")
        taps.count += 1  # the field has to be tapped before anything can be typed
        await screen(page, "way-2-modify")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        await taps.on(page.get_by_role("button", name=re.compile("^(Modify|Change|Decide)")))
        await expect(page.get_by_text("decided on")).to_be_visible()
        await expect(page.get_by_text(THERAPIST).first).to_be_visible()
        assert taps.count <= 3
        await screen(page, "way-3-decided")

        await wait_until("the client is told", lambda: any("every week" in text for text in demo.texts()), 60)
        await page.goto(f"{demo.address}/phone")
        phone = page.get_by_role("article", name=CLIENT)
        await expect(phone.get_by_text("your plan changes. From now on: every week")).to_be_visible()
        await screen(page, "way-4-told")

        await _two_decide_at_once(demo, page)


async def _two_decide_at_once(demo: Demo, phone: Page) -> None:
    """The therapist by the notice, the owner at the desk: one wins, the other is told who did."""
    question = await demo.come_to_a_halt(OTHER_PLAN, OTHER_CLIENT, "+15415550178")
    link = demo.texts(OTHER_PLAN, to="therapist")[0].partition(demo.address)[2].split()[0]
    async with a_browser(phone=False) as desk:
        await come_in(desk, demo)
        await phone.goto(demo.address + link)
        await desk.goto(f"{demo.address}/escalations/{question}")
        for page in (phone, desk):
            await page.get_by_text(re.compile("^Continue")).click()
        await desk.locator("details[open]").get_by_label("Your name").fill("Olga Owner")
        press = [page.locator("details.choice[open] .buttons button").first for page in (phone, desk)]
        await asyncio.gather(*(button.click() for button in press))
        for page in (phone, desk):
            await expect(page.get_by_text("decided on")).to_be_visible()
        told = [await page.locator("main").inner_text() for page in (phone, desk)]
        lost = ["your answer was not taken" in text for text in told]
        assert sorted(lost) == [False, True]
        winner = THERAPIST if lost[1] else "Olga Owner"
        assert all(f"{winner} decided on" in text for text in told)
    await asyncio.sleep(UNDO_SECONDS)
    answered = demo.plan(OTHER_PLAN)["escalations"]
    assert [asked["decided"]["by"] for asked in answered] == [winner]


def _everything(full: FullHouse) -> dict[str, list[Any]]:
    """Every row of every table, but for the traces of looking."""
    engine: Engine = full.house.records._engine  # pyright: ignore[reportPrivateUsage] - also what no query returns
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table.name not in SEEN_ONLY
        }


def _links(page: str) -> Generator[str]:
    """Every address that a page names, whether or not a person would follow it."""
    for found in re.finditer(r'(?:href|src|srcset|data-[\w-]+)="([^"#]+)', page):
        yield unescape(found[1])


async def _follow_everything(browser: httpx.AsyncClient, begin: list[str]) -> int:
    """Fetch every link of every page, and those of the pages behind them; how many there were."""
    waiting, seen = list(begin), set(begin)
    while waiting and len(seen) < MOST_LINKS:
        path = waiting.pop()
        if re.search(r"/(news|live|watch|changes)(\?|$)", path):
            continue  # a stream never ends
        answer = await browser.get(path, follow_redirects=True)
        assert answer.status_code < 500, path
        if answer.headers.get("content-type", "").startswith("text/html"):
            here = {urljoin(path, link) for link in _links(answer.text)}
            fresh = sorted(link for link in here - seen if urlsplit(link).netloc in ("", "127.0.0.1:8000"))
            seen.update(fresh)
            waiting += fresh
    return len(seen)


@pytest.mark.timeout(240)
async def test_a_client_that_follows_every_link_of_every_page_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with a_full_house(tmp_path, monkeypatch) as full:
        await full.house.log_in()
        before = _everything(full)
        assert await _follow_everything(full.house.browser, full.pages()) > 50
        assert _everything(full) == before
        full.house.browser.cookies.clear()
        await _follow_everything(full.house.browser, full.pages())
        assert _everything(full) == before
        assert full.house.intake.decisions == []


@pytest.mark.timeout(120)
async def test_a_scanner_that_opens_our_links_and_runs_their_scripts_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with a_full_house(tmp_path, monkeypatch) as full, served(full.house) as address:
        before = _everything(full)
        links = [path for path in full.pages() if path.startswith(("/d/", "/m/", "/login/link/"))]
        assert len(links) >= 3
        async with a_browser(phone=False) as page:
            for path in links:
                answer = await page.goto(address + path)
                assert answer is not None
                assert answer.status == 200, path
                await page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
                await page.wait_for_timeout(500)
            assert await page.context.cookies() == []
        assert _everything(full) == before
