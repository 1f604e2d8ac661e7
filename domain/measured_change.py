"""What a goal's values amount to, in words for payers: how far it came, and whether that is more than chance."""

from dataclasses import dataclass
from math import sqrt

from domain.measures import OTHER_RATER_WIDENS
from domain.papers import capitalised, in_words
from domain.plan import FunctionalGoal, Goal, ObjectiveGoal
from domain.state import PlanState, Value

_HAIR = 1e-9


@dataclass(frozen=True)
class MeasuredChange:
    """The way from the baseline to the latest value of a goal. `change` is positive towards the target.

    `mdc` is the smallest change that can be told from measurement error, wider where another rater took the latest
    value, as the two then differ more; None where the measure has none.
    """

    goal: ObjectiveGoal
    now: Value
    change: float
    mdc: float | None

    @property
    def is_real(self) -> bool:
        """Whether the goal came nearer by at least what the measure can tell from its error."""
        return self.mdc is not None and self.change >= self.mdc - _HAIR


def measured_change(state: PlanState, goal: ObjectiveGoal) -> MeasuredChange | None:
    """The change since the baseline, or None where nothing has been measured since."""
    values = state.values_of(goal.id)
    if not values:
        return None
    now, mdc = values[-1], goal.catalogued.mdc
    if mdc is not None and now.rater != goal.rater:
        mdc *= sqrt((1 + OTHER_RATER_WIDENS**2) / 2)
    direction = 1 if goal.target > goal.baseline else -1
    return MeasuredChange(goal, now, direction * (now.value - goal.baseline), mdc)


def goal_in_words(state: PlanState, goal: Goal) -> str:
    """Where a goal began and where it stands, in a few sentences, with what the measure can tell apart."""
    if isinstance(goal, FunctionalGoal):
        return _answers_in_words(state, goal)
    name = f"{capitalised(goal.description)} ({measure_name(goal)})"
    start = f"{name}: {amount(goal, goal.baseline)} at the start"
    change = measured_change(state, goal)
    if change is None:
        return f"{start}, nothing measured since; the goal is {amount(goal, goal.target)}."
    now = f"{amount(goal, change.now.value)} at session {change.now.session}{on_day(state, change.now.session)}"
    return f"{start}, {now}; the goal is {amount(goal, goal.target)}. {_size(change)}"


def _size(change: MeasuredChange) -> str:
    """How much it changed, and whether that is more than error and more than people notice."""
    goal, measure, size = change.goal, change.goal.catalogued, abs(change.change)
    if size < _HAIR:
        return "It has not changed."
    said = f"It changed by {amount(goal, size)} for the {'better' if change.change > 0 else 'worse'}"
    if change.mdc is None:
        return f"{said}; how much of that is measurement error is not known for this measure."
    told = f"the {amount(goal, change.mdc)} that the measure can tell apart (MDC{_other_rater(change)})"
    if size < change.mdc - _HAIR:
        return f"{said}, less than {told}: it may be measurement error."
    if change.change < 0 or measure.mcid is None:
        return f"{said}, {_against(size, change.mdc)} {told}."
    noticed = f"the {amount(goal, measure.mcid)} that people notice on average (MCID)"
    return f"{said}, {_against(size, change.mdc)} {told}, and {_against(size, measure.mcid)} {noticed}."


def _other_rater(change: MeasuredChange) -> str:
    if change.now.rater == change.goal.rater:
        return ""
    return f", widened because the baseline was measured by {change.goal.rater} and this by {change.now.rater}"


def _against(size: float, limit: float) -> str:
    if abs(size - limit) <= _HAIR:
        return "as much as"
    return "more than" if size > limit else "less than"


def _answers_in_words(state: PlanState, goal: FunctionalGoal) -> str:
    name, values = f"{capitalised(goal.description)} (asked: {goal.question})", state.values_of(goal.id)
    if not values:
        return f"{name}: no answer is recorded."
    first, last = values[0], values[-1]
    now = f"{yes_or_no(last)} at session {last.session}{on_day(state, last.session)}"
    if first.session == last.session:
        return f"{name}: {now}; no earlier answer is recorded."
    return f"{name}: {yes_or_no(first)} at session {first.session}{on_day(state, first.session)}, {now}."


def measure_name(goal: ObjectiveGoal) -> str:
    """The measure in plain words, with the side where the goal has one."""
    return goal.catalogued.name + (f", {goal.side}" if goal.side else "")


def amount(goal: ObjectiveGoal, value: float) -> str:
    """A value in the measure's unit: "1 point", "4.5 cm"."""
    unit = goal.catalogued.unit
    value = round(value, 2) + 0.0
    return f"{value:g} {unit[:-1] if value == 1 and unit.endswith('s') else unit}"


def yes_or_no(value: Value) -> str:
    """The answer to a functional goal's question."""
    return "yes" if value.value == 1.0 else "no"


def day_of_session(state: PlanState, session: int) -> str:
    """ "Mar 3, 2026"; a dash where no such session is recorded."""
    held = 1 <= session <= len(state.sessions)
    return in_words(state.day_of(state.sessions[session - 1].starts_at)) if held else "-"


def on_day(state: PlanState, session: int) -> str:
    """ " (Mar 3, 2026)", or nothing where the session isn't recorded."""
    day = day_of_session(state, session)
    return "" if day == "-" else f" ({day})"
