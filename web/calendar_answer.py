"""Reads what a calendar answered to an invitation of ours (RFC 5546: METHOD:REPLY, or COUNTER for another time)."""

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, Literal, cast

from icalendar import Calendar, Component

from domain.events import CalendarAnswer

_ANSWERS: dict[str, Literal["accepted", "declined", "tentative"]] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
}


def calendar_answer(mail: EmailMessage) -> CalendarAnswer | None:
    """The answer in the mail's calendar part; None where it has none, or one that says nothing to us."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            answer = _answer(content) if isinstance(content, bytes) else None
            if answer is not None:
                return answer
    return None


def _answer(content: bytes) -> CalendarAnswer | None:
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, LookupError):  # no calendar at all: the mail is read as any other
        return None
    events = calendar.walk("VEVENT")
    method = str(calendar.get("METHOD", "")).upper()
    if method not in ("REPLY", "COUNTER") or not events:
        return None
    answer = "counter" if method == "COUNTER" else _ANSWERS.get(_partstat(events[0]))
    if answer is None:
        return None
    return CalendarAnswer(answer=answer, uid=str(events[0].get("UID", "")), starts_at=_starts_at(events[0]))


def _partstat(event: Component) -> str:
    """What the one who answers says of themselves; a reply holds just one attendee."""
    attendee: Any = event.get("ATTENDEE")
    several: list[Any] = cast("list[Any]", attendee) if isinstance(attendee, list) else [attendee]
    parameters: dict[str, Any] = getattr(several[0], "params", None) or {} if several else {}
    return str(parameters.get("PARTSTAT", "")).upper()


def _starts_at(event: Component) -> datetime | None:
    """When the visit is; a time without a zone tells nothing."""
    start: Any = getattr(event.get("DTSTART"), "dt", None)
    return start.astimezone(UTC) if isinstance(start, datetime) and start.tzinfo is not None else None
