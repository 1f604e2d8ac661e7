"""The stand-in as a test sees it: start it, tell it how to behave, look at what it accepted."""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from tests.standins.behaviours import Behaviour, Director, Door, Habit, Outcome, Script
from tests.standins.book import Book, MailSent, Text
from tests.standins.callbacks import Courier
from tests.standins.control import Control
from tests.standins.doors import Answer, Asked, LoopbackServer
from tests.standins.identity import Identity
from tests.standins.sendgrid import SendGridApi, errors
from tests.standins.sendgrid_webhooks import MailIn, SendGridWebhooks, a_mail
from tests.standins.targets import Targets
from tests.standins.timing import Timing
from tests.standins.twilio import TwilioApi
from tests.standins.twilio_webhooks import TwilioWebhooks
from tests.today import this_moment


def now() -> datetime:
    """The real time, aware."""
    return this_moment()


def say_nothing(arrived: Text | MailSent) -> None:
    """Nobody watches."""


class Standin:
    """Both vendors on one loopback port. Made by `running_standin`, which also stops it."""

    def __init__(
        self,
        identity: Identity,
        timing: Timing,
        *,
        port: int = 0,
        advanced_opt_out: bool = False,
        shared_key: bool = False,
        inbound_fragment: str = "",
        clock: Callable[[], datetime] = now,
        on_arrival: Callable[[Text | MailSent], None] = say_nothing,
    ) -> None:
        self.identity = identity
        self._faults: list[BaseException] = []
        self._server = LoopbackServer(port, self._answer, self._faults)
        self._book = Book(clock)
        self._on_arrival = on_arrival
        self._scripts: dict[Door, Script[Behaviour]] = {
            "texts": Script("ok"),
            "mails": Script("ok"),
            "lookups": Script("ok"),
        }
        self._habits: Script[Habit] = Script("on_time")
        self._outcomes: Script[Outcome] = Script(Outcome())
        self._fates: dict[str, Outcome] = {}
        self._director: Director | None = None
        self._targets = Targets()
        self._courier = Courier(timing.retry, self._faults)
        self._twilio = TwilioWebhooks(
            identity,
            self._book,
            self._courier,
            self._targets,
            timing,
            advanced_opt_out=advanced_opt_out,
            shared_key=shared_key,
            inbound_fragment=inbound_fragment,
        )
        self._sendgrid = SendGridWebhooks(identity, self._book, self._courier, self._targets, timing)
        later = self._courier.later
        self._twilio_api = TwilioApi(identity, self._book, self._choose, timing, self._text_accepted, later)
        self._sendgrid_api = SendGridApi(identity, self._book, self._choose, timing, self._mail_accepted, later)
        self._control = Control(self)
        self._server.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def texts(self) -> list[Text]:
        """The accepted texts to clients, oldest first, whatever the caller was told about them."""
        return self._book.outbound()

    @property
    def received(self) -> list[Text]:
        """The texts that clients sent us, oldest first, the lost ones too."""
        return self._book.inbound()

    @property
    def mails(self) -> list[MailSent]:
        """The accepted mails, oldest first, whatever the caller was told about them."""
        return self._book.sent_mails()

    def counts(self) -> Counter[tuple[str, str]]:
        """How often each text or mail was accepted, by whom it is to and what it says."""
        return Counter((sent.to, sent.body) for sent in [*self.texts, *self.mails])

    def environment(self) -> dict[str, str]:
        """The settings that aim a running system at this stand-in. PUBLIC_URL is the system's own affair."""
        return {
            "MESSAGING": "live",
            "TWILIO_ACCOUNT_SID": self.identity.account_sid,
            "TWILIO_AUTH_TOKEN": self.identity.auth_token,
            "TWILIO_FROM_NUMBER": self.identity.from_number,
            "TWILIO_API_BASE": self.url,
            "SENDGRID_API_KEY": self.identity.api_key,
            "SENDGRID_FROM_EMAIL": "hello@practice.example",
            "SENDGRID_API_BASE": self.url,
            "SENDGRID_EVENTS_PUBLIC_KEY": self.identity.events_public_key,
            "SENDGRID_INBOUND_PUBLIC_KEY": self.identity.inbound_public_key,
        }

    def behave(
        self,
        *queue: Behaviour,
        on: Door = "texts",
        default: Behaviour | None = None,
        mix: Mapping[Behaviour, float] | None = None,
        seed: int = 0,
    ) -> None:
        """What to do with the next requests at a door, and after them: always the same, or drawn by weight."""
        _direct(self._scripts[on], queue, default, mix, seed)

    def call_back(
        self,
        *queue: Habit,
        default: Habit | None = None,
        mix: Mapping[Habit, float] | None = None,
        seed: int = 0,
    ) -> None:
        """How the callbacks of the next accepted texts and mails come, and of those after them."""
        _direct(self._habits, queue, default, mix, seed)

    def deliver(
        self,
        *queue: Outcome,
        default: Outcome | None = None,
        mix: Mapping[Outcome, float] | None = None,
        seed: int = 0,
    ) -> None:
        """What becomes of the next accepted texts and mails, and of those after them."""
        _direct(self._outcomes, queue, default, mix, seed)

    def deliver_to(self, address: str, outcome: Outcome) -> None:
        """What becomes of everything to this number or address from now on; goes before `deliver`."""
        self._fates[address] = outcome

    def directed_by(self, director: Director) -> None:
        """From now on this decides on behaviours and habits; what it leaves open, the scripts decide."""
        self._director = director

    def block(self, phone: str) -> None:
        """This phone has opted out at the vendor: texts to it are refused with 21610."""
        self._book.block(self.identity.from_number, phone)

    def webhooks_at(self, url: str | None, public_url: str | None = None) -> None:
        """Where the system under test is, and what it calls itself in callback URLs if that differs. None: nowhere."""
        self._targets.aim(url, public_url)

    def receive_text(
        self,
        from_: str,
        body: str,
        *,
        to: str | None = None,
        lost: bool = False,
        times: int = 1,
        delay_seconds: float = 0.0,
    ) -> str:
        """A client texts us; returns the message's id. Lost: it is in the list, but no webhook comes."""
        at = self._book.clock()
        number = to or self.identity.from_number
        sid = "SM" + secrets.token_hex(16)
        text = Text(sid, number, from_, body, "received", at, at, direction="inbound", sent_at=at)
        self._twilio.receive(text, lost=lost, times=times, delay_seconds=delay_seconds)
        return sid

    def receive_mail(
        self,
        from_: str,
        to: str,
        subject: str,
        text: str = "",
        *,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        envelope_from: str | None = None,
        dkim: str = "pass",
        spf: str = "pass",
        lost: bool = False,
        times: int = 1,
        delay_seconds: float = 0.0,
    ) -> None:
        """A client writes us a mail: plain text with these headers, or the raw MIME as given."""
        mime = raw if raw is not None else a_mail(from_, to, subject, text, dict(headers or {}))
        bounce_to = parseaddr(from_)[1] if envelope_from is None else envelope_from
        mail = MailIn(mime, from_, to, subject, bounce_to, dkim, spf)
        self._sendgrid.receive(mail, lost=lost, times=times, delay_seconds=delay_seconds)

    def settle(self, timeout_seconds: float = 20.0) -> None:
        """Wait until no callback, repeat or inbound post is outstanding. Raises TimeoutError."""
        self._courier.settle(timeout_seconds)

    def report(self) -> dict[str, Any]:
        """What happened so far, in numbers only: requests by behaviour, accepted, accepted twice, callbacks."""
        texts = Counter((text.to, text.body) for text in self.texts)
        # Mails may well say the same; it is our arguments that tell one from another.
        mails = Counter((mail.to, mail.body, *sorted(mail.custom_args.items())) for mail in self.mails)
        return {
            "requests": dict(sorted(self._book.asked.items())),
            "texts": len(self.texts),
            "mails": len(self.mails),
            "accepted_more_than_once": sum(times > 1 for times in (*texts.values(), *mails.values())),
            "texts_by_status": dict(Counter(text.status for text in self.texts)),
            "inbound_texts": len(self.received),
            "callbacks": dict(sorted(self._courier.results.items())),
            "outstanding": self._courier.outstanding(),
        }

    def close(self) -> None:
        """Stop everything. Raises RuntimeError where the stand-in itself went wrong."""
        self._server.stop()
        self._courier.close()
        if self._faults:
            raise RuntimeError("the stand-in itself went wrong") from self._faults[0]

    def _answer(self, asked: Asked) -> Answer:
        if asked.path.startswith("/2010-04-01/"):
            return self._twilio_api.answer(asked)
        if asked.path.startswith("/v3/"):
            return self._sendgrid_api.answer(asked)
        if asked.path.startswith("/_standin/"):
            return self._control.answer(asked)
        return errors(404, "neither vendor has such a page")

    def _choose(self, door: Door, to: str, mark: str) -> Behaviour:
        chosen = self._director.behaviour(door, to, mark) if self._director else None
        return chosen or self._scripts[door].next()

    def _habit(self, to: str) -> Habit:
        return (self._director.habit(to) if self._director else None) or self._habits.next()

    def _text_accepted(self, text: Text) -> None:
        self._on_arrival(text)
        self._twilio.start(text, self._habit(text.to), self._fates.get(text.to) or self._outcomes.next())

    def _mail_accepted(self, mail: MailSent, drop: bool) -> None:
        self._on_arrival(mail)
        outcome = self._fates.get(mail.to) or self._outcomes.next()
        self._sendgrid.start(mail, self._habit(mail.to), outcome, drop=drop)


def _direct(
    script: Script[Any], queue: tuple[Any, ...], default: Any, mix: Mapping[Any, float] | None, seed: int
) -> None:
    script.then(queue)
    if default is not None:
        script.always(default)
    if mix is not None:
        script.mixed(mix, seed)
