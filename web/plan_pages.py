"""One plan's page, and what can be done from it: send now, skip, pause, resume, end, keep the payer's answers."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.errors import Refused
from domain.events import Event, PlanEnded, PlanPaused, PlanResumed, TouchpointHurried, TouchpointSkipped
from domain.take_changes import emergency_is_open
from records.views import PlanView
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.claim_reading import practice_day
from web.closing_words import closing_words
from web.coverage_form import coverage_form, verified
from web.form_parts import LOAD_AGAIN, checked_event_id, new_event_id, sentence, typed_in, wrong_of
from web.languages import gettext, marked
from web.plan_reading import about_plan, found_plan
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, Wiring, look_at_engine, this_moment
from web.withheld import as_sending_sees_it, why_withheld

TOLD = {
    "sent": marked("It goes out now, unless the hours, the limits or the client's own word forbid it."),
    "skipped": marked("It won't be sent."),
    "paused": marked("The plan is paused: automatic messages stop until somebody resumes it."),
    "resumed": marked("The plan goes on."),
    "ended": marked("The plan is ended. The client gets one closing message and then nothing."),
    "opted_out": marked("It is noted. Nothing of the kind goes out any more, for any plan of this client."),
    "ended_quietly": marked("The plan is ended. Nobody is told."),
    "changed": marked("The plan is changed. The client is told of it in plain words."),
    "started": marked("The plan is started."),
}
"""What a page says after something was done. Its address carries the word, never a name."""
_NOBODY_TOLD = {"changed": marked("The plan is changed."), "ended": marked("The plan is ended.")}
_EMERGENCY_STAYS = marked(
    "The plan is ended. Nobody is told, because a possible emergency of this client is open: answer it."
)
_NOT_ALL = marked("The plan goes on, but not all of it. What still stands:")
LONGEST_NOTE = 200
END_REASONS = {
    "completed": marked("The plan is completed"),
    "moved": marked("The client moves away"),
    "referred": marked("The client goes on with somebody else"),
    "other": marked("Another reason"),
    "deceased": marked("The client has died: nobody is told, and all plans of the client end"),
}
"""What may be chosen, in the words of the form."""

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/plans/{plan_id}", dependencies=[needs("see_plans")])
def plan(request: Request, wiring: Wired, visitor: LoggedIn, plan_id: str, told: str = "", story: str = "") -> Response:
    """One plan: where it stands, its goals, what comes, what happened, what waits for a person."""
    about = about_plan(wiring, visitor, found_plan(wiring, plan_id), whole_story=story == "whole")
    about["told"] = _told(told, about)
    return _page(request, visitor, "plan.html", **about)


def _told(word: str, about: dict[str, Any]) -> str:
    """What was done, and what doesn't follow from it for this client."""
    if word == "ended" and emergency_is_open(about["state"]):
        return gettext(_EMERGENCY_STAYS)
    if word in ("changed", "ended") and about["withheld"]:
        return f"{gettext(_NOBODY_TOLD[word])} {about['withheld']}"
    if word == "resumed" and (about["held_visits"] or about["closed"] or about["state"].held):
        return gettext(_NOT_ALL)
    return TOLD.get(word, "")


@router.post("/plans/{plan_id}/touchpoints", dependencies=[needs("edit_plans")])
async def change_touchpoint(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Send something that comes up now, or take it off the list."""
    typed = await typed_in(request)
    kinds = {"send": (TouchpointHurried, "sent"), "skip": (TouchpointSkipped, "skipped")}
    kind, told = kinds.get(typed.get("what", ""), (None, ""))
    key = typed.get("key", "")
    if kind is None or not 1 <= len(key) <= 300:
        return await _refused(request, wiring, visitor, plan_id, gettext(LOAD_AGAIN))
    return await _take(
        request, wiring, visitor, plan_id, typed, told, "#coming", kind, touchpoint=key, by=visitor.name[:80]
    )


@router.post("/plans/{plan_id}/pause", dependencies=[needs("edit_plans")])
async def pause_plan(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Stop automatic messages until somebody resumes the plan."""
    return await _take(request, wiring, visitor, plan_id, await typed_in(request), "paused", "", PlanPaused)


@router.post("/plans/{plan_id}/resume", dependencies=[needs("edit_plans")])
async def resume_plan(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Let a paused plan go on."""
    return await _take(request, wiring, visitor, plan_id, await typed_in(request), "resumed", "", PlanResumed)


@router.get("/plans/{plan_id}/end", dependencies=[needs("edit_plans")])
def end_plan_page(request: Request, wiring: Wired, visitor: LoggedIn, plan_id: str) -> Response:
    """The first of two steps: what the client will be told, and what stops."""
    return _end_page(request, wiring, visitor, found_plan(wiring, plan_id))


@router.post("/plans/{plan_id}/end", dependencies=[needs("edit_plans")])
async def end_plan(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """The second step: the plan is over."""
    typed = await typed_in(request)
    wrong: dict[str, str] = {}
    if typed.get("reason") not in END_REASONS:
        wrong["reason"] = gettext("Choose why it ends.")
    if len(typed.get("note", "")) > LONGEST_NOTE:
        wrong["note"] = gettext("Write at most %(most)s characters.") % {"most": LONGEST_NOTE}
    if wrong:
        view = await run_in_threadpool(found_plan, wiring, plan_id)
        return await run_in_threadpool(_end_page, request, wiring, visitor, view, typed, wrong)
    quiet = typed["reason"] == "deceased" or "quiet" in typed
    fields = {"reason": typed["reason"], "note": typed.get("note", ""), "quiet": quiet}
    told = "ended_quietly" if quiet else "ended"
    return await _take(request, wiring, visitor, plan_id, typed, told, "", PlanEnded, **fields)


@router.post("/plans/{plan_id}/coverage", dependencies=[needs("follow_claims")])
async def record_coverage(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Keep what the payer said on the phone. A mistake shows the form again as it was filled in."""
    view = await run_in_threadpool(found_plan, wiring, plan_id)
    typed = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        event = verified(typed, view.state, this_moment(), practice_day(wiring))
        taken = await wiring.intake.take_event(plan_id, event)
        wrong = {"form": sentence(taken.because)} if taken.outcome == "refused" else {}
    except Refused as error:
        wrong = wrong_of(error)
    if not wrong:
        return RedirectResponse(f"/plans/{plan_id}#coverage", HTTPStatus.SEE_OTHER)
    filled = coverage_form(view.state, typed, wrong)
    about = await run_in_threadpool(about_plan, wiring, visitor, view, filled)
    return _page(request, visitor, "plan.html", 422, **about)


async def _take(
    request: Request,
    wiring: Wiring,
    visitor: Visitor,
    plan_id: str,
    typed: dict[str, str],
    told: str,
    where: str,
    kind: type[Event],
    **fields: Any,
) -> Response:
    """Tell the plan, and go back to its page; a refusal is said there, and nothing is half-done."""
    await run_in_threadpool(found_plan, wiring, plan_id)
    try:
        event_id = checked_event_id(typed.get("event_id", ""))
    except Refused:
        return await _refused(request, wiring, visitor, plan_id, gettext(LOAD_AGAIN))
    taken = await wiring.intake.take_event(plan_id, kind(event_id=event_id, occurred_at=this_moment(), **fields))
    if taken.outcome == "refused":
        return await _refused(request, wiring, visitor, plan_id, sentence(taken.because), HTTPStatus.CONFLICT)
    return RedirectResponse(f"/plans/{plan_id}?told={told}{where}", HTTPStatus.SEE_OTHER)


async def _refused(
    request: Request, wiring: Wiring, visitor: Visitor, plan_id: str, because: str, status: int = 422
) -> Response:
    view = await run_in_threadpool(found_plan, wiring, plan_id)
    about = await run_in_threadpool(about_plan, wiring, visitor, view)
    about["refusal"] = because
    return _page(request, visitor, "plan.html", status, **about)


def _end_page(
    request: Request,
    wiring: Wiring,
    visitor: Visitor,
    view: PlanView,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
) -> Response:
    seen = as_sending_sees_it(wiring.records, view.state)
    emergencies = [asked for asked in view.state.asked if asked.open and asked.kind == "red_flag"]
    waiting = wiring.records.open_questions_of([view.state.plan_id]).get(view.state.plan_id, 0)
    return _page(
        request,
        visitor,
        "plan_end.html",
        422 if wrong else 200,
        state=view.state,
        died=seen.death_reported,
        withheld=why_withheld(seen),
        emergencies=emergencies,
        words=closing_words(seen, wiring.wording, this_moment()),
        other_words=closing_words(seen, wiring.wording, this_moment(), "plan_closed"),
        reasons=END_REASONS,
        open_claims=[claim for claim in wiring.records.claims_of_plan(view.state.plan_id) if not claim.state.over],
        open_questions=max(waiting - len(emergencies), 0),
        booked=view.state.booked(),
        event_id=new_event_id(),
        longest=LONGEST_NOTE,
        typed=typed or {},
        wrong=wrong or {},
    )


def _page(request: Request, visitor: Visitor, template: str, status: int = 200, **context: Any) -> Response:
    return page(request, template, {"visitor": visitor, "csrf": visitor.csrf, **context}, status)
