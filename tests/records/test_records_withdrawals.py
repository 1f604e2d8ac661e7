"""An opt-out told to a person, and times that were stamped by a clock that was ahead."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from records_builder import NOON, TINA_EMAIL, TINA_PHONE, a_booking, a_client, enrolled, minutes
from sqlalchemy import Connection

from domain.staff_events import ConsentWithdrawn
from records import clock
from records.database import Records
from records.last_checks import Begun, LastChecks
from records.views import StoredEvent
from tests.activities.sending import a_message

DAY, HALF_A_MINUTE = timedelta(days=1), timedelta(seconds=30)


def withdrawn(**changes: Any) -> ConsentWithdrawn:
    fields: dict[str, Any] = {"event_id": "w1", "occurred_at": NOON, "by": "Dele Okafor", "said": "no more"}
    return ConsentWithdrawn(**(fields | changes))


def told(kept: list[StoredEvent]) -> dict[str, str]:
    return {stored.plan_id: getattr(stored.event, "channel", "") for stored in kept}


def suppressed(records: Records) -> tuple[bool, bool]:
    return records.is_suppressed("sms", TINA_PHONE), records.is_suppressed("email", TINA_EMAIL)


def _noon(_: Connection) -> datetime:
    return NOON


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "database_time", _noon)


@pytest.mark.parametrize(("channel", "both"), [("all", (True, True)), ("sms", (True, False)), ("email", (False, True))])
def test_a_spoken_opt_out_is_obeyed_and_told_to_all_plans_of_the_client_at_once(
    records: Records, channel: str, both: tuple[bool, bool]
) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tina-2")
    kept = records.withdraw_consent("tina-1", withdrawn(channel=channel), NOON)
    assert suppressed(records) == both
    assert told(kept) == {"tina-1": channel, "tina-2": channel}
    assert kept[0].plan_id == "tina-1"
    assert len(records.events_to_hand_over(NOON + minutes(1))) == 2


def test_somebody_else_on_the_same_phone_gets_no_texts_there_and_keeps_their_mails(records: Records) -> None:
    enrolled(records, "tina-1")
    enrolled(records, "tom-1", client=a_client(name="Tom Wexford", email="tom@example.com"))
    assert told(records.withdraw_consent("tina-1", withdrawn(), NOON)) == {"tina-1": "all", "tom-1": "sms"}
    assert not records.is_suppressed("email", "tom@example.com")


def test_the_same_word_twice_counts_once_and_does_not_undo_a_start_since(records: Records) -> None:
    enrolled(records)
    records.withdraw_consent("tina-1", withdrawn(), NOON)
    records.lift_suppression("sms", TINA_PHONE, NOON + minutes(1), "START")
    [again] = records.withdraw_consent("tina-1", withdrawn(), NOON + minutes(2))
    assert not again.new
    assert suppressed(records) == (False, True)


def test_it_counts_for_a_message_that_is_about_to_begin(records: Records) -> None:
    enrolled(records)
    message = a_message(plan_id="tina-1", address=TINA_PHONE, category="care")
    message_id = records.intend(message, NOON).message_id
    records.withdraw_consent("tina-1", withdrawn(), NOON)
    assert records.begin_send(message_id, NOON, LastChecks(channel="sms")) == Begun("opted out")


@pytest.mark.usefixtures("at_noon")
def test_a_stop_counts_though_a_clock_ahead_has_stamped_the_start_before_it(records: Records) -> None:
    records.lift_suppression("sms", TINA_PHONE, NOON + DAY, "START")
    records.suppress("sms", TINA_PHONE, NOON, "STOP", "the client's own words")
    assert records.is_suppressed("sms", TINA_PHONE)
    records.lift_suppression("sms", TINA_PHONE, NOON + minutes(5), "START")
    assert not records.is_suppressed("sms", TINA_PHONE), "and the next START counts again"


@pytest.mark.usefixtures("at_noon")
def test_a_stop_that_the_poll_finds_late_does_not_undo_the_start_after_it(records: Records) -> None:
    records.lift_suppression("sms", TINA_PHONE, NOON - minutes(1), "START")
    records.suppress("sms", TINA_PHONE, NOON - minutes(5), "STOP", "the client's own words")
    assert not records.is_suppressed("sms", TINA_PHONE)


@pytest.mark.parametrize("ahead", [timedelta(hours=1), DAY, 400 * DAY])
def test_a_lease_that_a_clock_ahead_has_given_is_void_once_the_clock_is_right(
    records: Records, ahead: timedelta
) -> None:
    records.take_lease("sweep", "a dead worker", NOON + ahead, HALF_A_MINUTE)
    assert records.take_lease("sweep", "worker-2", NOON, HALF_A_MINUTE)
    assert not records.take_lease("sweep", "worker-3", NOON, HALF_A_MINUTE)


@pytest.mark.usefixtures("at_noon")
def test_without_a_time_a_lease_goes_by_the_databases_clock(records: Records) -> None:
    assert records.take_lease("poll", "worker-1", None, HALF_A_MINUTE)
    assert not records.take_lease("poll", "worker-2", None, HALF_A_MINUTE)
    assert [lease.until for lease in records.leases()] == [NOON + HALF_A_MINUTE]
    records.release_lease("poll", "worker-1")
    assert records.take_lease("poll", "worker-2", None, HALF_A_MINUTE)


def test_the_databases_clock_goes_on(records: Records) -> None:
    first, second = records.now(), records.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


def test_news_with_a_time_to_come_is_handed_over_now(records: Records) -> None:
    enrolled(records)
    records.add_event("tina-1", a_booking(), NOON + DAY)
    records.add_inbound("in-1", "sms", TINA_PHONE, "hello", NOON + DAY, "tina-1")
    assert records.events_to_hand_over(NOON + minutes(1)) == []
    assert [records.bring_back(NOON) for _ in range(2)] == [2, 0]
    assert len(records.events_to_hand_over(NOON + minutes(1))) == 1
    assert len(records.inbound_to_take(NOON + minutes(1))) == 1


def test_a_poll_that_worked_and_one_that_failed_are_on_record(records: Records) -> None:
    records.note_poll("TwilioSms", NOON, well=False)
    records.note_poll("TwilioSms", NOON + minutes(1), well=True)
    assert [(poll.polled_at, poll.failed_at) for poll in records.polls()] == [(NOON + minutes(1), None)]
    records.note_poll("TwilioSms", NOON + minutes(2), well=False)
    assert [(poll.polled_at, poll.failed_at) for poll in records.polls()] == [(NOON + minutes(1), NOON + minutes(2))]
