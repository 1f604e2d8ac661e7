"""The calendar file of a mail about a visit (RFC 5545, RFC 5546): when it is, and that it is with the practice.

It says nothing else about the visit: a calendar is often shared with a family or an employer.
"""

import hashlib
from datetime import UTC, datetime
from typing import Literal

from icalendar import Calendar, Event, vCalAddress

from domain.actions import Slot
from domain.client import Language

Method = Literal["REQUEST", "CANCEL"]

_TITLES: dict[Language, str] = {"en": "Appointment", "es": "Cita"}


def method_of(visit: Slot) -> Method:
    """What the file asks the client's calendar to do. Booking and moving are the same request, with a new sequence."""
    return "CANCEL" if visit.cancelled else "REQUEST"


def visit_uid(plan_id: str, appointment_id: str) -> str:
    """The visit's id in every calendar, for as long as it exists. A hash, so that neither id can be read from it."""
    return hashlib.sha256(f"{plan_id}\0{appointment_id}".encode()).hexdigest()[:40]


def calendar_file(
    visit: Slot, *, plan_id: str, practice_name: str, organizer: str, attendee: str, language: Language, at: datetime
) -> str:
    """The file's text, with CRLF line ends. `organizer` and `attendee` are email addresses, `at` is when it is made.

    Times are in UTC: one visit needs no zone's rules, and every calendar shows it on its owner's clock. No answer is
    asked for (RSVP): clients answer in words.
    """
    event = Event()
    event.add("uid", visit_uid(plan_id, visit.appointment_id))
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", visit.starts_at.astimezone(UTC))
    event.add("dtend", visit.ends_at.astimezone(UTC))
    event.add("sequence", visit.sequence)
    event.add("status", "CANCELLED" if visit.cancelled else "CONFIRMED")
    event.add("summary", f"{_TITLES[language]}, {practice_name}")
    event.add("organizer", _person(organizer, CN=practice_name))
    event.add("attendee", _person(attendee, PARTSTAT="NEEDS-ACTION", RSVP="FALSE"))
    calendar = Calendar()
    calendar.add("prodid", "-//Followthrough//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(visit))
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _person(address: str, **parameters: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params.update(parameters)
    return person
