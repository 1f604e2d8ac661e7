"""The conversation with a client: both ways and across channels in order of time, and a person who writes in it."""

import asyncio
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from domain.events import ConversationReleased, ConversationTaken, StaffWrote
from domain.touchpoint import STAFF_MESSAGE
from tests.today import this_moment
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.web_builders import NOON, TINA_PHONE, a_house, a_message, a_plan, a_state, sent
from web.live import PlanWatch

ONCE = "page-" + "1" * 24
HERE = "/plans/tina/conversation"


async def send(browser: httpx.AsyncClient, path: str = HERE, **fields: str) -> httpx.Response:
    return await browser.post(path, data={"csrf": await csrf_of(browser), "event_id": ONCE, **fields})


async def test_texts_mails_and_staff_words_stand_in_order_of_time_under_their_days(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        by_hand = a_message("Harbor Massage: of course.", key="m2").model_copy(
            update={"template": STAFF_MESSAGE, "because": "Robin wrote"}
        )
        house.records.add_inbound("SM1", "sms", TINA_PHONE, "May I swim?", NOON + timedelta(hours=1), "tina")
        sent(house.records, a_message("Hi Tina, welcome."), NOON)
        sent(house.records, by_hand, NOON + timedelta(days=1))
        mail = "Thank you!\n\nOn Mon, Jan 5, 2026 at 2:00 PM Harbor <desk@example.com> wrote:\n> Hi Tina, welcome."
        house.records.add_inbound("M1", "email", "tina@example.com", mail, NOON + timedelta(days=2), "tina")
        page = await text_of(browser, HERE)
        words = ["Mon Jan 5, 2026", "Hi Tina, welcome.", "May I swim?", "Tue Jan 6, 2026", "of course.", "Thank you!"]
        places = [page.index(each) for each in words]
        assert places == sorted(places)
        assert page.count("Hi Tina, welcome.") == 1  # the mail is shown without what it quotes
        assert "Robin" in page.partition("of course.")[2].partition("</li>")[0]
        assert "Welcome, automatic" in page.partition("Hi Tina, welcome.")[2].partition("</li>")[0]


async def test_words_to_staff_are_no_part_of_the_conversation(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        sent(house.records, a_message("A plan needs your decision.", to="therapist"))
        assert "A plan needs your decision." not in await text_of(browser, HERE)
        assert "Nobody has written yet." in await text_of(browser, HERE)


async def test_what_did_not_arrive_says_why_and_what_to_do(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        message_id = sent(house.records, a_message("Hi Tina, welcome."))
        house.records.delivery(message_id, "undelivered", NOON, "could not be reached")
        page = await text_of(browser, HERE)
        assert "did not arrive" in page
        assert "Could not be reached. The phone may be off or out of reach. Phone later." in page


async def test_what_a_person_writes_becomes_an_event_with_their_name_and_the_chosen_channel(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house, "front_desk")) as browser:
        answer = await send(browser, words=" Come at two.\r\nBring socks. ", channel="email")
        assert answer.headers["location"] == f"{HERE}?told=said#write"
        [(plan_id, event)] = house.intake.events
        assert isinstance(event, StaffWrote)
        assert (plan_id, event.text, event.by, event.channel) == (
            "tina",
            "Come at two.\nBring socks.",
            "Dana Quill",
            "email",
        )


@pytest.mark.parametrize("words", ["", "   ", "x" * 481])
async def test_empty_and_endless_words_are_refused_and_stay_in_the_box(tmp_path: Path, words: str):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        answer = await send(browser, words=words)
        assert answer.status_code == 422
        assert "Write 1 to 480 characters" in answer.text
        assert words.strip() in answer.text
        assert house.intake.events == []


async def test_a_refusal_of_the_plan_keeps_the_words(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        house.intake.refuses = "this client opted out; phone them"
        answer = await send(browser, words="Come at two.")
        assert answer.status_code == 409
        assert "This client opted out; phone them." in answer.text
        assert ">Come at two.</textarea>" in answer.text


async def test_the_page_says_how_many_characters_one_text_holds(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        page = await text_of(browser, HERE)
        assert "A text holds 144 characters after “Harbor Massage: ”" in page  # 160 without the 16 of the name
        assert 'data-begins="Harbor Massage: "' in page


async def test_a_client_who_opted_out_is_to_be_phoned_and_there_is_no_box(tmp_path: Path):
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(opted_out=["sms", "email"]), NOON)
        page = await text_of(browser, HERE)
        assert "Tina asked for no more messages." in page
        assert 'Phone this client: <a href="tel:+12065550101">' in page
        assert "<textarea" not in page


async def test_a_client_who_agreed_to_texts_only_is_offered_no_email(tmp_path: Path):
    client = a_plan().client
    consents = [each for each in client.consents if each.channel == "sms"]
    texts_only = a_plan(client=client.model_copy(update={"consents": consents}))
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(plan=texts_only), NOON)
        page = await text_of(browser, HERE)
        assert "It goes by text." in page
        assert 'value="email"' not in page


async def test_somebody_takes_over_and_hands_back(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        await send(browser, f"{HERE}/take")
        await send(browser, f"{HERE}/release")
        [(_, taken), (_, released)] = house.intake.events
        assert isinstance(taken, ConversationTaken)
        assert isinstance(released, ConversationReleased)
        assert (taken.by, released.by) == ("Dana Quill", "Dana Quill")


async def test_a_banner_says_who_is_in_the_conversation_and_until_when(tmp_path: Path):
    until = this_moment() + timedelta(hours=1)
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(conversation_by="Robin", conversation_until=until), NOON)
        for path in (HERE, "/plans/tina"):
            assert "<strong>Robin is in the conversation</strong> until" in await text_of(browser, path)
        assert "Take over without writing" not in await text_of(browser, HERE)


async def test_a_conversation_whose_time_is_over_has_no_banner(tmp_path: Path):
    until = this_moment() - timedelta(minutes=1)
    async with a_house(tmp_path, empty=True) as house, a_browser(house, add(house)) as browser:
        house.records.add_plan(a_state(conversation_by="Robin", conversation_until=until), NOON)
        assert "in the conversation</strong>" not in await text_of(browser, HERE)


async def test_what_a_client_wrote_is_shown_as_text_and_never_run(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        house.records.add_inbound("SM1", "sms", TINA_PHONE, "<script>alert(1)</script>", NOON, "tina")
        raw = (await browser.get(HERE)).text
        assert "<script>alert" not in raw
        assert "<script>alert(1)</script>" in unescape(raw)


def mark_on(page: str) -> str:
    return page.partition('data-mark="')[2].partition('"')[0]


async def test_an_open_page_is_told_once_a_reply_comes(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        mark = mark_on(await text_of(browser, HERE))
        stream = asyncio.create_task(browser.get("/plans/tina/events-stream", params={"since": mark}))
        await asyncio.sleep(0.2)
        assert not stream.done()
        house.records.add_inbound("SM1", "sms", TINA_PHONE, "May I swim?", NOON, "tina")
        told = await asyncio.wait_for(stream, 10)
        assert told.headers["content-type"].startswith("text/event-stream")
        assert "event: changed" in told.text
        assert f"data: {mark_on(await text_of(browser, HERE))}" in told.text
        assert "swim" not in told.text


async def test_a_page_that_is_behind_is_told_at_once(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        told = await asyncio.wait_for(browser.get("/plans/tina/events-stream"), 5)
        assert "event: changed" in told.text
        assert (await browser.get("/plans/nobody/events-stream")).status_code == 404


class Marks:
    """Marks that a test sets, and how often they were asked for."""

    def __init__(self) -> None:
        self.now = {"a": "1", "b": "1"}
        self.asked = 0

    def __call__(self, plan_ids: object) -> dict[str, str]:
        self.asked += 1
        return dict(self.now)


QUICK = timedelta(milliseconds=20)


async def test_a_hundred_viewers_cost_what_one_does():
    marks = Marks()
    watch = PlanWatch(marks, QUICK)
    viewers = [asyncio.create_task(watch.changed("ab"[n % 2], "1", timedelta(seconds=10))) for n in range(100)]
    await asyncio.sleep(0.2)
    marks.now = {"a": "2", "b": "3"}
    told = await asyncio.wait_for(asyncio.gather(*viewers), 5)
    assert sorted(set(told), key=str) == ["2", "3"]
    assert marks.asked < 30
    asked = marks.asked
    await asyncio.sleep(0.1)
    assert marks.asked <= asked + 1  # nobody looks on: it rests


async def test_nobody_waits_for_an_open_page_when_the_server_stops():
    watch = PlanWatch(Marks(), QUICK)
    viewer = asyncio.create_task(watch.changed("a", "1", timedelta(minutes=5)))
    await asyncio.sleep(0.05)
    watch.close()
    assert await asyncio.wait_for(viewer, 1) is None
    assert await watch.changed("a", "1", timedelta(minutes=5)) is None


async def test_a_viewer_is_let_go_after_a_while_and_the_records_may_be_away_meanwhile():
    def away(plan_ids: object) -> dict[str, str]:
        raise OSError("the records are away")

    watch = PlanWatch(away, QUICK)
    assert await watch.changed("a", "1", timedelta(milliseconds=100)) is None


async def test_the_trail_has_no_row_for_a_stream(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        await browser.get("/plans/tina/events-stream")
        assert "saw plan changes" not in [row.what for row in house.records.audit()]
