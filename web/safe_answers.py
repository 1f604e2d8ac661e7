"""What every answer carries: pages load nothing from elsewhere, are framed nowhere, and stay out of caches."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import too_large

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
        replaced = False

        async def send_safely(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS, (b"cache-control", caching)]
                replaced = message["status"] == 413
                if replaced:
                    await too_large()(scope, receive, send)
            if not replaced:
                await send(message)

        await self._app(scope, receive, send_safely)
