"""The local phone: what clients see, and that a reply goes the same way as a vendor's webhook."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from tests.web.web_builders import HOME, NOON, TINA_PHONE, House, a_house, a_message, a_practice, sent
from web.rendering import linked

LIVE: dict[str, Any] = {
    "messaging": "live",
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": "secret",
    "twilio_from_number": "+12065550100",
    "public_url": "https://plans.example.com",
}


def sms_thread(house: House) -> str:
    return next(t.thread_id for t in house.records.phone_threads() if t.channel == "sms" and t.role == "client")


async def test_the_phone_is_there_only_while_messages_stay_on_this_machine(tmp_path: Path):
    async with a_house(tmp_path, **LIVE) as house:
        await house.log_in()
        assert (await house.browser.get("/phone")).status_code == 404
        assert (await house.browser.post("/phone/x", data={"text": "hello"})).status_code == 404
        assert 'href="/phone"' not in (await house.browser.get("/")).text


async def test_each_client_has_a_phone_with_texts_and_a_mailbox(tmp_path: Path):
    async with a_house(tmp_path) as house:
        sent(house.records, a_message("Hi Tina, welcome."))
        sent(house.records, a_message("Your plan in writing.", key="m2", channel="email"))
        await house.log_in()
        page = unescape((await house.browser.get("/phone")).text)
        assert "Hi Tina, welcome." in page
        assert "Your plan in writing." in page
        assert "<strong>Welcome</strong>" in page
        assert "…0101" in page
        assert TINA_PHONE not in page
        assert page.index("Messages <span") < page.index("Mailbox <span")
        assert page.count('class="reply"') == 2


async def test_staff_are_below_the_clients_and_have_no_reply_box(tmp_path: Path):
    async with a_house(tmp_path) as house:
        sent(house.records, a_message("Tina needs you.", key="m3", to="therapist"))
        await house.log_in()
        page = unescape((await house.browser.get("/phone")).text)
        below = page[page.index("Staff") :]
        assert "Tina needs you." in below
        assert 'class="reply"' not in below


async def test_a_reply_is_taken_in_as_the_clients_and_appears_in_the_thread(tmp_path: Path):
    async with a_house(tmp_path) as house:
        sent(house.records, a_message("Will you come? Reply C."))
        await house.log_in()
        thread = sms_thread(house)
        csrf = await house.csrf("/phone")
        for text in (" C ", "C"):
            answer = await house.browser.post(f"/phone/{thread}", data={"text": text, "csrf": csrf})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/phone#thread-{thread}")
        first, second = house.intake.replies
        assert first[1:] == ("sms", TINA_PHONE, "C")
        assert first[0].startswith("local-")
        assert first[0] != second[0]  # the same word twice is two replies
        fragment = (await house.browser.get("/phone/fragment")).text
        assert fragment.count("<p>C</p>") == 2
        assert "<html" not in fragment


async def test_an_empty_reply_is_nobodys_and_a_very_long_one_is_cut_like_a_text(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        thread, csrf = sms_thread(house), await house.csrf("/phone")
        await house.browser.post(f"/phone/{thread}", data={"text": "  \n", "csrf": csrf})
        await house.browser.post(f"/phone/{thread}", data={"csrf": csrf})
        assert house.intake.replies == []
        await house.browser.post(f"/phone/{thread}", data={"text": "x" * 2000, "csrf": csrf})
        assert len(house.intake.replies[0][3]) == 1600


async def test_a_strange_site_can_not_reply_in_a_clients_name(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        thread, csrf = sms_thread(house), await house.csrf("/phone")
        good = {"text": "STOP", "csrf": csrf}
        cases = [
            (good, {"Origin": "http://evil.example"}),
            (good, {"Origin": "http://127.0.0.1:9000"}),
            ({"text": "STOP"}, {"Origin": HOME}),
        ]
        for form, headers in cases:
            assert (await house.browser.post(f"/phone/{thread}", data=form, headers=headers)).status_code == 403
        rebound = {"Host": "evil.example:8000", "Origin": "http://evil.example:8000"}
        cookie = f"followthrough_login={house.browser.cookies['followthrough_login']}"
        answer = await house.browser.post(f"/phone/{thread}", data=good, headers=rebound | {"Cookie": cookie})
        assert answer.status_code == 403
        assert house.intake.replies == []


async def test_a_phone_that_is_gone_is_told(tmp_path: Path):
    async with a_house(tmp_path) as house:
        await house.log_in()
        answer = await house.browser.post("/phone/gone", data={"text": "hi", "csrf": await house.csrf("/phone")})
        assert answer.status_code == 404


async def test_the_demo_says_that_it_sends_at_any_hour(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with a_house(tmp_path / "a", practice=a_practice(demo=True)) as house:
        await house.log_in()
        page = (await house.browser.get("/phone")).text
        assert "Nothing here leaves this machine" in page
        assert "This demo practice sends at any hour and without caps" in page
        assert "Three example plans were enrolled at the start" in page
    async with a_house(tmp_path / "b") as house:
        await house.log_in()
        page = (await house.browser.get("/phone")).text
        assert "Nothing here leaves this machine" in page
        assert "at any hour" not in page
        assert "example plans" not in page
        assert "Times are in America/Los_Angeles." in page


async def test_links_to_our_own_pages_can_be_followed_in_messages_to_staff(tmp_path: Path):
    ours = "http://127.0.0.1:8000/escalations/e1"
    link = f'<a href="{ours}" rel="noreferrer">{ours}</a>'
    async with a_house(tmp_path) as house:
        sent(house.records, a_message(f"Please decide: {ours}.", key="m3", to="therapist"))
        sent(house.records, a_message(f"Nothing to follow for a client: {ours}"))
        await house.log_in()
        page = (await house.browser.get("/phone")).text
        assert f"Please decide: {link}." in page
        assert f"Nothing to follow for a client: {ours}" in page


def test_only_links_to_this_server_are_links_and_everything_is_escaped():
    hosts = {"127.0.0.1", "plans.example.com"}
    for text in (
        "see https://evil.example/x",
        "javascript://127.0.0.1/%0aalert(1)",
        "http://127.0.0.1.evil.example/",
        "http://evil.example\\@127.0.0.1/",
        "http://[127.0.0.1/",
    ):
        assert "<a " not in linked(text, hosts)
    assert '<a href="http://127.0.0.1" rel' in linked("http://127.0.0.1@evil.example/", hosts)
    assert linked('<b> https://plans.example.com/?a=1&b=2" x', hosts) == (
        '&lt;b&gt; <a href="https://plans.example.com/?a=1&amp;b=2" rel="noreferrer">'
        "https://plans.example.com/?a=1&amp;b=2</a>&#34; x"
    )


async def test_columns_stay_in_their_order_while_messages_come_in(tmp_path: Path):
    from tests.web.web_builders import a_plan, a_state

    async with a_house(tmp_path) as house:
        other = a_plan("abe", client=a_plan().client.model_copy(update={"name": "Abe Zorn", "phone": "+12065550103"}))
        house.records.add_plan(a_state("abe", plan=other, asked=[]), NOON)
        await house.log_in()
        for number in range(2):
            sent(house.records, a_message(f"text {number}", key=f"k{number}"), NOON + timedelta(hours=number))
            page = (await house.browser.get("/phone")).text
            assert page.index("Abe Zorn") < page.index("Tina Ferris")
