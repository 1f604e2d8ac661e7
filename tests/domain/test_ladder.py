"""A message that didn't arrive climbs: text, email, the front desk. It stops at the first answer."""

from datetime import timedelta

from domain.decide import decide
from domain.events import AppointmentCancelled, AppointmentMoved, PlanEnded
from domain.plan import Homework
from domain.policy import Practice
from domain.state import PlanState
from domain.wall_clock import shift
from tests.domain.plan_builder import DAY, HOUR, START, Played, a_plan, a_practice, a_state, a_yes_goal
from tests.domain.post import BAD_NUMBER, UNREACHABLE, Post, a_client_with_both, fail

VISIT = START + 5 * DAY
REMINDER = "reminder:v1:v1:259200"
QUIET = a_practice(screening=False)
MINUTE = timedelta(minutes=1)


def with_both(practice: Practice = QUIET) -> PlanState:
    return a_state(a_plan(client=a_client_with_both()), practice)


def reminded(post: Post, state: PlanState | None = None) -> Played:
    """A plan whose three-day reminder has just gone."""
    return Played(state or with_both(), post).book("v1", VISIT).until(START + 2 * DAY)


def kinds_of_tasks(played: Played) -> list[str]:
    return [task.kind for task in played.tasks]


def moved(played: Played) -> Played:
    at = played.now + MINUTE
    return played.take(
        AppointmentMoved(event_id=f"m-{at}", occurred_at=at, appointment_id="v1", starts_at=VISIT + 2 * DAY)
    )


def test_a_text_that_is_refused_goes_by_email_at_once() -> None:
    post = Post({f"{REMINDER}:sms": [("refused", BAD_NUMBER)]})
    played = reminded(post)
    assert post.about(REMINDER) == [f"{REMINDER}:sms", f"{REMINDER}:email"]
    assert post.came[-1][1].address == "tina@example.com"
    assert played.tasks == []


def test_what_is_refused_on_every_channel_is_given_to_the_desk() -> None:
    post = Post({f"{REMINDER}:sms": [("refused", BAD_NUMBER)], f"{REMINDER}:email": [("refused", BAD_NUMBER)]})
    played = reminded(post).until(START + 2 * DAY + HOUR)
    assert post.about(REMINDER) == [f"{REMINDER}:sms", f"{REMINDER}:email"]
    assert [task.key for task in played.tasks] == [f"plan-1:unsent:{REMINDER}"]
    assert BAD_NUMBER in played.tasks[0].text


def test_a_failed_delivery_takes_the_next_rung_and_then_the_desk() -> None:
    post = Post()
    played = fail(reminded(post), f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms", f"{REMINDER}:email"]
    assert played.tasks == []
    fail(played, f"{REMINDER}:email")
    assert len(post.about(REMINDER)) == 2
    assert kinds_of_tasks(played) == ["undeliverable"]


def test_a_passing_fault_with_one_channel_is_tried_once_more_after_half_an_hour_and_then_given_to_the_desk() -> None:
    post = Post()
    played = fail(reminded(post, a_state(practice=QUIET)), f"{REMINDER}:sms", UNREACHABLE)
    failed_at = played.now
    played.until(failed_at + 29 * MINUTE)
    assert post.about(REMINDER) == [f"{REMINDER}:sms"]
    played.until(failed_at + 31 * MINUTE)
    assert post.about(REMINDER) == [f"{REMINDER}:sms", f"{REMINDER}:sms:again"]
    assert post.came[-1][0] == failed_at + 30 * MINUTE
    assert played.tasks == []
    fail(played, f"{REMINDER}:sms:again", UNREACHABLE).until(played.now + 2 * HOUR)
    assert len(post.about(REMINDER)) == 2
    assert kinds_of_tasks(played) == ["undeliverable"]


def test_a_passing_fault_too_short_before_the_end_goes_to_the_desk_at_once() -> None:
    last = "reminder:v1:v1:7200"
    played = Played(a_state(practice=QUIET)).book("v1", VISIT).until(VISIT - 20 * MINUTE)
    fail(played, f"{last}:sms", UNREACHABLE)
    assert kinds_of_tasks(played) == ["undeliverable"]


def test_nothing_climbs_once_the_client_has_answered() -> None:
    post = Post()
    played = reminded(post).reply("C")
    fail(played, f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms"]
    assert played.tasks == []


def test_nothing_climbs_about_a_visit_that_was_moved_and_the_new_time_has_its_own_reminders() -> None:
    post = Post()
    played = fail(moved(reminded(post)), f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms"]
    played.until(VISIT)
    assert "reminder:v1:v2:259200:sms" in post.about()


def test_nothing_climbs_about_a_visit_that_was_cancelled() -> None:
    post = Post()
    played = reminded(post)
    played.take(AppointmentCancelled(event_id="x", occurred_at=played.now + MINUTE, appointment_id="v1"))
    fail(played, f"{REMINDER}:sms").until(VISIT)
    assert post.about("reminder") == [f"{REMINDER}:sms"]


def test_nothing_climbs_that_is_of_no_more_use() -> None:
    post = Post()
    played = fail(reminded(post).until(START + 4 * DAY + HOUR), f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms"]
    assert kinds_of_tasks(played) == ["undeliverable"]


def test_nothing_climbs_to_a_client_who_said_stop() -> None:
    post = Post()
    fail(reminded(post).reply("STOP"), f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms"]


def test_a_report_that_the_client_opted_out_with_the_carrier_stops_the_email_too() -> None:
    post = Post()
    played = fail(reminded(post), f"{REMINDER}:sms", "opted out").until(VISIT)
    assert post.about("reminder") == [f"{REMINDER}:sms"]
    assert played.state.opted_out == ["sms", "email"]
    assert "opted_out" in kinds_of_tasks(played)


def test_a_therapist_who_opted_out_does_not_opt_the_client_out() -> None:
    post = Post()
    played = Played(with_both(), post).session().until(START + 4 * DAY).reply("1")
    (low,) = post.about("low:")
    fail(played, low, "opted out")
    assert played.state.opted_out == []
    assert played.tasks[-1].kind == "undeliverable"


def test_the_answer_to_a_client_climbs_as_well() -> None:
    post = Post()
    played = reminded(post).reply("C")
    (ack,) = post.about("ack:")
    fail(played, ack)
    assert post.about("ack:") == [ack, ack.replace(":sms", ":email")]
    assert played.templates().count("ack_confirmed") == 2


def test_the_news_of_a_low_rating_is_told_to_a_person_when_the_therapist_cant_be_reached() -> None:
    post = Post()
    played = Played(with_both(), post).session().until(START + 4 * DAY).reply("1")
    (low,) = post.about("low:")
    before = len(played.tasks)
    fail(played, low)
    assert [task.kind for task in played.tasks[before:]] == ["undeliverable"]


def test_a_confirmation_of_a_time_that_has_changed_since_does_not_climb() -> None:
    post = Post()
    played = moved(reminded(post).reply("C"))
    (ack,) = post.about("ack:")
    fail(played, ack)
    assert post.about("ack:") == [ack]


def test_homework_is_never_sent_twice_on_one_rung_and_goes_on_with_its_rhythm() -> None:
    plan = a_plan(client=a_client_with_both(), homework=[Homework(what="moist heat", every=2 * DAY)])
    post = Post()
    practice = a_practice(homework_reminders=True)
    played = Played(a_state(plan, practice), post).until(START + 2 * DAY)
    fail(played, "homework:0:1:1:sms")
    fail(played, "homework:0:1:1:sms")
    played.until(START + 5 * DAY)
    assert post.about("homework") == ["homework:0:1:1:sms", "homework:0:1:1:email", "homework:0:1:2:sms"]


def test_a_maintenance_nudge_climbs_once_but_not_when_a_visit_was_booked_meanwhile() -> None:
    for books, expected in ((False, ["sms", "email"]), (True, ["sms"])):
        post = Post()
        state = a_state(a_plan(a_yes_goal(by_session=1), client=a_client_with_both()), QUIET)
        played = Played(state, post).session(sleep=True).decide("maintenance", spacing="P28D")
        played.until(played.now + 29 * DAY)
        (nudge,) = [key for key in post.about("maintenance:") if key.endswith(":1:sms")]
        if books:
            played.book("next", played.now + 5 * DAY)
        fail(played, nudge)
        assert [key.rsplit(":", 1)[-1] for key in post.about(nudge.removesuffix("sms"))] == expected


def test_an_unclear_message_keeps_its_question_open_and_its_answer_is_understood() -> None:
    post = Post({f"{REMINDER}:sms": ["unclear"]})
    played = reminded(post).reply("C", after=MINUTE)
    assert played.state.appointments["v1"].confirmed
    played.until(VISIT - 2 * DAY)
    assert [m.only_find for _, m in post.came if m.touchpoint_key == REMINDER] == [False, True]


def test_an_unclear_message_is_asked_about_under_the_same_key_until_it_is_settled() -> None:
    post = Post({f"{REMINDER}:sms": ["unclear", "unclear"]})
    played = reminded(post).until(START + 2 * DAY + 5 * HOUR)
    assert post.about(REMINDER) == [f"{REMINDER}:sms"] * 3
    assert [at - START - 2 * DAY for at, m in post.came if m.touchpoint_key == REMINDER] == [
        timedelta(0),
        10 * MINUTE,
        20 * MINUTE,
    ]
    assert decide(played.state, [], played.now).state.unclear == {}
    assert [question.key for question in played.state.questions] == [REMINDER]


def test_an_unclear_message_is_only_looked_for_when_the_visit_was_moved() -> None:
    post = Post({f"{REMINDER}:sms": ["unclear", ("dropped", "things have changed since; it was not sent")]})
    played = moved(reminded(post)).until(START + 2 * DAY + HOUR)
    assert [m.only_find for _, m in post.came if m.touchpoint_key == REMINDER] == [False, True]
    assert played.state.done[REMINDER] == "dropped"


def test_a_plan_that_ended_asks_about_its_unclear_message_until_it_is_settled() -> None:
    post = Post({f"{REMINDER}:sms": ["unclear", "unclear"]})
    played = reminded(post)
    played.take(PlanEnded(event_id="end", occurred_at=played.now + MINUTE)).until(played.now + DAY)
    assert [m.only_find for _, m in post.came if m.touchpoint_key == REMINDER] == [False, True, True]
    assert decide(played.state, [], played.now).over


def test_a_message_that_was_looked_for_and_must_wait_is_asked_about_again_and_its_question_stays_open() -> None:
    post = Post({f"{REMINDER}:sms": ["unclear", "deferred"]})
    played = reminded(post).until(START + 2 * DAY + 15 * MINUTE)
    assert [question.key for question in played.state.questions] == [REMINDER]
    played.until(START + 3 * DAY)
    assert post.about(REMINDER) == [f"{REMINDER}:sms"] * 3
    assert decide(played.state, [], played.now).state.unclear == {}


def test_a_message_that_stays_unknown_is_given_to_the_desk_and_never_sent_again() -> None:
    post = Post({f"{REMINDER}:sms": ["unclear", ("unknown", "nobody can tell whether it went")]})
    played = reminded(post).until(START + 3 * DAY)
    assert post.about(REMINDER) == [f"{REMINDER}:sms"] * 2
    assert kinds_of_tasks(played) == ["undeliverable"]


def test_a_failed_delivery_ends_the_search_for_an_unclear_message() -> None:
    post = Post({f"{REMINDER}:sms": ["unclear"]})
    played = fail(reminded(post), f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms", f"{REMINDER}:email"]
    played.until(START + 3 * DAY)
    assert len(post.about(REMINDER)) == 2


def test_a_failed_delivery_that_is_reported_twice_counts_once() -> None:
    post = Post()
    played = reminded(post)
    for _ in range(3):
        fail(played, f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms", f"{REMINDER}:email"]
    fail(played, f"{REMINDER}:email")
    fail(played, f"{REMINDER}:sms")
    assert kinds_of_tasks(played) == ["undeliverable"]


def test_a_report_after_the_desk_had_an_unknown_message_still_takes_the_next_rung() -> None:
    post = Post({f"{REMINDER}:sms": [("unknown", "nobody can tell whether it went")]})
    fail(reminded(post), f"{REMINDER}:sms")
    assert post.about(REMINDER) == [f"{REMINDER}:sms", f"{REMINDER}:email"]


def test_what_failed_and_can_no_longer_go_in_the_open_hours_is_given_to_the_desk() -> None:
    practice = a_practice(screening=False, send_window={"opens": "09:00", "closes": "20:00"}, reminders=["PT13H"])
    evening = shift(START, DAY + 10 * HOUR, "America/Los_Angeles")  # 19:00
    played = Played(a_state(a_plan(client=a_client_with_both()), practice))
    played.book("v1", evening + 13 * HOUR).until(evening + 55 * MINUTE)
    fail(played, "reminder:v1:v1:46800:sms", after=10 * MINUTE)  # at 20:05; the visit is at 8:00
    assert kinds_of_tasks(played) == ["undeliverable"]
