from datetime import UTC, datetime, time
from typing import Any

import pytest

from domain.policy import SendWindow
from records.database import Records
from tests.activities.sending import (
    DAY,
    HOUR,
    MINUTE,
    NINE_TO_EIGHT,
    ONE_A_DAY,
    TEN_IN_THE_MORNING,
    Carrier,
    a_care_message_went,
    a_message,
    ask,
    the_row,
)


def test_a_message_due_at_night_waits_for_the_send_window(records: Records):
    carrier = Carrier()
    outcome = ask(records, carrier, a_message(window=NINE_TO_EIGHT), TEN_IN_THE_MORNING - 12 * HOUR)
    assert (outcome.result, outcome.because) == ("deferred", "outside the hours in which we write")
    assert outcome.until == datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert (carrier.handed, the_row(records, a_message()).status) == ([], "intended")
    assert outcome.until is not None
    assert ask(records, carrier, a_message(window=NINE_TO_EIGHT), outcome.until).result == "accepted"


def test_what_would_be_stale_by_morning_is_dropped_at_night_with_its_reason(records: Records):
    night = TEN_IN_THE_MORNING - 12 * HOUR
    outcome = ask(records, Carrier(), a_message(window=NINE_TO_EIGHT, expires_at=night + HOUR), night)
    assert outcome.result == "dropped"
    assert outcome.because == (
        "outside the hours in which we write; too late: it would no longer be of use when it may be sent"
    )


def test_what_may_go_at_any_hour_goes_at_night(records: Records):
    message = a_message(window=NINE_TO_EIGHT, any_hour=True)
    assert ask(records, Carrier(), message, TEN_IN_THE_MORNING - 12 * HOUR).result == "accepted"


def test_the_provider_may_not_hold_a_text_past_the_end_of_the_window(records: Records):
    carrier = Carrier()
    at_half_past_seven = TEN_IN_THE_MORNING + 9 * HOUR + 30 * MINUTE
    message = a_message(window=NINE_TO_EIGHT, expires_at=TEN_IN_THE_MORNING + DAY)
    ask(records, carrier, message, at_half_past_seven)
    assert carrier.handed[0].valid_for == 30 * MINUTE


def test_a_window_over_midnight_ends_the_next_morning(records: Records):
    carrier = Carrier()
    night_shift = SendWindow(opens=time(20), closes=time(4))
    message = a_message(window=night_shift, expires_at=TEN_IN_THE_MORNING + DAY)
    ask(records, carrier, message, TEN_IN_THE_MORNING + 11 * HOUR)
    assert carrier.handed[0].valid_for == 7 * HOUR


def test_a_full_cap_makes_a_care_message_wait_for_the_next_day_and_its_window(records: Records):
    a_care_message_went(records, TEN_IN_THE_MORNING - HOUR)
    carrier = Carrier()
    expires_at = TEN_IN_THE_MORNING + 3 * DAY
    message = a_message(category="care", caps=ONE_A_DAY, window=NINE_TO_EIGHT, expires_at=expires_at)
    outcome = ask(records, carrier, message)
    assert (outcome.result, outcome.because) == ("deferred", "enough messages for now")
    assert outcome.until == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
    assert carrier.handed == []
    assert outcome.until is not None
    assert ask(records, carrier, message, outcome.until).result == "accepted"


def test_the_weekly_cap_counts_the_days_before(records: Records):
    for days in (2, 4, 6):
        a_care_message_went(records, TEN_IN_THE_MORNING - days * DAY, key=f"p1/care/{days}")
    message = a_message(category="care", caps=ONE_A_DAY, expires_at=TEN_IN_THE_MORNING + 3 * DAY)
    outcome = ask(records, Carrier(), message)
    assert (outcome.result, outcome.until) == ("deferred", datetime(2026, 3, 3, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "changes", [{"category": "visit"}, {"category": "answer"}, {"category": "care", "audience": "therapist"}]
)
def test_caps_are_for_care_messages_to_the_client_only(records: Records, changes: dict[str, Any]):
    a_care_message_went(records, TEN_IN_THE_MORNING - HOUR)
    assert ask(records, Carrier(), a_message(caps=ONE_A_DAY, **changes)).result == "accepted"
