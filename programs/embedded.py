"""The embedded default: Temporal's own dev server on a file in `var/`, on ports that are free and remembered."""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from domain.errors import Problem, Refused
from domain.names import SEARCH_ATTRIBUTES

RETENTION = "3650d"
"""A closed plan stays readable in Temporal's own pages for ten years; the default of one day would forget it."""
START_WITHIN_SECONDS = 60
DEFAULT_PORTS = {"web": 8000, "temporal": 7233, "temporal_ui": 8233}
PORT_NAMES = {"web": "the pages are", "temporal": "Temporal is", "temporal_ui": "Temporal's pages are"}
LAST_PORT = 65535


def executable(name: str) -> str:
    """The path of a server that came with our packages. Raises Refused where it is missing."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise Refused("installation", [Problem(name, "is missing; install the packages again with `make`")])
    return found


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody uses, and that no system gives to an outgoing connection before we listen on it."""
    while True:
        port = secrets.randbelow(32768 - 15000) + 15000
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def remembered_ports(var: Path) -> dict[str, int]:
    """The ports that `choose_ports` chose last; the default for each that the file doesn't name as a port."""
    try:
        kept: Any = json.loads((var / "ports.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        kept = None
    known = cast("dict[str, Any]", kept) if isinstance(kept, dict) else {}
    return {name: known[name] if _is_port(known.get(name)) else default for name, default in DEFAULT_PORTS.items()}


def _is_port(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LAST_PORT


def choose_ports(var: Path, web_port: int) -> dict[str, int]:
    """Ports for web, Temporal and its pages: the remembered ones, else the defaults, else free ones."""
    remembered = remembered_ports(var)
    wanted = DEFAULT_PORTS | {"web": web_port}
    ports: dict[str, int] = {}
    for name, default in wanted.items():
        candidates = [default] if name == "web" and default != DEFAULT_PORTS["web"] else [remembered[name], default]
        ports[name] = next((port for port in candidates if is_free(port)), 0) or free_port()
    (var / "ports.json").write_text(json.dumps(ports), "utf-8")
    return ports


def replaced_ports(ports: dict[str, int], web_port: int) -> list[tuple[int, str, int]]:
    """Each port that is another than the wanted one: the wanted one, what is on the other, and the other."""
    wanted = DEFAULT_PORTS | {"web": web_port}
    return [(wanted[name], PORT_NAMES[name], ports[name]) for name in wanted if ports[name] != wanted[name]]


@dataclass
class DevServer:
    """A running Temporal dev server."""

    address: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Ask it to stop, and make sure of it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_dev_server(database: Path | None, port: int, ui_port: int | None, log_file: Path) -> DevServer:
    """Start Temporal's dev server, on a file in WAL mode or in memory. Raises Refused where it doesn't come up."""
    command = [executable("temporal"), "server", "start-dev", "--ip", "127.0.0.1", "--port", str(port)]
    command += ["--headless"] if ui_port is None else ["--ui-ip", "127.0.0.1", "--ui-port", str(ui_port)]
    command += ["--log-level", "warn", "--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"]
    for attribute in SEARCH_ATTRIBUTES:
        command += ["--search-attribute", f"{attribute}=Keyword"]
    if database is not None:
        stop_orphan(database)
        command += ["--db-filename", str(database.resolve())]
    with log_file.open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 - our own server
    server = DevServer(f"127.0.0.1:{port}", process)
    if database is not None:
        _pid_file(database).write_text(str(process.pid), "utf-8")
    _wait_until_ready(server, log_file)
    return server


def keep_closed_workflows(address: str) -> None:
    """Keep closed workflows well beyond a plan's life. The namespace may take a moment to be there after a start."""
    command = [executable("temporal"), "operator", "namespace", "update", "-n", "default", "--address", address]
    words = ""
    for _ in range(20):
        done = subprocess.run([*command, "--retention", RETENTION], capture_output=True, check=False)  # noqa: S603
        if done.returncode == 0:
            return
        words = done.stderr.decode()[-200:].strip()
        time.sleep(0.5)
    raise Refused("temporal", [Problem("retention", f"could not be set: {words}")])


def _wait_until_ready(server: DevServer, log_file: Path) -> None:
    command = [executable("temporal"), "operator", "cluster", "health", "--address", server.address]
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:  # noqa: S603
            return
        time.sleep(0.2)
    server.process.kill()
    raise Refused("temporal", [Problem("server", f"did not start; its own words are in {log_file}")])


def _pid_file(database: Path) -> Path:
    return database.with_suffix(".pid")


def stop_orphan(database: Path) -> None:
    """End a server that still holds this file after its owner was killed; two on one file would spoil it."""
    for pid in _holders(database):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            for _ in range(100):
                os.kill(pid, 0)
                time.sleep(0.05)


def _holders(database: Path) -> Iterator[int]:
    try:
        pid = int(_pid_file(database).read_text("utf-8"))
    except (OSError, ValueError):
        return
    command = _command_of(pid)
    if b"start-dev" in command and str(database.resolve()).encode() in command:
        yield pid


def _command_of(pid: int) -> bytes:
    """The command line of a process; empty where there is none. Linux needs no `ps` for it, others have one."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        ps = shutil.which("ps")
    if ps is None:
        return b""
    return subprocess.run([ps, "-p", str(pid), "-o", "command="], capture_output=True, check=False).stdout  # noqa: S603


async def in_thread_start(database: Path | None, port: int, ui_port: int | None, log_file: Path) -> DevServer:
    """`start_dev_server` and the retention, off the event loop."""
    server = await asyncio.to_thread(start_dev_server, database, port, ui_port, log_file)
    await asyncio.to_thread(keep_closed_workflows, server.address)
    return server
