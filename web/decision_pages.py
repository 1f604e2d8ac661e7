"""Questions to a person: their list, one question's card with the answers, undo, and the chart of a goal."""

from functools import lru_cache
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.events import Choice
from domain.progress_chart import ProgressChart, chart_of
from records.staff import HOUSE_OWNER
from records.views import EscalationView
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.charts import NARROW, WIDE, Theme, svg
from web.decision_form import DecisionForm
from web.decisions import Outcome, answer, card, take_back, undo_seconds
from web.desk import clients_of
from web.kept_apart import may_see_question, question_as_shown, reads_accusations, reads_question
from web.languages import Language, current, marked
from web.problems import ProblemError
from web.rendering import page
from web.rights import needs
from web.views import show_escalation
from web.wiring import Wired, Wiring, look_at_engine, this_moment

KEPT_APART = marked("This question isn't for you. An owner answers it, or whoever they ask.")

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/escalations", dependencies=[needs("see_plans")])
def escalations(request: Request, wiring: Wired, visitor: LoggedIn, all: bool = False) -> Response:
    """The questions that wait for an answer; with `all`, the answered ones too."""
    views = wiring.records.escalations(open_only=not all)
    shown = [show_escalation(view) for view in views if may_see_question(wiring.records, visitor, view.escalation)]
    clients = clients_of(wiring.records, (asked.plan_id for asked in shown))
    context = {"visitor": visitor, "csrf": visitor.csrf, "escalations": shown, "clients": clients, "all": all}
    return page(request, "escalations.html", context)


@router.get("/escalations/{escalation_id}", dependencies=[needs("see_plans")])
def escalation(
    request: Request, wiring: Wired, visitor: LoggedIn, escalation_id: str, answer: Choice | None = None
) -> Response:
    """One question with its evidence, and each answer with what follows from it; `answer` is the one to look at."""
    view = _seen(wiring, visitor, escalation_id)
    return _card_page(request, visitor, wiring, view, DecisionForm(choice=answer or ""))


@router.post("/escalations/{escalation_id}", dependencies=[needs("decide")])
async def decide(
    request: Request,
    wiring: Wired,
    visitor: OwnForm,
    escalation_id: str,
    form: Annotated[DecisionForm, Form()],
) -> Response:
    """Answer a question, or see what would follow. A mistake shows the form again as it was filled in."""
    view = await run_in_threadpool(_answered_by, wiring, visitor, escalation_id)
    if visitor.staff_id != HOUSE_OWNER:  # whoever holds the house's token may be anybody, and says who they are
        form = form.model_copy(update={"by": visitor.name})
    outcome = await answer(wiring, view, form, preview=form.is_preview)
    if outcome.status == HTTPStatus.SEE_OTHER:
        return RedirectResponse(f"/escalations/{escalation_id}", HTTPStatus.SEE_OTHER)
    view = await run_in_threadpool(found, wiring, escalation_id)
    return await run_in_threadpool(_card_page, request, visitor, wiring, view, form, outcome)


@router.post("/escalations/{escalation_id}/undo", dependencies=[needs("decide")])
async def undo_decision(request: Request, wiring: Wired, visitor: OwnForm, escalation_id: str) -> Response:
    """Take the decision back, while nothing has gone out."""
    view = await run_in_threadpool(_answered_by, wiring, visitor, escalation_id)
    outcome = await take_back(wiring, escalation_id, visitor.name)
    if outcome.status == HTTPStatus.SEE_OTHER:
        return RedirectResponse(f"/escalations/{escalation_id}", HTTPStatus.SEE_OTHER)
    return await run_in_threadpool(_card_page, request, visitor, wiring, view, DecisionForm(), outcome)


@router.get("/charts/{plan_id}/{goal_id}.svg", dependencies=[needs("see_plans")])
def chart(
    wiring: Wired, visitor: LoggedIn, plan_id: str, goal_id: str, theme: Theme = "light", wide: bool = False
) -> Response:
    """The chart of a goal as a picture."""
    return chart_picture(wiring, plan_id, goal_id, theme, wide=wide)


def chart_picture(wiring: Wiring, plan_id: str, goal_id: str, theme: Theme, *, wide: bool) -> Response:
    """The picture of a goal's chart, drawn once per state of the plan; an empty one where nothing was measured yet.

    Raises a 404 problem where the plan has no such goal.
    """
    view = wiring.records.plan(plan_id)
    lines = wiring.records.timeline(plan_id) if view else []
    changes = [(line.at, line.text) for line in lines if line.kind == "plan_change" and line.direction == "none"]
    drawn = chart_of(view.state, goal_id, changes) if view else None
    if view is None or view.state.plan.goal(goal_id) is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, marked("There is no chart at this address."))
    if drawn is None:
        return Response(NOTHING_YET, media_type="image/svg+xml")
    return Response(_drawn(drawn, theme, WIDE if wide else NARROW, current()), media_type="image/svg+xml")


NOTHING_YET = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'


@lru_cache(maxsize=256)
def _drawn(drawn: ProgressChart, theme: Theme, width: int, language: Language) -> str:
    """`language` is that of the request, which the words are in."""
    return svg(drawn, theme, width)


def found(wiring: Wiring, escalation_id: str) -> EscalationView:
    """The question of this id. Raises a 404 problem."""
    view = wiring.records.escalation(escalation_id)
    if view is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, marked("There is no question at this address."))
    return view


def _seen(wiring: Wiring, visitor: Visitor, escalation_id: str) -> EscalationView:
    """The question, if this visitor may know of it. Raises a 403 problem."""
    view = found(wiring, escalation_id)
    if not may_see_question(wiring.records, visitor, view.escalation):
        raise ProblemError(HTTPStatus.FORBIDDEN, KEPT_APART)
    return view


def _answered_by(wiring: Wiring, visitor: Visitor, escalation_id: str) -> EscalationView:
    """The question, if this visitor may answer it. Raises a 403 problem."""
    view = found(wiring, escalation_id)
    if not reads_question(wiring.records, visitor, view.escalation):
        raise ProblemError(HTTPStatus.FORBIDDEN, KEPT_APART)
    return view


def _card_page(
    request: Request,
    visitor: Visitor,
    wiring: Wiring,
    view: EscalationView,
    form: DecisionForm,
    outcome: Outcome | None = None,
) -> Response:
    here = f"/escalations/{view.escalation.escalation_id}"
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "may_decide": visitor.may("decide"),
        "by": None if visitor.staff_id == HOUSE_OWNER else visitor.name,
        "here": here,
        "chart_address": f"/charts/{view.escalation.plan_id}/{view.escalation.goal_id}.svg?",
        "by_link": False,
    }
    reads = reads_question(wiring.records, visitor, view.escalation)
    context["may_decide"] = context["may_decide"] and reads
    shown = question_as_shown(wiring.records, visitor, view)
    plan = wiring.records.plan(view.escalation.plan_id)
    all_words = (view.escalation.accuses and reads) or reads_accusations(
        wiring.records, visitor, plan.state if plan else None
    )
    return card_page(request, wiring, shown, form, outcome, context, all_words=all_words)


def card_page(
    request: Request,
    wiring: Wiring,
    view: EscalationView,
    form: DecisionForm,
    outcome: Outcome | None,
    context: dict[str, Any],
    status: int | None = None,
    *,
    all_words: bool,
) -> Response:
    """A question's page; `context` says who looks and where its forms go, `all_words` whether they read accusations."""
    plan = wiring.records.plan(view.escalation.plan_id)
    shown = card(wiring, view, plan, form, outcome, all_words=all_words)
    about = {
        "asked": show_escalation(view),
        "because": view.because,
        "plan": plan.state.plan if plan else None,
        "zone": wiring.practice.time_zone,
        "card": shown,
        "form": form,
        "wrong": outcome.wrong if outcome else {},
        "undo_for": undo_seconds(view, this_moment()),
        "values": {name: form.typed(name) or value for name, value in shown.present.items()},
    }
    return page(request, "decision.html", {**about, **context}, status or (outcome.status if outcome else 200))
