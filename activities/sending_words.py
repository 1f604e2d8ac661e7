"""What the sending of a message says of itself: to its workflow, to the plan's story, to the front desk."""

from datetime import datetime
from typing import Literal

from domain.actions import AddDeskTask, SendMessage, SendOutcome
from domain.client import Channel
from domain.outgoing import LOOKING_FOR_IT
from domain.outgoing import OPTED_OUT as OPTED_OUT
from domain.outgoing import WINDOW_CLOSED as WINDOW_CLOSED
from providers.base import BECAUSE
from records.senders import stopped_task_key
from records.views import MessageRow

TOO_LATE = "too late: it would no longer be of use"
STALE_BY_THEN = "too late: it would no longer be of use when it may be sent"
NO_ADDRESS = "no number or address on file"
NO_PROVIDER = "this channel is not set up"
CAP_FULL = "enough messages for now"
CLIENT_DIED = "somebody said that the client has died"
ERASED = "the client's data was erased"
BEING_SENT = "it is being sent at this moment"
NOBODY_KNOWS = BECAUSE["no_answer"]
NO_LONGER_TRUE = "things have changed since; it was not sent"
NOT_SENT = "the provider never got it, and nobody asked for it any more"
SOMETHING_HAPPENED = "something happened since it was decided"
TOO_SLOW = "it took too long to begin; it is looked for first"
SENDER_STOPPED = "the sender waits until its settings are mended"

_SENDERS: dict[Channel, str] = {
    "sms": "text messages (the TWILIO_ settings)",
    "email": "mails (the SENDGRID_ settings)",
}


def outcome(
    message: SendMessage, result: Literal["accepted", "dropped", "refused", "unknown"], at: datetime, because: str = ""
) -> SendOutcome:
    """An end: nothing more comes of this message."""
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result=result,
        at=at,
        because=because,
    )


def deferred(message: SendMessage, until: datetime, at: datetime, because: str) -> SendOutcome:
    """It didn't go, and may be tried from `until` on."""
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result="deferred",
        at=at,
        until=until,
        because=because,
    )


def unclear(message: SendMessage, until: datetime, at: datetime, because: str = LOOKING_FOR_IT) -> SendOutcome:
    """Nobody can tell yet whether it went; the provider is asked again at `until`."""
    return SendOutcome(
        message_key=message.message_key,
        touchpoint_key=message.touchpoint_key,
        result="unclear",
        at=at,
        until=until,
        because=because,
    )


def sender_task(channel: Channel, code: int | None, at: datetime) -> AddDeskTask:
    """What the operator is told, once, when our own settings stop a sender at `at`."""
    return AddDeskTask(
        key=stopped_task_key(channel, at),
        plan_id="",
        kind="sender_stopped",
        text=f"The provider refuses to send our {_SENDERS[channel]}: code {code or 'none'}. Messages wait; check the "
        "settings with `followthrough doctor`. This task closes itself when something goes out again.",
        at=at,
    )


def doubt_task(row: MessageRow, because: str, at: datetime) -> AddDeskTask:
    """A message that may not have arrived, or did not, after its plan had stopped asking."""
    return AddDeskTask(
        key=f"{row.plan_id}:unsent:{row.message.touchpoint_key}",
        plan_id=row.plan_id,
        kind="undeliverable",
        text=f"A message may not have reached its reader ({row.message.kind.replace('_', ' ')}): {because}.",
        at=at,
    )
