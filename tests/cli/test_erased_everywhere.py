"""A client whose plan was continued three times is erased: who has all files and all keys that are left reads nothing.

The same search finds the words before, so it can fail; and with the destroyed key it finds them after.
"""

import asyncio
import base64
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from domain.actions import AddDeskTask
from domain.client import Client, Consent
from domain.events import SessionCompleted
from domain.names import SEARCH_PLAN, plan_workflow_id
from domain.state import new_state
from domain.workflow_inputs import PlanInput
from records.sql import engine_of
from records.tables import client_keys
from tests.cli.commands import Here
from tests.cli.key_search import opened, words_in_files
from tests.integration.here import a_worker_here
from tests.integration.live_site import Site, a_site, now
from tests.integration.quick_plans import a_plan, a_practice

PLAN, OTHER_PLAN = "long-plan", "other-plan"
PHONE, MAIL = "+12535550171", "quillon.z@canary-mail.example.com"
NAME, NOTE = "Quillon Zabriskie", "tender near the gooseberry scar"
BEFORE, STOP, KEPT = "who sends me this quince", "STOP the zucchini mails", "a letter with cardamom in it"
WORDS = (NAME, NOTE, BEFORE, STOP, KEPT)
OTHERS_NOTE = "knees like a concertina"
SHORT_RUN = 60
"""History events after which a run gives way to the next; in production it is 2,000."""
FORM = (
    '--x\r\nContent-Disposition: form-data; name="envelope"\r\n\r\n{"from": "%s", "to": ["p@in.example.com"]}\r\n'
    '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\nFrom: %s\r\nSubject: hello\r\n\r\n%s\r\n--x--\r\n'
)


@dataclass
class Planted:
    """The site, what it holds of the client, and the keys that open it."""

    site: Site
    folder: Path
    run_ids: list[str]

    def keys_left(self) -> dict[str, bytes]:
        """Every key that somebody with all files and all settings has now, unwrapped."""
        ring = self.site.keys
        keys = {f"ring {entry.partition(':')[0]}": key for entry, key in _ring_keys(ring.dump())}
        engine = engine_of(self.site.database_url)
        with engine.connect() as connection:
            rows = connection.execute(select(client_keys).where(client_keys.c.wrapped.is_not(None))).all()
        engine.dispose()
        return keys | {row.owner_id: ring.decrypt(row.wrapped, b"client-key:" + row.owner_id.encode()) for row in rows}

    def read_by(self, keys: dict[str, bytes]) -> dict[str, set[str]]:
        return words_in_files(self.folder, keys.values(), WORDS)


def _ring_keys(dumped: str) -> list[tuple[str, bytes]]:
    return [(entry, base64.b64decode(entry.partition(":")[2])) for entry in dumped.split(",")]


async def runs_of(site: Site) -> list[str]:
    query = f"WorkflowId = '{plan_workflow_id(PLAN)}'"
    return [run.run_id async for run in site.temporal.list_workflows(query)]


async def before_any_plan(site: Site) -> None:
    """A text and an opt-out by mail of somebody whom nobody knows yet, and a mail that is kept as it came."""
    records = site.records
    await site.intake.take_reply("SM-before", "sms", PHONE, BEFORE)
    await site.intake.take_reply("mail-before", "email", MAIL, STOP)
    form = (FORM % (MAIL, MAIL, KEPT)).encode()
    records.add_small_raw_mail("kept-mail", "multipart/form-data; boundary=x", form)
    task = AddDeskTask(
        key="raw-mail:kept-mail",
        plan_id="",
        kind="reply",
        text=f"A mail came in that can't be read. As it came: {KEPT}",
        at=now(),
        raw_mail="kept-mail",
    )
    records.keep_raw_mail("kept-mail", task)


async def enrolled(site: Site, plan_id: str, client: Client) -> None:
    started_at = now()
    state = new_state(plan_id, a_plan().model_copy(update={"client": client}), site.practice, started_at)
    assert await asyncio.to_thread(site.records.add_plan, state, started_at)
    await site.starter.start_plan(PlanInput(state=state, continue_after_events=SHORT_RUN))
    await asyncio.to_thread(site.records.plan_started, plan_id, started_at)


def a_client(name: str, phone: str, email: str | None = None) -> Client:
    consent = Consent(channel="sms", date=date(2020, 1, 1), source="intake form")
    return Client(name=name, phone=phone, email=email, time_zone="America/Los_Angeles", consents=[consent])


async def a_session(site: Site, plan_id: str, nth: int, note: str) -> None:
    done = SessionCompleted(event_id=f"{plan_id}-{nth}", occurred_at=now(), appointment_id=f"v{nth}", note=note)
    assert (await site.intake.take_event(plan_id, done)).outcome in ("recorded", "stored")


@asynccontextmanager
async def a_long_life(folder: Path) -> AsyncGenerator[Planted]:
    """A site on which the client's plan was continued as new three times, and another client has a plan too."""
    async with a_site(folder, a_practice()) as site, a_worker_here(site):
        await before_any_plan(site)
        await enrolled(site, PLAN, a_client(NAME, PHONE, MAIL))
        await enrolled(site, OTHER_PLAN, a_client("Ben Example", "+12535550175"))
        await a_session(site, OTHER_PLAN, 0, OTHERS_NOTE)
        nth = 0
        while len(await runs_of(site)) < 4:
            await a_session(site, PLAN, nth, NOTE)
            nth += 1
            assert nth < 200, "the workflow never continues as new"
        yield Planted(site, folder, await runs_of(site))


async def histories(site: Site, run_ids: list[str]) -> list[WorkflowHistory]:
    """Those runs that Temporal still has."""
    found: list[WorkflowHistory] = []
    for run_id in run_ids:
        try:
            found.append(await site.temporal.get_workflow_handle(plan_workflow_id(PLAN), run_id=run_id).fetch_history())
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND:
                raise
    return found


def words_in_run(history: WorkflowHistory, keys: dict[str, bytes]) -> set[str]:
    held = b"".join(event.SerializeToString() for event in history.events)
    texts = [held, *(text for key in keys.values() for text in opened(held, key))]
    return {word for word in WORDS if any(word.encode() in text for text in texts)}


@pytest.mark.timeout(300)
async def test_after_erasing_no_file_and_no_run_gives_a_word_with_all_keys_that_are_left(here: Here) -> None:
    folder = here.folder / "var"
    folder.mkdir()
    async with a_long_life(folder) as planted:
        site = planted.site
        here.set(**site.settings())
        before = planted.keys_left()
        client_id = site.records.client_of_plan(PLAN) or ""
        assert len(planted.run_ids) >= 4
        told = [words_in_run(run, before) for run in await histories(site, planted.run_ids)]
        assert len(told) == len(planted.run_ids)
        assert all(NAME in words for words in told)
        assert sum(NOTE in words for words in told) >= 3
        found = planted.read_by(before)
        assert set().union(*(said for name, said in found.items() if name.startswith("records.db"))) == set(WORDS)
        assert {NAME, NOTE} <= set().union(*(said for name, said in found.items() if name.startswith("temporal.db")))
        every_run = len([run async for run in site.temporal.list_workflows(f"{SEARCH_PLAN} = '{PLAN}'")])
        assert every_run >= len(planted.run_ids)

        answer = await asyncio.to_thread(here.run, "erase", PLAN, "--yes")
        assert (answer.code, answer.err) == (0, "")
        assert f"{every_run} of Temporal's runs deleted" in answer.out

        left = planted.keys_left()
        assert set(before) - set(left) == {client_id}
        assert planted.read_by(left) == {}
        assert await histories(site, planted.run_ids) == []
        assert [run async for run in site.temporal.list_workflows(f"{SEARCH_PLAN} = '{PLAN}'")] == []
        files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
        assert not any(before[client_id] in held for held in files)
        # What is left of the rows is there still, and opens with the destroyed key alone: so the search did look at it.
        assert {NAME, NOTE} <= set().union(*planted.read_by({client_id: before[client_id]}).values())
        # And who wasn't erased is as they were.
        assert "Ben Example" in str(await site.temporal.get_workflow_handle(plan_workflow_id(OTHER_PLAN)).query("view"))
        assert OTHERS_NOTE in str(site.records.events_of_plan(OTHER_PLAN))
        assert site.records.is_suppressed("email", MAIL)
