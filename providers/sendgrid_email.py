"""Mail through SendGrid, which signs no agreement on health data: it carries "you have a message" and nothing else."""

import json
import logging
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPException
from typing import NamedTuple, Protocol, cast
from urllib.error import URLError

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import ClickTracking, CustomArg, From, Mail, OpenTracking, TrackingSettings

from domain.client import Channel, Language
from providers.base import Accepted, Cause, DeliveryError, Outgoing

TIMEOUT_SECONDS = 10.0
API_BASE = "https://api.sendgrid.com"
MESSAGE_ID_ARG = "message_id"

_STATUSES: dict[int, Cause] = {
    401: "our_settings",
    403: "our_settings",  # sender not verified, or the key may not send
    404: "our_settings",
    405: "our_settings",
    408: "no_answer",
    413: "content",
    429: "busy",
}
"""HTTP statuses that we act on: any other 4xx means "refused", any 5xx that nobody can tell."""


class SendGridEmail:
    """Sends mail in the practice's name."""

    channel: Channel = "email"

    def __init__(
        self,
        *,
        api_key: str,
        from_email: str,
        practice_name: str,
        practice_phone: str,
        api_base: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        """`practice_name` and `practice_phone` are all that a mail says. `api_base` aims the client at a stand-in."""
        # At DEBUG the vendor's client logs the whole mail and our key.
        logging.getLogger("python_http_client").setLevel(logging.WARNING)
        self._client = SendGridAPIClient(api_key, host=(api_base or API_BASE).rstrip("/"))
        # Set here because the constructor takes none, and without one the client waits for ever.
        self._client.client.timeout = cast("int", timeout_seconds)  # any number will do; the annotation is inferred
        self._from = From(from_email, practice_name)
        self._practice_name = practice_name
        self._practice_phone = practice_phone

    def send(self, outgoing: Outgoing) -> Accepted:
        """Hand the mail over, once. Our id comes back with every delivery event."""
        try:
            response = cast("_Response", self._client.send(self._mail(outgoing)))
        except HTTPError as error:
            raise _judged(error.status_code) from None
        except URLError as error:
            raise DeliveryError.of("not_connected" if _never_left(error) else "no_answer") from None
        except (OSError, HTTPException):
            raise DeliveryError.of("no_answer") from None
        if response.status_code != 202:
            # For instance a page that a redirect led to: whoever answered, it was no promise to deliver.
            raise DeliveryError.of("no_answer", response.status_code)
        return Accepted(response.headers.get("X-Message-Id") or outgoing.message_id)

    def check(self) -> None:
        """Ask the vendor what our key may do, which changes nothing there. Raises DeliveryError where not even mail."""
        try:
            response = cast("_Endpoint", self._client.client.scopes).get()
            scopes = cast("list[str]", json.loads(response.body).get("scopes", []))
        except HTTPError as error:
            raise _judged(error.status_code) from None
        except URLError as error:
            raise DeliveryError.of("not_connected" if _never_left(error) else "no_answer") from None
        except (OSError, HTTPException, ValueError, AttributeError):
            raise DeliveryError.of("no_answer") from None
        if "mail.send" not in scopes:
            raise DeliveryError.of("our_settings")

    def _mail(self, outgoing: Outgoing) -> Mail:
        letter = what_may_be_said(outgoing.language, self._practice_name, self._practice_phone)
        mail = Mail(self._from, outgoing.address, letter.subject, letter.text)
        # At the personalization: the vendor's own API description types the top-level field as a plain string.
        mail.add_custom_arg(CustomArg(MESSAGE_ID_ARG, outgoing.message_id, p=0))
        mail.tracking_settings = TrackingSettings(ClickTracking(False, False), OpenTracking(False))
        return mail


class _Endpoint(Protocol):
    def get(self) -> "_Response": ...


class _Response(Protocol):
    status_code: int
    body: bytes
    headers: Mapping[str, str]


class Letter(NamedTuple):
    """Subject and text of a mail."""

    subject: str
    text: str


def what_may_be_said(language: Language, practice_name: str, practice_phone: str) -> Letter:
    """All that this vendor may carry. The message itself stays with us, its subject too.

    Source: the vendor's own statement that its mail is not eligible for health data in any context.
    """
    if language == "es":
        subject = f"Tiene un mensaje de {practice_name}"
        return Letter(subject, f"{subject}. Para escucharlo, llame al {practice_phone}.")
    subject = f"You have a message from {practice_name}"
    return Letter(subject, f"{subject}. To hear it, please call {practice_phone}.")


def _judged(status: int) -> DeliveryError:
    """What an answer other than success means for this mail."""
    if status in _STATUSES:
        return DeliveryError.of(_STATUSES[status], status)
    if status < 400:
        return DeliveryError.of("our_settings", status)  # a redirect: the base URL is wrong
    return DeliveryError.of("refused" if status < 500 else "no_answer", status)


def _never_left(error: URLError) -> bool:
    """Whether the connection was never made. A timeout may also strike while sending, so it doesn't count."""
    return isinstance(error.reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError)
