"""Text messages through Twilio: send one, verify its webhooks, read a reply and a delivery report.

Facts about the vendor are from its API description and its error pages; its create call has no idempotency key, so
a call without a clear answer is reported as unknown and never repeated here.
"""

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, NamedTuple, cast
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from domain.client import Channel, normal_phone
from providers.base import BECAUSE, Accepted, Cause, DeliveryError, Outgoing

TIMEOUT_SECONDS = 10.0
SHORTEST_VALIDITY = timedelta(seconds=6)
LONGEST_VALIDITY = timedelta(hours=10)

OptOutType = Literal["STOP", "HELP", "START"]
DeliveryStatus = Literal["sent", "delivered", "undelivered", "failed"]

_CODES: dict[int, Cause] = {
    21211: "bad_address",  # not a valid number
    21614: "bad_address",  # not a mobile number
    30005: "bad_address",  # unknown handset
    30006: "bad_address",  # landline
    21610: "opted_out",
    21617: "content",  # too long
    30004: "content",  # blocked
    30007: "content",  # filtered by the carrier
    30003: "unreachable",  # handset off or out of reach
    30008: "unreachable",  # the carrier gave no reason
    30036: "too_late",  # validity period over
    20003: "our_settings",  # authentication
    21408: "our_settings",  # region not allowed
    21606: "our_settings",  # sender number is not ours
    30002: "our_settings",  # account suspended
    30034: "our_settings",  # sender is not registered with the carriers
    20429: "busy",
    21611: "busy",  # the sender's queue is full
    30001: "busy",  # the queue overflowed
    63038: "busy",  # daily limit
    20500: "no_answer",
}
"""The few codes that we act on; the vendor splits and adds codes, so any other one just means "refused"."""

_STATUSES: dict[str, DeliveryStatus] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}


class TwilioSms:
    """Sends texts from one number or one messaging service."""

    channel: Channel = "sms"

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        public_url: str,
        from_number: str | None = None,
        messaging_service_sid: str | None = None,
        api_base: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        """Give a number or a messaging service; the service wins. `api_base` aims the client at a stand-in."""
        if not (from_number or messaging_service_sid):
            raise ValueError("set TWILIO_FROM_NUMBER or TWILIO_MESSAGING_SERVICE_SID")
        # At INFO the vendor's client logs query parameters, which hold phone numbers.
        logging.getLogger("twilio.http_client").setLevel(logging.WARNING)
        self._client = Client(account_sid, auth_token, http_client=_HttpClient(api_base, timeout_seconds))
        self._account_sid = account_sid
        self._public_url = public_url
        self._sender = (
            {"messaging_service_sid": messaging_service_sid} if messaging_service_sid else {"from_": from_number}
        )

    def send(self, outgoing: Outgoing) -> Accepted:
        """Create the message at the vendor, once. The delivery report comes back under our own id."""
        try:
            created = self._client.messages.create(
                to=outgoing.address,
                body=outgoing.text,
                status_callback=status_callback(self._public_url, outgoing.message_id),
                validity_period=validity_seconds(outgoing.valid_for),
                **self._sender,
            )
        except TwilioException as error:
            # "from None": the vendor's error text repeats the phone number.
            raise _judged(getattr(error, "status", None), getattr(error, "code", None)) from None
        except requests.RequestException as error:
            raise DeliveryError.of("not_connected" if _never_left(error) else "no_answer") from None
        except (ValueError, TypeError, AttributeError):
            # A success whose body can't be read: the message has most likely gone.
            raise DeliveryError.of("no_answer") from None
        if not created.sid:
            raise DeliveryError.of("no_answer")
        return Accepted(created.sid)

    def check(self) -> None:
        """Ask the vendor for our own account, which changes nothing there. Raises DeliveryError."""
        try:
            account = self._client.api.accounts(self._account_sid).fetch()
        except TwilioException as error:
            raise _judged(getattr(error, "status", None), getattr(error, "code", None)) from None
        except requests.RequestException as error:
            raise DeliveryError.of("not_connected" if _never_left(error) else "no_answer") from None
        except (ValueError, TypeError, AttributeError):
            raise DeliveryError.of("no_answer") from None
        if str(account.status) != "active":
            raise DeliveryError.of("our_settings", 30002)  # suspended or closed


class _HttpClient(TwilioHttpClient):
    """The vendor's HTTP client, aimed at another host if wanted, with a new connection per call.

    A kept connection that the other side has just closed would turn a message into one of unknown outcome.
    """

    def __init__(self, api_base: str | None, timeout_seconds: float) -> None:
        super().__init__(timeout=timeout_seconds)
        self._api_base = urlsplit(api_base) if api_base else None

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        if self._api_base:
            there = urlsplit(url)
            path = self._api_base.path.rstrip("/") + there.path
            url = urlunsplit((self._api_base.scheme, self._api_base.netloc, path, there.query, ""))
        closing = {**(headers or {}), "Connection": "close"}
        return super().request(method, url, params, data, closing, auth, timeout, allow_redirects)


def validity_seconds(valid_for: timedelta) -> int:
    """How long the vendor may hold the message in its queue, within what it takes: 6 seconds to 10 hours."""
    return int(min(max(valid_for, SHORTEST_VALIDITY), LONGEST_VALIDITY).total_seconds())


def status_callback(public_url: str, message_id: str) -> str:
    """Where delivery reports go. The fragment asks for 3 retries on every failure; by default there are none on 5xx."""
    return f"{webhook_url(public_url, f'/webhooks/twilio/status/{message_id}')}#rc=3&rp=all"


def _judged(status: int | None, code: int | None) -> DeliveryError:
    """What an answer other than success means for this message."""
    if status is None or status >= 500 or status == 408:
        return DeliveryError.of("no_answer", code)
    if code in _CODES:
        return DeliveryError.of(_CODES[code], code)
    if status == 429:
        return DeliveryError.of("busy", code)
    if status < 400 or status in (401, 403, 404, 405):
        return DeliveryError.of("our_settings", code)
    return DeliveryError.of("refused", code)


def _never_left(error: requests.RequestException) -> bool:
    """Whether the connection was never made, so that the message can't have gone. In doubt: False."""
    inner: object = error.args[0] if error.args else None
    reason: object = getattr(inner, "reason", inner)
    if isinstance(reason, NewConnectionError | ConnectTimeoutError):
        return True
    causes: tuple[object, ...] = getattr(reason, "args", ())
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes)


@dataclass(frozen=True)
class Inbound:
    """One text from somebody. `opt_out_type` is what the vendor itself has already acted on, if anything."""

    provider_id: str
    from_address: str
    text: str
    opt_out_type: OptOutType | None


class StatusReport(NamedTuple):
    """A delivery report: the step that it proves, None for one that changes nothing, and why it went wrong."""

    status: DeliveryStatus | None
    cause: str


def webhook_url(public_url: str, path: str, query: str = "") -> str:
    """The URL as the vendor called it: from our configured public base, never from the request's own headers."""
    return public_url.rstrip("/") + path + (f"?{query}" if query else "")


def verify(auth_token: str, url: str, form: Mapping[str, object], signature: str | None) -> bool:
    """Whether the vendor signed this request. Never raises.

    `url` is from `webhook_url`; `form` is the form as received, blank fields and repeated fields included.
    """
    if not auth_token or not signature:
        return False
    try:
        return cast("bool", RequestValidator(auth_token).validate(url, form, signature))
    except (TypeError, ValueError, AttributeError, KeyError):
        return False  # fields that are no text, or a URL that can't be read


def parse_inbound(form: Mapping[str, object]) -> Inbound:
    """The text in a verified webhook. Raises ValueError where the id or the sender is missing."""
    provider_id, sender = _field(form, "MessageSid"), _field(form, "From")
    if not provider_id or not sender:
        raise ValueError("the webhook has no MessageSid or no From")
    said = _field(form, "OptOutType").upper()
    opt_out: OptOutType | None = said if said in ("STOP", "HELP", "START") else None
    return Inbound(provider_id, _normal(sender), _field(form, "Body"), opt_out)


def parse_status(form: Mapping[str, object]) -> StatusReport:
    """The delivery report in a verified webhook. Never raises."""
    status = _STATUSES.get(_field(form, "MessageStatus").lower())
    if status not in ("undelivered", "failed"):
        return StatusReport(status, "")
    code = _field(form, "ErrorCode")
    known = _CODES.get(int(code)) if code.isdecimal() else None
    if known and known != "no_answer":
        return StatusReport(status, BECAUSE[known])
    return StatusReport(status, f"not delivered (code {code})" if code.isdecimal() else "not delivered")


def _field(form: Mapping[str, object], name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _normal(sender: str) -> str:
    try:
        return normal_phone(sender)
    except ValueError:
        return sender  # a short code or a name, kept as it came
