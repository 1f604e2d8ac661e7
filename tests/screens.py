"""`make screens`: pictures of each page of a demo in both themes, widths and languages, and the README's picture.

The demo lives in a temporary folder. Pages are found by their links, one of each kind. The pictures are for looking at:
a machine can't see what is ugly.
"""

import asyncio
import base64
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright

from tests.integration.live_site import now, wait_until
from tests.web.live_demo import CLIENT, PLAN, Demo, a_demo
from tests.web.test_browser import ARGS, CHROMIUM

TOP = Path(__file__).parents[1]
SCREENS, PICTURE = TOP / "var" / "screens", TOP / "docs" / "picture.png"
STORY_SECONDS = 25
"""How long a story is played before its picture is taken: until something is measured."""
MOST_PAGES = 60
FIRST = ("/", "/escalations", f"/plans/{PLAN}", "/claims", "/phone", "/stories")
"""Where links are looked for first, so that of each kind of page the one with most on it is shown."""
ID = re.compile(rf"^({PLAN}|example-\d+(-\d+)?|[0-9a-f]{{16,}}|[A-Za-z0-9_-]{{12,}}(\..*)?|owner)$")


class Look(NamedTuple):
    """A theme, a width and a language."""

    dark: bool
    phone: bool
    language: str = "en"

    @property
    def name(self) -> str:
        name = f"{'dark' if self.dark else 'light'}-{'phone' if self.phone else 'wide'}"
        return name if self.language == "en" else f"{name}-{self.language}"


LOOKS = [*(Look(dark, phone) for dark in (False, True) for phone in (False, True)), Look(False, True, "es")]


async def take_all(folder: Path) -> int:
    """Take every picture into `folder`; how many kinds of pages there were."""
    with tempfile.TemporaryDirectory(prefix="screens-") as temporary:
        async with a_demo(Path(temporary)) as demo, _a_browser() as browser:
            question = await demo.come_to_a_halt()
            await _a_refused_claim(demo)
            login = await _logged_in(browser, demo)
            await _write_to_the_practice(login, demo)
            pages = await _one_of_each(login, demo, question)
            pages |= {"story-playing": await _a_story(login, demo), "notice": _notice(demo)}
            for look in LOOKS:
                context = await _context(browser, look, login)
                for name, path in pages.items():
                    await _take(context, demo.address + path, folder / f"{name}-{look.name}.png")
                await context.close()
            for look in LOOKS:  # nobody is logged in
                context = await _context(browser, look)
                await _take(context, f"{demo.address}/login", folder / f"login-{look.name}.png")
                await context.close()
            await _readme_picture(browser, login, demo, question)
            return len(pages) + 1


@asynccontextmanager
async def _a_browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)


async def _context(
    browser: Browser, look: Look, login: BrowserContext | None = None, scale: float = 1
) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": 390, "height": 844} if look.phone else {"width": 1280, "height": 900},
        color_scheme="dark" if look.dark else "light",
        locale="en-US" if look.language == "en" else look.language,
        device_scale_factor=scale,
        storage_state=await login.storage_state() if login else None,
    )


async def _logged_in(browser: Browser, demo: Demo) -> BrowserContext:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(demo.owner_link)
    await page.get_by_role("button", name="Log in").click()
    await page.get_by_role("button", name="Log out").wait_for()
    await page.close()
    return context


async def _write_to_the_practice(login: BrowserContext, demo: Demo) -> None:
    """Clients write what a person must read, so that more waits than one question."""
    page = await login.new_page()
    for name, words in (("Tom Becker", "Where do I park?"), (CLIENT, "It still hurts after a long day")):
        await page.goto(f"{demo.address}/phone")
        box = page.get_by_label(f"Reply as {name} by text")
        await box.fill(words)
        await box.press("Enter")
        await page.get_by_text(words, exact=True).wait_for()
    await page.close()
    await asyncio.sleep(3)


async def _a_refused_claim(demo: Demo) -> None:
    """A claim of another client that was sent and refused, so that the pages of claims have something to show."""
    plan: dict[str, Any] = yaml.safe_load((TOP / "examples" / "claim_denied.yaml").read_text("utf-8"))
    asked = {name: value for name, value in plan.items() if name not in ("start", "script")}
    await demo.post("/api/plans", _jsonable(asked))
    ended = now() - timedelta(days=20)
    session = {"type": "session_completed", "event_id": "s1", "appointment_id": "v1", "occurred_at": ended.isoformat()}
    await demo.post(f"/api/plans/{plan['plan_id']}/events", session)
    claim_id = f"{plan['plan_id']}-1"
    with demo.api() as api:
        await wait_until("the claim is open", lambda: api.get(f"/api/claims/{claim_id}").status_code == 200, 60)
    days = [(ended + timedelta(days=after)).date().isoformat() for after in (2, 10)]
    sent = {"type": "claim_submitted", "event_id": "sent", "occurred_at": now().isoformat(), "on": days[0]}
    refused = {"type": "claim_denied", "event_id": "refused", "occurred_at": now().isoformat(), "on": days[1]}
    for told in (sent, refused | {"dates": {"letter": days[1]}}):
        await demo.post(f"/api/claims/{claim_id}/events", told)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _jsonable(part) for name, part in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [_jsonable(part) for part in value]  # pyright: ignore[reportUnknownVariableType]
    return value.isoformat() if hasattr(value, "isoformat") else value


async def _one_of_each(login: BrowserContext, demo: Demo, question: str) -> dict[str, str]:
    """A page of each kind, by its name: found by following links."""
    found: dict[str, str] = {"escalations-one": f"/escalations/{question}"}
    waiting, seen = [*FIRST, f"/escalations/{question}"], set(FIRST)
    page = await login.new_page()
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        name = _kind(path)
        if name in found and path not in FIRST and found[name] != path:
            continue
        try:
            answer = await login.request.get(demo.address + path, max_redirects=0)
        except Error:
            answer = None
        if answer is None or answer.status >= 500:
            sys.stderr.write(f"{path} can't be opened\n")
            continue
        if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        found.setdefault(name, path)
        await page.goto(demo.address + path)
        links = await page.locator("a[href]").evaluate_all(
            "all => all.map(a => new URL(a.href, location))"
            ".filter(u => u.origin == location.origin).map(u => u.pathname)"
        )
        fresh = [link for link in dict.fromkeys(links) if link not in seen]
        seen.update(fresh)
        waiting += sorted(fresh, key=lambda link: PLAN not in link)
    await page.close()
    return found


def _kind(path: str) -> str:
    """The name of a page's kind: its path with ids left out."""
    path = re.sub(r"^/stories/\w+$", "/stories/any", path)
    parts = ["one" if ID.match(part) else part for part in path.strip("/").split("/")]
    return "-".join(parts) or "inbox"


def _notice(demo: Demo) -> str:
    """The path of the link in the therapist's notice."""
    text = demo.texts(to="therapist")[0]
    return "/" + text.partition(f"{demo.address}/")[2].split()[0]


async def _a_story(login: BrowserContext, demo: Demo) -> str:
    page = await login.new_page()
    await page.goto(f"{demo.address}/stories")
    await page.get_by_role("button", name=f"Play the story of {CLIENT.split()[0]} Whitfield").click()
    await page.locator("#story-charts img").wait_for(timeout=STORY_SECONDS * 4000)
    await asyncio.sleep(STORY_SECONDS)
    return page.url.removeprefix(demo.address)  # left open: a play ends with its viewer


async def _take(context: BrowserContext, address: str, file: Path) -> None:
    page = await context.new_page()
    await page.goto(address)
    await _settled(page)
    await page.bring_to_front()  # Chromium doesn't paint a page behind another one, and would wait for ever
    await page.screenshot(path=file, full_page=True)
    await page.close()


async def _settled(page: Page) -> None:
    """Wait for pictures; not for silence on the line, which a stream of events never gives."""
    await page.evaluate("Promise.all([...document.images].map(image => image.decode().catch(() => {})))")


async def _readme_picture(browser: Browser, login: BrowserContext, demo: Demo, question: str) -> None:
    """The inbox, and beside it the decision on a telephone."""
    shots: list[str] = []
    for look, path in ((Look(False, False), "/"), (Look(False, True), f"/escalations/{question}")):
        context = await _context(browser, look, login, scale=2)
        page = await context.new_page()
        await page.set_viewport_size({"width": 390 if look.phone else 820, "height": 844})
        await page.goto(demo.address + path)
        await _settled(page)
        if look.phone:
            await page.locator("picture").first.evaluate("chart => window.scrollTo(0, chart.offsetTop - 16)")
        shots.append(base64.b64encode(await page.screenshot()).decode())
        await context.close()
    context = await browser.new_context(viewport={"width": 1330, "height": 924}, device_scale_factor=1)
    page = await context.new_page()
    style = "margin:0;padding:40px;display:flex;gap:40px;background:#dfe7e5"
    frame = "height:844px;border-radius:14px;box-shadow:0 8px 30px rgba(0,40,30,.18)"
    pictures = "".join(f'<img style="{frame}" src="data:image/png;base64,{shot}">' for shot in shots)
    await page.set_content(f'<body style="{style}">{pictures}</body>')
    await _settled(page)
    await page.screenshot(path=PICTURE)
    await context.close()


def main() -> int:
    if not CHROMIUM.exists():
        sys.stderr.write("make screens needs Debian's chromium: apt-get install chromium\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="screens-") as taken:
        kinds = asyncio.run(take_all(Path(taken)))
        shutil.rmtree(SCREENS, ignore_errors=True)
        shutil.copytree(taken, SCREENS)
    sys.stdout.write(f"{kinds} kinds of pages, {len(LOOKS)} pictures each, in {SCREENS.relative_to(TOP)}/\n")
    sys.stdout.write(f"The README's picture is {PICTURE.relative_to(TOP)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
