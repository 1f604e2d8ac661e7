"""What a plan's page shows: where it stands, its goals with their charts, what comes, what happened, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from domain.conversation import is_taken
from domain.coverage_panel import panel
from domain.members import is_out
from domain.plan import Goal
from domain.progress_chart import ProgressChart, chart_of
from domain.state import PlanState, ProgressNote, Value
from records.database import Records
from records.views import PlanView, TimelineLine
from web.auth import Visitor
from web.claim_reading import practice_day
from web.claim_views import board_row
from web.coverage_form import CoverageForm, coverage_form
from web.desk import desk_lines
from web.form_parts import new_event_id
from web.kept_apart import sight_of
from web.languages import day_in_words
from web.problems import ProblemError
from web.views import coming_up, escalations_of
from web.wiring import Wiring, this_moment
from web.withheld import as_sending_sees_it, closed_ways, why_withheld

TASKS_DONE = 5
"""So many tasks that were done last are shown, with who did them."""
STORY_AT_FIRST = 30
"""Lines of the story that a page shows before it is asked for all."""


@dataclass(frozen=True)
class GoalShown:
    """A goal, the latest judgement on it, its values, and its chart once something was measured."""

    goal: Goal
    note: ProgressNote | None
    values: list[Value]
    chart: ProgressChart | None


def found_plan(wiring: Wiring, plan_id: str) -> PlanView:
    """The plan as last saved. Raises a 404 problem."""
    view = wiring.records.plan(plan_id)
    if view is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is no plan at this address.")
    return view


def about_plan(
    wiring: Wiring, visitor: Visitor, view: PlanView, filled: CoverageForm | None = None, *, whole_story: bool = True
) -> dict[str, Any]:
    """The context of the plan's page as this visitor sees it; `filled` is the coverage form where it wasn't taken."""
    state, today = view.state, practice_day(wiring)
    mark = mark_of(wiring, state.plan_id)  # before what it stands for is read: a change meanwhile shows as one
    sight = sight_of(wiring.records, visitor, state)
    timeline = sight.story(wiring.records.timeline(state.plan_id))
    shown = timeline if whole_story else timeline[-STORY_AT_FIRST:]
    tasks = sight.tasks(wiring.records.desk_tasks_of_plan(state.plan_id))
    done = sight.tasks(wiring.records.tasks_done_of_plan(state.plan_id, TASKS_DONE))
    open_questions = [asked for asked in escalations_of(wiring.records, state) if asked.status == "open"]
    return {
        "view": view,
        "state": state,
        "zone": state.zone,
        "mark": mark,
        "goals": goals_of(state, timeline),
        "coming_up": coming_up(state),
        "skippable": not state.ended,
        "once": new_event_id,
        "timeline": list(reversed(shown)),
        "older": len(timeline) - len(shown),
        "open_questions": sight.questions(open_questions),
        "tasks": desk_lines(tasks, {state.plan_id: state.plan.client}),
        "tasks_done": done,
        "let_in_no_more": let_in_no_more(wiring.records, state),
        "coverage": panel(state, today),
        "coverage_form": filled or coverage_form(state),
        "claims": [board_row(claim.state, today) for claim in wiring.records.claims_of_plan(state.plan_id)],
        "in_conversation": is_taken(state, this_moment()),
        "closed": sight.closed(closed_ways(wiring.records, state)),
        "held_visits": [visit for visit in state.booked() if visit.held and visit.starts_at > this_moment()],
        "withheld": why_withheld(as_sending_sees_it(wiring.records, state)),
        "day": day_in_words,
        "refusal": "",
        "told": "",
    }


def let_in_no_more(records: Records, state: PlanState) -> list[str]:
    """The names of those whom this plan still asks though they are let in no more; none once it has ended."""
    people = [] if state.ended else [state.plan.therapist, state.backup]
    members = records.members()
    return list(dict.fromkeys(person.name for person in people if is_out(person, members)))


def goals_of(state: PlanState, timeline: Sequence[TimelineLine]) -> list[GoalShown]:
    """Each goal with its chart, on which the plan's changes are marked with the story's own words."""
    changes = [(line.at, line.text) for line in timeline if line.kind == "plan_change" and not line.status]
    return [
        GoalShown(goal, state.progress.get(goal.id), state.values_of(goal.id), chart_of(state, goal.id, changes))
        for goal in state.plan.goals
    ]


def mark_of(wiring: Wiring, plan_id: str) -> str:
    """What a page was made of, for the stream that tells it of changes."""
    return wiring.records.marks_of([plan_id]).get(plan_id, "")
