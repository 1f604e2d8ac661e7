"""`followthrough export` and `followthrough erase`: all that is kept about one client, and then nothing of it."""

import asyncio
import json
import stat
from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from activities.start import WorkflowStarter
from domain.actions import AddDeskTask, SendMessage
from domain.claim_inputs import ClaimInput
from domain.client import Client as PlanClient
from domain.client import Consent, Person
from domain.escalation import Escalation
from domain.events import SessionCompleted
from domain.names import claim_workflow_id, escalation_workflow_id, plan_workflow_id
from domain.policy import Practice
from domain.state import JournalLine, new_state
from domain.workflow_inputs import EscalationInput, PlanInput
from programs.erase_client import erase_client
from records.database import Records
from records.keyring import KeyRing
from records.sql import engine_of
from records.tables import client_keys
from tests.cli.commands import Here
from tests.domain.claim_builder import a_claim, a_claim_practice
from tests.domain.plan_builder import a_plan, a_yes_goal
from tests.integration.live_site import a_site
from tests.sending_privacy import canaries as c
from tests.today import this_moment
from web.intake import Intake

AT = datetime(2026, 5, 6, 9, tzinfo=UTC)
OURS, ALSO_OURS, THEIRS = "plan-a1", "plan-a2", "plan-b1"
OF_CLIENT = (c.CLIENT, c.SURNAME, c.CLIENT_PHONE, c.CLIENT_MAIL, c.GOAL, c.NOTE, c.REASON, *c.REPLIES, c.RED_FLAG)
OF_ANOTHER = ("Ben Example", c.SECOND_PHONE, c.MAIL_REPLY)


def a_client_of(name: str, phone: str, email: str | None = None, its_id: str | None = None) -> PlanClient:
    consents = [
        Consent(channel=channel, date=date(2026, 1, 1), source="intake form")
        for channel in (("sms", "email") if email else ("sms",))
    ]
    return PlanClient(
        id=its_id, name=name, phone=phone, email=email, time_zone="America/Los_Angeles", consents=consents
    )


def a_story(records: Records, plan_id: str, client: PlanClient, words: tuple[str, ...]) -> None:
    """A plan with one of everything: event, message, replies, question, task, claim, line of the story, opt-out."""
    goal = a_yes_goal().model_copy(update={"description": words[0]})
    state = new_state(plan_id, a_plan(goal, client=client), a_claim_practice(), AT)
    state.journal = [JournalLine(seq=1, at=AT, kind="event", text=words[1])]
    assert records.add_plan(state, AT)
    done = SessionCompleted(event_id=f"{plan_id}-s", occurred_at=AT, appointment_id="v1", note=words[1])
    records.add_event(plan_id, done, AT)
    records.intend(_a_message(plan_id, client, words[0]), AT)
    for number, said in enumerate(words):
        records.add_inbound(f"SM-{plan_id}-{number}", "sms", client.phone or "", said, AT, plan_id)
    robin = Person(name="Robin", phone="+12065550111")
    records.add_escalation(
        Escalation(
            escalation_id=f"e-{plan_id}",
            plan_id=plan_id,
            kind="plateau",
            session=1,
            question="What now?",
            evidence=[words[-1]],
            opened_at=AT,
            responsible=robin,
            backup=robin,
            remind_after=timedelta(days=1),
            backup_after=timedelta(days=2),
        ),
        AT,
    )
    records.add_desk_task(AddDeskTask(key=f"{plan_id}:t", plan_id=plan_id, kind="reply", text=words[-1], at=AT))
    about = {"name": client.name, "phone": client.phone}
    claim = a_claim(claim_id=f"c-{plan_id}", plan_id=plan_id, number=f"FT-{plan_id}", client=about)
    assert records.add_claim(claim, AT)


def _a_message(plan_id: str, client: PlanClient, text: str) -> SendMessage:
    return SendMessage(
        message_key=f"{plan_id}:welcome:sms",
        touchpoint_key="welcome",
        plan_id=plan_id,
        kind="welcome",
        audience="client",
        to="client",
        channel="sms",
        address=client.phone,
        language="en",
        time_zone="America/Los_Angeles",
        template="welcome",
        text=text,
        because="the plan has started",
        category="visit",
        due_at=AT,
        expires_at=AT + timedelta(days=1),
    )


def two_clients(records: Records) -> None:
    """One client with two plans, who has opted out once, and another client."""
    ours = a_client_of(f"{c.CLIENT} {c.SURNAME}", c.CLIENT_PHONE, c.CLIENT_MAIL, "C-1")
    a_story(records, OURS, ours, (c.GOAL, c.NOTE, *c.REPLIES, c.RED_FLAG))
    a_story(records, ALSO_OURS, ours, (c.REASON, c.REASON))
    a_story(records, THEIRS, a_client_of("Ben Example", c.SECOND_PHONE), (c.MAIL_REPLY, c.MAIL_REPLY))
    records.suppress("sms", c.CLIENT_PHONE, AT, "STOP", "the client's own words")


@pytest.fixture
def house(here: Here) -> Generator[tuple[Here, Records]]:
    """An empty folder with two clients on record, in which Temporal doesn't answer."""
    keys = KeyRing.generate()
    url = f"sqlite:///{here.folder}/records.db"
    here.set(TEMPORAL_ADDRESS="127.0.0.1:1", DATABASE_URL=url, PAYLOAD_KEYS=keys.dump())
    records = Records.open(url, keys)
    records.migrate()
    two_clients(records)
    yield here, records
    records.close()


def exported(here: Here, *more: str) -> Path:
    answer = here.run("export", OURS, *more)
    assert (answer.code, answer.err) == (0, "")
    return Path(answer.out.strip())


def test_an_export_holds_everything_about_the_client_and_all_their_plans(house: tuple[Here, Records]) -> None:
    here, records = house
    path = exported(here)
    assert path.name == f"export-{records.client_of_plan(OURS)}.json"
    text = path.read_text("utf-8")
    assert [word for word in OF_CLIENT if word not in text] == []
    told: dict[str, Any] = json.loads(text)
    assert [plan["plan_id"] for plan in told["plans"]] == [OURS, ALSO_OURS]
    assert told["plans"][0]["events"][0]["event"]["note"] == c.NOTE
    assert [line["kind"] for line in told["plans"][0]["story"]].count("reply") == 6
    assert {contact["address"] for contact in told["addresses"]} == {c.CLIENT_PHONE, c.CLIENT_MAIL}
    assert {consent["channel"] for consent in told["consents"]} == {"sms", "email"}
    assert [(word["channel"], word["opted_out"]) for word in told["opt_outs"]] == [("sms", True)]
    counted = {name: len(told[name]) for name in ("messages", "replies", "escalations", "tasks", "claims")}
    assert counted == {"messages": 2, "replies": 8, "escalations": 2, "tasks": 2, "claims": 2}


def test_an_export_holds_nothing_of_another_client(house: tuple[Here, Records]) -> None:
    here, _ = house
    text = exported(here).read_text("utf-8")
    assert [word for word in (*OF_ANOTHER, THEIRS) if word in text] == []
    others = here.run("export", THEIRS, "--out", "ben.json")
    assert others.code == 0
    assert [word for word in OF_ANOTHER if word not in (here.folder / "ben.json").read_text("utf-8")] == []


def test_an_export_is_for_its_owners_eyes_and_in_the_audit_trail(house: tuple[Here, Records]) -> None:
    here, records = house
    path = exported(here)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    [row] = records.audit()
    assert (row.staff_id, row.what, row.subject) == ("command", "exported client", records.client_of_plan(OURS))


def test_an_export_never_takes_another_files_place(house: tuple[Here, Records]) -> None:
    here, _ = house
    (here.folder / "kept.json").write_text("mine", "utf-8")
    answer = here.run("export", OURS, "--out", "kept.json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "kept.json: file: exists already and stays as it is; name another one with --out, or move it\n"
    assert (here.folder / "kept.json").read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", [("export", "nobody"), ("export", "")])
def test_an_unknown_plan_is_refused(house: tuple[Here, Records], command: tuple[str, str]) -> None:
    here, _ = house
    answer = here.run(*command)
    assert answer.code == 2
    assert answer.err.startswith("records: PLAN_ID: no plan has the id")


def test_nothing_is_erased_without_the_word_or_without_temporal(house: tuple[Here, Records]) -> None:
    here, records = house
    answer = here.run("erase", OURS)
    assert answer.code == 2
    assert answer.err == "erase: --yes: erasing can't be taken back; add it if you mean all plans of this client\n"
    answer = here.run("erase", OURS, "--yes")
    assert answer.code == 2
    assert "nobody answers at 127.0.0.1:1" in answer.err
    assert records.plan(OURS) is not None
    assert records.audit() == []


async def test_where_temporal_goes_away_in_between_the_key_is_gone_and_what_is_left_is_said(tmp_path: Path) -> None:
    class _Away:
        def get_workflow_handle(self, workflow_id: str) -> Any:
            return self

        async def terminate(self, *, reason: str, rpc_timeout: timedelta) -> None:
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    records = Records.open(f"sqlite:///{tmp_path}/records.db", KeyRing.generate())
    records.migrate()
    two_clients(records)
    temporal: Any = _Away()
    said: list[str] = []
    assert await erase_client(records, temporal, OURS, this_moment() - timedelta(hours=1), said.append) == 1
    assert records.plan(OURS) is None
    assert said[-1].startswith("Left in Temporal: it stopped answering")
    assert records.clients_to_clear() == [records.client_of_plan(OURS)], "a worker does the rest"
    records.close()


async def start_all(records: Records, temporal: Client, practice: Practice) -> None:
    """The workflows of everything on record; no worker runs, so they stay as they are."""
    starter = WorkflowStarter(temporal)
    for plan_id in (OURS, ALSO_OURS, THEIRS):
        view, asked = records.plan(plan_id), records.escalation(f"e-{plan_id}")
        claim = records.claim(f"c-{plan_id}")
        assert view is not None
        assert asked is not None
        assert claim is not None
        await starter.start_plan(PlanInput(state=view.state))
        await starter.start_escalation(EscalationInput(escalation=asked.escalation, practice=practice))
        await starter.start_claim(ClaimInput(state=claim.state))


async def runs(temporal: Client, workflow_id: str) -> bool:
    """Whether it runs; one that Temporal has deleted doesn't."""
    try:
        described = await temporal.get_workflow_handle(workflow_id).describe()
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
        return False
    return described.status == WorkflowExecutionStatus.RUNNING


def workflow_ids(*plan_ids: str) -> list[str]:
    makers = ((plan_workflow_id, ""), (escalation_workflow_id, "e-"), (claim_workflow_id, "c-"))
    return [make(f"{prefix}{plan_id}") for plan_id in plan_ids for make, prefix in makers]


def wrapped_key(database_url: str, client_id: str) -> bytes:
    """The client's key as it lies in the database, itself encrypted."""
    engine = engine_of(database_url)
    with engine.connect() as connection:
        found = connection.execute(select(client_keys.c.wrapped).where(client_keys.c.owner_id == client_id)).scalar()
    engine.dispose()
    return found or b""


@pytest.mark.timeout(90)
async def test_after_erasing_nothing_runs_nothing_can_be_read_and_the_client_is_a_stranger(here: Here) -> None:
    practice = a_claim_practice()
    folder = here.folder / "site"
    folder.mkdir()
    async with a_site(folder, practice) as site:
        here.set(**site.settings())
        records = site.records
        two_clients(records)
        await start_all(records, site.temporal, practice)
        client_id = records.client_of_plan(OURS) or ""
        key = wrapped_key(site.database_url, client_id)
        assert key in database_bytes(folder)  # so the search below can fail
        exported_before = await asyncio.to_thread(here.run, "export", OURS)
        answer = await asyncio.to_thread(here.run, "erase", OURS, "--yes")
        assert (answer.code, answer.err) == (0, "")
        first, stays = answer.out.splitlines()  # no third line: nothing is left
        assert first == (
            f"Erased client {client_id}: 6 running workflows ended, their key destroyed, 6 of Temporal's runs deleted."
        )
        assert stays.startswith("What stays: that a number or address opted out, by a keyed hash")
        assert [name for name in workflow_ids(OURS, ALSO_OURS) if await runs(site.temporal, name)] == []
        assert [name for name in workflow_ids(THEIRS) if not await runs(site.temporal, name)] == []
        written = [path for path in folder.rglob("*") if path.is_file()]
        assert {"records.db", "temporal.db"} <= {path.name for path in written}
        assert {path.name: found for path in written if (found := c.found_in(path.read_bytes()))} == {}
        assert key not in database_bytes(folder)
        assert (records.plan(OURS), records.plan(ALSO_OURS), records.timeline(OURS)) == (None, None, [])
        assert records.plan(THEIRS) is not None
        assert records.audit_ok() is None
        assert [row.what for row in records.audit()] == ["erased client", "exported client"]
        assert exported_before.code == 0
        again = await asyncio.to_thread(here.run, "export", OURS, "--out", "again.json")
        assert again.err == "export: PLAN_ID: this client was erased; nothing can be read any more\n"
        await the_number_is_a_strangers_and_still_opted_out(site.intake, records)
        twice = await asyncio.to_thread(here.run, "erase", OURS, "--yes")
        assert twice.out.startswith(f"Erased client {client_id}: 0 running workflows ended, their key destroyed, 0 of ")


def database_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("records.db*")))


async def the_number_is_a_strangers_and_still_opted_out(intake: Intake, records: Records) -> None:
    assert await intake.take_reply("SM-late", "sms", c.CLIENT_PHONE, c.LATE_WORDS) == []
    tasks = [view.task for view in records.desk_tasks() if c.LATE_WORDS in view.task.text]
    assert [(task.plan_id, task.kind) for task in tasks] == [("", "reply")]
    assert "somebody who has no open plan here" in tasks[0].text
    assert records.is_suppressed("sms", c.CLIENT_PHONE)
