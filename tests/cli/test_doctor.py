"""`followthrough doctor`: one line for each check, the fix for what is wrong, and nothing changed."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.messages import SendMessages
from activities.start import WorkflowStarter
from domain.wording import Wording
from programs.doctor import run_doctor
from programs.embedded import DevServer, free_port, keep_closed_workflows, start_dev_server
from records.database import Records
from records.keyring import KeyRing
from tests.cli.commands import EXAMPLES, Here, run
from tests.providers.scripted_vendor import Answer, a_url_where_nobody_listens, a_vendor_that_answers
from worker import build_worker, write_secret

SID = "AC" + "0" * 32
LIVE = {
    "MESSAGING": "live",
    "TWILIO_ACCOUNT_SID": SID,
    "TWILIO_AUTH_TOKEN": "hush-token",
    "TWILIO_FROM_NUMBER": "+12065550100",
    "SENDGRID_API_KEY": "hush-key",
    "SENDGRID_FROM_EMAIL": "office@example.com",
    "PUBLIC_URL": "https://example.com",
}


class Report:
    def __init__(self, code: int, lines: list[str]) -> None:
        self.code = code
        self.lines = lines
        self.fixes = [line for line in lines if line.startswith("FIX  ")]
        self.fine = [line for line in lines if line.startswith("ok   ")]


async def ask_the_doctor() -> Report:
    lines: list[str] = []
    code = await run_doctor(lines.append)
    return Report(code, lines)


def a_practice_of_our_own(folder: Path) -> Path:
    text = (EXAMPLES / "practice.yaml").read_text("utf-8").replace("demo: true\n", "")
    path = folder / "ours.yaml"
    path.write_text(text, "utf-8")
    return path


def a_database(folder: Path, keys: KeyRing) -> Path:
    path = folder / "records.db"
    records = Records.open(f"sqlite:///{path}", keys)
    records.migrate()
    records.is_suppressed("sms", "+12065550101")  # makes the look-up secret, as the first question does
    records.close()
    return path


def test_on_a_new_machine_nothing_needs_fixing_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "ports.json").write_text(f'{{"temporal": {free_port()}}}')  # the usual one may be in use here
    answer = run("doctor", folder=tmp_path)
    assert (answer.code, answer.err) == (0, "")
    *checks, last = answer.out.splitlines()
    assert last == "Nothing needs fixing."
    assert all(line.startswith("ok   ") for line in checks)
    places = {line[5:].split(":")[0] for line in checks}
    assert places == {
        "settings",
        "practice",
        "templates",
        "time zones",
        "keys",
        "database",
        "servers",
        "temporal",
        "messaging",
    }
    assert "ok   temporal: no server is running; `followthrough up` starts its own" in checks
    assert "ok   messaging: local: nothing leaves this machine; texts and emails are at /phone" in checks
    assert [path.name for path in tmp_path.rglob("*")] == ["var", "ports.json"]


async def test_bad_settings_are_each_said_without_their_values(here: Here) -> None:
    here.set(MESSAGING="pigeon", DATABASE_URL="mysql://me:hush@db/plans")
    report = await ask_the_doctor()
    assert report.code == 1
    assert report.fixes == [
        "FIX  settings: MESSAGING: write local or live",
        "FIX  settings: DATABASE_URL: write sqlite:///var/records.db or postgresql://user:password@host:5432/name",
    ]


async def test_a_bad_practice_file_and_bad_templates_of_ones_own_are_said_with_their_lines(here: Here) -> None:
    path = a_practice_of_our_own(here.folder)
    (here.folder / "templates").mkdir()
    (here.folder / "templates" / "en.yaml").write_text('welcome: "Hello {nobody}"\n', "utf-8")
    here.set(PRACTICE_FILE=str(path))
    report = await ask_the_doctor()
    assert report.code == 1
    assert {line.split(": ")[0] for line in report.fixes} == {f"FIX  {here.folder}/templates/en.yaml"}
    assert any(": line 1, welcome.text: has the unknown variable {nobody}" in line for line in report.fixes)

    path.write_text(path.read_text("utf-8").replace("review_url:", "review:"), "utf-8")
    report = await ask_the_doctor()
    assert report.fixes[0] == (f'FIX  {path}: line 9, review: is no field of this part; did you mean "review_url"?')


async def test_a_database_at_the_newest_schema_is_looked_at_and_left_as_it_is(here: Here) -> None:
    keys = KeyRing.generate()
    path = a_database(here.folder, keys)
    here.set(DATABASE_URL=f"sqlite:///{path}", PAYLOAD_KEYS=keys.dump())
    report = await ask_the_doctor()
    assert (report.code, report.fixes) == (0, [])
    assert any(line.startswith("ok   database: sqlite, writable, schema ") for line in report.fine)
    with sqlite3.connect(path) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert "followthrough_doctor" not in tables


async def test_plans_that_nobody_can_judge_are_named_by_their_ids(here: Here) -> None:
    keys = KeyRing.generate()
    path = a_database(here.folder, keys)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO plans (plan_id, client_id, status, revision, sealed, enrolled_at, failing_since)"
            " VALUES ('p-1', 'c-1', 'active', 1, x'00', '2026-01-05 20:00:00', '2026-01-06 20:00:00')"
        )
    connection.close()
    here.set(DATABASE_URL=f"sqlite:///{path}", PAYLOAD_KEYS=keys.dump())
    report = await ask_the_doctor()
    assert report.code == 1
    assert any("plans: 1 can't be followed, for judging fails: p-1" in line for line in report.fixes)


async def test_a_database_of_another_schema_is_told_apart(here: Here) -> None:
    keys = KeyRing.generate()
    path = a_database(here.folder, keys)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ancient'")
    connection.close()
    here.set(DATABASE_URL=f"sqlite:///{path}", PAYLOAD_KEYS=keys.dump())
    report = await ask_the_doctor()
    assert report.code == 1
    assert len(report.fixes) == 1
    assert report.fixes[0].startswith("FIX  database: its schema ancient is of a newer version of this program: ")


@pytest.mark.parametrize("other", [KeyRing.generate().dump(), None], ids=["other keys", "no keys"])
async def test_keys_that_do_not_open_the_database_are_found(here: Here, other: str | None) -> None:
    path = a_database(here.folder, KeyRing.generate())
    here.set(DATABASE_URL=f"sqlite:///{path}", **({"PAYLOAD_KEYS": other} if other else {}))
    report = await ask_the_doctor()
    assert report.fixes == [
        "FIX  keys: what the database holds can't be opened with them: bring back the keys of before"
    ]


async def test_a_key_file_that_others_may_read_is_found(here: Here) -> None:
    write_secret(here.folder / "var" / "payload_keys", KeyRing.generate().dump())
    assert (await ask_the_doctor()).code == 0
    (here.folder / "var" / "payload_keys").chmod(0o644)
    report = await ask_the_doctor()
    assert report.fixes == [
        "FIX  keys: others on this machine may read var/payload_keys: run `chmod 600 var/payload_keys`"
    ]


async def test_a_key_that_is_none_is_found_and_not_shown(here: Here) -> None:
    here.set(PAYLOAD_KEYS="k1:hush")
    report = await ask_the_doctor()
    assert report.code == 1
    assert report.fixes[0].startswith("FIX  keys: PAYLOAD_KEYS can't be used: ")
    assert "hush" not in "".join(report.lines)


async def test_servers_that_nobody_answers_at_are_said_with_the_setting_to_mend(here: Here) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        port = taken.getsockname()[1]
        here.set(
            TEMPORAL_ADDRESS=f"127.0.0.1:{port}", DATABASE_URL=f"postgresql://me:hush@127.0.0.1:{port}/followthrough"
        )
        report = await ask_the_doctor()
    assert report.code == 1
    assert report.fixes == [
        "FIX  database: can't be used (OperationalError): "
        "start the server, or mend DATABASE_URL (host, port, name, user, password)",
        f"FIX  temporal: nobody answers at 127.0.0.1:{port} within 5 seconds: "
        "start the server, or mend TEMPORAL_ADDRESS",
    ]
    assert "hush" not in "".join(report.lines)


async def test_live_messaging_asks_each_vendor_once_and_sends_nothing(here: Here) -> None:
    known = Answer(status=200, body='{"status": "active", "scopes": ["mail.send"]}')
    with a_vendor_that_answers(known) as vendor:
        here.set(**LIVE, TWILIO_API_BASE=vendor.url, SENDGRID_API_BASE=vendor.url)
        here.set(PRACTICE_FILE=str(a_practice_of_our_own(here.folder)))
        report = await ask_the_doctor()
    assert (report.code, report.fixes) == (0, [])
    assert "ok   messaging: live: Twilio knows us" in report.fine
    assert "ok   messaging: live: SendGrid knows us" in report.fine
    assert [(asked.path, asked.body) for asked in vendor.asked] == [
        (f"/2010-04-01/Accounts/{SID}.json", b""),
        ("/v3/scopes", b""),
    ]


@pytest.mark.parametrize(
    ("answer", "twilio", "sendgrid"),
    [
        (
            Answer(status=401, body='{"code": 20003, "message": "hush", "status": 401}'),
            "Twilio doesn't take our credentials (code 20003): mend TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
            "SendGrid doesn't take our credentials (code 401): mend SENDGRID_API_KEY (it must be allowed to send)",
        ),
        (
            Answer(status=200, body='{"status": "suspended", "scopes": ["stats.read"]}'),
            "Twilio doesn't take our credentials (code 30002): mend TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
            "SendGrid doesn't take our credentials: mend SENDGRID_API_KEY (it must be allowed to send)",
        ),
        (
            Answer(status=503, body="hush"),
            "Twilio gave no clear answer (code 503): try again in a minute; "
            "else see to this machine's way to the internet and to TWILIO_API_BASE",
            "SendGrid gave no clear answer (code 503): try again in a minute; "
            "else see to this machine's way to the internet and to SENDGRID_API_BASE",
        ),
    ],
)
async def test_a_vendor_that_does_not_know_us_is_said_with_the_fix(
    here: Here, answer: Answer, twilio: str, sendgrid: str
) -> None:
    with a_vendor_that_answers(answer) as vendor:
        here.set(**LIVE, TWILIO_API_BASE=vendor.url, SENDGRID_API_BASE=vendor.url)
        here.set(PRACTICE_FILE=str(a_practice_of_our_own(here.folder)))
        report = await ask_the_doctor()
    assert report.code == 1
    assert report.fixes == [f"FIX  messaging: {twilio}", f"FIX  messaging: {sendgrid}"]
    assert "hush" not in "".join(report.lines)


async def test_live_messaging_with_the_demonstrations_practice_is_wrong(here: Here) -> None:
    url = a_url_where_nobody_listens()
    here.set(**LIVE | {"SENDGRID_API_KEY": ""}, TWILIO_API_BASE=url)
    report = await ask_the_doctor()
    assert [line.split(":")[0] for line in report.fixes] == ["FIX  messaging", "FIX  practice"]
    assert "Twilio could not be reached" in report.fixes[0]
    assert "ok   messaging: live: texts only, for SENDGRID_API_KEY is unset" in report.fine


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[DevServer]:
    log = tmp_path_factory.mktemp("temporal") / "log"
    running = await asyncio.to_thread(start_dev_server, None, free_port(), None, log)
    yield running
    await asyncio.to_thread(running.stop)


async def test_a_server_that_forgets_closed_plans_and_has_no_worker_is_found(here: Here, server: DevServer) -> None:
    here.set(TEMPORAL_ADDRESS=server.address)
    report = await ask_the_doctor()
    assert report.code == 1
    assert report.fixes == [
        "FIX  temporal: namespace default keeps closed plans for 1 days: "
        "run `temporal operator namespace update -n default --retention 3650d`",
        "FIX  temporal: no worker is at work: start `followthrough up`, or `python worker.py`",
    ]
    assert "ok   temporal: the search attributes are there" in report.fine


async def test_a_namespace_that_is_not_there_is_found(here: Here, server: DevServer) -> None:
    here.set(TEMPORAL_ADDRESS=server.address, TEMPORAL_NAMESPACE="elsewhere")
    report = await ask_the_doctor()
    assert report.fixes == [
        "FIX  temporal: there is no namespace elsewhere: run `temporal operator namespace create -n elsewhere "
        "--retention 3650d`, or mend TEMPORAL_NAMESPACE"
    ]


async def test_with_retention_set_and_a_worker_at_work_nothing_needs_fixing(here: Here, server: DevServer) -> None:
    await asyncio.to_thread(keep_closed_workflows, server.address)
    temporal = await Client.connect(server.address)
    records = Records.open(f"sqlite:///{a_database(here.folder, KeyRing.generate())}", KeyRing.generate())
    here.set(TEMPORAL_ADDRESS=server.address)
    with ThreadPoolExecutor(20) as executor:
        worker = build_worker(
            temporal,
            records,
            Wording.load(),
            SendMessages(records, {}),
            WorkflowStarter(temporal),
            "http://x",
            executor,
        )
        async with worker:
            report = await until_a_worker_is_seen()
    records.close()
    assert (report.code, report.fixes) == (0, [])
    assert "ok   temporal: namespace default keeps closed plans for 3650 days" in report.fine
    assert "ok   temporal: 1 worker at work on the task queue followthrough" in report.fine


async def until_a_worker_is_seen() -> Report:
    """The server knows of a worker only once its first poll has come in."""
    for _ in range(50):
        report = await ask_the_doctor()
        if not report.fixes:
            return report
        await asyncio.sleep(0.1)
    return await ask_the_doctor()
