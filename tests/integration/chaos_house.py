"""The practice of the crash matrix: Temporal, the stand-in vendor, workers and web as processes that may die."""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from domain.events import Event
from domain.names import plan_workflow_id
from domain.policy import Mail, Practice, Sending
from programs.embedded import free_port
from tests.integration.chaos_runs import AGAIN, LOOKED_UP, LOOKED_UP_BLINDLY, Run
from tests.integration.chaos_steps import Orders
from tests.integration.live_site import TOP, Site, a_site, wait_until
from tests.integration.quick_plans import a_practice
from tests.standins import Behaviour, Door, Habit, Standin, Timing, running_standin

API_TOKEN = "a-token-for-the-crash-matrix"
WORKERS = 2
TIMING = Timing(pace=0.05, late=2.0, slow=0.6, hang=4.0, list_delay=6.0, retry=0.1, retry_after=1)
"""Late acceptance, the list's delay and our own client's 1.5 seconds are together less than ABSENT_AFTER. Together
they are longer than it takes until a dead worker's message is tried again: who believes the list then, sends twice."""
ABSENT_AFTER, RECONCILE_FOR = timedelta(seconds=11), timedelta(seconds=18)
TELL_WITHIN_SECONDS = 60


class Mood:
    """How the vendor treats whom: as each run has drawn it. Remembers what each message met."""

    def __init__(self, runs: Iterable[Run], seed: int) -> None:
        self._by_address = {run.client: run for run in runs}
        self._chance = random.Random(seed)  # noqa: S311 - chance that can be repeated, no secret
        self._offered: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.met: dict[str, list[Behaviour]] = {}
        """By our message id: what each offer met."""

    def behaviour(self, door: Door, to: str, mark: str) -> Behaviour | None:
        """The run's own behaviour at the first offer of each message, then a mild mixture."""
        run = self._by_address.get(to)
        with self._lock:
            if door == "lookups":
                return self._looked_up(run)
            message_id = mark.partition("#")[0].rpartition("/")[2]
            met = self.met.setdefault(message_id, [])
            chosen: Behaviour = "ok"
            if run is not None:
                chosen = run.first if not met else self._drawn(AGAIN) if len(met) == 1 else "ok"
            met.append(chosen)
            return chosen

    def habit(self, to: str) -> Habit | None:
        """As the run has drawn it."""
        run = self._by_address.get(to)
        return run.habit if run else None

    def _looked_up(self, run: Run | None) -> Behaviour:
        if run is None:
            return "ok"
        return self._drawn(LOOKED_UP_BLINDLY if run.blind else LOOKED_UP)

    def _drawn(self, mix: dict[Behaviour, float]) -> Behaviour:
        return self._chance.choices(list(mix), list(mix.values()))[0]


class Watched:
    """A launcher of one of our programs: `dying.py`, which begins a new life after each death."""

    def __init__(self, folder: Path, role: str, name: str, orders: Path, settings: dict[str, str]) -> None:
        self.log = folder / f"{name}.log"
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("TWILIO_", "SENDGRID_"))}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.integration.dying", role, "--orders", str(orders)],
                cwd=folder,
                env=inherited
                | {"TEMPORAL_CONFIG_FILE": os.devnull, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(TOP)}
                | settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end(self) -> None:
        """SIGKILL to the launcher and the life that it watches."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@dataclass
class House:
    """Everything that a round needs."""

    site: Site
    vendor: Standin
    mood: Mood
    orders: Orders
    url: str
    programs: list[Watched] = field(default_factory=list[Watched])
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=10, trust_env=False))

    async def tell(self, path: str, body: dict[str, Any]) -> None:
        """Post to our API as another program would: again and again until there is an answer."""
        headers = {"Authorization": f"Bearer {API_TOKEN}"}
        async with asyncio.timeout(TELL_WITHIN_SECONDS):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    answer = await self.http.post(self.url + path, json=body, headers=headers)
                    # 409: the plan was stored by the attempt whose answer was lost.
                    if answer.is_success or (answer.status_code == 409 and path == "/api/plans"):
                        return
                    assert answer.status_code >= 500, answer.text
                await asyncio.sleep(0.3)

    async def tell_event(self, run: Run, event: Event) -> None:
        await self.tell(f"/api/plans/{run.plan_id}/events", event.model_dump(mode="json", exclude_none=True))

    async def pending_activities(self, runs: Iterable[Run]) -> int:
        """How many activities Temporal still waits for, of these plans and of their questions to people."""
        ids = [plan_workflow_id(run.plan_id) for run in runs]
        described = [await self.site.temporal.get_workflow_handle(one).describe() for one in ids]
        return sum(len(one.raw_description.pending_activities) for one in described)


def the_practice() -> Practice:
    """The quick practice, with little patience towards the vendor, whose mails may carry the message."""
    sending = Sending(reconcile_for=RECONCILE_FOR, absent_after=ABSENT_AFTER)
    return a_practice().model_copy(update={"sending": sending, "email": Mail(signed_baa=True)})


@contextlib.asynccontextmanager
async def a_house(folder: Path, runs: list[Run], seed: int) -> AsyncGenerator[House]:
    """Running, with the orders given and nobody enrolled yet."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    mood, orders = Mood(runs, seed), Orders(folder / "orders")
    orders.give([order for run in runs for order in run.orders])
    with running_standin(webhooks=url, public_url="https://clinic.example", timing=TIMING) as vendor:
        vendor.directed_by(mood)
        async with a_site(folder, the_practice()) as site:
            settings = site.settings() | vendor.environment()
            settings |= {"PUBLIC_URL": "https://clinic.example", "API_TOKEN": API_TOKEN, "WEB_PORT": str(port)}
            house = House(site, vendor, mood, orders, url)
            roles = [("web", "web"), *(("worker", f"worker-{number}") for number in range(1, WORKERS + 1))]
            try:
                for role, name in roles:
                    house.programs.append(Watched(folder, role, name, folder / "orders", settings))
                await _until_up(house)
                yield house
            finally:
                for program in house.programs:
                    await asyncio.to_thread(program.end)
                await house.http.aclose()


async def _until_up(house: House) -> None:
    def listens() -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{house.url}/healthz", trust_env=False).is_success
        return False

    await wait_until("the web listens", listens)
    for program in house.programs[1:]:
        await wait_until("the worker runs", lambda log=program.log: "worker started" in log.read_text("utf-8"))
