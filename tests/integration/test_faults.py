"""Faults that no kill shows: words that reach only the vendor, frozen processes, a locked table, wrong clocks.

`make chaos FAULTS=40` plays more and larger ones, at each step and with clocks that are ahead and behind.
"""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.integration.fault_clocks import Timely, side_by_side, wrong_then_right
from tests.integration.fault_freezes import Thawed, frozen_and_overtaken, stopped_while_frozen
from tests.integration.fault_stalls import Stood, stood_still
from tests.integration.fault_stops import Blind, Stopped, stopped_while_down, stopped_while_the_list_hangs
from tests.integration.nursery import Nursery
from tests.records.postgres_server import PostgresServer, running_postgres

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def nursery() -> Generator[Nursery]:
    with Nursery() as running:
        yield running


@pytest.fixture(scope="module")
def postgres() -> Generator[PostgresServer]:
    with running_postgres() as server:
        yield server


async def test_nobody_who_said_stop_while_everything_was_down_hears_from_us_again(
    tmp_path: Path, nursery: Nursery
) -> None:
    assert await stopped_while_down(tmp_path, nursery, 9) == Stopped(clients=9, reminded=0, offered=0, opted_out=9)


async def test_where_the_vendors_list_hangs_sending_goes_on_after_a_while_and_health_says_so(
    tmp_path: Path, nursery: Nursery
) -> None:
    came = await stopped_while_the_list_hangs(tmp_path, nursery, 3)
    assert came == Blind(sent=3, unsaid=0, said=True, opted_out=3, said_in_the_end=False)


@pytest.mark.parametrize("step", ["connected"])
async def test_a_worker_that_wakes_when_another_has_sent_its_messages_sends_none_of_them_again(
    tmp_path: Path, nursery: Nursery, step: str
) -> None:
    assert await frozen_and_overtaken(tmp_path, nursery, 4, step) == Thawed(messages=4, while_frozen=4, at_all=4)


@pytest.mark.parametrize("step", ["begin-after"])
async def test_a_stop_that_is_acknowledged_while_a_worker_stands_still_wins(
    tmp_path: Path, nursery: Nursery, step: str
) -> None:
    assert await stopped_while_frozen(tmp_path, nursery, 4, step) == Thawed(messages=4, while_frozen=0, at_all=0)


async def test_a_database_that_stands_still_loses_no_reminder_and_doubles_none(
    tmp_path: Path, nursery: Nursery, postgres: PostgresServer
) -> None:
    came = await stood_still(tmp_path, nursery, postgres.new_database(), 8)
    assert came == Stood(due=8, reminded=8, doubled=0)


@pytest.mark.parametrize("days", [1])
async def test_a_clock_that_was_a_day_wrong_is_in_nobodys_way_once_it_is_right(
    tmp_path: Path, nursery: Nursery, days: int
) -> None:
    came = await wrong_then_right(tmp_path, nursery, 3, timedelta(days=days))
    assert came == Timely(due=6, reminded=6, early=0, doubled=0, stops=3, heard=3)


@pytest.mark.parametrize("days", [-1])
async def test_a_worker_whose_clock_is_a_day_wrong_is_in_no_other_workers_way(
    tmp_path: Path, nursery: Nursery, postgres: PostgresServer, days: int
) -> None:
    came = await side_by_side(tmp_path, nursery, postgres.new_database(), 3, timedelta(days=days))
    assert came == Timely(due=6, reminded=6, early=0, doubled=0, stops=3, heard=3)
