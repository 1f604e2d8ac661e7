"""Whether Temporal answers, asked seldom and never for long, so that every page can say so."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

LOOK_FOR = timedelta(seconds=1)
LOOK_AGAIN_AFTER = timedelta(seconds=5)


class EngineWatch:
    """Remembers for five seconds whether the engine answered. `away` is False until a look has found it away."""

    def __init__(
        self,
        ready: Callable[[], Awaitable[bool]],
        clock: Callable[[], float] = time.monotonic,
        look_for: timedelta = LOOK_FOR,
    ) -> None:
        """`clock` counts seconds from anywhere; `look_for` is how long a look waits for an answer."""
        self._ready = ready
        self._clock = clock
        self._look_for = look_for
        self._look_at = clock()
        self.away = False

    async def look(self) -> None:
        """Ask, unless that was done within the last five seconds or is being done now."""
        now = self._clock()
        if now < self._look_at:
            return
        self._look_at = now + LOOK_AGAIN_AFTER.total_seconds()  # before asking: pages that come meanwhile don't wait
        self.away = not await answers(self._ready(), self._look_for)


async def answers(question: Awaitable[bool | None], within: timedelta) -> bool:
    """Whether it was answered in time, and not with a no."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await question is not False
    except Exception:
        return False  # whatever was raised, it means the same to whoever asks
