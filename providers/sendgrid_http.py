"""The vendor's HTTP client as we need it: with a timeout, and a last look before each request leaves."""

from typing import Any, cast

from python_http_client.client import Client

from providers.last_look import looking_opener


class LookingClient(Client):
    """The same client; each part of a path that it is asked for is one of this kind too."""

    def __init__(self, like: Any, timeout_seconds: float, path: list[str] | None = None) -> None:
        """`like` is one of the vendor's own, which has the host, the headers and the version."""
        super().__init__(
            host=like.host,
            request_headers=dict(like.request_headers),
            version=like._version,
            url_path=cast(Any, path),
            timeout=cast(Any, timeout_seconds),  # any number will do; the annotation is inferred
        )
        self._seconds, self._path = timeout_seconds, path or []

    def _build_client(self, name: str | None = None) -> "LookingClient":
        return LookingClient(self, self._seconds, [*self._path, name] if name else self._path)

    def _make_request(self, opener: Any, request: Any, timeout: float | None = None) -> Any:
        send = cast(Any, super())._make_request
        return send(looking_opener(), request, timeout)
