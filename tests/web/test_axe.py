"""Every page in a real browser: nothing that axe objects to, nothing to scroll sideways, nothing that needs scripts."""

from pathlib import Path
from typing import Any, cast

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import ElementHandle, Error, Page, Response, async_playwright, expect

from tests.web.every_page import a_full_house
from tests.web.test_browser import ARGS, CHROMIUM, a_page, pytestmark, served
from tests.web.web_builders import TOKEN

__all__ = ["pytestmark"]

FILL = {"email": "a@example.com", "date": "2026-01-06", "number": "1", "tel": "+12065550155", "time": "10:00"}
"""What is typed into a field that must not be empty, by its kind."""
IN_AND_OUT = ("/login", "/logout")
"""Forms that change who is logged in: test_browser_login sends them, without scripts too."""


async def come_in(page: Page, address: str) -> None:
    """Log in by the token, with or without scripts."""
    await page.goto(f"{address}/login")
    details = page.locator("details", has=page.get_by_label("Access token"))
    if await details.count() and await details.get_attribute("open") is None:
        await details.locator("summary").click()
    await page.get_by_label("Access token").fill(TOKEN)
    await page.get_by_label("Access token").press("Enter")
    await expect(page.get_by_role("button", name="Log out")).to_be_visible()


async def open_page(page: Page, address: str, complaints: list[str]) -> bool:
    """Go there; whether it is a page, and not papers to keep. One that can't be read is a complaint."""
    try:
        answer = await page.context.request.get(address)
    except Error:
        complaints.append(f"{address} is not answered")
        return False
    if answer.status != 200:
        complaints.append(f"{address} is answered {answer.status}")
        return False
    if not answer.headers["content-type"].startswith("text/html"):
        return False
    await page.goto(address)
    return True


WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ALL: dict[str, Any] = {"resultTypes": ["violations"]}
LOOKS = ALL | {"runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"]}
"""The rules whose answer may change with colours and width; the others are asked once."""


@pytest.mark.timeout(240)
async def test_axe_finds_nothing_on_any_page_and_nothing_is_too_wide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    complaints: list[str] = []
    async with (
        a_full_house(tmp_path, monkeypatch) as full,
        served(full.house) as address,
        a_page(address) as page,
    ):

        def note(answer: Response) -> None:
            if answer.status >= 400:
                complaints.append(f"{answer.url} is answered {answer.status}")

        page.on("response", note)
        await come_in(page, address)
        seen = 0
        for path in full.pages():
            if await open_page(page, address + path, complaints):
                seen += 1
                by_day = await _looked_at(page, LOOKS, dark=False, phone=False)
                at_night = await _looked_at(page, ALL, dark=True, phone=True)
                complaints += [f"{path}: {each}" for each in [*by_day, *(f"at night: {each}" for each in at_night)]]
        assert seen >= 15, "most pages were not found"
        assert not complaints, "\n".join(complaints)


async def _looked_at(page: Page, rules: dict[str, Any], *, dark: bool, phone: bool) -> list[str]:
    await page.emulate_media(color_scheme="dark" if dark else "light")
    await page.set_viewport_size(cast(Any, PHONE if phone else WIDE))
    fits = await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = await Axe().run(page, options=rules)
    return ([] if fits else ["wider than the screen"]) + _told(cast(Any, found).response["violations"])


def _told(violations: list[dict[str, Any]]) -> list[str]:
    return [f"{violation['id']}: {node['html'][:160]}" for violation in violations for node in violation["nodes"]]


@pytest.mark.timeout(400)
async def test_every_page_works_without_scripts_and_each_of_its_forms_can_be_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    complaints: list[str] = []
    async with (
        a_full_house(tmp_path, monkeypatch) as full,
        served(full.house) as address,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        page = await browser.new_page(java_script_enabled=False)
        page.set_default_timeout(10_000)
        await come_in(page, address)
        tried: set[str] = set()
        for path in full.pages():
            if await open_page(page, address + path, complaints):
                if await page.locator("h1:visible").count() != 1:
                    complaints.append(f"{path} has not one main heading")
                complaints += await _send_forms(page, address + path, tried)
        await browser.close()
        assert len(tried) >= 10, "most forms were not found"
    assert not complaints, "\n".join(complaints)


async def _send_forms(page: Page, address: str, tried: set[str]) -> list[str]:
    """Send each form that the page has and that was not sent from another one yet."""
    complaints: list[str] = []
    for place in range(await page.locator("form").count()):
        form = page.locator("form").nth(place)
        if not await form.count():
            break  # the one before it took it away, as a decision does
        action = await form.get_attribute("action") or ""
        kind = (
            await form.locator('input[name="type"]').first.get_attribute("value")
            if await _has_type(page, place)
            else ""
        )
        mark = f"{action.partition('?')[0]} {kind}"
        if action.startswith(IN_AND_OUT) or mark in tried:
            continue
        tried.add(mark)
        status = await _send(page, place)
        if status in (401, 403, 404, 405) or status >= 500:
            complaints.append(f"{address}: its form to {mark} is answered {status}")
        await page.goto(address)
    return complaints


async def _has_type(page: Page, place: int) -> bool:
    return await page.locator("form").nth(place).locator('input[name="type"]').count() > 0


async def _send(page: Page, place: int) -> int:
    """Open what is folded, fill what must be filled, press the button; the status of the answer."""
    form = page.locator("form").nth(place)
    await form.evaluate(
        "form => { for (let e = form; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true; }"
    )
    await form.evaluate("form => form.querySelectorAll('details').forEach(each => { each.open = true; })")
    for field in await form.locator(":invalid:not(fieldset)").element_handles():
        await _fill(field)
    async with page.expect_navigation() as going:
        await form.locator("button:not([type=button], [aria-hidden]):visible, input[type=submit]:visible").first.click()
    answer = await going.value
    return answer.status


async def _fill(field: ElementHandle) -> None:
    kind = await field.get_attribute("type") or ""
    tag = await field.evaluate("field => field.tagName")
    if tag == "SELECT":
        await field.select_option(index=1)
    elif kind in ("radio", "checkbox"):
        await field.check()
    else:
        await field.fill(FILL.get(kind, "word"))
