"""Text messages through Twilio: send one, find out later whether it went, read what came in.

Facts about the vendor are from its API description and its error pages; its create call has no idempotency key, so
a call without a clear answer is reported as unknown and never repeated here.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from twilio.rest import Client

from domain.client import Channel
from providers.base import Accepted, DeliveryError, Evidence, Inbound, Outgoing
from providers.last_look import looking
from providers.twilio_errors import judged
from providers.twilio_http import HttpClient, silence
from providers.twilio_list import CLOCK_SLACK, Sender, evidence, inbound, read_back
from providers.twilio_webhooks import (
    SETTINGS_HEADER,
    SIGNATURE_HEADER,
    DeliveryStatus,
    StatusReport,
    parse_inbound,
    parse_status,
    status_callback,
    verify,
    webhook_url,
)

__all__ = [
    "SETTINGS_HEADER",
    "SIGNATURE_HEADER",
    "DeliveryStatus",
    "Inbound",
    "StatusReport",
    "TwilioSms",
    "parse_inbound",
    "parse_status",
    "status_callback",
    "validity_seconds",
    "verify",
    "webhook_url",
]

TIMEOUT_SECONDS = 10.0
SHORTEST_VALIDITY = timedelta(seconds=6)
LONGEST_VALIDITY = timedelta(hours=10)


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
        silence()
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base, timeout_seconds))
        self._account_sid = account_sid
        self._public_url = public_url
        self._sender = Sender(from_number or None, messaging_service_sid or None)

    def send(self, outgoing: Outgoing) -> Accepted:
        """Create the message at the vendor, once. The delivery report comes back under our own id."""
        service = self._sender.messaging_service_sid
        sender = {"messaging_service_sid": service} if service else {"from_": self._sender.from_number}
        with judged(), looking(outgoing.last_look):
            created = self._client.messages.create(
                to=outgoing.address,
                body=outgoing.text,
                status_callback=status_callback(self._public_url, outgoing.message_id),
                validity_period=validity_seconds(outgoing.valid_for),
                **sender,
            )
        if not created.sid:
            raise DeliveryError.of("no_answer")
        return Accepted(created.sid)

    def find(self, outgoing: Outgoing, since: datetime, taken: Callable[[str], bool]) -> Evidence:
        """Look for our message in the vendor's list. Nothing that the vendor or the network does makes it raise."""
        try:
            # By number only: a message that still waits at the vendor has no date_sent that one could ask for.
            listed = read_back(self._client.messages, since - CLOCK_SLACK, to=outgoing.address)
        except DeliveryError:
            return Evidence("unclear")
        return evidence(listed, outgoing, self._sender, since, taken)

    def received_since(self, since: datetime) -> list[Inbound]:
        """The texts that people sent us since then, and up to two minutes before, for the vendor's clock is not ours.

        With a messaging service any of its numbers may have received them, so those of the whole account are read.
        """
        start = since - CLOCK_SLACK
        # The vendor describes this filter for whole days only, in UTC.
        filters: dict[str, Any] = {"date_sent_after": datetime.combine(start.astimezone(UTC).date(), time(), UTC)}
        if not self._sender.messaging_service_sid:
            filters["to"] = self._sender.from_number
        return inbound(read_back(self._client.messages, start, **filters), self._sender, since)

    def check(self) -> None:
        """Ask the vendor for our own account, which changes nothing there. Raises DeliveryError."""
        with judged():
            account = self._client.api.accounts(self._account_sid).fetch()
        if str(account.status) != "active":
            raise DeliveryError.of("our_settings", 30002)  # suspended or closed


def validity_seconds(valid_for: timedelta) -> int:
    """How long the vendor may hold the message in its queue, within what it takes: 6 seconds to 10 hours."""
    return int(min(max(valid_for, SHORTEST_VALIDITY), LONGEST_VALIDITY).total_seconds())
