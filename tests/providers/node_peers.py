"""Other people's programs for Node, in exact versions, installed once per machine outside this repository.

FOLLOWTHROUGH_TEST_PEERS names a folder to keep them in; without it they go to the system's temporary folder.
"""

import contextlib
import functools
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "node"
SPECS = Path(__file__).parents[3] / "shared" / "specs"
INSTALL_SECONDS = 200
START_SECONDS = 40
NO_REGISTRY = {
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "E403",
}
"""Codes of npm for a machine that has no way out, or one that lets only some packages through."""


def installed() -> Path:
    """The folder that holds node_modules. Skips the test where Node or npm is absent or npm can install nothing."""
    folder, trouble = _tried_once()
    if trouble:
        pytest.skip(trouble)
    return folder


@functools.cache
def _tried_once() -> tuple[Path, str]:
    """The folder, and why there is nothing in it: a machine without a network shall wait once, not in each test."""
    wanted = (HERE / "package.json").read_bytes()
    folder = _kept_in() / f"peers-{hashlib.sha256(wanted).hexdigest()[:16]}"
    if not shutil.which("node") or not shutil.which("npm"):
        return folder, "needs Node and npm"
    return folder, "" if folder.exists() else _install(folder)


def _kept_in() -> Path:
    named = os.environ.get("FOLLOWTHROUGH_TEST_PEERS")
    kept_in = Path(named or Path(tempfile.gettempdir()) / f"followthrough-test-peers-{os.getuid()}")
    kept_in.mkdir(mode=0o700, parents=True, exist_ok=True)
    if kept_in.stat().st_uid != os.getuid():
        pytest.fail("the folder of the test peers belongs to somebody else, who could have put anything there")
    return kept_in


def _install(folder: Path) -> str:
    """Install beside the folder and then rename, so that runs at the same time find all of it or nothing.

    Returns what went wrong, empty if nothing did.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="installing-") as name:
        made = Path(name) / "peers"
        made.mkdir()
        shutil.copy(HERE / "package.json", made)
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
        patience = ["--no-update-notifier", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
        try:
            subprocess.run([*command, *patience], cwd=made, check=True, capture_output=True, timeout=INSTALL_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            return f"npm can't install the peers of these tests here: {_unreachable(error.stderr)}"
        with contextlib.suppress(OSError):  # another run was quicker
            made.rename(folder)
    return ""


def _unreachable(output: bytes | None) -> str:
    """What npm says where it found no registry. Anything else that it complains of is a mistake of ours and fails."""
    said = (output or b"").decode("utf-8", "replace")
    code = re.search(r"^npm error code (\S+)", said, re.MULTILINE)
    if code and code[1] not in NO_REGISTRY:
        raise AssertionError(said)
    return code[1] if code else "it took too long"


def ask_peers(kind: str, jobs: list[dict[str, Any]]) -> list[Any]:
    """What node/peers.cjs makes of these jobs, in the same order."""
    script = ["node", str(HERE / "peers.cjs"), str(installed())]
    done = subprocess.run(script, input=json.dumps([kind, jobs]).encode(), capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


@contextlib.contextmanager
def prism_serving(spec: str) -> Generator[str]:
    """The URL of a Prism that answers by this API description and refuses requests that break it."""
    path = SPECS / spec
    if not path.exists():
        pytest.skip("the vendor's API description is not beside this repository")
    port = _a_free_port()
    program = installed() / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    # Without --errors: the vendor's own examples break its description, and Prism would refuse to answer with them.
    command = ["node", str(program), "mock", "--host", "127.0.0.1", "--port", str(port), str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as prism:
        try:
            _wait_until_it_listens(port, prism)
            yield f"http://127.0.0.1:{port}"
        finally:
            prism.terminate()


def _a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_listens(port: int, prism: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while prism.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"Prism doesn't listen (exit code {prism.poll()})")
