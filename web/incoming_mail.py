"""Reads a mail that somebody sent us: who wrote, in which conversation, what it says, and whether a person wrote it.

Everything in a mail is the sender's word. Only two things are not: the envelope and the DKIM result, which come from
the server that took it in.
"""

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message, MIMEPart
from typing import Literal, cast

from typing_extensions import Buffer

from domain.email_reply import only_signed
from domain.events import CalendarAnswer
from domain.long_replies import heard
from domain.replies import is_emergency, is_urgent
from web.calendar_answer import calendar_answer
from web.mail_trim import CUT, trimmed
from web.mail_words import words_of

MailKind = Literal["reply", "automatic", "bounce"]

_CONVERSATION = re.compile(r"r\+([0-9a-f]{32})@", re.ASCII)
_ADDRESS = re.compile(r"[^@\s]+@[A-Za-z0-9.-]+")
_DKIM_RESULT = re.compile(r"@([a-z0-9.-]+)\s*:\s*([a-z]+)", re.ASCII)
_OUR_LINK = re.compile(r"/m/([^/<>\s]+)/unsubscribe", re.ASCII)
_CODE = re.compile(r"\d\.\d{1,3}\.\d{1,3}", re.ASCII)
_AUTOMATIC_PRECEDENCE = ("bulk", "junk", "auto_reply")
_ANSWER = re.compile(r"(?:(?:re|rv|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_IN_HTML = re.compile(
    r"\b(?:this (?:message|e-?mail) (?:is|was sent) in html|html (?:format|version|only|capable)"
    r"|view (?:this|it) in (?:a|an|your) (?:browser|html)|(?:does not|doesn't|not) support html"
    r"|este (?:mensaje|correo) (?:esta|está) en (?:formato )?html)",
    re.IGNORECASE,
)
"""What programs write in place of the words."""
LONGEST_EMPTY = 1000
"""Somebody who writes more than this wrote something, even if no words are found in it."""
_NO_CHARSETS = frozenset(("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"))
"""Codecs of Python's own that no mail program writes; some of them take time by the square of the length."""


@dataclass(frozen=True)
class Envelope:
    """What the server that took the mail in says of it. `sender` None: it didn't say; empty: the mail has none."""

    sender: str | None = None
    recipients: tuple[str, ...] = ()
    dkim: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail from somebody. `provider_id` comes from its Message-ID; `text` is the plain body, quotes and all.

    `conversation` is the token of the reply address it was sent to. `aligned`: the domain of its sender, or a parent
    of that domain, has signed it. `calendar`: what the sender's calendar answered to an invitation. Of a bounce,
    `failed_link` is the token of our link in the mail that came back. `whole`: all that is to be read of it was read.
    """

    provider_id: str
    from_address: str
    text: str
    kind: MailKind = "reply"
    conversation: str | None = None
    aligned: bool = False
    calendar: CalendarAnswer | None = None
    failed_link: str | None = None
    failed_because: str = ""
    whole: bool = True


def read_mail(raw: Buffer, envelope: Envelope) -> Mail:
    """The mail of this MIME text. Raises ValueError where it can't be read or has no sender."""
    try:
        return _read(raw, envelope)
    except MemoryError:  # it is no fault of the mail's form: whoever set the limit wants to know
        raise
    except Exception as error:  # the library fails in many ways on mails that are made to be odd
        raise ValueError("the mail can't be read") from error


def _read(raw: Buffer, envelope: Envelope) -> Mail:
    cut = trimmed(raw)
    mail = message_from_bytes(cut.mail, policy=policy.default)
    senders = [sender.addr_spec for header in mail.get_all("from", []) for sender in header.addresses]
    if not senders or not _ADDRESS.fullmatch(senders[0]) or not senders[0].isprintable():
        raise ValueError("the mail has no sender")
    calendar = calendar_answer(mail)
    kind = "reply" if calendar is not None else _kind(mail, envelope)
    named = str(mail.get("message-id") or "").encode("ascii", "replace").decode().strip()
    identity = f"{named} {senders[0].lower()}".encode() if named else raw
    text, whole = _text(mail)
    return Mail(
        provider_id=f"email-{hashlib.sha256(identity).hexdigest()}",
        from_address=senders[0],
        text=text,
        kind=kind,
        conversation=conversation_of(envelope.recipients) or conversation_of(str(to) for to in mail.get_all("to", [])),
        aligned=len(senders) == 1 and not cut.doubtful and is_aligned(senders[0], envelope.dkim),
        calendar=calendar,
        failed_link=_failed_link(mail) if kind == "bounce" else None,
        failed_because=_failed_because(mail) if kind == "bounce" else "",
        whole=whole and cut.whole,
    )


def is_aligned(sender: str, dkim: str) -> bool:
    """Whether a signature passed whose domain is the sender's own or a parent of it.

    `dkim` is a list such as "{@gmail.com : pass, @lists.example.com : fail}". A single label is nobody's domain.
    """
    domain = sender.rpartition("@")[2].lower()
    passed = [signer for signer, result in _DKIM_RESULT.findall(dkim.lower()) if result == "pass" and "." in signer]
    return any(domain == signer or domain.endswith(f".{signer}") for signer in passed)


def conversation_of(recipients: Iterable[str]) -> str | None:
    """The token of the reply address that is among these; None where none is."""
    found = (_CONVERSATION.search(recipient.lower()) for recipient in recipients)
    return next((match[1] for match in found if match), None)


def _kind(mail: EmailMessage, envelope: Envelope) -> MailKind:
    """A report of a mail server first: it carries the headers of an automatic mail too, as RFC 3834 asks."""
    if mail.get_content_type() == "multipart/report" and mail.get_param("report-type") == "delivery-status":
        # Another action is "delayed": the server is still trying.
        return "bounce" if (_of_report(mail, "action") or "failed").strip().lower() == "failed" else "automatic"
    if mail.get_content_type() == "multipart/report" or _is_automatic(mail):
        return "automatic"
    return "bounce" if envelope.sender is not None and envelope.sender.strip() in ("", "<>") else "reply"


def _is_automatic(mail: EmailMessage) -> bool:
    submitted = str(mail.get("auto-submitted", "no")).split(";")[0].strip().lower()
    precedence = str(mail.get("precedence", "")).strip().lower().replace("-", "_")
    marked = any(header in mail for header in ("x-autoreply", "x-autorespond"))
    return submitted != "no" or precedence in _AUTOMATIC_PRECEDENCE or marked


def _of_report(mail: Message, field: str) -> str | None:
    """A field of the machine's part of a delivery report (RFC 3464); of several recipients the first counts."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = cast("list[Message]", part.get_payload())
            return next((str(block[field]) for block in blocks if field in block), None)
    return None


def _failed_because(mail: EmailMessage) -> str:
    """The code only: the server's own sentence repeats the address."""
    code = _CODE.search(_of_report(mail, "status") or "")
    return f"not delivered (code {code[0]})" if code else "not delivered"


def _failed_link(mail: EmailMessage) -> str | None:
    """The token of our link, from the headers of our mail, which servers send back in full or without its body."""
    for part in mail.walk():
        headers: Message = part
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_string(str(part.get_content()), policy=policy.default)
        found = _OUR_LINK.search(str(headers.get("list-unsubscribe", "")))
        if found:
            return found[1]
    return None


def _text(mail: EmailMessage) -> tuple[str, bool]:
    """All words that show when the mail is opened, part by part, and a subject that the sender wrote.

    And whether that is all of it: more than a plan can take is cut off.
    """
    parts = list(_shown(mail))
    content = "\n".join(words for words in (_words(part) for part in parts) if words)
    wordless = not content and any(len(_decoded(part)) > LONGEST_EMPTY for part in parts)
    text, whole = heard("\n\n".join(filter(None, (_own_subject(mail, content), content))), mail=True)
    cut = any(CUT in part for part in parts)
    return text.encode("utf-8", "replace").decode(), whole and not wordless and not cut


def _own_subject(mail: EmailMessage, content: str) -> str:
    """The subject, where the body has no words of its own. That of an answer is ours, but for an urgent word in it.

    A subject that the sender wrote and that tells an emergency is read in any case.
    """
    subject = str(mail.get("subject", "")).strip()
    bare = _ANSWER.sub("", subject).strip()
    if not content:
        return subject if bare == subject else bare if is_urgent(bare) else ""
    if bare == subject and (is_emergency(bare) or (is_urgent(bare) and only_signed(content))):
        return bare
    return ""


def _shown(part: MIMEPart | EmailMessage) -> Iterator[MIMEPart]:
    """The parts of text that are shown; of alternatives the first that has words of its own."""
    if part.get_content_disposition() == "attachment":
        return
    if part.get_content_type() == "multipart/alternative":
        ways = [list(_shown(way)) for way in _parts_of(part)]
        telling = (way for way in ways if any(_tells(inner) for inner in way))
        yield from next(telling, next((way for way in ways if way), list[MIMEPart]()))
    elif part.get_content_maintype() == "multipart":
        for inner in _parts_of(part):
            yield from _shown(inner)
    elif part.get_content_type() in ("text/plain", "text/html"):
        yield cast("MIMEPart", part)


def _parts_of(part: Message) -> list[MIMEPart]:
    return cast("list[MIMEPart]", part.get_payload()) if part.is_multipart() else []


def _tells(part: MIMEPart) -> bool:
    words = _words(part)
    return bool(words) and not (len(words) < LONGEST_EMPTY and _IN_HTML.search(words))


def _words(part: MIMEPart) -> str:
    content = _decoded(part)
    return (words_of(content) if part.get_content_subtype() == "html" else content).strip()


def _decoded(part: MIMEPart) -> str:
    """The text of a part, in UTF-8 where it doesn't say or is wrong. Raises LookupError for a set that is none."""
    payload = part.get_payload(decode=True)
    charset = str(part.get_content_charset("utf-8"))
    known = codecs.lookup(charset)
    if known.name in _NO_CHARSETS or not getattr(known, "_is_text_encoding", True):
        raise LookupError("no character set for a mail")
    if not isinstance(payload, bytes):
        return ""
    if known.name not in ("utf-8", "ascii"):
        return payload.decode(charset, "replace")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("cp1252", "replace")
