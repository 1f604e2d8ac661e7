import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from providers.base import Evidence, GivesEvidence, Outgoing
from providers.twilio_sms import TwilioSms
from tests.providers.listed_builder import ACCOUNT, OUR_NUMBER, SERVICE, SINCE, a_listed, pages
from tests.providers.outgoing_builder import PHONE, TEXT, an_outgoing
from tests.providers.scripted_vendor import Answer, a_url_where_nobody_listens, a_vendor_that_answers

ABSENT, UNCLEAR = Evidence("absent"), Evidence("unclear")
MINUTE = timedelta(minutes=1)


def a_sender(url: str, **settings: Any) -> TwilioSms:
    chosen = {"from_number": OUR_NUMBER} | settings
    return TwilioSms(
        account_sid=ACCOUNT,
        auth_token="a-token",
        public_url="https://followthrough.example",
        api_base=url,
        timeout_seconds=0.3,
        **chosen,
    )


def found(
    *listed: dict[str, Any], taken: tuple[str, ...] = (), outgoing: Outgoing | None = None, **settings: Any
) -> Evidence:
    with a_vendor_that_answers(pages(list(listed))) as vendor:
        return a_sender(vendor.url, **settings).find(outgoing or an_outgoing(), SINCE, lambda sid: sid in taken)


def test_a_sender_of_texts_gives_evidence():
    assert isinstance(a_sender("http://127.0.0.1:1"), GivesEvidence)


def test_a_message_that_the_vendor_has_was_accepted_under_its_id():
    assert found(a_listed("SM7")) == Evidence("accepted", "SM7")


def test_an_empty_list_proves_that_the_message_is_absent():
    assert found() == ABSENT


def test_the_vendor_is_asked_by_number_only_for_a_waiting_message_has_no_date_sent():
    with a_vendor_that_answers(pages([])) as vendor:
        a_sender(vendor.url).find(an_outgoing(), SINCE, lambda _: False)
    asked = urlsplit(vendor.asked[0].path)
    assert len(vendor.asked) == 1
    assert asked.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert parse_qs(asked.query) == {"To": [PHONE], "PageSize": ["200"]}


@pytest.mark.parametrize("status", ["accepted", "queued", "sent", "delivered", "undelivered", "failed", "canceled"])
def test_whatever_became_of_it_later_a_listed_message_was_accepted(status: str):
    assert found(a_listed(status=status)) == Evidence("accepted", "SM1")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(" ", "  ") + "\n",
        TEXT.replace(",", " \u2013"),
        "Sent from your Twilio trial account - " + TEXT,
    ],
    ids=["spaces", "another dash", "trial account"],
)
def test_a_text_that_the_vendor_tidied_up_is_still_ours(text: str):
    assert found(a_listed(body=text)) == Evidence("accepted", "SM1")


def test_fine_quotes_that_the_vendor_made_plain_don_t_hide_a_message():
    sent = an_outgoing(text="You\u2019re booked \u2014 see you\u00a0soon\u2026")
    assert found(a_listed(body="You're booked - see you soon..."), outgoing=sent) == Evidence("accepted", "SM1")


@pytest.mark.parametrize("text", ["Hi Tina, your visit is on Tuesday at 11:00.", TEXT + " Bye", TEXT[:-8], "Hello"])
def test_another_text_to_the_same_number_is_not_our_message(text: str):
    assert found(a_listed(body=text)) == ABSENT


def test_texts_without_a_single_letter_are_told_apart():
    assert found(a_listed(body="\U0001f44d"), outgoing=an_outgoing(text="\U0001f44e")) == UNCLEAR
    assert found(a_listed(body="\U0001f44d"), outgoing=an_outgoing(text="\U0001f44d")).verdict == "accepted"


@pytest.mark.parametrize(
    "sent_by",
    [
        {"from": None, "messaging_service_sid": SERVICE},
        {"from": "+12065550123", "messaging_service_sid": SERVICE},
        {"from": None, "messaging_service_sid": None},
        {"from": OUR_NUMBER, "messaging_service_sid": None},
    ],
    ids=["no number yet", "a number of the pool", "neither yet", "our own number"],
)
def test_a_message_from_our_service_is_ours_whichever_number_it_chose(sent_by: dict[str, Any]):
    listed = a_listed() | sent_by
    assert found(listed, messaging_service_sid=SERVICE) == Evidence("accepted", "SM1")


@pytest.mark.parametrize(
    "sent_by",
    [{"from": "+12065550123"}, {"from": None, "messaging_service_sid": "MG" + "9" * 32}],
    ids=["another number", "another service"],
)
def test_our_text_from_another_sender_of_the_account_may_be_ours_or_not(sent_by: dict[str, Any]):
    assert found(a_listed() | sent_by) == UNCLEAR


def test_what_the_client_wrote_to_us_is_no_evidence():
    assert found(a_listed(direction="inbound")) == ABSENT


@pytest.mark.parametrize(
    ("created_at", "verdict"),
    [
        (SINCE - timedelta(days=7), "absent"),
        (SINCE - timedelta(minutes=2, seconds=1), "absent"),
        (SINCE - timedelta(minutes=2), "accepted"),
        (SINCE + timedelta(hours=3), "accepted"),
    ],
)
def test_only_a_message_from_the_call_on_counts_with_two_minutes_for_the_vendors_clock(
    created_at: datetime, verdict: str
):
    assert found(a_listed(created_at=created_at)).verdict == verdict


def test_a_message_that_belongs_to_another_of_ours_is_passed_over():
    assert found(a_listed("SM2"), a_listed("SM1"), taken=("SM1",)) == Evidence("accepted", "SM2")
    assert found(a_listed("SM1"), taken=("SM1",)) == ABSENT


def test_of_several_that_fit_the_oldest_is_taken():
    listed = (a_listed("SM3", SINCE + 2 * MINUTE), a_listed("SM2", SINCE + MINUTE), a_listed("SM1", SINCE + MINUTE))
    assert found(*listed) == Evidence("accepted", "SM1")


@pytest.mark.parametrize("text", [None, "", "   ", "***"])
def test_a_message_whose_text_was_erased_may_be_ours(text: str | None):
    assert found(a_listed(body=text)) == UNCLEAR
    assert found(a_listed("SM2", body=text), a_listed("SM1")) == Evidence("accepted", "SM1")
    assert found(a_listed(body=text), taken=("SM1",)) == ABSENT
    assert found(a_listed(created_at=SINCE - timedelta(days=1), body=text)) == ABSENT


def test_later_messages_to_the_same_number_don_t_hide_ours_on_the_next_page():
    others = [a_listed(f"SM9{number}", SINCE + MINUTE, body="Hello") for number in range(3)]
    with a_vendor_that_answers(pages(others, [*others[2:], a_listed("SM1")])) as vendor:
        evidence = a_sender(vendor.url).find(an_outgoing(), SINCE, lambda _: False)
    assert evidence == Evidence("accepted", "SM1")
    assert [parse_qs(urlsplit(asked.path).query).get("PageToken") for asked in vendor.asked] == [None, ["PA0"]]


def test_reading_stops_at_a_page_of_older_messages_only():
    old = [a_listed("SM0", SINCE - timedelta(days=1))]
    mixed = [a_listed("SM2", body="Hello"), *old]
    with a_vendor_that_answers(pages(mixed, [a_listed("SM3", body="Hello")], old, [a_listed()])) as vendor:
        assert a_sender(vendor.url).find(an_outgoing(), SINCE, lambda _: False) == ABSENT
    assert len(vendor.asked) == 3


def test_a_list_without_an_end_proves_nothing():
    endless = json.dumps({"messages": [], "next_page_uri": "/2010-04-01/Accounts/x/Messages.json?Page=1"})
    with a_vendor_that_answers(Answer(200, endless)) as vendor:
        assert a_sender(vendor.url).find(an_outgoing(), SINCE, lambda _: False) == UNCLEAR
    assert len(vendor.asked) <= 21


def test_a_page_that_can_t_be_read_leaves_the_answer_unclear():
    first = [a_listed("SM2", body="Hello")]

    def breaks_on_the_second(asked: str) -> Answer:
        return Answer(503, "{}") if "PageToken" in asked else pages(first, [])(asked)

    with a_vendor_that_answers(breaks_on_the_second) as vendor:
        assert a_sender(vendor.url).find(an_outgoing(), SINCE, lambda _: False) == UNCLEAR


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, '{"code": 20500}'),
        Answer(502, "<html>"),
        Answer(429, '{"code": 20429}'),
        Answer(401, '{"code": 20003}'),
        Answer(404, "{}"),
        Answer(200, "not JSON"),
        Answer(200, "[]"),
        Answer(200, "{}"),
        Answer(200, '{"messages": null}'),
        Answer(200, '{"messages": ["SM1"]}'),
        Answer(200, json.dumps({"messages": [a_listed(date_created=None)]})),
        Answer(200, json.dumps({"messages": [a_listed(date_created="Mon, 99 Foo 2026 99:99:99")]})),
        Answer(200, json.dumps({"messages": [a_listed(date_created=f"Mon, 02 Mar {'9' * 30} 18:00:00 +0000")]})),
        Answer(200, json.dumps({"messages": [a_listed(date_created=5)]})),
        Answer(200, json.dumps({"messages": [a_listed(sid=None)]})),
        Answer(200, json.dumps({"messages": [a_listed(direction=None)]})),
        Answer(200, json.dumps({"messages": [], "next_page_uri": 7})),
        Answer(behaviour="hang"),
        Answer(behaviour="drop"),
    ],
)
def test_an_answer_that_fails_or_can_t_be_read_proves_nothing(answer: Answer):
    with a_vendor_that_answers(answer) as vendor:
        assert a_sender(vendor.url).find(an_outgoing(), SINCE, lambda _: False) == UNCLEAR


def test_a_vendor_out_of_reach_proves_nothing():
    assert a_sender(a_url_where_nobody_listens()).find(an_outgoing(), SINCE, lambda _: False) == UNCLEAR


def test_the_time_of_the_call_may_be_given_in_any_zone():
    here = SINCE.astimezone(UTC) + timedelta(minutes=1)
    with a_vendor_that_answers(pages([a_listed()])) as vendor:
        evidence = a_sender(vendor.url).find(an_outgoing(), here.astimezone(), lambda _: False)
    assert evidence.verdict == "accepted"
