"""What Twilio posts to us: the delivery reports of texts, and the texts that clients write."""

import secrets
from collections.abc import Sequence
from functools import partial
from urllib.parse import urldefrag, urlencode

from tests.standins.behaviours import Habit, Outcome
from tests.standins.book import Book, Text
from tests.standins.callbacks import Courier, Post, Retries, twilio_retries
from tests.standins.identity import Identity
from tests.standins.signatures import Fields, twilio_signature
from tests.standins.targets import Targets
from tests.standins.timing import Timing
from tests.standins.twilio_shapes import segments

INBOUND_PATH = "/webhooks/twilio/inbound"
STOP_WORDS = frozenset(("stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"))
START_WORDS = frozenset(("start", "unstop"))
HELP_WORDS = frozenset(("help", "info"))
"""The vendor's default words, of which only a text that is nothing else counts."""

_CODES = {"undelivered": 30003, "failed": 30008}
_AS_TEXT = {"bounce": "undelivered", "dropped": "failed", "spamreport": "delivered", "unsubscribe": "delivered"}


class TwilioWebhooks:
    """Moves accepted texts on and tells of it; receives texts from clients."""

    def __init__(
        self,
        identity: Identity,
        book: Book,
        courier: Courier,
        targets: Targets,
        timing: Timing,
        *,
        advanced_opt_out: bool,
        shared_key: bool,
        inbound_fragment: str,
    ) -> None:
        self._identity = identity
        self._book = book
        self._courier = courier
        self._targets = targets
        self._timing = timing
        self._advanced_opt_out = advanced_opt_out
        self._shared_key = shared_key
        self._inbound_retries = twilio_retries(f"#{inbound_fragment}")

    def start(self, text: Text, habit: Habit, outcome: Outcome) -> None:
        """Bring a text to its end step by step, and call its StatusCallback as the habit is."""
        steps = _steps(text, outcome)
        code = outcome.code or _CODES.get(steps[-1])
        for number, step in enumerate(steps, 1):
            self._courier.later(self._timing.pace * number, partial(self._move, text, step, code))
        if text.callback_url is None or habit == "never":
            return
        told = [step for step in steps for _ in range(2 if habit == "twice" else 1)]
        if habit == "out_of_order":
            told.reverse()
        first = {"late": self._timing.late, "out_of_order": self._timing.pace * len(steps)}
        self._courier.later(first.get(habit, self._timing.pace), partial(self._tell, text, told, code))

    def receive(self, text: Text, *, lost: bool, times: int, delay_seconds: float) -> None:
        """Keep a client's text in the list, act on an opt-out word, and post it unless it gets lost."""
        word = text.body.strip().casefold()
        if word in STOP_WORDS:
            self._book.block(text.to, text.from_ or "")
        if word in START_WORDS:
            self._book.unblock(text.to, text.from_ or "")
        self._book.add_text(text)
        url = self._targets.public(INBOUND_PATH)
        if lost or url is None:
            return
        for _ in range(times):
            post = self._signed("inbound", url, self._inbound_form(text, word), self._inbound_retries)
            self._courier.later(delay_seconds, partial(self._courier.deliver, post))

    def _move(self, text: Text, step: str, code: int | None) -> None:
        wrong = code if step in _CODES else None
        self._book.move(text, step, wrong, self._identity.from_number)

    def _tell(self, text: Text, left: Sequence[str], code: int | None) -> None:
        """Post the first report, and the rest after it, so that a slow receiver doesn't change their order."""
        if not left or text.callback_url is None:
            return
        self._move(text, left[0], code)
        form = self._status_form(text, left[0], code)
        post = self._signed("status", text.callback_url, form, twilio_retries(text.callback_url))
        rest = partial(self._tell, text, left[1:], code)
        self._courier.deliver(post, lambda: self._courier.later(self._timing.pace, rest))

    def _signed(self, kind: str, url: str, form: Fields, retries: Retries) -> Post:
        """A form post signed over the URL that we gave, wherever it really goes. The fragment stays at the vendor."""
        url = urldefrag(url).url
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": secrets.token_hex(16),
        }
        secret = self._identity.auth_token
        if self._shared_key:
            secret = self._identity.shared_key_secret
            settings = f"key={self._identity.shared_key_id},algorithm=HMAC_SHA256"
            headers["X-Twilio-Webhooks-Signature-Settings"] = settings
        algorithm = "HMAC_SHA256" if self._shared_key else "HMAC_SHA1"
        headers["X-Twilio-Signature"] = twilio_signature(secret, url, form, algorithm)
        return Post(kind, self._targets.real(url), headers, urlencode(form).encode(), retries)

    def _status_form(self, text: Text, step: str, code: int | None) -> Fields:
        form = [
            ("SmsSid", text.sid),
            ("SmsStatus", step),
            ("MessageStatus", step),
            ("To", text.to),
            ("MessageSid", text.sid),
            ("AccountSid", self._identity.account_sid),
            ("From", text.from_ or self._identity.from_number),
            ("ApiVersion", "2010-04-01"),
        ]
        if text.service_sid:
            form.append(("MessagingServiceSid", text.service_sid))
        if step in _CODES:
            form.append(("ErrorCode", str(code)))
        if step in ("delivered", "undelivered"):
            form.append(("RawDlrDoneDate", self._book.clock().strftime("%y%m%d%H%M")))
        return form

    def _inbound_form(self, text: Text, word: str) -> Fields:
        form = [
            ("ToCountry", "US"),
            ("ToState", "WA"),
            ("ToCity", ""),
            ("SmsMessageSid", text.sid),
            ("NumMedia", "0"),
            ("FromZip", ""),
            ("SmsSid", text.sid),
            ("FromState", "WA"),
            ("SmsStatus", "received"),
            ("FromCity", ""),
            ("Body", text.body),
            ("FromCountry", "US"),
            ("To", text.to),
            ("ToZip", ""),
            ("NumSegments", segments(text.body)),
            ("MessageSid", text.sid),
            ("AccountSid", self._identity.account_sid),
            ("From", text.from_ or ""),
            ("ApiVersion", "2010-04-01"),
        ]
        words = (("STOP", STOP_WORDS), ("START", START_WORDS), ("HELP", HELP_WORDS))
        if self._advanced_opt_out:
            form += [("OptOutType", name) for name, known in words if word in known]
        return form


def _steps(text: Text, outcome: Outcome) -> list[str]:
    """The statuses after the first one, for which there is no report."""
    queued = ["queued"] if text.status == "accepted" else []
    end = _AS_TEXT.get(outcome.name, outcome.name)
    return [*queued, "failed"] if end == "failed" else [*queued, "sent", end]
