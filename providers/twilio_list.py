"""Reads back what Twilio keeps: whether it has a message whose answer never reached us, and what it received for us.

The vendor's filter by date looks at when a message was sent, which one that still waits has not been; and how soon
its list shows a new message is documented nowhere. So we list by number, compare by ourselves, and a caller who is
told "absent" waits some minutes before believing it.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from twilio.rest.api.v2010.account.message import MessageInstance, MessageList, MessagePage

from domain.client import normal_phone
from providers.base import DeliveryError, Evidence, Inbound, Outgoing
from providers.twilio_errors import judged

CLOCK_SLACK = timedelta(minutes=2)
"""How far the vendor's clock may be behind ours."""

PAGE_SIZE = 200
MOST_PAGES = 20
"""A list that doesn't end here is a fault, not a conversation."""

_TRIAL = "Sent from your Twilio trial account - "
"""What the vendor puts before every text of an account that isn't paid for yet."""


@dataclass(frozen=True)
class Listed:
    """One message as the vendor lists it. `created_at` is when it took or received it, to the second.

    `from_address` and `service` are empty where the vendor has none, or hasn't chosen a number yet.
    """

    sid: str
    created_at: datetime
    received: bool
    from_address: str
    service: str
    text: str


@dataclass(frozen=True)
class Sender:
    """What we send from: one number, or a messaging service that picks a number of its own."""

    from_number: str | None
    messaging_service_sid: str | None

    def sent(self, message: Listed) -> bool:
        """Whether the message is from us. Where the vendor doesn't say yet, it may be."""
        if not message.from_address and not message.service:
            return True
        return message.from_address == self.from_number or message.service == self.messaging_service_sid


def read_back(messages: MessageList, until: datetime, **filters: Any) -> list[Listed]:
    """The messages since then, the newest first, and some that are older. Raises DeliveryError unless all were read.

    By which field the list is sorted isn't documented, so only a whole page of older messages ends it.
    """
    found: dict[str, Listed] = {}  # by id: while we turn pages, a new message pushes others onto the next one
    with judged():
        page: MessagePage = messages.page(page_size=PAGE_SIZE, **filters)
        for _ in range(MOST_PAGES):
            listed = [_read(message) for message in cast("Iterator[MessageInstance]", page)]
            found |= {message.sid: message for message in listed}
            if not page.next_page_url or (listed and all(message.created_at < until for message in listed)):
                return list(found.values())
            page = cast("MessagePage", page.next_page())
    raise DeliveryError.of("no_answer")


def _read(message: MessageInstance) -> Listed:
    """Raises ValueError where the vendor left out what every message has."""
    if not message.sid or message.date_created is None or not message.direction:
        raise ValueError("a listed message has no id, no date or no direction")
    return Listed(
        sid=message.sid,
        created_at=message.date_created,
        received=str(message.direction) == "inbound",
        from_address=str(message.from_ or ""),
        service=str(message.messaging_service_sid or ""),
        text=str(message.body or ""),
    )


def evidence(
    listed: list[Listed], outgoing: Outgoing, sender: Sender, since: datetime, taken: Callable[[str], bool]
) -> Evidence:
    """What the list says of our message. Its state doesn't matter: a failed one was accepted before, and is reported.

    Of several that fit, and belong to no other message of ours, the oldest is this one: they are the same text to the
    same number, so it makes no difference to the client, and the later ones rather belong to later messages. One
    that would fit but for its sender may be ours from before a change of settings, and one whose text was erased
    may be any: then nobody can tell.
    """
    recent = [message for message in listed if not message.received and message.created_at >= since - CLOCK_SLACK]
    free = [message for message in reversed(recent) if not taken(message.sid)]
    same = [message for message in free if _same_text(message.text, outgoing.text)]
    ours = [message for message in same if sender.sent(message)]
    if ours:
        return Evidence("accepted", min(ours, key=lambda message: message.created_at).sid)
    if same or any(not _letters(message.text) for message in free):
        return Evidence("unclear")
    return Evidence("absent")


def inbound(listed: list[Listed], sender: Sender, since: datetime) -> list[Inbound]:
    """The texts that people sent us since then, the oldest first, without those to another service of the account."""
    ours = ("", sender.messaging_service_sid)
    texts = [
        message
        for message in reversed(listed)
        if message.received and message.created_at >= since - CLOCK_SLACK and message.from_address
        if not sender.messaging_service_sid or message.service in ours
    ]
    return [
        Inbound(message.sid, phone_or_as_it_came(message.from_address), message.text, None, message.created_at)
        for message in sorted(texts, key=lambda message: message.created_at)
    ]


def phone_or_as_it_came(sender: str) -> str:
    """A phone number in the one form that we compare by; a short code or a name as it is."""
    try:
        return normal_phone(sender)
    except ValueError:
        return sender


def _same_text(theirs: str, ours: str) -> bool:
    """Whether two texts say the same, though the vendor may have put plain quotes, dashes and spaces for fine ones."""
    theirs, ours = " ".join(theirs.split()).removeprefix(_TRIAL), " ".join(ours.split())
    return theirs == ours or _letters(theirs) == _letters(ours) != ""


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())
