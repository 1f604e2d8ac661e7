"""Plain pages for the practice: the plans, one plan's story, the questions that wait for a person, the desk's tasks."""

import re
from collections import Counter
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.coverage_panel import panel
from domain.deadlines import said
from domain.errors import AlreadyDecided, EventRefused, Refused
from domain.plan import ID_PATTERN
from domain.state import PlanState
from records.views import EscalationView, PlanView
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.choices import choice_words
from web.claim_reading import practice_day
from web.claim_views import board_row
from web.coverage_form import CoverageForm, coverage_form, verified
from web.decision_form import DecisionForm
from web.desk import clients_of, desk_lines
from web.intake import TemporalAway
from web.problems import ProblemError
from web.rendering import page
from web.rights import needs
from web.views import coming_up, escalations_of, show_escalation
from web.wiring import Wired, Wiring, look_at_engine, this_moment

PLANS_PER_PAGE = 50

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]

_STATUSES: dict[type[Exception], int] = {AlreadyDecided: 409, EventRefused: 422, TemporalAway: 503}

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/", dependencies=[needs("see_plans")])
def plans(request: Request, wiring: Wired, visitor: LoggedIn, number: PageNumber = 1) -> Response:
    """All plans, the newest first, and what the front desk has to do."""
    first = (number - 1) * PLANS_PER_PAGE
    views = wiring.records.plans(limit=PLANS_PER_PAGE + 1, offset=first)
    tasks = wiring.records.desk_tasks()
    clients = clients_of(wiring.records, (view.task.plan_id for view in tasks))
    waiting = Counter(view.escalation.plan_id for view in wiring.records.escalations())
    return _page(
        request,
        visitor,
        "plans.html",
        plans=views[:PLANS_PER_PAGE],
        waiting=waiting,
        tasks=desk_lines(tasks, clients),
        number=number,
        more=len(views) > PLANS_PER_PAGE,
    )


@router.get("/plans/{plan_id}", dependencies=[needs("see_plans")])
def plan(request: Request, wiring: Wired, visitor: LoggedIn, plan_id: str) -> Response:
    """One plan: where it stands, its goals, what comes, what happened, what waits for a person."""
    return _page(request, visitor, "plan.html", **_about_plan(wiring, _plan(wiring, plan_id)))


@router.post("/plans/{plan_id}/coverage", dependencies=[needs("follow_claims")])
async def record_coverage(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Keep what the payer said on the phone. A mistake shows the form again as it was filled in."""
    view = await run_in_threadpool(_plan, wiring, plan_id)
    typed = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        event = verified(typed, view.state, this_moment(), practice_day(wiring))
        taken = await wiring.intake.take_event(plan_id, event)
        wrong = {"form": _sentence(taken.because)} if taken.outcome == "refused" else {}
    except Refused as error:
        wrong = {problem.field: problem.fix for problem in error.problems}
    if not wrong:
        return RedirectResponse(f"/plans/{plan_id}#coverage", HTTPStatus.SEE_OTHER)
    filled = coverage_form(view.state, typed, wrong)
    about = await run_in_threadpool(_about_plan, wiring, view, filled)
    return _page(request, visitor, "plan.html", 422, **about)


def _plan(wiring: Wiring, plan_id: str) -> PlanView:
    view = wiring.records.plan(plan_id)
    if view is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is no plan at this address.")
    return view


def _about_plan(wiring: Wiring, view: PlanView, filled: CoverageForm | None = None) -> dict[str, Any]:
    """What the plan's page shows; `filled` is the coverage form as it was sent, where it wasn't taken."""
    state, today = view.state, practice_day(wiring)
    tasks = [task for task in wiring.records.desk_tasks() if task.task.plan_id == state.plan_id]
    return {
        "view": view,
        "state": state,
        "zone": state.zone,
        "goals": [_about_goal(state, goal.id) for goal in state.plan.goals],
        "coming_up": coming_up(state),
        "timeline": list(reversed(wiring.records.timeline(state.plan_id))),
        "open_questions": [asked for asked in escalations_of(wiring.records, state) if asked.status == "open"],
        "tasks": desk_lines(tasks, {state.plan_id: state.plan.client}),
        "coverage": panel(state, today),
        "coverage_form": filled or coverage_form(state),
        "claims": [board_row(claim.state, today) for claim in wiring.records.claims_of_plan(state.plan_id)],
        "day": said,
    }


def _about_goal(state: PlanState, goal_id: str) -> dict[str, Any]:
    return {"goal": state.plan.goal(goal_id), "note": state.progress.get(goal_id), "values": state.values_of(goal_id)}


@router.get("/escalations", dependencies=[needs("see_plans")])
def escalations(request: Request, wiring: Wired, visitor: LoggedIn, all: bool = False) -> Response:
    """The questions that wait for an answer; with `all`, the answered ones too."""
    shown = [show_escalation(view) for view in wiring.records.escalations(open_only=not all)]
    clients = clients_of(wiring.records, (asked.plan_id for asked in shown))
    return _page(request, visitor, "escalations.html", escalations=shown, clients=clients, all=all)


@router.get("/escalations/{escalation_id}", dependencies=[needs("see_plans")])
def escalation(request: Request, wiring: Wired, visitor: LoggedIn, escalation_id: str) -> Response:
    """One question with its evidence and the form that answers it."""
    return _escalation_page(request, visitor, wiring, _found(wiring, escalation_id), DecisionForm())


@router.post("/escalations/{escalation_id}", dependencies=[needs("decide")])
async def decide(
    request: Request, wiring: Wired, visitor: OwnForm, escalation_id: str, form: Annotated[DecisionForm, Form()]
) -> Response:
    """Answer a question. A mistake shows the form again as it was filled in; nothing is half-done."""
    view = await run_in_threadpool(_found, wiring, escalation_id)
    try:
        plan = await run_in_threadpool(wiring.records.plan, view.escalation.plan_id)
        await wiring.intake.decide(escalation_id, form.decision(view.escalation.kind, plan.state if plan else None))
    except Refused as error:
        wrong = {problem.field: problem.fix for problem in error.problems}
        return await run_in_threadpool(_escalation_page, request, visitor, wiring, view, form, wrong, 422)
    except (AlreadyDecided, EventRefused, TemporalAway) as error:
        view = await run_in_threadpool(_found, wiring, escalation_id)
        status, wrong = _STATUSES[type(error)], {"form": _said(error, view)}
        return await run_in_threadpool(_escalation_page, request, visitor, wiring, view, form, wrong, status)
    except LookupError:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is no question at this address.") from None
    return RedirectResponse(f"/escalations/{escalation_id}", HTTPStatus.SEE_OTHER)


def _said(error: Exception, view: EscalationView) -> str:
    """Why the answer wasn't taken, as a sentence. The page below says who decided and when, or why it was withdrawn."""
    if isinstance(error, AlreadyDecided):
        who = f"{view.decided.decision.by} has decided already" if view.decided else "The question was withdrawn"
        return f"{who}; your answer was not taken."
    return _sentence(str(error))


def _sentence(text: str) -> str:
    """A refusal as a sentence of the page."""
    text = text.rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def _found(wiring: Wiring, escalation_id: str) -> EscalationView:
    view = wiring.records.escalation(escalation_id)
    if view is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is no question at this address.")
    return view


def _escalation_page(
    request: Request,
    visitor: Visitor,
    wiring: Wiring,
    view: EscalationView,
    form: DecisionForm,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    plan_view = wiring.records.plan(view.escalation.plan_id)
    return _page(
        request,
        visitor,
        "escalation.html",
        status,
        asked=show_escalation(view),
        because=view.because,
        plan=plan_view.state.plan if plan_view else None,
        choices=choice_words(view.escalation.kind),
        form=form,
        wrong=wrong or {},
    )


@router.post("/tasks/close", dependencies=[needs("do_tasks")])
def close_task(
    wiring: Wired, visitor: OwnForm, key: Annotated[str, Form()], back: Annotated[str, Form()] = ""
) -> Response:
    """The front desk has done a task. `back` is the plan whose page it was on."""
    wiring.records.close_desk_task(key, visitor.name, this_moment())
    there = f"/plans/{back}#tasks" if re.fullmatch(ID_PATTERN, back) else "/#tasks"
    return RedirectResponse(there, HTTPStatus.SEE_OTHER)


def _page(request: Request, visitor: Visitor, template: str, status: int = 200, **context: Any) -> Response:
    return page(request, template, {"visitor": visitor, "csrf": visitor.csrf, **context}, status)
