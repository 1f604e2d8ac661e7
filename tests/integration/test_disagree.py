"""Temporal or the records are lost, empty, or older than the other, on real servers: lost, doubled, too late: none.

`make chaos FAULTS=…` plays the same with more clients.
"""

import asyncio
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.integration.fault_disagree import (
    ALL_SAY_SO,
    Agreed,
    records_lost,
    records_older,
    temporal_empty_for_a_while,
    temporal_lost,
    temporal_older,
)
from tests.integration.nursery import Nursery

pytestmark = pytest.mark.timeout(240)
CLIENTS = 3


@pytest.fixture(scope="module")
def nursery() -> Generator[Nursery]:
    with Nursery() as running:
        yield running


def well(reminders: int, said: tuple[str, ...] = ()) -> Agreed:
    """Each went once, at its time, and nobody who said stop heard more; it was told while it was so, and no longer."""
    return Agreed(reminders, reminders, early=0, doubled=0, after_stop=0, refused=0, said=said)


async def test_a_temporal_that_is_lost_older_or_another_for_a_while_loses_and_doubles_nothing(
    tmp_path: Path, nursery: Nursery
) -> None:
    folders = [tmp_path / name for name in ("older", "lost", "empty")]
    for folder in folders:
        folder.mkdir()
    older, lost, empty = await asyncio.gather(
        temporal_older(folders[0], nursery, CLIENTS),
        temporal_lost(folders[1], nursery, CLIENTS),
        temporal_empty_for_a_while(folders[2], nursery, CLIENTS),
    )
    assert older == well(2)
    assert lost == well(4, ALL_SAY_SO)
    assert empty == well(2, ALL_SAY_SO)


async def test_records_that_are_lost_or_older_lose_and_double_nothing_and_it_is_said_loudly(
    tmp_path: Path, nursery: Nursery
) -> None:
    folders = [tmp_path / name for name in ("older", "lost")]
    for folder in folders:
        folder.mkdir()
    older, lost = await asyncio.gather(
        records_older(folders[0], nursery, CLIENTS),
        records_lost(folders[1], nursery, CLIENTS),
    )
    assert older == well(2, ALL_SAY_SO)
    assert lost == well(2, ALL_SAY_SO)
