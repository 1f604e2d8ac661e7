"""How time goes within one attempt: from the server's word on, by a clock that nobody sets and that counts freezes.

Under time skipping the server's time is virtual, and what an attempt itself takes is real; both add up here.
"""

import time
from datetime import datetime, timedelta

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Linux's monotonic clock stands still while the machine sleeps; this one doesn't."""


def steady() -> float:
    """Seconds of a clock that only ever goes on, also while the process is stopped or the machine sleeps."""
    return time.clock_gettime(_CLOCK)


class AttemptTime:
    """The time of one attempt, which the server says began at `began_at`."""

    def __init__(self, began_at: datetime) -> None:
        self._began_at, self._began = began_at, steady()

    def now(self) -> datetime:
        """The time now, as the server would say it. What took less than a second took no time: stories tell seconds."""
        took = steady() - self._began
        return self._began_at + timedelta(seconds=took if took >= 1 else 0)
