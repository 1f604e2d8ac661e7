"""Workers and servers die in the middle of a plan, and the plan goes on. `make chaos` does the same for longer."""

from pathlib import Path

import pytest

from tests.integration.chaos import a_round


@pytest.mark.timeout(240)
async def test_a_plan_outlives_its_killed_worker_and_server_and_every_message_goes_out_once(tmp_path: Path) -> None:
    tally = await a_round(tmp_path, seed=4, plans=2, spread=6, kills=2)
    assert str(tally) == "1 rounds, 2 kills: 18 messages, each sent once; 16 facts, each counted once, none lost"
