"""Workers and web die at every step of sending and receiving, whatever the vendor does: twenty runs of many.

`make chaos PLANS=200` plays more of them, and says which steps were crossed with which behaviours.
"""

from pathlib import Path

import pytest

from tests.integration.chaos_matrix import SEATS, play, rounds

SEED = 107
"""Its first twenty runs hold nine behaviours at each door, every manner in which a reply comes, and blind runs."""
FEWEST_KILLS = 40


@pytest.mark.timeout(400)
async def test_every_message_arrives_once_and_every_reply_counts_once_wherever_a_process_dies(tmp_path: Path) -> None:
    (runs,) = rounds(SEED, SEATS)
    tally = await play(tmp_path, SEED, runs)
    assert tally.runs == 20
    assert tally.kills.total() >= FEWEST_KILLS
    assert tally.messages >= 50
    assert tally.replies >= 10
