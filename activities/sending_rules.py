"""Small rules of sending: which messages heed opt-outs and caps, what goes to the provider, how long to wait."""

from datetime import datetime, timedelta

from domain.actions import SendMessage
from domain.conversation import is_taken
from domain.send_window import time_left
from providers.base import Outgoing
from records.database import Records
from records.views import MessageRow

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)


def heeds_opt_outs(message: SendMessage) -> bool:
    """All messages to clients do, but for the fixed answer to an emergency and the one that confirms the opt-out."""
    return message.audience == "client" and not message.safety and not message.about_opt_out


def to_staff(message: SendMessage) -> bool:
    """Whether somebody of the practice is told: of a stop of theirs nothing is lost, for it goes another way."""
    return message.audience != "client"


def is_capped(message: SendMessage) -> bool:
    """Whether the practice's caps count and hold this message."""
    return message.caps is not None and message.category == "care" and message.audience == "client"


def talked_until(records: Records, message: SendMessage, now: datetime) -> datetime | None:
    """Until when a claim's word to the client waits, because a person is in the conversation of its plan.

    Plans hold their own messages back themselves; claims know nothing of the conversation.
    """
    if message.template != "claim_nudge_client":
        return None
    view = records.plan(message.plan_id)
    return view.state.conversation_until if view is not None and is_taken(view.state, now) else None


def outgoing_of(row: MessageRow, message: SendMessage, now: datetime) -> Outgoing:
    """What was written down, and nothing newer: the timeline shows exactly what went out."""
    written = row.message
    return Outgoing(
        message_id=row.message_id,
        channel=written.channel,
        address=written.address or "",
        text=written.text,
        subject=written.subject,
        valid_for=time_left(now, message.expires_at, None if message.any_hour else message.window, message.time_zone),
        at=now,
        language=written.language,
    )


def pause_after(row: MessageRow, now: datetime, asked: timedelta | None = None) -> timedelta:
    """One minute at first, then as long again as it has been waiting, up to a quarter of an hour.

    The provider may have `asked` for a longer one.
    """
    tried_before = bool(row.because)
    waited = now - row.created_at if tried_before else FIRST_PAUSE
    pause = min(max(waited, FIRST_PAUSE), LONGEST_PAUSE)
    return max(pause, asked) if asked else pause
