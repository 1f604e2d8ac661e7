"""The composition root: settings → providers → activities → Worker. `python worker.py` runs the worker alone."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.worker import Worker, WorkerDeploymentConfig, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.claims import ClaimJudge, Claims
from activities.comparing import Comparing
from activities.emergencies import Emergencies
from activities.encryption import data_converter
from activities.escalations import Escalations
from activities.failing_judgements import FailingJudgements, look_again
from activities.judgement import Judge
from activities.letters import Letters
from activities.messages import SendMessages
from activities.same_server import SameServer
from activities.start import WorkflowStarter
from domain.client import Channel
from domain.errors import Problem, Refused
from domain.names import TASK_QUEUE, URGENT_TASK_QUEUE
from domain.policy import Practice
from domain.wording import Wording
from programs.agreeing import agree_first, agreeing
from programs.doors import EXAMPLES as EXAMPLES
from programs.doors import load_practice, load_wording, refuse
from programs.embedded import remembered_ports
from programs.lanes import Lanes
from programs.leave import leave
from programs.private import private_folder
from programs.quiet_logs import start_logging
from programs.sweeping import ask_first, sweeping
from providers.base import Provider
from providers.local import LocalProvider
from records.database import Records
from records.keyring import KeyRing
from settings import VAR, Settings, load_settings
from web.intake import Intake
from workflows.claim import ClaimWorkflow
from workflows.escalation import EscalationWorkflow
from workflows.treatment_plan import TreatmentPlanWorkflow

log = logging.getLogger("followthrough.worker")
OUR_MODULES = ("domain", "activities", "providers", "records", "settings")
THEIR_MODULES = (
    "pydantic",
    "pydantic_core",
    "email_validator",
    "idna",
    "phonenumbers",
    "sqlalchemy",
    "babel",
    "yaml",
    "holidays",
    "dateutil",
)
"""Libraries of our modules: pure enough, and slow to load again for every workflow."""
VERSION = "0.1.0"
"""Shown beside each worker on Temporal's pages. Without it the SDK would hash all loaded code at every start."""
URGENT_SLOTS = 5
"""How many pages and emergencies' answers are under way at the same time, while reminders have slots of their own."""
TURN_SECONDS = 0.0005
"""How long Python lets one thread run while others wait; 5 ms by default. A database thread gives its turn away at each
statement, so behind a busy event loop a transaction of ten statements would hold SQLite's only write lock ten times
5 ms, for everybody (`make bench-webhooks`)."""


@dataclass
class House:
    """Everything that a program of this house needs, put together once."""

    settings: Settings
    practice: Practice
    records: Records
    keys: KeyRing
    wording: Wording
    temporal: Client
    starter: WorkflowStarter
    intake: Intake
    public_url: str
    providers: dict[Channel, Provider]
    sender: SendMessages
    server: SameServer


def load_keys(settings: Settings) -> KeyRing:
    """PAYLOAD_KEYS, or the embedded default's own key file, made on first use and readable by its owner only."""
    if settings.payload_keys is not None:
        try:
            return KeyRing.parse(settings.payload_keys.get_secret_value())
        except ValueError as error:
            raise Refused("settings", [Problem("PAYLOAD_KEYS", str(error))]) from None
    path = VAR / "payload_keys"
    if not path.exists():
        write_secret(path, KeyRing.generate().dump())
    return KeyRing.parse(path.read_text("utf-8").strip())


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read. An existing file is left as it is."""
    private_folder(path.parent)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def open_records(settings: Settings, keys: KeyRing) -> Records:
    """The records behind DATABASE_URL, brought to the newest schema."""
    private_folder(VAR)
    try:
        records = Records.open(settings.database_url or f"sqlite:///{VAR / 'records.db'}", keys)
        try:
            records.migrate()
        except BaseException:
            records.close()
            raise
    except ValueError as error:
        raise Refused("settings", [Problem("DATABASE_URL", str(error))]) from None
    except (SQLAlchemyError, ImportError) as error:  # their texts may hold the password
        fix = f"the database can't be used ({type(error).__name__}); run `followthrough doctor`"
        raise Refused("settings", [Problem("DATABASE_URL", fix)]) from None
    return records


def temporal_config() -> ClientConnectConfig:
    """Temporal's own settings; without an address, the server that `followthrough up` started here."""
    config = ClientConfig.load_client_connect_config()
    config.setdefault("target_host", f"127.0.0.1:{remembered_ports(VAR)['temporal']}")
    return config


async def connect_temporal() -> Client:
    """A client by `temporal_config` that doesn't encrypt yet. Raises Refused where no server answers."""
    config = temporal_config()
    try:
        return await Client.connect(**config)
    except (RuntimeError, ValueError):  # the SDK's words for a server that can't be reached, and for no address
        fix = f"nobody answers at {config.get('target_host')}; run `followthrough up`, or name a running server"
        raise Refused("settings", [Problem("TEMPORAL_ADDRESS", fix)]) from None


def encrypting(temporal: Client, keys: KeyRing, records: Records) -> Client:
    """The same connection, with every payload encrypted under its client's key."""
    config = temporal.config()
    config["data_converter"] = data_converter(keys, records)
    return Client(**config)


def build_providers(settings: Settings, practice: Practice) -> dict[Channel, Provider]:
    """The real senders when MESSAGING=live, else the local phone and mailbox."""
    if settings.messaging == "local":
        return {"sms": LocalProvider("sms"), "email": LocalProvider("email")}
    from providers.sendgrid_email import SendGridEmail  # the vendors' libraries are slow to load
    from providers.twilio_sms import TwilioSms

    sid, token, url = settings.twilio_account_sid, settings.twilio_auth_token, settings.public_url
    if not (sid and token and url):
        raise Refused("settings", [Problem("MESSAGING", "live needs the TWILIO_* settings and PUBLIC_URL")])
    providers: dict[Channel, Provider] = {
        "sms": TwilioSms(
            account_sid=sid,
            auth_token=token.get_secret_value(),
            public_url=url,
            from_number=settings.twilio_from_number,
            messaging_service_sid=settings.twilio_messaging_service_sid,
            api_base=settings.twilio_api_base,
        )
    }
    if settings.sendgrid_api_key and settings.sendgrid_from_email:
        providers["email"] = SendGridEmail(
            api_key=settings.sendgrid_api_key.get_secret_value(),
            from_email=settings.sendgrid_from_email,
            practice_name=practice.name,
            practice_phone=practice.phone,
            signed_baa=practice.email.signed_baa,
            api_base=settings.sendgrid_api_base,
        )
    return providers


async def build_house(settings: Settings, public_url: str | None = None) -> House:
    """Read, check and connect everything. Raises Refused before anything is written or started."""
    sys.setswitchinterval(TURN_SECONDS)
    practice, folder = load_practice(settings)
    wording = load_wording(settings, folder)
    connection = await connect_temporal()
    keys = load_keys(settings)
    records = await asyncio.to_thread(open_records, settings, keys)
    temporal = encrypting(connection, keys, records)
    server = SameServer(records, temporal)
    starter = WorkflowStarter(temporal, check=server.check)
    url = public_url or settings.public_url or f"http://{settings.web_host}:{settings.web_port}"
    providers = build_providers(settings, practice)
    letters = Letters(records, practice, url, settings.sendgrid_from_email)
    sender = SendMessages(records, providers, practice.sending, letters)
    emergencies = Emergencies(records, starter, practice, Judge(records, wording, url), sender)
    intake = Intake(records, temporal, starter, practice, emergencies=emergencies)
    return House(settings, practice, records, keys, wording, temporal, starter, intake, url, providers, sender, server)


def workflow_runner() -> SandboxedWorkflowRunner:
    """The sandbox, with all our modules but `workflows` passed through, so that they load once."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*OUR_MODULES, *THEIR_MODULES)
    )


def build_worker(
    temporal: Client,
    records: Records,
    wording: Wording,
    sender: SendMessages,
    starter: WorkflowStarter,
    public_url: str,
    executor: ThreadPoolExecutor,
    runner: WorkflowRunner | None = None,
) -> Lanes:
    """The worker of production and of the tests. `runner` stands in for the sandbox where its guard isn't needed."""
    judge = Judge(records, wording, public_url)
    escalations = Escalations(records, temporal, starter)
    claim_judge, claims = ClaimJudge(records, wording, public_url), Claims(records, starter)
    activities = [
        judge.decide,
        judge.decide_around,
        judge.next_notice,
        judge.staff_word,
        claim_judge.decide,
        claim_judge.decide_around,
        FailingJudgements(records).note,
        claims.open,
        sender.send_message,
        escalations.open,
        escalations.withdraw,
        escalations.settle,
        escalations.add_desk_task,
        escalations.close_desk_task,
    ]

    def lane(task_queue: str, threads: ThreadPoolExecutor, slots: int, polls: int) -> Worker:
        return Worker(
            temporal,
            task_queue=task_queue,
            workflows=[TreatmentPlanWorkflow, EscalationWorkflow, ClaimWorkflow],
            activities=activities,
            activity_executor=threads,
            workflow_runner=runner or workflow_runner(),
            deployment_config=WorkerDeploymentConfig(
                WorkerDeploymentVersion("followthrough", VERSION), use_worker_versioning=False
            ),
            max_concurrent_workflow_tasks=slots,
            max_concurrent_activities=slots,
            max_concurrent_local_activities=slots,
            max_concurrent_workflow_task_polls=polls,
            max_concurrent_activity_task_polls=polls,
            graceful_shutdown_timeout=timedelta(seconds=5),
        )

    urgent = ThreadPoolExecutor(max_workers=2 * URGENT_SLOTS, thread_name_prefix="urgent")
    ordinary = lane(TASK_QUEUE, executor, slots=20, polls=5)
    return Lanes([ordinary, lane(URGENT_TASK_QUEUE, urgent, slots=URGENT_SLOTS, polls=2)], urgent)


async def run_worker(house: House, stop: asyncio.Event) -> None:
    """Work until told to stop. On another server than the records' nothing is done until it is the right one again."""
    comparing = Comparing(house.records, house.temporal, house.starter, house.server)
    while not stop.is_set():
        await agree_first(comparing, house.records, stop)
        await ask_first(house.intake, house.records, house.providers, stop)
        if not stop.is_set():
            await _work(house, comparing, stop)


async def _work(house: House, comparing: Comparing, stop: asyncio.Event) -> None:
    """Until told to stop, or until it is another server."""
    with ThreadPoolExecutor(max_workers=40) as executor:
        worker = build_worker(
            house.temporal,
            house.records,
            house.wording,
            house.sender,
            house.starter,
            house.public_url,
            executor,
        )
        loops = sweeping(house.intake, house.records, house.sender, house.providers, house.temporal)
        async with worker, loops, agreeing(comparing, house.records) as other:
            trying = asyncio.create_task(look_again(house.records, house.temporal))
            ends = [asyncio.create_task(stop.wait()), asyncio.create_task(other.wait())]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for task in (trying, *ends):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task


def stop_on_signals() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    return stop


async def _main(argv: Sequence[str]) -> int:
    start_logging()
    try:
        house = await build_house(load_settings())
    except Refused as error:
        return refuse(error)
    log.info("worker started")
    await run_worker(house, stop_on_signals())
    return 0


def main() -> None:
    """The worker alone, by its settings."""
    leave(asyncio.run(_main(sys.argv[1:])))


if __name__ == "__main__":
    main()
