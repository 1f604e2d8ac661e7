"""Stories are played beside the practice: told at their pace, two at once, while somebody looks, and never in it."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.progress_chart import chart_of
from domain.state import Value
from tests.web.staff_builder import a_browser, add, csrf_of, text_of
from tests.web.web_builders import NOON, House, a_house, a_state
from web import plays
from web.plays import Plays
from web.story_told import STORIES, StoryEnd, StoryLine, Told


def a_line(text: str, share: float, **changes: str) -> Told:
    fields = {"kind": "reminder", "direction": "out", "channel": "sms", "to": "client", "because": "a visit is near"}
    at = datetime(2026, 11, 26, 16, 10, tzinfo=UTC)
    return Told(share=share, line=StoryLine.model_validate({"at": at, "text": text} | fields | changes))


def a_chart(share: float) -> Told:
    state = a_state(values=[Value(goal_id="pain", value=6.0, session=1, at=NOON, rater="therapist")])
    chart = chart_of(state, "pain")
    assert chart is not None
    return Told(share=share, charts=[chart])


END = Told(share=1.0, end=StoryEnd(status="ended", goals={"pain": "met"}, claims={}))
STORY = [
    a_line("Cedar Hill: see you tomorrow.", 0.2),
    a_line("Yes <b>please</b>", 0.3, direction="in", to="", kind="reply"),
    a_line("You have a message.", 0.4, channel="email"),
    a_line("A session took place.", 0.5, channel="none", direction="none", to="", kind="event"),
    a_chart(0.5),
    END,
]


@dataclass
class Theatre:
    """Plays what it was given instead of an example, and notes what was begun and what was ended."""

    story: list[Told] = field(default_factory=lambda: list(STORY))
    begun: list[str] = field(default_factory=list[str])
    ended: int = 0
    goes_on: bool = False

    async def __call__(self, name: str) -> AsyncGenerator[bytes]:
        self.begun.append(name)
        try:
            yield b"a warning of some library\n"
            for told in self.story:
                yield told.model_dump_json().encode()
            if self.goes_on:
                await asyncio.Event().wait()
        finally:
            self.ended += 1


@asynccontextmanager
async def a_theatre(folder: Path, theatre: Theatre, over_seconds: float = 0.0) -> AsyncGenerator[House]:
    async with a_house(folder) as house:
        house.app.state.plays = Plays(theatre, over_seconds)
        await house.log_in()
        try:
            yield house
        finally:
            await house.app.state.plays.close()


async def begin(house: House, name: str = "sarah") -> str:
    """Play it; the address of the play."""
    answer = await house.browser.post(f"/stories/{name}", data={"csrf": await csrf_of(house.browser)})
    assert answer.status_code == 303
    return answer.headers["location"]


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 - what is waited for is a plain number of the page's
            await asyncio.sleep(0.02)


def play_at(house: House, address: str) -> plays.Play:
    play = house.app.state.plays.find(address.rpartition("/")[2])
    assert play is not None
    return play


async def test_every_example_is_offered_and_there_is_a_file_for_each(tmp_path: Path):
    async with a_theatre(tmp_path, Theatre()) as house:
        page = await text_of(house.browser, "/stories")
        for story in STORIES:
            assert f'action="/stories/{story.name}"' in page
            assert (Path(__file__).parents[2] / "examples" / f"{story.name}.yaml").exists()
            assert story.client in (Path(__file__).parents[2] / "examples" / f"{story.name}.yaml").read_text("utf-8")


async def test_a_page_without_scripts_shows_the_story_so_far_and_loads_itself_again(tmp_path: Path):
    theatre = Theatre(story=STORY[:-1], goes_on=True)
    async with a_theatre(tmp_path, theatre) as house:
        address = await begin(house)
        await until(lambda: len(play_at(house, address).told) == 5)
        answer = await house.browser.get(address)
        assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in answer.text
        assert answer.text.count("Cedar Hill: see you tomorrow.") == 2  # in the timeline and on the phone
        assert "Yes <b>please</b>" not in answer.text
        assert unescape(answer.text).count("Yes <b>please</b>") == 2
        assert answer.text.count("A session took place.") == 1
        assert 'alt="Pain from 0 to 10: from 7 to 6 after the first session;' in answer.text
        chart = answer.text.partition('<img class="chart" src="')[2].partition('"')[0]
        for theme in ("", "?theme=dark"):
            drawn = await house.browser.get(chart + theme)
            assert drawn.headers["content-type"].startswith("image/svg+xml")
        assert play_at(house, address).over is False


async def test_a_story_that_is_over_says_how_it_ended_and_can_be_played_again(tmp_path: Path):
    async with a_theatre(tmp_path, Theatre()) as house:
        address = await begin(house)
        await until(lambda: play_at(house, address).over)
        page = await text_of(house.browser, address)
        assert "The plan is now: ended. Pain: met." in page
        assert "http-equiv" not in page
        assert "Play the story again" in page


async def test_the_news_of_a_story_come_as_pieces_of_the_page(tmp_path: Path):
    async with a_theatre(tmp_path, Theatre()) as house:
        address = await begin(house)
        told = await news(house.browser, f"{address}/news?since=1")
        assert [sorted(piece) for piece in told] == [
            ["day", "texts", "timeline"],
            ["day", "mail", "timeline"],
            ["day", "timeline"],
            ["charts"],
            ["end"],
        ]
        assert "Yes &lt;b&gt;please&lt;/b&gt;" in told[0]["texts"]
        assert told[0]["day"] == "Thu Nov 26, 2026"
        assert f'src="{address}/charts/4/0.svg"' in told[3]["charts"]
        again = await news(house.browser, f"{address}/news", {"Last-Event-ID": "5"})
        assert [sorted(piece) for piece in again] == [["end"]]


async def news(browser: httpx.AsyncClient, address: str, headers: dict[str, str] | None = None) -> list[dict[str, str]]:
    answer = await browser.get(address, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [block.splitlines() for block in answer.text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    assert "event: over" in blocks[-1]
    return [json.loads(line[6:]) for block in blocks for line in block if line.startswith("data: {")]


async def test_what_is_told_waits_for_its_time(tmp_path: Path):
    async with a_theatre(tmp_path, Theatre(), over_seconds=1.5) as house:
        play = play_at(house, await begin(house))
        await until(lambda: len(play.told) == 1)
        first = asyncio.get_running_loop().time()
        await until(lambda: play.over)
        assert asyncio.get_running_loop().time() - first > 1.0


async def test_two_stories_are_played_at_once_and_a_third_must_wait(tmp_path: Path):
    theatre = Theatre(story=[], goes_on=True)
    async with a_theatre(tmp_path, theatre) as house:
        first = await begin(house, "tina")
        await begin(house, "tom")
        form = {"csrf": await csrf_of(house.browser)}
        refused = await house.browser.post("/stories/sarah", data=form)
        assert refused.status_code == 409
        assert "2 stories are being played already" in refused.text
        play_at(house, first).seen -= 60
        await until(lambda: theatre.ended == 1)
        await begin(house, "sarah")
        assert theatre.begun == ["tina", "tom", "sarah"]


@pytest.mark.parametrize(("what", "long_ago"), [("seen", plays.UNSEEN_SECONDS), ("began", plays.LONGEST_SECONDS)])
async def test_a_play_ends_when_nobody_looks_and_after_five_minutes(tmp_path: Path, what: str, long_ago: float):
    theatre = Theatre(story=[], goes_on=True)
    async with a_theatre(tmp_path, theatre) as house:
        address = await begin(house)
        play = play_at(house, address)
        await until(lambda: theatre.begun == ["sarah"])
        setattr(play, what, getattr(play, what) - long_ago - 1)
        await until(lambda: play.over and theatre.ended == 1)
        assert "The story was cut short." in await text_of(house.browser, address)


async def test_plays_that_are_over_are_put_away_in_time(tmp_path: Path):
    async with a_theatre(tmp_path, Theatre(story=[END])) as house:
        addresses: list[str] = []
        for _ in range(plays.MOST_KEPT + 1):
            addresses.append(await begin(house))
            await until(lambda: play_at(house, addresses[-1]).over)
        gone = await house.browser.get(addresses[0])
        assert gone.status_code == 404
        assert "Play the story again" in gone.text
        assert (await house.browser.get(addresses[-1])).status_code == 200


async def test_playing_a_story_leaves_the_practices_records_alone(tmp_path: Path):
    async with a_theatre(tmp_path, Theatre()) as house:
        before = (house.records.plans(), house.records.timeline("tina"), house.records.phone_threads())
        address = await begin(house)
        await until(lambda: play_at(house, address).over)
        assert (house.records.plans(), house.records.timeline("tina"), house.records.phone_threads()) == before


async def test_a_story_is_begun_only_by_the_button_of_somebody_who_is_logged_in(tmp_path: Path):
    theatre = Theatre()
    async with a_theatre(tmp_path, theatre) as house:
        assert (await house.browser.post("/stories/sarah", data={"csrf": "x"})).status_code == 403
        async with a_browser(house) as stranger:
            assert (await stranger.get("/stories")).status_code == 303
            assert (await stranger.post("/stories/sarah")).status_code == 303
        async with a_browser(house, add(house, "therapist")) as therapist:
            assert (await therapist.get("/stories/sarah")).status_code == 200
        assert (await house.browser.get("/stories/sarah")).status_code == 200
        assert (await house.browser.get("/stories/nobody")).status_code == 404
        assert theatre.begun == []


async def test_where_messages_really_go_out_there_are_no_stories(tmp_path: Path):
    keys: dict[str, Any] = {"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "secret"}
    keys |= {"twilio_from_number": "+12065550199", "public_url": "https://desk.example"}
    async with a_house(tmp_path, messaging="live", **keys) as house:
        await house.log_in()
        assert (await house.browser.get("/stories")).status_code == 404
