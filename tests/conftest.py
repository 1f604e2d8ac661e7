"""Builders that several folders of tests use are importable from all of them."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

for folder in ("domain", "workflows", "records"):
    sys.path.insert(0, str(Path(__file__).parent / folder))

LONG = ("integration", "cli", "web/test_axe", "web/test_desk", "sending_privacy", "test_bench")
"""What takes longest begins first, so that at its end no process waits for another."""


PATIENCES = ("web.reply_intake.WAIT_FOR", "activities.keeping.SAVE_WITHIN")
"""How long our code waits for a slow part before it goes on without it."""


@pytest.fixture(autouse=True)
def no_part_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that stands still nothing is given up; who tests giving up sets a patience of its own."""
    for patience in PATIENCES:
        monkeypatch.setattr(patience, timedelta(minutes=2))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files; within a file nothing moves."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(Path(__file__).parent).as_posix()
        return next((rank for rank, start in enumerate(LONG) if path.startswith(start)), len(LONG))

    items.sort(key=place)
