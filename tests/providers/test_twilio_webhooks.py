import logging
from typing import Any

import pytest
from starlette.datastructures import FormData

from providers.twilio_sms import Inbound, StatusReport, parse_inbound, parse_status, verify, webhook_url

URL = "https://followthrough.example/webhooks/twilio/inbound"
TOKEN = "12345"
FORM = {"MessageSid": "SM1", "From": "+12065550101", "To": "+12065550199", "Body": "C", "NumMedia": "0", "FromZip": ""}
SIGNATURE = "rWwGgRCqMryTV43tiyj6y+3FETc="
"""Made with openssl over the URL and the sorted fields, not with the library under test."""


SECRET = "a-secret-of-a-shared-key"
SETTINGS = "key=webhooks_sharedkey_01,algorithm=HMAC_SHA256"
SHA256_SIGNATURE = "oOuJnz9hPvQr0FA1gVLe/z+wpbC/Z5+DzxdhjXVEmzM="
"""Made likewise, with SHA-256 and the secret of the shared key."""


def a_form(*without: str, **changes: str) -> dict[str, str]:
    return {name: value for name, value in (FORM | changes).items() if name not in without}


def test_a_request_that_the_vendor_signed_is_taken():
    assert verify(TOKEN, URL, FORM, SIGNATURE)


def test_the_form_of_the_web_framework_is_verified_as_it_is():
    assert verify(TOKEN, URL, FormData(list(FORM.items())), SIGNATURE)


@pytest.mark.parametrize("signature", [None, "", "x", "RwWgGrcQmRYtv43TIYJ6Y+3fetC=", "ünsigned", "A" * 10_000])
def test_a_missing_or_wrong_signature_is_refused_without_an_error(signature: str | None):
    assert not verify(TOKEN, URL, FORM, signature)


@pytest.mark.parametrize(
    ("token", "url", "form"),
    [
        ("other", URL, FORM),
        ("", URL, FORM),
        (TOKEN, URL.replace("https", "http"), FORM),
        (TOKEN, URL + "?extra=1", FORM),
        (TOKEN, "https://[broken", FORM),
        (TOKEN, "https://followthrough.example:port/", FORM),
        (TOKEN, URL, a_form(Body="CANCEL")),
        (TOKEN, URL, a_form("FromZip")),
        (TOKEN, URL, {}),
        (TOKEN, URL, FORM | {"Body": ["C", "D"]}),
        (TOKEN, URL, FORM | {"Body": None}),
        (TOKEN, URL, FORM | {"Body": b"C"}),
    ],
)
def test_anything_that_was_changed_on_the_way_is_refused_without_an_error(token: str, url: str, form: dict[str, Any]):
    assert verify(token, url, form, SIGNATURE) is False


def test_without_a_token_of_ours_nothing_is_taken_even_if_signed_with_none():
    assert not verify("", URL, FORM, "nQbrFJx5cUQ7BYyT+5ym9L2/+VA=")


def test_a_request_that_was_signed_with_a_shared_key_is_taken():
    assert verify(TOKEN, URL, FORM, SHA256_SIGNATURE, SETTINGS, SECRET)


@pytest.mark.parametrize(
    "settings",
    [
        "algorithm=HMAC_SHA256",
        " key = k , algorithm = hmac_sha256 ",
        "algorithm=,algorithm=HMAC_SHA256",
        "new,algorithm=HMAC_SHA256,more=1",
    ],
)
def test_the_header_about_the_signature_is_read_with_whatever_else_it_holds(settings: str):
    assert verify(TOKEN, URL, FORM, SHA256_SIGNATURE, settings, SECRET)


def test_a_shared_key_may_sign_with_the_older_algorithm():
    assert verify("another-token", URL, FORM, SIGNATURE, "key=k,algorithm=HMAC_SHA1", TOKEN)


@pytest.mark.parametrize("settings", [None, "", "   ", "key=webhooks_sharedkey_01", "algorithm=", "algorithm", ",=,"])
def test_a_header_that_names_no_algorithm_leaves_it_at_the_auth_token(settings: str | None):
    assert verify(TOKEN, URL, FORM, SIGNATURE, settings, SECRET)
    assert not verify(TOKEN, URL, FORM, SHA256_SIGNATURE, settings, SECRET)


@pytest.mark.parametrize(
    ("token", "signature", "settings", "secret"),
    [
        (TOKEN, SHA256_SIGNATURE, SETTINGS, ""),
        (TOKEN, SHA256_SIGNATURE, SETTINGS, "another-secret"),
        (SECRET, SHA256_SIGNATURE, SETTINGS, ""),
        (TOKEN, SIGNATURE, SETTINGS, SECRET),
        (TOKEN, SIGNATURE, SETTINGS, TOKEN),
        (TOKEN, SHA256_SIGNATURE, "key=k,algorithm=HMAC_SHA1", SECRET),
        (TOKEN, SHA256_SIGNATURE, "key=k,algorithm=HMAC_SHA512", SECRET),
        (TOKEN, SIGNATURE, "algorithm=none", SECRET),
        (TOKEN, None, SETTINGS, SECRET),
        (TOKEN, "", SETTINGS, SECRET),
        (TOKEN, "ünsigned", SETTINGS, SECRET),
        (TOKEN, SHA256_SIGNATURE, "algorithm=\udcff", SECRET),
    ],
)
def test_a_key_or_an_algorithm_that_doesn_t_fit_is_refused_without_an_error(
    token: str, signature: str | None, settings: str, secret: str
):
    assert verify(token, URL, FORM, signature, settings, secret) is False


def test_a_request_signed_with_a_shared_key_and_changed_on_the_way_is_refused():
    assert not verify(TOKEN, URL, a_form(Body="CANCEL"), SHA256_SIGNATURE, SETTINGS, SECRET)
    assert not verify(TOKEN, URL + "?extra=1", FORM, SHA256_SIGNATURE, SETTINGS, SECRET)


def test_what_a_forger_writes_into_the_header_is_not_logged(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        verify(TOKEN, URL, FORM, SIGNATURE, "algorithm=+12065550101", SECRET)
    assert not caplog.records


def test_the_signed_url_is_our_public_one_with_path_and_query():
    assert webhook_url("https://followthrough.example/", "/webhooks/twilio/inbound") == URL
    assert webhook_url("https://a.example", "/x", "b=1&c=%20") == "https://a.example/x?b=1&c=%20"


def test_a_reply_is_read_with_its_id_and_sender():
    assert parse_inbound(FORM) == Inbound("SM1", "+12065550101", "C", None)


def test_a_reply_without_a_text_is_an_empty_text():
    assert parse_inbound(a_form("Body", NumMedia="1")).text == ""


def test_a_text_from_a_short_code_keeps_its_sender_as_it_came():
    assert parse_inbound(a_form(From="729725")).from_address == "729725"


@pytest.mark.parametrize(("said", "read"), [("STOP", "STOP"), ("help", "HELP"), ("START", "START"), ("NEW", None)])
def test_what_the_vendor_already_did_about_an_opt_out_is_kept(said: str, read: str | None):
    assert parse_inbound(a_form(OptOutType=said)).opt_out_type == read


@pytest.mark.parametrize("field", ["MessageSid", "From"])
def test_a_reply_without_id_or_sender_is_no_reply(field: str):
    with pytest.raises(ValueError, match="no MessageSid or no From"):
        parse_inbound(a_form(field))


@pytest.mark.parametrize(
    ("form", "report"),
    [
        ({"MessageStatus": "sent"}, ("sent", "")),
        ({"MessageStatus": "delivered"}, ("delivered", "")),
        ({"MessageStatus": "read"}, ("delivered", "")),
        ({"MessageStatus": "queued"}, (None, "")),
        ({"MessageStatus": "something new"}, (None, "")),
        ({}, (None, "")),
        ({"MessageStatus": "undelivered", "ErrorCode": "30003"}, ("undelivered", "could not be reached")),
        (
            {"MessageStatus": "undelivered", "ErrorCode": "30006"},
            ("undelivered", "the number or address does not work"),
        ),
        ({"MessageStatus": "failed", "ErrorCode": "30036"}, ("failed", "it was not delivered in time")),
        ({"MessageStatus": "failed", "ErrorCode": "31999"}, ("failed", "not delivered (code 31999)")),
        ({"MessageStatus": "failed", "ErrorCode": "+1206"}, ("failed", "not delivered")),
        ({"MessageStatus": "failed", "ErrorCode": "9" * 5000}, ("failed", "not delivered")),
        ({"MessageStatus": "failed", "ErrorCode": "٣٠٠٠٦"}, ("failed", "not delivered")),
        ({"MessageStatus": "failed", "ErrorCode": "20500"}, ("failed", "not delivered (code 20500)")),
        ({"MessageStatus": "failed"}, ("failed", "not delivered")),
        ({"MessageStatus": "canceled"}, ("failed", "not delivered")),
    ],
)
def test_a_delivery_report_says_the_step_and_the_cause_in_plain_words(form: dict[str, str], report: tuple[Any, str]):
    assert parse_status(form) == StatusReport(*report)
    assert parse_status({**form, "MessageSid": "SM7"}) == StatusReport(*report, provider_id="SM7")
