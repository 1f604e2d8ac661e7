"""The `followthrough` command as a person runs it: in a folder of its own, with no settings but the given ones."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import cli
from programs.embedded import DEFAULT_PORTS, free_port
from settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLLOWTHROUGH = Path(sys.executable).with_name("followthrough")


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        """Standard output as one JSON object; fails where it is anything else."""
        return json.loads(self.out)


def environment(**settings: str) -> dict[str, str]:
    ours = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("TEMPORAL_")}
    return kept | {"TEMPORAL_CONFIG_FILE": os.devnull, "COLUMNS": "160"} | settings


def run(*arguments: str | Path, folder: Path, **settings: str) -> Answer:
    done = subprocess.run(
        [FOLLOWTHROUGH, *arguments],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


class Here:
    """The command in this process, in an empty folder: quicker, where a process of its own would add nothing."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)
        for name in set(os.environ) - set(environment()):
            monkeypatch.delenv(name)
        monkeypatch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)
        monkeypatch.setitem(DEFAULT_PORTS, "temporal", free_port())  # the usual one may be in use on this machine

    def set(self, **settings: str) -> None:
        for name, value in settings.items():
            self._monkeypatch.setenv(name, value)

    def will_be_set(self, name: str) -> None:
        """The command sets this one by itself; it is taken back after the test."""
        self._monkeypatch.setenv(name, "")
        del os.environ[name]

    def run(self, *arguments: str | Path) -> Answer:
        code = cli.answer([str(argument) for argument in arguments])
        captured = self._capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    def left_behind(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())
