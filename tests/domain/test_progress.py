"""The progress rule: what each state needs, in numbers that were worked out by hand."""

from typing import get_args

import pytest

from domain.progress import GoalCourse, Progress, ProgressState, assess, rank

ALERTING = {"plateau", "slow", "no_response", "worsening", "relapse", "missed"}


def rotation(*values: float, by_session: int = 8, mcid: float | None = None) -> Progress:
    """A head rotation from 40 to 80 degrees, SEM 2.5 (MDC 6.9), measured at every session."""
    course = GoalCourse(40, 80, by_session, 2.5, mcid, what="the rotation", unit="degrees")
    return assess(list(enumerate(values, 1)), course)


def pain(*values: float, by_session: int = 8) -> Progress:
    """Pain from 7 to 3 points, SEM 0.72 (MDC 2.0), measured at every session."""
    return assess(list(enumerate(values, 1)), GoalCourse(7, 3, by_session, 0.72))


@pytest.mark.parametrize("values", [(), (40,), (40, 80), (40, 20)])
def test_with_fewer_than_three_values_it_is_always_too_early(values: tuple[float, ...]):
    assert rotation(*values).state == "too_early"
    assert rotation(*values, by_session=1).state == "too_early"


def test_too_early_says_how_many_values_there_are():
    assert rotation().sentence == "No value yet; a judgement needs three."
    assert rotation(40).sentence == "Only one value so far; a judgement needs three."
    assert rotation(40, 45).sentence == "Only two values so far; a judgement needs three."


def test_progress_at_the_needed_slope_is_on_track():
    progress = rotation(40, 46, 52)
    assert progress.state == "on_track"
    assert progress.sentence == (
        "Over sessions 1-3 the rotation changed +6.0 degrees a session (give or take 1.8); 5.7 a session are needed "
        "to reach 80 degrees by session 8. No sign that it is too slow."
    )


def test_diminishing_returns_are_no_plateau_while_the_goal_stays_in_reach():
    assert [rotation(*(40, 56, 66, 72, 75, 77)[:count]).state for count in (3, 4, 5, 6)] == ["on_track"] * 4


def test_a_stall_after_an_early_gain_is_first_on_track_then_watched_then_a_plateau():
    values = (40, 50, 60, 60, 60, 60, 60)
    states = [rotation(*values[:count], by_session=12).state for count in (5, 6, 7)]
    assert states == ["on_track", "watch", "plateau"]


def test_watch_begins_above_89_percent_and_alert_above_96_percent():
    # Flat at 6 over sessions 2-5: needed 3 / 4.5, two thirds of it 0.444, error 0.322: z 1.38, p 0.916.
    assert pain(7, 6, 6, 6, 6).state == "watch"
    # Flat at 7: needed 4 / 4.5, two thirds of it 0.593: z 1.84, p 0.967.
    assert pain(7, 7, 7, 7, 7).state == "no_response"
    # 6, 5, 5, 5: slope 0.3, needed 2.25 / 4.5, two thirds of it 0.333: z 0.10.
    assert pain(7, 6, 5, 5, 5).state == "on_track"


def test_a_plateau_is_a_gain_beyond_the_measurement_error_that_has_stopped():
    progress = rotation(40, 46, 52, 53, 52, 53)
    assert progress.state == "plateau"
    assert progress.sentence == (
        "Over sessions 3-6 the rotation changed +0.2 degrees a session (give or take 1.1); 7.9 a session are needed "
        "to reach 80 degrees by session 8. 99 % sure it is slower than needed: an earlier gain has come to a halt."
    )


def test_a_gain_that_never_left_the_measurement_error_is_no_response():
    progress = rotation(40, 46, 45, 46, 45)
    assert progress.state == "no_response"
    assert progress.sentence.endswith("no gain beyond the measurement error so far.")


def test_a_plan_that_still_moves_but_will_not_make_it_is_slow():
    progress = rotation(40, 42, 44, 46, 48)
    assert progress.state == "slow"
    assert progress.sentence == (
        "Over sessions 2-5 the rotation changed +2.0 degrees a session (give or take 1.1); 7.8 a session are needed "
        "to reach 80 degrees by session 8. 99 % sure it is slower than needed, though it still moves."
    )


def test_pain_is_told_in_its_own_direction():
    assert pain(7, 7, 7, 7, 7).sentence == (
        "Over sessions 2-5 the value changed +0.00 a session (give or take 0.32); -0.89 a session are needed "
        "to reach 3 by session 8. 96 % sure it is slower than needed, and no gain beyond the measurement error so far."
    )


def test_what_people_notice_is_told_but_decides_nothing():
    told = rotation(40, 46, 52, 53, 52, 53, mcid=15)
    assert told.state == rotation(40, 46, 52, 53, 52, 53).state
    assert told.sentence.endswith("The best gain so far is 12.5 degrees, less than the 15 degrees people notice.")
    assert rotation(40, 46, 52, 53, 52, 53, mcid=12).sentence.endswith("at least the 12 degrees people notice.")


def test_worse_than_the_baseline_by_more_than_the_measurement_error_is_worsening():
    assert "the measurement error" not in rotation(40, 41, 33.1).sentence
    progress = rotation(40, 41, 33)
    assert progress.state == "worsening"
    assert progress.sentence == (
        "At session 3 the rotation is 33 degrees: worse than 40 degrees at the start by more than the measurement "
        "error of 6.9 degrees."
    )


def test_a_sure_fall_away_from_the_goal_is_worsening_even_above_the_baseline():
    progress = rotation(40, 50, 58, 54, 50, 46, by_session=10)
    assert progress.state == "worsening"
    assert progress.sentence.endswith("99 % sure it moves away from the goal.")


def test_an_unsure_fall_is_still_a_plateau():
    # 58, 57, 58, 56: slope -0.5 with an error of 1.1, so falling with 67 % only.
    assert rotation(40, 50, 58, 57, 58, 56, by_session=8).state == "plateau"


def test_a_goal_is_met_when_the_last_two_values_average_within_one_standard_error():
    assert rotation(40, 60, 76, 78.8).state != "met"
    progress = rotation(40, 60, 76, 79)
    assert progress.state == "met"
    assert progress.sentence == "In sessions 3 and 4 the rotation averages 77.5 degrees: the goal of 80 degrees is met."
    assert rotation(40, 85, 95).state == "met"


def test_one_good_value_does_not_meet_a_goal():
    assert rotation(40, 50, 60, 80).state == "on_track"


def test_the_baseline_is_none_of_the_two_values_that_meet_a_goal():
    assert rotation(40, 120, 30).state == "worsening"


def test_a_met_goal_holds_until_a_whole_detectable_change_is_lost_and_then_has_to_be_met_anew():
    values = (40, 60, 78, 79, 74, 74, 72, 76, 80)
    states = [rotation(*values[:count], by_session=20).state for count in range(4, 10)]
    assert states == ["met", "met", "met", "relapse", "relapse", "met"]


def test_a_goal_that_slipped_a_little_still_holds_and_a_relapse_says_by_how_much():
    assert rotation(40, 60, 78, 79, 74, 74).sentence == (
        "In sessions 5 and 6 the rotation averages 74 degrees: the goal of 80 degrees was met and still holds "
        "within the measurement error."
    )
    assert rotation(40, 60, 78, 79, 74, 74, 72).sentence == (
        "In sessions 6 and 7 the rotation averages 73 degrees: the goal of 80 degrees was met before and is now "
        "missed by 7 degrees."
    )


def test_a_met_goal_raises_no_slope_alert_however_flat_it_is():
    assert rotation(40, 60, 78, 78, 78, 78, 78).state == "met"


def test_a_goal_that_is_not_reached_after_the_benchmark_session_is_missed():
    values = (40, 48, 56, 64, 71, 74)
    assert rotation(*values, by_session=6).state == "on_track"
    progress = rotation(*values, by_session=5)
    assert progress.state == "missed"
    assert progress.sentence == (
        "In sessions 5 and 6 the rotation averages 72.5 degrees: the goal of 80 degrees by session 5 is missed."
    )


def test_a_goal_that_is_reached_late_is_met_and_one_that_falls_is_worsening():
    assert rotation(40, 60, 79, 80, by_session=2).state == "met"
    assert rotation(40, 38, 30, by_session=2).state == "worsening"


def test_a_stall_is_still_noticed_at_the_benchmark_session_itself():
    progress = rotation(40, 46, 52, 58, 64, 64, 64, 64)
    assert progress.state == "plateau"
    assert "10.7 a session were needed to reach 80 degrees by session 8" in progress.sentence


def test_sessions_without_a_value_keep_their_place_in_time():
    course = GoalCourse(40, 80, 12, 2.5)
    # The same values; the second series takes three sessions for each step.
    assert assess([(1, 40), (2, 43), (3, 46), (4, 49)], course).state == "on_track"
    assert assess([(1, 40), (4, 43), (7, 46), (10, 49)], course).state == "slow"


def test_only_the_last_four_values_make_the_slope():
    told = rotation(40, 50, 60, 62, 62, 62, 62).sentence
    assert told.startswith("Over sessions 4-7 the rotation changed +0.0 degrees")


def test_a_value_by_another_rater_has_a_wider_band():
    course = GoalCourse(40, 80, 8, 2.5)
    values = [(1, 40.0), (2, 41.0), (3, 31.0)]
    assert assess(values, course).state == "worsening"
    assert assess(values, course, sems=[2.5, 2.5, 5]).state != "worsening"
    # 2.77 times the quadratic mean of 2.5 and 5.
    lower = assess([*values[:2], (3, 28.0)], course, sems=[2.5, 2.5, 5])
    assert lower.sentence.endswith("worse than 40 at the start by more than the measurement error of 10.9.")


def test_a_value_by_another_rater_weighs_less_in_the_slope():
    course = GoalCourse(40, 80, 8, 2.5)
    values = [(1, 40.0), (2, 46.0), (3, 52.0), (4, 52.0)]
    assert "changed +4.2 a session (give or take 1.1)" in assess(values, course).sentence
    # Weights 1, 1, 1, 1/4: centre 2.154 and 46.46, spread 2.923, slope 14.77 / 2.923; error 2.5 / 1.710.
    wider = assess(values, course, sems=[2.5, 2.5, 2.5, 5])
    assert "changed +5.1 a session (give or take 1.5)" in wider.sentence


def test_the_same_wider_error_for_every_value_is_the_same_as_a_measure_with_that_error():
    values = [(1, 40.0), (2, 46.0), (3, 49.0), (5, 49.0)]
    wide = assess(values, GoalCourse(40, 80, 8, 5))
    assert assess(values, GoalCourse(40, 80, 8, 2.5), sems=[5] * 4).state == wide.state


def test_an_alert_is_for_exactly_the_states_that_a_person_should_hear_of():
    states: tuple[ProgressState, ...] = get_args(ProgressState)
    assert {state for state in states if Progress(state, "").alert} == ALERTING


def test_states_rank_from_nothing_to_do_to_worsening():
    states: tuple[ProgressState, ...] = get_args(ProgressState)
    ranks = {state: rank(state) for state in states}
    assert ranks == {
        "met": 0,
        "on_track": 0,
        "too_early": 0,
        "watch": 1,
        "slow": 2,
        "plateau": 3,
        "no_response": 3,
        "missed": 3,
        "relapse": 3,
        "worsening": 4,
    }


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((40, 40, 8, 2.5), "nothing to follow"),
        ((float("nan"), 80, 8, 2.5), "finite"),
        ((40, float("inf"), 8, 2.5), "finite"),
        ((40, 80, 0, 2.5), "by_session"),
        ((40, 80, 8, 0), "sem"),
        ((40, 80, 8, -1), "sem"),
        ((40, 80, 8, float("nan")), "sem"),
        ((40, 80, 8, 2.5, 0), "mcid"),
    ],
)
def test_a_course_that_can_not_be_judged_is_refused(arguments: tuple[float, float, int, float], complaint: str):
    with pytest.raises(ValueError, match=complaint):
        GoalCourse(*arguments)


@pytest.mark.parametrize(
    ("values", "sems", "complaint"),
    [
        ([(1, 40.0), (2, float("nan")), (3, 50.0)], None, "finite"),
        ([(1, float("inf"))], None, "finite"),
        ([(1, 40.0), (2, 45.0), (2, 50.0)], None, "increase"),
        ([(3, 40.0), (2, 45.0)], None, "increase"),
        ([(1, 40.0), (2, 45.0), (3, 50.0)], [2.5, 2.5], "one for each"),
        ([(1, 40.0), (2, 45.0), (3, 50.0)], [2.5, 0, 2.5], "sem"),
    ],
)
def test_values_that_can_not_be_judged_are_refused(
    values: list[tuple[int, float]], sems: list[float] | None, complaint: str
):
    with pytest.raises(ValueError, match=complaint):
        assess(values, GoalCourse(40, 80, 8, 2.5), sems=sems)
