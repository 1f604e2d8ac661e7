"""The desk notes what a client said: no more texts, emails or messages at all. From then on nothing else goes out."""

from http import HTTPStatus
from typing import cast

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.client import Channel
from domain.errors import Refused
from domain.staff_events import ConsentWithdrawn
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.form_parts import checked_event_id, new_event_id, typed_in, wrong_of
from web.languages import gettext, marked
from web.plan_reading import found_plan
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, Wiring, look_at_engine, this_moment

CHANNELS = {
    "all": marked("no more messages at all"),
    "sms": marked("no more texts"),
    "email": marked("no more emails"),
}
HOW = {
    "spoken": marked("they said so, on the phone or here"),
    "written": marked("they wrote so, on paper or elsewhere"),
    "other": marked("somebody else told us"),
}
LONGEST_SAID = 300

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/plans/{plan_id}/opt-out", dependencies=[needs("write_to_clients")])
def opt_out_page(request: Request, wiring: Wired, visitor: LoggedIn, plan_id: str) -> Response:
    """The form, and what follows from it."""
    return _page(request, wiring, visitor, plan_id, {}, {})


@router.post("/plans/{plan_id}/opt-out", dependencies=[needs("write_to_clients")])
async def note_opt_out(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """It counts at once, for all plans of this client, also where this one has ended."""
    typed = await typed_in(request)
    view = await run_in_threadpool(found_plan, wiring, plan_id)
    wrong = _wrong(typed)
    if wrong:
        return await run_in_threadpool(_page, request, wiring, visitor, plan_id, typed, wrong)
    event = ConsentWithdrawn.model_validate(
        {
            "event_id": typed["event_id"],
            "occurred_at": this_moment(),
            "channel": cast("Channel", typed["channel"]),
            "how": typed["how"],
            "said": typed.get("said", ""),
            "by": visitor.name[:80],
        }
    )
    await wiring.intake.take_event(view.state.plan_id, event)
    return RedirectResponse(f"/plans/{view.state.plan_id}?told=opted_out", HTTPStatus.SEE_OTHER)


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if typed.get("channel") not in CHANNELS:
        wrong["channel"] = gettext("Choose what they want no more of.")
    if typed.get("how") not in HOW:
        wrong["how"] = gettext("Choose how you know.")
    if len(typed.get("said", "")) > LONGEST_SAID:
        wrong["said"] = gettext("Write at most %(most)s characters.") % {"most": LONGEST_SAID}
    try:
        checked_event_id(typed.get("event_id", ""))
    except Refused as error:
        wrong |= wrong_of(error)
    return wrong


def _page(
    request: Request, wiring: Wiring, visitor: Visitor, plan_id: str, typed: dict[str, str], wrong: dict[str, str]
) -> Response:
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "state": found_plan(wiring, plan_id).state,
        "channels": {name: gettext(words) for name, words in CHANNELS.items()},
        "hows": {name: gettext(words) for name, words in HOW.items()},
        "longest": LONGEST_SAID,
        "event_id": new_event_id(),
        "typed": typed,
        "wrong": wrong,
    }
    return page(request, "opt_out.html", context, 422 if wrong else 200)
