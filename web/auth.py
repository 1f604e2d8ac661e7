"""Who may come in: programs with the bearer token, people with a login that lasts twelve hours.

For now there is one role, `operator`, who may do everything. A later role is one more word in `Role`, put into the
cookie at login; doors then ask `visitor.role`.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from itsdangerous import BadSignature, URLSafeTimedSerializer

from settings import Settings
from web.problems import ProblemError
from web.rendering import page
from web.wiring import Wired, Wiring, look_at_engine, wiring_of

COOKIE = "followthrough_login"
LOGIN_LASTS = timedelta(hours=12)
LARGEST_FORM = 64 * 1024
"""Bytes that a form of a page may have."""
Role = Literal["operator"]

_bearer = HTTPBearer(auto_error=False, description="The API_TOKEN of the settings.")


@dataclass(frozen=True)
class Visitor:
    """A person who has logged in. `csrf` is the token that their forms must carry."""

    role: Role
    csrf: str


class NotLoggedIn(Exception):
    """A page was asked for without a login."""


def is_token(wiring: Wiring, given: str) -> bool:
    """Whether this is the API token; takes the same time whatever was given."""
    return hmac.compare_digest(given.encode(), wiring.api_token.encode())


async def require_token(
    wiring: Wired, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Let programs in that carry the bearer token. Raises a 401 problem."""
    if credentials is None or not is_token(wiring, credentials.credentials):
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "Send the API token as 'Authorization: Bearer …'.")


async def logged_in(request: Request, wiring: Wired) -> Visitor:
    """The person with this login. Raises NotLoggedIn, which becomes a redirect to the login page."""
    try:
        login = _cookies(wiring).loads(request.cookies.get(COOKIE, ""), max_age=int(LOGIN_LASTS.total_seconds()))
    except BadSignature:  # an expired one is a BadSignature too
        raise NotLoggedIn from None
    return Visitor(role=login["role"], csrf=_csrf(wiring, login["id"]))


LoggedIn = Annotated[Visitor, Depends(logged_in)]


async def at_this_machine(request: Request, wiring: Wired) -> Visitor:
    """Whoever sits at this machine, for the local phone; from elsewhere the login is needed as for any page.

    Only with WEB_HOST on loopback, so that a forwarded port of a real host never shows clients' texts.
    """
    here = ("127.0.0.1", "::1", "localhost")
    from_loopback = request.client is not None and request.client.host in here
    if wiring.settings.web_host in here and from_loopback and is_own_host(request):
        return Visitor(role="operator", csrf=_csrf(wiring, "this machine"))
    return await logged_in(request, wiring)


AtThisMachine = Annotated[Visitor, Depends(at_this_machine)]


async def own_local_form(request: Request, visitor: AtThisMachine, csrf: Annotated[str, Form()] = "") -> Visitor:
    """The person at this machine whose phone page sent this form. Raises a 403 problem for a form from elsewhere."""
    return await own_form(request, visitor, csrf)


OwnLocalForm = Annotated[Visitor, Depends(own_local_form)]


async def own_form(request: Request, visitor: LoggedIn, csrf: Annotated[str, Form()] = "") -> Visitor:
    """The person whose own page sent this form. Raises a 403 problem for a form from elsewhere."""
    from_here(request)
    if not hmac.compare_digest(csrf.encode(), visitor.csrf.encode()):
        raise ProblemError(HTTPStatus.FORBIDDEN, "This form is out of date. Load the page again and send it once more.")
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


router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/login")
async def login_page(request: Request, next: str = "/") -> Response:
    """The login form. Its script fills the field from the part of the address after '#', which no server sees."""
    return page(request, "login.html", {"next": _own_path(next), "wrong": False})


@router.post("/login")
async def login(
    request: Request, wiring: Wired, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """Check the token and remember the person for twelve hours. Who knows the token needs no form token besides."""
    from_here(request)
    if not is_token(wiring, token.strip()):
        return page(request, "login.html", {"next": _own_path(next), "wrong": True}, HTTPStatus.FORBIDDEN)
    answer = RedirectResponse(_own_path(next), HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        COOKIE,
        _cookies(wiring).dumps({"role": "operator", "id": secrets.token_hex(16)}),
        max_age=int(LOGIN_LASTS.total_seconds()),
        secure=_is_https(request, wiring),
        httponly=True,
        samesite="strict",
    )
    return answer


@router.post("/logout")
async def logout(visitor: OwnForm) -> Response:
    """Forget the person on this device."""
    answer = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def ask_for_login(app: FastAPI) -> None:
    """Send people without a login to the login page, and back to where they wanted to go afterwards."""

    async def to_login(request: Request, error: Exception) -> Response:
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        there = f"/login?next={quote(wanted, safe='/')}" if request.method == "GET" and wanted != "/" else "/login"
        return RedirectResponse(there, HTTPStatus.SEE_OTHER)

    app.add_exception_handler(NotLoggedIn, to_login)


def _own_path(wanted: str) -> str:
    """Where to go after the login: a path of ours, never another site."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if own and wanted.isprintable() else "/"


def _is_https(request: Request, wiring: Wiring) -> bool:
    """Whether the browser came over https, perhaps through a proxy that ends TLS in front of us."""
    public = urlsplit(wiring.settings.public_url or "")
    return request.url.scheme == "https" or (
        public.scheme == "https" and public.netloc == request.headers.get("host", "")
    )


def _cookies(wiring: Wiring) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_derived(wiring, "login cookie"), signer_kwargs={"digest_method": hashlib.sha256})


def _csrf(wiring: Wiring, login_id: str) -> str:
    return hmac.new(_derived(wiring, "form token"), login_id.encode(), hashlib.sha256).hexdigest()


def _derived(wiring: Wiring, purpose: str) -> bytes:
    """A key of its own per purpose. A new API token ends every login."""
    return hmac.new(wiring.api_token.encode(), f"followthrough {purpose}".encode(), hashlib.sha256).digest()
