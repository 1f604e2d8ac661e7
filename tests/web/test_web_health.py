"""How things run, in plain words: what is stopped, stuck or failed, each with what to do about it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from domain.actions import AddDeskTask
from domain.client import Channel
from domain.events import PlanPaused
from domain.workflow_inputs import JudgementNote
from records.engines import Kind
from records.senders import stopped_task_key
from tests.saving import judged
from tests.today import this_moment
from tests.web.staff_builder import a_browser, add, text_of
from tests.web.web_builders import House, a_house, a_message, a_state, sent


async def look(house: House) -> str:
    async with a_browser(house, add(house, "owner", email="owner@example.com")) as browser:
        return await text_of(browser, "/health")


def now() -> datetime:
    return this_moment()


def at_work(house: House) -> None:
    """A worker holds the sweep, and Tina's plan runs."""
    house.records.take_lease("sweep", "worker-1", now(), timedelta(minutes=1))
    house.records.plan_started("tina", now())


async def test_when_all_is_well_the_page_says_so(tmp_path: Path):
    async with a_house(tmp_path) as house:
        at_work(house)
        page = await look(house)
        assert "Everything runs." in page
        assert "Temporal answers" in page
        assert "One is at work (worker-1)" in page
        assert "Nothing waits for longer than a minute" in page
        assert f"schema {house.records.head()}" in page
        assert "None. Each one would stand here with its cause" in page
        assert "to mend" not in page


@pytest.mark.parametrize(("channel", "name"), [("sms", "Texts"), ("email", "Emails")])
async def test_a_stopped_sender_says_since_when_by_which_code_and_what_to_do(tmp_path: Path, channel: str, name: str):
    async with a_house(tmp_path) as house:
        at_work(house)
        way = cast(Channel, channel)
        key = stopped_task_key(way, datetime(2026, 1, 5, 20, tzinfo=UTC))
        task = AddDeskTask(key=key, plan_id="", kind="sender_stopped", text="stopped", at=now())
        house.records.stop_sender(way, 20003, datetime(2026, 1, 5, 20, tzinfo=UTC), task)
        page = await look(house)
        assert "Something needs you." in page
        assert f"<strong>{name}</strong> are stopped since Mon Jan 5, 2026, 12:00 PM" in page
        assert "code 20003" in page
        assert "Run “followthrough doctor” on the server" in page


async def test_an_engine_that_is_away_is_said_with_its_fix(tmp_path: Path):
    async with a_house(tmp_path, ready=False) as house:
        at_work(house)
        house.app.state.wiring.engine.away = True
        page = await look(house)
        assert "Temporal doesn't answer" in page
        assert "Start Temporal, or the whole of it with “followthrough up”." in page


async def test_a_worker_that_is_gone_is_missed(tmp_path: Path):
    async with a_house(tmp_path) as house:
        house.records.plan_started("tina", now())
        assert "None has run yet" in await look(house)
    async with a_house(tmp_path) as house:
        house.records.take_lease("sweep", "worker-1", datetime(2026, 1, 5, 20, tzinfo=UTC), timedelta(minutes=1))
        assert "None since Mon Jan 5, 2026, 12:01 PM" in await look(house)


async def test_what_is_stuck_is_counted_by_kind(tmp_path: Path):
    long_ago = datetime(2026, 1, 5, 20, tzinfo=UTC)
    async with a_house(tmp_path) as house:
        at_work(house)
        for number in range(2):
            event = PlanPaused(event_id=f"e{number}", occurred_at=long_ago)
            house.records.add_event("tina", event, long_ago)
        house.records.add_plan(a_state("wes", asked=[]), long_ago)
        row = house.records.intend(a_message("Hi Tina."), long_ago)
        house.records.begin_send(row.message_id, long_ago)
        page = await look(house)
        assert "Events that no plan has heard of: 2, the oldest since Mon Jan 5, 2026, 12:00 PM" in page
        assert "Plans that haven't started: 1" in page
        assert "Messages of which nobody knows whether they went: 1" in page
        assert "claims that no claim has heard of" not in page


async def test_what_came_a_moment_ago_is_not_called_stuck(tmp_path: Path):
    async with a_house(tmp_path) as house:
        at_work(house)
        house.records.add_event("tina", PlanPaused(event_id="e", occurred_at=now()), now())
        assert "Nothing waits for longer than a minute" in await look(house)


async def test_the_last_days_failures_are_counted_by_cause_with_what_to_do(tmp_path: Path):
    async with a_house(tmp_path) as house:
        at_work(house)
        for number, age in enumerate((1, 2, 40)):  # hours; the last one is older than a day
            at = now() - timedelta(hours=age)
            message_id = sent(house.records, a_message("Hi Tina.", key=f"m{number}"), at)
            house.records.delivery(message_id, "undelivered", at, "could not be reached")
        page = await look(house)
        assert "Not delivered: could not be reached" in page
        assert "The phone may be off or out of reach. Phone later." in page
        assert '<span class="chip open">2</span>' in page
        assert "Hi Tina." not in page


async def test_refused_webhooks_are_counted_by_door(tmp_path: Path):
    async with a_house(tmp_path) as house:
        at_work(house)
        cast("Counter[str]", house.app.state.refused_webhooks)["twilio/inbound"] = 3
        page = await look(house)
        assert "for want of a valid signature: twilio/inbound: 3" in page
        assert "PUBLIC_URL, TWILIO_AUTH_TOKEN or the SendGrid public keys" in page


async def test_only_the_owner_sees_how_things_run(tmp_path: Path):
    async with a_house(tmp_path) as house, a_browser(house, add(house)) as browser:
        assert (await browser.get("/health")).status_code == 403


async def test_a_plan_that_nobody_can_judge_is_a_red_line_that_leads_to_its_page(tmp_path: Path):
    async with a_house(tmp_path) as house:
        at_work(house)
        assert "Each can be followed" in await look(house)
    async with a_house(tmp_path) as house:
        since = datetime(2026, 1, 5, 20, tzinfo=UTC)
        house.records.note_judgement(JudgementNote(plan_id="tina", since=since, failing=True, at=since))
        page = await look(house)
        assert "One can't be followed since Mon Jan 5, 2026, 12:00 PM: nothing goes out for its client" in page
        assert 'href="/plans/tina"' in page
        assert "to mend" in page


async def test_a_plan_that_nobody_looked_at_in_time_is_said_with_what_to_do(tmp_path: Path):
    async with a_house(tmp_path) as house:
        at_work(house)
        late = now() - timedelta(minutes=11)
        house.records.save_judgement(judged(a_state("tina", revision=1), late, before=a_state("tina")))
        page = await look(house)
        assert "Plans or claims that nobody has looked at in time, 1 in all: tina" in page
        assert "See whether a worker runs" in page
        told = await house.browser.get("/readyz")
        assert told.status_code == 503
        assert "nobody has looked at in time, 1 in all: tina" in told.json()["detail"]


@pytest.mark.parametrize(
    ("kind", "words", "fix"),
    [
        ("other server", "This is another Temporal server", "accept-temporal --yes"),
        ("unknown", "The records know nothing of workflows that run in Temporal, 1 in all: plan-x", "bring back"),
        ("closed", "Open here, but closed in Temporal, 1 in all: plan-x", "Look after these clients"),
        ("older", "The records were older than Temporal, for 1 plans or claims: plan-x", "A copy from before"),
    ],
)
async def test_where_records_and_temporal_disagree_that_is_said_with_what_to_do(
    tmp_path: Path, kind: Kind, words: str, fix: str
):
    async with a_house(tmp_path) as house:
        at_work(house)
        house.records.note_disagreement(kind, "plan-x")
        page = await look(house)
        assert words in page
        assert fix in page
        assert words in (await house.browser.get("/readyz")).json()["detail"]


async def test_a_workflow_that_is_missing_is_started_soon_and_only_to_be_watched(tmp_path: Path):
    async with a_house(tmp_path) as house:
        at_work(house)
        house.records.note_disagreement("missing", "plan-x")
        page = await look(house)
        assert "has no workflow in Temporal yet, 1 in all: plan-x" in page
        assert (await house.browser.get("/readyz")).json() == {"status": "ready"}
