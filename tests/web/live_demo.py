"""`followthrough up` in a folder of its own, and a client of its own in it whose progress has come to a halt."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from programs.embedded import free_port
from tests.integration.live_site import Program, now, wait_until

PLAN = "sarah-halt"
CLIENT, THERAPIST = "Sarah Winter", "Maya Lindqvist"
VALUES = (7, 5, 4, 5, 5, 5)
"""A good start, then nothing moves."""
UNDO_SECONDS = 3


@dataclass
class Demo:
    """The running demo: its address, what it printed, and another program that speaks to its API."""

    folder: Path
    address: str
    program: Program

    @property
    def owner_link(self) -> str:
        """The one-time link that it printed."""
        found = re.search(r"The practice\s+(\S+)", self.program.log.read_text("utf-8"))
        assert found is not None, "it printed no link"
        return found[1]

    @property
    def token(self) -> str:
        return (self.folder / "var" / "api_token").read_text("utf-8").strip()

    def api(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers={"Authorization": f"Bearer {self.token}"}, timeout=30)

    async def post(self, path: str, body: dict[str, Any]) -> None:
        with self.api() as api:
            (await asyncio.to_thread(api.post, path, json=body)).raise_for_status()

    def plan(self, plan_id: str = PLAN) -> dict[str, Any]:
        with self.api() as api:
            return api.get(f"/api/plans/{plan_id}").raise_for_status().json()

    def texts(self, plan_id: str = PLAN, to: str = "client") -> list[str]:
        """What was sent to the client, or to somebody of the staff, about this plan."""
        lines = self.plan(plan_id)["timeline"]
        return [line["text"] for line in lines if line["direction"] == "out" and line["to"] == to]

    async def come_to_a_halt(self, plan_id: str = PLAN, client: str = CLIENT, phone: str = "+15415550177") -> str:
        """Enrol Sarah with six sessions behind her, the last ones without progress; the id of the open question."""
        await self.post("/api/plans", _plan(plan_id, client, phone))
        began = now() - timedelta(days=72)
        for number, value in enumerate(VALUES):
            session = {
                "type": "session_completed",
                "event_id": f"session-{number}",
                "occurred_at": (began + timedelta(days=14 * number)).isoformat(),
                "appointment_id": f"visit-{number}",
                "measures": [{"goal": "pain", "value": value}],
            }
            await self.post(f"/api/plans/{plan_id}/events", session)
        await wait_until("the therapist is told", lambda: bool(self.texts(plan_id, to="therapist")), 60)
        return self.plan(plan_id)["escalations"][0]["escalation_id"]


def _plan(plan_id: str, client: str, phone: str) -> dict[str, Any]:
    consents = [{"channel": "sms", "date": "2026-01-05", "source": "intake form"}]
    return {
        "plan_id": plan_id,
        "title": "Fibromyalgia",
        "client": {
            "name": client,
            "phone": phone,
            "time_zone": "America/Los_Angeles",
            "consents": consents,
        },
        "therapist": {"name": THERAPIST, "phone": "+15415550110"},
        "backup": {"name": "Joel Okafor", "phone": "+15415550112"},
        "goals": [
            {
                "id": "pain",
                "description": "less pain through the day",
                "measure": "nprs",
                "baseline": 7,
                "target": 3,
                "benchmarks": [{"by_session": 8, "expect": "100 %"}],
            }
        ],
        "dosage": {
            "session_minutes": 60,
            "spacing": "P14D",
            "sessions": "open",
            "modality": "deep tissue massage",
            "pressure": "firm",
            "cadence": "slow",
        },
        "follow_up": {"undo_for": f"PT{UNDO_SECONDS}S"},
    }


@asynccontextmanager
async def a_demo(folder: Path) -> AsyncGenerator[Demo]:
    """The demo, up and running; stopped as Ctrl-C stops it."""
    port = free_port()
    program = Program(folder, "cli.py", "up", WEB_PORT=str(port))
    demo = Demo(folder, f"http://127.0.0.1:{port}", program)
    try:
        await wait_until("it says that it runs", lambda: program.has_said("Press Ctrl-C to stop"))
        yield demo
    finally:
        program.process.terminate()  # it stops its Temporal server too
        try:
            await asyncio.to_thread(program.process.wait, 30)
        except Exception:
            program.kill()
            raise
