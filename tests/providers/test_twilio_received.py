from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from providers.base import DeliveryError, Inbound, KeepsInbound
from tests.providers.listed_builder import OUR_NUMBER, SERVICE, SINCE, a_listed, a_received, pages
from tests.providers.outgoing_builder import PHONE
from tests.providers.scripted_vendor import Answer, a_url_where_nobody_listens, a_vendor_that_answers
from tests.providers.test_twilio_find import a_sender

SECOND = timedelta(seconds=1)


def received(*listed: dict[str, Any], **settings: Any) -> list[Inbound]:
    with a_vendor_that_answers(pages(list(listed))) as vendor:
        return a_sender(vendor.url, **settings).received_since(SINCE)


def what_goes_wrong(answer: Answer) -> DeliveryError:
    with a_vendor_that_answers(answer) as vendor, pytest.raises(DeliveryError) as caught:
        a_sender(vendor.url).received_since(SINCE)
    return caught.value


def test_a_sender_of_texts_keeps_what_came_in():
    assert isinstance(a_sender("http://127.0.0.1:1"), KeepsInbound)


def test_what_came_in_is_read_the_oldest_first_with_all_that_a_webhook_would_have_said():
    newest_first = (a_received("SM2", SINCE + SECOND, body="Sí"), a_received("SM1", SINCE))
    assert received(*newest_first) == [Inbound("SM1", PHONE, "C", None), Inbound("SM2", PHONE, "Sí", None)]


def test_our_number_is_asked_about_from_the_day_on_that_holds_the_time():
    with a_vendor_that_answers(pages([])) as vendor:
        a_sender(vendor.url).received_since(SINCE)
    asked = parse_qs(urlsplit(vendor.asked[0].path).query)
    assert asked == {"To": [OUR_NUMBER], "DateSent>": ["2026-03-02T00:00:00Z"], "PageSize": ["200"]}


def test_just_after_midnight_the_day_before_is_asked_about_too():
    with a_vendor_that_answers(pages([])) as vendor:
        a_sender(vendor.url).received_since(SINCE.replace(hour=0, minute=1))
    assert parse_qs(urlsplit(vendor.asked[0].path).query)["DateSent>"] == ["2026-03-01T00:00:00Z"]


def test_with_a_messaging_service_any_of_its_numbers_may_have_received_a_text():
    to_the_pool = a_received("SM1", SINCE, to="+12065550123", messaging_service_sid=SERVICE)
    with a_vendor_that_answers(pages([to_the_pool])) as vendor:
        texts = a_sender(vendor.url, messaging_service_sid=SERVICE).received_since(SINCE)
    assert [text.provider_id for text in texts] == ["SM1"]
    assert "To" not in parse_qs(urlsplit(vendor.asked[0].path).query)


def test_a_text_to_another_service_of_the_account_is_not_for_us():
    listed = (
        a_received("SM2", SINCE, messaging_service_sid="MG" + "9" * 32),
        a_received("SM1", SINCE, messaging_service_sid=None),
    )
    assert [text.provider_id for text in received(*listed, messaging_service_sid=SERVICE)] == ["SM1"]


def test_our_own_messages_are_left_out():
    listed = (a_listed("SM3"), a_listed("SM2", direction="outbound-reply"), a_received("SM1", SINCE))
    assert [text.provider_id for text in received(*listed)] == ["SM1"]


def test_older_texts_of_the_same_day_are_left_out_with_two_minutes_for_the_vendors_clock():
    slack = timedelta(minutes=2)
    listed = (a_received("SM2", SINCE - slack), a_received("SM1", SINCE - slack - SECOND))
    assert [text.provider_id for text in received(*listed)] == ["SM2"]


def test_a_picture_without_a_text_and_a_short_code_are_read_as_from_a_webhook():
    listed = (a_received("SM2", SINCE, body=None), a_received("SM1", SINCE, **{"from": "729725"}))
    assert received(*listed) == [Inbound("SM1", "729725", "C", None), Inbound("SM2", PHONE, "", None)]


def test_all_pages_are_read():
    with a_vendor_that_answers(pages([a_received("SM2", SINCE)], [a_received("SM1", SINCE)])) as vendor:
        texts = a_sender(vendor.url).received_since(SINCE)
    assert [text.provider_id for text in texts] == ["SM1", "SM2"]


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (Answer(500, "{}"), "no_answer"),
        (Answer(401, '{"code": 20003}'), "our_settings"),
        (Answer(403, "<html>"), "our_settings"),
        (Answer(429, "[]"), "busy"),
        (Answer(200, "not JSON"), "no_answer"),
        (Answer(behaviour="hang"), "no_answer"),
        (Answer(behaviour="drop"), "no_answer"),
    ],
)
def test_a_list_that_can_t_be_read_is_an_error_with_its_cause(answer: Answer, cause: str):
    assert what_goes_wrong(answer).cause == cause


def test_a_vendor_out_of_reach_is_an_error():
    with pytest.raises(DeliveryError) as caught:
        a_sender(a_url_where_nobody_listens()).received_since(SINCE)
    assert caught.value.cause == "not_connected"
