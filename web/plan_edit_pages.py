"""The page that changes a running plan."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.errors import Refused
from domain.events import PlanChanged
from records.views import PlanView
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.form_parts import checked_event_id, new_event_id, sentence, typed_in, wrong_of
from web.plan_edit_form import NEW, changes_of, typed_of_plan
from web.plan_form import count_of, measure_choices
from web.plan_reading import found_plan
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, look_at_engine, this_moment

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/plans/{plan_id}/edit", dependencies=[needs("edit_plans")])
def edit_plan_page(request: Request, wiring: Wired, visitor: LoggedIn, plan_id: str, goal: str = NEW) -> Response:
    """The plan's treatment, homework and goals as forms, with today's values filled in."""
    return _edit_page(request, visitor, found_plan(wiring, plan_id), goal=goal)


@router.post("/plans/{plan_id}/edit", dependencies=[needs("edit_plans")])
async def edit_plan(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Change the plan. A mistake shows the form again as it was filled in; nothing is half-done."""
    typed = await typed_in(request)
    view = await run_in_threadpool(found_plan, wiring, plan_id)
    try:
        event_id = checked_event_id(typed.get("event_id", ""))
        changes = changes_of(typed, view.state.plan)
        event = PlanChanged(event_id=event_id, occurred_at=this_moment(), changes=changes)
        taken = await wiring.intake.take_event(plan_id, event)
        wrong = {"form": sentence(taken.because)} if taken.outcome == "refused" else {}
    except Refused as error:
        wrong = wrong_of(error)
    if wrong:
        return _edit_page(request, visitor, view, typed, wrong, goal=typed.get("goal", NEW))
    return RedirectResponse(f"/plans/{plan_id}?told=changed", HTTPStatus.SEE_OTHER)


def _edit_page(
    request: Request,
    visitor: Visitor,
    view: PlanView,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    *,
    goal: str,
) -> Response:
    state = view.state
    written = typed_of_plan(state.plan, goal) | dict(typed or {})
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "state": state,
        "typed": written,
        "wrong": wrong or {},
        "part": (typed or {}).get("part", ""),
        "goal": written["goal"],
        "rows": min(count_of(written, "homework") + (0 if typed else 2), 12),
        "measures": measure_choices(),
        "event_ids": {part: new_event_id() for part in ("treatment", "homework", "goal")},
    }
    return page(request, "plan_edit.html", context, 422 if wrong else 200)
