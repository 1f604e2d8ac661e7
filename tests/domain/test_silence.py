"""A question that needs its answer: asked a second time on the email half-way, then the front desk's to ask."""

from datetime import timedelta

from domain.decide import decide
from domain.events import AppointmentMoved
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_plan, a_practice, a_state, a_yes_goal
from tests.domain.post import BAD_NUMBER, Post, a_client_with_both, fail

VISIT = START + 5 * DAY
SCREENING = "screening:v1:v1"
TASK = "plan-1:unanswered:v1:v1"


def asked(post: Post | None = None, *, both: bool = True, **follow_up: object) -> Played:
    """A plan whose contraindication question, one day before the visit, has just gone."""
    plan = a_plan(client=a_client_with_both()) if both else a_plan()
    played = Played(a_state(plan, a_practice(**follow_up)), post or Post())
    return played.book("v1", VISIT).until(VISIT - DAY)


def unanswered(played: Played) -> list[str]:
    return [task.key for task in played.tasks if task.kind == "unanswered"]


def test_the_screening_question_is_asked_again_by_email_half_way_to_the_last_reminder() -> None:
    post = Post()
    asked(post).until(VISIT)
    assert [(at - VISIT, m.channel) for at, m in post.came if m.template == "screening"] == [
        (-24 * HOUR, "sms"),
        (-13 * HOUR, "email"),  # half of the 22 hours until two hours before the visit
    ]


def test_without_consent_for_email_nothing_is_asked_twice() -> None:
    post = Post()
    asked(post, both=False).until(VISIT)
    assert post.about("screening") == [f"{SCREENING}:sms"]


def test_an_answer_stops_the_second_try_and_the_desk() -> None:
    post = Post()
    played = asked(post).reply("No").until(VISIT)
    assert post.about("screening") == [f"{SCREENING}:sms"]
    assert unanswered(played) == []


def test_an_answer_after_the_second_try_stops_the_desk() -> None:
    played = asked().until(VISIT - 12 * HOUR).reply("No").until(VISIT)
    assert unanswered(played) == []


def test_an_unanswered_screening_becomes_a_task_at_the_visits_last_reminder() -> None:
    for both in (True, False):
        played = asked(both=both).until(VISIT - 2 * HOUR - timedelta(minutes=1))
        assert unanswered(played) == []
        played.until(VISIT - 2 * HOUR)
        assert unanswered(played) == [TASK]
        assert "Sat 07 Mar 2026 09:00" in played.tasks[-1].text


def test_the_task_is_taken_back_when_the_answer_comes_after_all() -> None:
    played = asked().until(VISIT - 2 * HOUR).reply("No")
    assert played.closed == [TASK]


def test_the_task_is_taken_back_when_the_visit_has_begun() -> None:
    played = asked().until(VISIT - 2 * HOUR)
    assert played.closed == []
    later = decide(played.state, [], VISIT)
    assert [action.key for action in later.actions if action.type == "close_desk_task"] == [TASK]


def test_a_moved_visit_takes_the_task_back_and_asks_anew() -> None:
    post = Post()
    played = asked(post).until(VISIT - 2 * HOUR)
    at = played.now + timedelta(minutes=1)
    moved = AppointmentMoved(event_id="m", occurred_at=at, appointment_id="v1", starts_at=VISIT + 3 * DAY)
    played.take(moved).until(VISIT + 3 * DAY)
    assert TASK in played.closed
    assert "screening:v1:v2:sms" in post.about()


def test_a_client_has_time_to_answer_where_the_last_reminder_is_as_early_as_the_question() -> None:
    played = asked(both=False, reminders=["P1D"]).until(VISIT - 3 * HOUR)
    assert unanswered(played) == []
    played.until(VISIT - 2 * HOUR)
    assert unanswered(played) == [TASK]


def test_a_visit_booked_at_the_last_moment_leaves_half_of_the_time_for_the_answer() -> None:
    played = Played(a_state()).book("v1", START + 90 * timedelta(minutes=1))
    assert unanswered(played) == []
    played.until(START + 45 * timedelta(minutes=1))
    assert unanswered(played) == [TASK]


def test_a_number_that_does_not_work_gets_no_second_try_after_the_email_took_over() -> None:
    post = Post({f"{SCREENING}:sms": [("refused", BAD_NUMBER)]})
    played = asked(post).until(VISIT)
    assert post.about("screening") == [f"{SCREENING}:sms", f"{SCREENING}:email"]
    assert unanswered(played) == [TASK]


def test_a_late_report_on_the_text_does_not_send_the_same_question_by_email_twice() -> None:
    post = Post()
    played = fail(asked(post).until(VISIT - 12 * HOUR), f"{SCREENING}:sms")
    assert post.about("screening") == [f"{SCREENING}:sms", f"second:{SCREENING}:email"]
    played.until(VISIT)
    assert len(post.about("screening")) == 2
    assert unanswered(played) == [TASK]  # it stayed open meanwhile


def test_a_second_try_that_fails_is_given_to_the_desk_and_the_question_stays_open() -> None:
    played = fail(asked().until(VISIT - 12 * HOUR), f"second:{SCREENING}:email")
    assert played.tasks[-1].kind == "undeliverable"
    assert SCREENING in [question.key for question in played.state.questions]


def test_a_second_try_that_fails_after_the_answer_is_nobodys_task() -> None:
    played = asked().until(VISIT - 12 * HOUR).reply("No")
    before = len(played.tasks)
    fail(played, f"second:{SCREENING}:email")
    assert len(played.tasks) == before


def test_the_benchmark_question_is_asked_again_by_email_half_way_and_then_of_the_therapist() -> None:
    post = Post()
    state = a_state(a_plan(a_yes_goal(by_session=1), client=a_client_with_both()), a_practice(screening=False))
    played = Played(state, post).session()
    first = played.now + DAY
    played.until(first + 4 * DAY)
    assert [(at - first, m.channel) for at, m in post.came if m.template == "benchmark_question"] == [
        (timedelta(0), "sms"),
        (36 * HOUR, "email"),  # half of the three days that an answer may take
    ]
    assert played.open_questions() == ["benchmark_unknown"]


def test_a_benchmark_that_was_answered_is_not_asked_again() -> None:
    post = Post()
    state = a_state(a_plan(a_yes_goal(by_session=1), client=a_client_with_both()), a_practice(screening=False))
    played = Played(state, post).session().until(START + 2 * DAY + HOUR).reply("yes")
    played.until(played.now + 5 * DAY)
    assert [m.channel for _, m in post.came if m.template == "benchmark_question"] == ["sms"]


def test_a_reminder_that_nobody_confirms_is_not_repeated() -> None:
    post = Post()
    asked(post, screening=False).until(VISIT)
    assert [m.channel for _, m in post.came if m.kind == "reminder"] == ["sms"] * 3


def test_a_client_with_one_channel_costs_no_judgement_more_for_being_silent() -> None:
    silent = asked(both=False).until(VISIT - HOUR)
    without = asked(both=False, screening=False).until(VISIT - HOUR)
    assert silent.decisions == without.decisions


def test_the_health_questions_that_an_opted_out_client_can_not_get_are_asked_by_a_person() -> None:
    played = Played(a_state()).reply("STOP").book("v1", VISIT).until(VISIT)
    asked = [task.text for task in played.tasks if task.kind == "unanswered"]
    assert len(asked) == 1
    assert "can't be sent: ask the client before it begins. This client has opted out" in asked[0]
