"""The page of the audit trail, for the owner."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from records.database import Records
from records.staff import HOUSE_OWNER
from web.audit import API, LINK, REFUSED, STRANGER
from web.auth import LoggedIn
from web.desk import clients_of
from web.languages import gettext, marked, told
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, look_at_engine

ROWS_PER_PAGE = 50
CHECKED_EACH_TIME = 2_000
"""Rows of the trail that are checked whenever it is looked at; all of them on demand, because years take seconds."""
_NOBODYS = {
    API: marked("A program, by the API"),
    LINK: marked("Whoever had the link of a notice"),
    STRANGER: marked("A stranger"),
}

router = APIRouter(include_in_schema=False, dependencies=[Depends(look_at_engine)])


@router.get("/audit", dependencies=[needs("read_audit")])
def audit(
    request: Request,
    wiring: Wired,
    visitor: LoggedIn,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    whole: bool = False,
) -> Response:
    """Who saw and did what, the newest first, and whether the trail is as it was written."""
    records = wiring.records
    rows = records.audit(ROWS_PER_PAGE + 1, before)
    shown, plans = rows[:ROWS_PER_PAGE], _plans_of(records, {row.subject for row in rows if row.subject})
    staff = {member.staff_id: member.name for member in records.staff()}
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "rows": shown,
        "names": _names(staff),
        "said": said,
        "staff": staff.keys() - {HOUSE_OWNER},
        "plans": plans,
        "clients": clients_of(records, plans.values()),
        "broken": records.audit_ok(None if whole else CHECKED_EACH_TIME),
        "checked": None if whole else CHECKED_EACH_TIME,
        "before": before,
        "more": shown[-1].number if len(rows) > ROWS_PER_PAGE else None,
    }
    return page(request, "audit.html", context)


def _names(staff: dict[str, str]) -> dict[str, str]:
    """Everybody who stands in the trail; whoever isn't one person is named in the reader's language."""
    house_owner = {HOUSE_OWNER: told(staff[HOUSE_OWNER])} if HOUSE_OWNER in staff else {}
    return staff | house_owner | {each: gettext(words) for each, words in _NOBODYS.items()}


def said(what: str) -> str:
    """What a row says was done, in the reader's language. Somebody did it: "decided" alone is a question's state."""
    if what.startswith(REFUSED):
        return gettext("was refused: %(what)s") % {"what": said(what.removeprefix(REFUSED))}
    return told(f"somebody {what}").removeprefix("somebody ")


def _plans_of(records: Records, subjects: set[str]) -> dict[str, str]:
    """The plan that each subject is, or is about. Clients that were erased, and staff, have none."""
    found: dict[str, str] = {}
    for subject in subjects:
        escalation = records.escalation(subject)
        claim = records.claim(subject)
        if escalation is not None:
            found[subject] = escalation.escalation.plan_id
        elif claim is not None:
            found[subject] = claim.state.plan_id
        elif records.plan(subject) is not None:
            found[subject] = subject
    return found
