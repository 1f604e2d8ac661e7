"""What holds for every answer: pages load nothing from elsewhere, are framed nowhere, and stay out of caches.

Also answers, as problem details, the three kinds of requests that are turned away before any door sees them, and every
request for which the database is away. Of a caller who goes away in the middle it keeps one line in the log.
"""

import logging
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from records.sql import is_away
from web.auth import has_token
from web.problems import ProblemError, answer_of, bare_problem, tell_of_disconnect

log = logging.getLogger("followthrough.web")
RETRY_AFTER_SECONDS = "10"
_AWAY = "The records can't be reached now. Send the same again in a moment: what counts once counts once."
LARGEST_UNKNOWN = 64 * 1024
"""Bytes of a body that are read before anybody knows who sent it."""
_FOR_PROGRAMS = ("/api/", "/codec/")
_HEADERS: list[tuple[bytes, bytes]] = [
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    # Not no-referrer: with that, browsers send "Origin: null" with our own forms too.
    (b"referrer-policy", b"same-origin"),
]


class SafeAnswers:
    """Middleware around the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and its answer back, with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        caching = b"max-age=300" if scope["path"].startswith("/static/") else b"no-store"
        replaced = started = False

        async def send_safely(message: Message) -> None:
            nonlocal replaced, started
            started = True
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS, (b"cache-control", caching)]
                replaced = message["status"] == 413
                if replaced:  # by what reads bodies, in plain text
                    answer = bare_problem(413, "The request is larger than this door takes.")
                    await answer(scope, receive, send)
            if not replaced:
                await send(message)

        if "\0" in scope["path"]:  # no id holds one, and PostgreSQL fails on it
            await bare_problem(404, "There is nothing at this address.")(scope, receive, send_safely)
            return
        if _is_large(scope) and scope["path"].startswith(_FOR_PROGRAMS) and not has_token(Request(scope)):
            # Doors read a body before they look at who sent it.
            answer = bare_problem(401, "Send the API token as 'Authorization: Bearer …'.")
            answer.headers["WWW-Authenticate"] = "Bearer"
            await answer(scope, receive, send_safely)
            return
        try:
            await self._app(scope, receive, send_safely)
        except ClientDisconnect:
            tell_of_disconnect()
        except Exception as error:
            if started or not is_away(error):
                raise
            log.warning("the records database can't be used", extra={"kind": type(error).__name__})
            problem = ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, _AWAY)
            problem.headers["Retry-After"] = RETRY_AFTER_SECONDS
            await answer_of(Request(scope), problem)(scope, receive, send_safely)


def _is_large(scope: Scope) -> bool:
    """Whether it brings a body that isn't surely small."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "0")
    return "transfer-encoding" in headers or not length.isdecimal() or int(length) > LARGEST_UNKNOWN
