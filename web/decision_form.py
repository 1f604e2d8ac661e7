"""The form under an escalation, as a person fills it in, and the decision that it means."""

from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.bounds import bounded
from domain.errors import Problem, Refused
from domain.escalation import DecisionBody, EscalationKind
from domain.events import Changes
from domain.plain_errors import plain_number
from domain.plan import TreatmentPlan
from domain.state import PlanState
from domain.take_changes import changed_plan
from web.choices import choices_of
from web.languages import gettext, marked, ngettext

LONGEST_SPACING = timedelta(days=365)

_LEVERS = ("session_minutes", "modality", "pressure", "cadence")
_SESSIONS = marked("Write a whole number from 1 to 200, or the word open.")
_SPACING = marked("Write a number of days above 0 and up to 365, such as 7.")
_FIXES = {
    "choice": marked("Choose one of the answers."),
    "by": marked("Write your name: the record says who decided."),
    "session_minutes": marked("Write whole minutes from 10 to 240, such as 60."),
    "spacing_days": _SPACING,
    "sessions": _SESSIONS,
    "modality": marked("Write 2 to 40 characters."),
    "pressure": marked("Write at most 30 characters."),
    "cadence": marked("Write at most 30 characters."),
    "goal_description": marked("Write what the client wants to do again, in 3 to 60 characters."),
    "goal_question": marked("Write a question that is answered by yes or no, in 5 to 90 characters."),
    "goal_by_session": marked("Write the number of the session by which it should be reached, such as 6."),
    "goal_sessions": _SESSIONS,
    "changes": marked("Change at least one thing, or choose another answer."),
}
_OUR_NAMES = {
    "spacing": "spacing_days",
    "description": "goal_description",
    "question": "goal_question",
    "by_session": "goal_by_session",
}
"""Fields of the form that the decision calls otherwise."""


class DecisionForm(BaseModel):
    """The fields as typed; an empty one leaves the plan as it is. `goal_sessions` is `sessions` beside a new goal."""

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
    goal_sessions: str = ""
    preview: str = ""

    @property
    def is_preview(self) -> bool:
        """Whether the person only wants to see what would follow."""
        return bool(self.preview)

    def typed(self, name: str) -> str:
        """What was typed into this field."""
        return str(getattr(self, name))

    def decision(self, kind: EscalationKind, state: PlanState | None) -> DecisionBody:
        """The decision about this kind of question and this plan. Raises Refused with one problem per wrong field.

        Levers count for "modify" only and the goal for "new goal" only: what was typed and then not chosen is left out.
        """
        wrong: list[str] = []
        if self.choice not in choices_of(kind):
            wrong.append("choice")
        if not self.by.strip():
            wrong.append("by")
        changes = self._changes(state.plan if state else None)
        if self.choice == "modify" and not changes:
            wrong.append("changes")
        problems = {name: gettext(_FIXES[name]) for name in wrong}
        try:
            body = bounded(
                DecisionBody.model_validate(
                    {"choice": self.choice, "by": self.by.strip(), "reason": self.reason.strip(), "changes": changes}
                )
            )
        except ValidationError as error:
            raise _refused(problems, self._fixes(error)) from None
        unfit = self._unfit(state, body.changes) if state else {}
        if problems or unfit:
            raise _refused(problems, unfit)
        return body

    def _changes(self, plan: TreatmentPlan | None) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if self.choice == "modify":
            changes = {name: text for name in _LEVERS if (text := getattr(self, name).strip())}
            if self.spacing_days.strip():
                changes["spacing"] = _days(self.spacing_days)
            changes = {name: value for name, value in changes.items() if not _is_so_already(plan, name, value)}
        if self.choice == "new_goal":
            changes = {"goal": self._goal(plan)}
        sessions = getattr(self, self._sessions_field()).strip().lower()
        sessions = "open" if sessions == gettext("open") else sessions
        if self.choice in ("modify", "new_goal") and sessions and not _is_so_already(plan, "sessions", sessions):
            changes["sessions"] = sessions
        return changes

    def _sessions_field(self) -> str:
        return "goal_sessions" if self.choice == "new_goal" else "sessions"

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

    def _fixes(self, error: ValidationError) -> dict[str, str]:
        """Our own sentence for each field that doesn't fit; none for what concerns the plan as a whole."""
        parts = (str(part) for item in error.errors() for part in item["loc"])
        fields = (self._sessions_field() if part == "sessions" else _OUR_NAMES.get(part, part) for part in parts)
        return {name: gettext(_FIXES[name]) for name in fields if name in _FIXES and name != "changes"}

    def _unfit(self, state: PlanState, changes: Changes) -> dict[str, str]:
        """What is wrong with these changes for this plan, by field."""
        found = _goal_unfit(state, changes)
        try:
            changed_plan(state.plan, changes)
        except ValidationError as error:
            found |= self._fixes(error)
            if not found:
                found[self._sessions_field()] = _too_few_sessions(state.plan)
        if changes.spacing is not None and changes.spacing > LONGEST_SPACING:
            found["spacing_days"] = gettext(_SPACING)
        return found


def _is_so_already(plan: TreatmentPlan | None, name: str, value: str | timedelta) -> bool:
    """The form comes with the present values filled in: one that stands there still changes nothing."""
    if plan is None:
        return False
    now = getattr(plan.dosage, name)
    return now == value if isinstance(value, timedelta) else str(now) == value


def _days(text: str) -> timedelta | str:
    try:
        return timedelta(days=float(text)) if plain_number(text) else "no number"
    except OverflowError:
        return "no number"  # refused like any other length that isn't one


def _goal_unfit(state: PlanState, changes: Changes) -> dict[str, str]:
    """The new goal's session must be one that is still to come, and one that the plan has."""
    if changes.goal is None:
        return {}
    done, by_session = len(state.sessions), changes.goal.last_benchmark.by_session
    sessions = state.plan.dosage.sessions if changes.sessions is None else changes.sessions
    if by_session <= done:
        one = "1 session is done: write %(next)s or more."
        many = "%(done)s sessions are done: write %(next)s or more."
        told = ngettext(one, many, done) % {"done": done, "next": done + 1}
        full = sessions != "open" and sessions <= done
        more = gettext("These are all that the plan has: write a larger number below too.") if full else ""
        return {"goal_by_session": f"{told} {more}".strip()}
    if sessions != "open" and by_session > sessions:
        told = gettext("The plan has %(sessions)s sessions: write %(sessions)s or less, or raise it below.")
        return {"goal_by_session": told % {"sessions": sessions}}
    return {}


def _too_few_sessions(plan: TreatmentPlan) -> str:
    last = max(plan.goals, key=lambda goal: goal.last_benchmark.by_session)
    number = last.last_benchmark.by_session
    told = gettext('"%(goal)s" should be reached by session %(number)s: write %(number)s or more, or the word open.')
    return told % {"goal": last.description, "number": number}


def _refused(first: dict[str, str], second: dict[str, str]) -> Refused:
    return Refused("form", [Problem(name, fix) for name, fix in (second | first).items()])
