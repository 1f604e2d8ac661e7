"""Workers and web die at every step of sending and receiving, whatever the vendor does: six runs of many.

`make chaos PLANS=200` plays more of them, and says which steps were crossed with which behaviours.
"""

from pathlib import Path

import pytest

from tests.integration.chaos_matrix import play, rounds

SEED = 107
"""Its first runs hold behaviours of each door and several manners in which a reply comes."""
RUNS, FEWEST_KILLS = 6, 10


@pytest.mark.timeout(400)
async def test_every_message_arrives_once_and_every_reply_counts_once_wherever_a_process_dies(tmp_path: Path) -> None:
    (runs,) = rounds(SEED, RUNS)
    tally = await play(tmp_path, SEED, runs)
    assert tally.runs == RUNS
    assert tally.kills.total() >= FEWEST_KILLS
    assert tally.messages >= 15
    assert tally.replies >= 2
