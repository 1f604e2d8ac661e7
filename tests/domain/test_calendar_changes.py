"""The client's calendar is kept true: moves and cancellations follow an invitation by mail, with a higher sequence."""

from datetime import datetime, timedelta

from domain.actions import Slot
from domain.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved, PlanEnded
from domain.policy import Practice
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_plan, a_practice, a_state
from tests.domain.post import CALENDAR, Post, a_client_with_both, a_client_with_email

VISIT = START + 5 * DAY
MINUTE = timedelta(minutes=1)


def invited(post: Post, practice: Practice = CALENDAR) -> Played:
    """A client with email only whose three-day reminder has just gone."""
    played = Played(a_state(a_plan(client=a_client_with_email()), practice), post)
    return played.book("v1", VISIT).until(START + 2 * DAY)


def move(played: Played, to: datetime, after: timedelta = MINUTE) -> Played:
    at = played.now + after
    return played.take(AppointmentMoved(event_id=f"m-{at}", occurred_at=at, appointment_id="v1", starts_at=to))


def cancel(played: Played) -> Played:
    at = played.now + MINUTE
    return played.take(AppointmentCancelled(event_id=f"x-{at}", occurred_at=at, appointment_id="v1"))


def slots(post: Post) -> list[Slot]:
    return [m.visit for _, m in post.came if m.visit is not None]


def told(post: Post) -> list[tuple[str, int, bool]]:
    return [(m.template, m.visit.sequence, m.visit.cancelled) for _, m in post.came if m.visit is not None]


def test_a_reminder_by_email_carries_the_invitation() -> None:
    post = Post()
    invited(post)
    (slot,) = slots(post)
    assert (slot.appointment_id, slot.starts_at, slot.ends_at) == ("v1", VISIT, VISIT + HOUR)
    assert (slot.sequence, slot.cancelled) == (0, False)


def test_a_practice_without_calendars_sends_no_invitation_and_no_changes() -> None:
    post = Post()
    cancel(move(invited(post, a_practice(screening=False)), VISIT + DAY)).until(VISIT)
    assert told(post) == []
    assert not {"visit_moved", "visit_cancelled"} & {m.template for _, m in post.came}


def test_a_client_who_is_reminded_by_text_gets_no_calendar_mail() -> None:
    post = Post()
    played = Played(a_state(a_plan(client=a_client_with_both()), CALENDAR), post)
    move(played.book("v1", VISIT).until(START + 2 * DAY), VISIT + DAY).until(VISIT + DAY)
    assert told(post) == []


def test_a_move_is_mailed_with_a_higher_sequence() -> None:
    post = Post()
    move(invited(post), VISIT + DAY)
    assert told(post) == [("reminder", 0, False), ("visit_moved", 2, False)]
    assert slots(post)[-1].starts_at == VISIT + DAY
    assert post.came[-1][1].channel == "email"


def test_a_move_before_the_invitation_went_is_told_by_the_reminder_alone() -> None:
    post = Post()
    played = Played(a_state(a_plan(client=a_client_with_email()), CALENDAR), post).book("v1", VISIT)
    move(played, VISIT + DAY).until(VISIT - 2 * DAY + DAY)
    assert told(post) == [("reminder", 2, False)]


def test_a_cancellation_takes_the_visit_out_of_the_calendar() -> None:
    post = Post()
    cancel(invited(post)).until(VISIT)
    assert told(post) == [("reminder", 0, False), ("visit_cancelled", 1, True)]


def test_of_two_moves_before_the_mail_went_only_the_last_is_told() -> None:
    post = Post({"calendar:v1:2:email": ["deferred"]})
    played = move(move(invited(post), VISIT + DAY), VISIT + 2 * DAY)
    played.until(played.now + HOUR)
    assert post.about("calendar:") == ["calendar:v1:2:email", "calendar:v1:4:email"]
    assert slots(post)[-1].starts_at == VISIT + 2 * DAY


def test_an_unclear_mail_about_an_older_time_is_only_looked_for() -> None:
    post = Post({"calendar:v1:2:email": ["unclear"]})
    played = move(move(invited(post), VISIT + DAY), VISIT + 2 * DAY)
    played.until(played.now + HOUR)
    assert [m.only_find for _, m in post.came if "calendar:v1:2" in m.touchpoint_key] == [False, True]


def test_a_visit_that_is_booked_again_after_its_cancellation_and_cancelled_once_more_goes_on_counting() -> None:
    post = Post()
    played = cancel(invited(post))
    at = played.now + MINUTE
    again = AppointmentBooked(event_id="again", occurred_at=at, appointment_id="v1", starts_at=VISIT + DAY)
    cancel(played.take(again))
    assert [(sequence, cancelled) for _, sequence, cancelled in told(post)] == [
        (0, False),
        (1, True),
        (2, False),
        (3, True),
    ]


def test_a_calendar_mail_that_was_about_to_go_stays_behind_when_the_plan_ends() -> None:
    post = Post({"calendar:v1:1:email": ["deferred"]})
    played = cancel(invited(post))
    played.take(PlanEnded(event_id="end", occurred_at=played.now + MINUTE)).until(VISIT)
    assert [m.template for _, m in post.came][-1] == "discharge"
    assert post.about("calendar:") == ["calendar:v1:1:email"]
