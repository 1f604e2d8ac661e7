"""The pages in a real browser: somebody logs in by the printed link, reads, replies on the phone, decides."""

import os
import socket
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import ConsoleMessage, Page, async_playwright, expect

from tests.web.web_builders import NOON, TOKEN, House, a_house, a_message, a_plan, a_practice, a_state, sent

CHROMIUM = Path("/usr/bin/chromium")
SCREENS = Path(__file__).parents[2] / "var" / "screens"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"), reason="needs Debian's chromium; CI installs it"
)


@asynccontextmanager
async def served(house: House) -> AsyncGenerator[str]:
    """The app on a free port of this machine; its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(house.app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(10)


@asynccontextmanager
async def a_page(
    address: str, *, dark: bool = False, phone: bool = False, scripts: bool = True
) -> AsyncGenerator[Page]:
    """A fresh browser on the login page with the token filled in. Any complaint of the browser fails the test."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        context = await browser.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(f"{address}/login?next=/phone#token={TOKEN}")
        yield page
        await browser.close()
    assert complaints == []


async def screen(page: Page, name: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


@asynccontextmanager
async def a_busy_house(folder: Path) -> AsyncGenerator[House]:
    """Tina and Tom, texts and a mail, somebody on the staff who was told."""
    async with a_house(folder, practice=a_practice(demo=True)) as house:
        tom = a_plan("tom", client=a_plan().client.model_copy(update={"name": "Tom Okafor", "phone": "+12065550103"}))
        house.records.add_plan(a_state("tom", plan=tom, asked=[]), NOON)
        sent(
            house.records, a_message("Harbor Massage: Hi Tina, your plan: 90 minutes every two weeks. STOP to opt out.")
        )
        sent(
            house.records,
            a_message(
                "Harbor Massage: your visit is Wed Jan 7, 12:00 PM. Reply C to confirm, R to reschedule.", key="m2"
            ),
            NOON + timedelta(minutes=5),
        )
        sent(house.records, a_message("You have a message from Harbor Massage.", key="m3", channel="email"))
        sent(house.records, a_message("Tina stands still. Please decide.", key="m4", to="therapist"))
        yield house


async def test_a_reply_typed_at_the_phone_appears_there_and_goes_to_the_plan(tmp_path: Path):
    async with a_busy_house(tmp_path) as house, served(house) as address, a_page(address) as page:
        assert "#" not in page.url  # the token leaves the address bar
        await expect(page.get_by_role("button", name="Log in")).to_be_focused()
        await screen(page, "login")
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("heading", name="Phone")).to_be_visible()
        box = page.get_by_label("Reply as Tina Ferris by text")
        await box.fill("C, see you")
        await page.get_by_label("Reply as Tom Okafor by text").fill("half a thou")
        await box.press("Enter")
        await expect(page.get_by_text("C, see you")).to_be_visible()
        await expect(box).to_have_value("")
        await expect(page.get_by_label("Reply as Tom Okafor by text")).to_have_value("half a thou")
        await screen(page, "phone")
        assert [reply[3] for reply in house.intake.replies] == ["C, see you"]
        await page.goto(f"{address}/plans/tina")
        await expect(page.get_by_text("C, see you")).to_be_visible()
        await screen(page, "plan")


async def test_new_messages_come_by_themselves_and_what_is_being_typed_stays(tmp_path: Path):
    async with a_busy_house(tmp_path) as house, served(house) as address, a_page(address) as page:
        await page.get_by_role("button", name="Log in").click()
        box = page.get_by_label("Reply as Tina Ferris by email")
        await box.fill("I was just about to")
        sent(house.records, a_message("How was your session?", key="m9"), NOON + timedelta(days=1))
        await expect(page.get_by_text("How was your session?")).to_be_visible()
        newcomer = a_plan("ann", client=a_plan().client.model_copy(update={"name": "Ann Lee", "phone": "+12065550104"}))
        house.records.add_plan(a_state("ann", plan=newcomer, asked=[]), NOON)
        await expect(page.get_by_role("heading", name="Ann Lee")).to_be_visible()
        await expect(box).to_have_value("I was just about to")
        await expect(box).to_be_focused()


async def test_the_phone_works_without_scripts(tmp_path: Path):
    async with a_busy_house(tmp_path) as house, served(house) as address, a_page(address, scripts=False) as page:
        await page.get_by_text("With the access token").click()
        await page.get_by_label("Access token").fill(TOKEN)
        await page.get_by_label("Access token").press("Enter")
        await page.get_by_label("Reply as Tina Ferris by text").fill("R")
        await (
            page.locator(".thread.sms", has=page.get_by_label("Reply as Tina Ferris by text"))
            .get_by_text("Send")
            .click()
        )
        await expect(page.locator(".bubbles .in p")).to_have_text("R")
        await expect(page.get_by_role("link", name="Refresh")).to_be_visible()


async def test_an_escalation_is_decided_on_a_telephone_in_the_dark(tmp_path: Path):
    async with (
        a_busy_house(tmp_path) as house,
        served(house) as address,
        a_page(address, dark=True, phone=True) as page,
    ):
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("heading", name="Tina Ferris")).to_be_visible()
        await screen(page, "phone-dark")
        await page.get_by_role("link", name="Inbox").click()
        await page.get_by_text("has stood still").click()
        lever = page.get_by_label("Session length, minutes")
        await expect(lever).to_be_hidden()
        await page.get_by_text("Modify: change the treatment").click()
        await lever.fill("60")
        await screen(page, "escalation-dark")
        await page.get_by_role("button", name="Change the plan").click()
        await expect(page.get_by_text("decided on")).to_be_visible()
        assert house.intake.decisions[0].changes.session_minutes == 60
        await page.get_by_role("link", name="Clients").click()
        await expect(page.get_by_role("link", name="Tom Okafor")).to_be_visible()
        await screen(page, "clients-dark")
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390  # nothing to scroll sideways
