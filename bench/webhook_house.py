"""The product as `bench.webhooks` measures it: Temporal, worker and web, each a process of its own, on new files."""

import asyncio
import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx

from domain.actions import SendMessage
from domain.client import Client, Consent, Person
from domain.plan import Benchmark, Dosage, ObjectiveGoal, TreatmentPlan
from domain.policy import FollowUp, Practice, SendWindow
from programs.embedded import free_port, start_dev_server
from records.database import Records
from records.keyring import KeyRing

TOP = Path(__file__).parents[1]
PUBLIC_URL = "https://followthrough.example"
AREAS = ("206", "253", "360", "425", "509")
"""With 555-0100 to 555-0199 each: numbers that belong to nobody."""
OURS = ("TWILIO_", "SENDGRID_", "TEMPORAL_", "WEB_", "MESSAGING", "DATABASE_URL", "PAYLOAD_KEYS", "PRACTICE_FILE")
NEAR = Benchmark(by_session=6, expect=5.0)


@dataclass(frozen=True)
class House:
    """What the measurement needs to know: where the web process is, its secrets, the records, the clients."""

    url: str
    auth_token: str
    api_token: str
    records: Records
    phones: list[str]
    web_pid: int


@contextlib.asynccontextmanager
async def a_house(folder: Path, clients: int, *, worker: bool, **more: str) -> AsyncGenerator[House]:
    """Everything started, with a running plan for each client; stopped again at the end. `more` are settings."""
    keys, database_url = KeyRing.generate(), f"sqlite:///{folder}/records.db"
    auth_token, api_token, port = secrets.token_hex(16), secrets.token_hex(16), free_port()
    practice = folder / "practice.yaml"
    practice.write_text(_practice().model_dump_json(exclude_none=True, exclude_unset=True), "utf-8")
    with contextlib.ExitStack() as stack:
        log = folder / "temporal.log"
        server = await asyncio.to_thread(start_dev_server, folder / "temporal.db", free_port(), None, log)
        stack.callback(server.stop)
        settings = {
            "TEMPORAL_ADDRESS": server.address,
            "TEMPORAL_CONFIG_FILE": os.devnull,
            "DATABASE_URL": database_url,
            "PAYLOAD_KEYS": keys.dump(),
            "PRACTICE_FILE": str(practice),
            "TWILIO_AUTH_TOKEN": auth_token,
            "PUBLIC_URL": PUBLIC_URL,
            "API_TOKEN": api_token,
            "WEB_PORT": str(port),
            **more,
        }
        records = Records.open(database_url, keys)
        stack.callback(records.close)
        await asyncio.to_thread(records.migrate)
        web = stack.enter_context(_program(folder, settings, "cli.py", "web"))
        if worker:
            stack.enter_context(_program(folder, settings, "worker.py"))
        house = House(f"http://127.0.0.1:{port}", auth_token, api_token, records, list(_phones(clients)), web)
        await _until_ready(house)
        await _enrol(house, worker=worker)
        yield house


@contextlib.contextmanager
def _program(folder: Path, settings: dict[str, str], script: str, *words: str) -> Generator[int]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    with (folder / f"{Path(script).stem}.log").open("ab") as log:
        command = [sys.executable, str(TOP / script), *words]
        process = subprocess.Popen(command, cwd=folder, env=inherited | settings, stdout=log, stderr=log)  # noqa: S603
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _until_ready(house: House, within_seconds: float = 60) -> None:
    deadline = time.monotonic() + within_seconds
    async with httpx.AsyncClient(base_url=house.url, trust_env=False) as client:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.TransportError):
                if (await client.get("/readyz")).status_code == 200:
                    return
            await asyncio.sleep(0.2)
    raise RuntimeError("the web process did not come up; its words are in cli.log")


async def _enrol(house: House, *, worker: bool) -> None:
    headers = {"Authorization": f"Bearer {house.api_token}"}
    async with httpx.AsyncClient(base_url=house.url, headers=headers, timeout=60, trust_env=False) as client:
        for number, phone in enumerate(house.phones):
            body = _plan(number, phone).model_dump_json(exclude_none=True, exclude_unset=True)
            answer = await client.post("/api/plans", content=body, headers={"Content-Type": "application/json"})
            answer.raise_for_status()
    if worker:
        await asyncio.to_thread(_until_judged, house)


def _until_judged(house: House) -> None:
    deadline = time.monotonic() + 120
    while any(view.state.revision == 0 for view in house.records.plans()):
        if time.monotonic() > deadline:
            raise RuntimeError("the plans did not begin; the worker's words are in worker.log")
        time.sleep(0.2)


def write_messages(house: House, many: int) -> list[str]:
    """So many texts that the provider has accepted and reports on; returns their ids."""
    now = datetime.now(UTC)
    ids: list[str] = []
    for number in range(many):
        client = number % len(house.phones)
        row = house.records.intend(_message(client, house.phones[client], number, now), now)
        house.records.begin_send(row.message_id, now)
        house.records.settle_message(row.message_id, "accepted", now, provider_id=f"SM{number:032x}")
        ids.append(row.message_id)
    return ids


def states_of(house: House, message_ids: Sequence[str]) -> dict[str, str]:
    """How far each of these messages is, by the records."""
    rows = {message_id: house.records.message(message_id) for message_id in message_ids}
    return {message_id: row.status for message_id, row in rows.items() if row is not None}


def _phones(many: int) -> Iterator[str]:
    return (f"+1{AREAS[number // 100]}55501{number % 100:02d}" for number in range(many))


def _practice() -> Practice:
    window = SendWindow.model_validate({"opens": "00:00", "closes": "00:00"})
    return Practice(
        name="Cedar Hill",
        phone="+12065550100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+12065550111"),
        follow_up=FollowUp(send_window=window),
    )


def _plan(number: int, phone: str) -> TreatmentPlan:
    return TreatmentPlan(
        plan_id=f"bench-{number}",
        client=Client(
            name=f"Client {number}",
            phone=phone,
            time_zone="America/Los_Angeles",
            consents=[Consent(channel="sms", date=date(2026, 1, 1), source="intake form")],
        ),
        therapist=Person(name="Maya", phone="+12065550122"),
        goals=[
            ObjectiveGoal(id="pain", description="less pain", measure="nprs", baseline=7, target=3, benchmarks=[NEAR])
        ],
        dosage=Dosage(session_minutes=60, spacing=timedelta(days=7), sessions="open", modality="Swedish"),
    )


def _message(client: int, phone: str, number: int, now: datetime) -> SendMessage:
    return SendMessage(
        message_key=f"bench-{client}/{number}",
        touchpoint_key="reminder",
        plan_id=f"bench-{client}",
        kind="reminder",
        audience="client",
        to="client",
        channel="sms",
        address=phone,
        language="en",
        time_zone="America/Los_Angeles",
        template="reminder",
        text="Cedar Hill will see you tomorrow.",
        because="a visit is near",
        category="visit",
        due_at=now,
        expires_at=now + timedelta(hours=1),
    )
