"""Pages about the staff: who may log in and as what, and one's own password."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from fastapi import APIRouter, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from domain.roles import ROLE_NAMES, Role
from records.audit import Entry
from records.database import Records
from records.staff import HOUSE_OWNER, AddressTaken, StaffMember
from web import passwords
from web.audit import note
from web.auth import LARGEST_FORM, LoggedIn, OwnForm, Visitor, session_token
from web.languages import gettext
from web.left_behind import MOST_SHOWN, still_named
from web.login import new_link
from web.problems import ProblemError
from web.rendering import page
from web.rights import needs
from web.tries import TRIES_PER_ADDRESS
from web.wiring import Wired, Wiring, look_at_engine, this_moment

LONGEST_NAME = 100

_people = needs("manage_people")
router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])
Typed = Annotated[str, Form(max_length=1000)]


@router.get("/people", dependencies=[_people])
def people(request: Request, wiring: Wired, visitor: LoggedIn) -> Response:
    """Everybody who may log in, and who no longer may."""
    return _people_page(request, wiring, visitor)


@router.post("/people", dependencies=[_people])
def add_person(
    request: Request,
    wiring: Wired,
    visitor: OwnForm,
    role: Annotated[Role, Form()],
    name: Typed = "",
    email: Typed = "",
) -> Response:
    """Let somebody in. They ask for a link on the login page, or get one from the owner."""
    typed = {"name": name.strip(), "email": email.strip(), "role": role}
    wrong = {} if 0 < len(typed["name"]) <= LONGEST_NAME else {"name": gettext("Write their name.")}
    try:
        address = validate_email(typed["email"], check_deliverability=False).normalized
        staff_id = "" if wrong else wiring.records.add_staff(typed["name"], address, role, this_moment())
    except EmailNotValidError:
        wrong["email"] = gettext("Write an address such as alex@example.com.")
    except AddressTaken:
        wrong["email"] = gettext("Somebody on this list has this address already.")
    else:
        if staff_id:
            note(request, visitor.staff_id, staff_id)
            return _back()
    return _people_page(request, wiring, visitor, typed, wrong, status=422)


@router.post("/people/{staff_id}/role", dependencies=[_people])
def change_role(wiring: Wired, visitor: OwnForm, staff_id: str, role: Annotated[Role, Form()]) -> Response:
    """Give another role. Their logins end, so that no open page still offers what is no longer theirs."""
    wiring.records.set_role(_other(wiring, visitor, staff_id).staff_id, role, this_moment())
    return _back()


@router.post("/people/{staff_id}/disable", dependencies=[_people])
def disable_person(wiring: Wired, visitor: OwnForm, staff_id: str) -> Response:
    """Let somebody in no more, from this moment on."""
    wiring.records.disable_staff(_other(wiring, visitor, staff_id).staff_id, this_moment())
    return _back()


@router.post("/people/{staff_id}/enable", dependencies=[_people])
def enable_person(wiring: Wired, visitor: OwnForm, staff_id: str) -> Response:
    """Let somebody in again."""
    wiring.records.enable_staff(_other(wiring, visitor, staff_id).staff_id)
    return _back()


@router.post("/people/{staff_id}/link", dependencies=[_people])
def link_for_person(request: Request, wiring: Wired, visitor: OwnForm, staff_id: str) -> Response:
    """A one-time link to hand over, where the practice sends no mail. It is shown once, here."""
    member = _other(wiring, visitor, staff_id)
    if member.disabled_at is not None:
        raise ProblemError(HTTPStatus.CONFLICT, "They may not log in. Let them in again first.")
    base = wiring.settings.public_url or str(request.base_url).rstrip("/")
    link = new_link(wiring.records, staff_id, f"{base}/login/link", this_moment(), made_by=visitor.staff_id)
    return _people_page(request, wiring, visitor, link=link, link_for=member.name)


@router.get("/account", dependencies=[needs("own_login")])
def account(request: Request, wiring: Wired, visitor: LoggedIn, done: bool = False) -> Response:
    """One's own login: name, role, password."""
    return _account_page(request, wiring, visitor, done=done)


@router.post("/account/password", dependencies=[needs("own_login")])
async def set_password(
    request: Request, wiring: Wired, visitor: OwnForm, password: Typed = "", current: Typed = ""
) -> Response:
    """Set one's own password. All other logins of the same person end.

    Who came in by a link from their mailbox need not know the earlier one: that is how a forgotten one is replaced.
    """
    records, now = wiring.records, this_moment()
    if visitor.staff_id == HOUSE_OWNER:
        raise ProblemError(HTTPStatus.CONFLICT, "This login has no e-mail address. Add yourself under People first.")
    fault = passwords.fault_of(password)
    wrong = {"password": fault} if fault else await _wrong_current(records, visitor, current, now)
    if wrong:
        return await run_in_threadpool(_account_page, request, wiring, visitor, wrong, status=422)
    new_hash = await passwords.hashed(password)
    await run_in_threadpool(records.set_password_hash, visitor.staff_id, new_hash, now)
    await run_in_threadpool(records.end_other_sessions, visitor.staff_id, now, session_token(request, wiring))
    return RedirectResponse("/account?done=true", HTTPStatus.SEE_OTHER)


async def _wrong_current(records: Records, visitor: Visitor, current: str, now: datetime) -> dict[str, str]:
    """What is wrong with the earlier password, where one must know it; each login's guesses are counted."""
    kept = await run_in_threadpool(records.password_hash, visitor.staff_id)
    if not kept or visitor.way == "link":
        return {}
    if not await run_in_threadpool(records.begin_try, "own password", visitor.staff_id, now, TRIES_PER_ADDRESS):
        return {"current": gettext("There were too many wrong tries. Wait fifteen minutes.")}
    if not await passwords.is_right(current, kept):
        tried = Entry(now, visitor.staff_id, "gave a wrong password", let_in_by=visitor.let_in_by)
        await run_in_threadpool(records.add_audit, [tried])
        return {"current": gettext("This is not your password.")}
    await run_in_threadpool(records.forget_try, "own password", visitor.staff_id, now)
    return {}


def _other(wiring: Wiring, visitor: Visitor, staff_id: str) -> StaffMember:
    """Somebody else of the staff. Raises a 404 problem, or a 409 one for oneself and for the house owner."""
    member = wiring.records.staff_member(staff_id)
    if member is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is nobody at this address.")
    if staff_id == HOUSE_OWNER:
        raise ProblemError(HTTPStatus.CONFLICT, "Whoever holds the access token stays an owner.")
    if staff_id == visitor.staff_id:
        raise ProblemError(HTTPStatus.CONFLICT, "Another owner has to do this for you.")
    return member


def _people_page(
    request: Request,
    wiring: Wiring,
    visitor: Visitor,
    form: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    *,
    status: int = 200,
    link: str = "",
    link_for: str = "",
) -> Response:
    return _page(
        request,
        visitor,
        "people.html",
        status,
        people=wiring.records.staff(),
        still_named=still_named(wiring.records),
        most_named=MOST_SHOWN,
        house_owner=HOUSE_OWNER,
        roles=ROLE_NAMES,
        form=form or {"name": "", "email": "", "role": "therapist"},
        wrong=wrong or {},
        link=link,
        link_for=link_for,
    )


def _account_page(
    request: Request,
    wiring: Wiring,
    visitor: Visitor,
    wrong: dict[str, str] | None = None,
    *,
    done: bool = False,
    status: int = 200,
) -> Response:
    member = wiring.records.staff_member(visitor.staff_id)
    return _page(
        request,
        visitor,
        "account.html",
        status,
        member=member,
        role=ROLE_NAMES[visitor.role],
        can_have_password=visitor.staff_id != HOUSE_OWNER,
        asks_for_current=bool(member and member.has_password and visitor.way != "link"),
        shortest=passwords.SHORTEST,
        wrong=wrong or {},
        done=done,
    )


def _back() -> Response:
    return RedirectResponse("/people", HTTPStatus.SEE_OTHER)


def _page(request: Request, visitor: Visitor, template: str, status: int = 200, **context: Any) -> Response:
    return page(request, template, {"visitor": visitor, "csrf": visitor.csrf, **context}, status)
