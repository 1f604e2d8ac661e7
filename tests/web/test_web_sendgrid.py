"""SendGrid's webhooks: delivery events and mails that it signed are taken in, the rest is refused, nothing is lost."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sendgrid.helpers.eventwebhook import EventWebhook

from domain.errors import Refused
from tests.web.web_builders import House, a_house

KEY = generate_private_key(SECP256R1())
PUBLIC_KEY = base64.b64encode(KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
SENDGRID: dict[str, Any] = {"sendgrid_events_public_key": PUBLIC_KEY, "sendgrid_inbound_public_key": PUBLIC_KEY}
A_MAIL = (
    b"From: Tina Ferris <Tina@example.com>\r\nTo: care@in.example.com\r\nMessage-ID: <m1@example.com>\r\n"
    b"Subject: Re: a message\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    b"S\xed, gracias\r\n"
)


def stamped(body: bytes, *, timestamp: str = "1767600000") -> dict[str, str]:
    signature = base64.b64encode(KEY.sign(timestamp.encode() + body, ECDSA(SHA256()))).decode()
    return {
        "X-Twilio-Email-Event-Webhook-Signature": signature,
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        "Content-Type": "application/json",
    }


def test_the_signatures_of_these_tests_are_what_the_vendors_own_helper_accepts():
    headers = stamped(b'[{"event":"delivered"}]\r\n')
    helper = EventWebhook(PUBLIC_KEY)
    assert helper.verify_signature(
        '[{"event":"delivered"}]\r\n',
        headers["X-Twilio-Email-Event-Webhook-Signature"],
        headers["X-Twilio-Email-Event-Webhook-Timestamp"],
    )


async def test_mail_events_move_the_message_and_their_cause_repeats_no_address(tmp_path: Path):
    batch = [
        {"event": "processed", "message_id": "m1", "email": "tina@example.com"},
        {"event": "delivered", "message_id": "m1"},
        {"event": "bounce", "message_id": "m2", "status": "5.1.1", "reason": "550 no <tina@example.com>"},
        {"event": "dropped", "message_id": "m3", "reason": "Bounced Address", "status": "tina@example.com"},
        {"event": "delivered"},
        "odd",
    ]
    body = json.dumps(batch).encode() + b"\r\n"
    async with a_house(tmp_path, **SENDGRID) as house:
        answer = await house.browser.post("/webhooks/sendgrid/events", content=body, headers=stamped(body))
        assert answer.status_code == 204
        assert house.intake.deliveries == [
            ("m1", "delivered", ""),
            ("m2", "undelivered", "not delivered (code 5.1.1)"),
            ("m3", "failed", "not delivered"),
        ]


async def test_mail_events_that_sendgrid_did_not_sign_are_refused(tmp_path: Path):
    body = b'[{"event":"delivered","message_id":"m1"}]\r\n'
    good = stamped(body)
    cases: list[tuple[bytes, dict[str, str]]] = [
        (body.strip(), good),
        (body, good | {"X-Twilio-Email-Event-Webhook-Timestamp": "1767600001"}),
        (body, good | {"X-Twilio-Email-Event-Webhook-Signature": "no base64!"}),
        (body, {}),
    ]
    async with a_house(tmp_path, **SENDGRID) as house:
        for content, headers in cases:
            answer = await house.browser.post("/webhooks/sendgrid/events", content=content, headers=headers)
            assert answer.status_code == 403
        assert house.intake.deliveries == []
        assert house.app.state.refused_webhooks == {"sendgrid/events": len(cases)}


async def test_a_signed_batch_that_is_no_list_becomes_a_task_of_the_desk(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        for body in (b"{}", b"not json", b"\xff"):
            answer = await house.browser.post("/webhooks/sendgrid/events", content=body, headers=stamped(body))
            assert answer.status_code == 204
        assert len(house.records.desk_tasks()) == 3


def posted(mail: bytes, field: str = "email") -> tuple[bytes, dict[str, str]]:
    """A post of the inbound parse with the raw option, and its headers."""
    parts = [("dkim", b"{@example.com : pass}"), (field, mail), ("envelope", b'{"from":"tina@example.com"}')]
    body = b"".join(
        b'--xYzZY\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n"
        for name, value in parts
    )
    body += b"--xYzZY--\r\n"
    return body, stamped(body) | {"Content-Type": "multipart/form-data; boundary=xYzZY"}


async def mail(house: House, raw: bytes, field: str = "email") -> int:
    body, headers = posted(raw, field)
    return (await house.browser.post("/webhooks/sendgrid/inbound", content=body, headers=headers)).status_code


async def test_a_mail_goes_to_its_plan_in_its_own_character_set_and_the_same_one_has_the_same_id(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, A_MAIL) == 204
        assert await mail(house, A_MAIL, "rawEmail") == 204
        first, second = house.intake.replies
        assert first[1:] == ("email", "Tina@example.com", "Sí, gracias")
        assert first[0] == second[0]
        assert len(first[0]) == len("email-") + 64


async def test_a_mail_with_html_alone_is_read_as_its_words(tmp_path: Path):
    raw = (
        b"From: tina@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        b"<style>p{}</style><p>Yes, <b>I come</b></p><div>Thanks &amp; bye</div>"
    )
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, raw) == 204
        assert house.intake.replies[0][3] == "Yes, I come\nThanks & bye"


async def test_an_out_of_office_note_is_nobodys_answer(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, b"Auto-Submitted: auto-replied\r\n" + A_MAIL) == 204
        assert house.intake.replies == []
        [view] = house.records.desk_tasks()
        assert view.task.text.startswith("An automatic mail came in.")


async def test_a_mail_that_can_not_be_read_becomes_a_task_of_the_desk(tmp_path: Path):
    unreadable = [
        b"no headers at all",
        b"From: \r\n\r\nhello",
        b"From: tina@example.com\r\nContent-Type: text/plain; charset=made-up\r\n\r\nhello",
    ]
    async with a_house(tmp_path, **SENDGRID) as house:
        for raw in unreadable:
            assert await mail(house, raw) == 204
        assert await mail(house, A_MAIL, "text") == 204
        body = b"not a form"
        answer = await house.browser.post("/webhooks/sendgrid/inbound", content=body, headers=stamped(body))
        assert answer.status_code == 204
        assert len(house.records.desk_tasks()) == 5
        assert house.intake.replies == []


async def test_a_mail_with_a_large_attachment_is_not_turned_away(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, A_MAIL + b"x" * 3_000_000) == 204
        assert len(house.intake.replies) == 1


async def test_a_mail_that_sendgrid_did_not_sign_is_refused(tmp_path: Path):
    body, headers = posted(A_MAIL)
    async with a_house(tmp_path, **SENDGRID) as house:
        answer = await house.browser.post("/webhooks/sendgrid/inbound", content=body + b" ", headers=headers)
        assert answer.status_code == 403
        assert house.intake.replies == []


async def test_a_verification_key_that_is_none_refuses_to_start(tmp_path: Path):
    with pytest.raises(Refused, match="SENDGRID_INBOUND_PUBLIC_KEY: is no verification key"):
        async with a_house(tmp_path, sendgrid_inbound_public_key="bm90IGEga2V5"):
            pass
