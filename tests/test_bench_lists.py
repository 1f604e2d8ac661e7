"""The benchmark of lists can fail, and in small it opens every list on both databases."""

import pytest

from bench.list_rows import Filled
from bench.lists import Measured, Side, measure, missed, table


def a_side(*, milliseconds: float = 50.0, size: int = 20_000, plans: int = 5_000) -> Side:
    return Side("SQLite", Filled(plans, 1, 1, 1), 1.0, [Measured("/", milliseconds, 60.0, 9, size)])


@pytest.mark.timeout(120)
def test_in_small_every_list_is_opened_on_both_databases() -> None:
    sides = measure(300, times=1)
    assert [side.database for side in sides] == ["SQLite", "PostgreSQL"]
    for side in sides:
        assert side.filled == Filled(plans=300, questions=49, tasks=65, claims=100)
        assert {page.page.split()[0] for page in side.pages} == {"/", "/clients", "/claims", "/deadlines"}
        assert any("/clients page" in page.page for page in side.pages)
        assert all(page.bytes < 100_000 for page in side.pages)
        assert all(page.statements < 60 for page in side.pages), "a page asks once per row"


def test_a_quick_and_small_first_page_meets_the_yardstick() -> None:
    assert missed([a_side()]) == []


def test_each_yardstick_missed_is_named() -> None:
    assert missed([a_side(milliseconds=200)]) == ["the first page takes 200 ms on SQLite"]
    assert missed([a_side(size=100_000)]) == ["the first page has 100 kB on SQLite"]


def test_the_yardstick_is_for_five_thousand_plans() -> None:
    assert missed([a_side(milliseconds=900, plans=50_000)]) == []


def test_the_table_puts_the_databases_side_by_side() -> None:
    assert table([a_side(), a_side(milliseconds=7)]).splitlines()[-1] == "| / | 20 | 50 | 60 | 9 | 7 | 60 | 9 |"
