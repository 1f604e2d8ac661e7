"""The real way in over real records, with a Temporal that takes everything, for tests of what the doors keep."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import httpx
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.start import WorkflowStarter
from domain.payer import Payer
from records.database import Records
from records.keyring import KeyRing
from tests.web.web_builders import HOME, NOON, TOKEN, a_practice, a_state, open_records, some_settings
from web.app import create_app
from web.intake import Intake

VISIT = date(2025, 12, 20)


class WillingTemporal:
    """Workflows that start and take every event, or a server that is away."""

    def __init__(self) -> None:
        self.took: list[Any] = []
        self.started: list[str] = []
        self.away = False

    def get_workflow_handle(self, workflow_id: str) -> "WillingTemporal":
        return self

    async def execute_update(self, name: str, event: Any, **_: Any) -> str:
        self._answer()
        self.took.append(event)
        return "recorded"

    async def start_plan(self, start: Any) -> None:
        self._answer()
        self.started.append(start.state.plan_id)

    async def start_claim(self, start: Any) -> None:
        self._answer()
        self.started.append(start.state.claim_id)

    def _answer(self) -> None:
        if self.away:
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")


class DoorHouse:
    """One app, whose time is NOON, and a program that speaks to it."""

    def __init__(self, records: Records, keys: KeyRing, **settings: Any) -> None:
        self.records = records
        self.temporal = WillingTemporal()
        practice = a_practice(payers=[Payer(id="example", name="Example Mutual")])
        starter = cast(WorkflowStarter, self.temporal)
        self.intake = Intake(records, cast(Client, self.temporal), starter, practice, self._clock)
        self.app = create_app(
            some_settings(**settings), records, self.intake, practice, keys, TOKEN, self._temporal_ready
        )
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        self.browser = httpx.AsyncClient(
            transport=transport, base_url=HOME, headers={"Authorization": f"Bearer {TOKEN}"}
        )

    async def _clock(self) -> datetime:
        return NOON

    async def _temporal_ready(self) -> bool:
        return not self.temporal.away

    async def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """Send JSON."""
        return await self.browser.post(path, json=body, headers=headers)


@asynccontextmanager
async def a_door_house(folder: Path, **settings: Any) -> AsyncGenerator[DoorHouse]:
    """With Tina's plan, which runs."""
    keys = KeyRing.generate()
    records = open_records(folder, keys)
    assert records.add_plan(a_state(), NOON)
    records.plan_started("tina", NOON)
    house = DoorHouse(records, keys, **settings)
    try:
        yield house
    finally:
        await house.browser.aclose()
        records.close()
