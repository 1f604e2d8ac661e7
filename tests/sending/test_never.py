"""What may never happen, looked for in random weeks: three plans around a change of the clocks, and what goes wrong.

`WEEKS=200` lives more of them.
"""

import os
import shutil
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import event

from records.database import Records
from records.keyring import KeyRing
from tests.sending.fates import lost
from tests.sending.oracle import faults
from tests.sending.weeks import Week, weeks
from tests.sending.world import World

KEYS = KeyRing.generate()
WEEKS = int(os.environ.get("WEEKS", "16"))
RANDOM_WEEKS = settings(
    max_examples=WEEKS,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a week whose luck is one number gets no clearer by shrinking it
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LIVED = (
    "put off",
    "overtaken",
    "ambushed on the way",
    "ambushed at the last moment",
    "deferred: something happened since it was decided",
    "deferred: enough messages for now",
    "dropped: opted out",
    "died after",
    "lost after",
    "lost before",
    "our_settings",
    "reminder",
    "screening",
    "homework",
    "opt_out_confirmed",
    "staff_message",
)
"""What the weeks must hold, or they would prove nothing."""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a plan, to be copied for each week."""
    path = tmp_path_factory.mktemp("sending") / "template.db"
    records = Records.open(f"sqlite:///{path}", KEYS)
    records.migrate()
    records.close()
    return path


@contextmanager
def a_copy_of(migrated: Path) -> Generator[Records]:
    """Real records in a file of their own; nothing here survives a power cut, so the disk isn't waited for."""
    path = migrated.with_name("week.db")
    shutil.copy(migrated, path)
    records = Records.open(f"sqlite:///{path}", KEYS)
    event.listen(records._engine, "connect", _in_a_hurry)  # pyright: ignore[reportPrivateUsage]
    try:
        yield records
    finally:
        records.close()
        for left in migrated.parent.glob("week.db*"):
            left.unlink()


def _in_a_hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@pytest.mark.timeout(120 + 10 * WEEKS)
def test_no_message_is_ever_sent_outside_the_window_over_the_cap_after_an_opt_out_or_once_untrue_and_none_gets_lost(
    migrated: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("activities.keeping.SAVE_WITHIN", timedelta(minutes=1))
    seen: Counter[str] = Counter()

    @RANDOM_WEEKS
    @given(weeks())
    def live(week: Week) -> None:
        with a_copy_of(migrated) as records:
            world = World(week, records)
            monkeypatch.setattr("activities.messages.time", SimpleNamespace(sleep=world.sleep))
            world.live()
            seen["weeks"] += 1
            seen.update(world.seen)
            seen.update(call.answer for call in world.ledger.calls)
            seen.update(call.message.template for call in world.ledger.calls)
            assert faults(world.ledger, week.plans, week.practice.time_zone) + lost(world) == []

    live()
    assert [what for what in LIVED if not seen[what]] == []
