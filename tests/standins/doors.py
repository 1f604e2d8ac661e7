"""The HTTP server: reads a request in full, asks for an answer, and gives it, late, or not at all."""

import json
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, cast
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Asked:
    """A request, read in full. Header names are in lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What to say. `manner` drop hangs up without a word, hang keeps the line open first; `after` is in seconds."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    after: float = 0.0
    manner: Literal["say", "drop"] = "say"


def answer_json(status: int, content: Any, headers: dict[str, str] | None = None) -> Answer:
    """An answer with a JSON body."""
    return Answer(status, json.dumps(content).encode(), headers=headers or {})


class LoopbackServer(ThreadingHTTPServer):
    """One thread per connection, one request per connection. Stops at once, with whatever still hangs."""

    daemon_threads = False  # joined at the end
    request_queue_size = 512

    def __init__(self, port: int, answer: Callable[[Asked], Answer], faults: list[BaseException]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self.stopping = threading.Event()
        self._faults = faults
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.02}, name="standin-server"
        )

    def start(self) -> None:
        """Serve on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End every open connection and the thread."""
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        with self._lock:
            for connection in self._open:
                _end(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who gave up is no error of ours; any other is kept, and shown when the stand-in ends."""
        fault = sys.exception()
        if fault and not isinstance(fault, OSError):
            self._faults.append(fault)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = cast(LoopbackServer, self.server)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        there = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = server.answer(Asked(self.command, there.path, there.query, headers, body))
        if answer.after:
            server.stopping.wait(answer.after)
        self.close_connection = True
        if answer.manner == "say":
            self._say(answer)

    do_POST = do_GET
    do_PUT = do_GET
    do_PATCH = do_GET
    do_DELETE = do_GET

    def _say(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.body:
            self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the stand-in has its own report."""


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has just ended by itself
