"""The worker of production inside the test's own process, so that a test can see into it and switch it off."""

import contextlib
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from activities.messages import SendMessages
from domain.client import Channel
from domain.wording import Wording
from providers.base import Accepted, Outgoing, Provider
from providers.local import LocalProvider
from tests.integration.live_site import Site
from worker import build_worker


class CountingPhone(LocalProvider):
    """The local phone, keeping every text that it was handed."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self.texts: list[str] = []

    def send(self, outgoing: Outgoing) -> Accepted:
        self.texts.append(outgoing.text)
        return super().send(outgoing)


@dataclass
class WorkerHere:
    """The site and the phone that its worker writes to."""

    site: Site
    phone: CountingPhone = field(default_factory=lambda: CountingPhone("sms"))


@contextlib.asynccontextmanager
async def a_worker_here(site: Site, providers: Mapping[Channel, Provider] | None = None) -> AsyncGenerator[WorkerHere]:
    """Work for as long as this is open."""
    here = WorkerHere(site)
    with ThreadPoolExecutor(max_workers=40) as executor:
        worker = build_worker(
            site.temporal,
            site.records,
            Wording.load(),
            SendMessages(site.records, dict(providers or {"sms": here.phone})),
            site.starter,
            "http://127.0.0.1:8000",
            executor,
        )
        async with worker:
            yield here
