"""What Twilio posts to us: whether it signed it, the text in it, the delivery report in it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, cast

from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator

from providers.base import BECAUSE, Inbound, OptOutType
from providers.twilio_errors import CODES
from providers.twilio_list import phone_or_as_it_came

SIGNATURE_HEADER = "x-twilio-signature"
SETTINGS_HEADER = "x-twilio-webhooks-signature-settings"
"""Comes with a request that was signed with a shared key: `key=<id of the key>,algorithm=HMAC_SHA256`."""

LONGEST_CODE = 6
LONGEST_SID = 64

DeliveryStatus = Literal["sent", "delivered", "undelivered", "failed"]

_STATUSES: dict[str, DeliveryStatus] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}


class StatusReport(NamedTuple):
    """A delivery report: the step that it proves, None for one that changes nothing, and why it went wrong.

    `provider_id` is the vendor's own id of the message; None where the report doesn't say it.
    """

    status: DeliveryStatus | None
    cause: str
    provider_id: str | None = None


def webhook_url(public_url: str, path: str, query: str = "") -> str:
    """The URL as the vendor called it: from our configured public base, never from the request's own headers."""
    return public_url.rstrip("/") + path + (f"?{query}" if query else "")


def status_callback(public_url: str, message_id: str) -> str:
    """Where delivery reports go. The fragment asks for 3 retries on every failure; by default there are none on 5xx."""
    return f"{webhook_url(public_url, f'/webhooks/twilio/status/{message_id}')}#rc=3&rp=all"


def verify(
    auth_token: str,
    url: str,
    form: Mapping[str, object],
    signature: str | None,
    signature_settings: str | None = None,
    shared_secret: str = "",
) -> bool:
    """Whether the vendor signed this request. Never raises for anything that a sender controls.

    `url` is from `webhook_url`; `form` is the form as received, blank fields and repeated fields included.
    `signature_settings` is the header of that name. Where it names an algorithm, the vendor has signed with that one
    and with `shared_secret`, the secret of a key made for webhooks only; else with our auth token and SHA-1, as ever.
    Leaving the header out or adding it gains a forger nothing: it takes the one secret or the other.
    """
    named = _algorithm(signature_settings or "")
    secret = shared_secret if named else auth_token
    if not secret or not signature or named not in ("", HMAC_SHA1, HMAC_SHA256):
        return False  # the library would log the name of an algorithm that it doesn't know
    try:
        return cast("bool", RequestValidator(secret).validate(url, form, signature, named or HMAC_SHA1))
    except (TypeError, ValueError, AttributeError, KeyError):
        return False  # fields that are no text, or a URL that can't be read


def _algorithm(signature_settings: str) -> str:
    """The algorithm that the header names, if any, read as the vendor's library reads it."""
    parts = (part.partition("=") for part in signature_settings.split(","))
    return next(
        (value.strip().upper() for name, _, value in parts if name.strip() == "algorithm" and value.strip()), ""
    )


def parse_inbound(form: Mapping[str, object]) -> Inbound:
    """The text in a verified webhook. Raises ValueError where the id or the sender is missing."""
    provider_id, sender = _field(form, "MessageSid"), _field(form, "From")
    if not provider_id or not sender:
        raise ValueError("the webhook has no MessageSid or no From")
    said = _field(form, "OptOutType").upper()
    opt_out: OptOutType | None = said if said in ("STOP", "HELP", "START") else None
    return Inbound(provider_id, phone_or_as_it_came(sender), _field(form, "Body"), opt_out)


def parse_status(form: Mapping[str, object]) -> StatusReport:
    """The delivery report in a verified webhook. Never raises."""
    status = _STATUSES.get(_field(form, "MessageStatus").lower())
    cause = _cause(_field(form, "ErrorCode")) if status in ("undelivered", "failed") else ""
    return StatusReport(status, cause, _field(form, "MessageSid")[:LONGEST_SID] or None)


def _cause(code: str) -> str:
    if not (code.isascii() and code.isdecimal() and len(code) <= LONGEST_CODE):
        return "not delivered"
    known = CODES.get(int(code), "no_answer")
    return BECAUSE[known] if known != "no_answer" else f"not delivered (code {code})"


def _field(form: Mapping[str, object], name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
