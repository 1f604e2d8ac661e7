"""Who is asking: programs with the bearer token, and people with a login; and their forms.

Where a request comes from opens nothing: through a proxy or a tunnel on this machine everybody seems to sit at it.

A login is a row of the records; the cookie holds nothing but a random token that names it. The cookie is SameSite=Lax:
a link from a mail is a navigation from another site, and with Strict the person who follows it would be asked to log
in although they are. What Lax lets through besides is a GET, and those change nothing; every form carries a token of
its login, and none is taken from another site.
"""

import hashlib
import hmac
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, FastAPI, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from domain.roles import Right, Role, may
from records.logins import Way
from records.staff import HOUSE_OWNER
from settings import Settings
from web.audit import API, note, note_stranger
from web.problems import ProblemError
from web.wiring import Wired, Wiring, this_moment, wiring_of

COOKIE = "followthrough_login"
LARGEST_FORM = 64 * 1024
"""Bytes that a form of a page may have."""

_bearer = HTTPBearer(auto_error=False, description="The API_TOKEN of the settings.")


@dataclass(frozen=True)
class Visitor:
    """A person who has logged in. `csrf` is the token that their forms must carry; `way` is how they came in.

    `let_in_by` is who made the link by which they came in, where that was somebody else.
    """

    role: Role
    csrf: str
    staff_id: str = HOUSE_OWNER
    name: str = "Owner"
    way: Way = "token"
    let_in_by: str = ""

    def may(self, right: Right) -> bool:
        """Whether their role has this right, for templates that offer only what is allowed."""
        return may(self.role, right)


class NotLoggedIn(Exception):
    """A page was asked for without a login."""


def is_token(wiring: Wiring, given: str) -> bool:
    """Whether this is the API token; takes the same time whatever was given."""
    return hmac.compare_digest(given.encode(), wiring.api_token.encode())


def has_token(request: Request) -> bool:
    """Whether the request carries the API token."""
    way, _, given = request.headers.get("authorization", "").partition(" ")
    return way.lower() == "bearer" and is_token(wiring_of(request), given.strip())


async def require_token(
    request: Request, wiring: Wired, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Let programs in that carry the bearer token; what comes of the request is in the trail. Raises a 401 problem."""
    if credentials is None or not is_token(wiring, credentials.credentials):
        if credentials is not None:
            await note_stranger(request, "sent a wrong API token")
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "Send the API token as 'Authorization: Bearer …'.")
    note(request, API)


async def logged_in(request: Request, wiring: Wired) -> Visitor:
    """The person with this login. Raises NotLoggedIn, which becomes a redirect to the login page.

    Whatever comes of the request is written into the audit trail under their name.
    """
    visitor = await _visitor(request, wiring)
    note(request, visitor.staff_id, let_in_by=visitor.let_in_by)
    return visitor


LoggedIn = Annotated[Visitor, Depends(logged_in)]


async def at_the_phone(request: Request, wiring: Wired) -> Visitor:
    """Whoever looks at the local phone. It asks for news every few seconds and has no row in the trail."""
    return await _visitor(request, wiring)


AtThePhone = Annotated[Visitor, Depends(at_the_phone)]


async def own_phone_form(request: Request, visitor: AtThePhone, csrf: Annotated[str, Form()] = "") -> Visitor:
    """The person whose phone page sent this form. Raises a 403 problem for a form from elsewhere."""
    from_here(request)
    _check_csrf(visitor, csrf)
    return visitor


OwnPhoneForm = Annotated[Visitor, Depends(own_phone_form)]


async def own_form(request: Request, visitor: LoggedIn, csrf: Annotated[str, Form()] = "") -> Visitor:
    """The person whose own page sent this form. Raises a 403 problem for a form from elsewhere."""
    from_here(request)
    _check_csrf(visitor, csrf)
    return visitor


OwnForm = Annotated[Visitor, Depends(own_form)]


def from_here(request: Request) -> None:
    """Raises a 403 problem unless the browser says that the form was on a page of this server."""
    if not is_own_host(request):
        raise ProblemError(HTTPStatus.FORBIDDEN, "Set PUBLIC_URL to the address in your browser's address bar.")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ProblemError(HTTPStatus.FORBIDDEN, "This form was sent from another site.")


def is_own_host(request: Request) -> bool:
    """Whether the request names a host that we go by: this machine, WEB_HOST or PUBLIC_URL.

    Another name that merely resolves to this machine is how a strange site reaches a server on a laptop.
    """
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname in own_hosts(wiring_of(request).settings)
    except ValueError:
        return False


def own_hosts(settings: Settings) -> set[str]:
    """The host names that this server goes by."""
    ours = {"127.0.0.1", "localhost", "::1", settings.web_host}
    if settings.public_url:
        ours.add(urlsplit(settings.public_url).hostname or "")
    return ours


def ask_for_login(app: FastAPI) -> None:
    """Send people without a login to the login page, and back to where they wanted to go afterwards."""

    async def to_login(request: Request, error: Exception) -> Response:
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        there = f"/login?next={quote(wanted, safe='/')}" if request.method == "GET" and wanted != "/" else "/login"
        return RedirectResponse(there, HTTPStatus.SEE_OTHER)

    app.add_exception_handler(NotLoggedIn, to_login)


def session_token(request: Request, wiring: Wiring) -> str:
    """The name of the visitor's session in the records, made of the cookie's token; empty without a cookie."""
    cookie = request.cookies.get(COOKIE, "")
    return session_name(wiring, cookie) if cookie else ""


def session_name(wiring: Wiring, token: str) -> str:
    """Keyed by the API token, so that a new API token ends every login."""
    return hmac.new(_derived(wiring, "login cookie"), token.encode(), hashlib.sha256).hexdigest()


async def _visitor(request: Request, wiring: Wiring) -> Visitor:
    name = session_token(request, wiring)
    session = await run_in_threadpool(wiring.records.session, name, this_moment()) if name else None
    if session is None:
        raise NotLoggedIn
    member = session.member
    return Visitor(member.role, _csrf(wiring, name), member.staff_id, member.name, session.way, session.let_in_by)


def _check_csrf(visitor: Visitor, csrf: str) -> None:
    if not _same(csrf, visitor.csrf):
        raise ProblemError(HTTPStatus.FORBIDDEN, "This form is out of date. Load the page again and send it once more.")


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def _csrf(wiring: Wiring, session: str) -> str:
    return hmac.new(_derived(wiring, "form token"), session.encode(), hashlib.sha256).hexdigest()


def _derived(wiring: Wiring, purpose: str) -> bytes:
    """A key of its own per purpose."""
    return hmac.new(wiring.api_token.encode(), f"followthrough {purpose}".encode(), hashlib.sha256).digest()
