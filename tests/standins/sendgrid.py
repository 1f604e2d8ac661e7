"""SendGrid's API: send a mail, and say what a key may do."""

import secrets
from collections.abc import Callable

from pydantic import ValidationError

from tests.standins.behaviours import TAKES, Behaviour, Door
from tests.standins.book import Book, MailSent
from tests.standins.doors import Answer, Asked, answer_json
from tests.standins.identity import Identity
from tests.standins.sendgrid_mail import Mail
from tests.standins.timing import Timing

SCOPES = ["mail.send", "2fa_required", "sender_verification_eligible"]
_NOT_KNOWN = "The provided authorization grant is invalid, expired, or revoked"


class SendGridApi:
    """Answers requests under /v3. `on_accepted` starts a mail on its way; True where the vendor will drop it."""

    def __init__(
        self,
        identity: Identity,
        book: Book,
        choose: Callable[[Door, str, str], Behaviour],
        timing: Timing,
        on_accepted: Callable[[MailSent, bool], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._identity = identity
        self._book = book
        self._choose = choose
        self._timing = timing
        self._on_accepted = on_accepted
        self._later = later

    def answer(self, asked: Asked) -> Answer:
        """What SendGrid would answer. A wrong key doesn't use up a behaviour."""
        if asked.headers.get("authorization") != f"Bearer {self._identity.api_key}":
            return errors(401, _NOT_KNOWN)
        if (asked.method, asked.path) == ("POST", "/v3/mail/send"):
            return self._send(asked)
        if (asked.method, asked.path) == ("GET", "/v3/scopes"):
            behaviour = self._choose("lookups", "", "")
            self._book.count_request(f"lookups {behaviour}")
            return self._manner(behaviour, answer_json(200, {"scopes": SCOPES}))
        known = asked.path in ("/v3/mail/send", "/v3/scopes")
        return errors(405, "method not allowed") if known else errors(404, "not found")

    def _send(self, asked: Asked) -> Answer:
        behaviour = self._choose("mails", *_reader_and_mark(asked.body))
        self._book.count_request(f"mails {behaviour}")
        if behaviour not in TAKES and behaviour != "opted_out":
            return self._manner(behaviour, errors(500, "internal server error"))
        try:
            mail = Mail.model_validate_json(asked.body)
        except ValidationError as error:
            wrong = error.errors()[0]
            return errors(400, wrong["msg"], ".".join(str(step) for step in wrong["loc"]) or None)
        if mail.mail_settings.sandbox_mode.enable:
            return Answer(200)
        sid = secrets.token_urlsafe(16)
        if behaviour == "accept_late":
            self._later(self._timing.late, lambda: self._accept(mail, sid, drop=False))
        else:
            self._accept(mail, sid, drop=behaviour == "opted_out")
        return self._manner(behaviour, Answer(202, headers={"X-Message-Id": sid}))

    def _accept(self, mail: Mail, sid: str, *, drop: bool) -> None:
        for sent in self._sent(mail, sid):
            self._book.add_mail(sent)
            self._on_accepted(sent, drop)

    def _sent(self, mail: Mail, sid: str) -> list[MailSent]:
        """One mail for each recipient, with the arguments of its own personalization over those of the whole."""
        return [
            MailSent(
                sid=sid,
                to=to.email,
                from_=mail.sender.email,
                subject=person.subject or mail.subject,
                body="\n".join(part.value for part in mail.content),
                custom_args={**mail.custom_args, **person.custom_args},
                categories=mail.categories,
                accepted_at=self._book.clock(),
            )
            for person in mail.personalizations
            for to in person.to
        ]

    def _manner(self, behaviour: Behaviour, answer: Answer) -> Answer:
        """The answer as this behaviour lets the caller see it."""
        if behaviour in ("drop", "accept_then_drop"):
            return Answer(manner="drop")
        if behaviour in ("hang", "accept_then_hang", "accept_late"):
            return Answer(manner="drop", after=self._timing.hang)
        if behaviour in ("error_500", "accept_then_500"):
            return errors(500, "internal server error")
        if behaviour == "throttled":
            wait = str(self._timing.retry_after)
            limits = {"X-RateLimit-Limit": "600", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": wait}
            return errors(429, "too many requests", headers={"Retry-After": wait, **limits})
        if behaviour == "unauthorized":
            return errors(401, _NOT_KNOWN)
        answer.after = self._timing.slow if behaviour == "slow" else 0.0
        return answer


def _reader_and_mark(body: bytes) -> tuple[str, str]:
    """The first recipient and our `message_id`; empty where the mail can't be read, which is refused later."""
    try:
        mail = Mail.model_validate_json(body)
    except ValidationError:
        return "", ""
    first = mail.personalizations[0]
    return first.to[0].email, {**mail.custom_args, **first.custom_args}.get("message_id", "")


def errors(status: int, text: str, field: str | None = None, headers: dict[str, str] | None = None) -> Answer:
    """An error as the vendor words it."""
    return answer_json(status, {"errors": [{"message": text, "field": field, "help": None}]}, headers)
