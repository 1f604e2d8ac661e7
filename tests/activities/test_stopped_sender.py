"""A fault of our own settings: noticed once, tried again by one message at a time, and nothing is lost."""

from datetime import datetime, timedelta

import pytest

from domain.actions import SendMessage, SendOutcome
from providers.base import Accepted, DeliveryError
from records.database import Records
from tests.activities.sending import (
    HOUR,
    MINUTE,
    NINE_TO_EIGHT,
    SECOND,
    TEN_IN_THE_MORNING,
    Carrier,
    WorkerDied,
    a_message,
    ask,
    fails_with,
    that_fails,
    the_row,
)

WAITS = "the sender waits until its settings are mended"
WRONG_PASSWORD = fails_with(DeliveryError.of("our_settings", 20003))


def after(wait: timedelta) -> datetime:
    return TEN_IN_THE_MORNING + wait


def messages(count: int) -> list[SendMessage]:
    return [a_message(message_key=f"p1/reminder/{number}") for number in range(count)]


def ask_all(records: Records, carrier: Carrier, at: datetime, count: int = 5) -> list[SendOutcome]:
    return [ask(records, carrier, message, at) for message in messages(count)]


def test_only_one_message_reaches_a_provider_that_refuses_our_settings(records: Records):
    carrier = Carrier(says=WRONG_PASSWORD)
    first, *others = ask_all(records, carrier, TEN_IN_THE_MORNING)
    assert (first.result, first.until, first.because) == (
        "deferred",
        after(MINUTE),
        "the provider refuses our settings",
    )
    assert {(one.result, one.until, one.because) for one in others} == {("deferred", after(5 * MINUTE), WAITS)}
    ask_all(records, carrier, after(5 * MINUTE - SECOND))
    assert len(carrier.handed) == 1
    assert {the_row(records, message).status for message in messages(5)} == {"intended"}


def test_every_five_minutes_one_message_tries_again(records: Records):
    carrier = Carrier(says=WRONG_PASSWORD)
    calls: list[int] = []
    for minute in range(16):
        ask_all(records, carrier, after(minute * MINUTE))
        calls.append(len(carrier.handed))
    assert calls == 5 * [1] + 5 * [2] + 5 * [3] + [4]


def test_the_front_desk_hears_once_that_our_settings_are_refused(records: Records):
    carrier = Carrier(says=WRONG_PASSWORD)
    for minute in (0, 5, 10):
        ask_all(records, carrier, after(minute * MINUTE))
    [view] = records.desk_tasks(open_only=False)
    assert (view.task.kind, view.closed_at) == ("sender_stopped", None)
    assert view.task.text == (
        "The provider refuses to send our text messages (the TWILIO_ settings): code 20003. Messages wait; check the "
        "settings with `followthrough doctor`. This task closes itself when something goes out again."
    )


def test_once_the_settings_are_mended_everything_goes_and_the_task_closes_itself(records: Records):
    carrier = Carrier(says=WRONG_PASSWORD)
    ask_all(records, carrier, TEN_IN_THE_MORNING)
    carrier.says = lambda: Accepted(f"SM{len(carrier.handed)}")
    outcomes = ask_all(records, carrier, after(5 * MINUTE))
    assert [outcome.result for outcome in outcomes] == 5 * ["accepted"]
    assert records.stopped_senders() == {}
    assert records.desk_tasks() == []
    [closed] = records.desk_tasks(open_only=False)
    assert (closed.closed_by, closed.closed_at) == ("the program", after(5 * MINUTE))
    assert len(carrier.handed) == 1 + 5


def test_a_sender_that_stops_a_second_time_is_told_a_second_time(records: Records):
    carrier = Carrier(says=WRONG_PASSWORD)
    ask(records, carrier, messages(1)[0])
    ask(records, Carrier(), messages(1)[0], after(5 * MINUTE))
    ask(records, carrier, messages(2)[1], after(HOUR))
    [view] = records.desk_tasks()
    assert view.task.at == after(HOUR)
    ask(records, Carrier(), messages(2)[1], after(HOUR + 5 * MINUTE))
    assert records.desk_tasks() == []


def test_what_would_be_stale_before_the_sender_is_tried_again_is_dropped_with_both_reasons(records: Records):
    ask(records, Carrier(says=WRONG_PASSWORD), a_message())
    short = a_message(message_key="p1/reminder/2", expires_at=after(4 * MINUTE))
    outcome = ask(records, Carrier(), short)
    assert (outcome.result, outcome.because) == (
        "dropped",
        f"{WAITS}; too late: it would no longer be of use when it may be sent",
    )
    assert the_row(records, short).because == outcome.because


def test_a_message_that_waits_for_the_sender_waits_for_the_send_window_too(records: Records):
    just_before_eight = TEN_IN_THE_MORNING + 9 * HOUR + 58 * MINUTE
    ask(records, Carrier(says=WRONG_PASSWORD), a_message(expires_at=after(20 * HOUR)), just_before_eight)
    second = a_message(message_key="p1/reminder/2", window=NINE_TO_EIGHT, expires_at=after(48 * HOUR))
    assert ask(records, Carrier(), second, just_before_eight).until == after(23 * HOUR)


def test_mails_go_while_texts_wait(records: Records):
    ask(records, Carrier(says=WRONG_PASSWORD), a_message())
    mail = a_message(message_key="p1/reminder/2", channel="email", address="tina@example.com")
    assert ask(records, Carrier(channel="email"), mail).result == "accepted"
    assert list(records.stopped_senders()) == ["sms"]


def test_a_worker_that_dies_while_trying_leaves_the_next_try_to_another_message(records: Records):
    ask(records, Carrier(says=WRONG_PASSWORD), a_message())
    with pytest.raises(WorkerDied):
        ask(records, that_fails(WorkerDied()), messages(1)[0], after(5 * MINUTE))
    carrier = Carrier()
    assert ask(records, carrier, messages(2)[1], after(9 * MINUTE)).because == WAITS
    assert ask(records, carrier, messages(2)[1], after(10 * MINUTE)).result == "accepted"
    assert (len(carrier.handed), records.stopped_senders()) == (1, {})


@pytest.mark.parametrize("cause", ["busy", "not_connected"])
def test_a_provider_that_is_merely_away_stops_no_sender(records: Records, cause: str):
    error = DeliveryError.of("busy" if cause == "busy" else "not_connected")
    ask(records, that_fails(error), a_message())
    assert (records.stopped_senders(), records.desk_tasks()) == ({}, [])
    assert ask(records, Carrier(), messages(1)[0]).result == "accepted"


def test_a_message_whose_settings_fault_cant_be_noted_is_free_and_not_in_doubt(
    records: Records, monkeypatch: pytest.MonkeyPatch
):
    def no_database(*_: object) -> bool:
        raise ConnectionError

    monkeypatch.setattr(records, "stop_sender", no_database)
    with pytest.raises(ConnectionError):
        ask(records, Carrier(says=WRONG_PASSWORD), a_message())
    assert the_row(records, a_message()).status == "intended"


def test_a_message_that_went_counts_as_sent_even_if_the_senders_mending_cant_be_noted(
    records: Records, monkeypatch: pytest.MonkeyPatch
):
    ask(records, Carrier(says=WRONG_PASSWORD), a_message())

    def no_database(*_: object) -> bool:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(records, "sender_works", no_database)
        with pytest.raises(ConnectionError):
            ask(records, Carrier(), a_message(), after(5 * MINUTE))
    assert the_row(records, a_message()).status == "accepted"
    assert ask(records, Carrier(), messages(1)[0], after(10 * MINUTE)).result == "accepted"
    assert records.desk_tasks() == []
