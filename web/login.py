"""The ways in: a password, a link by e-mail, the link printed at start, the API token. And the way out.

Opening a link never logs anybody in: mail scanners open every link and run the page's scripts. Its page has one
button, and only that button's POST counts, once.
"""

import logging
import secrets
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from providers.base import DeliveryError
from records.database import Records
from records.logins import SESSION_LASTS, TRIES_WITHIN, Way
from records.staff import StaffMember
from web import passwords
from web.audit import note, note_stranger
from web.auth import COOKIE, LARGEST_FORM, OwnForm, from_here, is_token, session_name, session_token
from web.languages import COOKIE as LANGUAGE_COOKIE
from web.languages import chosen, gettext, marked
from web.rendering import page
from web.tries import forget_try, may_ask, may_try
from web.wiring import Wired, Wiring, look_at_engine, this_moment

LINK_LASTS = timedelta(minutes=15)
PRINTED_LINK_LASTS = timedelta(hours=1)
"""The link that is printed at start waits for somebody to come to the screen."""
LANGUAGE_LASTS = timedelta(days=365)
_WRONG = marked("This e-mail address and password don't go together.")
_WRONG_TOKEN = marked("This is not the access token.")
_WAIT = marked("There were too many wrong tries. Wait fifteen minutes, or have a link sent to you.")

log = logging.getLogger("followthrough.login")
router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])
Typed = Annotated[str, Form(max_length=1000)]


@router.get("/login")
async def login_page(request: Request, wiring: Wired, next: str = "/") -> Response:
    """The login form. Its script fills the field from the part of the address after '#', which no server sees."""
    return _login_page(request, wiring, next)


@router.post("/login")
async def login(
    request: Request,
    wiring: Wired,
    token: Typed = "",
    email: Typed = "",
    password: Typed = "",
    next: Typed = "/",
) -> Response:
    """Check the token, or the address and password. Who knows them needs no form token besides."""
    from_here(request)
    now = this_moment()
    by_token = bool(token)
    address = "" if by_token else email
    if not await run_in_threadpool(may_try, wiring.records, request, address, now):
        await note_stranger(request, "was locked out", await _known(wiring, address))
        return _login_page(request, wiring, next, _WAIT, HTTPStatus.TOO_MANY_REQUESTS)
    if by_token:
        right = is_token(wiring, token.strip())
        member = await run_in_threadpool(wiring.records.house_owner, now) if right else None
    else:
        member = await _by_password(wiring, email, password, now)
    if member is None:
        wrong = _WRONG_TOKEN if by_token else _WRONG
        await note_stranger(request, "failed to log in", await _known(wiring, address), each_time=True)
        return _login_page(request, wiring, next, wrong, HTTPStatus.FORBIDDEN, email=email)
    await run_in_threadpool(forget_try, wiring.records, request, address, now)
    return await _let_in(request, wiring, member, "token" if by_token else "password", next)


@router.post("/login/link")
async def ask_for_link(
    request: Request, wiring: Wired, tasks: BackgroundTasks, email: Typed = "", next: Typed = "/"
) -> Response:
    """Mail a link to this address if it is one of the staff's. The answer is the same, and as quick, if it isn't."""
    from_here(request)
    now = this_moment()
    base = f"{wiring.settings.public_url or str(request.base_url).rstrip('/')}/login/link"
    if await run_in_threadpool(may_ask, wiring.records, request, email, now) and wiring.send_login_mail is not None:
        tasks.add_task(_mail_link, wiring, email, base, next, now)
    answer = page(request, "login_link.html", {"state": "sent", "address": "", "name": ""})
    answer.background = tasks
    return answer


@router.get("/login/link/{token}")
def link_page(request: Request, wiring: Wired, token: str, next: str = "/") -> Response:
    """One button. Opening this page changes nothing, however often and by what it is opened."""
    member = wiring.records.login_link(token, this_moment())
    if member is None:
        return _dead_link(request)
    address = f"/login/link/{token}?next={quote(own_path(next))}"
    return page(request, "login_link.html", {"state": "ready", "address": address, "name": member.name})


@router.post("/login/link/{token}")
async def use_link(request: Request, wiring: Wired, token: str, next: str = "/") -> Response:
    """Log in by the link, once."""
    from_here(request)
    used = await run_in_threadpool(wiring.records.use_login_link, token, this_moment())
    if used is None:
        return _dead_link(request)
    return await _let_in(request, wiring, used.member, "link", next, used.made_by)


@router.post("/logout")
async def logout(request: Request, wiring: Wired, visitor: OwnForm) -> Response:
    """End the login, here and on the server: a copy of the cookie is worth nothing afterwards."""
    await run_in_threadpool(wiring.records.end_session, session_token(request, wiring), this_moment())
    answer = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


@router.post("/language")
async def choose_language(request: Request, language: Typed = "", next: Typed = "/") -> Response:
    """Show the pages in this language from now on, in this browser."""
    from_here(request)
    answer = RedirectResponse(own_path(next), HTTPStatus.SEE_OTHER)
    lasts = int(LANGUAGE_LASTS.total_seconds())
    answer.set_cookie(LANGUAGE_COOKIE, chosen(language), max_age=lasts, httponly=True, samesite="lax")
    return answer


def new_link(
    records: Records, staff_id: str, base: str, at: datetime, lasts: timedelta = LINK_LASTS, made_by: str = ""
) -> str:
    """A fresh one-time link for this person, under `base` (…/login/link). Their earlier ones work no more.

    `made_by` is who made it for them: whoever comes in by it may be either of them, and the trail says so.
    """
    token = secrets.token_urlsafe(32)
    records.add_login_link(token, staff_id, at, lasts, made_by)
    return f"{base}/{token}"


def owner_link(records: Records, public_url: str, at: datetime) -> str:
    """The link that is printed at start: it lets the house owner in, once within the hour."""
    owner = records.house_owner(at)
    return new_link(records, owner.staff_id, f"{public_url.rstrip('/')}/login/link", at, PRINTED_LINK_LASTS)


def own_path(wanted: str) -> str:
    """Where to go after the login: a path of ours, never another site."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if own and wanted.isprintable() else "/"


async def _let_in(
    request: Request, wiring: Wiring, member: StaffMember, way: Way, next: str, made_by: str = ""
) -> Response:
    """A new session under a new token; the one that this browser had is over."""
    token, now = secrets.token_urlsafe(32), this_moment()
    earlier = session_token(request, wiring)
    if earlier:
        await run_in_threadpool(wiring.records.end_session, earlier, now)
    name = session_name(wiring, token)
    await run_in_threadpool(wiring.records.start_session, name, member.staff_id, way, now, made_by)
    note(request, member.staff_id, way, let_in_by=made_by)
    answer = RedirectResponse(own_path(next), HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        secure=_is_https(request, wiring),
        httponly=True,
        samesite="lax",
    )
    return answer


async def _by_password(wiring: Wiring, email: str, password: str, now: datetime) -> StaffMember | None:
    """Whose address and password these are. Takes as long for an unknown address and for one without a password."""
    records = wiring.records
    member = await run_in_threadpool(records.staff_by_email, email)
    kept = await run_in_threadpool(records.password_hash, member.staff_id if member else "")
    if not await passwords.is_right(password, kept) or member is None or kept is None:
        return None
    if passwords.is_outdated(kept):
        anew = await passwords.hashed(password)
        await run_in_threadpool(records.set_password_hash, member.staff_id, anew, now)
    return member


def _mail_link(wiring: Wiring, email: str, base: str, next: str, now: datetime) -> None:
    """Runs after the answer, so that its time tells nothing about the address. A fault is logged without it."""
    member = wiring.records.staff_by_email(email)
    if member is None or wiring.send_login_mail is None:
        return
    try:
        wiring.send_login_mail(member.email, _with_next(new_link(wiring.records, member.staff_id, base, now), next))
    except DeliveryError as error:
        log.warning("login link not mailed", extra={"cause": error.cause, "code": error.code})


async def _known(wiring: Wiring, email: str) -> str:
    """Whose address this is; empty for nobody's. What was typed may be a password, and is written down nowhere."""
    member = await run_in_threadpool(wiring.records.staff_by_email, email) if email else None
    return member.staff_id if member else ""


def _with_next(link: str, next: str) -> str:
    there = own_path(next)
    return link if there == "/" else f"{link}?next={quote(there)}"


def _is_https(request: Request, wiring: Wiring) -> bool:
    """Whether the browser came over https, perhaps through a proxy that ends TLS in front of us."""
    public = urlsplit(wiring.settings.public_url or "")
    return request.url.scheme == "https" or (
        public.scheme == "https" and public.netloc == request.headers.get("host", "")
    )


def _login_page(
    request: Request, wiring: Wiring, next: str, wrong: str = "", status: int = 200, email: str = ""
) -> Response:
    context = {
        "next": own_path(next),
        "wrong": gettext(wrong) if wrong else "",
        "by_token": wrong == _WRONG_TOKEN,
        "email": email,
        "sends_links": wiring.send_login_mail is not None,
    }
    headers = (
        {"Retry-After": str(int(TRIES_WITHIN.total_seconds()))} if status == HTTPStatus.TOO_MANY_REQUESTS else None
    )
    return page(request, "login.html", context, status, headers)


def _dead_link(request: Request) -> Response:
    context = {"state": "dead", "address": "", "name": ""}
    return page(request, "login_link.html", context, HTTPStatus.GONE)
