"""The list of plans by client: a page at a time, by status, or those of one client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.plan import ID_PATTERN
from domain.state import PlanState, PlanStatus
from records.views import PlanView
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.form_parts import typed_in
from web.languages import marked, ngettext
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, Wiring, look_at_engine, this_moment

PLANS_PER_PAGE = 50
LONGEST_SEARCH = 254
STATUSES: tuple[PlanStatus, ...] = get_args(PlanStatus)
STATUS_WORDS: dict[str, str] = {
    "active": marked("Active"),
    "paused": marked("Paused"),
    "held": marked("On hold"),
    "maintenance": marked("Maintenance"),
    "ended": marked("Ended"),
}

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@dataclass(frozen=True)
class Row:
    """One plan in the list."""

    state: PlanState
    next_visit_at: datetime | None
    questions: int

    @property
    def sessions(self) -> str:
        """How many are done, and of how many, as in '3 of 8 sessions'."""
        done, planned = len(self.state.sessions), self.state.plan.dosage.sessions
        if planned == "open":
            return ngettext("%(done)s session", "%(done)s sessions", done) % {"done": done}
        said = ngettext("%(done)s of %(planned)s session", "%(done)s of %(planned)s sessions", planned)
        return said % {"done": done, "planned": planned}


@router.get("/clients", dependencies=[needs("see_plans")])
def clients(
    request: Request,
    wiring: Wired,
    visitor: LoggedIn,
    status: str = "",
    after: Annotated[str, Query(pattern=ID_PATTERN)] | None = None,
) -> Response:
    """Plans, the newest first, fifty at a time."""
    of = status if status in STATUSES else None
    found = wiring.records.plan_page(PLANS_PER_PAGE, of, after)
    return _page(request, visitor, wiring, found.plans, of, after=after, more=found.more_after)


@router.post("/clients", dependencies=[needs("see_plans")])
async def find_client(request: Request, wiring: Wired, visitor: OwnForm) -> Response:
    """The plans of whoever has exactly this name, number or email.

    A form and no address: names and numbers stay out of the browser's history and of every log on the way.
    """
    typed = await typed_in(request)
    words, status = typed.get("who", "")[:LONGEST_SEARCH], typed.get("status", "")
    if not words:
        there = f"/clients?status={status}" if status in STATUSES else "/clients"
        return RedirectResponse(there, HTTPStatus.SEE_OTHER)
    of = status if status in STATUSES else None
    found = await run_in_threadpool(wiring.records.find_plans, words, PLANS_PER_PAGE, of)
    return await run_in_threadpool(_page, request, visitor, wiring, found, of, words=words)


def _page(
    request: Request,
    visitor: Visitor,
    wiring: Wiring,
    views: Sequence[PlanView],
    status: PlanStatus | None,
    *,
    words: str = "",
    after: str | None = None,
    more: str | None = None,
) -> Response:
    questions = wiring.records.open_questions_of([view.state.plan_id for view in views])
    now = this_moment()
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "rows": [Row(view.state, _next_visit(view, now), questions.get(view.state.plan_id, 0)) for view in views],
        "status": status or "",
        "statuses": STATUS_WORDS,
        "words": words,
        "after": after,
        "more": more,
    }
    return page(request, "clients.html", context)


def _next_visit(view: PlanView, now: datetime) -> datetime | None:
    return next((visit.starts_at for visit in view.state.booked() if visit.starts_at > now), None)
