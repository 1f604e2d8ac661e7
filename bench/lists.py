"""How long the lists of the desk take, and how large they are, with many plans in the records.

    python -m bench.lists --plans 50000

The records are filled twice, on SQLite and on PostgreSQL, and each list is asked for several times, within this process
and by somebody who may see everything. The time is the server's own, from the request to the whole answer.

The exit code is 1 where, with 5,000 plans or fewer, the first page has 100 kB or more, or takes 200 ms or more.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine, event

from bench.list_rows import Filled, Filling
from domain.client import Person
from domain.policy import Practice
from records.keyring import KeyRing
from settings import Settings
from tests.records.postgres_server import running_postgres
from web.app import create_app
from web.intake import Intake

FIRST_PAGE_KB, FIRST_PAGE_MS, FIRST_PAGE_PLANS = 100, 200, 5_000
PAGES = ("/", "/clients", "/claims", "/deadlines")
LATE_PAGE = 10
"""Of the lists that have pages, this one is measured too, or the last one if there are fewer."""
HOME = "http://127.0.0.1:8000"
TOKEN = "a-token-of-the-benchmark"  # noqa: S105


@dataclass(frozen=True)
class Measured:
    """One page: the median and the longest of several answers, the statements of one, its size."""

    page: str
    milliseconds: float
    longest: float
    statements: int
    bytes: int


@dataclass(frozen=True)
class Side:
    """All pages on one database."""

    database: str
    filled: Filled
    fill_seconds: float
    pages: list[Measured]


class _Links(HTMLParser):
    """Finds the link to the next page: the last one of the list's own navigation."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.next = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "nav":
            self.inside = "pages" in (known.get("class") or "").split()
        if tag == "a" and self.inside:
            self.next = known.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "nav"


def measure(plans: int, times: int, databases: Sequence[str] = ("SQLite", "PostgreSQL")) -> list[Side]:
    """Fill each database and measure every list on it."""
    sides: list[Side] = []
    with tempfile.TemporaryDirectory(prefix="bench-lists-") as folder:
        if "SQLite" in databases:
            sides.append(_side("SQLite", f"sqlite:///{Path(folder) / 'records.db'}", plans, times))
        if "PostgreSQL" in databases:
            with running_postgres() as server:
                sides.append(_side("PostgreSQL", server.new_database(), plans, times))
    return sides


def _side(database: str, url: str, plans: int, times: int) -> Side:
    keys = KeyRing.generate()
    records = Filling.open(url, keys)
    try:
        records.migrate()
        began = time.perf_counter()
        filled = records.fill(plans, datetime.now(UTC))
        seconds = time.perf_counter() - began
        return Side(database, filled, seconds, asyncio.run(_pages(_app(records, keys), times)))
    finally:
        records.close()


def _app(records: Filling, keys: KeyRing) -> FastAPI:
    async def ready() -> bool:
        return True

    practice = Practice(
        name="Cedar Hill",
        phone="+12065550100",
        time_zone="America/Los_Angeles",
        front_desk=Person(name="Robin", phone="+12065550111"),
    )
    settings = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    nobody = cast(Intake, object())  # the lists hand nothing over
    return create_app(settings, records, nobody, practice, keys, TOKEN, ready)


async def _pages(app: FastAPI, times: int) -> list[Measured]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=HOME, timeout=600) as browser:
        await browser.post("/login", data={"token": TOKEN})
        measured: list[Measured] = []
        for page in PAGES:
            measured.append(await _page(browser, page, times))
            late, number = await _late(browser, page)
            if number > 1:
                timed = await _page(browser, late, times)
                measured.append(Measured(f"{page} page {number}", *_numbers(timed)))
        return measured


def _numbers(timed: Measured) -> tuple[float, float, int, int]:
    return timed.milliseconds, timed.longest, timed.statements, timed.bytes


async def _page(browser: httpx.AsyncClient, page: str, times: int) -> Measured:
    answer = await browser.get(page)  # the first one loads what is needed
    if answer.status_code != 200:
        raise RuntimeError(f"{page} answered {answer.status_code}")
    taken: list[float] = []
    statements = 0
    for _ in range(times):
        with _counting() as count:
            began = time.perf_counter()
            answer = await browser.get(page)
            taken.append((time.perf_counter() - began) * 1000)
        statements = len(count)
    return Measured(page, statistics.median(taken), max(taken), statements, len(answer.content))


async def _late(browser: httpx.AsyncClient, page: str) -> tuple[str, int]:
    """The address and number of a late page of this list, reached by its own links as people do."""
    number, seen = 1, {page}
    while number < LATE_PAGE:
        links = _Links()
        links.feed((await browser.get(page)).text)
        following = urljoin(page, links.next) if links.next else page
        if following in seen:
            break
        seen.add(following)
        page, number = following, number + 1
    return page, number


@contextmanager
def _counting() -> Generator[list[None]]:
    """Counts the statements that any database is asked meanwhile."""
    count: list[None] = []

    def note(*_: Any) -> None:
        count.append(None)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def missed(sides: Sequence[Side]) -> list[str]:
    """What falls short of the yardstick, in words."""
    complaints: list[str] = []
    for side in sides:
        if side.filled.plans > FIRST_PAGE_PLANS:
            continue
        first = side.pages[0]
        if first.bytes >= FIRST_PAGE_KB * 1000:
            complaints.append(f"the first page has {first.bytes / 1000:.0f} kB on {side.database}")
        if first.milliseconds >= FIRST_PAGE_MS:
            complaints.append(f"the first page takes {first.milliseconds:.0f} ms on {side.database}")
    return complaints


def table(sides: Sequence[Side]) -> str:
    """The numbers as Markdown, the databases side by side."""
    heads = "".join(f" {side.database} ms | longest | statements |" for side in sides)
    rows = [f"| page | kB |{heads}", "|---|--:|" + "--:|--:|--:|" * len(sides)]
    for place, page in enumerate(sides[0].pages):
        cells = "".join(
            f" {each.milliseconds:.0f} | {each.longest:.0f} | {each.statements} |"
            for each in (side.pages[place] for side in sides)
        )
        rows.append(f"| {page.page} | {page.bytes / 1000:.0f} |{cells}")
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Times the lists of the desk.")
    parser.add_argument("--plans", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=7, help="how often each page is asked for")
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"), help="one database instead of both")
    asked = parser.parse_args(argv)
    sides = measure(asked.plans, asked.times, [asked.only] if asked.only else ("SQLite", "PostgreSQL"))
    filled = sides[0].filled
    print(f"{filled.plans} plans, {filled.questions} questions, {filled.tasks} tasks, {filled.claims} claims.")
    print(f"Filled in {', '.join(f'{side.fill_seconds:.0f} s on {side.database}' for side in sides)}.")
    print(f"Server time in milliseconds, median and longest of {asked.times}:\n")
    print(table(sides))
    complaints = missed(sides)
    for complaint in complaints:
        print(f"MISSED: {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
