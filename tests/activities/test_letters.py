"""What a mail to a client carries besides its text, and what it never does."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from activities.letters import LINK_LASTS, Letters
from domain.actions import SendMessage, Slot
from domain.policy import Mail
from providers.base import Outgoing
from records.conversations import Link
from records.database import Records
from tests.activities.sending import KEYS, TEN_IN_THE_MORNING, a_database_with_one_plan, a_message, a_practice

URL = "https://followthrough.example/"
TINA = "tina@client.example"


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(f"sqlite:///{a_database_with_one_plan(tmp_path / 'records.db')}", KEYS)
    yield opened
    opened.close()


def some_letters(records: Records, *, from_email: str | None = None, **mail: Any) -> Letters:
    return Letters(records, a_practice().model_copy(update={"email": Mail(**mail)}), URL, from_email)


def a_mail(**changes: Any) -> SendMessage:
    return a_message(channel="email", address=TINA, subject="Your visit", **changes)


def a_visit(**changes: Any) -> Slot:
    starts_at = TEN_IN_THE_MORNING + timedelta(days=1)
    slot = Slot(appointment_id="v1", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), sequence=3)
    return slot.model_copy(update=changes)


def going_out(message: SendMessage) -> Outgoing:
    return Outgoing(
        message_id="4f2a9c",
        channel=message.channel,
        address=message.address or "",
        text=message.text,
        subject=message.subject,
        valid_for=timedelta(hours=1),
        at=TEN_IN_THE_MORNING,
    )


def dressed(letters: Letters, message: SendMessage) -> Outgoing:
    return letters.dress(going_out(message), message)


def test_a_mail_to_a_client_links_to_its_message_for_thirty_days(records: Records) -> None:
    link = dressed(some_letters(records), a_mail()).link or ""
    assert link.startswith("https://followthrough.example/m/")
    token = link.removeprefix("https://followthrough.example/m/")
    assert records.message_of_link(token) == Link("4f2a9c", TEN_IN_THE_MORNING + timedelta(days=30))
    assert timedelta(days=30) == LINK_LASTS


def test_replies_come_back_under_a_token_of_the_plan_that_stays_the_same(records: Records) -> None:
    letters = some_letters(records, replies_at="in.practice.example")
    first = dressed(letters, a_mail()).reply_to or ""
    assert re.fullmatch(r"r\+[0-9a-f]{32}@in\.practice\.example", first)
    assert dressed(letters, a_mail(message_key="p1/another")).reply_to == first
    assert records.plan_of_conversation(first[2:34]) == "p1"


def test_without_a_domain_for_replies_they_go_to_the_sender(records: Records) -> None:
    assert dressed(some_letters(records), a_mail()).reply_to is None


def test_a_mail_about_a_visit_carries_it_for_the_calendar_where_the_practice_allows(records: Records) -> None:
    letters = some_letters(records, signed_baa=True, calendar=True, replies_at="in.practice.example")
    mail = dressed(letters, a_mail(visit=a_visit()))
    calendar = Calendar.from_ical(mail.calendar or "")
    assert isinstance(calendar, Calendar)
    [event] = calendar.events
    assert (calendar["METHOD"], event["SEQUENCE"], event["ATTENDEE"]) == ("REQUEST", 3, f"mailto:{TINA}")
    assert event["ORGANIZER"] == f"mailto:{mail.reply_to}"
    assert event["SUMMARY"] == "Appointment, Harbor Massage"


def test_a_cancelled_visit_is_taken_out_of_the_calendar(records: Records) -> None:
    letters = some_letters(records, signed_baa=True, calendar=True, from_email="hello@practice.example")
    calendar = dressed(letters, a_mail(visit=a_visit(cancelled=True))).calendar or ""
    assert "METHOD:CANCEL" in calendar
    assert "mailto:hello@practice.example" in calendar


@pytest.mark.parametrize(
    ("mail", "visit"),
    [
        ({"signed_baa": True, "replies_at": "in.practice.example"}, a_visit()),
        ({"signed_baa": True, "replies_at": "in.practice.example", "calendar": True}, None),
        ({"signed_baa": True, "calendar": True}, a_visit()),
    ],
    ids=["not allowed", "about no visit", "nobody to organise it"],
)
def test_there_is_no_calendar_file(records: Records, mail: dict[str, Any], visit: Slot | None) -> None:
    assert dressed(some_letters(records, **mail), a_mail(visit=visit)).calendar is None


@pytest.mark.parametrize("changes", [{"channel": "sms"}, {"audience": "therapist"}, {"audience": "front_desk"}])
def test_texts_and_mails_to_staff_go_as_they_are(records: Records, changes: dict[str, Any]) -> None:
    letters = some_letters(records, signed_baa=True, calendar=True, replies_at="in.practice.example")
    message = a_mail(visit=a_visit()).model_copy(update=changes)
    assert dressed(letters, message) == going_out(message)


def test_dressing_changes_nothing_else(records: Records) -> None:
    mail = dressed(some_letters(records, replies_at="in.practice.example"), a_mail())
    assert replace(mail, link=None, reply_to=None) == going_out(a_mail())
