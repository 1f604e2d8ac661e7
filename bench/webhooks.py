"""How soon a webhook of Twilio's is acknowledged, and whether a burst of delivery reports loses any.

    python -m bench.webhooks --seconds 20 --rate 50

The product runs as it is deployed on one machine: Temporal's dev server, `worker.py` and `followthrough web`, each a
process of its own, with the records on SQLite in a new folder. Delivery reports, and after every fourth the text of a
client, come at a fixed rate, signed as Twilio signs them, whether or not earlier ones were answered. Each is timed from
the moment at which it was due, so that a server that stalls can't hide it; the first few aren't timed. Then many
delivery reports come at once.

The exit code is 1 where a text's or a report's p99 is 100 ms or more, or where one isn't in the records afterwards.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from bench.webhook_house import PUBLIC_URL, House, a_house, states_of, write_messages

YARDSTICK_MS = 100
PER_TEXT = 4
"""Delivery reports for each text that comes in: Twilio reports two or three times on each of ours, and not every one of
ours is answered."""
WARM_UP = 20
"""Webhooks that come first and aren't timed: a new process still loads what it needs."""
CONNECTIONS = 100
"""How many the vendor opens at once in a burst."""
VENDOR_WAITS_SECONDS = 15
WORDS = ("Yes", "No", "4", "thanks!", "Could we do Friday instead?", "about a 6", "sí", "Where do I park?")


@dataclass(frozen=True)
class Post:
    """One signed webhook. `mark` is the id by which it is found in the records again."""

    path: str
    body: bytes
    headers: dict[str, str]
    mark: str


@dataclass
class Timed:
    """How long each answer took, and the requests that were answered otherwise than with success."""

    milliseconds: list[float] = field(default_factory=list[float])
    failed: int = 0

    def at(self, share: float) -> float:
        """The time within which this share of all was answered; nothing answered counts as for ever."""
        ordered = sorted(self.milliseconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("inf")


@dataclass(frozen=True)
class Measured:
    """Everything that the table shows. `lost` were not in the records at the end, of both phases."""

    texts: Timed
    reports: Timed
    burst: Timed
    burst_seconds: float
    lost: int

    def missed(self) -> list[str]:
        """What falls short of the yardstick, in words."""
        slow = {"texts": self.texts.at(0.99), "delivery reports": self.reports.at(0.99)}
        complaints = [f"p99 of {what} is {p99:.0f} ms" for what, p99 in slow.items() if p99 >= YARDSTICK_MS]
        return [*complaints, *self.losses()]

    def losses(self) -> list[str]:
        """What was lost or refused, in words."""
        failed = self.texts.failed + self.reports.failed + self.burst.failed
        return [f"{count} {what}" for count, what in ((failed, "not acknowledged"), (self.lost, "lost")) if count]


async def measure(
    seconds: float, rate: float, burst: int, clients: int, *, worker: bool, per_text: int = PER_TEXT
) -> Measured:
    """Start the product, put the load on it, and look into its records."""
    with tempfile.TemporaryDirectory(prefix="bench-webhooks-") as folder:
        async with a_house(Path(folder), clients, worker=worker) as house:
            warm = WARM_UP // (per_text + 1)
            many_texts = int(seconds * rate) // (per_text + 1) + warm
            ids = await asyncio.to_thread(write_messages, house, many_texts * per_text + burst)
            steady, rush = ids[burst:], ids[:burst]
            texts = [_text(house, number) for number in range(many_texts)]
            reports = [_report(house, message_id, number) for number, message_id in enumerate(steady)]
            async with _client(house) as client:
                early = warm * per_text
                await _at_a_rate(client, texts[:warm], reports[:early], rate / 5)
                timed = await _at_a_rate(client, texts[warm:], reports[early:], rate)
                started = time.perf_counter()
                burst_timed = await _all_at_once(client, [_report(house, one, n) for n, one in enumerate(rush)])
                burst_seconds = time.perf_counter() - started
            lost = await asyncio.to_thread(_lost, house, texts, ids)
            return Measured(*timed, burst_timed, burst_seconds, lost)


def _client(house: House) -> httpx.AsyncClient:
    # Kept connections are given up well before the server does so: else a request may meet one that just closed.
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=2)
    timeout = httpx.Timeout(VENDOR_WAITS_SECONDS, pool=None)
    return httpx.AsyncClient(base_url=house.url, limits=limits, timeout=timeout, trust_env=False)


async def _at_a_rate(
    client: httpx.AsyncClient, texts: Sequence[Post], reports: Sequence[Post], rate: float
) -> tuple[Timed, Timed]:
    timed = Timed(), Timed()
    started = time.perf_counter() + 0.1
    under_way: list[asyncio.Task[None]] = []
    many_reports, many_texts = iter(reports), iter(texts)
    between = len(reports) // max(len(texts), 1) + 1
    for number in range(len(texts) + len(reports)):
        is_text = number % between == between - 1
        post = next(many_texts if is_text else many_reports)
        due = started + number / rate
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        under_way.append(asyncio.create_task(_post(client, post, due, timed[1 - is_text])))
    await asyncio.gather(*under_way)
    return timed


async def _all_at_once(client: httpx.AsyncClient, posts: Sequence[Post]) -> Timed:
    timed, due = Timed(), time.perf_counter()
    await asyncio.gather(*(_post(client, post, due, timed) for post in posts))
    return timed


async def _post(client: httpx.AsyncClient, post: Post, due: float, timed: Timed) -> None:
    try:
        answer = await client.post(post.path, content=post.body, headers=post.headers)
    except httpx.TransportError:
        timed.failed += 1
        return
    timed.milliseconds.append((time.perf_counter() - due) * 1000)
    timed.failed += not answer.is_success


def _text(house: House, number: int) -> Post:
    sid, phone = f"SM{number:031x}f", house.phones[number % len(house.phones)]
    form = {"MessageSid": sid, "From": phone, "To": "+12065550199", "Body": WORDS[number % len(WORDS)], "NumMedia": "0"}
    return _signed(house, "/webhooks/twilio/inbound", form, sid)


def _report(house: House, message_id: str, number: int) -> Post:
    """Of ten messages one isn't delivered: its plan hears of it, which is the longer way."""
    form = {"MessageSid": f"SM{number:032x}", "MessageStatus": "undelivered" if number % 10 == 9 else "delivered"}
    if number % 10 == 9:
        form["ErrorCode"] = "30003"
    return _signed(house, f"/webhooks/twilio/status/{message_id}", form, message_id)


def _signed(house: House, path: str, form: dict[str, str], mark: str) -> Post:
    signer = RequestValidator(house.auth_token)
    signature = signer.compute_signature(PUBLIC_URL + path, form)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
    return Post(path, urlencode(form).encode(), headers, mark)


def _lost(house: House, texts: Sequence[Post], message_ids: Sequence[str]) -> int:
    states = states_of(house, message_ids)
    unmoved = sum(states.get(message_id) not in ("delivered", "undelivered") for message_id in message_ids)
    return unmoved + sum(not house.records.has_inbound(text.mark) for text in texts)


def table(measured: Measured) -> str:
    """The numbers as Markdown, in milliseconds."""
    rows = ["| what came | count | p50 | p90 | p99 | max |", "|---|--:|--:|--:|--:|--:|"]
    timings = {
        "texts of clients": measured.texts,
        "delivery reports": measured.reports,
        "a burst of delivery reports": measured.burst,
    }
    for what, timed in timings.items():
        shown = " | ".join(f"{timed.at(share):.0f}" for share in (0.5, 0.9, 0.99, 1.0))
        rows.append(f"| {what} | {len(timed.milliseconds)} | {shown} |")
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Times the acknowledgement of webhooks.")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rate", type=float, default=50, help="webhooks a second")
    parser.add_argument("--burst", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--per-text", type=int, default=PER_TEXT, help="delivery reports for each text of a client")
    parser.add_argument("--no-worker", action="store_true", help="texts are taken in, and no plan goes on")
    asked = parser.parse_args(argv)
    before = os.getloadavg()[0]
    measured = asyncio.run(
        measure(
            asked.seconds, asked.rate, asked.burst, asked.clients, worker=not asked.no_worker, per_text=asked.per_text
        )
    )
    print(
        f"{asked.rate:g} webhooks a second for {asked.seconds:g} s, {os.cpu_count()} cores, load before: {before:.1f}"
    )
    print(f"Milliseconds from when it was due to the answer{'; no worker ran' if asked.no_worker else ''}:\n")
    print(table(measured))
    print(f"\nThe burst was acknowledged in {measured.burst_seconds:.1f} s. Lost: {measured.lost}.")
    missed = measured.missed()
    for complaint in missed:
        print(f"MISSED: {complaint}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
