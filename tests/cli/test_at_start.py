"""What a start finds in its folder and leaves there: ports, rights, a database of another version, what it prints."""

import json
import os
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from domain.errors import Refused
from programs.doctor_database import check_database
from programs.embedded import DEFAULT_PORTS, choose_ports, free_port, remembered_ports
from programs.private import private_folder
from programs.up import printed_link, words_of_start
from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of
from settings import Settings
from worker import open_records

URL = "http://127.0.0.1:8000"
LIVE: dict[str, Any] = {
    "messaging": "live",
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": "secret",
    "twilio_from_number": "+12065550100",
    "public_url": "https://plans.example.com",
}


def some_settings(**changes: Any) -> Settings:
    return Settings(_env_file=None, **changes)  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[]",
        "null",
        "7",
        '{"web": "8000"}',
        '{"web": null, "temporal": true}',
        '{"web": -1, "temporal": 70000}',
        '{"web": 80.5}',
        "{" * 5000,
        '{"web": 99999999999999999999, "other": 1}',
    ],
)
def test_spoilt_ports_are_replaced(tmp_path: Path, kept: str) -> None:
    (tmp_path / "ports.json").write_text(kept)
    assert remembered_ports(tmp_path) == DEFAULT_PORTS
    ports = choose_ports(tmp_path, free_port())
    assert json.loads((tmp_path / "ports.json").read_text()) == ports
    assert ports.keys() == DEFAULT_PORTS.keys()
    assert all(1 <= port <= 65535 for port in ports.values())


def test_what_is_sound_in_spoilt_ports_is_kept(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text('{"web": "no", "temporal": 7300}')
    assert remembered_ports(tmp_path) == DEFAULT_PORTS | {"temporal": 7300}


def test_a_start_says_which_port_took_the_place_of_a_taken_one(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = int(taken.getsockname()[1])
        ports = choose_ports(tmp_path, wanted)
    lines = list(words_of_start(some_settings(web_port=wanted), URL, ports, ""))
    assert f"  Port {wanted} was taken: the pages are on {ports['web']} instead" in lines
    as_wanted = DEFAULT_PORTS | {"web": wanted}
    assert not any("taken" in line for line in words_of_start(some_settings(web_port=wanted), URL, as_wanted, ""))


async def test_no_login_link_is_printed_where_messages_are_live(tmp_path: Path) -> None:
    with closing(Records.open(f"sqlite:///{tmp_path / 'records.db'}", KeyRing.generate())) as records:
        records.migrate()
        assert await printed_link(some_settings(**LIVE), records, URL) == ""
        link = await printed_link(some_settings(), records, URL)
        assert link.startswith(f"{URL}/login/link/")
        live = "\n".join(words_of_start(some_settings(**LIVE), URL, DEFAULT_PORTS, ""))
        assert f"{URL}/login\n" in live
        assert "/phone" not in live
        assert link in "\n".join(words_of_start(some_settings(), URL, DEFAULT_PORTS, link))


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}


def test_the_folder_and_all_in_it_is_for_whoever_runs_the_program(tmp_path: Path) -> None:
    var = tmp_path / "var"
    (var / "papers").mkdir(parents=True)
    (var / "papers" / "old").write_text("x")
    (var / "temporal.db").write_text("x")
    (tmp_path / "elsewhere").write_text("x")
    (var / "link").symlink_to(tmp_path / "elsewhere")
    var.chmod(0o755)
    for path in (var / "papers" / "old", var / "temporal.db", tmp_path / "elsewhere"):
        path.chmod(0o644)
    before = os.umask(0o022)
    try:
        private_folder(var)
        (var / "made later").write_text("x")
        subprocess.run(["touch", var / "made by a server"], check=True)
    finally:
        os.umask(before)
    assert modes(var) == {
        ".": 0o700,
        "papers": 0o700,
        "papers/old": 0o600,
        "temporal.db": 0o600,
        "link": 0o644,
        "made later": 0o600,
        "made by a server": 0o600,
    }


def test_the_records_that_a_start_opens_are_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o022)
    try:
        open_records(some_settings(), KeyRing.generate()).close()
    finally:
        os.umask(before)
    assert {name: oct(mode) for name, mode in modes(tmp_path / "var").items()} == {".": "0o700", "records.db": "0o600"}


def test_a_database_of_a_newer_version_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keys, settings = KeyRing.generate(), some_settings()
    open_records(settings, keys).close()
    engine = engine_of("sqlite:///var/records.db")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    closed: list[Records] = []

    def note(records: Records) -> None:
        closed.append(records)

    with monkeypatch.context() as watched:
        watched.setattr(Records, "close", note)
        with pytest.raises(Refused) as refused:
            open_records(settings, keys)
    assert len(closed) == 1, "whoever is refused leaves no connection open"
    closed[0].close()
    [problem] = refused.value.problems
    assert "its schema 9999 is of a newer version of this program" in problem.fix
    assert "start the newer version, or bring back the copy" in problem.fix
    assert "\n" not in str(problem)
    [finding] = check_database(settings, keys)
    assert "its schema 9999 is of a newer version" in str(finding)


def test_libraries_log_from_warnings_on() -> None:
    script = (
        "import logging\nfrom programs.quiet_logs import start_logging\nstart_logging()\n"
        "for name in ('fontTools.subset', 'httpx', 'alembic', 'temporalio', 'anything'):\n"
        "    logging.getLogger(name).info('its work'); logging.getLogger(name).warning('a fault of %s', name)\n"
        "logging.getLogger('followthrough.up').info('ours')"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr
    assert said.count("a fault of") == 5
    assert "its work" not in said
    assert "ours" in said
