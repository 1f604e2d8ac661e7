"""Send one message, once: written down first, checked at the last moment, handed to the provider a single time.

The provider's answer is settled in the records before the workflow hears of it. What nobody can tell is never sent
again: a client would rather miss a reminder than get it twice.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from temporalio import activity

from domain.actions import SendMessage, SendOutcome
from domain.client import Channel
from domain.send_window import cap_until, next_open
from providers.base import BECAUSE, Accepted, DeliveryError, GivesEvidence, Outgoing, Provider
from records.database import Records
from records.vault import ClientErased
from records.views import MessageRow

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)
CAP_MEMORY = timedelta(days=8)
"""How far back caps look: the longest one is a week, and a week with a clock change is an hour longer."""

OPTED_OUT = "opted out"
TOO_LATE = "too late: it would no longer be of use"
STALE_BY_THEN = "too late: it would no longer be of use when it may be sent"
NO_ADDRESS = "no number or address on file"
NO_PROVIDER = "this channel is not set up"
WINDOW_CLOSED = "outside the hours in which we write"
CAP_FULL = "enough messages for now"
ERASED = "the client's data was erased"
BEING_SENT = "it is being sent at this moment"
NOBODY_KNOWS = BECAUSE["no_answer"]


class SendMessages:
    """The sending of messages, with the records that remember and a provider for each channel."""

    def __init__(self, records: Records, providers: Mapping[Channel, Provider]) -> None:
        """A channel without a provider refuses its messages, so that the next rung of the ladder is taken."""
        self._records = records
        self._providers = providers

    @activity.defn(name="send_message")
    def send_message(self, message: SendMessage) -> SendOutcome:
        """Send the message, or say why not. Calling it again with the same key never sends twice."""
        now = activity.info().current_attempt_scheduled_time
        try:
            row = self._records.intend(message, now)
        except ClientErased:
            return _outcome(message, "dropped", now, ERASED)
        return (
            self._settled_before(row, now)
            or self._not_ever(row, message, now)
            or self._not_yet(row, message, now)
            or self._send(row, message, now)
        )

    def _settled_before(self, row: MessageRow, now: datetime) -> SendOutcome | None:
        """What an earlier attempt left behind. None: nobody has called the provider yet."""
        match row.status:
            case "intended":
                return None
            case "sending":
                return self._found_or_unknown(row, now)
            case "refused" | "dropped" | "unknown":
                return _outcome(row.message, row.status, now, row.because)
            case _:
                return _outcome(row.message, "accepted", now)

    def _found_or_unknown(self, row: MessageRow, now: datetime) -> SendOutcome:
        """The worker died between the call and its answer: only the provider's own word counts."""
        provider = self._providers.get(row.message.channel)
        found = provider.find(row.message_id) if isinstance(provider, GivesEvidence) else None
        if found:
            return self._accepted(row, found, now)
        return self._settle(row, "unknown", now, NOBODY_KNOWS)

    def _not_ever(self, row: MessageRow, message: SendMessage, now: datetime) -> SendOutcome | None:
        """Whether the message has lost its chance, checked at the last moment: a STOP a second ago wins."""
        written = row.message
        if now >= message.expires_at:
            return self._settle(row, "dropped", now, TOO_LATE)
        if not written.address:
            return self._settle(row, "refused", now, NO_ADDRESS)
        may_be_suppressed = written.audience == "client" and not written.safety
        if may_be_suppressed and self._records.is_suppressed(written.channel, written.address):
            return self._settle(row, "dropped", now, OPTED_OUT)
        if written.channel not in self._providers:
            return self._settle(row, "refused", now, NO_PROVIDER)
        return None

    def _not_yet(self, row: MessageRow, message: SendMessage, now: datetime) -> SendOutcome | None:
        """Whether it must wait for the send window or a cap, and whether it would be stale by then."""
        until, because = now, ""
        capped = self._capped_until(row, message, now)
        if capped and capped > now:
            until, because = capped, CAP_FULL
        if message.window and not message.any_hour:
            opens = next_open(until, message.window, message.time_zone)
            if opens > until:
                until, because = opens, because or WINDOW_CLOSED
        if until == now:
            return None
        if until >= message.expires_at:
            return self._settle(row, "dropped", now, f"{because}; {STALE_BY_THEN}")
        return _deferred(row.message, until, now, because)

    def _capped_until(self, row: MessageRow, message: SendMessage, now: datetime) -> datetime | None:
        """When the caps let this message through; None where they do already or none apply."""
        address = row.message.address
        if message.caps is None or message.category != "care" or message.audience != "client" or not address:
            return None
        sent = self._records.care_messages_sent_since(address, now - CAP_MEMORY)
        return cap_until(now, sent, message.caps, message.time_zone)

    def _send(self, row: MessageRow, message: SendMessage, now: datetime) -> SendOutcome:
        """Call the provider, if this attempt is the one that may."""
        if not self._records.begin_send(row.message_id, now):
            # Another attempt got in between. It will have settled the row by the time the workflow asks again.
            return _deferred(row.message, now + FIRST_PAUSE, now, BEING_SENT)
        try:
            accepted = self._providers[row.message.channel].send(_outgoing(row, message, now))
        except DeliveryError as error:
            return self._went_wrong(row, error, now)
        return self._accepted(row, accepted, now)

    def _went_wrong(self, row: MessageRow, error: DeliveryError, now: datetime) -> SendOutcome:
        because = BECAUSE[error.cause]
        if error.unknown:
            return self._settle(row, "unknown", now, because)
        if error.cause == "opted_out" and row.message.audience == "client":
            return self._opted_out_at_the_provider(row, now)
        if error.permanent:
            return self._settle(row, "refused", now, because)
        if error.cause == "our_settings":
            activity.logger.error("The provider refuses our settings (code %s): check them.", error.code)
        self._records.settle_message(row.message_id, "deferred", now, because=because)
        return _deferred(row.message, now + _pause(row, now), now, because)

    def _opted_out_at_the_provider(self, row: MessageRow, now: datetime) -> SendOutcome:
        """The provider knows of a STOP that never reached us. From here on it is ours too."""
        if row.message.address:
            self._records.suppress(row.message.channel, row.message.address, now, "", "provider")
        return self._settle(row, "dropped", now, OPTED_OUT)

    def _accepted(self, row: MessageRow, accepted: Accepted, now: datetime) -> SendOutcome:
        self._records.settle_message(row.message_id, "accepted", now, provider_id=accepted.provider_id)
        return _outcome(row.message, "accepted", now)

    def _settle(
        self, row: MessageRow, result: Literal["dropped", "refused", "unknown"], now: datetime, because: str
    ) -> SendOutcome:
        self._records.settle_message(row.message_id, result, now, because=because)
        return _outcome(row.message, result, now, because)


def _outgoing(row: MessageRow, message: SendMessage, now: datetime) -> Outgoing:
    """What was written down, and nothing newer: the timeline shows exactly what went out."""
    written = row.message
    return Outgoing(
        message_id=row.message_id,
        channel=written.channel,
        address=written.address or "",
        text=written.text,
        subject=written.subject,
        valid_for=_valid_for(message, now),
        at=now,
        language=written.language,
    )


def _valid_for(message: SendMessage, now: datetime) -> timedelta:
    """How long the provider may hold it: until it is stale, and not past the hour at which we stop writing."""
    left = message.expires_at - now
    window = message.window
    if window is None or message.any_hour or window.opens == window.closes:
        return left
    there = now.astimezone(ZoneInfo(message.time_zone))
    closing = datetime.combine(there.date(), window.closes, there.tzinfo)
    if closing <= there:
        closing += timedelta(days=1)
    return min(left, closing.astimezone(UTC) - now)


def _pause(row: MessageRow, now: datetime) -> timedelta:
    """One minute at first, then as long again as it has been waiting, up to a quarter of an hour."""
    tried_before = bool(row.because)
    waited = now - row.created_at if tried_before else FIRST_PAUSE
    return min(max(waited, FIRST_PAUSE), LONGEST_PAUSE)


def _outcome(
    message: SendMessage, result: Literal["accepted", "dropped", "refused", "unknown"], at: datetime, because: str = ""
) -> SendOutcome:
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result=result,
        at=at,
        because=because,
    )


def _deferred(message: SendMessage, until: datetime, at: datetime, because: str) -> SendOutcome:
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result="deferred",
        at=at,
        until=until,
        because=because,
    )
