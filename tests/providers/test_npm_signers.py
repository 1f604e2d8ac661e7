"""Webhook requests that the vendors' own Node packages sign are taken; each one that was tampered with is refused."""

import base64
import functools
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from starlette.datastructures import FormData

from providers.twilio_sms import verify
from tests.providers.node_peers import ask_peers
from web import sendgrid_webhooks
from web.signed_body import Body

pytestmark = pytest.mark.timeout(300)

TOKEN = "0123456789abcdef0123456789abcdef"
SECRET = "a-secret-of-a-shared-key"
SETTINGS = "key=webhooks_sharedkey_01,algorithm=HMAC_SHA256"
INBOUND = "https://followthrough.example/webhooks/twilio/inbound"
Fields = list[list[str]]
REQUESTS: dict[str, tuple[str, Fields]] = {
    "plain": (INBOUND, [["MessageSid", "SM1"], ["From", "+12065550101"], ["Body", "C"]]),
    "blank fields": (INBOUND, [["MessageSid", "SM1"], ["Body", ""], ["FromZip", ""], ["NumMedia", "0"]]),
    "repeated fields": (INBOUND, [["Media", "b"], ["MessageSid", "SM1"], ["Media", "a"], ["Media", "b"]]),
    "unicode": (INBOUND, [["Body", "Sí, mañana 👍 ✓ — ’ & = + % \n two"], ["FromCity", "Übach"], ["Ä", "é"]]),
    "upper and lower case": (INBOUND, [["b", "1"], ["B", "2"], ["a", "3"], ["A", "4"], ["_", "5"]]),
    "query": (INBOUND + "?a=1&b=%C3%AD%20x&c=", [["MessageSid", "SM1"], ["Body", "C"]]),
    "port": ("https://followthrough.example:8443/webhooks/twilio/inbound", [["Body", "C"]]),
    "default port": ("https://followthrough.example:443/webhooks/twilio/inbound", [["Body", "C"]]),
    "plain http": ("http://127.0.0.1:8000/webhooks/twilio/status/4f2a9c", [["MessageStatus", "sent"]]),
    "no fields": (INBOUND, []),
}
TAMPERED: dict[str, tuple[str, str]] = {
    "scheme": ("https://", "http://"),
    "host": ("followthrough.example", "followthrough.test"),
    "host with more": ("followthrough.example/", "followthrough.example.test/"),
    "path": ("/inbound", "/inbound/"),
    "path's case": ("/inbound", "/Inbound"),
    "query": ("?a=1&", "?a=2&"),
    "order of the query": ("?a=1&b=%C3%AD%20x", "?b=%C3%AD%20x&a=1"),
    "coding of the query": ("%C3%AD", "%c3%ad"),
}


def a_form(fields: Iterable[tuple[str, str]]) -> FormData:
    return FormData([(name, value) for name, value in fields])


def posted(body: str) -> FormData:
    return a_form(parse_qsl(body, keep_blank_values=True))


@functools.cache
def signed(kind: str) -> dict[str, dict[str, str]]:
    """Each request above with the body that the peer would post and its signature."""
    secrets = {"token": TOKEN, "secret": SECRET}
    answers = ask_peers(kind, [{**secrets, "url": url, "fields": fields} for url, fields in REQUESTS.values()])
    return dict(zip(REQUESTS, answers, strict=True))


def taken(kind: str, name: str, *, url: str | None = None, form: Any = None, signature: str | None = "") -> bool:
    """Whether we take the peer's request, with what was changed on the way."""
    request = signed(kind)[name]
    settings, secret = (SETTINGS, SECRET) if kind == "signedBySharedKey" else (None, "")
    form = posted(request["body"]) if form is None else form
    signature = request["signature"] if signature == "" else signature
    return verify(TOKEN, url or REQUESTS[name][0], form, signature, settings, secret)


kinds = pytest.mark.parametrize("kind", ["signedByTwilio", "signedBySharedKey"])


@kinds
@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_that_the_peer_signed_is_taken(kind: str, name: str):
    assert taken(kind, name)


@kinds
@pytest.mark.parametrize("part", TAMPERED)
def test_a_request_with_another_url_is_refused(kind: str, part: str):
    url = REQUESTS["query"][0]
    other = url.replace(*TAMPERED[part])
    assert other != url
    assert not taken(kind, "query", url=other)


@kinds
@pytest.mark.parametrize("port", ["", ":443", ":80", ":9443", ":84"])
def test_a_request_for_another_port_than_ours_is_refused(kind: str, port: str):
    assert not taken(kind, "port", url=REQUESTS["port"][0].replace(":8443", port))


@kinds
def test_a_request_signed_without_our_port_is_taken_since_the_vendor_may_leave_it_out(kind: str):
    assert taken(kind, "plain", url=INBOUND.replace("example/", "example:8443/"))


@kinds
@pytest.mark.parametrize("name", ["plain", "blank fields", "repeated fields", "unicode"])
def test_a_request_with_one_field_changed_added_or_left_out_is_refused(kind: str, name: str):
    fields = [(field, value) for field, value in REQUESTS[name][1]]
    for at, (field, value) in enumerate(fields):
        for instead in ([(field, value + "x")], [(field + "x", value)], [], [(field, value), ("Extra", "")]):
            changed = [*fields[:at], *instead, *fields[at + 1 :]]
            if set(changed) != set(fields):  # a value that comes twice counts once
                assert not taken(kind, name, form=a_form(changed)), f"field {at}: {instead}"


@kinds
def test_a_request_with_another_signature_or_none_is_refused(kind: str):
    right = signed(kind)["plain"]["signature"]
    others = [
        "=" + right[1:],
        right[:-1],
        right + "=",
        right.swapcase(),
        " " + right,
        signed(kind)["query"]["signature"],
    ]
    for signature in [None, *others]:
        assert not taken(kind, "plain", signature=signature)


def test_a_signature_of_one_kind_is_refused_as_the_other():
    older, newer = signed("signedByTwilio")["plain"], signed("signedBySharedKey")["plain"]
    form = posted(older["body"])
    assert not verify(TOKEN, INBOUND, form, older["signature"], SETTINGS, SECRET)
    assert not verify(TOKEN, INBOUND, form, newer["signature"])


BATCH = (
    '[{"event":"delivered","message_id":"4f2a9c","email":"tina@client.example"},\n {"event":"Ünïcode ✓"}]\r\n'.encode()
)
TIMESTAMP = "1767600000"


@functools.cache
def signed_batch() -> tuple[str, str]:
    """The public key and the signature of the batch."""
    job = {"body": base64.b64encode(BATCH).decode(), "timestamp": TIMESTAMP}
    answer = ask_peers("signedBySendGrid", [job])[0]
    return answer["key"], answer["signature"]


def tampered_batches() -> dict[str, tuple[str, str, bytes, str]]:
    """Key, timestamp, body and signature, with one of them not as it was signed."""
    key, signature = signed_batch()
    other_key = ask_peers("signedBySendGrid", [{"body": "", "timestamp": ""}])[0]["key"]
    signed = base64.b64decode(signature)
    spoilt = base64.b64encode(signed[:-1] + bytes([signed[-1] ^ 1])).decode()
    return {
        "key": (other_key, TIMESTAMP, BATCH, signature),
        "timestamp": (key, "1767600001", BATCH, signature),
        "no timestamp": (key, "", BATCH, signature),
        "one letter": (key, TIMESTAMP, BATCH.replace(b"tina", b"tana"), signature),
        "line end": (key, TIMESTAMP, BATCH.rstrip(), signature),
        "no body": (key, TIMESTAMP, b"", signature),
        "signature": (key, TIMESTAMP, BATCH, spoilt),
        "half a signature": (key, TIMESTAMP, BATCH, signature[: len(signature) // 2]),
        "no signature": (key, TIMESTAMP, BATCH, ""),
    }


def signed_by_sendgrid(key: str, timestamp: str, body: bytes, signature: str) -> bool:
    """As the door does with a body that comes in pieces."""
    received = Body(timestamp.encode())
    received.add(body[:7])
    received.add(body[7:])
    return sendgrid_webhooks.verify(key, received.signed, signature)


def the_package_takes(key: str, timestamp: str, body: bytes, signature: str) -> bool:
    job = {"key": key, "timestamp": timestamp, "body": base64.b64encode(body).decode(), "signature": signature}
    return ask_peers("acceptedBySendGrid", [job])[0]


def test_a_batch_that_another_signer_signed_is_taken_by_us_and_by_the_vendors_package():
    key, signature = signed_batch()
    assert signed_by_sendgrid(key, TIMESTAMP, BATCH, signature)
    assert the_package_takes(key, TIMESTAMP, BATCH, signature)


def test_a_batch_that_was_tampered_with_is_refused_by_us_as_by_the_vendors_package():
    for part, batch in tampered_batches().items():
        assert not signed_by_sendgrid(*batch), part
    assert not the_package_takes(*tampered_batches()["one letter"])
