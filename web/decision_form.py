"""The form under an escalation, as a person fills it in, and the decision that it means."""

from datetime import timedelta
from typing import Any, cast, get_args

from pydantic import BaseModel, ValidationError

from domain.errors import Problem, Refused
from domain.escalation import DecisionBody
from domain.events import Choice
from domain.plan import TreatmentPlan

_LEVERS = ("session_minutes", "sessions", "modality", "pressure", "cadence")
_NAMES = {
    "session_minutes": "Session length",
    "spacing": "Days between sessions",
    "sessions": "Number of sessions",
    "modality": "Modality",
    "pressure": "Pressure",
    "cadence": "Rhythm",
    "goal": "New goal",
}


class DecisionForm(BaseModel):
    """The fields as typed; an empty one leaves the plan as it is."""

    choice: str = ""
    by: str = ""
    reason: str = ""
    session_minutes: str = ""
    spacing_days: str = ""
    sessions: str = ""
    modality: str = ""
    pressure: str = ""
    cadence: str = ""
    goal_description: str = ""
    goal_question: str = ""
    goal_by_session: str = ""

    def decision(self, plan: TreatmentPlan | None) -> DecisionBody:
        """The decision; `plan` is what it is about. Raises Refused with everything that is missing or wrong.

        Levers count for "modify" only and the goal for "new goal" only: what was typed and then not chosen is left out.
        """
        problems: list[Problem] = []
        if self.choice not in get_args(Choice):
            problems.append(Problem("choice", "Choose one of the five answers."))
        if not self.by.strip():
            problems.append(Problem("by", "Write your name: the record says who decided."))
        changes = self._changes(plan, problems)
        if self.choice == "modify" and not changes and not problems:
            problems.append(Problem("changes", "Change at least one thing, or choose Continue."))
        if problems:
            raise Refused("form", problems)
        body = {"choice": self.choice, "by": self.by.strip(), "reason": self.reason.strip(), "changes": changes}
        try:
            return DecisionBody.model_validate(body)
        except ValidationError as error:
            raise Refused("form", [_said(cast(dict[str, Any], item)) for item in error.errors()]) from None

    def _changes(self, plan: TreatmentPlan | None, problems: list[Problem]) -> dict[str, Any]:
        if self.choice == "modify":
            changes: dict[str, Any] = {name: text for name in _LEVERS if (text := getattr(self, name).strip())}
            if self.spacing_days.strip():
                changes["spacing"] = _days(self.spacing_days, problems)
            return changes
        if self.choice == "new_goal" and self.goal_description.strip():
            return {"goal": self._goal(plan)}
        return {}

    def _goal(self, plan: TreatmentPlan | None) -> dict[str, Any]:
        """A goal that is answered by yes or no; goals with a measure come in a plan change through the API."""
        taken = {goal.id for goal in plan.goals} if plan else set[str]()
        number = next(number for number in range(1, len(taken) + 2) if f"goal-{number}" not in taken)
        return {
            "id": f"goal-{number}",
            "kind": "functional",
            "description": self.goal_description.strip(),
            "question": self.goal_question.strip(),
            "benchmarks": [{"by_session": self.goal_by_session.strip(), "expect": True}],
        }


def _days(text: str, problems: list[Problem]) -> timedelta | None:
    try:
        return timedelta(days=float(text))
    except (ValueError, OverflowError):
        problems.append(Problem("spacing", "Days between sessions: write a number, such as 7."))
        return None


def _said(error: dict[str, Any]) -> Problem:
    """pydantic's sentence, under the name that the form shows."""
    name = next((str(part) for part in error["loc"] if part in _NAMES), "")
    fix = str(error["msg"]).removeprefix("Value error, ")
    inner = {"question": "its question", "by_session": "its session", "description": "its description"}
    part = next((words for key, words in inner.items() if key in error["loc"]), "")
    place = ", ".join(word for word in (_NAMES.get(name, ""), part) if word)
    return Problem(name or "form", f"{place}: {fix}." if place else f"{fix}.")
