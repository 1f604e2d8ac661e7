"""Looks once more between "connected" and the first byte of a request: for calls that must not begin too late.

The vendors' clients connect by themselves, deep inside. So the connection is where we look: opening one can take
seconds, in which a client may say stop.
"""

import http.client
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, cast
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_here = threading.local()


@contextmanager
def looking(look: Callable[[], None]) -> Generator[None]:
    """What this thread connects to meanwhile, it looks at first. An exception of `look` goes through to the caller."""
    _here.look = look
    try:
        yield
    finally:
        _here.look = None


def _look() -> None:
    look: Callable[[], None] | None = getattr(_here, "look", None)
    if look is not None:
        look()


class _PlainPooled(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _look()


class _SecurePooled(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _look()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = cast(Any, _PlainPooled)


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = cast(Any, _SecurePooled)


_POOLS: dict[str, Any] = {"http": _PlainPool, "https": _SecurePool}


class LookingAdapter(HTTPAdapter):
    """For a session of `requests`."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As always, with connections that look."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:
        """The same through a proxy."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _look()


class _Secure(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _look()


class _PlainHandler(HTTPHandler):
    def http_open(self, req: Request) -> Any:
        return self.do_open(_Plain, req)


class _SecureHandler(HTTPSHandler):
    def https_open(self, req: Request) -> Any:
        return self.do_open(_Secure, req)


def looking_opener() -> OpenerDirector:
    """For `urllib`. It checks certificates as the standard one does."""
    return build_opener(_PlainHandler, _SecureHandler)
