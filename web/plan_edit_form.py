"""The forms that change a running plan: treatment, homework, one goal; and the event that a filled one means."""

from collections.abc import Mapping
from typing import Any

from domain.errors import Problem, Refused
from domain.events import Changes
from domain.plan import Goal, ObjectiveGoal, TreatmentPlan
from domain.plan_file import plan_from_json
from domain.take_changes import LEVERS
from web.form_parts import LOAD_AGAIN, refused
from web.languages import gettext, marked
from web.plan_form import dosage_data, goal_data, homework_data, problems_of, typed_of

NEW = "new"
"""Stands for a goal that the plan doesn't have yet."""
_SAME = marked("Nothing is different: change something first.")
_GOAL = "goals.0"
"""Where the one goal of the form stands."""


def typed_of_plan(plan: TreatmentPlan, goal_id: str = NEW) -> dict[str, str]:
    """What stands in the forms before anything is changed: the plan's own numbers, and the goal that was chosen."""
    data: dict[str, Any] = plan.model_dump(mode="json", exclude_none=True)
    goals = [goal for goal in data["goals"] if goal["id"] == goal_id]
    return typed_of(data | {"goals": goals}) | {"goal": goal_id if goals else NEW}


def changes_of(typed: Mapping[str, str], plan: TreatmentPlan) -> Changes:
    """What is to become different. Raises Refused with one problem per wrong field; "form" is the form as a whole."""
    match typed.get("part"):
        case "treatment":
            return _treatment(typed, plan)
        case "homework":
            new = _checked(typed, plan, {"homework": homework_data(typed)})
            return _some(Changes(homework=new.homework), new.homework != plan.homework)
        case "goal":
            return _goal(typed, plan)
        case _:
            raise Refused("form", [Problem("form", gettext(LOAD_AGAIN))])


def _treatment(typed: Mapping[str, str], plan: TreatmentPlan) -> Changes:
    old = plan.dosage
    filled = {name: value for name, value in dosage_data(typed).items() if value is not None}
    new = _checked(typed, plan, {"dosage": filled}).dosage
    levers = {name: getattr(new, name) for name in LEVERS if getattr(new, name) not in (None, getattr(old, name))}
    return _some(Changes(**levers), bool(levers))


def _goal(typed: Mapping[str, str], plan: TreatmentPlan) -> Changes:
    old = plan.goal(typed.get("goal", NEW))
    goal = goal_data(typed, _GOAL, old.id if old else _unused(plan))
    if old is not None:
        goal |= _kept(old, goal)
    others = [known.model_dump(mode="json", exclude_none=True) for known in plan.goals if old is None or known != old]
    try:
        checked = plan_from_json(_data(plan) | {"goals": [*others, goal]}).plan.goals[-1]
    except Refused as error:
        mine = [Problem(_here(problem.field, len(others)), problem.fix) for problem in error.problems]
        raise refused(problems_of(Refused("form", mine), typed)) from None
    return _some(Changes(goal=checked), checked != old)


def _kept(old: Goal, new: dict[str, Any]) -> dict[str, Any]:
    """What the form doesn't show of a goal: who measured, which side, the benchmarks on the way."""
    same = isinstance(old, ObjectiveGoal) == (new["kind"] == "objective")
    if not same or (isinstance(old, ObjectiveGoal) and old.measure != new["measure"]):
        return {}
    last = new["benchmarks"][-1]
    by_session = str(last["by_session"])
    before = int(by_session) if by_session.isdecimal() and len(by_session) <= 3 else 0
    earlier = [each for each in old.benchmarks if each != old.last_benchmark and each.by_session < before]
    if old.last_benchmark.by_session == before:
        last = old.last_benchmark.model_dump(mode="json")
    kept: dict[str, Any] = {"benchmarks": [*(each.model_dump(mode="json") for each in earlier), last]}
    if isinstance(old, ObjectiveGoal):
        kept |= {"rater": old.rater, "side": old.side}
    return kept


def _checked(typed: Mapping[str, str], plan: TreatmentPlan, changed: dict[str, Any]) -> TreatmentPlan:
    try:
        return plan_from_json(_data(plan) | changed).plan
    except Refused as error:
        raise refused(problems_of(error, typed)) from None


def _data(plan: TreatmentPlan) -> dict[str, Any]:
    return plan.model_dump(mode="json", exclude_none=True)


def _here(path: str, index: int) -> str:
    return _GOAL + path.removeprefix(f"goals.{index}") if path.startswith(f"goals.{index}") else path


def _unused(plan: TreatmentPlan) -> str:
    taken = {goal.id for goal in plan.goals}
    return next(name for number in range(1, len(taken) + 2) if (name := f"goal-{number}") not in taken)


def _some(changes: Changes, different: bool) -> Changes:
    if not different:
        raise Refused("form", [Problem("form", gettext(_SAME))])
    return changes
