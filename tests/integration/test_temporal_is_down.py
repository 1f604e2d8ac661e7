"""Temporal can't be reached for a while: what comes in is kept, and handed over once it is back."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest_asyncio

from domain.events import AppointmentBooked, Event
from records.views import StoredEvent
from settings import Settings
from tests.integration.here import a_worker_here
from tests.integration.live_site import Site, a_site, now, wait_until
from tests.integration.quick_plans import a_plan, a_practice, heard, phone_of
from web.app import create_app

TOKEN = "a-token-of-the-tests"


@pytest_asyncio.fixture
async def lonely(tmp_path: Path) -> AsyncGenerator[Site]:
    """A site whose server is about to go."""
    async with a_site(tmp_path, a_practice()) as site:
        yield site


def api(site: Site) -> httpx.AsyncClient:
    async def not_ready() -> bool:
        return False

    settings = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    app = create_app(settings, site.records, site.intake, site.practice, site.keys, TOKEN, not_ready)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://127.0.0.1:8000",
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=30,
    )


async def before_it_goes(site: Site, *events: Event) -> None:
    """The first plan, its client welcomed and these events taken."""
    async with a_worker_here(site):
        await site.intake.enroll(a_plan(0))
        await wait_until("the client is welcomed", lambda: heard(site.records, "quick-0").client == {"welcome": 1})
        for event in events:
            assert (await site.intake.take_event("quick-0", event)).outcome == "recorded"


async def test_what_comes_in_while_temporal_is_down_is_kept_and_handed_over_later(lonely: Site) -> None:
    await before_it_goes(lonely)
    await lonely.kill_server()
    visit = {"type": "appointment_booked", "event_id": "book", "occurred_at": now().isoformat()}
    visit |= {"appointment_id": "v1", "starts_at": "2099-01-05T17:00:00Z"}
    async with api(lonely) as web:
        event, enrolled, _ = await asyncio.gather(
            web.post("/api/plans/quick-0/events", json=visit),
            web.post("/api/plans", json=a_plan(1).model_dump(mode="json", exclude_none=True)),
            lonely.intake.take_reply("reply-1", "sms", phone_of(0), "HELP"),
        )
    assert (event.status_code, event.json()) == (202, {"outcome": "stored"})
    assert (enrolled.status_code, enrolled.json()["outcome"]) == (202, "stored")

    await lonely.start_server()
    async with a_worker_here(lonely) as here:
        sweeper = lonely.later(timedelta(seconds=11))
        left: list[StoredEvent] = []
        for _ in range(5):  # the first answers of a server that has just come up may take too long
            await sweeper.sweep()
            left = await asyncio.to_thread(lonely.records.events_to_hand_over, now() + timedelta(hours=1))
            if not left:
                break
        assert left == []
        await wait_until("the reply is answered", lambda: heard(lonely.records, "quick-0").client.get("notice") == 1)
        await wait_until("the new client is welcomed", lambda: heard(lonely.records, "quick-1").client != {})
        async with api(lonely) as web:
            again = await web.post("/api/plans/quick-0/events", json=visit)
            assert (again.status_code, again.json()) == (200, {"outcome": "duplicate"})
            story = (await web.get("/api/plans/quick-0")).json()["timeline"]
        assert sum(line["text"].startswith("A visit was booked for Mon 05 Jan 2099") for line in story) == 1
        assert [line["text"] for line in story if line["direction"] == "in"] == ["HELP"]
        assert len(here.phone.texts) == 2, "the answer and the welcome, each once"


async def test_a_stop_counts_at_once_while_temporal_is_down_and_nothing_is_sent_after_it(lonely: Site) -> None:
    visit_at = now() + timedelta(hours=1, seconds=6)
    await before_it_goes(
        lonely, AppointmentBooked(event_id="book", occurred_at=now(), appointment_id="v1", starts_at=visit_at)
    )
    await lonely.kill_server()
    assert now() < visit_at - timedelta(hours=1), "the reminder was to fall due while the server is away"

    stopping = asyncio.create_task(lonely.intake.take_reply("reply-2", "sms", phone_of(0), "Please stop texting me"))
    await wait_until("the number is suppressed", lambda: lonely.records.is_suppressed("sms", phone_of(0)), seconds=4)
    assert not stopping.done(), "it was to count before Temporal is even asked"
    await stopping

    await lonely.start_server()
    async with a_worker_here(lonely) as here:
        await wait_until("the reminder is dropped", lambda: "A message was not sent (reminder)." in spoken(lonely))
        await lonely.later(timedelta(seconds=11)).sweep()
        await wait_until("the plan knows", lambda: "Understood as: stop." in spoken(lonely))
        assert [text for text in here.phone.texts if "you won't get any more texts" not in text] == []


def spoken(site: Site) -> str:
    """The plan's journal as one text."""
    return "\n".join(line.text for line in site.records.timeline("quick-0"))
