"""Twilio's webhooks: what the vendor signed is taken in, what it didn't sign is refused, nothing is lost."""

import logging
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.datastructures import FormData, UploadFile
from twilio.request_validator import HMAC_SHA256, RequestValidator

from domain.events import DeliveryFailed
from records.reports import Reported
from records.views import StoredEvent
from tests.web.web_builders import NOON, House, a_house

PUBLIC = "https://plans.example.com"
AUTH = "an-auth-token"
TWILIO: dict[str, Any] = {"twilio_auth_token": AUTH, "public_url": PUBLIC}
INBOUND = "/webhooks/twilio/inbound"
A_TEXT = {"MessageSid": "SM1", "From": "+12065550101", "To": "+12065550100", "Body": "Sí, ahí voy", "NumMedia": ""}


def signed(path: str, form: Mapping[str, Any], *, token: str = AUTH) -> dict[str, str]:
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(PUBLIC + path, form)}


async def text(house: House, form: dict[str, Any], headers: dict[str, str], path: str = INBOUND) -> httpx.Response:
    return await house.browser.post(path, data=form, headers=headers)


async def test_a_signed_text_goes_to_its_plan_and_is_answered_with_an_empty_response(tmp_path: Path):
    async with a_house(tmp_path, **TWILIO) as house:
        answer = await text(house, A_TEXT, signed(INBOUND, A_TEXT))
        assert (answer.status_code, answer.text) == (200, "<Response/>")
        assert answer.headers["content-type"].startswith("text/xml")
        assert house.intake.replies == [("SM1", "sms", "+12065550101", "Sí, ahí voy")]


async def test_what_the_carrier_took_the_text_for_is_handed_in(tmp_path: Path):
    cases: list[tuple[dict[str, str], dict[str, Any]]] = [
        ({"Body": "basta", "OptOutType": "STOP"}, {"carrier_answered": True, "opt_out_type": "STOP"}),
        ({"Body": " stop "}, {"carrier_answered": True, "opt_out_type": None}),
        ({"Body": "Unsubscribe"}, {"carrier_answered": True, "opt_out_type": None}),
        ({"Body": "info"}, {"carrier_answered": True, "opt_out_type": None}),
        ({"Body": "STOP please"}, {"carrier_answered": False, "opt_out_type": None}),
        ({"Body": "C", "OptOutType": "NEW"}, {"carrier_answered": False, "opt_out_type": None}),
    ]
    async with a_house(tmp_path, **TWILIO) as house:
        for fields, _ in cases:
            form = A_TEXT | fields
            assert (await text(house, form, signed(INBOUND, form))).status_code == 200
        assert house.intake.how == [how for _, how in cases]


async def test_a_text_that_was_signed_with_the_newer_algorithm_is_taken_and_a_tampered_one_refused(tmp_path: Path):
    with_sha256 = RequestValidator(AUTH).compute_signature(PUBLIC + INBOUND, A_TEXT, algorithm=HMAC_SHA256)
    headers = {
        "X-Twilio-Signature": with_sha256,
        "X-Twilio-Webhooks-Signature-Settings": "key=SK1,algorithm=HMAC_SHA256",
    }
    async with a_house(tmp_path, **TWILIO) as house:
        assert (await text(house, A_TEXT, headers)).status_code == 200
        assert (await text(house, A_TEXT | {"Body": "STOP"}, headers)).status_code == 403
        assert (await text(house, A_TEXT, {"X-Twilio-Signature": with_sha256})).status_code == 403
        unknown = headers | {"X-Twilio-Webhooks-Signature-Settings": "algorithm=MD5"}
        assert (await text(house, A_TEXT, unknown)).status_code == 403
        assert len(house.intake.replies) == 1


async def test_the_query_is_part_of_what_was_signed(tmp_path: Path):
    path = f"{INBOUND}?a=b%20c"
    async with a_house(tmp_path, **TWILIO) as house:
        assert (await text(house, A_TEXT, signed(path, A_TEXT), path)).status_code == 200
        assert (await text(house, A_TEXT, signed(INBOUND, A_TEXT), path)).status_code == 403


async def test_a_text_that_is_not_signed_by_twilio_for_us_is_refused_and_counted(tmp_path: Path):
    elsewhere = {
        "X-Twilio-Signature": RequestValidator(AUTH).compute_signature("http://other.example" + INBOUND, A_TEXT)
    }
    cases: list[tuple[dict[str, Any], dict[str, str]]] = [
        (A_TEXT, {}),
        (A_TEXT, {"X-Twilio-Signature": ""}),
        (A_TEXT, {"X-Twilio-Signature": "no base64!"}),
        (A_TEXT, signed(INBOUND, A_TEXT, token="another")),
        (A_TEXT | {"Body": "STOP"}, signed(INBOUND, A_TEXT)),
        (A_TEXT, elsewhere),
        ({}, {}),
    ]
    async with a_house(tmp_path, **TWILIO) as house:
        for form, headers in cases:
            answer = await text(house, form, headers)
            assert answer.status_code == 403
            assert answer.headers["content-type"] == "application/problem+json"
        assert house.intake.replies == []
        assert house.app.state.refused_webhooks == {"twilio/inbound": len(cases)}


async def test_no_body_however_broken_makes_the_webhook_fail(tmp_path: Path):
    kinds = [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/json",
        "",
    ]
    async with a_house(tmp_path, **TWILIO) as house:
        for kind in kinds:
            for body in (b"", b"\xff\xfe%", b"--x\r\nbroken", b"[1]", b"a=b&a=c"):
                headers = {"Content-Type": kind, "X-Twilio-Signature": "x"}
                answer = await house.browser.post(INBOUND, content=body, headers=headers)
                assert answer.status_code == 403, (kind, body)


async def test_repeated_and_blank_fields_are_part_of_what_was_signed(tmp_path: Path):
    repeated: list[tuple[str, str | UploadFile]] = [
        ("MediaUrl", "https://a.example/2"),
        ("MediaUrl", "https://a.example/1"),
    ]
    pairs: list[tuple[str, Any]] = [*(A_TEXT | {"Body": ""}).items(), *repeated]
    async with a_house(tmp_path, **TWILIO) as house:
        headers = signed(INBOUND, FormData(pairs)) | {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await house.browser.post(INBOUND, content=urlencode(pairs), headers=headers)
        assert answer.status_code == 200
        assert house.intake.replies[0][3] == ""


async def test_a_signed_text_that_can_not_be_read_becomes_one_task_of_the_desk(tmp_path: Path):
    form = {"Body": "hello", "Oddity": "1"}
    async with a_house(tmp_path, **TWILIO) as house:
        for _ in range(2):
            answer = await text(house, form, signed(INBOUND, form))
            assert (answer.status_code, answer.text) == (200, "<Response/>")
        [view] = house.records.desk_tasks()
        assert view.task.text == "A text came in that can't be read. As it came: Body=hello&Oddity=1"
        await house.log_in()
        assert "Body=hello" in (await house.browser.get("/")).text


async def test_without_a_vendor_in_the_settings_no_webhook_is_taken(tmp_path: Path):
    async with a_house(tmp_path) as house:
        for path in (INBOUND, "/webhooks/twilio/status/m1", "/webhooks/sendgrid/inbound", "/webhooks/sendgrid/events"):
            assert (await text(house, A_TEXT, signed(path, A_TEXT), path)).status_code == 403
        assert house.intake.replies == []


async def test_a_delivery_report_moves_the_message_with_our_id_in_the_path(tmp_path: Path):
    path = "/webhooks/twilio/status/m1"
    async with a_house(tmp_path, **TWILIO) as house:

        async def report(**form: str) -> int:
            return (await text(house, form, signed(path, form), path)).status_code

        assert await report(MessageSid="SM1", MessageStatus="delivered") == 204
        assert await report(MessageSid="SM1", MessageStatus="queued") == 204
        assert await report(MessageSid="SM1", MessageStatus="undelivered", ErrorCode="30005") == 204
        assert house.intake.deliveries == [
            ("m1", "delivered", ""),
            ("m1", "undelivered", "the number or address does not work"),
        ]
        form = {"MessageStatus": "delivered"}
        assert (await text(house, form, signed(path, form), "/webhooks/twilio/status/m2")).status_code == 403


async def test_a_plan_hears_of_a_failure_only_after_the_report_was_answered(tmp_path: Path):
    path = "/webhooks/twilio/status/m1"
    form = {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "21610"}
    body = urlencode(form).encode()
    event = DeliveryFailed(event_id="delivery-m1", occurred_at=NOON, message_key="m1", cause="opted out")
    order: list[str] = []

    async def store_delivery(message_id: str, status: str, cause: str, provider_id: str | None = None) -> Reported:
        order.append(f"stored {message_id} {status} {cause}")
        return Reported(moved=True, event=StoredEvent(plan_id="tina", event=event, new=True))

    async def hand_over_reply(kept: list[StoredEvent]) -> None:
        order.append("handed over")

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        order.append(f"{message['type']} {message.get('status', '')}".strip())

    async with a_house(tmp_path, **TWILIO) as house:
        house.intake.store_delivery = store_delivery
        house.intake.hand_over_reply = hand_over_reply
        headers = signed(path, form) | {"Content-Type": "application/x-www-form-urlencoded", "Host": "127.0.0.1:8000"}
        scope: dict[str, Any] = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
        }
        await house.app(scope, receive, send)
    assert order == ["stored m1 failed opted out", "http.response.start 204", "http.response.body", "handed over"]


async def test_nothing_of_a_text_gets_into_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    async with a_house(tmp_path, **TWILIO) as house:
        await text(house, A_TEXT, signed(INBOUND, A_TEXT))
        await text(house, A_TEXT, {})
        await text(house, {"From": "+12065550101"}, signed(INBOUND, {"From": "+12065550101"}))
    assert "refused a webhook at twilio/inbound" in caplog.text
    assert "5550101" not in caplog.text
    assert "ahí" not in caplog.text
