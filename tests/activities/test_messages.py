import logging
import threading
from datetime import timedelta
from typing import Any

import pytest

from domain.actions import SendOutcome
from providers.base import Accepted, DeliveryError, Outgoing
from providers.local import LocalProvider
from records.database import Records
from tests.activities.sending import (
    DAY,
    HOUR,
    KEYS,
    MINUTE,
    NINE_TO_EIGHT,
    PHONE,
    SECOND,
    TEN_IN_THE_MORNING,
    TEXT,
    Carrier,
    JustBefore,
    a_message,
    ask,
    begun_by_another,
    that_fails,
    the_row,
)


def test_a_message_is_written_down_handed_over_once_and_settled(records: Records):
    carrier = Carrier()
    outcome = ask(records, carrier, a_message())
    assert outcome == SendOutcome(
        message_key="p1/reminder/1", touchpoint_key="reminder/1", result="accepted", at=TEN_IN_THE_MORNING
    )
    row = the_row(records, a_message())
    assert (row.status, row.provider_id) == ("accepted", "SM1")
    assert carrier.handed == [
        Outgoing(row.message_id, "sms", PHONE, TEXT, None, valid_for=4 * HOUR, at=TEN_IN_THE_MORNING, language="en")
    ]


def test_the_intent_is_committed_before_the_provider_is_called(records: Records, database_url: str):
    seen: list[str] = []

    def look() -> Accepted:
        others = Records.open(database_url, KEYS)
        seen.append(the_row(others, a_message()).status)
        others.close()
        return Accepted("SM1")

    ask(records, Carrier(says=look), a_message())
    assert seen == ["sending"]


def test_the_local_phone_takes_a_message_under_our_id(records: Records):
    assert ask(records, LocalProvider("sms"), a_message()).result == "accepted"
    row = the_row(records, a_message())
    assert row.provider_id == f"local-{row.message_id}"


def test_what_goes_out_is_what_was_written_down_first_even_if_the_wording_changed_since(records: Records):
    ask(records, Carrier(), a_message(window=NINE_TO_EIGHT), TEN_IN_THE_MORNING - 2 * HOUR)
    carrier = Carrier()
    ask(records, carrier, a_message(text="Another wording."))
    assert [outgoing.text for outgoing in carrier.handed] == [TEXT]


def test_a_worker_that_died_before_the_send_leaves_a_message_that_still_goes(records: Records):
    the_row(records, a_message())
    carrier = Carrier()
    assert ask(records, carrier, a_message()).result == "accepted"
    assert len(carrier.handed) == 1


def test_asking_again_for_an_accepted_message_sends_nothing(records: Records):
    carrier = Carrier()
    outcomes = [ask(records, carrier, a_message(), TEN_IN_THE_MORNING + n * DAY) for n in range(3)]
    assert [outcome.result for outcome in outcomes] == ["accepted"] * 3
    assert len(carrier.handed) == 1


@pytest.mark.parametrize("report", ["sent", "delivered", "undelivered"])
def test_asking_again_after_a_delivery_report_sends_nothing(records: Records, report: Any):
    carrier = Carrier()
    ask(records, carrier, a_message())
    records.delivery(the_row(records, a_message()).message_id, report, TEN_IN_THE_MORNING)
    assert ask(records, carrier, a_message()).result == "accepted"
    assert len(carrier.handed) == 1


def test_of_many_attempts_at_the_same_moment_one_calls_the_provider(records: Records):
    carrier = Carrier()
    together = threading.Barrier(4)

    def attempt() -> None:
        together.wait()
        ask(records, carrier, a_message())

    attempts = [threading.Thread(target=attempt) for _ in range(4)]
    for one in attempts:
        one.start()
    for one in attempts:
        one.join()
    assert len(carrier.handed) == 1
    assert the_row(records, a_message()).status == "accepted"


def test_an_attempt_that_another_one_overtook_asks_again_in_a_minute(database_url: str):
    records = JustBefore.open(database_url, KEYS)
    records.comes = lambda message_id: begun_by_another(records, message_id)
    carrier = Carrier()
    outcome = ask(records, carrier, a_message())
    assert (outcome.result, outcome.until, outcome.because) == (
        "unclear",
        TEN_IN_THE_MORNING + MINUTE,
        "it is being sent at this moment",
    )
    assert (carrier.handed, the_row(records, a_message()).status) == ([], "sending")
    records.close()


def test_a_client_who_said_stop_a_second_ago_is_not_written_to(records: Records):
    records.suppress("sms", PHONE, TEN_IN_THE_MORNING - SECOND, "STOP", "reply")
    carrier = Carrier()
    outcome = ask(records, carrier, a_message())
    assert (outcome.result, outcome.because) == ("dropped", "opted out")
    assert (carrier.handed, the_row(records, a_message()).status) == ([], "dropped")


def test_a_message_that_waited_for_the_morning_is_dropped_by_a_stop_in_the_night(records: Records):
    late = TEN_IN_THE_MORNING - 12 * HOUR
    message = a_message(window=NINE_TO_EIGHT)
    assert ask(records, Carrier(), message, late).result == "deferred"
    records.suppress("sms", PHONE, late + HOUR, "STOP", "reply")
    assert ask(records, Carrier(), message).because == "opted out"


def test_a_number_that_said_stop_is_no_way_to_the_therapist_and_another_one_is_tried(records: Records):
    records.suppress("sms", PHONE, TEN_IN_THE_MORNING - SECOND, "STOP", "reply")
    assert ask(records, Carrier(), a_message(audience="therapist", to="therapist")).result == "refused"


def test_a_message_goes_until_the_second_before_it_is_stale_and_then_never(records: Records):
    stale_at = TEN_IN_THE_MORNING + 4 * HOUR
    carrier = Carrier()
    outcome = ask(records, carrier, a_message(), stale_at)
    assert (outcome.result, outcome.because) == ("dropped", "too late: it would no longer be of use")
    assert ask(records, carrier, a_message(message_key="p1/reminder/2"), stale_at - SECOND).result == "accepted"
    assert len(carrier.handed) == 1


def test_a_message_to_nobody_is_refused(records: Records):
    outcome = ask(records, Carrier(), a_message(address=None))
    assert (outcome.result, outcome.because) == ("refused", "no number or address on file")


def test_a_channel_that_is_not_set_up_refuses_its_messages(records: Records):
    outcome = ask(records, None, a_message())
    assert (outcome.result, outcome.because) == ("refused", "this channel is not set up")


def test_a_message_of_an_erased_client_is_dropped(records: Records):
    records.destroy_client_key(the_client_of(records), TEN_IN_THE_MORNING)
    outcome = ask(records, Carrier(), a_message())
    assert (outcome.result, outcome.because) == ("dropped", "the client's data was erased")


def the_client_of(records: Records) -> str:
    with records._reading() as connection:  # pyright: ignore[reportPrivateUsage]
        return connection.exec_driver_sql("SELECT client_id FROM clients").scalar_one()


def test_a_message_that_the_provider_refuses_for_good_is_refused_and_not_tried_again(records: Records):
    carrier = that_fails(DeliveryError.of("bad_address", 21211))
    outcomes = [ask(records, carrier, a_message()) for _ in range(2)]
    assert [(outcome.result, outcome.because) for outcome in outcomes] == 2 * [
        ("refused", "the number or address does not work")
    ]
    assert len(carrier.handed) == 1


def test_an_opt_out_that_only_the_provider_knew_of_becomes_ours(records: Records):
    outcome = ask(records, that_fails(DeliveryError.of("opted_out", 21610)), a_message())
    assert (outcome.result, outcome.because) == ("dropped", "opted out")
    assert records.is_suppressed("sms", PHONE)
    assert not records.is_suppressed("email", PHONE)


def test_a_therapist_who_opted_out_at_the_provider_is_told_on_another_channel(records: Records):
    message = a_message(audience="therapist", to="therapist")
    assert ask(records, that_fails(DeliveryError.of("opted_out", 21610)), message).result == "refused"
    assert records.is_suppressed("sms", PHONE), "the carrier blocks it, and Health says so"


def test_a_busy_provider_is_asked_again_after_pauses_that_grow(records: Records):
    carrier = that_fails(DeliveryError.of("busy", 20429))
    at = TEN_IN_THE_MORNING
    pauses: list[timedelta] = []
    for _ in range(7):
        outcome = ask(records, carrier, a_message(), at)
        assert (outcome.result, outcome.because) == ("deferred", "the provider is busy")
        assert outcome.until is not None
        pauses.append(outcome.until - at)
        at = outcome.until
    assert pauses == [n * MINUTE for n in (1, 1, 2, 4, 8, 15, 15)]
    assert the_row(records, a_message()).status == "intended"
    assert ask(records, Carrier(), a_message(), at).result == "accepted"


def test_a_wrong_setting_of_ours_keeps_the_message_and_raises_the_alarm(
    records: Records, caplog: pytest.LogCaptureFixture
):
    outcome = ask(records, that_fails(DeliveryError.of("our_settings", 20003)), a_message())
    assert (outcome.result, outcome.because) == ("deferred", "the provider refuses our settings")
    [alarm] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "code 20003" in alarm.getMessage()


def test_neither_logs_nor_reasons_hold_a_number_or_a_text(records: Records, caplog: pytest.LogCaptureFixture):
    told: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for number, cause in enumerate(("our_settings", "refused", "no_answer", "busy", "opted_out")):
            message = a_message(message_key=f"p1/reminder/{number}")
            told.append(ask(records, that_fails(DeliveryError.of(cause, 21211)), message).because)
    everything = "\n".join([*told, caplog.text])
    assert PHONE not in everything
    assert "Tina" not in everything
