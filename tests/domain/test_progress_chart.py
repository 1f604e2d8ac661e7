"""What a goal's chart shows, in numbers and in the sentence for people who can't see it."""

from datetime import date

from domain.events import ClientMissedVisit
from domain.plan import Benchmark, FunctionalGoal, ObjectiveGoal
from domain.progress_chart import ChartBenchmark, ChartChange, MissedVisits, ProgressChart, chart_of
from domain.state import PlanState, Value
from tests.domain.plan_builder import DAY, HOUR, Played, a_pain_goal, a_plan, a_state, a_yes_goal


def lived(*values: float | None, goal: ObjectiveGoal | None = None) -> Played:
    """A plan with one session a day and these values of pain."""
    played = Played(a_state(a_plan(goal or a_pain_goal())))
    for value in values:
        played.session(**({} if value is None else {"pain": value}))
    return played


def shown(state: PlanState, goal_id: str = "pain") -> ProgressChart:
    chart = chart_of(state, goal_id)
    assert chart is not None
    return chart


def with_flare(state: PlanState, session: int) -> PlanState:
    values = [v.model_copy(update={"flare": v.session == session}) for v in state.values]
    return state.model_copy(update={"values": values})


def miss(played: Played, visit: str) -> Played:
    played.book(visit, played.now + DAY)
    at = played.now + DAY + HOUR
    return played.take(ClientMissedVisit(event_id=f"m-{visit}", occurred_at=at, appointment_id=visit))


def test_there_is_no_chart_where_nothing_was_measured_and_none_for_a_goal_the_plan_hasnt():
    assert chart_of(lived(None).state, "pain") is None
    assert chart_of(lived(7).state, "sleep") is None


def test_a_measure_shows_its_values_baseline_goal_and_benchmark_line():
    chart = shown(lived(7, 5, 4).state)
    assert [(point.session, point.value) for point in chart.points] == [(1, 7), (2, 5), (3, 4)]
    assert (chart.first, chart.baseline, chart.target, chart.last) == (0, 7, 3, 8)
    assert chart.benchmarks == (ChartBenchmark(8, 3, "3 by session 8"),)
    assert (chart.name, chart.unit, chart.direction) == ("pain from 0 to 10", "points", "lower is better")
    assert chart.sentence == "Pain from 0 to 10: from 7 to 4 over 3 sessions; the goal is 3 points by session 8."


def test_a_stretch_that_the_measure_cant_tell_apart_is_called_level():
    chart = shown(lived(7, 5, 4, 5, 5, 5).state)
    assert chart.sentence == (
        "Pain from 0 to 10: from 7 to 5 over 6 sessions; the goal is 3 points by session 8; level since session 2."
    )


def test_a_slow_but_steady_way_is_not_called_level():
    assert "level" not in shown(lived(7, 6.5, 6, 5.5).state).sentence


def test_two_equal_values_are_not_yet_level():
    assert "level" not in shown(lived(7, 4, 4).state).sentence


def test_a_rising_measure_says_that_higher_is_better():
    goal = ObjectiveGoal(
        id="pain", description="lifting the arm", measure="rom_shoulder_flex", baseline=95, target=150,
        benchmarks=[Benchmark(by_session=6, expect="60 %")],
    )  # fmt: skip
    chart = shown(lived(95, 104, goal=goal).state)
    assert chart.direction == "higher is better"
    assert chart.benchmarks[0].words == "128 by session 6"
    assert chart.sentence == (
        "Lifting the arm forward: from 95 to 104 over 2 sessions; 128 is expected by session 6; "
        "the goal is 150 degrees."
    )


def test_the_band_is_the_error_of_the_catalogue_and_twice_that_for_another_rater():
    state = lived(7, 5).state
    state.values[1] = state.values[1].model_copy(update={"rater": "client"})
    chart = shown(state)
    assert [point.error for point in chart.points] == [0.72, 1.44]
    assert [point.same_rater for point in chart.points] == [True, False]
    assert "session 2 5 (by client)" in chart.details[0]
    assert chart.band == (
        "The band is the measurement error, 0.72 points to either side and twice that for another rater: "
        "about two times in three the true value lies within it."
    )


def test_a_flare_is_shown_and_left_out_of_what_counts():
    chart = shown(with_flare(lived(7, 5, 9).state, 3))
    assert [point.session for point in chart.counted] == [1, 2]
    assert chart.points[2].flare
    assert "from 7 to 5 over 2 sessions" in chart.sentence
    assert "session 3 9 (a flare, left out)" in chart.details[0]


def test_a_chart_of_flares_alone_says_so():
    chart = shown(with_flare(lived(9).state, 1))
    assert chart.sentence == (
        "Pain from 0 to 10: 7 points at the start and only flares since; the goal is 3 points by session 8."
    )


def test_missed_visits_stand_between_the_sessions_around_them():
    played = miss(miss(lived(7, 5), "x"), "y").session(pain=4)
    chart = shown(played.state)
    assert chart.missed == (MissedVisits(after=2, count=2),)
    assert "After session 2: 2 visits missed." in chart.details


def test_changes_stand_after_the_session_that_came_before_them():
    played = lived(7, 5, 4)
    told = "The plan was changed: spacing 7 days, minutes 75, pressure light."
    chart = chart_of(played.state, "pain", [(played.state.sessions[1].starts_at + HOUR, told)])
    assert chart is not None
    assert chart.changes == (ChartChange(2, "every 7 days, 75 minutes, pressure light"),)
    assert "After session 2: every 7 days, 75 minutes, pressure light." in chart.details


def test_without_the_story_the_state_still_shows_where_the_plan_changed():
    state = lived(7, 5, 4, 4).state
    state.window_from["pain"] = 3
    assert shown(state).changes == (ChartChange(3, "plan changed"),)


def test_a_story_without_changes_shows_none():
    state = lived(7, 5, 4, 4).state
    state.window_from["pain"] = 3
    chart = chart_of(state, "pain", [])
    assert chart is not None
    assert chart.changes == ()


def test_a_goal_that_was_added_later_begins_where_it_was_added():
    played = lived(None, None, None, 5)
    played.state.window_from["pain"] = 3
    assert shown(played.state).first == 3


def test_a_benchmark_that_was_judged_says_whether_it_was_met():
    state = lived(7).state
    state.benchmarks["pain:8"] = "missed"
    assert shown(state).benchmarks[0].met is False


def test_a_functional_goal_shows_its_answers_with_their_dates():
    played = Played(a_state(a_plan(a_yes_goal(by_session=3))))
    played.session(sleep=False).session().session(sleep=True)
    chart = shown(played.state, "sleep")
    assert chart.kind == "functional"
    assert [(point.session, point.value, point.on) for point in chart.points] == [
        (1, 0.0, date(2026, 3, 3)),
        (3, 1.0, date(2026, 3, 5)),
    ]
    assert chart.sentence == (
        "Falling asleep easily: no at session 1, yes at session 3; a yes is hoped for by session 3."
    )
    assert chart.details[0] == "Answers: session 1 no (Mar 3), session 3 yes (Mar 5)."


def test_an_answer_late_in_the_evening_has_the_date_of_the_clients_clock():
    state = a_state(a_plan(a_yes_goal()))
    late = state.started_at.replace(hour=6)  # ten in the evening of the day before, in Los Angeles
    state.values.append(Value(goal_id="sleep", session=1, value=1.0, rater="client", at=late))
    assert shown(state, "sleep").points[0].on == date(2026, 3, 1)


def test_benchmarks_are_in_order_of_session_however_they_were_written():
    goal = FunctionalGoal(
        id="pain", description="sleeping through", question="Do you sleep through?",
        benchmarks=[Benchmark(by_session=6, expect=True), Benchmark(by_session=2, expect=True)],
    )  # fmt: skip
    state = a_state(a_plan(goal))
    state.values.append(Value(goal_id="pain", session=1, value=0.0, rater="client", at=state.started_at))
    assert [benchmark.session for benchmark in shown(state).benchmarks] == [2, 6]
