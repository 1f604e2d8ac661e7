"""The page behind a mail's link: readable for its month by whoever holds the link, and one button that stops it all."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx

from activities.start import WorkflowStarter
from domain.actions import SendMessage
from domain.client import Channel
from domain.incoming import Incoming
from records.views import StoredEvent
from tests.today import this_moment
from tests.web.web_builders import NOON, TINA_PHONE, FakeIntake, House, a_house, a_message, a_practice, sent
from web.intake import Intake
from web.reply_intake import ReplyIntake

SECOND = timedelta(seconds=1)
TINA = "tina@example.com"
TEXT = "Hi Tina, your <visit> is on Wednesday at 12:00."


def a_mail(**changes: Any) -> SendMessage:
    return a_message(TEXT, channel="email").model_copy(update=changes)


def a_link(house: House, message: SendMessage | None = None, *, lasts: timedelta = timedelta(days=30)) -> str:
    """The path of the page of a mail that went out."""
    message_id = sent(house.records, message or a_mail())
    return f"/m/{house.records.link_to_message(message_id, this_moment() + lasts)}"


async def read(house: House, path: str) -> httpx.Response:
    return await house.browser.get(path)


async def stop(house: House, path: str) -> httpx.Response:
    """What a mail program posts for its "unsubscribe" (RFC 8058), without cookies."""
    return await house.browser.post(f"{path}/unsubscribe", data={"List-Unsubscribe": "One-Click"})


@asynccontextmanager
async def a_house_that_reads(folder: Path) -> AsyncGenerator[House]:
    """With the real way in for replies, whose events can be counted; only no workflow runs."""

    class Reads(FakeIntake):
        async def store_reply(
            self, provider_id: str, channel: Channel, from_address: str, text: str, **more: Any
        ) -> list[StoredEvent]:
            now = this_moment()
            words = {"provider_id": provider_id, "channel": channel, "from_address": from_address, "text": text}
            replies = ReplyIntake(self.records, cast(WorkflowStarter, None), a_practice())
            return await replies.store(Incoming(**words, at=now, **more), now)

    async with a_house(folder) as house:
        intake = cast(Intake, Reads(house.records))
        house.app.state.wiring = replace(house.app.state.wiring, intake=intake)
        yield house


def what_the_plan_heard(house: House) -> list[str]:
    waiting = house.records.events_to_hand_over(this_moment() + timedelta(days=1))
    return [stored.event.type for stored in waiting]


async def test_whoever_holds_the_link_reads_the_message_without_a_login(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await read(house, a_link(house))
        assert answer.status_code == 200
        for shown in ("Harbor Massage", "Hi Tina, your &lt;visit&gt; is on Wednesday at 12:00.", "+1 206-555-0100"):
            assert shown in answer.text
        assert "Mon Jan 5, 12:00 PM" in answer.text
        assert "Stop all messages" in answer.text


async def test_the_page_stays_out_of_caches_and_search_engines_and_shows_nothing_of_the_desk(tmp_path: Path):
    async with a_house(tmp_path) as house:
        path = a_link(house)
        await house.log_in()
        for answer in (await read(house, path), await read(house, "/m/wrong"), await stop(house, path)):
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-robots-tag"] == "noindex, nofollow"
            assert "/escalations" not in answer.text
            assert 'href="/"' not in answer.text


async def test_a_spanish_client_reads_a_spanish_page(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await read(house, a_link(house, a_mail(language="es")))
        assert '<html lang="es">' in answer.text
        assert "No recibir más mensajes" in answer.text


async def test_opening_the_link_changes_nothing_however_often_scanners_do_it(tmp_path: Path):
    async with a_house(tmp_path) as house:
        path = a_link(house)
        for _ in range(3):
            await read(house, path)
        assert (await read(house, f"{path}/unsubscribe")).status_code == 405
        assert not house.records.is_suppressed("email", TINA)
        assert house.intake.replies == []


async def test_a_link_that_is_over_shows_only_whom_to_call(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await read(house, a_link(house, lasts=-SECOND))
        assert answer.status_code == 410
        assert "can no longer be read" in answer.text
        assert "+1 206-555-0100" in answer.text
        assert "Wednesday" not in answer.text


async def test_a_link_that_we_never_gave_out_is_not_found(tmp_path: Path):
    async with a_house(tmp_path) as house:
        path = a_link(house)
        message_id = path.removeprefix("/m/").partition(".")[0]
        forged = [
            "/m/wrong",
            f"{path}0",
            f"/m/{message_id}",
            f"/m/{message_id}.ffffffff.{'0' * 32}",
            "/m/%ff%00",
            "/m/é",
        ]
        for other in forged:
            assert (await read(house, other)).status_code == 404
            assert (await stop(house, other)).status_code == 404
        assert house.intake.replies == []


async def test_a_link_shows_nothing_of_a_client_whose_data_was_erased(tmp_path: Path):
    async with a_house(tmp_path) as house:
        path = a_link(house)
        house.records.destroy_client_key(house.records.client_of_plan("tina") or "", NOON)
        for answer in (await read(house, path), await stop(house, path)):
            assert answer.status_code == 410
            assert "Wednesday" not in answer.text
            assert "Tina" not in answer.text


async def test_a_mail_to_staff_has_no_page(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await read(house, a_link(house, a_mail(audience="therapist", key="t")))
        assert answer.status_code == 410
        assert "Wednesday" not in answer.text


async def test_one_post_without_login_or_redirect_stops_all_mails_and_the_plan_hears_of_it(tmp_path: Path):
    async with a_house(tmp_path) as house:
        answer = await stop(house, a_link(house))
        assert answer.status_code == 200
        assert "You will get no more automatic emails from us." in answer.text
        assert house.records.is_suppressed("email", TINA)
        assert not house.records.is_suppressed("sms", TINA_PHONE)
        [reply] = house.intake.replies
        assert reply[1:] == ("email", TINA, "STOP")
        assert house.intake.how == [{"plan_id": "tina", "trusted": True, "carrier_answered": True}]
        assert house.intake.handed_over == 1


async def test_a_link_that_can_no_longer_be_read_still_stops_all_mails(tmp_path: Path):
    async with a_house(tmp_path) as house:
        assert (await stop(house, a_link(house, lasts=-timedelta(days=300)))).status_code == 200
        assert house.records.is_suppressed("email", TINA)


async def test_pressing_the_button_twice_is_one_opt_out(tmp_path: Path):
    async with a_house_that_reads(tmp_path) as house:
        path = a_link(house)
        for _ in range(3):
            assert (await stop(house, path)).status_code == 200
        assert what_the_plan_heard(house) == ["client_replied"]
        house.records.lift_suppression("email", TINA, this_moment(), "START")
        assert not house.records.is_suppressed("email", TINA)


async def test_a_client_who_agreed_again_can_press_the_button_again(tmp_path: Path):
    async with a_house_that_reads(tmp_path) as house:
        path = a_link(house)
        await stop(house, path)
        house.records.lift_suppression("email", TINA, this_moment(), "START")
        await stop(house, path)
        assert house.records.is_suppressed("email", TINA)
        assert what_the_plan_heard(house) == ["client_replied", "client_replied"]
