"""Temporal can't be reached for a while: what comes in is kept, and handed over once it is back."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from domain.errors import AlreadyDecided
from settings import Settings
from tests.integration.here import WorkerHere, a_worker_here
from tests.integration.live_site import Site, a_site, now, wait_until
from tests.integration.quick_plans import MODIFY, a_plan, a_practice, heard, phone_of
from web.app import create_app
from web.intake import TemporalAway

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
