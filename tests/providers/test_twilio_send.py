import json
import logging
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from providers.base import Accepted, DeliveryError
from providers.twilio_sms import TwilioSms, validity_seconds
from tests.providers.outgoing_builder import PHONE, TEXT, an_outgoing
from tests.providers.scripted_vendor import Answer, Vendor, a_url_where_nobody_listens, a_vendor_that_answers

ACCOUNT = "AC" + "0" * 32
SERVICE = "MG" + "1" * 32
SID = "SM" + "2" * 32
SPEC = Path(__file__).parents[3] / "shared" / "specs" / "twilio_messages.json"


def a_sender(url: str, **settings: Any) -> TwilioSms:
    chosen: dict[str, Any] = {
        "account_sid": ACCOUNT,
        "auth_token": "a-token",
        "public_url": "https://followthrough.example/",
        "from_number": "+12065550199",
        "api_base": url,
        "timeout_seconds": 0.3,
    }
    return TwilioSms(**(chosen | settings))


def created() -> Answer:
    return Answer(201, json.dumps({"sid": SID, "status": "queued"}))


def refusal(status: int, code: int) -> Answer:
    return Answer(status, json.dumps({"status": status, "code": code, "message": f"The number {PHONE} is no good"}))


def the_form(vendor: Vendor) -> dict[str, str]:
    fields = parse_qs(vendor.asked[0].body.decode(), strict_parsing=True)
    assert all(len(values) == 1 for values in fields.values())
    return {name: values[0] for name, values in fields.items()}


def what_goes_wrong(answer: Answer, **settings: Any) -> tuple[DeliveryError, int]:
    with a_vendor_that_answers(answer) as vendor:
        with pytest.raises(DeliveryError) as caught:
            a_sender(vendor.url, **settings).send(an_outgoing())
        return caught.value, len(vendor.asked)


def test_a_text_is_created_with_our_sender_and_its_id_comes_back():
    with a_vendor_that_answers(created()) as vendor:
        assert a_sender(vendor.url).send(an_outgoing()) == Accepted(SID)
    assert vendor.asked[0].path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert the_form(vendor) == {
        "To": PHONE,
        "From": "+12065550199",
        "Body": TEXT,
        "ValidityPeriod": "3600",
        "StatusCallback": "https://followthrough.example/webhooks/twilio/status/4f2a9c#rc=3&rp=all",
    }


def test_a_messaging_service_takes_the_place_of_the_number():
    with a_vendor_that_answers(created()) as vendor:
        a_sender(vendor.url, messaging_service_sid=SERVICE).send(an_outgoing())
    assert the_form(vendor)["MessagingServiceSid"] == SERVICE
    assert "From" not in the_form(vendor)


def test_a_base_url_with_a_path_keeps_it():
    with a_vendor_that_answers(created()) as vendor:
        a_sender(vendor.url + "/twilio/").send(an_outgoing())
    assert vendor.asked[0].path == f"/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


@pytest.mark.parametrize("settings", [{}, {"messaging_service_sid": SERVICE}], ids=["number", "service"])
def test_every_field_that_we_send_is_one_of_the_vendors_own_api_description(settings: dict[str, str]):
    if not SPEC.exists():
        pytest.skip("the vendor's API description is not beside this repository")
    path = json.loads(SPEC.read_text())["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]
    schema = path["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    with a_vendor_that_answers(created()) as vendor:
        a_sender(vendor.url, **settings).send(an_outgoing())
    assert vendor.asked[0].headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert set(the_form(vendor)) <= set(schema["properties"])
    for name, value in the_form(vendor).items():
        described = schema["properties"][name]
        assert re.search(described.get("pattern", ""), value)
        assert described["type"] == "string" or value.isdecimal()
    assert set(schema["required"]) <= set(the_form(vendor))


@pytest.mark.parametrize(
    ("useful_for", "seconds"),
    [
        (timedelta(seconds=-1), 6),
        (timedelta(seconds=6), 6),
        (timedelta(minutes=90, milliseconds=900), 5400),
        (timedelta(hours=10), 36_000),
        (timedelta(days=3), 36_000),
    ],
)
def test_the_vendor_may_hold_a_text_for_as_long_as_it_is_useful_within_its_limits(useful_for: timedelta, seconds: int):
    assert validity_seconds(useful_for) == seconds


def test_a_sender_without_a_number_or_a_service_is_refused_at_the_start():
    with pytest.raises(ValueError, match="TWILIO_FROM_NUMBER or TWILIO_MESSAGING_SERVICE_SID"):
        a_sender("http://127.0.0.1:1", from_number=None)


@pytest.mark.parametrize(
    ("status", "code", "cause"),
    [
        (400, 21211, "bad_address"),
        (400, 21614, "bad_address"),
        (400, 21610, "opted_out"),
        (400, 21617, "content"),
        (400, 21999, "refused"),
    ],
)
def test_a_refusal_of_this_message_is_for_good(status: int, code: int, cause: str):
    error, _ = what_goes_wrong(refusal(status, code))
    assert (error.permanent, error.unknown, error.code, error.cause) == (True, False, code, cause)


@pytest.mark.parametrize(
    ("status", "code", "cause"),
    [
        (401, 20003, "our_settings"),
        (404, 20404, "our_settings"),
        (400, 21606, "our_settings"),
        (400, 21408, "our_settings"),
        (429, 20429, "busy"),
        (429, 99999, "busy"),
        (400, 21611, "busy"),
        (307, 307, "our_settings"),
    ],
)
def test_a_busy_vendor_or_our_own_settings_leave_the_message_to_be_tried_later(status: int, code: int, cause: str):
    error, _ = what_goes_wrong(refusal(status, code))
    assert (error.permanent, error.unknown, error.code, error.cause) == (False, False, code, cause)


@pytest.mark.parametrize(
    "answer",
    [
        refusal(500, 20500),
        Answer(502, "<html>Bad gateway</html>"),
        refusal(503, 20429),
        Answer(behaviour="hang"),
        Answer(behaviour="drop"),
        Answer(201, "not JSON"),
        Answer(201, "[]"),
        Answer(201, '{"sid": null}'),
        Answer(201, '{"sid": ""}'),
        Answer(201, '{"sid": "SM2", "date_created": "yesterday"}', {"Content-Encoding": "gzip"}),
    ],
    ids=["500", "502 html", "503", "hangs", "drops", "no JSON", "a list", "no sid", "empty sid", "garbled"],
)
def test_where_nobody_can_tell_the_outcome_is_unknown_and_the_vendor_was_called_once(answer: Answer):
    error, calls = what_goes_wrong(answer)
    assert (error.permanent, error.unknown, calls) == (False, True, 1)


def test_a_newer_style_of_error_body_is_judged_by_the_same_codes():
    problem = {"type": "about:blank", "title": "Invalid", "status": 400, "code": 21211}
    error, _ = what_goes_wrong(Answer(400, json.dumps(problem)))
    assert (error.permanent, error.cause) == (True, "bad_address")


def test_a_vendor_that_hangs_is_given_up_after_our_timeout():
    started = time.monotonic()
    what_goes_wrong(Answer(behaviour="hang"))
    assert time.monotonic() - started < 5


def test_a_connection_that_was_never_made_may_be_tried_again():
    with pytest.raises(DeliveryError) as caught:
        a_sender(a_url_where_nobody_listens()).send(an_outgoing())
    assert (caught.value.permanent, caught.value.unknown, caught.value.cause) == (False, False, "not_connected")


def test_an_error_repeats_no_number_and_no_text(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        error, _ = what_goes_wrong(refusal(400, 21211))
    told = f"{error!r} {error} {error.__cause__!r} {caplog.text}"
    assert error.__suppress_context__
    assert PHONE not in told
    assert TEXT not in told
