"""The conversation with one client: what was written both ways, a box to write as a person, and who is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from domain import sms_segments
from domain.client import Channel
from domain.consent import consented
from domain.conversation import is_taken
from domain.errors import Refused
from domain.events import ConversationReleased, ConversationTaken, Event, StaffWrote
from domain.state import PlanState
from domain.touchpoint import STAFF_MESSAGE
from domain.wording import Wording
from records.threads import ThreadLine
from records.views import PlanView
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.form_parts import LOAD_AGAIN, checked_event_id, new_event_id, sentence, typed_in
from web.kept_apart import sight_of
from web.languages import day_in_words, gettext, marked
from web.live import PlanWatch
from web.plan_reading import found_plan, mark_of
from web.problems import ProblemError
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, Wiring, look_at_engine, this_moment
from web.withheld import closed_ways

LONGEST_WORDS = 480
"""Characters of one message that a person writes."""
STREAM_LASTS = timedelta(minutes=5)
"""The browser then opens another one, and its login is looked at again."""
_TOLD = {
    "said": marked("Your words are on their way."),
    "taken": "",
    "released": marked("Automatic messages go again."),
}
_WAYS: dict[Channel, str] = {"sms": marked("text"), "email": marked("email")}

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@dataclass(frozen=True)
class Day:
    """The bubbles of one day, under its heading."""

    title: str
    lines: list[ThreadLine]


@router.get("/plans/{plan_id}/conversation", dependencies=[needs("see_plans")])
def conversation(request: Request, wiring: Wired, visitor: LoggedIn, plan_id: str, told: str = "") -> Response:
    """The thread with the client across channels, and the box to write in."""
    return _conversation_page(request, wiring, visitor, found_plan(wiring, plan_id), told=_TOLD.get(told, ""))


@router.post("/plans/{plan_id}/conversation", dependencies=[needs("write_to_clients")])
async def write_to_client(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """A person's own words go to the client; whoever writes is in the conversation from then on."""
    typed = await typed_in(request)
    view = await run_in_threadpool(found_plan, wiring, plan_id)
    words, ways = typed.get("words", "").replace("\r\n", "\n"), _usable(view.state, this_moment())
    channel = next((way for way in ways if way == typed.get("channel")), None)
    if not 1 <= len(words) <= LONGEST_WORDS:
        said = gettext("Write 1 to %(most)s characters; these are %(count)s.")
        wrong = said % {"most": LONGEST_WORDS, "count": len(words)}
        return await run_in_threadpool(_conversation_page, request, wiring, visitor, view, typed, wrong)
    return await _take(
        request, wiring, visitor, view, typed, "said", StaffWrote, text=words, by=visitor.name[:80], channel=channel
    )


@router.post("/plans/{plan_id}/conversation/take", dependencies=[needs("write_to_clients")])
async def take_conversation(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Automatic messages wait while this person speaks with the client."""
    view, typed = await run_in_threadpool(found_plan, wiring, plan_id), await typed_in(request)
    return await _take(request, wiring, visitor, view, typed, "taken", ConversationTaken, by=visitor.name[:80])


@router.post("/plans/{plan_id}/conversation/release", dependencies=[needs("write_to_clients")])
async def release_conversation(request: Request, wiring: Wired, visitor: OwnForm, plan_id: str) -> Response:
    """Hand the conversation back: automatic messages go again."""
    view, typed = await run_in_threadpool(found_plan, wiring, plan_id), await typed_in(request)
    return await _take(request, wiring, visitor, view, typed, "released", ConversationReleased, by=visitor.name[:80])


@router.get("/plans/{plan_id}/events-stream", dependencies=[needs("see_plans")])
async def plan_changes(request: Request, wiring: Wired, visitor: LoggedIn, plan_id: str, since: str = "") -> Response:
    """Says "changed" once anything about the plan differs from the mark `since`, at once where it does, and ends."""
    mark = await run_in_threadpool(mark_of, wiring, plan_id)
    if not mark:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is no plan at this address.")
    watch: PlanWatch = request.app.state.live

    async def stream():
        now = mark if mark != since else await watch.changed(plan_id, since, STREAM_LASTS)
        if now is not None:
            yield ServerSentEvent(event="changed", data=now)

    return EventSourceResponse(stream())


async def _take(
    request: Request,
    wiring: Wiring,
    visitor: Visitor,
    view: PlanView,
    typed: dict[str, str],
    told: str,
    kind: type[Event],
    **fields: Any,
) -> Response:
    try:
        event_id = checked_event_id(typed.get("event_id", ""))
    except Refused:
        return await run_in_threadpool(_conversation_page, request, wiring, visitor, view, typed, gettext(LOAD_AGAIN))
    event = kind(event_id=event_id, occurred_at=this_moment(), **fields)
    taken = await wiring.intake.take_event(view.state.plan_id, event)
    if taken.outcome == "refused":
        because = sentence(taken.because)
        return await run_in_threadpool(_conversation_page, request, wiring, visitor, view, typed, because, 409)
    return RedirectResponse(f"/plans/{view.state.plan_id}/conversation?told={told}#write", HTTPStatus.SEE_OTHER)


def _conversation_page(
    request: Request,
    wiring: Wiring,
    visitor: Visitor,
    view: PlanView,
    typed: dict[str, str] | None = None,
    wrong: str = "",
    status: int = 422,
    *,
    told: str = "",
) -> Response:
    state, now = view.state, this_moment()
    sight = sight_of(wiring.records, visitor, state)
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "state": state,
        "zone": state.zone,
        "mark": mark_of(wiring, state.plan_id),
        "days": list(_by_day(sight.thread(wiring.records.client_thread(state.plan_id)), state.zone, now)),
        "ways": _usable(state, now),
        "way_names": _WAYS,
        "costs": _costs(wiring.wording, state),
        "longest": LONGEST_WORDS,
        "in_conversation": is_taken(state, now),
        "closed": sight.closed(closed_ways(wiring.records, state)),
        "event_id": new_event_id(),
        "other_event_id": new_event_id(),
        "typed": typed or {},
        "wrong": wrong,
        "told": told,
    }
    return page(request, "conversation.html", context, status if wrong else 200)


def _usable(state: PlanState, now: datetime) -> list[Channel]:
    """By which channels a person may write to the client, the preferred one first; none once the plan has ended."""
    allowed = [] if state.ended else consented(state, now)
    return [channel for channel in allowed if channel not in state.opted_out]


def _costs(wording: Wording, state: PlanState) -> dict[str, Any]:
    """What the script that counts needs to know: how a text begins, and the alphabet of texts."""
    begins = wording.render(
        STAFF_MESSAGE,
        language=state.plan.client.language,
        channel="sms",
        facts={"practice": state.practice.name, "words": ""},
        zone=state.zone,
    ).text
    return {
        "begins": begins,
        "left": max(0, 160 - len(begins)),
        "basic": "".join(sorted(sms_segments.BASIC)),
        "extended": "".join(sorted(sms_segments.EXTENDED)),
    }


def _by_day(lines: list[ThreadLine], zone: str, now: datetime) -> Iterator[Day]:
    def day_of(line: ThreadLine) -> date:
        return line.at.astimezone(ZoneInfo(zone)).date()

    today = now.astimezone(ZoneInfo(zone)).date()
    names = {today: gettext("Today"), today - timedelta(days=1): gettext("Yesterday")}
    for day, some in groupby(lines, key=day_of):
        yield Day(names.get(day, day_in_words(day)), list(some))
