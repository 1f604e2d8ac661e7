"""What a stranger's mail, upload or socket costs the web program, and how long an API call beside it waits.

    python -m bench.bombs            # all of them
    python -m bench.bombs comments   # those whose name holds this word

Temporal's dev server and `followthrough web` run as they do on one machine, on new files. Each mail is signed as
SendGrid would sign it, and is over when it is on the desk or was taken in. What the calls beside it cost by themselves
is measured first and taken off. The exit code is 1 where one mail costs a second of processor time, or anything 50 MB,
or where the slowest of twenty calls beside it takes 200 ms and twice as long as beside nothing.
"""

import argparse
import asyncio
import base64
import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.bomb_mails import FORM, MAILS, form
from bench.cost import measured
from bench.webhook_house import House, a_house

CPU_SECONDS, GROWN_MB, BESIDE_MS = 1.0, 50.0, 200.0
LARGE = 29 * 1024 * 1024
"""A multiple of the pieces in which it is sent."""
CLOSED_WITHIN_SECONDS = 60.0
CALL_EVERY_SECONDS = 0.05
_TAGS = b"From: a%d@example.com\r\nContent-Type: text/html\r\n\r\n"
Throw = Callable[[House], Awaitable[str]]
SIGNER = generate_private_key(SECP256R1())


@dataclass
class Row:
    """One line of the table. `said` is what became of it."""

    name: str
    cpu_seconds: float
    grown_mb: float
    said: str
    of_one_mail: bool
    beside_ms: list[float] = field(default_factory=list[float])

    def is_bad(self, idle: "Row") -> bool:
        """Whether it costs more than it may, on a machine on which calls beside nothing take as long as `idle` says."""
        slow = self.slow_ms >= BESIDE_MS and self.slow_ms >= 2 * idle.slow_ms
        return (self.of_one_mail and self.cpu_seconds >= CPU_SECONDS) or self.grown_mb >= GROWN_MB or slow

    @property
    def slow_ms(self) -> float:
        """The slowest of twenty calls."""
        ordered = sorted(self.beside_ms)
        return ordered[int(0.95 * len(ordered))] if ordered else 0

    def line(self) -> str:
        """As the table shows it."""
        usual, worst = statistics.median(self.beside_ms), max(self.beside_ms)
        figures = f"{self.cpu_seconds:6.2f} s {self.grown_mb:5.0f} MB {usual:5.0f} {self.slow_ms:5.0f} {worst:5.0f} ms"
        return f"{self.name:33} {figures}  {self.said}"


async def measure(word: str) -> list[Row]:
    """Start the program and throw everything at it whose name holds the word; the first row is of nothing at all."""
    key = SIGNER.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    settings = {"SENDGRID_INBOUND_PUBLIC_KEY": base64.b64encode(key).decode()}
    mails = {"an ordinary mail": lambda: b"From: a@example.com\r\n\r\nAnd now?", **MAILS}
    thrown: dict[str, Throw] = {name: _mail(make) for name, make in mails.items()} | OTHERS
    with tempfile.TemporaryDirectory(prefix="bench-bombs-") as folder:
        async with a_house(Path(folder), 1, worker=False, **settings) as house:
            for number in range(3):  # whatever is loaded once is loaded now
                await _mail(lambda n=number: b"From: a@example.com\r\n\r\nIs parking free? %d" % n)(house)
            idle = await _thrown(house, "nothing", _nothing, 0)
            per_call = idle.cpu_seconds / len(idle.beside_ms)
            rows = [replace(idle, said=f"{1000 * per_call:.1f} ms of processor time a call")]
            print(f"{'':33} {'CPU':>8} {'grown':>8}   usual, slow and slowest call")
            print(rows[0].line(), flush=True)
            for name, throw in thrown.items():
                if word in name:
                    rows.append(await _thrown(house, name, throw, per_call))
                    print(rows[-1].line(), flush=True)
    return rows


def signed(body: bytes) -> dict[str, str]:
    """The headers by which the program takes it for SendGrid's."""
    signature = base64.b64encode(SIGNER.sign(b"1767600000" + body, ECDSA(SHA256()))).decode()
    return {
        "X-Twilio-Email-Event-Webhook-Signature": signature,
        "X-Twilio-Email-Event-Webhook-Timestamp": "1767600000",
        "Content-Type": FORM,
    }


async def _nothing(house: House) -> str:
    await asyncio.sleep(5)
    return ""


def _mail(make: Callable[[], bytes]) -> Throw:
    async def throw(house: House) -> str:
        before = {view.task.key for view in await asyncio.to_thread(house.records.desk_tasks)}
        answer = await _posted(house, make())
        await _until_read(house)
        tasks = {view.task.key for view in await asyncio.to_thread(house.records.desk_tasks)} - before
        kept = any(key.startswith("raw-mail:") for key in tasks)
        return f"{answer}, {len(tasks)} on the desk{', kept as it came' if kept else ''}"

    return throw


async def _posted(house: House, mail: bytes) -> int:
    body = form(mail)
    headers = signed(body)
    async with httpx.AsyncClient(base_url=house.url, timeout=60, trust_env=False, verify=False) as client:  # noqa: S501
        return (await client.post("/webhooks/sendgrid/inbound", content=body, headers=headers)).status_code


async def _many_mails(house: House) -> str:
    mails = [_TAGS % number + b"<a " * 4000 for number in range(45)]
    began = time.perf_counter()
    await asyncio.gather(*(_posted(house, mail) for mail in mails))
    answered = time.perf_counter() - began
    await _until_read(house)
    return f"answered in {answered:.1f} s, read after {time.perf_counter() - began:.1f} s"


async def _until_read(house: House) -> None:
    """No mail waits any more."""
    while await asyncio.to_thread(house.records.raw_mails_to_read_count):  # noqa: ASYNC110 - what changes is in another process
        await asyncio.sleep(0.02)


async def _uploads(house: House) -> str:
    return await _forty(house, f"content-length: {LARGE}\r\n\r\n".encode(), bytes(64 * 1024), LARGE)


async def _uploads_in_pieces(house: House) -> str:
    piece = b"10000\r\n" + bytes(64 * 1024) + b"\r\n"
    return await _forty(house, b"transfer-encoding: chunked\r\n\r\n", piece, LARGE)


async def _headers(house: House) -> str:
    return await _forty(house, b"", b"X-A: " + b"a" * 1000 + b"\r\n", 4_000_000)


async def _forty(house: House, more: bytes, piece: bytes, size: int) -> str:
    """Forty callers with a signature that could be one, each as fast as it is let."""
    signature = base64.b64encode(b"x" * 70)
    head = (
        b"POST /webhooks/sendgrid/inbound HTTP/1.1\r\nhost: x\r\n"
        b"x-twilio-email-event-webhook-timestamp: 1767600000\r\n"
        b"x-twilio-email-event-webhook-signature: " + signature + b"\r\n" + more
    )
    answers = await asyncio.gather(*(_upload(house, head, piece, size) for _ in range(40)))
    return ", ".join(f"{answers.count(each)} x {each}" for each in sorted(set(answers)))


async def _upload(house: House, head: bytes, piece: bytes, size: int) -> str:
    where = urlsplit(house.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        writer.write(head)
        sent = 0
        while sent + len(piece) <= size and not reader.at_eof() and not writer.is_closing():
            writer.write(piece)
            sent += len(piece)
            await writer.drain()
        if b"chunked" in head:
            writer.write(b"0\r\n\r\n")
        answer = await asyncio.wait_for(reader.readline(), CLOSED_WITHIN_SECONDS)
        return answer.split(b" ")[1].decode() if b" " in answer else "closed"
    except TimeoutError:
        return "never answered"
    except OSError:
        return "closed"
    finally:
        writer.close()


async def _slow_sockets(house: House) -> str:
    """Two hundred that begin a request and go on for ever, a letter at a time."""
    where = urlsplit(house.url)

    async def slow() -> float:
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        writer.write(b"GET /api/plans HTTP/1.1\r\nX-A: ")
        ended = asyncio.create_task(reader.read())
        while not ended.done() and time.perf_counter() - began < CLOSED_WITHIN_SECONDS:
            writer.write(b"a")
            await asyncio.wait({ended}, timeout=1)
        if not ended.done():
            ended.cancel()
        writer.close()
        return time.perf_counter() - began

    lasted = await asyncio.gather(*(slow() for _ in range(200)))
    return f"closed after {max(lasted):.0f} s at most"


OTHERS: dict[str, Throw] = {
    "45 mails at once": _many_mails,
    "40 uploads of 29 MB": _uploads,
    "40 uploads of 29 MB in pieces": _uploads_in_pieces,
    "40 x 4 MB of headers": _headers,
    "200 slow sockets": _slow_sockets,
}


async def _thrown(house: House, name: str, throw: Throw, per_call: float) -> Row:
    """The cost of one of them, with calls of the API beside it."""
    with measured(house.web_pid) as cost, _calls(house) as beside:
        said = await throw(house)
    cpu = max(0.0, cost.cpu_seconds - per_call * len(beside))
    return Row(name, cpu, cost.grown_mb, said, name not in OTHERS, beside)


@contextlib.contextmanager
def _calls(house: House) -> Generator[list[float]]:
    """How long each took in milliseconds, by a process of its own: what throws bombs is busy itself."""
    command = [sys.executable, "-c", _CALLER, house.url, house.api_token, str(CALL_EVERY_SECONDS)]
    calling = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    beside: list[float] = []
    assert calling.stdout is not None  # noqa: S101 - it was asked for
    calling.stdout.readline()  # its first call went well
    try:
        yield beside
    finally:
        said, _ = calling.communicate("")
        beside += [float(word) for word in said.split()]


_CALLER = """
import http.client, select, sys, time, urllib.parse
url, token, every = sys.argv[1:]
where = urllib.parse.urlsplit(url)
def call():
    server = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
    began = time.perf_counter()
    server.request("GET", "/api/plans/bench-0", headers={"Authorization": "Bearer " + token})
    assert server.getresponse().read()
    server.close()
    return (time.perf_counter() - began) * 1000
call()
print("ready", flush=True)
took = [call()]
while not select.select([sys.stdin], [], [], float(every))[0]:
    took.append(call())
print(*took)
"""


def main() -> int:
    """Print the table; 1 where something costs more than it may."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("word", nargs="?", default="", help="only those whose name holds this")
    rows = asyncio.run(measure(arguments.parse_args().word))
    bad = [row.name for row in rows if row.is_bad(rows[0])]
    print(f"{len(rows) - 1} thrown, {len(bad)} cost more than they may{': ' if bad else ''}{', '.join(bad)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
