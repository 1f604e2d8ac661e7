"""When a message may go, on the client's wall clock and under the caps."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.policy import Caps, SendWindow
from domain.send_window import cap_until, is_open, next_open

SEATTLE = "America/Los_Angeles"
NEW_YORK = "America/New_York"
DAYTIME = SendWindow()


def at(text: str, zone: str = SEATTLE, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def window(opens: str, closes: str) -> SendWindow:
    return SendWindow(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def opens_at(now: datetime, of: SendWindow, zone: str = SEATTLE) -> str:
    return next_open(now, of, zone).isoformat()


def test_inside_the_window_a_message_goes_now() -> None:
    now = at("2026-03-03T09:00")
    assert next_open(now, DAYTIME, SEATTLE) is now


def test_before_nine_it_waits_for_nine() -> None:
    assert opens_at(at("2026-03-03T08:59:59"), DAYTIME) == "2026-03-03T09:00:00-08:00"


def test_at_the_closing_time_it_waits_for_the_morning() -> None:
    assert opens_at(at("2026-03-03T20:00"), DAYTIME) == "2026-03-04T09:00:00-08:00"


def test_the_clock_that_counts_is_the_clients() -> None:
    eight_in_seattle = at("2026-03-03T08:00")
    assert next_open(eight_in_seattle, DAYTIME, NEW_YORK) is eight_in_seattle
    assert opens_at(eight_in_seattle, DAYTIME, SEATTLE) == "2026-03-03T09:00:00-08:00"
    assert opens_at(datetime(2026, 3, 4, 4, 30, tzinfo=UTC), DAYTIME, SEATTLE) == "2026-03-04T09:00:00-08:00"


def test_equal_times_mean_the_whole_day() -> None:
    now = at("2026-03-03T03:33")
    assert next_open(now, window("00:00", "00:00"), SEATTLE) is now
    assert next_open(now, window("09:00", "09:00"), SEATTLE) is now


def test_a_window_over_midnight_is_open_on_both_sides_of_it() -> None:
    night = window("22:00", "02:00")
    assert is_open(at("2026-03-03T23:00"), night, SEATTLE)
    assert is_open(at("2026-03-04T01:59"), night, SEATTLE)
    assert opens_at(at("2026-03-04T02:00"), night) == "2026-03-04T22:00:00-08:00"


def test_nine_in_the_morning_is_nine_on_both_days_of_a_clock_change() -> None:
    assert opens_at(at("2026-03-07T21:00"), DAYTIME) == "2026-03-08T09:00:00-07:00"
    assert opens_at(at("2026-10-31T21:00"), DAYTIME) == "2026-11-01T09:00:00-08:00"


def test_an_opening_time_that_the_clocks_skip_opens_when_they_have_jumped() -> None:
    assert opens_at(at("2026-03-08T01:00"), window("02:30", "20:00")) == "2026-03-08T03:00:00-07:00"


def test_a_window_that_lies_in_the_skipped_hour_stays_shut_that_day() -> None:
    assert opens_at(at("2026-03-08T01:00"), window("02:10", "02:50")) == "2026-03-09T02:10:00-07:00"


def test_a_window_in_the_hour_that_comes_twice_opens_both_times() -> None:
    twice = window("01:10", "01:20")
    assert opens_at(at("2026-11-01T00:30"), twice) == "2026-11-01T01:10:00-07:00"
    assert opens_at(at("2026-11-01T01:30"), twice) == "2026-11-01T01:10:00-08:00"
    assert opens_at(at("2026-11-01T01:30", fold=1), twice) == "2026-11-02T01:10:00-08:00"


def test_clocks_set_back_into_the_window_open_it_again() -> None:
    assert opens_at(at("2026-11-01T01:40"), window("00:30", "01:10")) == "2026-11-01T01:00:00-08:00"


minutes_of_day = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@settings(max_examples=60, deadline=None)
@given(
    start=st.sampled_from([datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)]),
    minute=st.integers(0, 3 * 24 * 60),
    opens=minutes_of_day,
    closes=minutes_of_day,
)
def test_the_answer_is_the_first_open_minute(start: datetime, minute: int, opens: time, closes: time) -> None:
    now, of = start + timedelta(minutes=minute), SendWindow(opens=opens, closes=closes)
    searched = now
    while not is_open(searched, of, SEATTLE):
        searched += timedelta(minutes=1)
    assert next_open(now, of, SEATTLE).astimezone(UTC) == searched


def test_with_no_message_sent_the_caps_let_one_go() -> None:
    assert cap_until(at("2026-03-03T10:00"), [], Caps(), SEATTLE) is None


def test_a_second_message_on_one_day_waits_for_the_next_day() -> None:
    sent = [at("2026-03-03T09:30")]
    until = cap_until(at("2026-03-03T10:00"), sent, Caps(), SEATTLE)
    assert until is not None
    assert until.isoformat() == "2026-03-04T00:00:00-08:00"
    assert cap_until(until, sent, Caps(), SEATTLE) is None


def test_the_day_that_is_counted_is_the_clients_calendar_day() -> None:
    sent = [at("2026-03-02T23:30")]
    now = at("2026-03-03T00:30")
    assert cap_until(now, sent, Caps(per_day=1), SEATTLE) is None
    assert cap_until(now, sent, Caps(per_day=1), "America/Anchorage") is not None


def test_times_from_the_records_in_utc_count_on_the_clients_day() -> None:
    evening_before = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    assert cap_until(at("2026-03-03T10:00"), [evening_before], Caps(per_day=1), SEATTLE) is None
    assert cap_until(at("2026-03-02T20:00"), [evening_before], Caps(per_day=1), SEATTLE) is not None


def test_a_fourth_message_waits_until_the_first_is_seven_days_old() -> None:
    sent = [at("2026-03-04T10:00"), at("2026-03-02T18:00"), at("2026-03-06T10:00")]
    until = cap_until(at("2026-03-07T10:00"), sent, Caps(), SEATTLE)
    assert until is not None
    assert until.isoformat() == "2026-03-09T00:00:00-07:00"
    assert cap_until(at("2026-03-09T00:00"), sent, Caps(), SEATTLE) is None


def test_an_overfull_week_waits_until_enough_have_left_it() -> None:
    sent = [at(f"2026-03-0{day}T10:00") for day in (1, 2, 3, 4)]
    until = cap_until(at("2026-03-05T10:00"), sent, Caps(per_week=2), SEATTLE)
    assert until is not None
    assert until.isoformat() == "2026-03-10T00:00:00-07:00"


@pytest.mark.parametrize("caps", [Caps(per_day=0), Caps(per_week=0)])
def test_a_cap_of_zero_lets_nothing_through_and_asks_again_in_a_week(caps: Caps) -> None:
    now = at("2026-06-03T10:00")
    assert cap_until(now, [], caps, SEATTLE) == now + timedelta(days=7)


def test_without_caps_any_number_may_go() -> None:
    now = at("2026-03-03T10:00")
    assert cap_until(now, [now] * 50, Caps(per_day=None, per_week=None), SEATTLE) is None
    assert cap_until(now, [now] * 50, Caps(per_day=None, per_week=51), SEATTLE) is None
