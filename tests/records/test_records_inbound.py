"""What people write to us, whose it is, and who may not be written to."""

from typing import Literal

import pytest
from records_builder import NOON, TINA_EMAIL, TINA_PHONE, a_client, a_message, a_state, at_once, enrolled, minutes, sent

from domain.client import Channel
from records.database import Records
from tests.saving import save_view


def test_the_same_provider_id_counts_once_and_the_first_text_stays(records: Records) -> None:
    enrolled(records)
    first = records.add_inbound("SM1", "sms", TINA_PHONE, "yes", NOON, "tina-1")
    again = records.add_inbound("SM1", "sms", TINA_PHONE, "no", NOON + minutes(1), None)
    assert (first.new, first.text, first.from_address, first.plan_id) == (True, "yes", TINA_PHONE, "tina-1")
    assert again == first.model_copy(update={"new": False})


def test_the_same_provider_id_from_eight_threads_counts_once(records: Records) -> None:
    enrolled(records)
    stored = at_once(lambda: records.add_inbound("SM1", "sms", TINA_PHONE, "yes", NOON, "tina-1"))
    assert sorted(reply.new for reply in stored) == [False] * 7 + [True]
    assert len(records.timeline("tina-1")) == 1


def test_what_a_stranger_wrote_is_kept(records: Records) -> None:
    stored = records.add_inbound("SM1", "sms", "72345", "hello?", NOON, None)
    assert (stored.new, stored.text, stored.plan_id, stored.at) == (True, "hello?", None, NOON)


def test_a_message_waits_to_be_taken_until_somebody_says_that_it_was(records: Records) -> None:
    enrolled(records)
    assert not records.has_inbound("SM1")
    records.add_inbound("SM1", "sms", TINA_PHONE, "yes", NOON, "tina-1", trusted=False, carrier_said="START")
    assert records.has_inbound("SM1")
    assert records.inbound_to_take(NOON) == []
    [waiting] = records.inbound_to_take(NOON + minutes(1))
    assert (waiting.text, waiting.at, waiting.trusted, waiting.carrier_said) == ("yes", NOON, False, "START")
    records.inbound_taken("SM1", NOON + minutes(1))
    assert records.inbound_to_take(NOON + minutes(2)) == []


def test_what_erased_clients_wrote_does_not_wait_any_more(records: Records) -> None:
    enrolled(records)
    records.add_inbound("SM1", "sms", TINA_PHONE, "yes", NOON, "tina-1")
    records.destroy_client_key(records.client_of_plan("tina-1") or "", NOON)
    assert records.inbound_to_take(NOON + minutes(1)) == []


def test_methods_within_one_transaction_count_together_or_not_at_all(records: Records) -> None:
    enrolled(records)

    def half_done() -> None:
        with records._writing():  # pyright: ignore[reportPrivateUsage]
            records.suppress("sms", TINA_PHONE, NOON, "STOP", "reply")
            assert records.is_suppressed("sms", TINA_PHONE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert not records.is_suppressed("sms", TINA_PHONE)


@pytest.mark.parametrize(
    ("channel", "address"),
    [("sms", TINA_PHONE), ("sms", "(206) 555-0101"), ("email", TINA_EMAIL), ("email", " Tina@Example.com ")],
)
def test_an_address_is_found_in_any_spelling(records: Records, channel: Channel, address: str) -> None:
    enrolled(records)
    assert records.plans_of_address(channel, address) == ["tina-1"]


@pytest.mark.parametrize(
    ("channel", "address"), [("sms", "+12065550102"), ("email", TINA_PHONE), ("sms", "+12065550110"), ("sms", "12")]
)
def test_another_address_or_the_therapists_finds_no_plan(records: Records, channel: Channel, address: str) -> None:
    enrolled(records)
    assert records.plans_of_address(channel, address) == []


def test_the_plan_that_wrote_last_comes_first_and_ended_ones_dont_come(records: Records) -> None:
    for plan_id in ("a1", "b2", "c3", "d4"):
        enrolled(records, plan_id)
    enrolled(records, "tom", client=a_client(name="Tom Wexford", email=None))
    sent(records, a_message("1", plan_id="c3"), NOON)
    sent(records, a_message("2", plan_id="tom"), NOON + minutes(2))
    sent(records, a_message("3", plan_id="a1"), NOON + minutes(1))
    sent(records, a_message("4", plan_id="b2", audience="therapist", address="+12065550110"), NOON + minutes(9))
    save_view(records, a_state("d4", ended=True, revision=1), None)
    assert records.plans_of_address("sms", TINA_PHONE) == ["tom", "a1", "c3", "b2"]


def test_nobody_is_suppressed_at_first(records: Records) -> None:
    assert not records.is_suppressed("sms", TINA_PHONE)


def test_an_opt_out_counts_for_its_channel_in_any_spelling(records: Records) -> None:
    records.suppress("sms", TINA_PHONE, NOON, "STOP", "reply")
    records.suppress("email", "tina@example.com", NOON, "please stop", "reply")
    assert records.is_suppressed("sms", "206-555-0101")
    assert records.is_suppressed("email", "TINA@example.com")
    assert not records.is_suppressed("sms", "+12065550102")
    assert not records.is_suppressed("email", TINA_PHONE)


Word = Literal["stop", "start"]


@pytest.mark.parametrize(
    ("words", "suppressed"),
    [
        ([("stop", 1), ("start", 2)], False),
        ([("stop", 1), ("start", 2), ("stop", 3)], True),
        ([("start", 2), ("stop", 1)], False),
        ([("stop", 2), ("start", 1)], True),
        ([("start", 1), ("stop", 1)], True),
        ([("stop", 1), ("stop", 1)], True),
    ],
)
def test_the_latest_word_counts_in_whatever_order_it_reaches_us(
    records: Records, words: list[tuple[Word, int]], suppressed: bool
) -> None:
    for word, minute in words:
        if word == "stop":
            records.suppress("sms", TINA_PHONE, NOON + minutes(minute), "STOP", "reply")
        else:
            records.lift_suppression("sms", TINA_PHONE, NOON + minutes(minute), "START")
    assert records.is_suppressed("sms", TINA_PHONE) is suppressed
