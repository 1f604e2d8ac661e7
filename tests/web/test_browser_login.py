"""Coming in with a real browser: by the link printed at start, with and without scripts, and the pages about people."""

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from records.audit import Entry
from tests.today import this_moment
from tests.web.staff_builder import add
from tests.web.test_browser import a_page, pytestmark, screen, served
from tests.web.web_builders import NOON, House, a_house
from web.login import owner_link

__all__ = ["pytestmark"]


async def come_in(house: House, address: str, page: Page) -> None:
    await page.goto(owner_link(house.records, address, this_moment()))
    await expect(page.get_by_text("You will be logged in as Owner")).to_be_visible()
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("button", name="Log out")).to_be_visible()


async def is_well_made(page: Page) -> None:
    """Nothing to scroll sideways, and no complaint of axe."""
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scripts", [True, False])
async def test_the_printed_link_and_one_press_let_the_owner_in(tmp_path: Path, scripts: bool):
    async with a_house(tmp_path) as house, served(house) as address, a_page(address, scripts=scripts) as page:
        await come_in(house, address, page)
        await page.get_by_role("link", name="People").click()
        await page.get_by_label("Name").fill("Dana Quill")
        await page.get_by_label("E-mail address").fill("dana@example.com")
        await page.get_by_label("Front desk").check()
        await page.get_by_role("button", name="Add").click()
        await expect(page.get_by_text("dana@example.com")).to_be_visible()
        assert house.records.staff_by_email("dana@example.com") is not None


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)])
async def test_the_pages_about_people_fit_the_screen(tmp_path: Path, dark: bool, phone: bool):
    kind = ("-dark" if dark else "") + ("-phone" if phone else "")
    async with a_house(tmp_path) as house, served(house) as address, a_page(address, dark=dark, phone=phone) as page:
        add(house)
        house.records.disable_staff(add(house, "front_desk", "Robin Gone", "robin@example.com"), NOON)
        house.records.add_audit([Entry(NOON + timedelta(hours=n), "api", "enrolled", "tina") for n in range(9)])
        await come_in(house, address, page)
        for path in ("people", "audit", "account"):
            await page.goto(f"{address}/{path}")
            await screen(page, f"{path}{kind}")
            await is_well_made(page)
        await page.get_by_role("button", name="Log out").click()
        await expect(page.get_by_role("heading", name="Log in")).to_be_visible()
        await screen(page, f"login-people{kind}")
        await is_well_made(page)
