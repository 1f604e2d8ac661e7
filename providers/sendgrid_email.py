"""Mail through SendGrid. Without an agreement on health data it carries "you have a message" and nothing else."""

import base64
import json
import logging
import socket
import ssl
from collections.abc import Mapping
from datetime import timedelta
from http.client import HTTPException
from typing import NamedTuple, Protocol, cast
from urllib.error import URLError

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import (
    Attachment,
    ClickTracking,
    CustomArg,
    Disposition,
    FileContent,
    FileName,
    FileType,
    From,
    Header,
    Mail,
    OpenTracking,
    ReplyTo,
    TrackingSettings,
)

from domain.client import Channel, Language
from providers.base import Accepted, Cause, DeliveryError, Outgoing
from providers.last_look import looking
from providers.retry_after import retry_after
from providers.sendgrid_http import LookingClient

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
        signed_baa: bool = False,
        api_base: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        """`practice_name` and `practice_phone` are all that a mail says, unless the vendor has `signed_baa`.

        `signed_baa`: the practice has a business associate agreement with the vendor, by its own word. `api_base` aims
        the client at a stand-in.
        """
        # At DEBUG the vendor's client logs the whole mail and our key.
        logging.getLogger("python_http_client").setLevel(logging.WARNING)
        self._client = SendGridAPIClient(api_key, host=(api_base or API_BASE).rstrip("/"))
        # In place of its own: that one takes no timeout, without which it waits for ever, and opens its connections
        # where nobody can look.
        self._client.client = LookingClient(self._client.client, timeout_seconds)
        self._from = From(from_email, practice_name)
        self._practice_name = practice_name
        self._practice_phone = practice_phone
        self._signed_baa = signed_baa

    def send(self, outgoing: Outgoing) -> Accepted:
        """Hand the mail over, once. Our id comes back with every delivery event."""
        if "@" not in outgoing.address:
            raise DeliveryError.of("bad_address")  # the vendor's own helper fails on it
        mail = self._mail(outgoing)
        try:
            with looking(outgoing.last_look):
                response = cast("_Response", self._client.send(mail))
        except HTTPError as error:
            raise _judged(error.status_code, retry_after(cast("Mapping[str, str]", error.headers))) from None
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
        letter = self._letter(outgoing)
        mail = Mail(self._from, outgoing.address, letter.subject, letter.text)
        # At the personalization: the vendor's own API description types the top-level field as a plain string.
        mail.add_custom_arg(CustomArg(MESSAGE_ID_ARG, outgoing.message_id, p=0))
        mail.tracking_settings = TrackingSettings(ClickTracking(False, False), OpenTracking(False))
        if outgoing.reply_to:
            mail.reply_to = ReplyTo(outgoing.reply_to, self._practice_name)
        for name, value in one_click_headers(outgoing.link):
            mail.add_header(Header(name, value))
        if self._signed_baa and outgoing.calendar:
            mail.add_attachment(_attached(outgoing.calendar))
        return mail

    def _letter(self, outgoing: Outgoing) -> "Letter":
        """The message itself where the vendor may carry it, else that there is one."""
        generic = what_may_be_said(outgoing.language, self._practice_name, self._practice_phone, outgoing.link)
        if not self._signed_baa and not outgoing.harmless:
            return generic
        marker = f"{REPLY_LINES[outgoing.language]}\n\n" if outgoing.reply_to else ""
        return Letter(outgoing.subject or generic.subject, marker + outgoing.text)


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


REPLY_LINES: dict[Language, str] = {
    "en": "-- Reply above this line --",
    "es": "-- Responda arriba de esta línea --",
}
"""The first line of a mail that can be answered: `domain.email_reply` cuts the quoted rest there."""


def what_may_be_said(language: Language, practice_name: str, practice_phone: str, link: str | None = None) -> Letter:
    """All that this vendor may carry without an agreement. The message itself stays with us, its subject too.

    Source: the vendor's own statement that its mail is not eligible for health data in any context. `link` leads to
    the message, on a page of ours; without one the phone is the only way.
    """
    if language == "es":
        subject = f"Tiene un mensaje de {practice_name}"
        if link:
            return Letter(
                subject, f"{subject}. Para leerlo, abra esta página:\n\n{link}\n\nO llame al {practice_phone}."
            )
        return Letter(subject, f"{subject}. Para escucharlo, llame al {practice_phone}.")
    subject = f"You have a message from {practice_name}"
    if link:
        return Letter(subject, f"{subject}. To read it, open this page:\n\n{link}\n\nOr call us at {practice_phone}.")
    return Letter(subject, f"{subject}. To hear it, please call {practice_phone}.")


def one_click_headers(link: str | None) -> list[tuple[str, str]]:
    """How a mail program offers "unsubscribe" with one click, by the page behind the link (RFC 8058)."""
    if not link:
        return []
    return [
        ("List-Unsubscribe", f"<{link}/unsubscribe>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ]


def _attached(calendar: str) -> Attachment:
    """The calendar file. Its type repeats the file's own METHOD, or mail programs show a plain file (RFC 6047, 2.4)."""
    methods = (line.removeprefix("METHOD:") for line in calendar.splitlines() if line.startswith("METHOD:"))
    method = next(methods, "PUBLISH")
    return Attachment(
        FileContent(base64.b64encode(calendar.encode()).decode()),
        FileName("appointment.ics"),
        FileType(f"text/calendar; method={method}"),
        Disposition("attachment"),
    )


def _judged(status: int, wait: timedelta | None = None) -> DeliveryError:
    """What an answer other than success means for this mail."""
    if status in _STATUSES:
        return DeliveryError.of(_STATUSES[status], status, wait if status == 429 else None)
    if status < 400:
        return DeliveryError.of("our_settings", status)  # a redirect: the base URL is wrong
    return DeliveryError.of("refused" if status < 500 else "no_answer", status)


def _never_left(error: URLError) -> bool:
    """Whether the connection was never made. A timeout may also strike while sending, so it doesn't count."""
    return isinstance(error.reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError)
