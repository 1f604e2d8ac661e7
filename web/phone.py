"""The local phone: each client's texts and emails as they would see them, with a box to reply. MESSAGING=local only.

Nothing here leaves this machine. A reply goes the same way as one that a vendor's webhook brings.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from records.views import PhoneThread
from web.auth import LARGEST_FORM, AtThePhone, OwnPhoneForm, Visitor, own_hosts
from web.problems import ProblemError
from web.rendering import page
from web.wiring import Wired, look_at_engine, wiring_of

LONGEST_REPLY = 1600
"""Characters, as many as a long text message has."""

router = APIRouter(
    prefix="/phone", include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)]
)


@dataclass(frozen=True)
class Column:
    """One person's phone: a thread per number and address, texts before emails."""

    name: str
    role: str
    threads: list[PhoneThread]


@router.get("")
def phone(request: Request, wiring: Wired, visitor: AtThePhone) -> Response:
    """Everybody's phone, the clients' first."""
    return _phones(request, visitor, "phone.html", wiring.records.phone_threads())


@router.get("/fragment")
def fragment(request: Request, wiring: Wired, visitor: AtThePhone) -> Response:
    """The phones alone, for the script that looks for new messages."""
    return _phones(request, visitor, "phone_columns.html", wiring.records.phone_threads())


@router.post("/{thread_id}")
async def reply(wiring: Wired, visitor: OwnPhoneForm, thread_id: str, text: Annotated[str, Form()] = "") -> Response:
    """Write a reply from this thread's number or address. An empty one is nobody's reply and is left out."""
    where = await run_in_threadpool(wiring.records.thread_address, thread_id)
    if where is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is no such phone any more.")
    if text.strip():
        channel, address = where
        # A person types in it, so each one is a new reply: there is no vendor's id that could come twice.
        await wiring.intake.take_reply(f"local-{uuid4().hex}", channel, address, text.strip()[:LONGEST_REPLY])
    return RedirectResponse(f"/phone#thread-{thread_id}", HTTPStatus.SEE_OTHER)


def _phones(request: Request, visitor: Visitor, template: str, threads: list[PhoneThread]) -> Response:
    columns = _columns(threads)
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "clients": [column for column in columns if column.role == "client"],
        "staff": [column for column in columns if column.role == "staff"],
        "longest": LONGEST_REPLY,
        "own_hosts": own_hosts(wiring_of(request).settings),
    }
    return page(request, template, context)


def _columns(threads: list[PhoneThread]) -> list[Column]:
    """One column per name and role, in an order that stays put while messages come in."""
    people: dict[tuple[str, str], list[PhoneThread]] = {}
    for thread in threads:
        people.setdefault((thread.name, thread.role), []).append(thread)
    return [
        Column(name, role, sorted(of_person, key=lambda thread: (thread.channel != "sms", thread.thread_id)))
        for (name, role), of_person in sorted(people.items())
    ]
