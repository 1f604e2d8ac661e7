"""Reads what SendGrid posts: its signature and its delivery events. Its mails are read by `web/inbound_form.py`."""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from records.messages import Delivered

SIGNATURE_HEADER = "x-twilio-email-event-webhook-signature"
TIMESTAMP_HEADER = "x-twilio-email-event-webhook-timestamp"

_STATUSES: dict[str, Delivered] = {
    "processed": "sent",
    "delivered": "delivered",
    "bounce": "undelivered",
    "dropped": "failed",
}
"""The events that move a mail on. `processed` is the vendor's word that it has the mail, even if its answer got lost.

The others (deferred, open, click) say nothing that we act on.
"""
_OPT_OUTS = ("spamreport", "unsubscribe", "group_unsubscribe")
"""The events by which a person says "no more"."""
_DROPPED_FOR: dict[str, str] = {
    "bounced address": "bounce",
    "spam reporting address": "spamreport",
    "unsubscribed address": "unsubscribe",
}
"""Reasons of `dropped` that hold for every later mail to this address, with the event that the vendor had heard."""
_TIMESTAMP = re.compile(r"[0-9]{1,20}", re.ASCII)
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{8,400}={0,2}", re.ASCII)
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_PROVIDER_ID = re.compile(r"[A-Za-z0-9_.=-]{1,200}", re.ASCII)
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,255}", re.ASCII)
_CODE = re.compile(r"[0-9.]{1,10}", re.ASCII)
_YEAR_3000 = 32_503_680_000


@dataclass(frozen=True)
class Report:
    """One event about a mail. `message_id` is the id that we gave it, empty where the vendor names none.

    `status` None: the event says nothing about the delivery. `suppress` is the event for which the address gets no
    mail any more, empty for none; `stop` means that the person has said so. `event_id` is the same for a repetition;
    `email` is the vendor's word for who it was; `at` is when it happened. `provider_id` is the vendor's own id of the
    mail, of which its answer to our call is the first part.
    """

    event_id: str
    message_id: str
    status: Delivered | None
    cause: str = ""
    suppress: str = ""
    stop: bool = False
    email: str = ""
    at: datetime | None = None
    provider_id: str = ""


def public_key(text: str) -> EllipticCurvePublicKey:
    """The verification key as SendGrid's settings page shows it, base64 DER. Raises ValueError."""
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error) as error:
        raise ValueError("is no verification key; copy it from the settings page of the webhook") from error
    if not isinstance(key, EllipticCurvePublicKey):
        raise ValueError("is a key of another kind; copy it from the settings page of the webhook")
    return key


def may_be_signed(timestamp: str, signature: str) -> bool:
    """Whether these headers can be the vendor's at all; the body of other requests isn't even read."""
    return bool(_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature))


def verify(key: str, signed: bytes, signature: str) -> bool:
    """Whether SendGrid signed this SHA-256 of timestamp and raw body. Never raises for what a sender controls.

    The timestamp's age isn't checked: whether a batch that SendGrid repeats for a day is signed anew isn't documented,
    and what comes twice counts once anyway.
    """
    try:
        public_key(key).verify(base64.b64decode(signature, validate=True), signed, ECDSA(Prehashed(SHA256())))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def parse_events(body: bytes) -> list[Report]:
    """The events of a batch that we act on. Raises ValueError where it is no JSON array."""
    batch = _json(body)
    if not isinstance(batch, list):
        raise ValueError("the batch is no array")
    events = [cast(dict[str, Any], event) for event in cast(list[Any], batch) if isinstance(event, dict)]
    reports = [_report(event) for event in events]
    return [report for report in reports if (report.message_id and report.status) or report.suppress]


def _report(event: dict[str, Any]) -> Report:
    name = _text(event, "event")
    suppress = _suppressed_for(name, event)
    return Report(
        event_id=_event_id(event),
        message_id=_matching(_MESSAGE_ID, _text(event, "message_id")),
        status=_STATUSES.get(name),
        cause=_cause(name, event),
        suppress=suppress,
        stop=name in _OPT_OUTS,
        email=_matching(_ADDRESS, _text(event, "email")),
        at=_moment(event.get("timestamp")),
        provider_id=_matching(_PROVIDER_ID, _text(event, "sg_message_id")),
    )


def _suppressed_for(name: str, event: dict[str, Any]) -> str:
    if name == "bounce":
        # The other type, "blocked", is about one mail or one day: a full mailbox, a server that is out of order.
        return "bounce" if _text(event, "type").lower() == "bounce" else ""
    if name == "dropped":
        return _DROPPED_FOR.get(_text(event, "reason").strip().lower(), "")
    return name if name in _OPT_OUTS else ""


def _cause(name: str, event: dict[str, Any]) -> str:
    """What went wrong, as code only: the vendor's own sentence repeats the address."""
    if _STATUSES.get(name) not in ("undelivered", "failed"):
        return ""
    code = _matching(_CODE, _text(event, "status"))
    return f"not delivered (code {code})" if code else "not delivered"


def _event_id(event: dict[str, Any]) -> str:
    """The vendor's own id of the event as a hash; an event without one is known by everything that it says."""
    known = _text(event, "sg_event_id") or json.dumps(event, sort_keys=True)
    return f"sendgrid-{hashlib.sha256(known.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _moment(timestamp: Any) -> datetime | None:
    plausible = type(timestamp) is int and 0 < timestamp < _YEAR_3000
    return datetime.fromtimestamp(timestamp, UTC) if plausible else None


def _text(event: dict[str, Any], name: str) -> str:
    value = event.get(name)
    return value if isinstance(value, str) else ""


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _json(text: bytes) -> Any:
    """Any JSON. Raises ValueError, also for nesting that is made to exhaust the reader."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
