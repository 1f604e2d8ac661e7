"""Stories that the examples don't tell, lived through the real workflows. Times are worked out by hand."""

import pytest

from tests.domain.plan_builder import a_client, a_plan, a_practice, a_yes_goal
from tests.simulate.lived import booked, completed, decide, lived, reply

NEW_YORK = "America/New_York"
HONOLULU = "Pacific/Honolulu"
DAYTIME = {"opens": "09:00", "closes": "20:00"}


async def test_a_plan_that_started_in_the_past_is_told_in_its_own_time() -> None:
    story = await lived(
        a_plan(),
        a_practice(screening=False),
        "2025-03-05T09:00:00-08:00",
        booked("PT1H", "v1", "2025-03-10T10:00:00-07:00"),
    )
    assert story.times(kind="welcome") == ["2025-03-05 09:00 -08:00"]
    assert story.noted("event") == [("2025-03-05 10:00 -08:00", "A visit was booked for Mon 10 Mar 2025 10:00.")]
    assert story.times(kind="reminder") == [
        "2025-03-07 10:00 -08:00",
        "2025-03-09 10:00 -07:00",  # the clocks changed that night
        "2025-03-10 08:00 -07:00",
    ]
    assert all("Mon Mar 10, 10:00 AM" in text for _, text in story.sent(kind="reminder"))


async def test_reminders_stay_on_the_clients_clock_across_both_clock_changes() -> None:
    story = await lived(
        a_plan(client=a_client(NEW_YORK)),  # the practice is in Los Angeles
        a_practice(screening=False),
        "2026-03-02T09:00:00-05:00",
        booked("PT1H", "v1", "2026-03-10T10:00:00-04:00"),
        completed("2026-03-10T11:05:00-04:00", "v1"),
        booked("2026-03-10T11:10:00-04:00", "v2", "2026-11-02T10:00:00-05:00"),
        reply("2026-03-12T18:00:00-04:00", "5"),
        completed("2026-11-02T11:05:00-05:00", "v2"),
    )
    assert story.times(kind="reminder") == [
        "2026-03-07 10:00 -05:00",
        "2026-03-09 10:00 -04:00",  # New York's clocks went forward on the 8th
        "2026-03-10 08:00 -04:00",
        "2026-10-30 10:00 -04:00",
        "2026-11-01 10:00 -05:00",  # and back on the 1st
        "2026-11-02 08:00 -05:00",
    ]
    assert {text.split("see you ")[1].split(".")[0] for _, text in story.sent(kind="reminder")} == {
        "Tue Mar 10, 10:00 AM",
        "Mon Nov 2, 10:00 AM",
    }
    assert story.times(kind="check_in") == ["2026-03-11 11:00 -04:00"]
    assert story.times(kind="feedback") == ["2026-11-04 11:00 -05:00"]


async def test_what_is_due_at_night_goes_at_nine_or_is_dropped_with_its_reason() -> None:
    story = await lived(
        a_plan(client=a_client(NEW_YORK)),
        a_practice(screening=False, send_window=DAYTIME),
        "2026-05-04T21:30:00-04:00",
        booked("PT1H", "v1", "2026-05-12T06:00:00-04:00"),
    )
    assert story.times(kind="welcome") == ["2026-05-05 09:00 -04:00"]
    # Due at 6:00 three days and one day before; due at 4:00 on the day, when 9:00 would be after the visit.
    assert story.times(kind="reminder") == ["2026-05-09 09:00 -04:00", "2026-05-11 09:00 -04:00"]
    assert story.noted("dropped") == [("2026-05-12 04:00 -04:00", "Not sent: reminder.")]
    dropped = next(line for line in story.lines if line["kind"] == "dropped")
    assert dropped["because"] == "it was no longer useful by the time it could go"


async def test_a_client_in_another_zone_than_the_practice_is_written_to_on_the_clients_clock() -> None:
    story = await lived(
        a_plan(client=a_client(HONOLULU)),
        a_practice(screening=False, send_window=DAYTIME),
        "2026-05-04T07:00:00-10:00",  # 10:00 at the practice, too early in Honolulu
        booked("PT3H", "v1", "2026-05-12T14:00:00-10:00"),
    )
    assert story.times(kind="welcome") == ["2026-05-04 09:00 -10:00"]
    assert story.times(kind="reminder") == [
        "2026-05-09 14:00 -10:00",
        "2026-05-11 14:00 -10:00",
        "2026-05-12 12:00 -10:00",
    ]
    assert "Tue May 12, 2:00 PM" in story.sent(kind="reminder")[0][1]


async def test_a_client_who_says_stop_is_never_written_to_again() -> None:
    story = await lived(
        a_plan(a_yes_goal(by_session=2)),
        a_practice(),
        "2026-05-04T09:00:00-07:00",
        booked("PT1H", "v1", "P7D"),
        reply("P4DT6H", "STOP"),
        completed("P7DT1H", "v1"),
        booked("P7DT2H", "v2", "P14D"),
        completed("P14DT1H", "v2"),
    )
    assert story.times() == ["2026-05-04 09:00 -07:00", "2026-05-08 09:00 -07:00"]  # welcome and one reminder
    assert ("2026-05-12 10:00 -07:00", "Not sent: check in.") in story.noted("dropped")
    assert all(line["because"] == "the client opted out" for line in story.lines if line["kind"] == "dropped")
    assert story.noted("notice")[0] == (
        "2026-05-08 15:00 -07:00",
        "The client asked for no more messages: none go out. A visit is booked; phone the client if it matters. "
        'The client wrote: "STOP"',
    )
    asked = next(line for line in story.lines if line["kind"] == "escalation")
    assert "The client could not be asked." in asked["because"]  # not: was asked and didn't answer


async def test_a_yes_to_the_screening_holds_the_visit_until_the_therapist_clears_it() -> None:
    story = await lived(
        a_plan(),
        a_practice(screening_before="PT26H"),
        "2026-05-04T09:00:00-07:00",
        booked("PT1H", "v1", "P7D"),
        reply("P5DT23H", "Yes, I have a fever since yesterday"),
        decide("P6DT12H", "continue"),
    )
    assert story.times(kind="screening")[0] == "2026-05-10 07:00 -07:00"
    held = story.sent(kind="screening")[1]
    assert held[0] == "2026-05-10 08:00 -07:00"
    assert "Your visit is on hold until your therapist calls." in held[1]
    assert story.times("therapist", "escalation") == ["2026-05-10 08:00 -07:00"]
    # The reminder of 9:00 waits with the visit until 21:00.
    assert story.times(kind="reminder") == [
        "2026-05-08 09:00 -07:00",
        "2026-05-10 21:00 -07:00",
        "2026-05-11 07:00 -07:00",
    ]
    assert story.sent(kind="screening")[2] == (
        "2026-05-10 21:00 -07:00",
        "Cedar Hill: your therapist has cleared your visit Mon May 11, 9:00 AM. See you then.",
    )


async def test_a_held_visit_that_nobody_clears_gets_no_reminder() -> None:
    story = await lived(
        a_plan(),
        a_practice(screening_before="PT26H"),
        "2026-05-04T09:00:00-07:00",
        booked("PT1H", "v1", "P7D"),
        reply("P5DT23H", "Yes, a fever"),
    )
    assert story.times(kind="reminder") == ["2026-05-08 09:00 -07:00"]
    assert story.times("backup", "escalation")[0] == "2026-05-12 08:00 -07:00"


async def test_a_red_flag_at_night_is_answered_at_once_and_pages_the_therapist_then_the_backup() -> None:
    story = await lived(
        a_plan(),
        a_practice(screening=False, send_window=DAYTIME),
        "2026-05-04T09:00:00-07:00",
        booked("PT1H", "v1", "P7D"),
        reply("P2DT17H30M", "I have crushing chest pain and my left arm is numb"),
    )
    assert story.sent()[-1] == (
        "2026-05-07 02:30 -07:00",
        "Cedar Hill: this may be an emergency. Call 911 now. Don't wait for our answer.",
    )
    assert story.times("therapist")[:2] == ["2026-05-07 02:30 -07:00", "2026-05-07 02:40 -07:00"]
    assert story.times("backup")[0] == "2026-05-07 02:40 -07:00"
    assert story.story.status == "held"
    assert story.times(kind="reminder") == []  # the plan is on hold, so the visit on the 11th isn't mentioned


async def test_a_benchmark_question_without_an_answer_goes_to_the_therapist() -> None:
    story = await lived(
        a_plan(a_yes_goal(by_session=1), sessions=3),
        a_practice(screening=False, check_in=False, reminders=[], feedback_after="P9D"),
        "2026-05-04T09:00:00-07:00",
        booked("PT1H", "v1", "P1D"),
        completed("P1DT1H", "v1"),
        booked("P1DT2H", "v2", "P21D"),
    )
    assert story.sent(kind="benchmark") == [
        ("2026-05-06 10:00 -07:00", "Cedar Hill: Do you fall asleep easily now? Reply YES or NO.")
    ]
    assert story.noted("escalation") == [
        ("2026-05-09 10:00 -07:00", "Was the benchmark of session 1 reached: falling asleep easily?")
    ]
    asked = next(line for line in story.lines if line["kind"] == "escalation")
    assert "The client was asked and didn't answer." in asked["because"]
    assert story.times("therapist")[0] == "2026-05-09 10:00 -07:00"


async def test_a_plan_without_reminders_is_followed_all_the_same() -> None:
    story = await lived(
        a_plan(),
        a_practice(screening=False, reminders=[]),
        "2026-05-04T09:00:00-07:00",
        booked("PT1H", "v1", "P1D"),
        completed("P1DT1H", "v1"),
    )
    assert story.times(kind="reminder") == []
    assert story.times(kind="check_in") == ["2026-05-06 10:00 -07:00"]


@pytest.mark.parametrize("next_visit", [True, False])
async def test_a_missed_benchmark_and_a_referral_end_with_one_closing_message(next_visit: bool) -> None:
    story = await lived(
        a_plan(a_yes_goal(by_session=1), sessions=3),
        a_practice(screening=False),
        "2026-05-04T09:00:00-07:00",
        booked("PT1H", "v1", "P1D"),
        completed("P1DT1H", "v1", sleep=False),
        *([booked("P1DT2H", "v2", "P8D")] if next_visit else []),
        decide("P2DT12H", "refer_out"),
        reply("P3D", "ok thanks"),
    )
    assert story.story.status == "ended"
    assert story.story.progress == {"sleep": "missed"}
    assert story.noted("escalation")[0][1] == (
        "The benchmark of session 1 was missed: falling asleep easily. How should it go on?"
    )
    after = [line for line in story.sent() if line[0] >= "2026-05-06 21:00"]
    assert after == [
        (
            "2026-05-06 21:00 -07:00",
            "Cedar Hill: your therapist would like to talk with you about the next step. Please call (206) 555-0100.",
        )
    ]


async def test_a_plan_that_ends_at_night_says_goodbye_in_the_morning() -> None:
    story = await lived(
        a_plan(),
        a_practice(screening=False, send_window=DAYTIME),
        "2026-05-04T09:00:00-07:00",
        {"at": "P1DT14H", "event": {"type": "plan_ended", "reason": "moved away"}},
    )
    assert story.story.status == "ended"
    assert story.times(kind="discharge") == ["2026-05-06 09:00 -07:00"]
