"""Pages of claims: the board, one claim's story and its forms, its papers, the practice's deadlines."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.appeal_packet import Packet, appeal_packet
from domain.claim import ClaimState
from domain.errors import EventRefused, Refused
from domain.papers import Paper
from domain.prompt_pay_letter import prompt_pay_letter
from domain.state import JournalLine
from records.views import ClaimView, TimelineLine
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.claim_form_table import FORMS, offered
from web.claim_forms import Mistake, event_of, refused, show_form
from web.claim_reading import practice_day
from web.claim_views import (
    GROUP_TITLES,
    BoardRow,
    board_row,
    deadline_lines,
    denials_shown,
    in_order,
    money_of,
    next_step,
    nudges_waiting,
    open_deadlines,
)
from web.deadline_feed import feed_token
from web.intake import UnknownClaim
from web.languages import day_in_words, gettext, marked
from web.problems import ProblemError
from web.rendering import page
from web.wiring import Wired, Wiring, look_at_engine, this_moment

CLAIMS_PER_PAGE = 50
_NO_CLAIM = marked("There is no claim at this address.")

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
Ending = Literal["pdf", "txt"]

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@dataclass(frozen=True)
class Refusal:
    """The papers of one refusal."""

    number: int
    packet: Packet


@router.get("/claims")
def claims(request: Request, wiring: Wired, visitor: LoggedIn, number: PageNumber = 1) -> Response:
    """The board: all claims, the most urgent first, fifty at a time."""
    today, first = practice_day(wiring), (number - 1) * CLAIMS_PER_PAGE
    views = wiring.records.claims_that_press(CLAIMS_PER_PAGE + 1, first)
    shown = in_order((view.state for view in views[:CLAIMS_PER_PAGE]), today)
    return _page(
        request,
        visitor,
        "claims.html",
        groups=_grouped([board_row(state, today) for state in shown]),
        number=number,
        more=len(views) > CLAIMS_PER_PAGE,
    )


@router.get("/deadlines")
def deadlines(request: Request, wiring: Wired, visitor: LoggedIn, number: PageNumber = 1) -> Response:
    """The open deadlines of the practice by their last day, those of fifty claims at a time; the calendar's link."""
    first = (number - 1) * CLAIMS_PER_PAGE
    views = wiring.records.claims_that_press(CLAIMS_PER_PAGE + 1, first, deadlines_only=True)
    base = wiring.settings.public_url or str(request.base_url).rstrip("/")
    return _page(
        request,
        visitor,
        "deadlines.html",
        lines=open_deadlines((view.state for view in views[:CLAIMS_PER_PAGE]), practice_day(wiring)),
        number=number,
        more=len(views) > CLAIMS_PER_PAGE,
        link=f"{base}/feeds/deadlines/{feed_token(wiring)}.ics",
    )


@router.get("/claims/{claim_id}")
def claim(request: Request, wiring: Wired, visitor: LoggedIn, claim_id: str, recorded: str = "") -> Response:
    """One claim: where it stands, what to do, its deadlines, money and papers, and forms for what happened."""
    told = FORMS[recorded].title if recorded in FORMS else ""
    return _claim_page(request, visitor, wiring, _found(wiring, claim_id), told=told)


@router.post("/claims/{claim_id}/events")
async def record(request: Request, wiring: Wired, visitor: OwnForm, claim_id: str) -> Response:
    """Write down what happened. A mistake shows the form again as it was filled in; nothing is half-done."""
    view = await run_in_threadpool(_found, wiring, claim_id)
    typed = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        event = event_of(typed, this_moment(), practice_day(wiring), view.state.claim.charge)
        taken = await wiring.intake.take_claim_event(claim_id, event)
        if taken.outcome == "refused":
            raise EventRefused(taken.because or "the claim can't take this now")
    except Refused as error:
        mistake = Mistake(typed, {problem.field: problem.fix for problem in error.problems})
        return await run_in_threadpool(_claim_page, request, visitor, wiring, view, mistake)
    except EventRefused as refusal:
        mistake = refused(typed, str(refusal))
        return await run_in_threadpool(_claim_page, request, visitor, wiring, view, mistake)
    except UnknownClaim:
        raise ProblemError(HTTPStatus.NOT_FOUND, gettext(_NO_CLAIM)) from None
    return RedirectResponse(f"/claims/{claim_id}?recorded={event.type}", HTTPStatus.SEE_OTHER)


@router.get("/claims/{claim_id}/packet.{ending}")
def packet(wiring: Wired, visitor: LoggedIn, claim_id: str, ending: Ending, denial: int | None = None) -> Response:
    """The papers of an appeal, drawn from the plan's own records; of the newest refusal unless another is named."""
    state = _found(wiring, claim_id).state
    number = denial if denial is not None else (state.denials[-1].number if state.denials else 0)
    found = _refusal(wiring, state, number)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, gettext("This claim has no such refusal."))
    return _papers(found.packet.papers, ending, f"appeal-{state.claim_id}-{number}")


@router.get("/claims/{claim_id}/prompt-pay.{ending}")
def prompt_pay(wiring: Wired, visitor: LoggedIn, claim_id: str, ending: Ending) -> Response:
    """The draft of a letter that asks for payment, once the payer's time is over."""
    state = _found(wiring, claim_id).state
    return _papers([prompt_pay_letter(state, practice_day(wiring))], ending, f"prompt-pay-{state.claim_id}")


def _found(wiring: Wiring, claim_id: str) -> ClaimView:
    view = wiring.records.claim(claim_id)
    if view is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, gettext(_NO_CLAIM))
    return view


def _claim_page(
    request: Request,
    visitor: Visitor,
    wiring: Wiring,
    view: ClaimView,
    mistake: Mistake | None = None,
    *,
    told: str = "",
) -> Response:
    state, today = view.state, practice_day(wiring)
    likely, others = offered(state.status)
    waiting = nudges_waiting(state, today)
    lines = deadline_lines(state, today)
    refusals = [_refusal(wiring, state, denial.number) for denial in state.denials if not denial.settled]
    shown = [refusal for refusal in refusals if refusal is not None]
    return _page(
        request,
        visitor,
        "claim.html",
        422 if mistake else 200,
        state=state,
        row=board_row(state, today),
        day=day_in_words,
        zone=wiring.practice.time_zone,
        step=next_step(state),
        nudges=[(nudge, show_form(FORMS["nudge_answered"], mistake, nudge=nudge.key)) for nudge in waiting],
        lines=[(line, show_form(FORMS["deadline_let_go"], mistake, deadline=line.key)) for line in lines],
        denials=denials_shown(state),
        money=money_of(state),
        refusals=shown,
        paper_forms={
            paper.id: show_form(FORMS["paper_added"], mistake, paper=paper.id)
            for refusal in shown
            for paper in refusal.packet.needs
        },
        likely=[show_form(kind, mistake) for kind in likely],
        others=[show_form(kind, mistake) for kind in others],
        timeline=list(reversed(wiring.records.claim_story(state.claim_id))),
        mistaken=mistake is not None,
        told=told,
    )


def _refusal(wiring: Wiring, state: ClaimState, number: int) -> Refusal | None:
    """The papers for one refusal; None where the claim has no such refusal or its plan is gone."""
    plan = wiring.records.plan(state.plan_id)
    if plan is None or number not in {denial.number for denial in state.denials}:
        return None
    # The saved state keeps the end of its journal only, so the papers get the whole one instead.
    bare = plan.state.model_copy(update={"journal": []})
    story = _journal(wiring.records.timeline(state.plan_id))
    return Refusal(number, appeal_packet(state, bare, number, practice_day(wiring), story=story))


def _journal(timeline: list[TimelineLine]) -> list[JournalLine]:
    """The lines of a story that are neither our messages nor replies, which alone have a status."""
    lines = [line for line in timeline if not line.status]
    return [
        JournalLine(seq=number, at=line.at, kind=line.kind, channel=line.channel, to=line.to, text=line.text)
        for number, line in enumerate(lines, start=1)
    ]


def _papers(papers: list[Paper], ending: Ending, name: str) -> Response:
    if ending == "pdf":
        from web.paper_pdf import as_pdf  # its library is slow to load, and most who look at claims print nothing

        content, media_type = as_pdf(papers), "application/pdf"
    else:
        content, media_type = "\n\n\n".join(paper.as_text() for paper in papers), "text/plain; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, media_type=media_type, headers=headers)


def _grouped(rows: list[BoardRow]) -> list[tuple[str, list[BoardRow]]]:
    groups = [(title, [row for row in rows if row.group == group]) for group, title in GROUP_TITLES.items()]
    return [(title, some) for title, some in groups if some]


def _page(request: Request, visitor: Visitor, template: str, status: int = 200, **context: Any) -> Response:
    return page(request, template, {"visitor": visitor, "csrf": visitor.csrf, **context}, status)
