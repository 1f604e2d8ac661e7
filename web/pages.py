"""The inbox: what waits for the person who looks, and the button that says a task done."""

import re
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from domain.plan import ID_PATTERN
from web.audit import note
from web.auth import LARGEST_FORM, LoggedIn, OwnForm
from web.claim_reading import practice_day
from web.inbox import inbox, shown_age
from web.kept_apart import task_as_shown
from web.problems import ProblemError
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, look_at_engine, this_moment

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/", dependencies=[needs("see_plans")])
def inbox_page(request: Request, wiring: Wired, visitor: LoggedIn, number: PageNumber = 1) -> Response:
    """What waits for this person, the most urgent first, and nothing else."""
    now = this_moment()
    shown = inbox(wiring.records, visitor, practice_day(wiring), number)
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "items": [asdict(item) | {"waited": shown_age(item, now)} for item in shown.items],
        "number": number,
        "more": shown.more,
    }
    return page(request, "inbox.html", context)


@router.post("/tasks/close", dependencies=[needs("do_tasks")])
def close_task(
    request: Request, wiring: Wired, visitor: OwnForm, key: Annotated[str, Form()], back: Annotated[str, Form()] = ""
) -> Response:
    """The front desk has done a task, or an owner one of theirs. `back` is the plan whose page it was on."""
    view = wiring.records.desk_task(key)
    if view is not None:
        if task_as_shown(wiring.records, visitor, view) is None:
            raise ProblemError(HTTPStatus.FORBIDDEN, "Your login is not allowed to do this. It is for: owner.")
        note(request, visitor.staff_id, view.task.plan_id, about=view.task.kind)
    wiring.records.close_desk_task(key, visitor.name, this_moment())
    there = f"/plans/{back}#tasks" if re.fullmatch(ID_PATTERN, back) else "/#tasks"
    return RedirectResponse(there, HTTPStatus.SEE_OTHER)
