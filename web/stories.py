"""Pages that play the examples: two months of a plan in a minute, with its timeline, phone and charts as they grow.

Only with MESSAGING=local. A story is played on records and a clock of its own (web.plays); a page only reads along, by
server-sent events, or without scripts by being loaded again every few seconds.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Annotated, Any, Literal, cast
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.datastructures import State

from domain.progress_chart import ProgressChart
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.charts import NARROW, svg
from web.languages import gettext, marked
from web.plays import MOST_AT_ONCE, Play, Plays, TooManyPlays
from web.problems import ProblemError
from web.rendering import TEMPLATES, page
from web.rights import needs
from web.story_told import STORIES, StoryFile, Told, day_of, story_file, time_of
from web.wiring import look_at_engine

LOOK_EVERY_SECONDS = 0.25
_NO_STORY = marked("There is no story at this address.")
_FORGOTTEN = marked("This play is over and was put away. Play the story again.")
_NOT_HERE = marked("Stories can't be played here.")

router = APIRouter(
    prefix="/stories",
    include_in_schema=False,
    max_body_size=LARGEST_FORM,
    dependencies=[needs("see_plans"), Depends(look_at_engine)],
)
Place = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("")
def stories(request: Request, visitor: LoggedIn) -> Response:
    """The examples, each with a button that plays it."""
    return _page(request, visitor, "stories.html", stories=STORIES, possible=_plays(request).possible)


@router.get("/{name}")
def story(request: Request, visitor: LoggedIn, name: str) -> Response:
    """One example, before it is played."""
    return _story_page(request, visitor, _known(name), None)


@router.post("/{name}")
async def play_story(request: Request, visitor: OwnForm, name: str) -> Response:
    """Play an example from its start."""
    known, plays = _known(name), _plays(request)
    if not plays.possible:
        raise ProblemError(HTTPStatus.NOT_FOUND, _NOT_HERE)
    try:
        play = plays.start(known.name)
    except TooManyPlays:
        busy = gettext("%(count)s stories are being played already. Try again when one of them is over.")
        busy %= {"count": MOST_AT_ONCE}
        return _story_page(request, visitor, known, None, busy, HTTPStatus.CONFLICT)
    return RedirectResponse(f"/stories/{known.name}/{play.play_id}", HTTPStatus.SEE_OTHER)


@router.get("/{name}/{play_id}")
def play(request: Request, visitor: LoggedIn, name: str, play_id: str) -> Response:
    """A story as far as it is told."""
    known, found = _known(name), _plays(request).find(play_id)
    if found is None or found.name != known.name:
        return _story_page(request, visitor, known, None, gettext(_FORGOTTEN), HTTPStatus.NOT_FOUND)
    found.look()
    return _story_page(request, visitor, known, found)


@router.get("/{name}/{play_id}/charts/{place}/{number}.svg")
async def story_chart(
    request: Request,
    visitor: LoggedIn,
    name: str,
    play_id: str,
    place: int,
    number: int,
    theme: Literal["light", "dark"] = "light",
) -> Response:
    """One chart as it stood when that piece of news was told."""
    drawn = await run_in_threadpool(svg, _chart(_found(request, name, play_id), place, number), theme, NARROW)
    return Response(drawn, media_type="image/svg+xml")


@router.get("/{name}/{play_id}/news")
async def story_news(
    request: Request,
    visitor: LoggedIn,
    name: str,
    play_id: str,
    since: Place = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """What is told from now on, as server-sent events; after a broken connection, from where it broke."""
    found = _found(request, name, play_id)
    begin = int(last_event_id) if last_event_id and last_event_id.isdecimal() and len(last_event_id) <= 18 else since
    return EventSourceResponse(_news(found, begin))


async def _news(play: Play, place: int) -> AsyncGenerator[ServerSentEvent]:
    while True:
        play.look()
        while place < len(play.told):
            place += 1
            yield ServerSentEvent(json.dumps(_shown(play, place - 1)), event="told", id=str(place))
        if play.over:
            yield ServerSentEvent("", event="over", id=str(place))
            return
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def _shown(play: Play, place: int) -> dict[str, str]:
    """One piece of news as pieces of the page, each under the name of where it goes."""
    told, parts = play.told[place], TEMPLATES.env.get_template("story_parts.html").module
    if told.line is not None:
        line = told.line
        shown = {"day": day_of(line.at), "timeline": str(cast(Any, parts).entry(_words(told)))}
        if line.on_the_phone:
            shown["mail" if line.channel == "email" else "texts"] = str(cast(Any, parts).bubble(_words(told)))
        return shown
    if told.charts is not None:
        return {"charts": str(cast(Any, parts).charts(told.charts, _charts_at(play, place)))}
    return {"end": str(cast(Any, parts).ending(told.end, told.trouble))}


def _words(told: Told) -> dict[str, Any]:
    line = told.line
    assert line is not None  # noqa: S101 - the callers have looked
    return {"line": line, "day": day_of(line.at), "time": time_of(line.at)}


def _charts_at(play: Play, place: int) -> str:
    return f"/stories/{quote(play.name)}/{quote(play.play_id)}/charts/{place}"


def _story_page(
    request: Request, visitor: Visitor, known: StoryFile, play: Play | None, wrong: str = "", status: int = 200
) -> Response:
    lines = [_words(told) for told in play.told if told.line is not None] if play else []
    on_the_phone = [shown for shown in lines if shown["line"].on_the_phone]
    charts_at = play.charts_at if play else None
    charts: list[ProgressChart] = []
    if play is not None and charts_at is not None:
        charts = play.told[charts_at].charts or []
    return _page(
        request,
        visitor,
        "story.html",
        status,
        story=known,
        play=play,
        possible=_plays(request).possible,
        wrong=wrong,
        lines=list(reversed(lines)),
        texts=[shown for shown in on_the_phone if shown["line"].channel != "email"],
        mail=[shown for shown in on_the_phone if shown["line"].channel == "email"],
        charts=charts,
        charts_at=_charts_at(play, charts_at) if play and charts_at is not None else "",
        told=len(play.told) if play else 0,
    )


def _known(name: str) -> StoryFile:
    known = story_file(name)
    if known is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, _NO_STORY)
    return known


def _found(request: Request, name: str, play_id: str) -> Play:
    play = _plays(request).find(play_id)
    if play is None or play.name != name:
        raise ProblemError(HTTPStatus.NOT_FOUND, _NO_STORY)
    return play


def _chart(play: Play, place: int, number: int) -> ProgressChart:
    charts = play.told[place].charts if 0 <= place < len(play.told) else None
    if charts is None or not 0 <= number < len(charts):
        raise ProblemError(HTTPStatus.NOT_FOUND, _NO_STORY)
    return charts[number]


def _plays(request: Request) -> Plays:
    return plays_of(request.app.state)


def plays_of(state: State) -> Plays:
    """The plays of this app."""
    return cast(Plays, state.plays)


def _page(request: Request, visitor: Visitor, template: str, status: int = 200, **context: Any) -> Response:
    return page(request, template, {"visitor": visitor, "csrf": visitor.csrf, **context}, status)
