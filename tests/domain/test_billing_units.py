"""Minutes into 15-minute units, by both rules. Numbers by hand, after the tables of the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.billing_units import units

ONE_CODE = [(7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4), (60, 4), (67, 4), (68, 5), (97, 6)]


@pytest.mark.parametrize(("minutes", "expected"), ONE_CODE)
def test_one_code_alone_counts_the_same_by_both_rules(minutes: int, expected: int) -> None:
    assert units({"97124": minutes}, "cms") == {"97124": expected}
    assert units({"97124": minutes}, "midpoint") == {"97124": expected}


def test_seven_and_seven_minutes_are_one_unit_by_cms_and_none_by_the_midpoint() -> None:
    assert units({"97124": 7, "97140": 7}, "cms") == {"97124": 1, "97140": 0}
    assert units({"97124": 7, "97140": 7}, "midpoint") == {"97124": 0, "97140": 0}


def test_eight_and_eight_minutes_are_one_unit_by_cms_and_two_by_the_midpoint() -> None:
    assert units({"97124": 8, "97140": 8}, "cms") == {"97124": 1, "97140": 0}
    assert units({"97124": 8, "97140": 8}, "midpoint") == {"97124": 1, "97140": 1}


def test_what_whole_quarters_leave_goes_to_the_code_with_the_most_minutes_left_over() -> None:
    assert units({"97124": 33, "97140": 7}, "cms") == {"97124": 2, "97140": 1}  # 40 minutes are three units
    assert units({"97124": 18, "97140": 20}, "cms") == {"97124": 1, "97140": 2}


def test_packs_stand_apart_from_the_timed_minutes() -> None:
    assert units({"97010": 20, "97124": 22}, "cms") == {"97010": 1, "97124": 1}
    assert units({"97010": 3, "97124": 22}, "midpoint") == {"97010": 1, "97124": 1}


@given(st.dictionaries(st.sampled_from(["97124", "97140", "97112", "97110"]), st.integers(1, 90), min_size=1))
def test_by_cms_all_units_together_are_those_of_all_minutes_and_no_code_gets_more_than_it_touched(
    minutes: dict[str, int],
) -> None:
    counted = units(minutes, "cms")
    assert sum(counted.values()) == len([end for end in range(8, 400, 15) if end <= sum(minutes.values())])
    assert all(number <= -(-minutes[code] // 15) for code, number in counted.items())
