"""The benchmark of webhooks can fail, and in small it loses nothing."""

import pytest

from bench.webhooks import Measured, Timed, measure, table


def measured(*, p99: float = 20.0, failed: int = 0, lost: int = 0) -> Measured:
    return Measured(Timed([10.0] * 50 + [p99]), Timed([5.0] * 51), Timed([900.0], failed), 0.9, lost)


@pytest.mark.timeout(60)
async def test_at_a_small_rate_and_in_a_small_burst_no_webhook_is_lost() -> None:
    seen = await measure(seconds=2, rate=20, burst=200, clients=4, worker=False)
    assert seen.losses() == []
    assert [len(timed.milliseconds) for timed in (seen.texts, seen.reports, seen.burst)] == [8, 32, 200]


def test_a_fast_run_that_loses_nothing_meets_the_yardstick() -> None:
    assert measured().missed() == []


def test_each_yardstick_missed_is_named() -> None:
    assert measured(p99=100).missed() == ["p99 of texts is 100 ms"]
    assert measured(failed=2).missed() == ["2 not acknowledged"]
    assert measured(lost=1).missed() == ["1 lost"]


def test_a_run_without_answers_is_no_fast_one() -> None:
    assert Measured(Timed([], 3), Timed([5.0]), Timed([5.0]), 0.1, 0).missed()[0] == "p99 of texts is inf ms"


def test_the_table_shows_milliseconds_by_share() -> None:
    assert "| texts of clients | 51 | 10 | 10 | 20 | 20 |" in table(measured())
