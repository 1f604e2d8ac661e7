"""Mails from outside: who wrote, in which conversation, what, and whether a person did. Nothing makes it stumble."""

import random

import pytest

from web.inbound_form import parse_inbound
from web.incoming_mail import Envelope, is_aligned, read_mail
from web.sendgrid_webhooks import parse_events

TOKEN = "0123456789abcdef0123456789abcdef"
HEADERS = "From: Tina Ferris <tina@example.com>\nTo: Harbor Massage <care@in.example.com>\nMessage-ID: <m1@example.com>"


def a_mail(*more: str, text: str = "Yes", headers: str = HEADERS) -> bytes:
    return "\n".join([headers, *more, "", text]).encode()


@pytest.mark.parametrize(
    ("sender", "dkim", "aligned"),
    [
        ("tina@gmail.com", "{@gmail.com : pass}", True),
        ("tina@Gmail.com", "{@GMAIL.COM : Pass}", True),
        ("tina@mail.example.com", "{@example.com : pass}", True),
        ("tina@gmail.com", "{@lists.example.org : fail, @gmail.com : pass}", True),
        ("tina@gmail.com", "{@gmail.com : fail}", False),
        ("tina@gmail.com", "{@evil.example : pass, @gmail.com : fail}", False),
        ("tina@gmail.com", "{@evil.example : pass}", False),
        ("tina@gmail.com", "{@evilgmail.com : pass}", False),
        ("tina@evilgmail.com", "{@gmail.com : pass}", False),
        ("tina@example.com", "{@mail.example.com : pass}", False),
        ("tina@gmail.com", "{@com : pass}", False),
        ("tina@gmail.com", "none", False),
        ("tina@gmail.com", "", False),
    ],
)
def test_a_sender_is_aligned_whose_own_or_parent_domain_has_signed(sender: str, dkim: str, aligned: bool) -> None:
    assert is_aligned(sender, dkim) is aligned


@pytest.mark.parametrize(
    "headers",
    [
        "From: tina@example.com, eve@evil.example",
        "From: tina@example.com\nFrom: eve@evil.example",
    ],
)
def test_a_mail_with_two_senders_is_aligned_with_neither(headers: str) -> None:
    assert not read_mail(a_mail(headers=headers), Envelope(dkim="{@example.com : pass}")).aligned


@pytest.mark.parametrize(
    ("recipients", "to", "conversation"),
    [
        ((f"r+{TOKEN}@in.example.com",), "To: care@in.example.com", TOKEN),
        ((f"R+{TOKEN.upper()}@IN.example.com",), "To: care@in.example.com", TOKEN),
        (("care@in.example.com", f"r+{TOKEN}@in.example.com"), "To: care@in.example.com", TOKEN),
        ((f"r+{TOKEN}@in.example.com",), f"To: r+{'f' * 32}@in.example.com", TOKEN),
        ((), f"To: Harbor Massage <r+{TOKEN}@in.example.com>", TOKEN),
        (("care@in.example.com",), f"To: eve@example.com, r+{TOKEN}@in.example.com", TOKEN),
        (("care@in.example.com",), "To: care@in.example.com", None),
        ((f"r+{TOKEN[:31]}@in.example.com",), "To: care@in.example.com", None),
    ],
)
def test_the_conversation_is_named_by_the_envelope_and_only_then_by_the_header(
    recipients: tuple[str, ...], to: str, conversation: str | None
) -> None:
    mail = read_mail(a_mail(headers=f"From: tina@example.com\n{to}"), Envelope(recipients=recipients))
    assert mail.conversation == conversation


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied", "automatic"),
        ("Auto-Submitted: auto-generated; owner-email=x", "automatic"),
        ("Auto-Submitted: no", "reply"),
        ("Precedence: bulk", "automatic"),
        ("Precedence: Junk", "automatic"),
        ("Precedence: auto_reply", "automatic"),
        ("Precedence: first-class", "reply"),
        ("X-Autoreply: yes", "automatic"),
        ("X-Autorespond: Out of office", "automatic"),
        ("X-Mailer: iPhone Mail", "reply"),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", "automatic"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "bounce"),
    ],
)
def test_only_what_a_person_wrote_is_a_reply(header: str, kind: str) -> None:
    assert read_mail(a_mail(header), Envelope(sender="tina@example.com")).kind == kind


@pytest.mark.parametrize("sender", ["", "<>", " "])
def test_a_mail_that_nobody_sent_is_a_bounce(sender: str) -> None:
    assert read_mail(a_mail(), Envelope(sender=sender)).kind == "bounce"
    assert read_mail(a_mail("Auto-Submitted: auto-replied"), Envelope(sender=sender)).kind == "automatic"


def test_a_mail_is_a_reply_where_the_server_does_not_say_who_sent_it() -> None:
    assert read_mail(a_mail(), Envelope()).kind == "reply"


def test_a_mail_that_is_only_late_has_not_failed() -> None:
    late = "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: delayed\n\n--b--"
    content_type = "Content-Type: multipart/report; report-type=delivery-status; boundary=b"
    assert read_mail(a_mail(content_type, text=late), Envelope(sender="")).kind == "automatic"


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("STOP", "", "STOP"),
        ("STOP", "Yes", "Yes"),
        ("Re: Reply C to confirm", "", ""),
        ("RV: Su cita", " \n", ""),
    ],
)
def test_a_subject_alone_is_what_was_said_unless_it_is_ours(subject: str, text: str, said: str) -> None:
    assert read_mail(a_mail(f"Subject: {subject}", text=text), Envelope()).text == said


def test_the_same_id_from_two_senders_is_two_mails() -> None:
    theirs = a_mail(headers=HEADERS.replace("tina@", "eve@"))
    assert read_mail(a_mail(), Envelope()).provider_id != read_mail(theirs, Envelope()).provider_id


def test_damaged_posts_are_refused_in_one_way_only() -> None:
    dice = random.Random(7)  # noqa: S311 - a test that plays the same game each time
    form = (
        b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
        + a_mail('Content-Type: multipart/mixed; boundary="c"', text="--c\n\nYes\n--c--")
        + b'\r\n--b\r\nContent-Disposition: form-data; name="envelope"\r\n\r\n{"to":["a@b"],"from":""}\r\n--b--\r\n'
    )
    read = 0
    for _ in range(400):
        damaged = bytearray(form)
        for _ in range(dice.randint(1, 12)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            mail = parse_inbound("multipart/form-data; boundary=b", bytes(damaged))
        except ValueError:
            continue
        read += 1
        (mail.text + mail.from_address + mail.provider_id).encode()
    assert read > 100


@pytest.mark.parametrize(
    "envelope", [b"{", b"[]", b'{"to": 7, "from": []}', b'{"to": [null]}', b"\xff", b"[" * 100_000]
)
def test_an_envelope_that_can_not_be_read_counts_as_none(envelope: bytes) -> None:
    form = (
        b'--b\r\nContent-Disposition: form-data; name="rawEmail"\r\n\r\n'
        + a_mail()
        + b'\r\n--b\r\nContent-Disposition: form-data; name="envelope"\r\n\r\n'
        + envelope
        + b"\r\n--b--\r\n"
    )
    mail = parse_inbound("multipart/form-data; boundary=b", form)
    assert (mail.kind, mail.text, mail.conversation) == ("reply", "Yes", None)


def test_a_mail_that_is_nested_without_end_is_read_no_deeper_than_people_nest() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1200))
    assert not read_mail(b"From: tina@example.com\n" + nested, Envelope()).whole


@pytest.mark.parametrize(
    "event",
    [
        '{"event": "bounce", "type": ["bounce"], "message_id": "m1"}',
        '{"event": "delivered", "message_id": "m1", "timestamp": 1e400}',
        '{"event": "delivered", "message_id": "m1", "timestamp": true, "sg_event_id": {"a": 1}}',
        '{"event": "delivered", "message_id": "m1", "timestamp": -99999999999999, "sg_event_id": "\\ud800"}',
    ],
)
def test_odd_fields_of_an_event_count_as_absent(event: str) -> None:
    [report] = parse_events(f"[{event}]".encode())
    assert (report.message_id, report.suppress, report.at) == ("m1", "", None)
