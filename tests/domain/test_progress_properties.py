"""What holds for the progress rule whatever was measured, and how well it does on thousands of made-up plans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.progress import Summary, main, run, summarise
from domain.progress import GoalCourse, assess

ALERTING = {"plateau", "slow", "no_response", "worsening", "relapse", "missed"}

Case = tuple[list[tuple[int, float]], int, int, int, float]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Values in whole numbers (so that arithmetic is exact), baseline, target, benchmark session and error."""
    sessions = sorted(draw(st.sets(st.integers(1, 15), max_size=10)))
    values = [(session, float(draw(st.integers(0, 100)))) for session in sessions]
    baseline = draw(st.integers(0, 100))
    target = draw(st.integers(0, 100).filter(lambda number: number != baseline))
    return values, baseline, target, draw(st.integers(1, 15)), draw(st.sampled_from([0.65, 1.8, 3.6, 7.2]))


@given(cases())
def test_there_is_always_a_sentence_and_an_alert_exactly_where_a_person_should_hear_of_it(case: Case):
    values, baseline, target, by_session, sem = case
    progress = assess(values, GoalCourse(baseline, target, by_session, sem, 5))
    assert progress.sentence.endswith(".")
    assert "nan" not in progress.sentence
    assert progress.alert == (progress.state in ALERTING)
    assert (progress.state == "too_early") == (len(values) < 3)


@given(cases())
def test_a_measure_that_should_fall_is_judged_like_its_mirror_image_that_should_rise(case: Case):
    values, baseline, target, by_session, sem = case
    mirrored = [(session, 2 * baseline - value) for session, value in values]
    upright = assess(values, GoalCourse(baseline, target, by_session, sem))
    turned = assess(mirrored, GoalCourse(baseline, 2 * baseline - target, by_session, sem))
    assert turned.state == upright.state


@given(cases(), st.integers(-200, 200))
def test_where_the_scale_begins_makes_no_difference(case: Case, shift: int):
    values, baseline, target, by_session, sem = case
    shifted = [(session, value + shift) for session, value in values]
    here = assess(values, GoalCourse(baseline, target, by_session, sem))
    there = assess(shifted, GoalCourse(baseline + shift, target + shift, by_session, sem))
    assert there.state == here.state


@given(cases())
def test_the_unit_of_the_scale_makes_no_difference(case: Case):
    values, baseline, target, by_session, sem = case
    doubled = [(session, 2 * value) for session, value in values]
    here = assess(values, GoalCourse(baseline, target, by_session, sem))
    there = assess(doubled, GoalCourse(2 * baseline, 2 * target, by_session, 2 * sem))
    assert there.state == here.state


@given(cases())
def test_a_goal_is_only_missed_after_its_session_and_no_slope_is_judged_then(case: Case):
    values, baseline, target, by_session, sem = case
    state = assess(values, GoalCourse(baseline, target, by_session, sem)).state
    if values and values[-1][0] > by_session:
        assert state in {"too_early", "met", "relapse", "worsening", "missed"}
    else:
        assert state != "missed"


@given(cases(), st.lists(st.sampled_from([1e-9, 0.5, 3.6, 1e9]), min_size=10, max_size=10))
def test_however_unequal_the_errors_are_there_is_a_judgement(case: Case, errors: list[float]):
    values, baseline, target, by_session, sem = case
    course = GoalCourse(baseline, target, by_session, sem)
    assert assess(values, course, sems=errors[: len(values)]).sentence


def test_the_rule_seldom_cries_wolf_and_notices_a_stall_in_time():
    total = summarise(run(seed=21, reps=4))
    assert total.false_alarms <= 0.08
    assert total.hit >= 0.85
    assert total.delay <= 3.6
    assert total.early <= 0.04


def test_the_bench_says_where_the_yardstick_is_missed():
    assert Summary(false_alarms=0.05, hit=0.92, delay=3.2, early=0.01).failures() == []
    assert Summary(false_alarms=0.06, hit=0.9, delay=3.4, early=0.03).failures() == [
        "FA 6.0% is above 5.5 %",
        "hit 90.0% is below 91 %",
        "delay 3.40 is above 3.35",
        "early 3.0% is above 2 %",
    ]


def test_the_bench_prints_every_scenario_and_the_four_numbers(capsys: pytest.CaptureFixture[str]):
    main(["--seed", "21", "--reps", "1"])
    printed = capsys.readouterr().out
    assert "198 plans, seed 21" in printed
    assert all(word in printed for word in ("plateau after about 5", "FA ", "hit ", "delay ", "early "))
