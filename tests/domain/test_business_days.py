"""Business days: no weekend, no federal holiday, and none of the days on which a holiday is kept instead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.business_days import add_business_days, is_business_day, next_business_day, previous_business_day

DAYS = st.dates(date(2015, 1, 1), date(2060, 1, 1))

OFF_IN_2026 = ["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"]


def test_the_weekdays_off_in_2026_are_the_eleven_federal_holidays_with_independence_day_kept_on_friday():
    year = (date(2026, 1, 1) + timedelta(n) for n in range(365))
    off = [f"{day:%m-%d}" for day in year if day.weekday() < 5 and not is_business_day(day)]
    assert off == OFF_IN_2026


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),  # an ordinary Monday
        ("2026-11-28", False),  # Saturday
        ("2026-11-29", False),  # Sunday
        ("2026-11-27", True),  # the day after Thanksgiving is no federal holiday
        ("2027-07-05", False),  # Independence Day on a Sunday is kept on Monday
        ("2027-12-24", False),  # Christmas on a Saturday is kept on Friday
        ("2027-12-31", False),  # New Year's Day of the next year on a Saturday is kept in the old year
        ("2020-06-19", True),  # Juneteenth was no holiday yet
        ("2028-02-29", True),  # leap day, a Tuesday
    ],
)
def test_a_day_is_known_as_a_business_day_or_a_day_off(day: str, works: bool):
    assert is_business_day(date.fromisoformat(day)) is works


def test_a_business_day_is_its_own_next_and_previous_one():
    monday = date(2026, 11, 23)
    assert next_business_day(monday) == previous_business_day(monday) == monday


def test_a_long_weekend_is_left_on_both_sides():
    christmas_saturday = date(2027, 12, 25)
    assert next_business_day(christmas_saturday) == date(2027, 12, 27)
    assert previous_business_day(christmas_saturday) == date(2027, 12, 23)


def test_the_turn_of_a_year_that_begins_on_a_saturday_is_left_on_both_sides():
    assert previous_business_day(date(2028, 1, 2)) == date(2027, 12, 30)
    assert next_business_day(date(2027, 12, 31)) == date(2028, 1, 3)


@pytest.mark.parametrize(
    ("start", "count", "reached"),
    [
        ("2026-11-23", 2, "2026-11-25"),
        ("2026-11-25", 1, "2026-11-27"),  # over Thanksgiving
        ("2026-11-27", 2, "2026-12-01"),  # over a weekend
        ("2026-11-28", 1, "2026-11-30"),  # a start on a Saturday isn't counted
        ("2026-11-20", 10, "2026-12-07"),  # 23 24 25 27 30, 1 2 3 4 7
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-30", 0, "2026-11-30"),
    ],
)
def test_business_days_are_counted_from_the_day_after(start: str, count: int, reached: str):
    assert add_business_days(date.fromisoformat(start), count) == date.fromisoformat(reached)


def test_business_days_are_never_counted_backward():
    with pytest.raises(ValueError, match="forward only"):
        add_business_days(date(2026, 11, 23), -1)


@given(DAYS)
def test_the_nearest_business_days_lie_around_the_day_with_nothing_but_days_off_between(day: date):
    before, after = previous_business_day(day), next_business_day(day)
    assert before <= day <= after
    assert is_business_day(before)
    assert is_business_day(after)
    between = [before + timedelta(n) for n in range(1, (after - before).days)]
    assert not [each for each in between if is_business_day(each)]


@given(DAYS, st.integers(1, 40))
def test_one_more_business_day_is_the_next_one(day: date, count: int):
    reached = add_business_days(day, count)
    assert add_business_days(day, count + 1) == next_business_day(reached + timedelta(1))
