"""Carries a person's decision, or a plan change, into the plan, and tells the client in plain words."""

from datetime import datetime, timedelta

from pydantic import ValidationError

from domain.events import Changes, DecisionMade, PlanChanged
from domain.judgement import Judgement
from domain.plan import Goal, TreatmentPlan
from domain.state import Asked, PlanState, Snooze
from domain.take_coverage import note_coverage
from domain.touchpoint import Fact
from domain.wall_clock import shift

NEWS_LASTS = timedelta(days=14)
"""News about the plan may wait out a pause."""
EMERGENCY_OPEN = "a possible emergency of this client waits for an answer"
LEVERS = ("session_minutes", "spacing", "sessions", "modality", "pressure", "cadence")
ASK_MORE_OR_LESS = ("minutes", "spacing", "sessions")
"""Changes that make the plan need another share of its coverage."""


def take_plan_change(judgement: Judgement, event: PlanChanged) -> None:
    """The therapist changed the plan without being asked."""
    apply_changes(judgement, event.changes, event.event_id, "the therapist changed the plan")


def apply_changes(judgement: Judgement, changes: Changes, key: str, because: str) -> None:
    """Change the plan, restart each goal's progress window, and owe the client the news.

    Changes that make no valid plan are left to the front desk: a plan that can't be read would stop for good.
    """
    state = judgement.state
    if not changes.any():
        return
    old = state.plan
    try:
        state.plan = changed_plan(old, changes)
    except ValidationError as error:
        reasons = "; ".join(item["msg"] for item in error.errors(include_url=False, include_input=False))
        judgement.desk(f"changes:{key}", "refused_event", f"A change could not be made: {reasons}")
        return
    told = _told(old, state.plan)
    if old.homework != state.plan.homework:
        _restart_homework(state, judgement.now)
    if told:
        _restart_windows(state)
        judgement.write("plan_change", f"The plan was changed: {_in_words(told)}.", because=because)
        facts: dict[str, Fact] = {"changes": told}
        judgement.owe(
            f"plan_change:{key}",
            "plan_change",
            "plan_change",
            because,
            facts=facts,
            category="visit",
            lasts=NEWS_LASTS,
        )
    if any(name in ASK_MORE_OR_LESS for name, _ in told):
        note_coverage(judgement, because)
    if changes.goal is not None:
        _goal_is_new(judgement, changes.goal, key, because)


def _told(old: TreatmentPlan, new: TreatmentPlan) -> list[tuple[str, str | int | float | timedelta]]:
    """What the client hears of: each lever that differs, under the name that wording knows."""
    told: list[tuple[str, str | int | float | timedelta]] = [
        ("minutes" if name == "session_minutes" else name, getattr(new.dosage, name))
        for name in LEVERS
        if getattr(new.dosage, name) != getattr(old.dosage, name)
    ]
    if new.homework != old.homework:
        told.append(("homework", ", ".join(item.what for item in new.homework)))
    return told


def _restart_homework(state: PlanState, now: datetime) -> None:
    """New homework has its own rhythm, from now on."""
    state.homework_since = now
    state.homework_version += 1
    state.occurrences = {name: n for name, n in state.occurrences.items() if not name.startswith("homework")}


def _goal_is_new(judgement: Judgement, goal: Goal, key: str, because: str) -> None:
    """A goal that was added, or replaced the one of the same id: its window and snooze start anew."""
    state = judgement.state
    state.maintenance_since = None  # there is something to reach again
    state.goals_met_for = []
    state.window_from[goal.id] = max(len(state.sessions), 1)
    state.snoozed.pop(goal.id, None)
    state.progress.pop(goal.id, None)
    state.benchmarks = {name: word for name, word in state.benchmarks.items() if not name.startswith(f"{goal.id}:")}
    state.done = {name: word for name, word in state.done.items() if not name.startswith(f"benchmark:{goal.id}:")}
    judgement.write("new_goal", f"New goal: {goal.description}.", because=because)
    judgement.owe(
        f"new_goal:{key}",
        "new_goal",
        "new_goal",
        because,
        facts={"goal": goal.description},
        category="visit",
        lasts=NEWS_LASTS,
    )


def _restart_windows(state: PlanState) -> None:
    """Progress is judged anew from here on, except towards goals that are met: those are only watched for a relapse."""
    for goal in state.objective_goals():
        note = state.progress.get(goal.id)
        if note is not None and note.state in ("met", "relapse"):
            continue
        state.window_from[goal.id] = max(len(state.sessions), 1)
        state.progress.pop(goal.id, None)


def take_decision(judgement: Judgement, event: DecisionMade) -> None:
    """A person answered an escalation."""
    state = judgement.state
    asked = next((a for a in state.asked if a.escalation_id == event.escalation_id), None)
    if asked is None or not asked.open:
        judgement.desk(
            f"late:{event.escalation_id}",
            "refused_event",
            f"{event.by} answered a question that needed no answer any more ({event.choice.replace('_', ' ')}): "
            "nothing was changed. Change the plan where it is still wanted.",
        )
        return
    asked.choice = event.choice
    judgement.write("decision", f"{event.by} decided: {event.choice.replace('_', ' ')}.", because=event.reason)
    _release(judgement, asked, event)
    if state.ended:
        return
    if event.choice == "refer_out":
        end_plan(judgement, "refer_out", "the therapist refers the client to other care")
        return
    apply_changes(judgement, event.changes, event.escalation_id, "the therapist decided so")
    if event.choice == "maintenance":
        _maintain(judgement, asked, event)
    elif event.choice == "new_goal" and asked.kind == "goals_met" and event.changes.goal is not None:
        state.review_after = shift(judgement.now, state.policy.review_after, state.zone)
    if asked.goal_id is not None and asked.goal_id in state.snoozed:
        known = state.snoozed[asked.goal_id]
        state.snoozed[asked.goal_id] = Snooze(state=known.state, values=len(state.values_of(asked.goal_id)))


def _release(judgement: Judgement, asked: Asked, event: DecisionMade) -> None:
    """Lift what the question held: a visit after a screening answer, the whole plan after a red flag."""
    state = judgement.state
    if event.choice == "refer_out":
        return
    if asked.kind == "red_flag" and not any(other.open and other.kind == "red_flag" for other in state.asked):
        state.held = False
        for key in state.emergency_tasks:
            judgement.close_desk(key)
        state.emergency_tasks = []
        judgement.write("decision", "A person has cleared the plan.")
    if asked.kind == "screening" and not any(other.open and other.kind == "screening" for other in state.asked):
        held = [visit for visit in state.booked() if visit.held]
        for visit in state.appointments.values():
            visit.held = False
        for visit in [visit for visit in held if visit.starts_at > judgement.now][:1]:
            judgement.owe(
                f"screening_clear:{event.escalation_id}",
                "screening",
                "screening_clear",
                "the therapist has cleared the visit",
                facts={"when": visit.starts_at},
                category="visit",
                appointment_id=visit.appointment_id,
            )


def _maintain(judgement: Judgement, asked: Asked, event: DecisionMade) -> None:
    state = judgement.state
    state.maintenance_since = judgement.now
    state.occurrences.pop("maintenance", None)
    judgement.write("maintenance", "The plan goes on as a maintenance plan.", because=event.reason)
    if event.changes.model_dump(exclude_none=True).keys() <= {"spacing", "sessions"}:  # the proposal tells of these
        state.notices = [notice for notice in state.notices if notice.key != f"plan_change:{event.escalation_id}"]
    judgement.owe(
        f"maintenance:{event.escalation_id}",
        "maintenance",
        "maintenance",
        "the therapist proposes to keep what was reached",
        facts={"spacing": state.plan.dosage.spacing},
        category="visit",
        lasts=NEWS_LASTS,
    )
    if asked.kind == "goals_met":
        state.review_after = shift(judgement.now, state.policy.review_after, state.zone)


def emergency_is_open(state: PlanState) -> bool:
    """Whether words that may mean an emergency still wait for a person's answer."""
    return any(asked.open and asked.kind == "red_flag" for asked in state.asked)


def end_plan(judgement: Judgement, template: str | None, because: str) -> None:
    """The plan is over: one closing message, and then nothing. Without a template not even that, nor while a possible
    emergency waits for a person: nobody in danger is thanked for their trust."""
    state = judgement.state
    if state.ended:
        return
    if template is not None and template != "refer_out" and emergency_is_open(state):
        judgement.write("dropped", f"Not sent: {template.replace('_', ' ')}.", because=EMERGENCY_OPEN)
        template = None
    judgement.drop_notices()
    judgement.withdraw_questions("the plan has ended")
    state.ended, state.held = True, False
    state.questions = []
    state.review_after = None
    judgement.write("discharge", "The plan has ended.", because=because)
    if template is not None:
        judgement.owe("discharge", "discharge", template, because, category="visit")


def changed_plan(plan: TreatmentPlan, changes: Changes) -> TreatmentPlan:
    """The plan as it would be. Raises pydantic.ValidationError where the changes make no plan."""
    levers = {name: getattr(changes, name) for name in LEVERS if getattr(changes, name) is not None}
    homework = plan.homework if changes.homework is None else changes.homework
    goals = [goal for goal in plan.goals if changes.goal is None or goal.id != changes.goal.id]
    if changes.goal is not None:
        goals.append(changes.goal)
    changed = plan.model_copy(
        update={"dosage": plan.dosage.model_copy(update=levers), "homework": homework, "goals": goals}
    )
    return TreatmentPlan.model_validate_json(changed.model_dump_json())


def _in_words(told: list[tuple[str, str | int | float | timedelta]]) -> str:
    return ", ".join(
        f"{name} {f'{value.days} days' if isinstance(value, timedelta) else value}" for name, value in told
    )
