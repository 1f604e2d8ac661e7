"""`python worker.py` and `followthrough web` as two processes, on a Temporal server and PostgreSQL of the settings."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from programs.embedded import free_port
from tests.integration.live_site import Program, Site, a_site, now, wait_until
from tests.integration.quick_plans import MODIFY, a_plan, a_practice, heard
from tests.records.postgres_server import running_postgres

TOKEN = "a-token-of-the-tests"


@dataclass
class Clinic:
    """A site with both processes, and another program that speaks to it by HTTP."""

    site: Site
    http: httpx.AsyncClient

    async def tell(self, plan_id: str, **event: Any) -> httpx.Response:
        body = {"occurred_at": now().isoformat()} | event
        return await self.http.post(f"/api/plans/{plan_id}/events", json=body)

    async def enroll(self, nth: int) -> str:
        answer = await self.http.post("/api/plans", json=a_plan(nth).model_dump(mode="json", exclude_none=True))
        assert answer.status_code in (201, 202), answer.text
        plan_id = str(answer.json()["plan_id"])
        await wait_until("the client is welcomed", lambda: "welcome" in heard(self.site.records, plan_id).client)
        return plan_id


@pytest.fixture(scope="module")
def postgres_url() -> Generator[str]:
    with running_postgres() as server:
        yield server.new_database()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def clinic(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Clinic]:
    async with a_site(tmp_path_factory.mktemp("clinic"), a_practice(), postgres_url) as site:
        await site.start_worker()
        port = free_port()
        web = Program(site.folder, "cli.py", "web", WEB_PORT=str(port), API_TOKEN=TOKEN, **site.settings())
        try:
            await wait_until("the web process runs", lambda: web.has_said("Listening on"))
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30
            ) as http:
                await _until_it_answers(http)
                yield Clinic(site, http)
        finally:
            await asyncio.to_thread(web.kill)


async def _until_it_answers(http: httpx.AsyncClient) -> None:
    for _ in range(100):
        try:
            await http.get("/healthz")
        except httpx.ConnectError:
            await asyncio.sleep(0.2)
        else:
            return


async def test_a_plan_lives_from_enrolment_to_a_decision(clinic: Clinic) -> None:
    plan_id = await clinic.enroll(0)
    visit = {"appointment_id": "v1", "starts_at": (now() + timedelta(hours=1, seconds=2)).isoformat()}
    booked = await clinic.tell(plan_id, type="appointment_booked", event_id="book", **visit)
    measured = [{"goal": "pain", "value": 7}]
    held = await clinic.tell(plan_id, type="session_completed", event_id="done", appointment_id="v0", measures=measured)
    assert [booked.status_code, held.status_code] == [200, 200], booked.text + held.text

    records = clinic.site.records
    await wait_until("the therapist hears of the missed benchmark", lambda: bool(heard(records, plan_id).staff))
    waiting = (await clinic.http.get("/api/escalations")).json()
    escalation_id = next(asked["escalation_id"] for asked in waiting if asked["plan_id"] == plan_id)
    decided = await clinic.http.post(f"/api/escalations/{escalation_id}/decision", json=MODIFY.model_dump(mode="json"))
    assert decided.status_code == 200, decided.text
    again = await clinic.http.post(f"/api/escalations/{escalation_id}/decision", json=MODIFY.model_dump(mode="json"))
    assert again.status_code == 409
    assert again.json()["decided_by"] == "Maya"

    told = {"welcome": 1, "reminder": 1, "check_in": 1, "plan_change": 1}
    await wait_until("the client has every message", lambda: sum(heard(records, plan_id).client.values()) >= 4)
    assert heard(records, plan_id).client == told
    assert "Cedar Hill: your plan changes. From now on: every 3 days. Questions? Call (206) 555-0100." in (
        heard(records, plan_id).texts
    )


async def test_an_event_is_recorded_and_the_same_one_again_is_a_duplicate(clinic: Clinic) -> None:
    plan_id = await clinic.enroll(1)
    event = {"type": "plan_paused", "event_id": "pause-1", "occurred_at": now().isoformat()}
    answers = [await clinic.tell(plan_id, **event) for _ in range(2)]
    assert [(answer.status_code, answer.json()["outcome"]) for answer in answers] == [
        (200, "recorded"),
        (200, "duplicate"),
    ]


async def test_twenty_deliveries_of_one_event_at_once_count_once(clinic: Clinic) -> None:
    plan_id = await clinic.enroll(2)
    records = clinic.site.records
    for nth in range(1, 6):
        event = {
            "type": "session_completed",
            "event_id": f"once-{nth}",
            "occurred_at": now().isoformat(),
            "appointment_id": f"v{nth}",
        }
        answers = await asyncio.gather(*(clinic.tell(plan_id, **event) for _ in range(20)))
        outcomes = Counter(answer.json()["outcome"] for answer in answers)
        assert {answer.status_code for answer in answers} <= {200, 202}
        assert outcomes["recorded"] + outcomes["stored"] >= 1
        assert outcomes["recorded"] <= 1

    def story() -> list[str]:
        return [line.text for line in records.timeline(plan_id)]

    await clinic.tell(plan_id, type="plan_paused", event_id="later")
    await wait_until("what came later is there", lambda: any("was paused" in text for text in story()))
    sessions = [text for text in story() if "took place" in text]
    assert sessions == [f"Session {nth} took place." for nth in range(1, 6)]
