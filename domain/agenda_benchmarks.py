"""Benchmark checks that need somebody's answer: first the client is asked, then the therapist."""

from collections.abc import Iterator
from datetime import timedelta

from domain.plan import Benchmark, FunctionalGoal, Goal
from domain.state import PlanState, Session
from domain.touchpoint import Touchpoint
from domain.wall_clock import shift

A_YEAR = timedelta(days=365)


def benchmark_key(goal_id: str, benchmark: Benchmark) -> str:
    """What a benchmark is called in the state."""
    return f"{goal_id}:{benchmark.by_session}"


def measure_key(goal_id: str, session: Session) -> str:
    """The key of the request to report a measure after this session."""
    return f"measure:{goal_id}:{session.appointment_id}"


def pending_benchmark(
    state: PlanState, goal: Goal, settled: tuple[str, ...] = ("met", "missed", "asked")
) -> Benchmark | None:
    """The latest benchmark whose session has taken place, while it isn't settled and nobody waits for the therapist."""
    reached = [b for b in goal.benchmarks if b.by_session <= len(state.sessions)]
    latest = max(reached, key=lambda benchmark: benchmark.by_session, default=None)
    return None if latest is None or state.benchmarks.get(benchmark_key(goal.id, latest)) in settled else latest


def benchmark_touchpoints(state: PlanState) -> Iterator[Touchpoint]:
    """For every unsettled benchmark: the question to the client, and once that is over the one to the therapist."""
    for goal in state.plan.goals:
        benchmark = pending_benchmark(state, goal)
        if benchmark is None:
            continue
        if isinstance(goal, FunctionalGoal):
            yield _ask_client(state, goal, benchmark)
        if not _client_may_still_answer(state, goal, benchmark):
            yield _ask_therapist(state, goal, benchmark)


def _ask_client(state: PlanState, goal: FunctionalGoal, benchmark: Benchmark) -> Touchpoint:
    session = state.sessions[benchmark.by_session - 1]
    due_at = shift(session.ends_at, state.policy.benchmark_question_after, state.zone)
    return Touchpoint(
        key=f"benchmark:{goal.id}:{benchmark.by_session}",
        kind="benchmark",
        audience="client",
        template="benchmark_question",
        facts={"question": goal.question},
        due_at=due_at,
        expires_at=due_at + state.policy.answer_within,
        because=f"session {benchmark.by_session} is this goal's benchmark and no answer was recorded at it",
        question="benchmark_yes_no",
        goal_id=goal.id,
        session=benchmark.by_session,
    )


def _asking_key(state: PlanState, goal: Goal, benchmark: Benchmark) -> str | None:
    """The touchpoint that asks the client for this benchmark, or None where the client can't tell."""
    if isinstance(goal, FunctionalGoal):
        return f"benchmark:{goal.id}:{benchmark.by_session}"
    askable = goal.catalogued.ask_client and state.policy.measure_requests
    is_latest = benchmark.by_session == len(state.sessions) and benchmark.by_session > 1
    asking = measure_key(goal.id, state.sessions[benchmark.by_session - 1])
    return asking if askable and (is_latest or asking in state.done) else None


def _client_may_still_answer(state: PlanState, goal: Goal, benchmark: Benchmark) -> bool:
    asking = _asking_key(state, goal, benchmark)
    if asking is None:
        return False
    known = any(v.goal_id == goal.id and v.session == benchmark.by_session for v in state.values)
    if asking not in state.done:
        return isinstance(goal, FunctionalGoal) or not known  # a flare is known and settles nothing
    return any(question.key == asking for question in state.questions)


def _ask_therapist(state: PlanState, goal: Goal, benchmark: Benchmark) -> Touchpoint:
    session = state.sessions[benchmark.by_session - 1]
    due_at = shift(session.ends_at, state.policy.benchmark_question_after, state.zone)
    return Touchpoint(
        key=f"benchmark_ask:{goal.id}:{benchmark.by_session}",
        kind="benchmark",
        audience="therapist",
        template="ask_benchmark",
        due_at=due_at,
        expires_at=due_at + A_YEAR,
        because=f"nobody has said whether the benchmark of session {benchmark.by_session} was reached",
        goal_id=goal.id,
        session=benchmark.by_session,
        any_hour=True,
    )
