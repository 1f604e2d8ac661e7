"""A red flag and a STOP into a small storm, on a real server; `bench.red_flag_in_a_storm` measures a large one."""

from pathlib import Path

import pytest

from bench.red_flag_in_a_storm import FOR_EVER, measure
from bench.storm import a_storm

PLANS, TRIALS = 24, 2


@pytest.mark.timeout(300)
async def test_in_a_storm_red_flags_are_answered_and_paged_and_no_send_begins_after_an_opt_out(tmp_path: Path) -> None:
    async with a_storm(tmp_path, PLANS) as storm:
        await storm.gather()
        trials = await measure(storm, TRIALS)
        await storm.until_sent(PLANS - 2 * TRIALS)
        assert len(trials) == TRIALS
        for trial in trials:
            assert max(trial.answered, trial.paged, trial.opted_out, trial.confirmed) < FOR_EVER
            assert trial.late == 0
        texts = [(sent.to, sent.text) for sent in storm.phone.sent]
        assert len(set(texts)) == len(texts), "nobody got the same text twice"
