"""What the vendors tell us: replies and delivery reports. Verified, then written down at once, then answered.

A request that the vendor didn't sign gets 403 and is counted; one that is signed but can't be understood is never
lost: it becomes a task of the front desk.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, cast

from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from domain.actions import AddDeskTask
from domain.carrier import carrier_has_answered
from providers import twilio_webhooks
from web import sendgrid_webhooks as sendgrid
from web.mail_intake import take_report
from web.mail_reading import store_mail
from web.problems import ProblemError, problem_responses
from web.signed_body import Body, Receiver
from web.wiring import Wired, Wiring, this_moment

log = logging.getLogger("followthrough.webhooks")

LARGEST_TEXT = 64 * 1024
LARGEST_MAIL = 30 * 1024 * 1024
"""SendGrid posts mails of up to 30 MB."""
LARGEST_BATCH = 2 * 1024 * 1024
"""SendGrid posts batches of events of up to 768 kB."""
LONGEST_CONTENT_TYPE = 1000

router = APIRouter(prefix="/webhooks", tags=["webhooks"], responses=problem_responses(400, 403, 404, 413, 422, 503))


@router.post("/twilio/inbound", max_body_size=LARGEST_TEXT, response_class=Response)
async def twilio_inbound(request: Request, wiring: Wired, tasks: BackgroundTasks) -> Response:
    """A text from somebody. Answered with an empty TwiML document: our own answers go out as messages of their own."""
    form = await _signed_by_twilio(request, wiring)
    try:
        inbound = twilio_webhooks.parse_inbound(form)
    except ValueError:
        await _to_the_desk(wiring, "A text came in that can't be read.", await request.body())
    else:
        kept = await wiring.intake.store_reply(
            inbound.provider_id,
            "sms",
            inbound.from_address,
            inbound.text,
            carrier_answered=carrier_has_answered(inbound.text, inbound.opt_out_type),
            opt_out_type=inbound.opt_out_type,
        )
        tasks.add_task(wiring.intake.hand_over_reply, kept)  # after the answer: Twilio waits for nobody's workflow
    return Response("<Response/>", media_type="text/xml", background=tasks)


@router.post("/twilio/status/{message_id}", status_code=HTTPStatus.NO_CONTENT, max_body_size=LARGEST_TEXT)
async def twilio_status(request: Request, wiring: Wired, message_id: str, tasks: BackgroundTasks) -> None:
    """A delivery report of the text that we sent under this id. Reports come in any order and more than once."""
    report = twilio_webhooks.parse_status(await _signed_by_twilio(request, wiring))
    if report.status:
        reported = await wiring.intake.store_delivery(message_id, report.status, report.cause, report.provider_id)
        if reported.event is not None:
            tasks.add_task(wiring.intake.hand_over_reply, [reported.event])


@router.post("/sendgrid/events", status_code=HTTPStatus.NO_CONTENT, max_body_size=LARGEST_BATCH)
async def sendgrid_events(request: Request, wiring: Wired, tasks: BackgroundTasks) -> None:
    """A batch of events about mails, in any order. SendGrid repeats a batch for a day until it gets a 2xx."""
    async with _signed_by_sendgrid(request, wiring.settings.sendgrid_events_public_key) as signed:
        body = b"".join(signed.parts())
    try:
        reports = await run_in_threadpool(sendgrid.parse_events, body)
    except ValueError:
        await _to_the_desk(wiring, "Delivery reports of mails came in that can't be read.", body)
        return
    for report in reports:
        kept = await take_report(wiring.records, wiring.intake, report, this_moment())
        tasks.add_task(wiring.intake.hand_over_reply, kept)


@router.post("/sendgrid/inbound", status_code=HTTPStatus.NO_CONTENT, max_body_size=LARGEST_MAIL)
async def sendgrid_inbound(request: Request, wiring: Wired, tasks: BackgroundTasks) -> None:
    """A mail from somebody, as SendGrid's inbound parse posts it with the raw option on. Read after the answer."""
    async with _signed_by_sendgrid(request, wiring.settings.sendgrid_inbound_public_key) as signed:
        content_type = request.headers.get("content-type", "")[:LONGEST_CONTENT_TYPE]
        mail_id = await store_mail(wiring.records, content_type, signed)
    tasks.add_task(wiring.mails.read_or_leave, mail_id)


async def _signed_by_twilio(request: Request, wiring: Wiring) -> FormData:
    """The form of a request that Twilio signed for our public address. Raises a 403 problem."""
    token, public_url = wiring.settings.twilio_auth_token, wiring.settings.public_url
    if token is None or public_url is None:
        raise _refused(request)
    await request.body()
    try:
        form = await request.form()
    except HTTPException:
        raise _refused(request) from None
    # The path as it came: decoding it first would change what was signed.
    path = cast(bytes, request.scope.get("raw_path") or request.url.path.encode()).partition(b"?")[0]
    url = twilio_webhooks.webhook_url(public_url, path.decode("latin-1"), request.url.query)
    secret = token.get_secret_value()
    signature = request.headers.get(twilio_webhooks.SIGNATURE_HEADER)
    signature_settings = request.headers.get(twilio_webhooks.SETTINGS_HEADER)
    # Which of its two algorithms the vendor used, and so which secret, its own header says.
    shared = wiring.settings.twilio_webhook_secret
    shared_secret = shared.get_secret_value() if shared else secret
    if not twilio_webhooks.verify(secret, url, cast(Any, form), signature, signature_settings, shared_secret):
        raise _refused(request)
    return form


@asynccontextmanager
async def _signed_by_sendgrid(request: Request, public_key: str | None) -> AsyncGenerator[Body]:
    """The raw body of a request that SendGrid signed with this key. Raises a 403 problem."""
    timestamp = request.headers.get(sendgrid.TIMESTAMP_HEADER, "")
    signature = request.headers.get(sendgrid.SIGNATURE_HEADER, "")
    if not public_key or not sendgrid.may_be_signed(timestamp, signature):
        raise _refused(request)
    receiver = cast(Receiver, request.app.state.receiver)
    async with receiver.received(request, timestamp.encode()) as body:
        if body is None:  # nobody is there any more to hear the answer
            raise ProblemError(HTTPStatus.BAD_REQUEST, "The request ended before its end.")
        if not sendgrid.verify(public_key, body.signed, signature):
            raise _refused(request)
        yield body


def _refused(request: Request) -> ProblemError:
    """Counts a request that isn't the vendor's. The log says which door, never what was in it."""
    door = "/".join(request.url.path.split("/")[2:4])
    counter = cast("Counter[str]", request.app.state.refused_webhooks)
    counter[door] += 1
    log.warning("refused a webhook at %s: no valid signature (%d so far)", door, counter[door])
    return ProblemError(HTTPStatus.FORBIDDEN, "This request is not signed by the vendor for this server.")


async def _to_the_desk(wiring: Wiring, what: str, raw: bytes) -> None:
    """Keep what can't be understood where a person sees it; the same bytes twice are one task."""
    key = f"webhook:{hashlib.sha256(raw).hexdigest()}"
    text = f"{what} As it came: {raw[:2000].decode('utf-8', 'replace')}"
    task = AddDeskTask(key=key, plan_id="", kind="reply", text=text, at=this_moment())
    await run_in_threadpool(wiring.records.add_desk_task, task)
