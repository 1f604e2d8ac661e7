"""Reads what SendGrid posts: its signature, its delivery events, and the mails of its inbound parse."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from html.parser import HTMLParser
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from providers.twilio_sms import DeliveryStatus

SIGNATURE_HEADER = "x-twilio-email-event-webhook-signature"
TIMESTAMP_HEADER = "x-twilio-email-event-webhook-timestamp"

_STATUSES: dict[str, DeliveryStatus] = {"delivered": "delivered", "bounce": "undelivered", "dropped": "failed"}
"""The events that move a mail on. The others (processed, deferred, open, click) say nothing that we act on."""


@dataclass(frozen=True)
class Report:
    """One delivery report, under the id that we gave the mail."""

    message_id: str
    status: DeliveryStatus
    cause: str


@dataclass(frozen=True)
class Mail:
    """A mail from somebody. `provider_id` comes from its Message-ID; `text` is the plain body, quotes and all."""

    provider_id: str
    from_address: str
    text: str
    automatic: bool


def public_key(text: str) -> EllipticCurvePublicKey:
    """The verification key as SendGrid's settings page shows it, base64 DER. Raises ValueError."""
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error) as error:
        raise ValueError("is no verification key; copy it from the settings page of the webhook") from error
    if not isinstance(key, EllipticCurvePublicKey):
        raise ValueError("is a key of another kind; copy it from the settings page of the webhook")
    return key


def verify(key: str, timestamp: str, body: bytes, signature: str) -> bool:
    """Whether SendGrid signed this timestamp and raw body. Never raises for anything that a sender controls.

    The timestamp's age isn't checked: whether a batch that SendGrid repeats for a day is signed anew isn't documented,
    and what comes twice counts once anyway.
    """
    try:
        public_key(key).verify(base64.b64decode(signature, validate=True), timestamp.encode() + body, ECDSA(SHA256()))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def parse_events(body: bytes) -> list[Report]:
    """The reports in a batch that concern mails of ours. Raises ValueError where it is no JSON array."""
    batch: Any = json.loads(body)
    if not isinstance(batch, list):
        raise ValueError("the batch is no array")
    events = [cast(dict[str, Any], event) for event in cast(list[Any], batch) if isinstance(event, dict)]
    return [
        Report(str(event["message_id"]), _STATUSES[event["event"]], _cause(event))
        for event in events
        if event.get("message_id") and event.get("event") in _STATUSES
    ]


def _cause(event: dict[str, Any]) -> str:
    """What went wrong, as code only: the vendor's own sentence repeats the address."""
    if event["event"] == "delivered":
        return ""
    code = str(event.get("status") or "")
    known = bool(code) and len(code) <= 10 and code.replace(".", "").isdecimal()
    return f"not delivered (code {code})" if known else "not delivered"


def parse_inbound(content_type: str, body: bytes) -> Mail:
    """The mail in a post of the inbound parse. Raises ValueError where there is none or it has no sender.

    Only the raw option is read: without it the vendor posts texts in mixed character sets that it names elsewhere.
    """
    raw = _field(content_type, body, ("email", "rawEmail"))
    if raw is None:
        raise ValueError("no field 'email'; turn on the raw option of the inbound parse")
    try:
        return _read(raw)
    except (MessageError, LookupError, AttributeError, IndexError, TypeError) as error:
        raise ValueError("the mail can't be read") from error


def _field(content_type: str, body: bytes, names: tuple[str, ...]) -> bytes | None:
    """The bytes of a multipart field, untouched: decoding them as UTF-8 would spoil a mail that isn't."""
    form = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=policy.HTTP)
    for part in cast("list[Message]", form.get_payload()) if form.is_multipart() else []:
        if part.get_param("name", header="content-disposition") in names:
            return cast(bytes, part.get_payload(decode=True))
    return None


def _read(raw: bytes) -> Mail:
    mail = message_from_bytes(raw, policy=policy.default)
    sender = mail["from"].addresses[0].addr_spec
    if not sender:
        raise ValueError("the mail has no sender")
    identity = str(mail.get("message-id") or "").strip().encode() or raw
    return Mail(
        provider_id=f"email-{hashlib.sha256(identity).hexdigest()}",
        from_address=sender,
        text=_text(mail),
        automatic=str(mail.get("auto-submitted", "no")).split(";")[0].strip().lower() != "no",
    )


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    content = str(part.get_content())
    return _plain(content) if part.get_content_subtype() == "html" else content.strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script")
        if tag in ("br", "p", "div", "tr", "li"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line)
