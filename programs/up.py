"""`followthrough up`: everything on this machine. Temporal on a file, worker, web, and at first the demo plans."""

import asyncio
import contextlib
import fcntl
import json
import logging
import os
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from temporalio.service import RPCError

from activities.same_server import identity_of
from domain.errors import Refused
from programs.demo import enrol_examples
from programs.doors import refuse
from programs.embedded import DevServer, choose_ports, in_thread_start, is_free, replaced_ports, stop_orphan
from programs.login_mail import login_mail
from programs.play import play_story
from programs.private import private_folder
from records.database import Records
from settings import VAR, Settings
from web.app import create_app
from web.guarded_http import GuardedProtocol
from web.login import owner_link
from worker import House, build_house, run_worker, stop_on_signals, write_secret

log = logging.getLogger("followthrough.up")
LOOK_EVERY_SECONDS = 1
LOST_FILE = (
    "Temporal's file {file} was lost: what it followed, {count} in all, goes on from the records. Look at Health, and "
    "find out what took the file."
)


async def run_up(settings: Settings, say: Callable[[str], None]) -> int:
    """Start everything, say where to look, and run until told to stop."""
    private_folder(VAR)
    with only_one(VAR / "up.lock") as first:
        if not first:
            say(f"up: is running in this folder already, {_running_at()}; stop it first, or use that one")
            return 1
        return await _run_up(settings, say)


async def _run_up(settings: Settings, say: Callable[[str], None]) -> int:
    if not os.environ.get("TEMPORAL_ADDRESS"):
        await asyncio.to_thread(stop_orphan, VAR / "temporal.db")  # before its ports are taken for somebody else's
    ports = await asyncio.to_thread(choose_ports, VAR, settings.web_port)
    stop = stop_on_signals()
    async with _temporal(ports, say, stop) as kept:
        public_url = settings.public_url or f"http://{settings.web_host}:{ports['web']}"
        house = await build_house(settings, public_url)
        if kept is not None:
            await kept.belongs_to(house, say)
        token = api_token(settings)
        link = await printed_link(settings, house.records, public_url)
        working = asyncio.create_task(run_worker(house, stop))
        serving = asyncio.create_task(serve(house, token, settings.web_host, ports["web"], stop))
        if settings.messaging == "local":
            await enrol_examples(house)
        for line in words_of_start(settings, public_url, ports, link):
            say(line)
        await asyncio.wait({working, serving}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await asyncio.gather(working, serving)
        house.records.close()
    return 0


async def run_web(settings: Settings, say: Callable[[str], None]) -> int:
    """The web process alone, by its settings."""
    if not is_free(settings.web_port, settings.web_host):
        say(f"settings: WEB_PORT: {settings.web_port} is taken; choose another")
        return 2
    house = await build_house(settings)
    token = api_token(settings)
    url = settings.public_url or f"http://{settings.web_host}:{settings.web_port}"
    say(f"Listening on http://{settings.web_host}:{settings.web_port}")
    link = await printed_link(settings, house.records, url)
    if link:
        say(f"To log in, once within the hour: {link}")
    await serve(house, token, settings.web_host, settings.web_port, stop_on_signals())
    house.records.close()
    return 0


async def printed_link(settings: Settings, records: Records, url: str) -> str:
    """What lets the owner in. Empty in production: what is printed is kept in logs there, and others read those."""
    if settings.messaging == "live":
        return ""
    return await asyncio.to_thread(owner_link, records, url, datetime.now(UTC))


def api_token(settings: Settings) -> str:
    """API_TOKEN, or the embedded default's own, made on first use in `var/api_token`."""
    if settings.api_token is not None:
        return settings.api_token.get_secret_value()
    path = VAR / "api_token"
    write_secret(path, os.urandom(24).hex())
    return path.read_text("utf-8").strip()


async def serve(house: House, token: str, host: str, port: int, stop: asyncio.Event) -> None:
    """Answer HTTP until `stop` is set."""

    async def temporal_ready() -> bool:
        try:
            answers = await house.temporal.service_client.check_health()
        except RPCError:
            return False
        await house.server.is_other()  # that is written down, and told by whoever reads it
        return answers

    app = create_app(
        house.settings,
        house.records,
        house.intake,
        house.practice,
        house.keys,
        token,
        temporal_ready,
        login_mail(house.settings, house.practice),
        house.wording,
        play_story,
    )
    # No log_config: its own would write errors with their words. No access log: addresses of requests name people.
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=GuardedProtocol,
        log_level="warning",
        log_config=None,
        access_log=False,
        lifespan="off",
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    app.state.live.close()  # open pages' streams would be waited for
    await app.state.plays.close()
    server.should_exit = True
    await serving
    await asyncio.to_thread(app.state.mails.close)
    stopping.cancel()


class _Server(uvicorn.Server):
    """A server that leaves the signals to us."""

    @contextlib.contextmanager
    def capture_signals(self):  # pyright: ignore[reportUnknownParameterType] - uvicorn's own signature
        """Do nothing: `stop_on_signals` has them."""
        yield


@contextlib.asynccontextmanager
async def _temporal(
    ports: dict[str, int], say: Callable[[str], None], stop: asyncio.Event
) -> AsyncGenerator["_Kept | None"]:
    """Our own Temporal server, unless TEMPORAL_ADDRESS names another one. It is started again if it dies."""
    if os.environ.get("TEMPORAL_ADDRESS"):
        yield None
        return
    say("Starting Temporal …")
    kept = _Kept()
    await kept.start(ports)
    os.environ["TEMPORAL_ADDRESS"] = kept.server.address
    watching = asyncio.create_task(_keep_alive(kept, ports, say, stop))
    try:
        yield kept
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await asyncio.to_thread(kept.server.stop)
        os.environ.pop("TEMPORAL_ADDRESS", None)


class _Kept:
    """The server that runs now, on a file of our own. A file that was lost belongs to nobody else's records."""

    server: DevServer

    def __init__(self) -> None:
        self._is_new = False
        self._house: House | None = None
        self._say: Callable[[str], None] = log.error

    async def start(self, ports: dict[str, int]) -> None:
        """On the file that is there, or on a new one."""
        file = VAR / "temporal.db"
        self._is_new = self._is_new or not file.exists()
        self.server = await in_thread_start(file, ports["temporal"], ports["temporal_ui"], VAR / "temporal.log")
        if self._house is not None:
            await self._accept(self._house)

    async def belongs_to(self, house: House, say: Callable[[str], None]) -> None:
        """From here on a new server is taken for the one of these records."""
        self._house, self._say = house, say
        await self._accept(house)

    async def _accept(self, house: House) -> None:
        if not self._is_new:
            return
        identity = await identity_of(house.temporal)
        before = await asyncio.to_thread(house.records.engine_identity)
        followed = await asyncio.to_thread(house.records.followed) if before else []
        await asyncio.to_thread(house.records.accept_engine, identity)
        self._is_new = False
        if followed:
            self._say(LOST_FILE.format(file=VAR / "temporal.db", count=len(followed)))


async def _keep_alive(kept: _Kept, ports: dict[str, int], say: Callable[[str], None], stop: asyncio.Event) -> None:
    """Start the server again on the same file and port when it has died; where that fails, stop with a clear word."""
    while not stop.is_set():
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        if kept.server.process.poll() is None or stop.is_set():
            continue
        say("Temporal has stopped; starting it again …")
        try:
            await kept.start(ports)
        except Refused as error:
            refuse(error)
            stop.set()


@contextlib.contextmanager
def only_one(path: Path) -> Generator[bool]:
    """Whether this is the only one with this lock file. A killed process leaves no lock behind."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _running_at() -> str:
    try:
        return f"at http://127.0.0.1:{json.loads((VAR / 'ports.json').read_text('utf-8'))['web']}"
    except (OSError, ValueError, KeyError):
        return "at another port"


def words_of_start(settings: Settings, url: str, ports: dict[str, int], link: str) -> Iterator[str]:
    """Where everything is, a line each. `link` lets the owner in; empty where none is printed."""
    yield ""
    yield "Followthrough is running."
    for wanted, what, port in replaced_ports(ports, settings.web_port):
        yield f"  Port {wanted} was taken: {what} on {port} instead"
    if link:
        yield f"  The practice      {link}"
        yield f"                    (works once, within the hour; later {url}/login, with the access token)"
    else:
        yield f"  The practice      {url}/login"
    if settings.messaging == "local":
        yield f"  Clients' phones   {url}/phone (once you are logged in)"
    if not settings.public_url:
        yield f"  Temporal's pages  http://127.0.0.1:{ports['temporal_ui']}"
    yield f"  Its state is in   {Path(VAR).resolve()}/"
    yield "Press Ctrl-C to stop; start again and it goes on where it was."
