"""The lanes of one worker process: the ordinary task queue, and the urgent one with slots and threads of its own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from temporalio.worker import Worker


class Lanes:
    """Workers that start together and stop together. `threads` belong to them and end with them."""

    def __init__(self, workers: list[Worker], threads: ThreadPoolExecutor) -> None:
        self._workers = workers
        self._threads = threads

    async def __aenter__(self) -> Self:
        """Begin to work. A lane that can't go on later cancels the task that is in here."""
        for worker in self._workers:
            await worker.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let what is in hand finish, in all lanes at the same time. Raises what ended a lane before its time."""
        try:
            ends = [worker.__aexit__(kind, error, trace) for worker in self._workers]
            for failed in await asyncio.gather(*ends, return_exceptions=True):
                if isinstance(failed, BaseException):
                    raise failed
        finally:
            self._threads.shutdown(wait=False)
