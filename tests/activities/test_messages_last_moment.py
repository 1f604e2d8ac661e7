"""What comes in between the decision to send and the call of the provider."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from activities import messages
from domain.actions import SendMessage, SendOutcome
from domain.events import AppointmentCancelled
from records.database import Records
from tests.activities.sending import (
    HOUR,
    KEYS,
    MINUTE,
    NINE_TO_EIGHT,
    ONE_A_DAY,
    PHONE,
    SECOND,
    TEN_IN_THE_MORNING,
    Carrier,
    JustBefore,
    a_care_message_went,
    a_message,
    ask,
    begun_by_another,
    the_row,
)

DECIDED = a_message(decided_at=TEN_IN_THE_MORNING)
SOMETHING_HAPPENED = "something happened since it was decided"
DAYS_LATER = TEN_IN_THE_MORNING + 72 * HOUR


@pytest.fixture(autouse=True)
def _nobody_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "BETWEEN_LOOKS", timedelta(0))


@pytest.fixture
def crowded(database_url: str) -> Iterator[JustBefore]:
    """Records in which a test can let something come in just before a send begins."""
    opened = JustBefore.open(database_url, KEYS)
    yield opened
    opened.close()


def a_cancellation(records: Records, at: datetime, event_id: str = "cancel-1") -> None:
    event = AppointmentCancelled(event_id=event_id, occurred_at=at, appointment_id="visit-1")
    records.add_event("p1", event, at)


def after(wait: timedelta) -> datetime:
    return TEN_IN_THE_MORNING + wait


def test_a_stop_between_the_first_look_and_the_send_wins(crowded: JustBefore):
    crowded.comes = lambda _: crowded.suppress("sms", PHONE, TEN_IN_THE_MORNING, "STOP", "reply")
    carrier = Carrier()
    outcome = ask(crowded, carrier, a_message())
    assert (outcome.result, outcome.because, carrier.handed) == ("dropped", "opted out", [])
    assert the_row(crowded, a_message()).status == "dropped"


@pytest.mark.parametrize("kind", ["safety", "about_opt_out"])
def test_what_answers_an_emergency_or_an_opt_out_goes_in_spite_of_it(records: Records, kind: str):
    records.suppress("sms", PHONE, TEN_IN_THE_MORNING - SECOND, "STOP", "reply")
    a_cancellation(records, after(SECOND))
    message = a_message(decided_at=TEN_IN_THE_MORNING, **{kind: True})
    assert ask(records, Carrier(), message, after(2 * SECOND)).result == "accepted"


@pytest.mark.parametrize("kind", ["safety", "about_opt_out"])
def test_what_answers_an_emergency_or_an_opt_out_does_not_go_when_it_is_stale(records: Records, kind: str):
    carrier = Carrier()
    outcome = ask(records, carrier, a_message(**{kind: True}), after(4 * HOUR))
    assert (outcome.because, carrier.handed) == ("too late: it would no longer be of use", [])


def test_a_stop_seen_by_one_attempt_does_not_hide_that_another_one_is_sending(database_url: str):
    class LooksLate(Records):
        def is_suppressed(self, channel: Any, address: str) -> bool:
            begun_by_another(self, the_row(self, a_message()).message_id)
            return True

    records = LooksLate.open(database_url, KEYS)
    outcome = ask(records, Carrier(), a_message())
    assert (outcome.result, outcome.because) == ("unclear", "it is being sent at this moment")
    assert the_row(records, a_message()).status == "sending"
    records.close()


@pytest.mark.parametrize(
    ("came", "held_up"),
    [
        (SECOND, True),  # after the decision
        (-SECOND, False),  # it was just being handed over, and the decision knew it
        (-9 * SECOND, False),
        (-11 * SECOND, True),  # stuck on its way
        (-100 * SECOND, True),
        (-121 * SECOND, False),  # stuck for so long that it holds nothing up any more
    ],
)
def test_an_event_that_the_decision_cant_have_seen_holds_the_message_up(
    records: Records, came: timedelta, held_up: bool
):
    a_cancellation(records, after(came))
    carrier = Carrier()
    outcome = ask(records, carrier, DECIDED, after(2 * SECOND if came > timedelta(0) else timedelta(0)))
    assert (outcome.result, len(carrier.handed)) == (("deferred", 0) if held_up else ("accepted", 1))


def test_a_message_that_was_held_up_is_still_to_be_sent_and_says_why_it_waits(records: Records):
    a_cancellation(records, after(SECOND))
    outcome = ask(records, Carrier(), DECIDED, after(2 * SECOND))
    assert outcome.because == SOMETHING_HAPPENED
    assert outcome.until is not None
    assert after(2 * SECOND) < outcome.until <= after(MINUTE)
    assert the_row(records, DECIDED).status == "intended"


def test_an_event_that_arrives_while_we_look_is_judged_at_once(database_url: str):
    class Arrives(Records):
        looks = 0

        def something_waits(self, plan_id: str, decided_at: datetime, now: datetime) -> bool:
            self.looks += 1
            if self.looks == 3:
                self.settle_event("p1", "cancel-1", "recorded", "", now)
            return super().something_waits(plan_id, decided_at, now)

    records = Arrives.open(database_url, KEYS)
    a_cancellation(records, after(SECOND))
    outcome = ask(records, Carrier(), DECIDED, after(2 * SECOND))
    assert (outcome.result, outcome.until) == ("deferred", after(2 * SECOND))
    assert records.looks == 3
    records.close()


def test_an_event_that_stays_stuck_holds_the_next_decision_up_as_well(records: Records):
    a_cancellation(records, after(SECOND))
    at, tries = after(2 * SECOND), 0
    carrier = Carrier()
    while at < after(2 * MINUTE):
        outcome = ask(records, carrier, a_message(decided_at=at if tries else TEN_IN_THE_MORNING), at)
        assert (outcome.result, outcome.because) == ("deferred", SOMETHING_HAPPENED)
        assert outcome.until is not None
        at, tries = outcome.until, tries + 1
    assert ask(records, carrier, a_message(decided_at=at), at).result == "accepted"
    assert tries < 15


def test_an_event_that_the_plan_took_before_it_decided_holds_nothing_up(records: Records):
    a_cancellation(records, after(-MINUTE))
    records.settle_event("p1", "cancel-1", "recorded", "", after(-MINUTE))
    assert ask(records, Carrier(), DECIDED, after(2 * SECOND)).result == "accepted"


def test_an_event_that_the_plan_took_since_it_decided_has_the_message_judged_again_at_once(records: Records):
    a_cancellation(records, after(SECOND))
    records.settle_event("p1", "cancel-1", "recorded", "", after(SECOND))
    carrier = Carrier()
    outcome = ask(records, carrier, DECIDED, after(2 * SECOND))
    assert (outcome.result, outcome.until, outcome.because) == ("deferred", after(2 * SECOND), SOMETHING_HAPPENED)
    assert carrier.handed == []


@pytest.mark.parametrize("changes", [{"audience": "therapist", "to": "therapist"}, {"decided_at": None}])
def test_messages_to_staff_and_those_of_old_plans_are_not_held_up(records: Records, changes: dict[str, Any]):
    a_cancellation(records, after(SECOND))
    message = DECIDED.model_copy(update=changes)
    assert ask(records, Carrier(), message, after(2 * SECOND)).result == "accepted"


def a_care_message(**changes: Any) -> SendMessage:
    fields: dict[str, Any] = {"window": NINE_TO_EIGHT, "expires_at": DAYS_LATER}
    return a_message(category="care", caps=ONE_A_DAY, **(fields | changes))


def after_another_one(crowded: JustBefore, message: SendMessage) -> SendOutcome:
    """The cap had room at the first look; then another plan's message took it."""
    crowded.comes = lambda _: a_care_message_went(crowded, TEN_IN_THE_MORNING)
    carrier = Carrier()
    outcome = ask(crowded, carrier, message)
    assert carrier.handed == []
    return outcome


def test_a_cap_that_filled_up_at_the_last_moment_waits_for_the_window_of_the_next_day(crowded: JustBefore):
    outcome = after_another_one(crowded, a_care_message())
    assert (outcome.result, outcome.because) == ("deferred", "enough messages for now")
    assert outcome.until == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)


def test_without_a_window_a_full_cap_opens_at_the_clients_midnight(crowded: JustBefore):
    outcome = after_another_one(crowded, a_care_message(window=None))
    assert outcome.until == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


def test_what_would_be_stale_once_the_cap_opens_is_dropped(crowded: JustBefore):
    outcome = after_another_one(crowded, a_care_message(expires_at=after(20 * HOUR)))
    assert (outcome.result, outcome.because) == (
        "dropped",
        "enough messages for now; too late: it would no longer be of use when it may be sent",
    )


@pytest.mark.parametrize("ahead", [MINUTE, HOUR, 24 * HOUR])
def test_an_event_by_a_clock_that_is_ahead_has_the_message_judged_once_more_and_stops_nothing(
    records: Records, ahead: timedelta
):
    event = AppointmentCancelled(event_id="e1", occurred_at=TEN_IN_THE_MORNING, appointment_id="v1")
    records.add_event("p1", event, after(ahead))
    records.settle_event("p1", "e1", "recorded", "", after(ahead))
    early = ask(records, Carrier(), a_message(decided_at=TEN_IN_THE_MORNING), after(SECOND))
    assert (early.result, early.until, early.because) == ("deferred", after(SECOND), SOMETHING_HAPPENED)
    assert ask(records, Carrier(), a_message(decided_at=after(SECOND)), after(SECOND)).result == "accepted"


def test_an_event_that_is_stuck_with_a_time_to_come_holds_up_for_two_minutes_and_no_day(records: Records):
    a_cancellation(records, after(24 * HOUR))
    outcome = ask(records, Carrier(), DECIDED, after(SECOND))
    assert (outcome.result, outcome.because) == ("deferred", SOMETHING_HAPPENED)
    assert ask(records, Carrier(), a_message(decided_at=after(2 * MINUTE)), after(2 * MINUTE)).result == "deferred"
    later = after(2 * MINUTE + 2 * SECOND)
    assert ask(records, Carrier(), a_message(decided_at=later), later).result == "accepted"
