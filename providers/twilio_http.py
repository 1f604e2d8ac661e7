"""The vendor's HTTP client as we need it: aimed at another host if wanted, one connection per call, silent."""

import json
import logging
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from requests import Session
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

from providers.last_look import LookingAdapter
from providers.retry_after import retry_after


def silence() -> None:
    """Keep phone numbers out of the logs, at whatever level a program logs the rest.

    A list is asked for by phone number, in its URL. The vendor's client logs that at INFO; urllib3 at DEBUG, and at
    WARNING where the answer's headers are malformed.
    """
    logging.getLogger("twilio.http_client").setLevel(logging.WARNING)
    for name in ("urllib3", "urllib3.connectionpool", "urllib3.connection", "urllib3.util.retry"):
        logging.getLogger(name).setLevel(logging.ERROR)


class Busy(Exception):
    """The vendor answered 429. Its client would lose the headers, and with them how long it wants to be left alone."""

    def __init__(self, code: int | None, wait: timedelta | None) -> None:
        super().__init__("busy")
        self.code = code
        self.wait = wait


class HttpClient(TwilioHttpClient):
    """Makes a new connection per call: a kept one that the other side has just closed would turn a message into one
    of unknown outcome.
    """

    def __init__(self, api_base: str | None, timeout_seconds: float) -> None:
        """`api_base` takes the place of the vendor's own scheme and host, for a stand-in."""
        super().__init__(timeout=timeout_seconds)
        self._api_base = urlsplit(api_base) if api_base else None
        self.session: Session = Session()
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, LookingAdapter())

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """One call, as the vendor's client makes it. Raises Busy."""
        if self._api_base:
            there = urlsplit(url)
            path = self._api_base.path.rstrip("/") + there.path
            url = urlunsplit((self._api_base.scheme, self._api_base.netloc, path, there.query, ""))
        closing = {**(headers or {}), "Connection": "close"}
        response = super().request(method, url, params, data, closing, auth, timeout, allow_redirects)
        if response.status_code == 429:
            raise Busy(_code(response.text), retry_after(response.headers))
        return response


def _code(text: str) -> int | None:
    """The vendor's own number for what is wrong, where its answer has one."""
    try:
        code = json.loads(text).get("code")
    except (ValueError, AttributeError, RecursionError):
        return None
    return code if type(code) is int else None
