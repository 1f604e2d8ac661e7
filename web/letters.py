"""The page behind the link in a mail: the message itself, and a button that stops all further ones. No login.

The link is the secret: signed, for one message, readable for thirty days. Mail scanners open links, so reading changes
nothing; only the button does, or the mail program's own "unsubscribe" (RFC 8058), both by POST.
"""

from http import HTTPStatus

from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from domain.client import Language
from domain.plain_words import moment
from records.views import MessageRow, StoredEvent
from web.auth import LARGEST_FORM
from web.rendering import page
from web.wiring import Wired, Wiring, this_moment

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "Your message",
        "sent": "Sent",
        "call": "Questions? Call us at",
        "stop": "Stop all messages",
        "hint": "You will get no more automatic emails from us.",
        "stopped": "Done. You will get no more automatic emails from us.",
        "gone": "This message can no longer be read here",
        "missing": "There is no message at this address",
    },
    "es": {
        "title": "Su mensaje",
        "sent": "Enviado",
        "call": "¿Preguntas? Llámenos al",
        "stop": "No recibir más mensajes",
        "hint": "No le enviaremos más correos automáticos.",
        "stopped": "Listo. No le enviaremos más correos automáticos.",
        "gone": "Este mensaje ya no se puede leer aquí",
        "missing": "No hay ningún mensaje en esta dirección",
    },
}
_HEADERS = {"X-Robots-Tag": "noindex, nofollow"}
"""`Cache-Control: no-store` is on every answer already."""

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM)


@router.get("/m/{token}")
def read(request: Request, wiring: Wired, token: str) -> Response:
    """The message, for whoever holds the link. Changes nothing, however often it is opened and by what."""
    link = wiring.records.message_of_link(token)
    if link is None:
        return _problem(request, wiring, HTTPStatus.NOT_FOUND)
    row = _row(wiring, link.message_id)
    if row is None or link.expires_at <= this_moment():
        return _problem(request, wiring, HTTPStatus.GONE)
    message = row.message
    return _page(
        request,
        message.language,
        HTTPStatus.OK,
        text=message.text,
        subject=message.subject,
        sent_at=moment(row.begun_at or row.created_at, message.language, message.time_zone),
        form=f"/m/{token}/unsubscribe",
    )


@router.post("/m/{token}/unsubscribe")
async def unsubscribe(request: Request, wiring: Wired, token: str, tasks: BackgroundTasks) -> Response:
    """Nothing goes to this address any more. A link that may no longer be read still does this, and twice is once."""
    link = await run_in_threadpool(wiring.records.message_of_link, token)
    if link is None:
        return _problem(request, wiring, HTTPStatus.NOT_FOUND)
    row = await run_in_threadpool(_row, wiring, link.message_id)
    if row is None or not row.message.address:
        return _problem(request, wiring, HTTPStatus.GONE)
    kept = await _stop(wiring, row, row.message.address)
    tasks.add_task(wiring.intake.hand_over_reply, kept)
    answer = _page(request, row.message.language, HTTPStatus.OK, stopped=True)
    answer.background = tasks
    return answer


async def _stop(wiring: Wiring, row: MessageRow, address: str) -> list[StoredEvent]:
    """Suppress the address and tell the plan, once per mail, and anew if the client has agreed again in between."""
    records, now = wiring.records, this_moment()
    fresh = not await run_in_threadpool(records.is_suppressed, "email", address)
    if fresh:
        await run_in_threadpool(records.suppress, "email", address, now, "Stop all messages", "link")
    kept = await _say_stop(wiring, row, address, f"unsubscribe-{row.message_id}")
    if fresh and kept and not any(stored.new for stored in kept):
        kept = await _say_stop(wiring, row, address, f"unsubscribe-{row.message_id}-{now:%Y%m%d%H%M}")
    return kept


async def _say_stop(wiring: Wiring, row: MessageRow, address: str, provider_id: str) -> list[StoredEvent]:
    """The page has answered them already, so nothing else needs to."""
    return await wiring.intake.store_reply(
        provider_id,
        "email",
        address,
        "STOP",
        plan_id=row.message.plan_id,
        trusted=True,
        carrier_answered=True,
    )


def _row(wiring: Wiring, message_id: str) -> MessageRow | None:
    """The mail to a client; None where there is none or its client was erased."""
    row = wiring.records.message(message_id)
    return row if row is not None and row.message.audience == "client" else None


def _problem(request: Request, wiring: Wiring, status: HTTPStatus) -> Response:
    """A plain page with the practice's phone, the same for every reason why a message is no longer there."""
    return _page(request, wiring.practice.language, status, problem="missing" if status == 404 else "gone")


def _page(request: Request, language: Language, status: HTTPStatus, **context: object) -> Response:
    empty = {"text": None, "subject": None, "sent_at": None, "form": None, "stopped": False, "problem": None}
    words = {"words": WORDS[language], "language": language}
    return page(request, "letter.html", {**empty, **words, **context}, status, _HEADERS)
