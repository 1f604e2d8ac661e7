"""The calendar file of a visit: what calendars need, and nothing that says why somebody comes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from domain.actions import Slot
from domain.calendar_file import calendar_file, visit_uid
from domain.client import Language

TWO_IN_SEATTLE = datetime(2026, 3, 3, 14, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
MADE_AT = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)


def a_visit(**changes: Any) -> Slot:
    fields: dict[str, Any] = {
        "appointment_id": "visit-1",
        "starts_at": TWO_IN_SEATTLE,
        "ends_at": TWO_IN_SEATTLE + timedelta(minutes=90),
        "sequence": 0,
    }
    return Slot(**fields | changes)


def a_file(visit: Slot | None = None, *, language: Language = "en", plan_id: str = "tina-1") -> str:
    return calendar_file(
        visit or a_visit(),
        plan_id=plan_id,
        practice_name="Harbor Massage",
        organizer="r+abc@in.example.com",
        attendee="tina@client.example",
        language=language,
        at=MADE_AT,
    )


def read(text: str) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    [event] = calendar.events
    return calendar, event


def test_a_visit_becomes_a_request_in_utc_from_the_practice_to_the_client():
    # By hand: the writer of the library's own reader would agree with itself.
    assert a_file().replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Followthrough//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY:Appointment\\, Harbor Massage",
        "DTSTART:20260303T220000Z",
        "DTEND:20260303T233000Z",
        "DTSTAMP:20260301T183000Z",
        f"UID:{visit_uid('tina-1', 'visit-1')}",
        "SEQUENCE:0",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:tina@client.example",
        'ORGANIZER;CN="Harbor Massage":mailto:r+abc@in.example.com',
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_moved_visit_is_the_same_entry_with_a_higher_sequence():
    moved = a_visit(
        starts_at=TWO_IN_SEATTLE + timedelta(days=1), ends_at=TWO_IN_SEATTLE + timedelta(days=1), sequence=1
    )
    (_, before), (calendar, after) = read(a_file()), read(a_file(moved))
    assert (calendar["METHOD"], after["UID"], after["SEQUENCE"]) == ("REQUEST", before["UID"], 1)
    assert after.start == datetime(2026, 3, 4, 22, 0, tzinfo=UTC)


def test_a_cancelled_visit_cancels_the_same_entry():
    calendar, event = read(a_file(a_visit(sequence=2, cancelled=True)))
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert event["UID"] == visit_uid("tina-1", "visit-1")


def test_two_visits_and_two_plans_have_entries_of_their_own_whose_ids_cant_be_read():
    uids = {visit_uid("tina-1", "visit-1"), visit_uid("tina-1", "visit-2"), visit_uid("tom-1", "visit-1")}
    assert len(uids) == 3
    assert not any("tina" in uid or "visit" in uid for uid in uids)


def test_a_spanish_clients_calendar_is_in_spanish():
    _, event = read(a_file(language="es"))
    assert event["SUMMARY"] == "Cita, Harbor Massage"
