"""One practice's eventful hour against the stand-in vendor: every path that a person's words can take, failures too."""

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.exc import OperationalError

from domain.client import Person
from domain.payer import Payer
from domain.policy import Mail, Practice, Sending
from programs.embedded import free_port
from tests.integration.live_site import Program, Site, a_site, now, wait_until
from tests.integration.quick_plans import a_plan, a_practice, story
from tests.sending_privacy import canaries as c
from tests.standins import Outcome, Standin, Timing, running_standin

PUBLIC = "https://clinic.example"
TOKEN = "a-token-for-this-test"
LOUD = "tests/sending_privacy/loud.py"
FIRST, SECOND, ERASED = "plan-a1", "plan-b2", "plan-c3"
TIMING = Timing(pace=0.02, retry=0.1, retry_after=1, slow=0.2, hang=2.0)


@dataclass
class Life:
    """What was lived, and where to look for traces of it. `said` are answers of the doors that anybody may ask."""

    site: Site
    vendor: Standin
    url: str
    folder: Path
    metrics: str = ""
    said: list[str] = field(default_factory=list[str])
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=20, trust_env=False))

    async def tell(self, path: str, body: object) -> httpx.Response:
        """Post to our API as another program of the practice would."""
        return await self.http.post(self.url + path, json=body, headers={"Authorization": f"Bearer {TOKEN}"})

    def written(self) -> dict[str, bytes]:
        """Every file that our programs and Temporal wrote, by name, without the practice's own file."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "practice.yaml"]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}

    @property
    def log(self) -> str:
        return (self.folder / "loud.log").read_text("utf-8")


def the_practice() -> Practice:
    sending = Sending(reconcile_for=timedelta(seconds=6), absent_after=timedelta(seconds=2))
    payer = Payer(id="mutual", name=c.PAYER, type="erisa")
    mail = Mail(replies_at="reply.clinic.example")
    return a_practice().model_copy(update={"sending": sending, "email": mail, "payers": [payer]})


@contextlib.asynccontextmanager
async def a_life(folder: Path) -> AsyncGenerator[Life]:
    """Lived to its end; the programs still run."""
    url, metrics_port = f"http://127.0.0.1:{free_port()}", free_port()
    with running_standin(webhooks=url, public_url=PUBLIC, timing=TIMING, inbound_fragment="rc=3&rp=all") as vendor:
        async with a_site(folder, the_practice()) as site:
            settings = site.settings() | vendor.environment()
            settings |= {"PUBLIC_URL": PUBLIC, "API_TOKEN": TOKEN, "WEB_PORT": url.rpartition(":")[2]}
            settings |= {"METRICS_PORT": str(metrics_port)}
            programs = [Program(folder, LOUD, role, **settings) for role in ("worker", "web")]
            life = Life(site, vendor, url, folder)
            try:
                await wait_until("both run", lambda: "worker started" in life.log and _answers(url))
                await live(life)
                life.metrics = (await life.http.get(f"http://127.0.0.1:{metrics_port}/metrics")).text
                yield life
            finally:
                for program in programs:
                    await asyncio.to_thread(program.kill)
                await life.http.aclose()


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(f"{url}/readyz", trust_env=False).is_success
    return False


async def live(life: Life) -> None:
    """From enrolment to the end. Each step waits for what it needs of the one before."""
    await enrol(life)
    await webhooks_that_nobody_signed_or_can_read(life)
    await visits_and_a_decision(life)
    await a_claim(life)
    await replies(life)
    await the_records_are_away(life)
    await a_client_is_erased(life)
    await temporal_is_away(life)
    await asyncio.to_thread(life.vendor.settle)
    for path in ("/healthz", "/readyz", "/metrics", "/openapi.json", f"/plans/{FIRST}", "/nowhere"):
        life.said.append((await life.http.get(life.url + path)).text)


async def enrol(life: Life) -> None:
    """Three clients, of whom one is reached by mail only; and a plan file that is refused."""
    # The three welcomes go; which of the messages after them meet a fault is chance.
    life.vendor.behave("ok", "ok", "ok", "error_500", "throttled", "accept_then_500", "drop", "accept_then_drop")
    life.vendor.behave("ok", "error_500", "accept_then_drop", on="mails")
    life.vendor.deliver_to(c.SECOND_PHONE, Outcome("undelivered", 30003))
    plans = [
        _plan(FIRST, f"{c.CLIENT} {c.SURNAME}", phone=c.CLIENT_PHONE),
        _plan(SECOND, f"Second {c.SURNAME}", phone=c.SECOND_PHONE, email=c.CLIENT_MAIL),
        _plan(ERASED, f"Third {c.SURNAME}", phone=c.ERASED_PHONE),
    ]
    for plan in plans:
        answer = await life.tell("/api/plans", plan)
        assert answer.status_code == 201, answer.text
    broken = plans[0] | {"client": plans[0]["client"] | {"phone": f"{c.CLIENT_PHONE}x"}, c.CLIENT: c.GOAL}
    assert (await life.tell("/api/plans", broken)).status_code == 422
    assert (await life.http.get(f"{life.url}/api/plans/{FIRST}?q={c.CLIENT_PHONE}")).status_code == 401


def _plan(plan_id: str, name: str, *, phone: str, email: str | None = None) -> dict[str, Any]:
    plan = a_plan(2)
    therapist = Person(name=c.THERAPIST, phone=c.THERAPIST_PHONE)
    goal = plan.goals[0].model_copy(update={"description": c.GOAL})
    changed = plan.model_copy(update={"plan_id": plan_id, "therapist": therapist, "goals": [goal]})
    written = changed.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    consents = [{"channel": channel, "date": "2026-01-01", "source": "form"} for channel in ("sms", "email")]
    written["coverage"] = {"payer": "mutual", "follow_claims": True, "charge": "80.00"}
    written["client"] |= {"name": name, "phone": phone, "consents": consents if email else consents[:1]}
    if email:
        written["client"]["email"] = email
    return written


async def visits_and_a_decision(life: Life) -> None:
    """Visits with reminders, a session whose value misses the benchmark, the therapist's answer with its reason."""
    for plan_id in (FIRST, SECOND):
        for event in story(now(), 1.0):
            body = event.model_dump(mode="json", exclude_none=True) | {"event_id": f"{c.EVENT_ID}-{event.event_id}"}
            if event.type == "session_completed":
                body["note"] = c.NOTE
            answer = await life.tell(f"/api/plans/{plan_id}/events", body)
            assert answer.status_code in (200, 202), answer.text
    wrong = {"event_id": c.EVENT_ID, "type": "session_completed", "occurred_at": c.NOTE}
    assert (await life.tell(f"/api/plans/{FIRST}/events", wrong)).status_code == 422
    question = await _question(life, FIRST)
    body = {"choice": "modify", "by": c.THERAPIST, "reason": c.REASON, "changes": {"spacing": "P3D"}}
    answer = await life.tell(f"/api/escalations/{question}/decision", body)
    assert answer.status_code == 200, answer.text
    again = await life.tell(f"/api/escalations/{question}/decision", body | {"by": c.BACKUP})
    assert again.status_code == 409


async def a_claim(life: Life) -> None:
    """The session's claim is sent, talked about, denied and let go; one more event is refused, one claim is unknown."""
    claim_id = f"{FIRST}-1"
    await wait_until("the session opened a claim", lambda: life.site.records.claim(claim_id) is not None)
    for number, event in enumerate(
        (
            {"type": "claim_submitted", "reference": c.CLAIM_REFERENCE},
            {"type": "contact_logged", "channel": "phone", "person": c.PAYERS_CLERK, "note": c.NOTE},
            {"type": "claim_denied", "adjustments": [["CO", "50", "80.00"]], "reason": c.DENIAL},
            {"type": "deadline_let_go", "deadline": "dispute:1", "because": c.LET_GO, "by": c.BACKUP},
        )
    ):
        body = event | {"event_id": f"{c.EVENT_ID}-claim-{number}", "occurred_at": now().isoformat()}
        answer = await life.tell(f"/api/claims/{claim_id}/events", body)
        assert answer.status_code in (200, 202), answer.text
    body = {"type": "appeal_decided", "event_id": c.EVENT_ID, "occurred_at": now().isoformat(), "outcome": "upheld"}
    assert (await life.tell(f"/api/claims/{claim_id}/events", body)).status_code in (202, 409)
    assert (await life.tell("/api/claims/nowhere/events", body)).status_code == 404


async def _question(life: Life, plan_id: str) -> str:
    def asked() -> list[str]:
        open_ones = life.site.records.escalations()
        return [one.escalation.escalation_id for one in open_ones if one.escalation.plan_id == plan_id]

    await wait_until("the therapist is asked", lambda: bool(asked()))
    return asked()[0]


async def replies(life: Life) -> None:
    """Texts and a mail of clients and a stranger, one that makes us crash everywhere, an emergency, an opt-out."""
    vendor = life.vendor
    for words in (*c.REPLIES, c.CRASH):
        vendor.receive_text(c.CLIENT_PHONE, words)
    vendor.receive_text(c.STRANGER_PHONE, c.STRANGERS_WORDS)
    vendor.receive_mail(c.CLIENT_MAIL, "r+0@reply.clinic.example", "Re: visit", c.MAIL_REPLY)
    vendor.receive_mail(c.STRANGER_MAIL, "r+0@reply.clinic.example", c.STRANGERS_WORDS, c.STRANGERS_WORDS)
    vendor.receive_mail(c.STRANGER_MAIL, "r+0@reply.clinic.example", "x", raw=f"From: {c.MALFORMED}".encode())
    await asyncio.to_thread(vendor.settle)
    vendor.receive_text(c.CLIENT_PHONE, c.RED_FLAG)
    # The opt-out below ends mail too: on a slow machine it must not overtake the mail that replaces the lost text.
    await wait_until("who can't be reached by text gets a mail", lambda: bool(vendor.mails))
    vendor.receive_text(c.SECOND_PHONE, f"stop texting me, {c.REPLIES[0]}")
    await wait_until("all replies are in the story", lambda: _heard(life) >= {*c.REPLIES, c.CRASH, c.RED_FLAG})
    await wait_until("everything crashed once", lambda: life.log.count("ValueError") >= CRASHES)


CRASHES = 5
"""While sending, looking up, handing over, checking an event, judging."""


def _heard(life: Life) -> set[str]:
    """The client's words that the records tell again."""
    lines = life.site.records.timeline(FIRST)
    return {words for words in (*c.REPLIES, c.CRASH, c.RED_FLAG) if any(words in line.text for line in lines)}


async def webhooks_that_nobody_signed_or_can_read(life: Life) -> None:
    """Forged ones are refused; signed ones that can't be read go to the desk."""
    form = {"From": c.CLIENT_PHONE, "Body": c.FORGED, "MessageSid": "SM1"}
    for path in ("/webhooks/twilio/inbound", "/webhooks/twilio/status/0123", "/webhooks/sendgrid/events"):
        forged = await life.http.post(
            life.url + path, data=form, headers={"X-Twilio-Signature": c.FORGED.encode().hex()}
        )
        assert forged.status_code == 403
        life.said.append(forged.text)
    torn = {"Content-Type": "multipart/form-data"}
    answer = await life.http.post(f"{life.url}/webhooks/twilio/inbound", content=c.MALFORMED.encode(), headers=torn)
    assert answer.status_code == 403
    key, stamp = life.vendor.identity.events_key, "1770000000"
    for body in (c.MALFORMED, json.dumps([{"email": c.CLIENT_MAIL, "event": 7, "reason": c.MALFORMED}])):
        headers = {
            "X-Twilio-Email-Event-Webhook-Signature": key.sign(stamp, body.encode()),
            "X-Twilio-Email-Event-Webhook-Timestamp": stamp,
        }
        answer = await life.http.post(f"{life.url}/webhooks/sendgrid/events", content=body.encode(), headers=headers)
        assert answer.status_code == 204
        life.said.append(answer.text)


async def the_records_are_away(life: Life) -> None:
    """A text while its table is missing: the vendor gets a 500, tries again, and in the end it is taken in."""
    await asyncio.to_thread(_rename, life, "inbound", "inbound_away")
    life.vendor.receive_text(c.CLIENT_PHONE, c.REPLIES[0])
    await wait_until("the web says so", lambda: "sqlalchemy.exc.OperationalError" in life.log)
    await asyncio.to_thread(_rename, life, "inbound_away", "inbound")
    await asyncio.to_thread(life.vendor.settle)


def _rename(life: Life, old: str, new: str) -> None:
    with contextlib.closing(sqlite3.connect(life.folder / "records.db", timeout=30)) as connection:
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
        connection.commit()


async def a_client_is_erased(life: Life) -> None:
    """And writes again, and has a report come in on an earlier message."""
    records = life.site.records
    client_id = await asyncio.to_thread(records.client_of_plan, ERASED)
    await asyncio.to_thread(records.destroy_client_key, client_id or "", now())
    life.vendor.receive_text(c.ERASED_PHONE, c.LATE_WORDS)
    event = {
        "event_id": "late",
        "type": "appointment_cancelled",
        "occurred_at": now().isoformat(),
        "appointment_id": "v1",
    }
    assert (await life.tell(f"/api/plans/{ERASED}/events", event)).status_code in (404, 409)
    await asyncio.to_thread(life.vendor.settle)


async def temporal_is_away(life: Life) -> None:
    """A text that is stored now and handed over later."""
    await life.site.kill_server()
    life.vendor.receive_text(c.CLIENT_PHONE, c.REPLIES[1])
    with contextlib.suppress(OperationalError):
        await asyncio.to_thread(life.vendor.settle)
    await life.site.start_server()
