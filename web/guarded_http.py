"""Uvicorn's HTTP protocol with limits on what a caller may cost before anybody knows who they are.

So many connections, so many bytes of headers, so much time for headers and for a body, and for taking the answer. What
goes beyond is closed; the application never hears of headers that didn't come whole. An answer may take as long as it
takes: a page's stream of news is open for hours.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_CONNECTIONS = 500
PIECE = 16 * 1024
LARGEST_HEADERS = 32 * 1024
"""The longest that an honest program sends is a login's cookie and a signed link, some two kilobytes."""
HEADERS_WITHIN_SECONDS = 10.0
BODY_WITHIN_SECONDS = 15.0
BYTES_PER_SECOND = 200 * 1024
"""A body gets a second more for each so many bytes that have come."""
ANSWER_TAKEN_WITHIN_SECONDS = 60.0
"""How long a caller may leave an answer, or a part of one, without taking more of it."""
FRAMING_PER_BYTE = 8
"""Bytes around each byte of a body that comes in pieces; more than that is no body but a flood of trailers."""
_CLOSE = b"connection: close\r\ncontent-length: 0\r\n\r\n"
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\n" + _CLOSE
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\n" + _CLOSE
TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 10\r\n" + _CLOSE


class GuardedProtocol(HttpToolsProtocol):
    """One connection. The limits are attributes of the class, so that tests can set smaller ones."""

    most_connections = MOST_CONNECTIONS
    largest_headers = LARGEST_HEADERS
    headers_within = HEADERS_WITHIN_SECONDS
    body_within = BODY_WITHIN_SECONDS
    taken_within = ANSWER_TAKEN_WITHIN_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let it in, unless too many are."""
        self._deadline: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._beside = 0
        self._in_body = False
        self._body = 0
        self._body_since = 0.0
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            self._refuse(TOO_MANY)
            return
        self._await(self.headers_within)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._await(None)
        self._taken()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass it on in pieces, until the headers get too large: the parser would keep them all."""
        for at in range(0, len(data), PIECE):
            if self.transport.is_closing():
                return
            piece = data[at : at + PIECE]
            self._beside += len(piece)
            if self._deadline is None and not self._in_body:  # the first bytes of the next request
                self._await(self.headers_within)
            super().data_received(piece)
            if self._beside > self.largest_headers + (FRAMING_PER_BYTE * self._body if self._in_body else 0):
                self._refuse(TOO_LARGE)

    def on_message_begin(self) -> None:
        """A request begins, perhaps right behind the one before it."""
        super().on_message_begin()
        self._in_body = False
        if self._deadline is None:
            self._await(self.headers_within)

    def on_headers_complete(self) -> None:
        """The headers came whole and in time; now the body has to."""
        self._beside = 0
        self._in_body = True
        self._body = 0
        self._body_since = self.loop.time()
        self._await(self.body_within)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body, which gives it more time."""
        self._body += len(body)
        self._beside -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request came whole. The time for the next one's headers begins with its first byte."""
        self._in_body = False
        self._beside = 0
        self._await(None)
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The caller takes no more of the answer for now."""
        super().pause_writing()
        self._taken()
        self._stuck = self.loop.call_later(self.taken_within, self.transport.abort)

    def resume_writing(self) -> None:
        """It goes on."""
        self._taken()
        super().resume_writing()

    def _taken(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def _await(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self._too_late) if seconds is not None else None

    def _too_late(self) -> None:
        self._deadline = None
        if self._in_body:
            left = self._body_since + self.body_within + self._body / BYTES_PER_SECOND - self.loop.time()
            if left > 0:
                self._await(left)
                return
        self._refuse(TOO_SLOW)

    def _refuse(self, answer: bytes) -> None:
        """Close it, with a word where nothing else is being said."""
        if self.transport.is_closing():
            return
        cycle: Any = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(answer)
        self.transport.close()
