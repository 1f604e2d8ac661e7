"""Finds the mail in a form of SendGrid's inbound parse, and what the vendor's server noted about it."""

import json
import re
from contextlib import suppress
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import islice
from typing import Any, NamedTuple, cast

from typing_extensions import Buffer

from web.incoming_mail import Envelope, Mail, conversation_of, read_mail
from web.mail_trim import parts_between

MOST_FIELDS = 100
LONGEST_FIELD_HEADERS = 4000
LONGEST_NOTE = 100_000
"""Bytes of a field that isn't the mail."""
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


class Form(NamedTuple):
    """The mail as the sender's program wrote it, and the envelope."""

    raw: memoryview
    envelope: Envelope

    @property
    def conversation(self) -> str | None:
        """The token of the conversation, by the envelope alone."""
        return conversation_of(self.envelope.recipients)


def parse_inbound(content_type: str, body: Buffer) -> Mail:
    """The mail in a post of the inbound parse. Raises ValueError where there is none or it has no sender."""
    form = read_form(content_type, body)
    return read_mail(form.raw, form.envelope)


def read_form(content_type: str, body: Buffer) -> Form:
    """The mail, unread. Raises ValueError where there is none.

    Only the raw option is read: without it the vendor posts texts in mixed character sets that it names elsewhere.
    """
    fields = _fields(content_type, body)
    raw = fields.get("email") or fields.get("rawEmail")
    if raw is None:
        raise ValueError("no field 'email'; turn on the raw option of the inbound parse")
    return Form(raw, _envelope(fields))


def _fields(content_type: str, body: Buffer) -> dict[str, memoryview]:
    """The bytes of each multipart field, untouched: decoding them as UTF-8 would spoil a mail that isn't."""
    boundary = _about(b"Content-Type: " + content_type.encode()[:LONGEST_FIELD_HEADERS]).get_boundary()
    if not boundary:
        raise ValueError("the form can't be read")
    fields: dict[str, memoryview] = {}
    parts = parts_between(memoryview(body), boundary.encode("utf-8", "replace"))
    for part in islice(parts, MOST_FIELDS):
        fields.setdefault(*_field(part))
    return fields


def _field(part: memoryview) -> tuple[str, memoryview]:
    """The name of a field, empty where it has none, and what is in it."""
    end = _END_OF_HEADERS.search(part, 0, LONGEST_FIELD_HEADERS)
    if end is None:
        return "", part[:0]
    name = _about(bytes(part[: end.start()])).get_param("name", header="content-disposition")
    return (name if isinstance(name, str) else ""), part[end.end() :]


def _about(headers: bytes) -> Message:
    try:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(headers)
    except Exception as error:  # the library fails in many ways on forms that are made to be odd
        raise ValueError("the form can't be read") from error


def _envelope(fields: dict[str, memoryview]) -> Envelope:
    """What the vendor's mail server noted. A field that can't be read counts as absent."""
    dkim = bytes(fields.get("dkim", b"")[:LONGEST_NOTE]).decode("utf-8", "replace")
    noted: Any = {}
    with suppress(ValueError, RecursionError):  # no JSON, or nested to exhaust the reader
        noted = json.loads(bytes(fields.get("envelope", b"{}")[:LONGEST_NOTE]))
    if not isinstance(noted, dict):
        return Envelope(dkim=dkim)
    said = cast(dict[str, Any], noted)
    sender, to = said.get("from"), said.get("to")
    recipients = cast(list[Any], to) if isinstance(to, list) else [to]
    return Envelope(
        sender=sender if isinstance(sender, str) else None,
        recipients=tuple(one for one in recipients if isinstance(one, str)),
        dkim=dkim,
    )
