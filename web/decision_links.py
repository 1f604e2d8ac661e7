"""The page behind the link in a notice: one question, for the person who was told of it. No login.

The link is the secret: signed, for one question and one person, good for some days. Whatever opens links reads the
page and changes nothing; only its buttons do, by POST with the page's own token.
"""

import hashlib
import hmac
from http import HTTPStatus
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.members import owners_to_tell
from domain.stand_in import may_be_asked
from records.views import EscalationView
from web.audit import note
from web.auth import LARGEST_FORM, from_here
from web.charts import Theme
from web.decision_form import DecisionForm
from web.decision_pages import card_page, chart_picture
from web.decisions import Outcome, answer, take_back
from web.kept_apart import without_accusations
from web.languages import gettext, marked
from web.problems import ProblemError
from web.rendering import page
from web.wiring import Wired, Wiring, look_at_engine, this_moment

BY_LINK = "link"
"""Stands in the audit trail for whoever holds a link."""
_CLOSED = marked(
    "This link works no more: the question isn't asked of whom it was sent to. Log in to see what waits for you."
)
_GONE = marked("This link has expired. A newer notice has a newer link, or log in.")
_UNKNOWN = marked("There is no question behind this link. Check that it was copied whole, or log in.")

_OUT_OF_DATE = marked("This form is out of date. Open the link again and send it once more.")

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


class _Opened(NamedTuple):
    """The question behind a link, and the name of the person whom it was sent to."""

    view: EscalationView
    name: str


@router.get("/d/{token}")
def escalation_by_link(request: Request, wiring: Wired, token: str) -> Response:
    """The card of this one question. Changes nothing, however often it is opened and by what."""
    opened = _opened(wiring, token)
    if isinstance(opened, Outcome):
        return _dead_link(request, opened)
    note(request, BY_LINK, opened.view.escalation.escalation_id)
    return _page(request, wiring, token, opened, DecisionForm(), None)


@router.get("/d/{token}/chart.svg")
def chart_of_question(wiring: Wired, token: str, theme: Theme = "light", wide: bool = False) -> Response:
    """The chart on that card, and no other."""
    opened = _opened(wiring, token)
    if isinstance(opened, Outcome):
        raise ProblemError(opened.status, opened.wrong["form"])
    asked = opened.view.escalation
    return chart_picture(wiring, asked.plan_id, asked.goal_id or "", theme, wide=wide)


@router.post("/d/{token}", name="decide")
async def decide_by_link(
    request: Request,
    wiring: Wired,
    token: str,
    form: Annotated[DecisionForm, Form()],
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Answer this one question in the name of the person whom the link was sent to."""
    opened = await _of_own_form(request, wiring, token, csrf)
    if isinstance(opened, Outcome):
        return _dead_link(request, opened)
    note(request, BY_LINK, opened.view.escalation.escalation_id)
    form = form.model_copy(update={"by": opened.name})
    outcome = await answer(wiring, opened.view, form, preview=form.is_preview)
    return await _after(request, wiring, token, opened, form, outcome)


@router.post("/d/{token}/undo", name="undo_decision")
async def undo_by_link(request: Request, wiring: Wired, token: str, csrf: Annotated[str, Form()] = "") -> Response:
    """Take the decision back, while nothing has gone out."""
    opened = await _of_own_form(request, wiring, token, csrf)
    if isinstance(opened, Outcome):
        return _dead_link(request, opened)
    note(request, BY_LINK, opened.view.escalation.escalation_id)
    outcome = await take_back(wiring, opened.view.escalation.escalation_id, opened.name)
    return await _after(request, wiring, token, opened, DecisionForm(), outcome)


async def _after(
    request: Request, wiring: Wiring, token: str, opened: _Opened, form: DecisionForm, outcome: Outcome
) -> Response:
    if outcome.status == HTTPStatus.SEE_OTHER:
        return RedirectResponse(f"/d/{token}", HTTPStatus.SEE_OTHER)
    view = await run_in_threadpool(wiring.records.escalation, opened.view.escalation.escalation_id)
    now = _Opened(view or opened.view, opened.name)
    return await run_in_threadpool(_page, request, wiring, token, now, form, outcome)


async def _of_own_form(request: Request, wiring: Wiring, token: str, csrf: str) -> _Opened | Outcome:
    """What the link opens, if this form was on its own page. Raises a 403 problem for any other."""
    from_here(request)
    if not hmac.compare_digest(csrf.encode(), _csrf(wiring, token).encode()):
        raise ProblemError(HTTPStatus.FORBIDDEN, _OUT_OF_DATE)
    return await run_in_threadpool(_opened, wiring, token)


def _opened(wiring: Wiring, token: str) -> _Opened | Outcome:
    """What the link opens; a status and a sentence where it opens nothing."""
    members = wiring.records.members()
    owners = owners_to_tell(wiring.practice.owner, members)
    link = wiring.records.decision_of_link(token, [owner.name for owner in owners])
    view = wiring.records.escalation(link.escalation_id) if link else None
    if link is None or view is None:
        return Outcome(HTTPStatus.NOT_FOUND, {"form": _UNKNOWN})
    if link.expires_at <= this_moment():
        return Outcome(HTTPStatus.GONE, {"form": _GONE})
    asked = view.escalation
    if link.to == "owner":
        name = link.who if not asked.accuses or link.who != asked.responsible.name else ""
    else:
        person = asked.responsible if link.to == "therapist" else asked.backup
        name = person.name if may_be_asked(asked, link.to, members) else ""
    return _Opened(view, name) if name else Outcome(HTTPStatus.GONE, {"form": _CLOSED})


def _page(
    request: Request, wiring: Wiring, token: str, opened: _Opened, form: DecisionForm, outcome: Outcome | None
) -> Response:
    """The card; 409 where somebody else has answered already, or nobody needs the answer any more."""
    view = opened.view if opened.view.escalation.accuses else without_accusations(opened.view)
    decided = view.decided.decision.by if view.decided else None
    over = view.status != "open" and decided != opened.name
    status = HTTPStatus.CONFLICT if over and (outcome is None or outcome.status < 400) else None
    context = {
        "visitor": None,
        "csrf": _csrf(wiring, token),
        "may_decide": True,
        "by": opened.name,
        "here": f"/d/{token}",
        "chart_address": f"/d/{token}/chart.svg?",
        "by_link": True,
    }
    answer_page = card_page(request, wiring, view, form, outcome, context, status, all_words=view.escalation.accuses)
    answer_page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer_page


def _dead_link(request: Request, outcome: Outcome) -> Response:
    title = gettext("This link has expired") if outcome.status == HTTPStatus.GONE else gettext("Nothing here")
    detail = outcome.wrong["form"]
    context = {"title": title, "detail": gettext(detail)}
    return page(request, "dead_link.html", context, outcome.status)


def _csrf(wiring: Wiring, token: str) -> str:
    """The token of the forms on this link's page; it can't be told from the link alone."""
    key = f"followthrough decision link {wiring.api_token}".encode()
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()
