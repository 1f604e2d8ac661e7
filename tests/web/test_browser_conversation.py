"""An open conversation in a real browser: a reply appears by itself, and what is being typed stays."""

from datetime import timedelta
from pathlib import Path

from playwright.async_api import expect

from tests.web.test_browser import a_page, pytestmark, served
from tests.web.web_builders import NOON, TINA_PHONE, TOKEN, a_house

__all__ = ["pytestmark"]


async def test_a_reply_appears_by_itself_and_what_is_being_typed_stays(tmp_path: Path):
    async with a_house(tmp_path) as house, served(house) as address, a_page(address, phone=True) as page:
        await page.get_by_role("button", name="Log in", exact=True).first.click()
        await page.goto(f"{address}/plans/tina/conversation")
        await page.get_by_label("Write as").fill("“Hi” é " + "x" * 150)
        await expect(page.locator("#cost")).to_have_text("This goes as 2 texts, and costs as many.")
        for number, words in enumerate(("Is it live?", "And again?")):
            at = NOON + timedelta(minutes=number)
            house.records.add_inbound(f"SM{number}", "sms", TINA_PHONE, words, at, "tina")
            await expect(page.get_by_text(words)).to_be_visible()
        assert (await page.get_by_label("Write as").input_value()).startswith("“Hi” é")
        house.app.state.live.close()  # as the server's own stop does, or its end would wait for the stream


async def test_without_scripts_the_conversation_offers_to_refresh(tmp_path: Path):
    async with a_house(tmp_path) as house, served(house) as address, a_page(address, scripts=False) as page:
        await page.get_by_text("With the access token").click()
        await page.get_by_label("Access token").fill(TOKEN)
        await page.get_by_label("Access token").press("Enter")
        await page.goto(f"{address}/plans/tina/conversation")
        await expect(page.get_by_role("link", name="Refresh")).to_be_visible()
        await page.get_by_label("Write as").fill("Come at two.")
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_role("status")).to_have_text("Your words are on their way.")
        [(_, event)] = house.intake.events
        assert event.type == "staff_wrote"
