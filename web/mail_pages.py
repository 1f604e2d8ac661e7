"""A mail that couldn't be read whole, as it came: its beginning on a page, and all of it as a file."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from domain.accused import accuses
from records.raw_mails import RawMail
from web.auth import LARGEST_FORM, LoggedIn, Visitor
from web.kept_apart import reads_accusations
from web.problems import ProblemError
from web.rendering import page
from web.rights import needs
from web.wiring import Wired, Wiring, look_at_engine

SHOWN_BYTES = 40_000

router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM, dependencies=[Depends(look_at_engine)])


@router.get("/mails/{mail_id}", dependencies=[needs("do_tasks")])
def raw_mail_page(request: Request, wiring: Wired, visitor: LoggedIn, mail_id: str) -> Response:
    """How the mail begins, headers and all."""
    mail = _mail(wiring, visitor, mail_id)
    first = next(iter(wiring.records.raw_mail_parts(mail)), b"")
    context = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "mail": mail,
        "zone": wiring.practice.time_zone,
        "begins": first[:SHOWN_BYTES].decode("utf-8", "replace").replace("\0", ""),
        "more": mail.size > SHOWN_BYTES,
    }
    return page(request, "mail.html", context)


@router.get("/mails/{mail_id}/whole", dependencies=[needs("do_tasks")])
def whole_mail(wiring: Wired, visitor: LoggedIn, mail_id: str) -> Response:
    """All of it, as a file that no browser opens by itself."""
    mail = _mail(wiring, visitor, mail_id)
    headers = {"Content-Disposition": 'attachment; filename="mail.txt"', "Content-Length": str(mail.size)}
    parts = wiring.records.raw_mail_parts(mail)
    return StreamingResponse(parts, HTTPStatus.OK, headers, "application/octet-stream")


def _mail(wiring: Wiring, visitor: Visitor, mail_id: str) -> RawMail:
    """The mail, if this visitor may read it. Raises a 404 or 403 problem."""
    mail = wiring.records.raw_mail(mail_id)
    if mail is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "There is no mail at this address.")
    begins = next(iter(wiring.records.raw_mail_parts(mail)), b"")[:SHOWN_BYTES].decode("utf-8", "replace")
    if accuses(begins) and not reads_accusations(wiring.records, visitor, None):
        raise ProblemError(HTTPStatus.FORBIDDEN, "Your login is not allowed to do this. It is for: owner.")
    return mail
