"""Messages: written down once, begun by one, moved forward only."""

import re

import pytest
from records_builder import NOON, TINA_EMAIL, TINA_PHONE, a_message, at_once, enrolled, minutes, sent

from records.database import Records
from records.last_checks import Begun
from records.messages import Delivered, Settled
from records.views import MessageRow


def _now(records: Records, message_id: str) -> MessageRow:
    row = records.message(message_id)
    assert row is not None
    return row


def test_a_message_is_an_intent_first(records: Records) -> None:
    enrolled(records)
    row = records.intend(a_message(), NOON)
    assert (row.status, row.provider_id, row.begun_at, row.because) == ("intended", None, None, "")
    assert (row.message, row.message_key, row.plan_id) == (a_message(), "tina-1/welcome", "tina-1")
    assert records.message(row.message_id) == row


def test_the_same_key_is_written_down_once_and_keeps_its_first_text(records: Records) -> None:
    enrolled(records)
    first = records.intend(a_message(text="first"), NOON)
    assert records.intend(a_message(text="second"), NOON + minutes(1)) == first


def test_the_same_key_from_eight_threads_is_one_message(records: Records) -> None:
    enrolled(records)
    rows = at_once(lambda: records.intend(a_message(), NOON))
    assert len({row.message_id for row in rows}) == 1


def test_a_message_id_is_random_and_fits_into_an_address(records: Records) -> None:
    enrolled(records)
    ids = [records.intend(a_message(key), NOON).message_id for key in ("one", "two")]
    assert ids[0] != ids[1]
    assert [re.fullmatch("[0-9a-f]{32}", each) is not None for each in ids] == [True, True]


def test_exactly_one_of_eight_threads_begins_the_send(records: Records) -> None:
    enrolled(records)
    message_id = records.intend(a_message(), NOON).message_id
    begun = at_once(lambda: records.begin_send(message_id, NOON))
    assert sorted(one.obstacle or "" for one in begun) == ["", *7 * ["another attempt"]]
    assert _now(records, message_id).status == "sending"


def test_an_unknown_message_cant_be_begun_settled_or_delivered(records: Records) -> None:
    assert records.begin_send("nobody", NOON) == Begun("another attempt")
    assert not records.settle_message("nobody", "accepted", NOON)
    assert not records.delivery("nobody", "sent", NOON)
    assert records.message("nobody") is None


@pytest.mark.parametrize("status", ["accepted", "refused", "unknown", "dropped"])
def test_what_came_of_a_send_is_kept_with_its_reason(records: Records, status: Settled) -> None:
    enrolled(records)
    message_id = records.intend(a_message(), NOON).message_id
    records.begin_send(message_id, NOON)
    records.settle_message(message_id, status, NOON + minutes(1), provider_id="SM9", because="as it is")
    row = _now(records, message_id)
    assert (row.status, row.provider_id, row.because) == (status, "SM9", "as it is")
    assert (row.begun_at, row.settled_at) == (NOON, NOON + minutes(1))


def test_a_deferred_message_is_an_intent_again_and_can_be_begun_again(records: Records) -> None:
    enrolled(records)
    message_id = records.intend(a_message(), NOON).message_id
    records.begin_send(message_id, NOON)
    records.settle_message(message_id, "deferred", NOON, because="the window is closed")
    row = _now(records, message_id)
    assert (row.status, row.because, row.begun_at) == ("intended", "the window is closed", None)
    assert records.begin_send(message_id, NOON + minutes(1)) == Begun()


def test_an_unknown_outcome_can_become_known_later(records: Records) -> None:
    enrolled(records)
    message_id = records.intend(a_message(), NOON).message_id
    records.begin_send(message_id, NOON)
    records.settle_message(message_id, "unknown", NOON)
    records.settle_message(message_id, "accepted", NOON + minutes(3), provider_id="SM1")
    assert (_now(records, message_id).status, _now(records, message_id).provider_id) == ("accepted", "SM1")


def test_an_accepted_message_never_becomes_refused_or_deferred(records: Records) -> None:
    enrolled(records)
    message_id = sent(records, a_message(), NOON)
    assert not records.settle_message(message_id, "refused", NOON)
    assert not records.settle_message(message_id, "deferred", NOON)
    assert _now(records, message_id).status == "accepted"
    assert records.begin_send(message_id, NOON) == Begun("another attempt")


@pytest.mark.parametrize(
    ("reports", "moved", "status"),
    [
        (["sent", "delivered"], [True, True], "delivered"),
        (["delivered", "sent"], [True, False], "delivered"),
        (["sent", "sent"], [True, False], "sent"),
        (["undelivered", "sent"], [True, False], "undelivered"),
        (["failed", "delivered"], [True, False], "failed"),
        (["delivered", "failed"], [True, True], "failed"),
        (["undelivered", "undelivered"], [True, False], "undelivered"),
    ],
)
def test_delivery_reports_move_a_message_forward_only(
    records: Records, reports: list[Delivered], moved: list[bool], status: str
) -> None:
    enrolled(records)
    message_id = sent(records, a_message(), NOON)
    assert [records.delivery(message_id, report, NOON) for report in reports] == moved
    assert _now(records, message_id).status == status


def test_the_cause_of_a_failure_is_kept(records: Records) -> None:
    enrolled(records)
    message_id = sent(records, a_message(), NOON)
    records.delivery(message_id, "undelivered", NOON, cause="unreachable handset")
    assert _now(records, message_id).because == "unreachable handset"


def test_a_report_that_overtakes_the_providers_answer_stays(records: Records) -> None:
    enrolled(records)
    message_id = records.intend(a_message(), NOON).message_id
    records.begin_send(message_id, NOON)
    assert records.delivery(message_id, "delivered", NOON)
    records.settle_message(message_id, "accepted", NOON, provider_id="SM7")
    assert (_now(records, message_id).status, _now(records, message_id).provider_id) == ("delivered", "SM7")


def test_a_report_proves_that_a_message_went_though_it_was_thought_absent(records: Records) -> None:
    enrolled(records)
    message_id = records.intend(a_message(), NOON).message_id
    records.begin_send(message_id, NOON)
    records.settle_message(message_id, "deferred", NOON + minutes(3))
    assert records.delivery(message_id, "sent", NOON + minutes(4))
    assert records.begin_send(message_id, NOON + minutes(5)) == Begun("another attempt")
    assert records.care_messages_sent_since("tina-1", TINA_PHONE, NOON) == [NOON + minutes(4)], "and the cap counts it"


@pytest.mark.parametrize("status", ["refused", "dropped"])
def test_a_message_that_never_went_has_no_delivery(records: Records, status: Settled) -> None:
    enrolled(records)
    message_id = records.intend(a_message(), NOON).message_id
    records.settle_message(message_id, status, NOON)
    assert not records.delivery(message_id, "delivered", NOON)


def test_the_cap_counts_care_messages_to_the_client_since_a_time(records: Records) -> None:
    enrolled(records)
    sent(records, a_message("too early"), NOON - minutes(1))
    sent(records, a_message("second"), NOON + minutes(2))
    sent(records, a_message("first"), NOON)
    sent(records, a_message("visit", category="visit"), NOON)
    sent(records, a_message("mail", channel="email", address=TINA_EMAIL), NOON)
    records.intend(a_message("only intended"), NOON)
    assert records.care_messages_sent_since("tina-1", TINA_PHONE, NOON) == [NOON, NOON, NOON + minutes(2)], "mail too"
    assert records.care_messages_sent_since("tina-1", "(206) 555-0101", NOON) == [NOON, NOON, NOON + minutes(2)]


def test_the_cap_counts_what_may_have_arrived_and_not_what_didnt(records: Records) -> None:
    enrolled(records)
    for minute, outcome in enumerate(("unknown", "refused")):
        message_id = records.intend(a_message(outcome), NOON).message_id
        records.begin_send(message_id, NOON + minutes(minute))
        records.settle_message(message_id, outcome, NOON)
    records.begin_send(records.intend(a_message("on its way"), NOON).message_id, NOON + minutes(5))
    assert records.care_messages_sent_since("tina-1", TINA_PHONE, NOON) == [NOON, NOON + minutes(5)]
