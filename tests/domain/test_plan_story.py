"""What a plan does, as the clinic would say it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.events import (
    AppointmentCancelled,
    AppointmentMoved,
    ClientMissedVisit,
    PlanChanged,
    PlanEnded,
    PlanPaused,
    PlanResumed,
    SessionCompleted,
    ValueMarked,
)
from domain.plan import Homework
from tests.domain.plan_builder import (
    DAY,
    HOUR,
    START,
    Played,
    a_client,
    a_pain_goal,
    a_plan,
    a_practice,
    a_state,
    a_yes_goal,
)

STALLING = (7, 5, 4, 5, 5, 5)


def a_stalled_plan(**follow_up: object) -> Played:
    played = Played(a_state(a_plan(a_pain_goal()), a_practice(**follow_up)))
    for value in STALLING:
        played.session(pain=value)
        played.until(played.now + 5 * DAY)
    return played


def test_the_welcome_goes_at_once_with_the_plan_in_it() -> None:
    played = Played(a_state())
    (at, message), *_ = played.sent
    assert (at, message.template) == (START, "welcome")
    assert message.facts["minutes"] == 60
    assert message.facts["spacing"] == 7 * DAY
    assert message.facts["goal"] == "falling asleep easily"


def test_no_reminder_comes_that_was_due_before_the_visit_was_booked() -> None:
    played = Played(a_state(practice=a_practice(screening=False)))
    played.book("v1", START + 20 * HOUR).until(START + 20 * HOUR)
    assert [m.because for _, m in played.sent if m.kind == "reminder"] == ["2 hours before the visit"]


def test_a_moved_visit_takes_its_reminders_with_it() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).book("v1", START + 5 * DAY)
    moved = AppointmentMoved(event_id="m", occurred_at=START + DAY, appointment_id="v1", starts_at=START + 9 * DAY)
    played.take(moved).until(START + 10 * DAY)
    went = [at for at, m in played.sent if m.kind == "reminder"]
    assert went == [START + 6 * DAY, START + 8 * DAY, START + 9 * DAY - 2 * HOUR]


def test_a_cancelled_visit_takes_its_reminders_with_it() -> None:
    played = Played(a_state()).book("v1", START + 5 * DAY)
    played.take(AppointmentCancelled(event_id="x", occurred_at=START + DAY, appointment_id="v1")).until(START + 9 * DAY)
    assert set(played.kinds()) == {"welcome"}


def test_a_client_confirms_and_hears_so() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).book("v1", START + 5 * DAY).until(START + 2 * DAY)
    played.reply("C")
    assert played.state.appointments["v1"].confirmed
    assert played.templates()[-1] == "ack_confirmed"
    played.until(START + 4 * DAY)
    assert played.templates()[-1] == "reminder_confirmed"  # not asked again what was answered


def test_a_yes_about_a_cancelled_visit_is_never_answered_with_confirmed() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).book("v1", START + 5 * DAY).until(START + 2 * DAY)
    played.take(AppointmentCancelled(event_id="x", occurred_at=played.now, appointment_id="v1"))
    played.reply("Y")
    assert "ack_confirmed" not in played.templates()
    assert played.tasks[-1].kind == "reply"


def test_a_client_who_wants_another_time_is_called_by_the_desk() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).book("v1", START + 5 * DAY).until(START + 2 * DAY)
    played.reply("R")
    assert played.templates()[-1] == "ack_reschedule"
    assert "reschedule" in played.tasks[-1].text


def test_something_new_before_a_visit_holds_it_and_asks_the_therapist() -> None:
    played = Played(a_state()).book("v1", START + 5 * DAY).until(START + 4 * DAY)
    played.reply("Yes, I have a new rash")
    assert played.state.appointments["v1"].held
    assert played.open_questions() == ["screening"]
    played.until(START + 6 * DAY)
    assert "2 hours before the visit" not in [m.because for _, m in played.sent]


def test_a_new_medicine_told_in_answer_to_the_question_holds_the_visit_and_not_the_plan() -> None:
    played = Played(a_state()).book("v1", START + 5 * DAY).until(START + 4 * DAY)
    played.reply("I started blood thinners last week")
    assert (played.state.status, played.open_questions()) == ("active", ["screening"])


def test_a_bare_yes_while_the_contraindication_question_is_open_holds_the_visit_to_be_safe() -> None:
    played = Played(a_state()).book("v1", START + 5 * DAY).until(START + 4 * DAY)
    played.reply("YES")  # the one-day reminder went at the same moment and asks for a C
    visit = played.state.appointments["v1"]
    assert (visit.confirmed, visit.held) == (False, True)
    assert played.open_questions() == ["screening"]


def test_a_c_confirms_though_the_contraindication_question_is_open_too() -> None:
    played = Played(a_state()).book("v1", START + 5 * DAY).until(START + 4 * DAY)
    played.reply("C")
    visit = played.state.appointments["v1"]
    assert (visit.confirmed, visit.held) == (True, False)


def test_the_therapist_clears_a_held_visit_and_the_client_hears_so() -> None:
    played = Played(a_state()).book("v1", START + 5 * DAY).until(START + 4 * DAY)
    played.reply("Yes, I have a new rash").decide("continue")
    assert not played.state.appointments["v1"].held
    assert played.templates()[-1] == "screening_clear"


def test_the_first_session_gets_a_check_in_and_later_ones_feedback() -> None:
    played = Played(a_state(practice=a_practice(rebook=False)))
    played.session().until(played.now + 3 * DAY)
    played.session().until(played.now + 3 * DAY)
    assert [kind for kind in played.kinds() if kind in ("check_in", "feedback")] == ["check_in", "feedback"]


def test_low_feedback_is_told_to_the_therapist() -> None:
    played = Played(a_state()).session()
    played.until(played.now + 2 * DAY).reply("2")
    assert played.kinds("therapist") == ["notice"]
    assert "ack_low_feedback" in played.templates()


def test_good_feedback_leaves_the_therapist_alone() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).session()
    played.until(played.now + 2 * DAY).reply("5")
    assert played.kinds("therapist") == []
    assert played.tasks == []


def test_homework_is_reminded_only_where_the_policy_says_so() -> None:
    plan = a_plan(homework=[Homework(what="moist heat", every=2 * DAY)])
    assert "homework" not in Played(a_state(plan)).until(START + 7 * DAY).kinds()
    played = Played(a_state(plan, a_practice(homework_reminders=True))).until(START + 7 * DAY)
    went = [at.astimezone(ZoneInfo("America/Los_Angeles")) for at, m in played.sent if m.kind == "homework"]
    assert [f"{at:%a %H:%M}" for at in went] == ["Wed 09:00", "Fri 09:00", "Sun 09:00"]  # the clocks change on Sunday


def test_a_value_is_asked_by_text_when_the_therapist_recorded_none() -> None:
    played = Played(a_state(a_plan(a_pain_goal()))).session(pain=7).session()
    played.until(played.now + 26 * HOUR)
    assert "measure_request" in played.kinds()
    played.reply("about a 6")
    assert played.state.values_of("pain")[-1].value == 6
    assert played.state.values_of("pain")[-1].rater == "client"


def test_a_benchmark_is_met_by_the_therapists_word_and_the_next_goal_is_proposed() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1), a_pain_goal())))
    played.session(sleep=True)
    assert played.state.benchmarks == {"sleep:1": "met"}
    assert "benchmark_met_next" in played.templates()
    (told,) = [m for _, m in played.sent if m.kind == "benchmark"]
    assert told.facts["next_goal"] == "less pain"


def test_a_benchmark_that_the_therapist_left_open_is_asked_of_the_client() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1)))).session()
    played.until(played.now + 2 * DAY)
    assert "benchmark_question" in played.templates()
    played.reply("yes")
    assert played.state.benchmarks == {"sleep:1": "met"}
    assert played.open_questions() == ["goals_met"]


def test_a_benchmark_that_nobody_answers_is_asked_of_the_therapist() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1)))).session()
    played.until(played.now + 6 * DAY)
    assert played.open_questions() == ["benchmark_unknown"]


def test_a_benchmark_that_was_missed_is_escalated() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1)))).session(sleep=False)
    assert played.open_questions() == ["benchmark_missed"]
    assert "benchmark_met" not in played.templates()


def test_a_plateau_is_escalated_once_and_then_snoozed() -> None:
    played = a_stalled_plan()
    assert played.open_questions() == ["plateau"]
    played.decide("continue")
    played.session(pain=5)
    assert played.open_questions() == []  # one new value: still quiet
    played.session(pain=5)
    assert played.open_questions() != []  # two new values and it still doesn't move


def test_a_snooze_ends_when_it_gets_worse() -> None:
    played = a_stalled_plan()
    played.decide("continue").session(pain=10)
    assert played.open_questions() == ["worsening"]


def test_a_flare_is_left_out_of_the_trend() -> None:
    played = Played(a_state(a_plan(a_pain_goal())))
    for value in (7, 6, 10):
        played.session(pain=value)
    assert played.state.progress["pain"].alert
    played.take(ValueMarked(event_id="f", occurred_at=played.now, goal="pain", session=3))
    assert played.state.progress["pain"].state == "too_early"


def test_modify_changes_the_plan_tells_the_client_and_restarts_the_window() -> None:
    played = a_stalled_plan().decide("modify", session_minutes=45, pressure="light")
    assert played.state.plan.dosage.session_minutes == 45
    (told,) = [m for _, m in played.sent if m.kind == "plan_change"]
    assert told.facts["changes"] == [("minutes", 45), ("pressure", "light")]
    assert played.state.progress["pain"].state == "too_early"


def test_changes_that_make_no_plan_are_refused_and_shown_to_a_person() -> None:
    plan = a_plan(a_yes_goal(by_session=3), sessions=5)
    played = Played(a_state(plan))
    changes = {"event_id": "c", "occurred_at": START, "changes": {"sessions": 1}}
    played.take(PlanChanged.model_validate(changes))
    assert played.state.plan.dosage.sessions == 5
    assert played.tasks[-1].kind == "refused_event"


def test_nothing_is_booked_though_the_plan_wants_a_visit_so_the_client_is_nudged() -> None:
    played = Played(a_state()).session()
    played.until(played.now + 2 * DAY)
    assert "rebook" in played.kinds()


def test_sessions_that_are_written_down_weeks_later_ask_for_the_next_visit_once() -> None:
    played = Played(a_state())
    for number in range(1, 7):
        held = START - (7 - number) * timedelta(days=3)
        played.take(
            SessionCompleted(event_id=f"s{number}", occurred_at=held, appointment_id=f"v{number}"),
            at=START + number * timedelta(minutes=1),
        )
    played.until(START + 3 * DAY)
    assert played.kinds().count("rebook") == 1
    played.until(START + 20 * DAY)
    assert played.kinds().count("rebook") <= 2


def test_a_no_show_gets_a_friendly_word_unless_another_visit_is_booked() -> None:
    played = Played(a_state()).book("v1", START + DAY).until(START + DAY)
    played.take(ClientMissedVisit(event_id="n", occurred_at=START + DAY + HOUR, appointment_id="v1"))
    played.until(START + 2 * DAY)
    assert "no_show" in played.kinds()


def test_goals_met_lead_to_maintenance_and_only_then_to_a_review_request() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1)))).session(sleep=True)
    played.until(played.now + 3 * DAY)
    assert "review_request" not in played.kinds()
    played.decide("maintenance", spacing="P28D").until(played.now + 3 * DAY)
    assert played.state.status == "maintenance"
    assert [k for k in played.kinds() if k in ("maintenance", "review_request")] == ["maintenance", "review_request"]


def test_a_maintenance_decision_that_changes_more_than_the_rhythm_tells_the_client_of_both() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1)))).session(sleep=True)
    played.decide("maintenance", spacing="P28D", session_minutes=30)
    assert [t for t in played.templates() if t in ("plan_change", "maintenance")] == ["maintenance", "plan_change"]


def test_a_maintenance_plan_nudges_on_its_own_rhythm() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1)))).session(sleep=True)
    played.decide("maintenance", spacing="P28D").until(played.now + 30 * DAY)
    assert "maintenance_rebook" in played.templates()


def test_sessions_that_ran_out_without_the_goal_ask_modify_or_refer_out() -> None:
    played = Played(a_state(a_plan(a_yes_goal(by_session=1), sessions=2))).session(sleep=False)
    played.decide("continue").session(sleep=False)
    assert played.open_questions() == ["sessions_done"]
    played.decide("refer_out")
    assert (played.state.status, played.templates()[-1]) == ("ended", "refer_out")


def test_nothing_is_sent_after_the_end_but_the_closing_message() -> None:
    played = Played(a_state(practice=a_practice(homework_reminders=True))).session()
    played.book("v2", played.now + 5 * DAY)
    played.take(PlanEnded(event_id="end", occurred_at=played.now))
    before = len(played.sent)
    assert played.templates()[-1] == "discharge"
    played.until(played.now + 90 * DAY)
    assert len(played.sent) == before


def test_the_end_withdraws_what_was_asked() -> None:
    played = a_stalled_plan()
    played.take(PlanEnded(event_id="end", occurred_at=played.now))
    assert played.open_questions() == []


def test_a_paused_plan_is_silent_and_drops_what_became_stale() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).book("v1", START + 5 * DAY)
    played.take(PlanPaused(event_id="p", occurred_at=START + DAY)).until(START + 3 * DAY)
    assert "reminder" not in played.kinds()
    played.take(PlanResumed(event_id="r", occurred_at=START + 4 * DAY + HOUR)).until(START + 5 * DAY)
    assert played.kinds().count("reminder") == 2  # the one-day reminder was still of use, and the two-hour one
    assert sum("reminder" in line for line in played.dropped()) == 1


def test_a_client_who_says_stop_is_never_written_to_again() -> None:
    played = Played(a_state()).book("v1", START + 5 * DAY).until(START + 2 * DAY)
    played.reply("STOP please")
    before = len(played.sent)
    played.until(START + 60 * DAY)
    assert [m.audience for _, m in played.sent[before:]] == []
    assert played.tasks[0].kind == "opted_out"


def test_start_brings_messages_back() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).book("v1", START + 5 * DAY)
    played.reply("STOP").reply("START").until(START + 5 * DAY)
    assert played.kinds().count("reminder") == 3


@pytest.mark.parametrize(
    ("words", "template"),
    [("I have chest pain and can't breathe", "emergency_911"), ("I want to kill myself", "emergency_988")],
)
def test_a_possible_emergency_is_answered_at_once_and_pages_a_person(words: str, template: str) -> None:
    night = a_practice(send_window={"opens": "09:00", "closes": "20:00"})
    played = Played(a_state(practice=night, at=START + 10 * HOUR))  # 19:00 in Los Angeles
    played.reply(words, after=5 * HOUR)
    assert played.templates()[-1] == template
    assert played.state.status == "held"
    (page,) = played.escalations
    assert page.escalation.urgent
    assert page.escalation.remind_after == timedelta(minutes=10)
    played.until(played.now + 30 * DAY)
    assert played.templates()[-1] == template  # nothing automatic until a person clears the plan
    played.decide("continue")
    assert played.state.status == "active"


def test_a_red_flag_with_an_opt_out_does_both() -> None:
    played = Played(a_state()).reply("stop texting me, I have chest pain")
    assert played.templates()[-1] == "emergency_911"
    assert played.state.opted_out == ["sms", "email"]
    assert played.open_questions() == ["red_flag"]


def test_what_nobody_understands_goes_to_a_person_without_a_robots_guess() -> None:
    played = Played(a_state())
    before = len(played.sent)
    played.reply("the parking lot was full of geese")
    assert len(played.sent) == before
    assert played.tasks[-1].kind == "reply"


def test_a_visit_nobody_recorded_is_asked_about_at_the_desk() -> None:
    played = Played(a_state()).book("v1", START + DAY).until(START + 6 * DAY)
    assert played.tasks[-1].kind == "visit_outcome"


def test_the_desks_question_is_taken_back_when_the_session_is_recorded_after_all() -> None:
    played = Played(a_state(practice=a_practice(screening=False))).book("v1", START + DAY).until(START + 6 * DAY)
    (asked,) = [task for task in played.tasks if task.kind == "visit_outcome"]
    assert "Tue 03 Mar 2026" in asked.text
    played.complete("v1")
    assert played.closed == [asked.key]


def test_who_decides_on_an_emergency_reads_the_words_and_has_the_number() -> None:
    played = Played(a_state()).reply("I have chest pain and can't breathe")
    evidence = " ".join(played.escalations[0].escalation.evidence)
    assert "I have chest pain and can't breathe" in evidence
    assert "+12065550101" in evidence
    assert "chest" not in played.escalations[0].escalation.question  # the question goes into notices' reasons
    played.decide("continue")
    assert len(played.closed) == 1  # and the desk's task is settled with it


def test_a_client_without_sms_consent_is_written_to_by_email() -> None:
    client = a_client(
        email="tina@example.com",
        consents=[
            {"channel": "sms", "given": False, "date": "2026-01-02", "source": "phone call"},
            {"channel": "email", "date": "2026-01-01", "source": "intake form"},
        ],
    )
    played = Played(a_state(a_plan(client=client)))
    assert played.sent[0][1].channel == "email"
    assert played.sent[0][1].address == "tina@example.com"
