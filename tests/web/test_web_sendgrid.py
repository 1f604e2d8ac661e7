"""SendGrid's webhooks: delivery events and mails that it signed are taken in, the rest is refused, nothing is lost."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sendgrid.helpers.eventwebhook import EventWebhook

from domain.errors import Refused
from tests.today import this_moment
from tests.web.web_builders import NOON, TINA_PHONE, House, a_house, a_message, a_plan, a_state, sent

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
        {"event": "deferred", "message_id": "m1", "response": "451 later"},
        {"event": "open", "message_id": "m1"},
        {"event": "delivered", "message_id": "m1"},
        {"event": "bounce", "message_id": "m2", "status": "5.1.1", "reason": "550 no <tina@example.com>"},
        {"event": "dropped", "message_id": "m3", "reason": "Bounced Address", "status": "tina@example.com"},
        {"event": "delivered"},
        {"event": ["delivered"], "message_id": "m4"},
        {"event": "delivered", "message_id": {"a": 1}},
        {"event": "delivered", "message_id": "m\0"},
        {"event": "unsubscribe", "email": "\ud800@example.com", "timestamp": 1e400},
        "odd",
    ]
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await events(house, batch) == 204
        assert house.intake.deliveries == [
            ("m1", "sent", ""),
            ("m1", "delivered", ""),
            ("m2", "undelivered", "not delivered (code 5.1.1)"),
            ("m3", "failed", "not delivered"),
        ]
        assert house.intake.replies == []


async def events(house: House, batch: list[Any]) -> int:
    body = json.dumps(batch).encode() + b"\r\n"
    answer = await house.browser.post("/webhooks/sendgrid/events", content=body, headers=stamped(body))
    return answer.status_code


@pytest.mark.parametrize(
    ("event", "suppressed"),
    [
        ({"event": "bounce", "type": "bounce"}, True),
        ({"event": "bounce", "type": "blocked"}, False),
        ({"event": "dropped", "reason": "Bounced Address"}, True),
        ({"event": "dropped", "reason": "Unsubscribed Address"}, True),
        ({"event": "dropped", "reason": "Spam Reporting Address"}, True),
        ({"event": "dropped", "reason": "Spam Content"}, False),
        ({"event": "dropped", "reason": "Invalid SMTPAPI header"}, False),
        ({"event": "delivered"}, False),
        ({"event": "processed"}, False),
        ({"event": "deferred"}, False),
        ({"event": "spamreport"}, True),
        ({"event": "unsubscribe"}, True),
        ({"event": "group_unsubscribe"}, True),
        ({"event": "group_resubscribe"}, False),
    ],
)
async def test_an_address_that_is_no_good_or_wants_no_more_gets_no_more_mails(
    tmp_path: Path, event: dict[str, str], suppressed: bool
):
    async with a_house(tmp_path, **SENDGRID) as house:
        message_id = sent(house.records, a_message("Hi Tina", channel="email"))
        about_another = event | {"message_id": message_id, "email": "other@example.com", "sg_event_id": "e1"}
        assert await events(house, [about_another]) == 204
        assert house.records.is_suppressed("email", "tina@example.com") is suppressed
        assert not house.records.is_suppressed("email", "other@example.com")
        assert not house.records.is_suppressed("sms", TINA_PHONE)


@pytest.mark.parametrize("name", ["spamreport", "unsubscribe", "group_unsubscribe"])
async def test_the_plan_hears_of_an_opt_out_at_the_vendor_and_sends_no_confirmation(tmp_path: Path, name: str):
    async with a_house(tmp_path, **SENDGRID) as house:
        message_id = sent(house.records, a_message("Hi Tina", channel="email"))
        event = {"event": name, "message_id": message_id, "email": "other@example.com", "sg_event_id": "e1"}
        event |= {"timestamp": int(NOON.timestamp())}
        assert await events(house, [event, event]) == 204
        assert await events(house, [event]) == 204
        first, *again = house.intake.replies
        assert first[1:] == ("email", "tina@example.com", "STOP")
        assert again == [first, first]
        assert house.intake.how[0] == {"plan_id": "tina", "trusted": True, "carrier_answered": True, "at": NOON}
        assert house.intake.deliveries == []


async def test_the_plan_hears_of_a_bounce_as_a_failure_and_not_as_an_opt_out(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        message_id = sent(house.records, a_message("Hi Tina", channel="email"))
        bounced = {"event": "bounce", "type": "bounce", "message_id": message_id}
        dropped = {"event": "dropped", "reason": "Unsubscribed Address", "message_id": message_id}
        assert await events(house, [bounced, dropped]) == 204
        assert [delivery[1] for delivery in house.intake.deliveries] == ["undelivered", "failed"]
        assert house.intake.replies == []


async def test_an_event_about_a_mail_that_we_do_not_have_goes_by_its_own_address(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        batch = [
            {"event": "unsubscribe", "email": "Tina@example.com", "sg_event_id": "e1"},
            {"event": "spamreport", "email": "stranger@example.com", "message_id": "gone", "sg_event_id": "e2"},
        ]
        assert await events(house, batch) == 204
        assert house.records.is_suppressed("email", "tina@example.com")
        assert house.records.is_suppressed("email", "stranger@example.com")
        assert [reply[2] for reply in house.intake.replies] == ["Tina@example.com"]


async def test_a_therapist_who_reports_spam_gives_up_no_clients_plan(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        to_staff = a_message("Sleep has stood still.", channel="email", to="therapist")
        message_id = sent(house.records, to_staff)
        assert await events(house, [{"event": "spamreport", "message_id": message_id, "sg_event_id": "e1"}]) == 204
        assert house.intake.replies == []


async def test_a_late_repetition_does_not_undo_the_start_that_came_since(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        message_id = sent(house.records, a_message("Hi Tina", channel="email"))
        bounce = {"event": "bounce", "type": "bounce", "message_id": message_id, "timestamp": int(NOON.timestamp())}
        assert await events(house, [bounce]) == 204
        assert house.records.is_suppressed("email", "tina@example.com")
        house.records.lift_suppression("email", "tina@example.com", NOON + timedelta(hours=1), "START")
        assert await events(house, [bounce]) == 204
        assert not house.records.is_suppressed("email", "tina@example.com")


async def test_an_event_from_the_future_counts_as_of_now(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        event = {"event": "unsubscribe", "email": "tina@example.com", "timestamp": 4_000_000_000}
        assert await events(house, [event]) == 204
        house.records.lift_suppression("email", "tina@example.com", this_moment(), "START")
        assert not house.records.is_suppressed("email", "tina@example.com")


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
        for body in (b"{}", b"not json", b"\xff", b"[" * 100_000):
            answer = await house.browser.post("/webhooks/sendgrid/events", content=body, headers=stamped(body))
            assert answer.status_code == 204
        assert len(house.records.desk_tasks()) == 4


def posted(
    mail: bytes,
    field: str = "email",
    *,
    to: str = "care@in.example.com",
    dkim: str = "pass",
    sender: str = "tina@example.com",
) -> tuple[bytes, dict[str, str]]:
    """A post of the inbound parse with the raw option on, and its headers."""
    envelope = json.dumps({"to": [to], "from": sender}).encode()
    parts = [("dkim", f"{{@example.com : {dkim}}}".encode()), (field, mail), ("envelope", envelope)]
    body = b"".join(
        b'--xYzZY\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n"
        for name, value in parts
    )
    body += b"--xYzZY--\r\n"
    return body, stamped(body) | {"Content-Type": "multipart/form-data; boundary=xYzZY"}


async def mail(house: House, raw: bytes, field: str = "email", **about: str) -> int:
    body, headers = posted(raw, field, **about)
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


def heard(house: House) -> dict[str, Any]:
    """How the one mail was taken in, apart from when."""
    (how,) = house.intake.how
    return {name: value for name, value in how.items() if name != "at"}


@pytest.mark.parametrize(
    ("sender", "dkim", "trusted"),
    [
        ("tina@example.com", "pass", True),
        ("tina@example.com", "fail", False),
        ("stranger@example.com", "pass", False),
    ],
    ids=["her address, signed", "her address, not signed", "another address, signed"],
)
@pytest.mark.parametrize("named", [True, False], ids=["with a token", "without a token"])
async def test_a_sender_is_trusted_whose_domain_signed_and_whose_address_is_on_file(
    tmp_path: Path, sender: str, dkim: str, trusted: bool, named: bool
):
    raw = A_MAIL.replace(b"Tina@example.com", sender.encode())
    async with a_house(tmp_path, **SENDGRID) as house:
        token = house.records.conversation_of_plan("tina", NOON)
        to = f"R+{token.upper()}@in.example.com" if named else "care@in.example.com"
        assert await mail(house, raw, to=to, dkim=dkim) == 204
        assert [how | {"at": None} for how in house.intake.how] == [
            {"plan_id": "tina" if named else None, "trusted": trusted, "calendar": None, "at": None}
        ]


async def test_a_client_who_writes_into_another_clients_conversation_is_not_trusted(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        other = a_plan("tom").client.model_copy(update={"name": "Tom Ward", "email": "tom@example.com", "phone": None})
        state = a_state("tom")
        plan = state.plan.model_copy(update={"client": other})
        house.records.add_plan(state.model_copy(update={"plan": plan}), NOON)
        token = house.records.conversation_of_plan("tom", NOON)
        assert await mail(house, A_MAIL, to=f"r+{token}@in.example.com") == 204
        assert [how | {"at": None} for how in house.intake.how] == [
            {"plan_id": "tom", "trusted": False, "calendar": None, "at": None}
        ]


async def test_a_mail_to_a_token_that_nobody_has_goes_by_its_address_alone(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, A_MAIL, to=f"r+{'0' * 32}@in.example.com") == 204
        assert [how | {"at": None} for how in house.intake.how] == [
            {"plan_id": None, "trusted": True, "calendar": None, "at": None}
        ]


def a_delivery_report(link: str, action: str = "failed") -> bytes:
    return (
        "From: Mail Delivery System <mailer-daemon@example.com>\r\nTo: r@in.example.com\r\n"
        "Message-ID: <report@example.com>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; tina@example.com\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no tina@example.com\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"From: hello@practice.example\r\nList-Unsubscribe:\r\n <{link}>\r\nSubject: You have a message\r\n"
        "--b--\r\n"
    ).encode()


async def test_a_mail_of_ours_that_comes_back_is_undelivered_and_nobodys_answer(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        message_id = sent(house.records, a_message("Hi Tina", channel="email"))
        token = house.records.link_to_message(message_id, NOON)
        report = a_delivery_report(f"https://followthrough.example/m/{token}/unsubscribe")
        assert await mail(house, report, sender="") == 204
        assert house.intake.deliveries == [(message_id, "undelivered", "not delivered (code 5.1.1)")]
        assert house.intake.replies == []
        assert house.records.desk_tasks() == []


async def test_a_report_about_a_mail_that_can_not_be_told_is_read_by_the_desk(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        message_id = sent(house.records, a_message("Hi Tina", channel="email"))
        forged = a_delivery_report(f"https://followthrough.example/m/{message_id}.ffffffff.{'0' * 32}/unsubscribe")
        assert await mail(house, forged) == 204
        assert house.intake.deliveries == []
        [view] = house.records.desk_tasks()
        assert view.task.text.startswith("A mail came back undelivered. From mailer-daemon@example.com")


async def test_a_mail_from_nobody_is_no_answer(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, A_MAIL, sender="") == 204
        assert house.intake.replies == []
        assert len(house.records.desk_tasks()) == 1


async def test_out_of_office_notes_of_one_plan_are_kept_in_its_conversation_as_a_machines(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        to = f"r+{house.records.conversation_of_plan('tina', NOON)}@in.example.com"
        note = b"Auto-Submitted: auto-replied\r\n" + A_MAIL
        assert await mail(house, note, to=to) == 204
        assert await mail(house, note, to=to) == 204
        assert await mail(house, note.replace(b"<m1@", b"<m2@"), to=to) == 204
        assert house.records.desk_tasks() == []
        assert {how["plan_id"] for how in house.intake.how} == {"tina"}
        assert all(how["automatic"] for how in house.intake.how)


async def test_an_out_of_office_note_of_a_stranger_is_nobodys_answer_and_read_by_the_desk(tmp_path: Path):
    note = b"Auto-Submitted: auto-replied\r\n" + A_MAIL.replace(b"Tina@example.com", b"else@example.com")
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, note) == 204
        assert house.intake.replies == []
        [view] = house.records.desk_tasks()
        assert view.task.text.startswith("An automatic mail came in.")


async def test_a_mail_that_can_not_be_read_becomes_a_task_of_the_desk(tmp_path: Path):
    unreadable = [
        b"no headers at all",
        b"From: \r\n\r\nhello",
        b"From: tina@example.com\r\nContent-Type: text/plain; charset=made-up\r\n\r\nhello",
        b"From: t\xff\xfe@example.com\r\n\r\nhello",
    ]
    async with a_house(tmp_path, **SENDGRID) as house:
        for raw in unreadable:
            assert await mail(house, raw) == 204
        assert await mail(house, A_MAIL, "text") == 204
        body = b"not a form"
        answer = await house.browser.post("/webhooks/sendgrid/inbound", content=body, headers=stamped(body))
        assert answer.status_code == 204
        assert len(house.records.desk_tasks()) == 6
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


def a_calendar_answer(partstat: str, uid: str = "abc", method: str = "REPLY") -> bytes:
    """Such as calendars send: a plain part that says how to stop these mails, and the answer itself."""
    return (
        "From: Tina@example.com\r\nTo: care@in.example.com\r\nMessage-ID: <c1@example.com>\r\nMIME-Version: 1.0\r\n"
        'Subject: Accepted: Appointment\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nTina has accepted this invitation.\r\n"
        "To stop receiving these emails, please log in and change your notification settings.\r\n"
        f'--b\r\nContent-Type: text/calendar; charset="UTF-8"; method={method}\r\n\r\n'
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        "DTSTAMP:20260302T120000Z\r\nDTSTART:20260305T220000Z\r\nDTEND:20260305T230000Z\r\n"
        f"ATTENDEE;CN=Tina;PARTSTAT={partstat}:mailto:tina@example.com\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("partstat", "method", "answer"),
    [
        ("ACCEPTED", "REPLY", "accepted"),
        ("DECLINED", "REPLY", "declined"),
        ("TENTATIVE", "REPLY", "tentative"),
        ("NEEDS-ACTION", "COUNTER", "counter"),
    ],
)
async def test_a_calendars_answer_is_read_from_its_calendar_part(
    tmp_path: Path, partstat: str, method: str, answer: str
):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, a_calendar_answer(partstat, method=method)) == 204
        calendar = house.intake.how[0]["calendar"]
        assert (calendar.answer, calendar.uid) == (answer, "abc")
        assert calendar.starts_at == datetime(2026, 3, 5, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        a_calendar_answer("ACCEPTED").replace(b"METHOD:REPLY", b"METHOD:REQUEST"),
        a_calendar_answer("NEEDS-ACTION"),
        a_calendar_answer("ACCEPTED").replace(b"BEGIN:VEVENT", b"nonsense"),
        a_calendar_answer("ACCEPTED").replace(b"ATTENDEE", b"X-NOBODY"),
    ],
)
async def test_a_calendar_part_that_answers_nothing_leaves_the_mail_as_it_is(tmp_path: Path, raw: bytes):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, raw) == 204
        assert house.intake.how[0]["calendar"] is None


async def test_an_accepted_invitation_marked_as_automatic_is_an_answer_all_the_same(tmp_path: Path):
    async with a_house(tmp_path, **SENDGRID) as house:
        assert await mail(house, b"Auto-Submitted: auto-generated\r\n" + a_calendar_answer("ACCEPTED")) == 204
        assert house.intake.how[0]["calendar"].answer == "accepted"
