"""Carries the vendors' posts to our webhooks, repeats the failed ones, and knows when nothing is outstanding."""

import heapq
import itertools
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

import httpx

Failure = Literal["ct", "rt", "4xx", "5xx"]
"""Not connected; connected but no answer; an answer that refuses; an answer that fails."""

_WORKERS = 8


@dataclass(frozen=True)
class Retries:
    """How often a post is repeated, on which failures, with which limits in seconds for connecting and for reading."""

    count: int = 1
    on: frozenset[Failure] = frozenset(("ct",))
    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0


def twilio_retries(url: str) -> Retries:
    """What Twilio does for this callback URL: one repeat if it can't connect, unless the fragment says otherwise."""
    wishes = dict(parse_qsl(urlsplit(url).fragment))
    policies = {wish.strip() for wish in wishes.get("rp", "ct").split(",")}
    known: tuple[Failure, ...] = ("ct", "rt", "4xx", "5xx")
    return Retries(
        count=min(max(_number(wishes, "rc", 1), 0), 5),
        on=frozenset(failure for failure in known if failure in policies or "all" in policies),
        connect=min(_number(wishes, "ct", 5000), 10_000) / 1000,
        read=min(_number(wishes, "rt", 15_000), 15_000) / 1000,
        total=min(_number(wishes, "tt", 15_000), 15_000) / 1000,
    )


def _number(wishes: dict[str, str], name: str, default: int) -> int:
    return int(wishes[name]) if wishes.get(name, "").isdecimal() else default


@dataclass(frozen=True)
class Post:
    """One webhook request. `kind` is for the report only; without a URL there is nowhere to post it."""

    kind: str
    url: str | None
    headers: dict[str, str]
    body: bytes
    retries: Retries


@cache
def _trust() -> ssl.SSLContext:
    """Read once: it takes longer than everything else about starting."""
    return ssl.create_default_context()


@dataclass
class Courier:
    """Runs jobs at their time on a few threads."""

    retry_seconds: float
    faults: list[BaseException]
    """Where to keep errors of the stand-in itself."""
    results: Counter[str] = field(default_factory=Counter[str])
    """Attempts by kind and result, such as "status 204", "events ct" or "status nowhere"."""

    def __post_init__(self) -> None:
        self._client = httpx.Client(verify=_trust(), trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
        self._jobs: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._outstanding = 0
        self._closed = False
        self._changed = threading.Condition()
        self._threads = [
            threading.Thread(target=self._work, name=f"standin-courier-{n}", daemon=True) for n in range(_WORKERS)
        ]
        for thread in self._threads:
            thread.start()

    def later(self, seconds: float, job: Callable[[], None]) -> None:
        """Run a job after a while. It counts as outstanding until it has run."""
        with self._changed:
            if not self._closed:
                heapq.heappush(self._jobs, (time.monotonic() + seconds, next(self._order), job))
                self._outstanding += 1
                self._changed.notify()

    def deliver(self, post: Post, then: Callable[[], None] = lambda: None) -> None:
        """Post now, repeat as its retries say, and in the end, whatever came of it, do what is next."""
        self._attempt(post, 0, time.monotonic(), then)

    def settle(self, timeout: float) -> None:
        """Wait until nothing is outstanding. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._outstanding == 0, timeout):
                raise TimeoutError(f"{self._outstanding} callbacks are still outstanding after {timeout} s")

    def outstanding(self) -> int:
        """How many jobs wait or run."""
        with self._changed:
            return self._outstanding

    def close(self) -> None:
        """Forget what is outstanding and end the threads, but don't wait for a webhook that hangs."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(1)
        self._client.close()

    def _attempt(self, post: Post, number: int, started: float, then: Callable[[], None]) -> None:
        failure = self._post(post)
        pause = self.retry_seconds * 2 ** min(number, 6)
        in_time = time.monotonic() + pause - started < post.retries.total
        if failure in post.retries.on and number < post.retries.count and in_time:
            self.later(pause, partial(self._attempt, post, number + 1, started, then))
        else:
            then()

    def _post(self, post: Post) -> Failure | None:
        if post.url is None:
            self._count(f"{post.kind} nowhere")
            return None
        timeout = httpx.Timeout(post.retries.read, connect=post.retries.connect)
        try:
            answer = self._client.post(post.url, content=post.body, headers=post.headers, timeout=timeout)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            self._count(f"{post.kind} ct")
            return "ct"
        except httpx.TransportError:
            self._count(f"{post.kind} rt")
            return "rt"
        self._count(f"{post.kind} {answer.status_code}")
        if answer.is_success:
            return None
        return "5xx" if answer.is_server_error else "4xx"

    def _count(self, result: str) -> None:
        with self._changed:
            self.results[result] += 1

    def _work(self) -> None:
        while job := self._next_job():
            try:
                job()
            except Exception as fault:  # kept, and shown when the stand-in ends; a thread must not die of it
                self.faults.append(fault)
            with self._changed:
                self._outstanding -= 1
                self._changed.notify_all()

    def _next_job(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._closed:
                wait = self._jobs[0][0] - time.monotonic() if self._jobs else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._jobs)[2]
                self._changed.wait(wait)
        return None
