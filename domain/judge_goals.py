"""Progress after every session and value, the benchmark check when session N is completed, and the plan's end."""

from domain.agenda_benchmarks import benchmark_key, measure_key, pending_benchmark
from domain.judgement import Judgement
from domain.measures import OTHER_RATER_WIDENS
from domain.plan import Benchmark, FunctionalGoal, Goal, ObjectiveGoal
from domain.progress import GoalCourse, Progress, ProgressState, assess, rank
from domain.state import PlanState, ProgressNote, Snooze, Value
from domain.take_coverage import coverage_evidence

FEWEST_AFTER_CHANGE = 3
"""A window restarted by a plan change needs this many sessions before its benchmark can be judged by a slope."""
NEW_VALUES_TO_WAKE = 2


def judge_goals(judgement: Judgement) -> None:
    """Look at every goal again: benchmarks first, then progress, then whether the plan has reached its end."""
    state = judgement.state
    if state.status not in ("active", "paused", "maintenance") or not state.sessions:
        return
    for goal in state.plan.goals:
        _check_benchmark(judgement, goal)
    for goal in state.objective_goals():
        _assess(judgement, goal)
    for goal in state.functional_goals():
        _watch_for_relapse(judgement, goal)
    if state.status != "maintenance":
        _check_end(judgement)


def _check_benchmark(judgement: Judgement, goal: Goal) -> None:
    state = judgement.state
    benchmark = pending_benchmark(state, goal, settled=("met", "missed"))
    if benchmark is None:
        return
    values = state.values_of(goal.id)
    at_benchmark = next((value for value in reversed(values) if value.session >= benchmark.by_session), None)
    latest = values[-1] if values else None
    if latest and _reaches(goal, benchmark, latest):
        _benchmark_met(judgement, goal, benchmark)
    elif at_benchmark:
        _benchmark_missed(judgement, goal, benchmark, at_benchmark)


def _reaches(goal: Goal, benchmark: Benchmark, value: Value) -> bool:
    if isinstance(goal, FunctionalGoal):
        return value.value == 1.0
    expected = benchmark.value(goal.baseline, goal.target)
    return value.value >= expected if goal.target > goal.baseline else value.value <= expected


def _benchmark_met(judgement: Judgement, goal: Goal, benchmark: Benchmark) -> None:
    state = judgement.state
    judgement.withdraw_questions("the benchmark was settled by a value", goal_id=goal.id, kind="benchmark_unknown")
    state.benchmarks[benchmark_key(goal.id, benchmark)] = "met"
    _close_goal_questions(state, goal.id)
    judgement.write("benchmark", f"Benchmark of session {benchmark.by_session} met: {goal.description}.")
    following = next((other for other in state.plan.goals if not _is_met(state, other)), None)
    facts: dict[str, str] = {"goal": goal.description}
    if following is not None:
        facts["next_goal"] = following.description
    judgement.owe(
        f"benchmark_met:{benchmark_key(goal.id, benchmark)}",
        "benchmark",
        "benchmark_met_next" if following is not None and following.id != goal.id else "benchmark_met",
        f"the benchmark of session {benchmark.by_session} was met",
        facts=dict(facts) if following is not None and following.id != goal.id else {"goal": goal.description},
        category="care",
    )


def _benchmark_missed(judgement: Judgement, goal: Goal, benchmark: Benchmark, value: Value) -> None:
    state = judgement.state
    judgement.withdraw_questions("the benchmark was settled by a value", goal_id=goal.id, kind="benchmark_unknown")
    state.benchmarks[benchmark_key(goal.id, benchmark)] = "missed"
    _close_goal_questions(state, goal.id)
    found = f"{value.value:g}" if isinstance(goal, ObjectiveGoal) else "no"
    hoped = f"{benchmark.value(goal.baseline, goal.target):g}" if isinstance(goal, ObjectiveGoal) else "yes"
    sentence = f"By session {benchmark.by_session} '{goal.description}' should be {hoped}; it is {found}."
    judgement.write("benchmark", sentence)
    judgement.ask(
        "benchmark_missed",
        f"The benchmark of session {benchmark.by_session} was missed: {goal.description}. How should it go on?",
        [sentence, *_evidence(state, goal), *coverage_evidence(judgement)],
        goal_id=goal.id,
    )
    state.snoozed[goal.id] = Snooze(state="missed", values=len(state.values_of(goal.id)))


def _close_goal_questions(state: PlanState, goal_id: str) -> None:
    state.questions = [question for question in state.questions if question.goal_id != goal_id]


def _assess(judgement: Judgement, goal: ObjectiveGoal) -> None:
    """Judge the goal's course once per new value or session, say so in the story, and escalate where it must be."""
    state = judgement.state
    values = state.values_of(goal.id)
    note = state.progress.get(goal.id)
    if note and (note.values, note.session) == (len(values), len(state.sessions)):
        return
    progress = course_of(state, goal)
    if progress is None:
        return
    state.progress[goal.id] = ProgressNote(
        state=progress.state,
        sentence=progress.sentence,
        alert=progress.alert,
        session=len(state.sessions),
        values=len(values),
    )
    judgement.write("progress", f"{goal.description}: {progress.state.replace('_', ' ')}. {progress.sentence}")
    if progress.alert and not _snoozed(state, goal.id, progress.state, len(values)):
        _escalate(judgement, goal, progress)


def course_of(state: PlanState, goal: ObjectiveGoal) -> Progress | None:
    """The progress of an objective goal, or None where its measure has no error to judge a slope by.

    After a plan change the window starts anew: the last value before it is the baseline of what follows.
    """
    measure = goal.catalogued
    if measure.sem is None or not measure.slope:
        return None
    restart = state.window_from.get(goal.id, 1)
    values = [(v.session, v.value, v.rater) for v in state.values_of(goal.id)]
    before = [value for value in values if value[0] <= restart]
    first = before[-1] if before else (restart, goal.baseline, goal.rater)
    series = [first, *(value for value in values if value[0] > restart)]
    last = goal.last_benchmark
    by_session = last.by_session if last.by_session - restart >= FEWEST_AFTER_CHANGE or restart == 1 else restart + 4
    target = last.value(goal.baseline, goal.target)
    if target == goal.baseline:
        return None
    is_beyond = first[1] == target or (target > goal.baseline) != (target > first[1])
    course = GoalCourse(
        baseline=goal.baseline
        if is_beyond
        else first[1],  # begun at or beyond the goal: the first one has the direction
        target=target,
        by_session=by_session,
        sem=measure.sem,
        mcid=measure.mcid,
        what=measure.name,
        unit=measure.unit,
    )
    sems = [measure.sem * (1 if rater == goal.rater else OTHER_RATER_WIDENS) for _, _, rater in series]
    return assess([(session, value) for session, value, _ in series], course, sems=sems)


def _snoozed(state: PlanState, goal_id: str, now: ProgressState, values: int) -> bool:
    snooze = state.snoozed.get(goal_id)
    return snooze is not None and values < snooze.values + NEW_VALUES_TO_WAKE and rank(now) <= rank(snooze.state)


def _escalate(judgement: Judgement, goal: ObjectiveGoal, progress: Progress) -> None:
    kind = progress.state
    if kind not in ("plateau", "slow", "no_response", "worsening", "relapse", "missed"):
        return
    state = judgement.state
    state.snoozed[goal.id] = Snooze(state=kind, values=len(state.values_of(goal.id)))
    judgement.ask(
        kind,
        f"{goal.description}: {_NAMES[kind]}. Continue, modify, new goal, maintenance or refer out?",
        [progress.sentence, *_evidence(state, goal), *coverage_evidence(judgement)],
        goal_id=goal.id,
    )


def _watch_for_relapse(judgement: Judgement, goal: FunctionalGoal) -> None:
    """A yes that became a no again is told to the therapist, once for each no."""
    state = judgement.state
    values = state.values_of(goal.id)
    if len(values) < 2 or values[-1].value == 1.0 or not any(value.value == 1.0 for value in values):
        return
    known = state.snoozed.get(goal.id)
    if known is not None and known.state == "relapse" and len(values) < known.values + NEW_VALUES_TO_WAKE:
        return
    state.snoozed[goal.id] = Snooze(state="relapse", values=len(values))
    judgement.ask(
        "relapse",
        f"{goal.description}: {_NAMES['relapse']}. Continue, modify, new goal, maintenance or refer out?",
        [
            f"It was a yes before; at session {values[-1].session} it is a no.",
            *_evidence(state, goal),
            *coverage_evidence(judgement),
        ],
        goal_id=goal.id,
    )


_NAMES: dict[str, str] = {
    "plateau": "it got better and has stopped",
    "slow": "it moves, but too slowly to get there in time",
    "no_response": "nothing has changed since the first session",
    "worsening": "it is getting worse",
    "relapse": "it was reached and is slipping back",
    "missed": "the benchmark has passed and it isn't reached",
}


def _evidence(state: PlanState, goal: Goal) -> list[str]:
    if isinstance(goal, FunctionalGoal):
        return [f"Question: {goal.question}"]
    values = ", ".join(f"session {value.session}: {value.value:g}" for value in state.values_of(goal.id))
    measure = goal.catalogued
    mdc = f"; less than {measure.mdc:g} can't be told from chance" if measure.mdc is not None else ""
    return [f"{measure.name}: baseline {goal.baseline:g}, target {goal.target:g}{mdc}.", f"Values: {values or 'none'}."]


def _is_met(state: PlanState, goal: Goal) -> bool:
    if isinstance(goal, FunctionalGoal):
        values = state.values_of(goal.id)
        return bool(values) and values[-1].value == 1.0
    if state.benchmarks.get(benchmark_key(goal.id, goal.last_benchmark)) == "met":
        note = state.progress.get(goal.id)
        return note is None or note.state != "relapse"
    note = state.progress.get(goal.id)
    return note is not None and note.state == "met"


def _check_end(judgement: Judgement) -> None:
    state = judgement.state
    goals = state.plan.goals
    if all(_is_met(state, goal) for goal in goals):
        if state.goals_met_for != sorted(goal.id for goal in goals):
            state.goals_met_for = sorted(goal.id for goal in goals)
            judgement.ask(
                "goals_met",
                "Every goal is met. Maintenance, a new goal, or is the plan complete?",
                [*(f"Met: {goal.description}." for goal in goals), *coverage_evidence(judgement)],
            )
        return
    planned = state.plan.dosage.sessions
    if planned == "open" or len(state.sessions) < planned:
        return
    settled = all(pending_benchmark(state, goal) is None for goal in goals)
    asked = any(a.open or (a.kind == "sessions_done" and a.session == len(state.sessions)) for a in state.asked)
    if settled and not asked:
        unmet = [goal.description for goal in goals if not _is_met(state, goal)]
        judgement.ask(
            "sessions_done",
            f"All {planned} sessions took place and not every goal is met. Modify, or refer out?",
            [*(f"Not met: {description}." for description in unmet), *coverage_evidence(judgement)],
        )


_NOT_ASKED = {"sent": "The client was asked and didn't answer.", None: "The client can't measure this."}


def ask_therapist_for_benchmark(judgement: Judgement, goal_id: str, session: int) -> None:
    """Nobody said whether the benchmark was reached: the therapist is asked."""
    goal = judgement.state.plan.goal(goal_id)
    if goal is None:
        return
    judgement.state.benchmarks[f"{goal_id}:{session}"] = "asked"
    measuring = measure_key(goal_id, judgement.state.sessions[session - 1])
    asking = f"benchmark:{goal_id}:{session}" if isinstance(goal, FunctionalGoal) else measuring
    asked = judgement.state.done.get(asking)
    judgement.ask(
        "benchmark_unknown",
        f"Was the benchmark of session {session} reached: {goal.description}?",
        [
            "No value was recorded at the session.",
            _NOT_ASKED.get(asked, "The client could not be asked."),
            "Record the measure to settle it, or decide how the plan goes on.",
            *coverage_evidence(judgement),
        ],
        goal_id=goal_id,
    )
