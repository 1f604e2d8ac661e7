"""The progress report of a plan: what was agreed, what was measured, what it amounts to. For payers and prescribers.

Every number is the plan's own record. What isn't recorded is named as missing.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.agenda_benchmarks import benchmark_key
from domain.coverage_terms import SIMPLE, Authorization
from domain.measured_change import (
    amount,
    day_of_session,
    goal_in_words,
    measure_name,
    measured_change,
    on_day,
    yes_or_no,
)
from domain.papers import (
    BLANK,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Signature,
    Table,
    capitalised,
    counted,
    days_in_words,
    in_words,
    phone_in_words,
)
from domain.plain_words import spacing
from domain.plan import FunctionalGoal, Goal, Homework, ObjectiveGoal
from domain.state import Appointment, JournalLine, PlanState

CHANGES = ("plan_change", "new_goal", "maintenance", "discharge")
"""Lines of the story that say that the agreement changed."""
GOALS_IN_A_TABLE = 5
UNCHECKED = ("M", "M/L", "L")
"""How sure a measure's numbers are where nobody has read them in the source."""
_EXPLAINED = (
    "MDC is the smallest difference between two values of one person that is not just measurement error; MCID is the "
    "difference that people notice on average."
)


def progress_report(state: PlanState, today: date, story: Sequence[JournalLine] = ()) -> Paper:
    """The report as of `today`. `story` is the plan's journal from the records; the state keeps only its end."""
    blocks: list[Block] = [
        *_who(state, today),
        *_baseline_and_now(state),
        Heading(text="Values by session"),
        *_values(state),
        Heading(text="Attendance"),
        Listing(items=list(_attendance(state))),
        Heading(text="Goals and benchmarks"),
        _benchmarks(state),
        Heading(text="Treatment"),
        Table(rows=list(_dosage(state))),
        Heading(text="Home program"),
        Listing(items=[_homework(item) for item in state.plan.homework] or ["None is recorded."]),
        Heading(text="What changed"),
        Listing(items=list(_changes(state, story))),
        Heading(text="Not in these records"),
        Listing(items=list(_missing(state))),
        Signature(name=f"{state.plan.therapist.name}, {state.practice.name}"),
    ]
    return Paper(title="Progress report", date=today, practice=state.practice.name, blocks=blocks)


def order_in_words(paper: Authorization) -> str:
    """An order or authorization as the plan knows it: "rx-1, by Dr. Lee, until Jun 1, 2026, for 12 visits"."""
    parts = (
        "as entered in the plan" if paper.id == SIMPLE else paper.id,
        f"by {paper.by}" if paper.by else "",
        f"from {in_words(paper.starts)}" if paper.starts else "",
        f"until {in_words(paper.until)}" if paper.until else "",
        f"for {counted(paper.visits, 'visit')}" if paper.visits is not None else "",
        f"for {', '.join(paper.body_areas)}" if paper.body_areas else "",
    )
    return ", ".join(part for part in parts if part)


def _who(state: PlanState, today: date) -> Iterator[Block]:
    coverage = state.plan.coverage
    payer = state.practice.payer(coverage.payer or "")
    rows = [
        ["Client", state.plan.client.name],
        ["Therapist", state.plan.therapist.name],
        ["Practice", f"{state.practice.name}, {phone_in_words(state.practice.phone)}"],
        ["Plan began", in_words(state.today(state.started_at))],
        ["Sessions so far", str(len(state.sessions))],
    ]
    if coverage.payer:
        rows.append(["Payer", payer.name if payer else coverage.payer])
        rows.append(["Member id", coverage.member_id or BLANK])
    yield Table(rows=rows)
    yield Paragraph(text=f"Drawn from the plan's own records on {in_words(today)}.")


def _baseline_and_now(state: PlanState) -> Iterator[Block]:
    yield Heading(text="Baseline and now")
    goals = state.objective_goals()
    if goals:
        header = ["Goal", "Measure", "Start", "Now", "Change", "MDC", "MCID", "Target"]
        yield Table(header=header, rows=[_compared(state, goal) for goal in goals])
    yield Listing(items=[goal_in_words(state, goal) for goal in state.plan.goals])
    if goals:
        yield Paragraph(text=_EXPLAINED)


def _compared(state: PlanState, goal: ObjectiveGoal) -> list[str]:
    change, measure = measured_change(state, goal), goal.catalogued
    return [
        goal.description,
        f"{measure_name(goal)}, {measure.unit}",
        f"{goal.baseline:g}",
        f"{change.now.value:g}" if change else "-",
        f"{change.now.value - goal.baseline + 0.0:+g}" if change else "-",
        _or_dash(change.mdc if change else measure.mdc),
        _or_dash(measure.mcid),
        f"{goal.target:g}",
    ]


def _values(state: PlanState) -> Iterator[Block]:
    """Every value, a row for each session; tables of a few goals each, so that they fit the page."""
    goals = state.plan.goals
    last = max([len(state.sessions), *(value.session for value in state.values)], default=0)
    for start in range(0, len(goals), GOALS_IN_A_TABLE):
        some = goals[start : start + GOALS_IN_A_TABLE]
        before = ["start", "-", *(f"{goal.baseline:g}" if isinstance(goal, ObjectiveGoal) else "-" for goal in some)]
        rows = [
            [str(session), day_of_session(state, session), *(_cell(state, goal, session) for goal in some)]
            for session in range(1, last + 1)
        ]
        yield Table(header=["Session", "Date", *(goal.description for goal in some)], rows=[before, *rows])
    yield Paragraph(
        text="A dash: nothing recorded. A flare is a bad day with another cause, and is left out of what is judged."
    )


def _cell(state: PlanState, goal: Goal, session: int) -> str:
    """The value that counts for the session, or else the flare that doesn't."""
    counts = [value for value in state.values_of(goal.id) if value.session == session]
    flares = [v for v in state.values if (v.goal_id, v.session, v.flare) == (goal.id, session, True)]
    for value in [*counts, *flares]:
        shown = yes_or_no(value) if isinstance(goal, FunctionalGoal) else f"{value.value:g}"
        by = f" (by {value.rater})" if isinstance(goal, ObjectiveGoal) and value.rater != goal.rater else ""
        return f"{shown}{by}{' (flare)' if value.flare else ''}"
    return "-"


def _attendance(state: PlanState) -> Iterator[str]:
    planned = state.plan.dosage.sessions
    done = counted(len(state.sessions), "session")
    of = "no fixed number is planned" if planned == "open" else f"{planned} planned"
    days = days_in_words([state.day_of(session.starts_at) for session in state.sessions])
    yield f"{done} took place ({of})" + (f": {days}." if days else ".")
    for status, words in (("missed", "missed"), ("cancelled", "cancelled"), ("booked", "still booked")):
        visits = [visit for visit in state.appointments.values() if visit.status == status]
        visits.sort(key=lambda visit: (visit.starts_at, visit.appointment_id))
        days = "; ".join(_visit_day(state, visit) for visit in visits)
        yield f"{counted(len(visits), 'visit') if visits else 'No visits'} {words}" + (f": {days}." if days else ".")


def _visit_day(state: PlanState, visit: Appointment) -> str:
    # A visit whose cancellation came without its booking carries the moment of that word, not a visit's time.
    unknown = visit.status in ("cancelled", "missed") and visit.starts_at == visit.booked_at == visit.as_of
    return "one on a day that is not recorded" if unknown else in_words(state.day_of(visit.starts_at))


def _benchmarks(state: PlanState) -> Table:
    rows = [
        [goal.description, str(benchmark.by_session), _hoped(goal, benchmark.by_session), _outcome(state, goal, key)]
        for goal in state.plan.goals
        for benchmark in sorted(goal.benchmarks, key=lambda each: each.by_session)
        for key in [benchmark_key(goal.id, benchmark)]
    ]
    return Table(header=["Goal", "By session", "Expected", "Outcome"], rows=rows)


def _hoped(goal: Goal, by_session: int) -> str:
    if isinstance(goal, FunctionalGoal):
        return "yes"
    benchmark = next(each for each in goal.benchmarks if each.by_session == by_session)
    return amount(goal, benchmark.value(goal.baseline, goal.target))


def _outcome(state: PlanState, goal: Goal, key: str) -> str:
    word = state.benchmarks.get(key)
    if word in ("met", "missed"):
        return word
    return "not recorded" if int(key.rsplit(":", 1)[1]) <= len(state.sessions) else "still to come"


def _dosage(state: PlanState) -> Iterator[list[str]]:
    dosage = state.plan.dosage
    yield ["Length of a session", f"{dosage.session_minutes} minutes"]
    yield ["Frequency", spacing(dosage.spacing, "en")]
    yield ["Sessions planned", "open" if dosage.sessions == "open" else str(dosage.sessions)]
    yield ["Technique", dosage.modality]
    yield ["Pressure", dosage.pressure or "not recorded"]
    yield ["Rhythm", dosage.cadence or "not recorded"]


def _homework(item: Homework) -> str:
    note = f" ({item.note})" if item.note else ""
    return f"{capitalised(item.what)}, {spacing(item.every, 'en')}{note}"


def _changes(state: PlanState, story: Sequence[JournalLine]) -> Iterator[str]:
    """From the story where it tells; else what the present state still shows."""
    lines = {line.seq: line for line in [*story, *state.journal] if line.kind in CHANGES}
    for _, line in sorted(lines.items()):
        yield f"{in_words(state.today(line.at))}: {line.text}"
    if lines:
        return
    traces = list(_traces(state))
    yield from traces
    if not traces:
        yield "No change of the plan is recorded here."
    if not story:
        yield "The plan's full story was not at hand for this report; its timeline has every change."


def _traces(state: PlanState) -> Iterator[str]:
    for session in sorted(set(state.window_from.values())):
        yield f"At session {session}{on_day(state, session)} the plan was changed; what was changed is not at hand."
    if state.homework_version > 1 and state.homework_since:
        yield f"{in_words(state.today(state.homework_since))}: the home program was changed."
    if state.maintenance_since:
        yield f"{in_words(state.today(state.maintenance_since))}: the plan goes on as a maintenance plan."


def _missing(state: PlanState) -> Iterator[str]:
    yield f"Diagnosis and its codes: {BLANK}"
    yield f"Client's date of birth: {BLANK}"
    if not any(paper.kind == "prescription" for paper in state.plan.coverage.papers):
        yield f"Prescriber's order: none is recorded. {BLANK}"
    for goal in state.functional_goals():
        yield f"{capitalised(goal.description)}: no answer from before the first session."
    numbers = range(1, len(state.sessions) + 1)
    for goal in state.plan.goals:
        known = {value.session for value in state.values if value.goal_id == goal.id}
        gaps = [str(number) for number in numbers if number not in known]
        if gaps:
            yield f"{capitalised(goal.description)}: no value at session{'s' * (len(gaps) > 1)} {', '.join(gaps)}."
    for goal in state.objective_goals():
        if goal.catalogued.sure in UNCHECKED:
            yield f"MDC and MCID of {goal.catalogued.name}: check them before sending. {goal.catalogued.source}"


def _or_dash(value: float | None) -> str:
    return "-" if value is None else f"{round(value, 2):g}"
