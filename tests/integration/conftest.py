"""One site with a worker in this process, for the tests that kill nothing."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.integration.here import WorkerHere, a_worker_here
from tests.integration.live_site import Site, a_site
from tests.integration.quick_plans import a_practice


@pytest_asyncio.fixture(scope="session")
async def quiet_site(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Site]:
    """A site whose Temporal server and records are shared by the tests that kill nothing. It has no worker."""
    folder: Path = tmp_path_factory.mktemp("quiet-site")
    async with a_site(folder, a_practice()) as site:
        yield site


@pytest_asyncio.fixture
async def worker_here(quiet_site: Site) -> AsyncGenerator[WorkerHere]:
    """The worker of production, in this process, on the shared site."""
    async with a_worker_here(quiet_site) as worker:
        yield worker
