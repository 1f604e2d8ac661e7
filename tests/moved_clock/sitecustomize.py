"""Python loads this by itself where its folder is on PYTHONPATH: the process then lives CLOCK_AHEAD_SECONDS later.

A process that is started by such a process inherits both, so that a whole test run agrees about the day. What measures
how long something takes (`time.monotonic`) isn't moved.
"""

import os
from datetime import UTC, datetime, timedelta

import time_machine

ahead = float(os.environ.get("CLOCK_AHEAD_SECONDS", "0"))
if ahead:
    time_machine.travel(datetime.now(UTC) + timedelta(seconds=ahead), tick=True).start()
