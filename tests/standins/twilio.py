"""Twilio's API: create a text, list texts, look at one, look at the account."""

import base64
import re
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl

from tests.standins.behaviours import TAKES, Behaviour, Door
from tests.standins.book import Book, Text
from tests.standins.doors import Answer, Asked, answer_json
from tests.standins.identity import Identity
from tests.standins.timing import Timing
from tests.standins.twilio_shapes import API, account, message, page, refusal

_PATH = re.compile(rf"{API}/(?P<account>AC[0-9a-fA-F]{{32}})(?P<list>/Messages(?:/(?P<sid>\w+))?)?\.json")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
LONGEST_BODY = 1600


class TwilioApi:
    """Answers requests under /2010-04-01. `on_accepted` starts a text on its way."""

    def __init__(
        self,
        identity: Identity,
        book: Book,
        choose: Callable[[Door, str, str], Behaviour],
        timing: Timing,
        on_accepted: Callable[[Text], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._identity = identity
        self._book = book
        self._choose = choose
        self._timing = timing
        self._on_accepted = on_accepted
        self._later = later
        self._since = book.clock()

    def answer(self, asked: Asked) -> Answer:
        """What Twilio would answer. Wrong credentials don't use up a behaviour."""
        there = _PATH.fullmatch(asked.path)
        if there is None:
            return refusal(20404)
        if not self._knows(asked.headers.get("authorization", "")):
            return refusal(20003)
        if there["account"] != self._identity.account_sid:
            return refusal(20404)
        if asked.method == "POST" and there["list"] and not there["sid"]:
            return self._create(asked)
        if asked.method != "GET":
            return refusal(20004)
        return self._look_up(asked, there["list"], there["sid"])

    def _knows(self, authorization: str) -> bool:
        known = f"{self._identity.account_sid}:{self._identity.auth_token}".encode()
        return authorization == "Basic " + base64.b64encode(known).decode()

    def _create(self, asked: Asked) -> Answer:
        form = dict(parse_qsl(asked.body.decode()))
        behaviour = self._choose("texts", form.get("To", ""), form.get("StatusCallback", ""))
        self._book.count_request(f"texts {behaviour}")
        if behaviour not in TAKES:
            return self._manner(behaviour, refusal(20500))
        if code := self._refuses(form):
            return refusal(code)
        if behaviour == "accept_late":
            self._later(self._timing.late, lambda: self._on_accepted(self._accept(form)))
            return self._manner(behaviour, refusal(20500))
        text = self._accept(form)
        # The answer is made before the text moves on, for its status is that of this moment.
        answer = answer_json(201, message(self._identity.account_sid, text))
        self._on_accepted(text)
        return self._manner(behaviour, answer)

    def _refuses(self, form: dict[str, str]) -> int | None:
        """The vendor's code for what is wrong with this text, if anything is."""
        to, number, service = (form.get(name, "") for name in ("To", "From", "MessagingServiceSid"))
        body, callback = form.get("Body", ""), form.get("StatusCallback", "")
        checks = (
            (21604, not to),
            (21211, not _E164.fullmatch(to)),
            (21603, not number and not service),
            (21701, bool(service) and not _SERVICE.fullmatch(service)),
            (21212, bool(number) and not _E164.fullmatch(number)),
            (21266, number == to),
            (21602, not body.strip()),
            (21617, len(body) > LONGEST_BODY),
            (21609, bool(callback) and not callback.startswith(("http://", "https://"))),
            (21610, self._book.blocks(number or self._identity.from_number, to)),
        )
        return next((code for code, wrong in checks if wrong), None)

    def _accept(self, form: dict[str, str]) -> Text:
        service, at = form.get("MessagingServiceSid"), self._book.clock()
        text = Text(
            sid="SM" + secrets.token_hex(16),
            to=form["To"],
            from_=form.get("From"),
            body=form["Body"],
            status="accepted" if service else "queued",
            accepted_at=at,
            updated_at=at,
            service_sid=service,
            callback_url=form.get("StatusCallback"),
        )
        self._book.add_text(text)
        return text

    def _look_up(self, asked: Asked, listed: str | None, sid: str | None) -> Answer:
        behaviour = self._choose("lookups", dict(parse_qsl(asked.query)).get("To", ""), "")
        self._book.count_request(f"lookups {behaviour}")
        found = self._found(asked, listed, sid) if behaviour in TAKES else refusal(20500)
        return self._manner(behaviour, found)

    def _found(self, asked: Asked, listed: str | None, sid: str | None) -> Answer:
        own = self._identity.account_sid
        if sid:
            text = self._book.text(sid)
            return answer_json(200, message(own, text)) if text else refusal(20404)
        if listed:
            wanted = dict(parse_qsl(asked.query))
            try:
                return answer_json(200, page(own, self._shown(wanted), wanted))
            except ValueError:
                return refusal(20001)
        return answer_json(200, account(own, self._since))

    def _shown(self, wanted: dict[str, str]) -> list[Text]:
        """The texts that the filters let through, newest first; on further pages, none that came after the first."""
        rows = self._book.listed(self._timing.list_delay)
        anchor = wanted.get("PageToken", "").removeprefix("PA")
        if anchor:
            sids = [text.sid for text in rows]
            rows = rows[sids.index(anchor) :] if anchor in sids else []
        return [text for text in rows if _passes(text, wanted)]

    def _manner(self, behaviour: Behaviour, answer: Answer) -> Answer:
        """The answer as this behaviour lets the caller see it."""
        if behaviour in ("drop", "accept_then_drop"):
            return Answer(manner="drop")
        if behaviour in ("hang", "accept_then_hang", "accept_late"):
            return Answer(manner="drop", after=self._timing.hang)
        if behaviour in ("error_500", "accept_then_500"):
            return refusal(20500)
        if behaviour == "throttled":
            return refusal(20429, {"Retry-After": str(self._timing.retry_after)})
        if behaviour == "opted_out":
            return refusal(21610)
        if behaviour == "unauthorized":
            return refusal(20003)
        answer.after = self._timing.slow if behaviour == "slow" else 0.0
        return answer


def _passes(text: Text, wanted: dict[str, str]) -> bool:
    if wanted.get("To", text.to) != text.to or wanted.get("From", text.from_) != text.from_:
        return False
    days = {name: wanted[name] for name in ("DateSent", "DateSent>", "DateSent<") if name in wanted}
    # A text that hasn't been sent yet has no date, so no date filter finds it.
    return not days or (text.sent_at is not None and all(_matches(text.sent_at, *one) for one in days.items()))


def _matches(sent_at: datetime, name: str, wanted: str) -> bool:
    """Days count as a whole, both ends included; a moment counts to the second."""
    if len(wanted) == len("2026-03-02"):
        sent: date = sent_at.astimezone(UTC).date()
        limit: date = date.fromisoformat(wanted)
    else:
        limit = datetime.fromisoformat(wanted)
        sent, limit = sent_at.replace(microsecond=0), limit if limit.tzinfo else limit.replace(tzinfo=UTC)
    return {"DateSent": sent == limit, "DateSent>": sent >= limit, "DateSent<": sent <= limit}[name]
