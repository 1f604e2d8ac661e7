"""What a client's calendar answers to our invitation: a confirmation of that visit, or a person's matter."""

from datetime import timedelta
from typing import Any

from domain.calendar_file import visit_uid
from domain.events import AppointmentMoved, CalendarAnswer, ClientReplied
from tests.domain.plan_builder import DAY, START, Played, a_practice, a_state

VISIT = START + 5 * DAY
BOILERPLATE = "Tina has accepted this invitation. To stop receiving these emails, please log in."


def answered(played: Played, answer: Any, text: str = BOILERPLATE, **which: Any) -> Played:
    at = played.now + timedelta(minutes=1)
    calendar = CalendarAnswer.model_validate({"answer": answer, "uid": visit_uid("plan-1", "v1")} | which)
    return played.take(ClientReplied(event_id=f"c-{at}", occurred_at=at, channel="email", text=text, calendar=calendar))


def booked() -> Played:
    return Played(a_state(practice=a_practice(screening=False))).book("v1", VISIT).book("v2", VISIT + DAY)


def test_an_accepted_invitation_confirms_that_visit_and_answers_no_machine() -> None:
    played = booked()
    before = len(played.sent)
    answered(played, "accepted", starts_at=VISIT)
    visits = played.state.appointments
    assert (visits["v1"].confirmed, visits["v2"].confirmed) == (True, False)
    assert (played.sent[before:], played.tasks, played.state.opted_out) == ([], [], [])


def test_an_invitation_of_a_foreign_calendar_is_known_by_its_time_alone() -> None:
    played = answered(booked(), "accepted", uid="somebody-elses", starts_at=VISIT + DAY)
    assert played.state.appointments["v2"].confirmed


def test_an_accepted_invitation_to_a_visit_that_has_moved_is_for_a_person() -> None:
    played = booked()
    moved = AppointmentMoved(event_id="m", occurred_at=played.now, appointment_id="v1", starts_at=VISIT + 3 * DAY)
    answered(played.take(moved), "accepted", starts_at=VISIT)
    assert not played.state.appointments["v1"].confirmed
    assert played.tasks[-1].text.startswith("The client's calendar accepted an invitation that fits no visit")


def test_a_declined_invitation_is_for_a_person_with_our_reading() -> None:
    played = answered(booked(), "declined")
    assert "Looks like: cancel." in played.tasks[-1].text
    assert "ack_reschedule" not in played.templates()


def test_maybe_and_another_time_are_for_a_person() -> None:
    assert "Looks like" not in answered(booked(), "tentative").tasks[-1].text
    assert "Looks like: reschedule." in answered(booked(), "counter").tasks[-1].text


def test_news_written_beside_an_acceptance_hold_the_visit() -> None:
    played = answered(booked(), "accepted", text="Yes! I started taking blood thinners by the way")
    visit = played.state.appointments["v1"]
    assert (visit.held, visit.confirmed) == (True, False)
