"""What the stand-in knows: texts both ways, mails, and who has opted out. Safe to use from many threads."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Direction = Literal["inbound", "outbound-api"]

_RANKS = {"accepted": 0, "queued": 1, "sent": 2, "delivered": 3, "undelivered": 3, "failed": 3}


@dataclass
class Text:
    """A text that the vendor has, either way. `from_` is None until a messaging service has chosen a number."""

    sid: str
    to: str
    from_: str | None
    body: str
    status: str
    accepted_at: datetime
    updated_at: datetime
    direction: Direction = "outbound-api"
    service_sid: str | None = None
    callback_url: str | None = None
    sent_at: datetime | None = None
    error_code: int | None = None


@dataclass(frozen=True)
class MailSent:
    """A mail that the vendor accepted, one per recipient. `sid` is its X-Message-Id."""

    sid: str
    to: str
    from_: str
    subject: str
    body: str
    custom_args: dict[str, str]
    categories: list[str]
    accepted_at: datetime


@dataclass
class Book:
    """The state of both vendors."""

    clock: Callable[[], datetime]
    texts: list[Text] = field(default_factory=list[Text])
    mails: list[MailSent] = field(default_factory=list[MailSent])
    suppressed: dict[str, str] = field(default_factory=dict[str, str])
    """Addresses that SendGrid won't write to any more, and why in its own words."""
    asked: Counter[str] = field(default_factory=Counter[str])
    """Requests by door and behaviour, such as "texts ok"."""
    _blocked: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def add_text(self, text: Text) -> None:
        """Keep a text of either direction."""
        with self._lock:
            self.texts.append(text)

    def add_mail(self, mail: MailSent) -> None:
        """Keep an accepted mail."""
        with self._lock:
            self.mails.append(mail)

    def count_request(self, what: str) -> None:
        """Remember that a request came, for the report."""
        with self._lock:
            self.asked[what] += 1

    def move(self, text: Text, status: str, code: int | None, number: str) -> None:
        """Bring a text forward to a status, never back. A service's text gets its number on the way."""
        with self._lock:
            if _RANKS[status] <= _RANKS[text.status]:
                return
            text.status, text.error_code, text.updated_at = status, code, self.clock()
            text.from_ = text.from_ or number
            if _RANKS[status] >= 2 and status != "failed" and text.sent_at is None:
                text.sent_at = text.updated_at

    def listed(self, delay_seconds: float) -> list[Text]:
        """Every text that the list shows by now, newest first."""
        shown_until = self.clock() - timedelta(seconds=delay_seconds)
        with self._lock:
            return [text for text in reversed(self.texts) if text.accepted_at <= shown_until]

    def text(self, sid: str) -> Text | None:
        """The text with this id."""
        with self._lock:
            return next((text for text in self.texts if text.sid == sid), None)

    def outbound(self) -> list[Text]:
        """The accepted texts, oldest first."""
        with self._lock:
            return [text for text in self.texts if text.direction == "outbound-api"]

    def inbound(self) -> list[Text]:
        """The texts of clients, oldest first."""
        with self._lock:
            return [text for text in self.texts if text.direction == "inbound"]

    def sent_mails(self) -> list[MailSent]:
        """The accepted mails, oldest first."""
        with self._lock:
            return list(self.mails)

    def block(self, number: str, phone: str) -> None:
        """No more texts from our number to this phone."""
        with self._lock:
            self._blocked.add((number, phone))

    def unblock(self, number: str, phone: str) -> None:
        """Texts from our number to this phone again."""
        with self._lock:
            self._blocked.discard((number, phone))

    def blocks(self, number: str, phone: str) -> bool:
        """Whether the phone has opted out from texts of this number."""
        with self._lock:
            return (number, phone) in self._blocked
