"""The form that starts a plan: a beginning to choose, everything filled in, every message shown, and then the start."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.errors import Refused
from domain.opted_out import warnings_of
from domain.plan import TreatmentPlan
from domain.plan_file import PlanFile, plan_from_json
from domain.preview import preview
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor
from web.form_parts import LOAD_AGAIN, checked_event_id, new_event_id, typed_in
from web.intake import PlanExists
from web.languages import current, gettext, marked
from web.plan_beginnings import plan_beginnings
from web.plan_form import MOST_ROWS, count_of, measure_choices, plan_data, problems_of, typed_of
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, Wiring, look_at_engine, this_moment

ZONES = {
    "America/New_York": marked("Eastern"),
    "America/Chicago": marked("Central"),
    "America/Denver": marked("Mountain"),
    "America/Phoenix": marked("Mountain, Arizona"),
    "America/Los_Angeles": marked("Pacific"),
    "America/Anchorage": marked("Alaska"),
    "Pacific/Honolulu": marked("Hawaii"),
}
LANGUAGES = {"en": marked("English"), "es": marked("Spanish")}
_STEPS = ("goals", "homework")
"""Parts of the form that may have more rows."""
_TEMPLATE_NAMES = {"neck": marked("Neck pain"), "back": marked("Low back pain"), "stress": marked("Stress")}

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/plans/new", dependencies=[needs("edit_plans")])
def new_plan(request: Request, wiring: Wired, visitor: LoggedIn, template: str = "") -> Response:
    """The form, empty or filled in from one of the beginnings."""
    beginning = plan_beginnings(current()).get(template, {})
    therapist = {"therapist.name": visitor.name} if visitor.role == "therapist" else {}
    zone = {"client.time_zone": wiring.practice.time_zone, "client.language": wiring.practice.language}
    return _form(request, wiring, visitor, typed_of(beginning) | zone | therapist, template=template)


@router.post("/plans/new", dependencies=[needs("edit_plans")])
async def start_plan(request: Request, wiring: Wired, visitor: OwnForm) -> Response:
    """More rows, the preview, or the start; a mistake shows the form again with the fix beside each field."""
    typed = await typed_in(request)
    do = typed.pop("do", "preview")
    if do.removeprefix("add_") in _STEPS:
        part = do.removeprefix("add_")
        return _form(request, wiring, visitor, typed, more=part)
    if do == "edit":
        return _form(request, wiring, visitor, typed)
    try:
        event_id = checked_event_id(typed.get("event_id", ""))
    except Refused:
        return _form(request, wiring, visitor, typed, {"form": gettext(LOAD_AGAIN)})
    try:
        plan = plan_from_json(plan_data(typed)).plan
    except Refused as error:
        return _form(request, wiring, visitor, typed, problems_of(error, typed))
    if do == "start":
        return await _start(wiring, plan, event_id)
    return await run_in_threadpool(_preview_page, request, wiring, visitor, plan, typed)


async def _start(wiring: Wiring, plan: TreatmentPlan, event_id: str) -> Response:
    """Enrol it. Its id comes from the form, so that a doubled click starts one plan."""
    plan_id = f"p{event_id.removeprefix('page-')}"
    with suppress(PlanExists):  # by the first of two clicks
        await wiring.intake.enroll(plan.model_copy(update={"plan_id": plan_id}))
    return RedirectResponse(f"/plans/{plan_id}?told=started", HTTPStatus.SEE_OTHER)


def _form(
    request: Request,
    wiring: Wiring,
    visitor: Visitor,
    typed: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
    *,
    template: str = "",
    more: str = "",
) -> Response:
    rows = {part: max(1, count_of(typed, part)) + (part == more) for part in _STEPS}
    names = _shown_names(rows)
    wrong = wrong or {}
    zones = {zone: gettext(name) for zone, name in ZONES.items()} | {
        zone: zone for zone in (wiring.practice.time_zone,) if zone not in ZONES
    }
    payers = {"": gettext("the client pays")} | {payer.id: payer.name for payer in wiring.practice.payers}
    return _page(
        request,
        visitor,
        "new_plan.html",
        422 if wrong else 200,
        typed=typed,
        wrong=wrong,
        others=[fix for name, fix in wrong.items() if name not in names],
        rows={part: min(count, MOST_ROWS) for part, count in rows.items()},
        most=MOST_ROWS,
        beginnings=_TEMPLATE_NAMES,
        beginning=template,
        measures=measure_choices(),
        zones=zones,
        languages={code: gettext(name) for code, name in LANGUAGES.items()},
        payers=payers,
        event_id=typed.get("event_id") or new_event_id(),
    )


def _shown_names(rows: Mapping[str, int]) -> set[str]:
    """The names under which a fix has its place in the form; any other stands above it."""
    names = {"client", "therapist", "title", "goals", "coverage", "homework", "coverage.pool"}
    names.add("client.id")
    for part in ("name", "phone", "email", "time_zone", "language"):
        names |= {f"client.{part}", f"therapist.{part}"}
    names |= {f"consent.{way}.{part}" for way in ("sms", "email") for part in ("date", "source")}
    names |= {
        f"dosage.{part}" for part in ("session_minutes", "spacing", "sessions", "modality", "pressure", "cadence")
    }
    names |= {f"coverage.{part}" for part in ("payer", "member_id", "visits_authorized", "valid_until")}
    for number in range(rows["goals"]):
        parts = ("description", "measure", "question", "baseline", "target", "by_session")
        names |= {f"goals.{number}"} | {f"goals.{number}.{part}" for part in parts}
    for number in range(rows["homework"]):
        names |= {f"homework.{number}"} | {f"homework.{number}.{part}" for part in ("what", "every", "note")}
    return names


def _preview_page(
    request: Request, wiring: Wiring, visitor: Visitor, plan: TreatmentPlan, typed: Mapping[str, str]
) -> Response:
    file, now = PlanFile(plan), this_moment()
    shown = preview(file, wiring.practice, wiring.wording, now)
    lines = [(line, datetime.fromisoformat(line["at"])) for line in shown.messages]
    return _page(
        request,
        visitor,
        "plan_preview.html",
        plan=plan,
        lines=lines,
        starts_at=file.start_after(now),
        warnings=[*shown.warnings, *warnings_of(wiring.records.opted_out_of(plan.client))],
        typed=typed,
    )


def _page(request: Request, visitor: Visitor, template: str, status: int = 200, **context: Any) -> Response:
    return page(request, template, {"visitor": visitor, "csrf": visitor.csrf, **context}, status)
