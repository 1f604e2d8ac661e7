"""A vendor's API on loopback that answers as scripted and remembers what it was asked."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal


@dataclass
class Answer:
    """What the vendor does with one request. `hang` and `drop` read it in full and say nothing."""

    status: int = 201
    body: str = "{}"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    behaviour: Literal["answer", "hang", "drop"] = "answer"


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Vendor:
    url: str
    asked: list[Asked]


@contextmanager
def a_vendor_that_answers(script: Answer | Callable[[str], Answer]) -> Generator[Vendor]:
    """The same answer to every request, or one that depends on its path and query, until the block ends."""
    asked: list[Asked] = []
    let_go = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(Asked(self.path, dict(self.headers), body))
            answer = script if isinstance(script, Answer) else script(self.path)
            if answer.behaviour == "hang":
                let_go.wait(10)
            if answer.behaviour != "answer":
                self.close_connection = True
                return
            payload = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Vendor(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()


def a_url_where_nobody_listens() -> str:
    """A loopback URL whose port was free a moment ago."""
    with a_vendor_that_answers(Answer()) as vendor:
        return vendor.url
