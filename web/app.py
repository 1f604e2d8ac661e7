"""Puts the web room together: API, webhooks, pages, phone, codec. The one place that knows all of its doors."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from http import HTTPStatus

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from domain.errors import Problem, Refused
from domain.policy import Practice
from domain.wording import Wording
from records.database import Records
from records.keyring import KeyRing
from settings import Settings
from web import (
    api,
    audit_page,
    auth,
    claim_pages,
    client_pages,
    codec,
    conversation_pages,
    deadline_feed,
    decision_links,
    decision_pages,
    health_pages,
    letters,
    login,
    mail_pages,
    new_plan_pages,
    opt_out_pages,
    pages,
    people_pages,
    phone,
    plan_edit_pages,
    plan_pages,
    stories,
    webhooks,
)
from web.agreement import alarms
from web.audit import Audited
from web.described import describe_doors
from web.engine import EngineWatch, answers
from web.intake import Intake
from web.languages import SpeaksTheirLanguage
from web.live import PlanWatch
from web.mail_process import MailReader
from web.mail_reading import MailReading
from web.plays import Plays, PlayStory
from web.problems import ProblemError, answer_with_problems, problem_responses
from web.rendering import HERE
from web.rights import needs
from web.safe_answers import SafeAnswers
from web.sendgrid_webhooks import public_key
from web.signed_body import Receiver
from web.wiring import Wired, Wiring

READY_WITHIN = timedelta(seconds=3)

health = APIRouter(tags=["health"])


def create_app(
    settings: Settings,
    records: Records,
    intake: Intake,
    practice: Practice,
    keys: KeyRing,
    api_token: str,
    temporal_ready: Callable[[], Awaitable[bool]],
    send_login_mail: Callable[[str, str], None] | None = None,
    wording: Wording | None = None,
    play_story: PlayStory | None = None,
    readers: tuple[MailReader, ...] | None = None,
) -> FastAPI:
    """The web application. Raises Refused for a setting that only shows its fault here.

    `send_login_mail` mails a link to an address; without it no link is mailed. `wording` is the practice's own, by
    default the packaged one. Whoever serves the app closes `state.live` and `state.plays` before it waits for open
    requests, and `state.mails` at the end. `play_story` plays an example for the pages of stories. `readers` read
    mails in place of the app's own.
    """
    _check_keys(settings)
    # No docs pages: theirs load scripts from elsewhere. No telemetry: it would record what clients wrote.
    app = FastAPI(
        title="Followthrough",
        version="1",
        description="Follows treatment plans between visits. Errors are RFC 9457 problem details.",
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    engine = EngineWatch(temporal_ready)
    app.state.mails = MailReading(records, intake, readers)
    app.state.wiring = Wiring(
        settings,
        records,
        intake,
        practice,
        keys,
        api_token,
        temporal_ready,
        engine,
        app.state.mails,
        send_login_mail,
        wording or Wording.load(),
        play_story,
    )
    app.state.plays = Plays(play_story)
    app.state.refused_webhooks = Counter[str]()
    app.state.strangers_told = dict[str, datetime]()
    app.state.receiver = Receiver()
    app.state.live = PlanWatch(records.marks_of)
    answer_with_problems(app)
    describe_doors(app)
    auth.ask_for_login(app)
    plans = (new_plan_pages.router, client_pages.router, conversation_pages.router, plan_edit_pages.router)
    people = (
        login.router,
        pages.router,
        decision_pages.router,
        decision_links.router,
        *plans,
        plan_pages.router,
        opt_out_pages.router,
        health_pages.router,
        people_pages.router,
        audit_page.router,
        letters.router,
        mail_pages.router,
        deadline_feed.router,
    )
    for router in (health, api.router, webhooks.router, codec.router, *people):
        app.include_router(router)
    app.include_router(claim_pages.router, dependencies=[needs("follow_claims")])
    if settings.messaging == "local":
        app.include_router(phone.router)
        app.include_router(stories.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(Audited)
    app.add_middleware(SpeaksTheirLanguage)
    app.add_middleware(SafeAnswers)
    return app


@health.get("/healthz")
async def healthz() -> dict[str, str]:
    """Whether this process is up. Asks nobody else."""
    return {"status": "up"}


@health.get("/readyz", responses=problem_responses(503))
async def readyz(wiring: Wired) -> dict[str, str]:
    """Whether requests can be served and plans are looked after.

    The records answer, their disk has room, Temporal answers, both belong together, and no plan waits for too long.
    """
    asked = {
        "the records database": asyncio.to_thread(wiring.records.ping),
        "Temporal": wiring.temporal_ready(),
    }
    room = answers(asyncio.to_thread(wiring.records.check_room), READY_WITHIN)
    *answered, has_room = await asyncio.gather(*(answers(each, READY_WITHIN) for each in asked.values()), room)
    missing = [name for name, answer in zip(asked, answered, strict=True) if not answer]
    faults = [f"No answer from {' and '.join(missing)}."] if missing else []
    faults += [] if has_room else ["The disk of the records is full, or can't be written to."]
    if not missing:
        faults += [f"{alarm}." for alarm in await asyncio.to_thread(alarms, wiring.records) if alarm.bad]
    if faults:
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, " ".join(faults))
    return {"status": "ready"}


def _check_keys(settings: Settings) -> None:
    for name in ("sendgrid_events_public_key", "sendgrid_inbound_public_key"):
        text: str | None = getattr(settings, name)
        try:
            if text:
                public_key(text)
        except ValueError as error:
            raise Refused("settings", [Problem(name.upper(), str(error))]) from None
