"""Send one message, once: written down first, checked at the last moment, handed to the provider a single time.

The provider's answer is settled in the records before the workflow hears of it. Where no answer came, the provider is
asked later whether it has the message; only one that is provably absent is sent again, and one that stays in doubt
becomes a task for a person: a client would rather miss a reminder than get it twice.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from temporalio import activity

from activities.attempt_time import AttemptTime
from activities.last_look import last_look
from activities.sending_rules import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    heeds_opt_outs,
    is_capped,
    outgoing_of,
    pause_after,
    talked_until,
    to_staff,
)
from activities.sending_words import (
    BEING_SENT,
    CAP_FULL,
    CLIENT_DIED,
    ERASED,
    NO_ADDRESS,
    NO_LONGER_TRUE,
    NO_PROVIDER,
    NOBODY_KNOWS,
    NOT_SENT,
    OPTED_OUT,
    SENDER_STOPPED,
    SOMETHING_HAPPENED,
    STALE_BY_THEN,
    TOO_LATE,
    WINDOW_CLOSED,
    deferred,
    doubt_task,
    outcome,
    sender_task,
    unclear,
)
from domain.actions import SendMessage, SendOutcome
from domain.client import Channel
from domain.conversation import IN_CONVERSATION
from domain.policy import Sending
from domain.send_window import cap_until, next_open
from providers.base import BECAUSE, Accepted, DeliveryError, Evidence, GivesEvidence, Outgoing, Provider, Withheld
from records.database import Records
from records.last_checks import BEING_HANDED_OVER, Begun, LastChecks
from records.vault import ClientErased
from records.views import MessageRow

log = logging.getLogger("followthrough.messages")
A_MOMENT = timedelta(seconds=5)
LOOKS, BETWEEN_LOOKS = 10, timedelta(seconds=0.2)
UNTIL_HANDED_OVER = BEING_HANDED_OVER + timedelta(seconds=5)
"""So long that the next decision no longer takes a stuck event for one that came just before and was seen."""
CAP_MEMORY = timedelta(days=8)
"""How far back caps look: the longest one is a week, and a week with a clock change is an hour longer."""


class DressesMail(Protocol):
    """Adds to a mail what only mails have: a link, an address for replies, a calendar file."""

    def dress(self, outgoing: Outgoing, message: SendMessage) -> Outgoing:
        """The same message with those fields filled in."""
        ...


class SendMessages:
    """The sending of messages, with the records that remember and a provider for each channel."""

    def __init__(
        self,
        records: Records,
        providers: Mapping[Channel, Provider],
        sending: Sending | None = None,
        letters: DressesMail | None = None,
    ) -> None:
        """A channel without a provider refuses its messages, so that the next rung of the ladder is taken."""
        self._records = records
        self._providers = providers
        self._sending = sending or Sending()
        self._letters = letters

    @activity.defn(name="send_message")
    def send_message(self, message: SendMessage) -> SendOutcome:
        """Send the message, or say why not. Calling it again with the same key never sends twice."""
        return self.send(message, activity.info().current_attempt_scheduled_time)

    def send(self, message: SendMessage, now: datetime) -> SendOutcome:
        """As `send_message`, for whoever can't wait for a workflow: the answer to an emergency."""
        # An attempt may have waited for a worker: what it begins, it begins no earlier than that.
        clock = AttemptTime(max(now, activity.info().started_time) if activity.in_activity() else now)
        try:
            row = self._records.intend(message, now)
        except ClientErased:
            return outcome(message, "dropped", now, ERASED)
        before = self._settled_before(row, message, now)
        if before is not None:
            return before
        row = row.model_copy(update={"status": "intended", "begun_at": None})
        return (
            self._not_ever(row, message, now)
            or self._not_yet(row, message, now)
            or self._send(row, message, now, clock)
        )

    def settle_doubts(self, now: datetime) -> int:
        """Settle messages in doubt that no plan asks about any more; returns how many.

        A plan asks again until its message is settled. Where it has ended or was lost, nobody would: what the provider
        doesn't know is then not sent any more, and a person hears of it as of what nobody can tell.
        """
        patience = self._sending.reconcile_for + self._sending.absent_after + LONGEST_PAUSE
        rows = self._records.messages_in_doubt(now - patience)
        for row in rows:
            try:
                self._settle_doubt(row, now)
            except Exception as error:  # the next round tries again, and one row stands in no other's way
                log.warning("a message in doubt could not be settled", extra={"error": type(error).__name__})
        return len(rows)

    def _settle_doubt(self, row: MessageRow, now: datetime) -> None:
        found = self._evidence(row, now)
        if found.verdict == "accepted":
            self._accepted(row, Accepted(found.provider_id), now, found=True)
        elif found.verdict == "absent":
            self._records.give_up_message(row, "dropped", NOT_SENT, doubt_task(row, NOT_SENT, now), now)
        else:
            self._records.give_up_message(row, "unknown", NOBODY_KNOWS, doubt_task(row, NOBODY_KNOWS, now), now)

    def _settled_before(self, row: MessageRow, message: SendMessage, now: datetime) -> SendOutcome | None:
        """What an earlier attempt left behind. None: the provider has nothing of it."""
        match row.status:
            case "intended":
                return self._settle(row, "dropped", now, NO_LONGER_TRUE) if message.only_find else None
            case "sending":
                return self._look_for(row, message, now)
            case "refused" | "dropped" | "unknown":
                return outcome(row.message, row.status, now, row.because)
            case _:
                return outcome(row.message, "accepted", now)

    def _look_for(self, row: MessageRow, message: SendMessage, now: datetime) -> SendOutcome | None:
        """Nobody heard the provider's answer, or the worker died: only the provider's own word counts now."""
        found = self._evidence(row, now)
        since = now - (row.begun_at or now)
        if found.verdict == "accepted":
            return self._accepted(row, Accepted(found.provider_id), now, found=True)
        if found.verdict == "absent" and since >= self._sending.absent_after:
            if message.only_find:
                return self._settle(row, "dropped", now, NO_LONGER_TRUE)
            free = self._records.settle_message(row.message_id, "deferred", now, seen=row)
            return None if free else unclear(row.message, now + FIRST_PAUSE, now, BEING_SENT)
        if since >= max(self._sending.reconcile_for, self._sending.absent_after):
            return self._settle(row, "unknown", now, NOBODY_KNOWS)
        return unclear(row.message, self._ask_again_at(row, now), now)

    def _evidence(self, row: MessageRow, now: datetime) -> Evidence:
        provider = self._providers.get(row.message.channel)
        if not isinstance(provider, GivesEvidence):
            return Evidence("unclear")  # its webhook is the evidence, and settles the row itself
        sent = outgoing_of(row, row.message, now)
        return provider.find(sent, row.begun_at or row.created_at, self._records.is_known_message)

    def _ask_again_at(self, row: MessageRow, now: datetime) -> datetime:
        """A few times within the patience that the practice has; only at its end where just a webhook can tell."""
        begun = row.begun_at or now
        end = begun + max(self._sending.reconcile_for, self._sending.absent_after)
        if not isinstance(self._providers.get(row.message.channel), GivesEvidence):
            return max(end, now)
        steps = [begun + self._sending.absent_after, now + (end - begun) / 5, end]
        return min((step for step in steps if step > now), default=now + A_MOMENT)

    def _not_ever(self, row: MessageRow, message: SendMessage, now: datetime) -> SendOutcome | None:
        """Whether the message has lost its chance."""
        written = row.message
        if now >= message.expires_at:
            return self._settle(row, "dropped", now, TOO_LATE)
        if not written.address:
            return self._settle(row, "refused", now, NO_ADDRESS)
        if heeds_opt_outs(written) and self._records.is_suppressed(written.channel, written.address):
            return self._settle(row, "dropped", now, OPTED_OUT)
        if to_staff(written) and self._records.is_suppressed(written.channel, written.address):
            return self._settle(row, "refused", now, OPTED_OUT)  # the carrier would block it: another way is tried
        if written.channel not in self._providers:
            return self._settle(row, "refused", now, NO_PROVIDER)
        return None

    def _not_yet(self, row: MessageRow, message: SendMessage, now: datetime) -> SendOutcome | None:
        """Whether it must wait for a person, the send window or a cap, and whether it would be stale by then."""
        talked = talked_until(self._records, message, now)
        if talked:
            return self._wait(row, message, talked, now, IN_CONVERSATION)
        capped = self._capped_until(row, message, now)
        if capped and capped > now:
            return self._wait(row, message, capped, now, CAP_FULL)
        return self._wait(row, message, now, now, "")

    def _wait(
        self, row: MessageRow, message: SendMessage, until: datetime, now: datetime, because: str
    ) -> SendOutcome | None:
        """Deferred until the window is open at `until` or later; None where that is now."""
        if message.window and not message.any_hour:
            opens = next_open(until, message.window, message.time_zone)
            if opens > until:
                until, because = opens, because or WINDOW_CLOSED
        if until == now:
            return None
        if until >= message.expires_at:
            return self._settle(row, "dropped", now, f"{because}; {STALE_BY_THEN}")
        return deferred(row.message, until, now, because)

    def _capped_until(self, row: MessageRow, message: SendMessage, now: datetime) -> datetime | None:
        """When the caps let this message through; None where they do already or none apply."""
        address = row.message.address
        if not is_capped(message) or message.caps is None or not address:
            return None
        sent = self._records.care_messages_sent_since(message.plan_id, address, now - CAP_MEMORY)
        return cap_until(now, sent, message.caps, message.time_zone)

    def _send(self, row: MessageRow, message: SendMessage, now: datetime, clock: AttemptTime) -> SendOutcome:
        """Call the provider, if this attempt is the one that may."""
        outgoing = outgoing_of(row, message, now)
        if self._letters is not None:
            outgoing = self._letters.dress(outgoing, row.message)
        # Its absence at the provider counts from when it really began: the transaction may have waited for its turn.
        look = last_look(self._records, row, self._sending)
        begun = self._records.begin_send(row.message_id, clock.now(), self._last_checks(row, message, now, clock))
        if begun.obstacle:
            return self._hindered(row, message, begun, now)
        row = row.model_copy(update={"status": "sending", "begun_at": begun.at})
        try:
            accepted = self._providers[row.message.channel].send(replace(outgoing, last_look=look))
        except Withheld as withheld:
            return self._withheld(row, withheld, now)
        except DeliveryError as error:
            return self._went_wrong(row, begun, error, now)
        settled = self._accepted(row, accepted, now)
        if begun.probe:
            self._records.sender_works(row.message.channel, now)
        return settled

    def _withheld(self, row: MessageRow, withheld: Withheld, now: datetime) -> SendOutcome:
        """Nothing has left, so that nothing is in doubt: it is dropped, or looked at afresh."""
        if withheld.because == OPTED_OUT:
            return self._settle(row, "dropped", now, OPTED_OUT)
        if self._records.settle_message(row.message_id, "deferred", now, because=withheld.because, seen=row):
            return deferred(row.message, now, now, withheld.because)
        return unclear(row.message, now + FIRST_PAUSE, now, BEING_SENT)

    def _last_checks(self, row: MessageRow, message: SendMessage, now: datetime, clock: AttemptTime) -> LastChecks:
        caps = message.caps if is_capped(message) else None
        urgent = message.safety or message.about_opt_out
        return LastChecks(
            channel=message.channel if heeds_opt_outs(row.message) else None,
            decided_at=message.decided_at if message.audience == "client" and not urgent else None,
            capped_until=(lambda sent: cap_until(now, sent, caps, message.time_zone)) if caps else None,
            cap_memory=CAP_MEMORY,
            sender=None if message.safety else message.channel,  # an emergency's answer tries its luck
            clock=clock.now,
        )

    def _hindered(self, row: MessageRow, message: SendMessage, begun: Begun, now: datetime) -> SendOutcome:
        """Something came in between; nothing was sent."""
        match begun.obstacle:
            case "opted out":
                return self._settle(row, "dropped", now, OPTED_OUT)
            case "client died":
                return self._settle(row, "dropped", now, CLIENT_DIED)
            case "something happened":
                until = now if self._has_arrived(row, message, now) else now + UNTIL_HANDED_OVER
                # By then the event lies behind the next decision, also where time is virtual and hardly passes.
                until = max(until, begun.until or until)
                return deferred(row.message, until, now, SOMETHING_HAPPENED)
            case "cap":
                until = begun.until or now + FIRST_PAUSE
                return self._wait(row, message, until, now, CAP_FULL) or deferred(row.message, until, now, CAP_FULL)
            case "sender stopped":
                until = max(begun.until or now, now + FIRST_PAUSE)
                waits = self._wait(row, message, until, now, SENDER_STOPPED)
                return waits or deferred(row.message, until, now, SENDER_STOPPED)
            case _:
                # Another attempt got in between. It will have settled the row by the time the workflow asks again.
                return unclear(row.message, now + FIRST_PAUSE, now, BEING_SENT)

    def _has_arrived(self, row: MessageRow, message: SendMessage, now: datetime) -> bool:
        """Wait a moment for the event that is on its way to the plan, so that the next judgement knows of it."""
        for _ in range(LOOKS):
            if message.decided_at is None or not self._records.something_waits(row.plan_id, message.decided_at, now):
                return True
            time.sleep(BETWEEN_LOOKS.total_seconds())
        return False

    def _went_wrong(self, row: MessageRow, begun: Begun, error: DeliveryError, now: datetime) -> SendOutcome:
        because = BECAUSE[error.cause]
        if error.unknown:
            return unclear(row.message, self._ask_again_at(row, now), now)
        if error.cause == "opted_out":
            return self._opted_out_at_the_provider(row, now)
        if error.permanent:
            if begun.probe:
                self._records.sender_works(row.message.channel, now)  # it is this message's own fault
            return self._settle(row, "refused", now, because)
        # First of all free this message, or a failure in what follows would leave it in doubt.
        self._records.settle_message(row.message_id, "deferred", now, because=because, seen=row)
        if error.cause == "our_settings":
            self._stop_the_sender(row.message.channel, error.code, now)
        return deferred(row.message, now + pause_after(row, now, error.retry_after), now, because)

    def _stop_the_sender(self, channel: Channel, code: int | None, now: datetime) -> None:
        """Our own settings are at fault: every other message would fail too. All wait; a person is told once."""
        if self._records.stop_sender(channel, code, now, sender_task(channel, code, now)):
            activity.logger.error("%s refuses our settings (code %s): sending waits.", channel, code)

    def _opted_out_at_the_provider(self, row: MessageRow, now: datetime) -> SendOutcome:
        """The provider knows of a STOP that never reached us. From here on it is ours too."""
        if row.message.address:
            self._records.suppress(row.message.channel, row.message.address, now, "", "provider")
        return self._settle(row, "refused" if to_staff(row.message) else "dropped", now, OPTED_OUT)

    def _accepted(self, row: MessageRow, accepted: Accepted, now: datetime, *, found: bool = False) -> SendOutcome:
        if not self._records.settle_message(
            row.message_id, "accepted", now, provider_id=accepted.provider_id, found=found
        ):
            newest = self._records.message(row.message_id)
            if newest is not None and newest.status == "sending":  # what was found is another message of ours
                return unclear(row.message, now + FIRST_PAUSE, now)
        return outcome(row.message, "accepted", now)

    def _settle(
        self, row: MessageRow, result: Literal["dropped", "refused", "unknown"], now: datetime, because: str
    ) -> SendOutcome:
        """Where the row is no longer as this attempt saw it, another one acts; what came of that is told later."""
        if not self._records.settle_message(row.message_id, result, now, because=because, seen=row):
            return unclear(row.message, now + FIRST_PAUSE, now, BEING_SENT)
        return outcome(row.message, result, now, because)
