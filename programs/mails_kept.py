"""Which mails that are kept as they came are from one of a person's addresses, though nobody could place them."""

import re
from collections.abc import Collection
from typing import Any

from records.database import Records
from records.raw_mails import RawMail
from records.unplaced import Address
from web.inbound_form import Form, read_form

TOP_BYTES = 64 * 1024
"""How far the top of a mail is looked at, where its sender stands."""
_END_OF_TOP = re.compile(rb"\r?\n\r?\n")
_FROM = re.compile(rb"^(?:from|sender|reply-to|return-path):(?:[^\r\n]|\r?\n[ \t])*", re.IGNORECASE | re.MULTILINE)


def kept_mails_from(records: Records, known: Collection[Address]) -> list[str]:
    """The ids of mails under nobody's key whose envelope or top names one of these addresses as the sender."""
    theirs = {each.address.lower() for each in known if each.channel == "email"}
    if not theirs:
        return []
    return [mail.mail_id for mail in records.raw_mails_of_nobody() if _senders(records, mail) & theirs]


def mail_as_it_came(records: Records, mail: RawMail) -> dict[str, Any]:
    """A kept mail for an export: the vendor's form with the mail in it, as text where it is some."""
    content = b"".join(records.raw_mail_parts(mail))
    about = mail.model_dump(mode="json", include={"mail_id", "content_type", "size", "received_at", "plan_id"})
    try:
        return about | {"as_it_came": content.decode("utf-8")}
    except UnicodeDecodeError:
        return about | {"as_it_came": content.decode("latin-1"), "read_as": "latin-1"}


def _senders(records: Records, mail: RawMail) -> set[str]:
    try:
        form = read_form(mail.content_type, b"".join(records.raw_mail_parts(mail)))
    except ValueError:  # no form at all: nobody can say who sent it
        return set()
    return {name.lower() for name in (form.envelope.sender, *_named(form)) if name}


def _named(form: Form) -> list[str]:
    top = bytes(form.raw[:TOP_BYTES])
    end = _END_OF_TOP.search(top)
    lines = _FROM.findall(top[: end.start()] if end else top)
    return re.findall(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+", b"\n".join(lines).decode("utf-8", "replace"))
