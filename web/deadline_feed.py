"""The practice's deadlines as a calendar that calendar programs fetch by themselves (RFC 5545). No login.

The link is the secret. It is made from API_TOKEN, so a new API_TOKEN makes a new link and the old one stops working;
`/deadlines` shows the one that holds. Calendars are shared and kept by others: an event names the claim's number and
the kind of deadline, never a client, a payer or anything about health.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, date, timedelta
from functools import lru_cache
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import Response
from icalendar import Calendar, Event

from domain.claim import ClaimState
from domain.claim_deadlines import Deadline, deadlines_of
from domain.payer import RuleAbout
from web.claim_reading import open_claims
from web.languages import gettext
from web.problems import ProblemError
from web.wiring import Wired, Wiring

EVENT_NAMES: dict[RuleAbout, str] = {
    "timely_filing": "Filing",
    "corrected_claim": "Corrected claim",
    "acknowledgement": "Acknowledgement",
    "first_check": "Status check",
    "check_again": "Status check",
    "prompt_pay": "Payment",
    "state_complaint": "Complaint",
    "information": "Records",
    "internal_appeal": "Appeal",
    "external_review": "External review",
    "dispute": "Dispute",
    "appeal_decision": "Appeal decision",
    "external_decision": "Review decision",
}
"""Our own words: a deadline's name on the pages may say more."""
_SPAN = 10_000
"""Days that a deadline may lie after its visit, for the sequence."""

router = APIRouter(include_in_schema=False)


@router.get("/feeds/deadlines/{token}.ics")
def deadline_feed(wiring: Wired, token: str) -> Response:
    """All open deadlines, for whoever holds the link. Any other token is 404, and takes as long to be told so."""
    if not hmac.compare_digest(token.encode(), feed_token(wiring).encode()):
        raise ProblemError(HTTPStatus.NOT_FOUND, gettext("There is no calendar at this address."))
    text = feed(wiring.practice.name, open_claims(wiring.records))
    headers = {"Content-Disposition": 'inline; filename="deadlines.ics"', "X-Robots-Tag": "noindex, nofollow"}
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


def feed_token(wiring: Wiring) -> str:
    """The secret part of the link."""
    return _token(wiring.api_token)


@lru_cache(maxsize=8)
def _token(api_token: str) -> str:
    """Derived slowly: calendar services see the link, and nobody should find the API token by trying from it."""
    salt = b"followthrough deadline feed"
    return hashlib.scrypt(api_token.encode(), salt=salt, n=2**14, r=8, p=1, dklen=24).hex()


def feed(practice_name: str, states: Iterable[ClaimState]) -> str:
    """The calendar's text with CRLF line ends: the last day and our own day of each open deadline."""
    calendar = Calendar()
    calendar.add("prodid", "-//Followthrough//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Claim deadlines, {practice_name}")
    for state in states:
        for deadline in deadlines_of(state):
            if deadline.open:
                calendar.add_component(_last_day(state, deadline))
                calendar.add_component(_own_day(state, deadline))
    return calendar.to_ical().decode()


def _last_day(state: ClaimState, deadline: Deadline) -> Event:
    return _event(state, deadline, "last", f"{EVENT_NAMES[deadline.about]} deadline", deadline.day.legal)


def _own_day(state: ClaimState, deadline: Deadline) -> Event:
    return _event(
        state, deadline, "act-by", f"Act by today: {EVENT_NAMES[deadline.about].lower()}", deadline.day.act_by
    )


def _event(state: ClaimState, deadline: Deadline, which: str, words: str, day: date) -> Event:
    """One whole day. The same state gives the same event, byte by byte."""
    event = Event()
    event.add("uid", hashlib.sha256(f"{state.claim_id}\0{deadline.key}\0{which}".encode()).hexdigest()[:40])
    event.add("dtstamp", state.opened_at.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("sequence", _sequence(state, day))
    event.add("summary", f"{words} (claim {state.claim.number})")
    event.add("transp", "TRANSPARENT")
    return event


def _sequence(state: ClaimState, day: date) -> int:
    """Rises whenever the date has changed: with every judgement of the claim, and within one with a later day."""
    days = (day - state.claim.service_date).days
    return state.revision * _SPAN + max(0, min(days, _SPAN - 1))
