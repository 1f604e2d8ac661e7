"""The one place where a test learns what day and time it is: `tests/test_one_clock.py` forbids every other.

A test whose point needs certain dates says them itself. This is for tests that live beside code which reads the clock:
a session that hasn't run out, a plan that begins "at the next 9:00". `make dates` moves the clock of the whole process.
"""

from datetime import UTC, datetime


def this_moment() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)
