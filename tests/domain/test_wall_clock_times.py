"""Due times are wall-clock in the client's zone, across both clock changes and between zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.agenda import agenda
from domain.policy import FollowUp
from domain.wall_clock import shift
from tests.domain.plan_builder import Played, a_client, a_plan, a_practice, a_state

NEW_YORK = ZoneInfo("America/New_York")
DAY = timedelta(days=1)


def reminders(zone: str, starts_at: datetime, booked_at: datetime) -> list[datetime]:
    """When the three reminders are due, on the client's wall clock."""
    played = Played(a_state(a_plan(client=a_client(zone)), a_practice(screening=False), booked_at))
    played.book("visit", starts_at, booked_at)
    return [t.due_at.astimezone(ZoneInfo(zone)) for t in agenda(played.state) if t.kind == "reminder"]


def test_reminders_keep_the_hour_when_the_clocks_go_forward() -> None:
    visit = datetime(2026, 3, 9, 10, tzinfo=NEW_YORK)  # the Monday after the Sunday without 2:30
    dues = reminders("America/New_York", visit, visit - 7 * DAY)
    assert [due.strftime("%a %d %H:%M %z") for due in dues] == [
        "Fri 06 10:00 -0500",
        "Sun 08 10:00 -0400",
        "Mon 09 08:00 -0400",
    ]


def test_reminders_keep_the_hour_when_the_clocks_go_back() -> None:
    visit = datetime(2026, 11, 2, 10, tzinfo=NEW_YORK)  # the Monday after the Sunday with 1:30 twice
    dues = reminders("America/New_York", visit, visit - 7 * DAY)
    assert [due.strftime("%a %d %H:%M %z") for due in dues] == [
        "Fri 30 10:00 -0400",
        "Sun 01 10:00 -0500",
        "Mon 02 08:00 -0500",
    ]


def test_a_reminder_that_would_fall_into_the_skipped_hour_comes_right_after_it() -> None:
    visit = datetime(2026, 3, 9, 2, 30, tzinfo=NEW_YORK)
    dues = reminders("America/New_York", visit, visit - 7 * DAY)
    assert dues[1].strftime("%a %d %H:%M %z") == "Sun 08 03:30 -0400"


def test_hours_are_hours_even_in_the_night_of_the_change() -> None:
    visit = datetime(2026, 3, 8, 3, 30, tzinfo=NEW_YORK)  # two hours earlier is 0:30, since 2:00 to 3:00 is missing
    dues = reminders("America/New_York", visit, visit - 7 * DAY)
    assert dues[2].strftime("%a %d %H:%M %z") == "Sun 08 00:30 -0500"


def test_a_time_that_comes_twice_is_the_first_one() -> None:
    before = datetime(2026, 10, 31, 1, 30, tzinfo=NEW_YORK)
    assert shift(before, DAY, "America/New_York").strftime("%d %H:%M %z") == "01 01:30 -0400"


def test_whole_days_there_and_back_are_the_same_wall_time() -> None:
    at = datetime(2026, 3, 20, 14, tzinfo=NEW_YORK)
    assert shift(shift(at, -30 * DAY, "America/New_York"), 30 * DAY, "America/New_York") == at


def test_the_clients_zone_counts_and_not_the_practices() -> None:
    practice = a_practice(send_window={"opens": "09:00", "closes": "20:00"}, screening=False)
    assert practice.time_zone == "America/Los_Angeles"
    start = datetime(2026, 6, 1, 15, tzinfo=NEW_YORK)
    played = Played(a_state(a_plan(client=a_client("America/New_York")), practice, start))
    played.book("visit", datetime(2026, 6, 5, 8, 30, tzinfo=NEW_YORK))
    played.until(datetime(2026, 6, 5, 8, 30, tzinfo=NEW_YORK))
    went = [at.astimezone(NEW_YORK).strftime("%a %H:%M") for at, m in played.sent if m.kind == "reminder"]
    # The offsets fall on 8:30, half an hour before the window opens in New York; at 6:30 nothing goes, and by 9:00
    # the visit has begun.
    assert went == ["Tue 09:00", "Thu 09:00"]
    assert any("reminder" in line for line in played.dropped())


def test_what_falls_due_at_night_waits_for_the_morning() -> None:
    practice = a_practice(reminders=["PT12H"], screening=False, send_window={"opens": "09:00", "closes": "20:00"})
    zone = ZoneInfo("America/Los_Angeles")
    start = datetime(2026, 6, 1, 12, tzinfo=zone)
    played = Played(a_state(a_plan(), practice, start))
    played.book("visit", datetime(2026, 6, 4, 15, tzinfo=zone))
    played.until(datetime(2026, 6, 4, 15, tzinfo=zone))
    went = [at.astimezone(zone).strftime("%d %H:%M") for at, m in played.sent if m.kind == "reminder"]
    assert went == ["04 09:00"]  # due at 3:00


def test_what_would_be_stale_by_morning_is_dropped_with_its_reason() -> None:
    practice = a_practice(reminders=["PT2H"], screening=False, send_window={"opens": "09:00", "closes": "20:00"})
    zone = ZoneInfo("America/Los_Angeles")
    start = datetime(2026, 6, 1, 12, tzinfo=zone)
    played = Played(a_state(a_plan(), practice, start))
    played.book("visit", datetime(2026, 6, 4, 8, tzinfo=zone))
    played.until(datetime(2026, 6, 4, 12, tzinfo=zone))
    assert "reminder" not in played.kinds()
    assert played.dropped() == ["Not sent: reminder. it was no longer useful by the time it could go"]


def test_the_default_follow_up_is_the_issues() -> None:
    policy = FollowUp()
    assert policy.reminders == [3 * DAY, DAY, timedelta(hours=2)]
    assert policy.feedback_after == 2 * DAY
    assert policy.homework_reminders is False
    assert (policy.send_window.opens.hour, policy.send_window.closes.hour) == (9, 20)
    assert (policy.caps.per_day, policy.caps.per_week) == (1, 3)


def test_an_outage_of_days_drops_past_reminders() -> None:
    start = datetime(2026, 6, 1, 17, tzinfo=UTC)
    played = Played(a_state(a_plan(), a_practice(screening=False), start))
    played.book("visit", start + 5 * DAY)
    played.now = start + 4 * DAY + timedelta(hours=23)  # nobody was awake at the three-day and the one-day reminder
    played.until(start + 6 * DAY)
    assert played.kinds().count("reminder") == 1  # the two-hour one was still of use
    assert sum("reminder" in line for line in played.dropped()) == 2
