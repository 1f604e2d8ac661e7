"""The clients' keys while payloads are sealed and opened: asked of the records, and remembered for some seconds.

A plan under way needs its key many times a second; a client who was erased must be forgotten soon by all programs. The
look-ups have threads of their own: no workflow waits for its key behind whatever else the program writes down.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from records.payload_keys import PayloadKeyRecords
from records.vault import ClientKey, Owner

REMEMBERED_SECONDS = 10.0
"""For so long a program that runs may still open what is sealed under a key that another one has destroyed."""
MOST_REMEMBERED = 5000
THREADS = 4

T = TypeVar("T")


class PayloadKeys:
    """Keys by workflow, for sealing, and by client, for opening."""

    def __init__(self, records: PayloadKeyRecords, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        self._records = records
        self._clock = clock
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._keys: OrderedDict[str, tuple[ClientKey, float]] = OrderedDict()
        self._threads = ThreadPoolExecutor(THREADS, "keys")  # it starts none before the first look-up

    async def of_workflow(self, workflow_id: str) -> Owner:
        """Whose workflow it is, with the key that seals for it. Raises NotOnRecord, ClientErased."""
        owner_id = self._owners.get(workflow_id)  # it never changes
        if owner_id is not None:
            return Owner(owner_id, await self.of_client(owner_id))
        owner = await self._ask(self._records.owner_of_workflow, workflow_id)
        _remember(self._owners, workflow_id, owner.owner_id)
        self._keep(owner.owner_id, owner.key)
        return owner

    async def of_client(self, owner_id: str) -> ClientKey:
        """The key that opens what was sealed for this client. Raises ClientErased, NotOnRecord."""
        key, until = self._keys.get(owner_id, (None, 0.0))
        if key is not None and self._clock() < until:
            return key
        self._keys.pop(owner_id, None)
        key = await self._ask(self._records.payload_key, owner_id)
        self._keep(owner_id, key)
        return key

    async def _ask(self, query: Callable[[str], T], subject: str) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, query, subject)

    def _keep(self, owner_id: str, key: ClientKey) -> None:
        _remember(self._keys, owner_id, (key, self._clock() + REMEMBERED_SECONDS))


def _remember(known: OrderedDict[str, T], name: str, value: T) -> None:
    known[name] = value
    if len(known) > MOST_REMEMBERED:
        known.popitem(last=False)
