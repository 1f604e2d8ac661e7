"""What SendGrid posts to us: the events of mails, in signed batches, and the mails that clients write."""

import json
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from functools import partial
from typing import Any

from tests.standins.behaviours import Habit, Outcome
from tests.standins.book import Book, MailSent
from tests.standins.callbacks import Courier, Post, Retries
from tests.standins.identity import Identity
from tests.standins.signatures import SigningKey
from tests.standins.targets import Targets
from tests.standins.timing import Timing

EVENTS_PATH = "/webhooks/sendgrid/events"
INBOUND_PATH = "/webhooks/sendgrid/inbound"

Event = dict[str, Any]

_DROPS = {"bounce": "Bounced Address", "unsubscribe": "Unsubscribed Address", "spamreport": "Spam Reporting Address"}
_AS_MAIL = {"undelivered": "bounce", "failed": "dropped"}
_DETAILS: dict[str, Event] = {
    "processed": {},
    "delivered": {"response": "250 2.0.0 OK", "ip": "192.0.2.10", "tls": 1},
    "bounce": {"reason": "550 5.1.1 The mailbox does not exist", "status": "5.1.1", "type": "bounce", "tls": 0},
    "dropped": {"status": "5.0.0"},
    "spamreport": {},
    "unsubscribe": {},
}


@dataclass(frozen=True)
class MailIn:
    """A mail from a client, as it came in. `raw` is the MIME text; the verdicts are what the vendor found."""

    raw: bytes
    from_: str
    to: str
    subject: str
    envelope_from: str
    dkim: str
    spf: str


class SendGridWebhooks:
    """Tells what became of accepted mails, and receives mails from clients."""

    def __init__(self, identity: Identity, book: Book, courier: Courier, targets: Targets, timing: Timing) -> None:
        self._identity = identity
        self._book = book
        self._courier = courier
        self._targets = targets
        self._timing = timing
        self._batch: list[Event] = []
        self._lock = threading.Lock()
        self._retries = Retries(1_000_000, frozenset(("ct", "rt", "4xx", "5xx")), 5.0, 15.0, timing.patience)

    def start(self, mail: MailSent, habit: Habit, outcome: Outcome, *, drop: bool = False) -> None:
        """Report a mail's events as the habit is. An address that bounced or unsubscribed before is only dropped."""
        known = _DROPS["unsubscribe"] if drop else self._book.suppressed.get(mail.to)
        end = "dropped" if known else _AS_MAIL.get(outcome.name, outcome.name)
        if end in _DROPS:
            self._book.suppressed[mail.to] = _DROPS[end]
        if habit == "never":
            return
        events = [self._event(mail, name, known) for name in _names(end)]
        if habit == "out_of_order":
            events.reverse()
        first = self._timing.late if habit == "late" else self._timing.pace
        for number, event in enumerate(events):
            # Twice means twice in one batch and once more in a batch of its own: the vendor does both.
            batches = [[event, event], [event]] if habit == "twice" else [[event]]
            for again, batch in enumerate(batches):
                self._courier.later(first + self._timing.pace * (number + again), partial(self._add, batch))

    def receive(self, mail: MailIn, *, lost: bool, times: int, delay_seconds: float) -> None:
        """Post a client's mail as the inbound parse does with its raw option on, unless it gets lost."""
        url = self._targets.public(INBOUND_PATH)
        if lost or url is None:
            return
        for _ in range(times):
            boundary = f"xYzZY-{secrets.token_hex(8)}"
            body = _multipart(_inbound_fields(mail), boundary)
            make = partial(
                self._signed, "mail in", url, self._identity.inbound_key, f"multipart/form-data; boundary={boundary}"
            )
            self._courier.later(delay_seconds, partial(self._post, make, body))

    def _add(self, events: Sequence[Event]) -> None:
        with self._lock:
            is_first = not self._batch
            self._batch.extend(events)
        if is_first:
            self._courier.later(self._timing.batch, self._flush)

    def _flush(self) -> None:
        """Post what has been collected as one array."""
        with self._lock:
            events, self._batch = self._batch, []
        url = self._targets.public(EVENTS_PATH)
        if url is None:
            return
        body = ("[" + ",\r\n".join(json.dumps(event, separators=(",", ":")) for event in events) + "]\r\n").encode()
        make = partial(self._signed, "events", url, self._identity.events_key, "application/json; charset=utf-8")
        self._post(make, body)

    def _post(self, make: Callable[[bytes], Post], body: bytes) -> None:
        self._courier.deliver(make(body))

    def _signed(self, kind: str, url: str, key: SigningKey, content_type: str, body: bytes) -> Post:
        timestamp = str(int(self._book.clock().timestamp()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "SendGrid Event API" if kind == "events" else "Sendlib/1.0",
            "X-Twilio-Email-Event-Webhook-Signature": key.sign(timestamp, body),
            "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        }
        return Post(kind, self._targets.real(url), headers, body, self._retries)

    def _event(self, mail: MailSent, name: str, known: str | None) -> Event:
        """One event, with our own arguments beside the vendor's fields, as it inlines them."""
        event: Event = {
            "email": mail.to,
            "timestamp": int(self._book.clock().timestamp()),
            "smtp-id": f"<{mail.sid}@geopod-ismtpd-0>",
            "event": name,
            "sg_event_id": secrets.token_urlsafe(16),
            "sg_message_id": f"{mail.sid}.recvd-{mail.sid[:10].lower()}-1-0.0",
            **_DETAILS[name],
            **mail.custom_args,
        }
        if mail.categories:
            event["category"] = mail.categories
        if name == "dropped":
            event["reason"] = known or "Invalid"
        return event


def a_mail(from_: str, to: str, subject: str, text: str, headers: dict[str, str]) -> bytes:
    """The MIME text of a plain mail with an id of its own, and whatever headers are given besides."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = from_, to, subject
    if "message-id" not in {name.lower() for name in headers}:
        mail["Message-ID"] = make_msgid(domain=parseaddr(from_)[1].partition("@")[2] or "client.example")
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


def _names(end: str) -> list[str]:
    if end == "dropped":
        return ["dropped"]
    if end in ("spamreport", "unsubscribe"):
        return ["processed", "delivered", end]
    return ["processed", end]


def _inbound_fields(mail: MailIn) -> list[tuple[str, bytes]]:
    domain = parseaddr(mail.from_)[1].partition("@")[2]
    address = parseaddr(mail.to)[1]
    words = {
        "dkim": f"{{@{domain} : {mail.dkim}}}",
        "to": mail.to,
        "from": mail.from_,
        "sender_ip": "192.0.2.20",
        "envelope": json.dumps({"to": [address], "from": mail.envelope_from}),
        "subject": mail.subject,
        "spam_score": "0.1",
        "charsets": json.dumps({"to": "UTF-8", "subject": "UTF-8", "from": "UTF-8"}),
        "SPF": mail.spf,
    }
    return [("email", mail.raw), *((name, value.encode()) for name, value in words.items())]


def _multipart(fields: list[tuple[str, bytes]], boundary: str) -> bytes:
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in fields
    )
    return b"".join(parts) + f"--{boundary}--\r\n".encode()
