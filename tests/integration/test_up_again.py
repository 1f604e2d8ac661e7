"""`followthrough up` is killed with no chance to clean up, and started again in the same folder."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from programs.embedded import free_port
from tests.integration.live_site import Program, now, wait_until

FIRST_TEXTS = {
    "example-1": Counter({"welcome": 1, "check_in": 1}),
    "example-2": Counter({"welcome": 1, "screening": 1, "reminder": 1}),
    "example-3": Counter({"welcome": 1, "screening": 1, "reminder": 1}),
}
"""What the three examples' clients are sent within the first half minute."""
LATER = "feedback"
"""Sarah is asked for it twenty seconds after the rest; whether that is seen yet makes no difference."""


class Up:
    """`followthrough up` in one folder, on one web port, and another program that speaks to its API."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.program: Program | None = None

    def start(self) -> Program:
        self.program = Program(self.folder, "cli.py", "up", WEB_PORT=str(self.port))
        return self.program

    async def is_running(self) -> None:
        program = self.program
        assert program is not None
        await wait_until("it says that it runs", lambda: program.has_said("Followthrough is running."))

    def kill(self) -> None:
        if self.program is not None:
            self.program.kill()
            self.program = None

    def temporal_pid(self) -> int:
        return int((self.folder / "var" / "temporal.pid").read_text("utf-8"))

    def web(self) -> httpx.Client:
        token = (self.folder / "var" / "api_token").read_text("utf-8").strip()
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", headers={"Authorization": f"Bearer {token}"}, timeout=20
        )

    def plan(self, plan_id: str) -> dict[str, Any]:
        with self.web() as web:
            return web.get(f"/api/plans/{plan_id}").raise_for_status().json()

    def tell(self, plan_id: str, event: dict[str, str]) -> str:
        with self.web() as web:
            return str(web.post(f"/api/plans/{plan_id}/events", json=event).raise_for_status().json()["outcome"])

    def sent(self, plan_id: str) -> Counter[str]:
        lines = self.plan(plan_id)["timeline"]
        out = [line["kind"] for line in lines if line["direction"] == "out" and line["to"] == "client"]
        return Counter(kind for kind in out if kind != LATER)


@pytest.fixture
def up(tmp_path: Path) -> Generator[Up]:
    made = Up(tmp_path)
    yield made
    if made.program is not None:
        made.program.process.terminate()  # it stops its Temporal server too
        assert made.program.process.wait(timeout=30) == 0


@pytest.mark.timeout(240)
async def test_up_that_is_killed_goes_on_where_it_was_even_when_it_was_still_enrolling_the_examples(up: Up) -> None:
    program = up.start()
    await wait_until("it starts Temporal", lambda: program.has_said("Starting Temporal"))
    await wait_until("the first example is on record", lambda: records_hold_a_plan(up.folder))
    up.kill()

    up.start()
    await up.is_running()
    booked = {
        "type": "appointment_booked",
        "event_id": "from-the-calendar",
        "occurred_at": now().isoformat(),
        "appointment_id": "next",
        "starts_at": "2099-01-05T17:00:00Z",
    }
    assert await asyncio.to_thread(up.tell, "example-2", booked) in ("recorded", "stored")
    up.kill()
    orphan = up.temporal_pid()
    assert is_alive(orphan), "the Temporal server was to be left behind, as a crash leaves it"

    up.start()
    await up.is_running()
    assert not is_alive(orphan), "two servers on one file"
    assert await asyncio.to_thread(up.tell, "example-2", booked) == "duplicate"
    for plan_id, texts in FIRST_TEXTS.items():
        await wait_until(f"{plan_id} sends its first messages", lambda i=plan_id, t=texts: up.sent(i) >= t)
    assert {plan_id: up.sent(plan_id) for plan_id in FIRST_TEXTS} == FIRST_TEXTS
    await wait_until("the plan has the booking", lambda: bookings_in_2099(up) > 0)
    assert bookings_in_2099(up) == 1

    up.kill()
    for file in (up.folder / "var").glob("temporal.db*"):
        file.unlink()
    program = up.start()
    await up.is_running()
    assert program.has_said("temporal.db was lost: what it followed, 3")
    moved = booked | {"event_id": "moved-by-the-calendar", "type": "appointment_moved"}
    moved |= {"occurred_at": now().isoformat(), "starts_at": "2098-01-05T17:00:00Z"}
    assert await asyncio.to_thread(up.tell, "example-2", moved) in ("recorded", "stored")
    await wait_until("the plan has heard it", lambda: "2098" in str(up.plan("example-2")["timeline"]))
    assert {plan_id: up.sent(plan_id) for plan_id in FIRST_TEXTS} == FIRST_TEXTS, "nothing goes twice"


def bookings_in_2099(up: Up) -> int:
    return sum("2099" in line["text"] for line in up.plan("example-2")["timeline"])


def records_hold_a_plan(folder: Path) -> bool:
    file = folder / "var" / "records.db"
    if not file.exists():
        return False
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT count(*) FROM plans").fetchone()[0] > 0
    except sqlite3.OperationalError:  # the tables are still being made
        return False
    finally:
        connection.close()


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be cleared away does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
