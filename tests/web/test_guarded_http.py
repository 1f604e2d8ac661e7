"""Callers that nobody knows: what they may send, how long they may take, and that a served page notices nothing."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from web.guarded_http import GuardedProtocol

SHORT = 0.3
ORDINARY = b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"


class Strict(GuardedProtocol):
    """With limits that a test can wait for."""

    most_connections = 20
    headers_within = SHORT
    body_within = SHORT
    taken_within = SHORT


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Reads the body and says how long it was; at /much it says more than anybody's buffers hold."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = b"x" * 30_000_000 if scope["path"] == "/much" else str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def served(protocol: type[GuardedProtocol] = Strict) -> AsyncGenerator[int]:
    """The port at which the app is served."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(300)  # who comes before the server does waits
    config = uvicorn.Config(app, http=protocol, lifespan="off", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # pyright: ignore[reportAttributeAccessIssue]
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
        listening.close()


async def answer(port: int, *pieces: bytes, then: float = 0) -> bytes:
    """Everything that comes back until the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            with contextlib.suppress(ConnectionError):
                await writer.drain()
        async with asyncio.timeout(20):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def a_post(*headers: bytes) -> bytes:
    return b"\r\n".join([b"POST / HTTP/1.1", b"Host: x", *headers, b"", b""])


async def test_ordinary_requests_are_answered_one_after_another() -> None:
    async with served() as port:
        closing = ORDINARY.replace(b"Host: x", b"Host: x\r\nConnection: close")
        got = await answer(port, ORDINARY, a_post(b"Content-Length: 3") + b"abc", closing)
        assert got.count(b"HTTP/1.1 200 OK") == 3


async def test_two_hundred_slow_sockets_are_closed() -> None:
    async with served() as port:
        half = [answer(port, b"GET / HTTP/1.1\r\nX-A: " + b"a" * number) for number in range(200)]
        got = await asyncio.gather(*half)
        assert all(not one or one.startswith((b"HTTP/1.1 408", b"HTTP/1.1 503")) for one in got)
        assert (await answer(port, ORDINARY.replace(b"Host: x", b"Connection: close"))).startswith(b"HTTP/1.1 200")


async def test_who_sends_nothing_at_all_is_closed() -> None:
    async with served() as port:
        assert (await answer(port)).startswith(b"HTTP/1.1 408")


async def test_a_letter_now_and_then_keeps_no_connection_open() -> None:
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nX-A: ")
        ended = asyncio.create_task(reader.read())
        async with asyncio.timeout(20):
            while not ended.done():
                writer.write(b"a")
                await asyncio.wait({ended}, timeout=SHORT / 10)
        writer.close()


async def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async with served() as port:
        assert (await answer(port, a_post(b"Content-Length: 1000"), b"a")).startswith(b"HTTP/1.1 408")


async def test_the_next_request_of_a_connection_has_no_more_time_than_the_first() -> None:
    async with served() as port:
        got = await answer(port, ORDINARY + b"GET / HTTP/1.1\r\nX-A: ")
        assert got.startswith(b"HTTP/1.1 200")


async def test_headers_without_end_are_refused() -> None:
    async with served() as port:
        endless = b"X-A: " + b"a" * 1000 + b"\r\n"
        got = await answer(port, b"GET / HTTP/1.1\r\n", *[endless] * 1000)
        assert got.startswith(b"HTTP/1.1 431") or not got
        assert (await answer(port, b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\n")).startswith(b"HTTP/1.1 431")


async def test_trailers_without_end_are_refused() -> None:
    async with served() as port:
        start = a_post(b"Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\n"
        got = await answer(port, start, *[b"X-A: " + b"a" * 1000 + b"\r\n"] * 1000)
        assert got.startswith(b"HTTP/1.1 431") or not got


async def test_a_body_in_many_small_pieces_is_taken() -> None:
    async with served() as port:
        chunks = b"1\r\na\r\n" * 20_000 + b"0\r\n\r\n"
        got = await answer(port, a_post(b"Transfer-Encoding: chunked", b"Connection: close"), chunks)
        assert got.startswith(b"HTTP/1.1 200")
        assert got.endswith(b"20000")


async def test_more_connections_than_there_may_be_are_told_to_come_back() -> None:
    class Patient(Strict):
        headers_within = 20.0

    async with served(Patient) as port:
        waiting = [await asyncio.open_connection("127.0.0.1", port) for _ in range(Patient.most_connections)]
        got = await answer(port, ORDINARY)
        assert got.startswith(b"HTTP/1.1 503")
        for _, writer in waiting:
            writer.close()
            await writer.wait_closed()
        await asyncio.sleep(0)
        got = await answer(port, ORDINARY.replace(b"Host: x", b"Connection: close"))
        assert got.startswith(b"HTTP/1.1 200")


async def test_who_takes_no_answer_is_closed() -> None:
    async with served() as port:
        asking = socket.create_connection(("127.0.0.1", port))
        asking.setblocking(False)
        asking.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(4 * SHORT)
        loop, got = asyncio.get_running_loop(), 0
        async with asyncio.timeout(20):
            with contextlib.suppress(ConnectionError):
                while data := await loop.sock_recv(asking, 1_000_000):
                    got += len(data)
        asking.close()
        assert got < 30_000_000
