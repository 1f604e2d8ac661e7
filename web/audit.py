"""Writes the audit trail: one row per page seen and per change made, once it is known to have succeeded.

Who tries what isn't theirs, and who tries to come in and can't, has a row too.

The row is written before the answer goes out, in a thread: nobody sees a page that the trail doesn't know of. Health
checks, static files, the local phone and streams of events have no row.
"""

import re
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import cast

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from records.audit import Entry
from web.tries import place_of
from web.wiring import this_moment, wiring_of

API = "api"
"""Stands for the program that carries the API token."""
LINK = "link"
"""Stands for whoever opened a signed link of a notice."""
STRANGER = "stranger"
"""Stands for whoever tried to come in and could not."""
STRANGERS_EVERY = timedelta(minutes=15)
MOST_STRANGERS = 1000
REFUSED = "was refused: "
_NOTED = "audit_note"
_OPAQUE = re.compile(r"[A-Za-z0-9_.:-]{1,200}", re.ASCII)
_SECRETS = ("token", "key")
"""Path parameters that are secrets themselves."""
_LONGEST = 40
_DID = {
    "decide": "decided",
    "decide_by_link": "decided",
    "undo_decision": "took a decision back",
    "undo_by_link": "took a decision back",
    "close_task": "closed task",
    "find_client": "looked for a client",
    "start_plan": "started a plan",
    "edit_plan": "changed the plan",
    "pause_plan": "paused the plan",
    "resume_plan": "resumed the plan",
    "end_plan": "ended the plan",
    "change_touchpoint": "skipped or sent a message",
    "record_coverage": "recorded coverage",
    "write_to_client": "wrote to the client",
    "take_conversation": "took the conversation over",
    "release_conversation": "handed the conversation back",
    "note_opt_out": "noted an opt-out",
    "play_story": "played an example",
    "record": "recorded",
    "enroll": "enrolled",
    "take_event": "recorded event",
    "take_claim_event": "recorded claim event",
    "decode": "read payloads",
    "encode": "locked payloads",
    "login": "logged in",
    "use_link": "logged in",
    "logout": "logged out",
    "set_password": "set a password",
    "add_person": "added person",
    "change_role": "changed role",
    "disable_person": "disabled person",
    "enable_person": "enabled person",
    "link_for_person": "made login link",
}
"""What the functions behind POSTs do, in the past tense; for any other it is "did" and its name.

The trail is written in English; its page shows these words, and those of pages seen, in the reader's language.
"""


def note(
    request: Request, staff_id: str, subject: str | None = None, let_in_by: str | None = None, about: str = ""
) -> None:
    """Say who does what this request asks for, and about which plan, claim or person (by default, as its path says).

    `subject` is an opaque id of ours. It becomes a row only if the answer is no error, or says that it isn't theirs to
    do. `about`: of which kind it was, one of our own words. `let_in_by` is who made the link by which they came in;
    said once, it holds for the request.
    """
    name = getattr(request.scope.get("route"), "name", "")
    what = f"saw {_words(name)}" if request.method in ("GET", "HEAD") else _DID.get(name, f"did {_words(name)}")
    what = f"{what}: {about.replace('_', ' ')}" if about else what
    before = cast(Entry | None, getattr(request.state, _NOTED, None))
    by = let_in_by if let_in_by is not None else before.let_in_by if before else ""
    setattr(request.state, _NOTED, Entry(this_moment(), staff_id, what[:_LONGEST], _opaque(request, subject), by))


async def note_stranger(request: Request, what: str, subject: str = "", *, each_time: bool = False) -> None:
    """Write down at once what somebody tried in vain who isn't known; once in a quarter of an hour from one place.

    `each_time` is for what is itself limited. Nobody can fill the trail by knocking.
    """
    now = this_moment()
    if each_time or _first_for_long(request, f"{what} {place_of(request)}", now):
        entry = Entry(now, STRANGER, what, subject)
        await run_in_threadpool(wiring_of(request).records.add_audit, [entry])


def _first_for_long(request: Request, told: str, now: datetime) -> bool:
    """Whether this wasn't written down lately. Known to this process alone, and bounded."""
    lately: dict[str, datetime] = request.app.state.strangers_told
    if told in lately and now - lately[told] < STRANGERS_EVERY:
        return False
    if len(lately) >= MOST_STRANGERS:
        lately.clear()
    lately[told] = now
    return True


def _words(name: str) -> str:
    return name.removesuffix("_page").removeprefix("read_").removeprefix("list_").replace("_", " ")


def _opaque(request: Request, subject: str | None) -> str:
    if subject is None:
        parameters = request.path_params.items()
        subject = next((str(value) for name, value in parameters if name not in _SECRETS), "")
    return subject if _OPAQUE.fullmatch(subject) else ""


class Audited:
    """Middleware around the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and write down what was noted about it before its answer begins."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state: dict[str, object] = scope.setdefault("state", {})

        async def send_audited(message: Message) -> None:
            if message["type"] == "http.response.start" and not _is_stream(message):
                entry = _row_of(cast(Entry | None, state.pop(_NOTED, None)), message["status"])
                if entry is not None:
                    await run_in_threadpool(wiring_of(Request(scope)).records.add_audit, [entry])
            await send(message)

        await self._app(scope, receive, send_audited)


def _row_of(entry: Entry | None, status: int) -> Entry | None:
    """What becomes of a note: a row where it was done, and one where it was refused for want of a right."""
    if entry is None or status < HTTPStatus.BAD_REQUEST:
        return entry
    if status != HTTPStatus.FORBIDDEN:
        return None
    return entry._replace(what=f"{REFUSED}{entry.what}"[:_LONGEST])


def _is_stream(message: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/event-stream") for name, value in message["headers"])
