"""Finds what the client wrote in an email, above, below or without the history that their program quotes.

Our own words come back in every quote ("Reply STOP ..."), so the reader of intent must never see them. Two steps:

1. Our own marker line: what follows it is ours.
2. Where a program begins to quote: its "On ... wrote:" in the nine languages that phones and programs of our clients
   are set to, a block of headings, lines marked one by one; then the signatures of phones and the legal notices of
   offices. Signatures in general are left alone: cutting them also takes lines of the client's own ("- no new meds",
   "Thanks,\nplease stop writing").
"""

import re

from domain.reply_rules import rule
from domain.reply_words import folded

REPLY_MARKERS = (
    "reply above this line",
    "responda arriba de esta linea",
    "responda por encima de esta linea",
    "escriba su respuesta arriba de esta linea",
    "escriba su respuesta por encima de esta linea",
)
"""Our own line; whatever follows it is ours. Compared without case and accents."""

_SIGNS_READ, _START = 50_000, 300
_WROTE = rule(
    r"""
^\W*on\b.{6,200}\bwrote:?\s*$
^\W*(?:el|la)\b.{6,200}\bescribio:?\s*$
^\W*am\b.{6,200}\bschrieb\b.{0,100}:\s*$
^\W*le\b.{6,200}\ba ecrit\s?:\s*$
^\W*il\b.{6,200}\bha scritto:\s*$
^\W*op\b.{6,200}\bschreef\b.{0,100}:\s*$
^\W*em\b.{6,200}\bescreveu:\s*$
^\W*den\b.{6,200}\bskrev\b.{0,100}:\s*$
^\W*dnia\b.{6,200}\bnapisa[lł](?:\(a\))?:\s*$
"""
)
"""The line above a quote, as the mail programs of nine languages write it; it also holds a digit or an address."""
_ADDRESS_WROTE = rule(r"^.{4,120}<\S+@\S+>\)?,?\s*(?:(?:wrote|escribio):?|(?:napisa[lł]\(a\)|a ecrit\s?):)\s*$")
_HEADER = rule(
    r"""
^\W{0,3}(?:from|sent|to|cc|date|subject|reply-to)\s?\*{0,2}:
^\W{0,3}(?:de|enviado|enviado el|para|fecha|asunto)\s?\*{0,2}:
^\W{0,3}(?:von|gesendet|datum|an|betreff|envoye|a|objet|da|inviato|oggetto|data|van|verzonden|aan|onderwerp|od
  |wys[lł]ano|do|temat)\s?\*{0,2}:
"""
)
_FIRST_HEADER = rule(r"^\W{0,3}(?:from|de|von|da|van|od)\s?\*{0,2}:")
_CUT_LINE = re.compile(
    r"^\W*-{2,}\s*(?:original message|mensaje original|forwarded message|mensaje reenviado|original appointment).*$"
    r"|^_{10,}$|^begin forwarded message"
)
_LEGAL = rule(
    r"""
^\W*(?:confidentiality (?:notice|note|statement)|legal (?:notice|disclaimer)|disclaimer|privileged (?:and
  |&) confidential|aviso (?:de confidencialidad|legal|de privacidad)|nota de confidencialidad
  |clausula de confidencialidad)\b
^\W*(?:this|the information in this|the contents of this
  |the information contained in this) e-?mail\b.{0,80}\b(?:confidential|intended|privileged)
^\W*(?:este|la informacion (?:contenida )?(?:en|de) este|el contenido de este) (?:mensaje
  |correo)\b.{0,90}\b(?:confidencial|destinatari|exclusiv|privilegiad)
"""
)
"""The notice that offices hang below every mail, full of "in error", "stop reading" and "delete"."""
_DEVICE = rule(
    r"""
^\W*(?:sent from|sent via|sent with|enviado desde|enviado con|enviado via|get outlook for|obten(?:er|ga)? outlook
  |obtenga outlook|yahoo mail for|gesendet von|sent on the go|enviado por)\b.{0,80}$
"""
)
_SIGN_OFF = rule(
    r"""
^\W*(?:best|best regards|kind regards|warm regards|regards|sincerely|cheers|warmly|take care|yours|love|many thanks
  |(?:thanks|thank you)(?: so much| very much| again| a lot)?|saludos|saludos cordiales|atentamente|un saludo|gracias
  |muchas gracias|cordialmente|xo)\W*$
"""
)
_NAME = rule(
    r"""
^[-–—]?\s*(?!(?:Yes|No|Nope|Ok|Okay|Stop|Cancel|Confirm\w*|Thanks?|Gracias|Sí|Si|Please|Mon|Tue|Wed|Thu|Fri|Sat
  |Sun)\w*\b)[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: [A-ZÁÉÍÓÚÑ][a-záéíóúñ.]*){0,2}
  (?:,? (?:[A-Z]{2,5}|Esq|Ph\.?D)\.?){0,2}$
"""
)


def own_words(body: str) -> str:
    """The client's own part of a plain-text body; the whole body where nothing would be left."""
    kept = without_history(body)
    return "\n".join(_without_name(kept.split("\n"))).strip() or kept


def without_history(body: str) -> str:
    """As `own_words`, but with the lines after "Thanks,": they may be a name or "please stop writing to me"."""
    read = body[:_SIGNS_READ].replace("\r\n", "\n").replace("\r", "\n")
    lines = re.sub(r"\n{4,}", "\n\n\n", read).split("\n")
    own = _before_marker(lines)
    return "\n".join(_without_device(_unquoted(own))).strip() or body


def _before_marker(lines: list[str]) -> list[str]:
    """The lines above our marker; all of them where a quote stands on top and the client wrote below it."""
    for at, line in enumerate(lines):
        start = _start(line)
        if any(marker in start for marker in REPLY_MARKERS):
            return lines[:at] if not line.lstrip().startswith((">", "|")) else lines
    return lines


def _start(line: str) -> str:
    """As much of a line as tells what it is."""
    return folded(line.strip()[:_START])


def _unquoted(lines: list[str]) -> list[str]:
    """The lines above the first quote, and those below and between the lines of a quote that is marked."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        quote = _attribution_length(lines, at)
        if quote and not _quoted_below(lines, at + quote):
            break
        if quote:
            at += quote
            continue
        quoted = lines[at].lstrip().startswith((">", "|"))
        if not quoted and _ends_here(lines, at):
            break
        if not quoted:
            kept.append(lines[at])
        at += 1
    return kept


def _attribution_length(lines: list[str], at: int) -> int:
    """How many lines "On ... wrote:" takes here, wrapped over three at most; 0 where it isn't one."""
    for length in (1, 2, 3):
        block = [line.strip()[:_START] for line in lines[at : at + length]]
        if not all(block):
            return 0
        joined = " ".join(block)
        line = folded(joined.lstrip("> "))
        wrote = _WROTE.match(line) or (length == 1 and _ADDRESS_WROTE.match(line))
        if wrote and (re.search(r"\d", joined) or "@" in joined):
            return length
    return 0


def _quoted_below(lines: list[str], at: int) -> bool:
    """Whether the quote is marked line by line, so that words below it are the client's."""
    following = [line for line in lines[at : at + 4] if line.strip()]
    return bool(following) and following[0].lstrip().startswith(">")


def _ends_here(lines: list[str], at: int) -> bool:
    line = _start(lines[at])
    if any(marker in line for marker in REPLY_MARKERS) or _CUT_LINE.match(line):
        return True
    if not _FIRST_HEADER.match(line):
        return False
    block = [other.strip() for other in lines[at : at + 8] if other.strip()]
    return sum(bool(_HEADER.match(folded(other))) for other in block[:5]) >= 2


def _without_device(lines: list[str]) -> list[str]:
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at, raw in enumerate(lines):
        line = _start(raw)
        before = at > first
        if before and (raw.rstrip("\n") in ("--", "-- ") or raw.strip() in ("--", "—")):
            return lines[:at]
        if before and _LEGAL.match(line):
            return lines[:at]
        if _DEVICE.match(line):
            return lines[:at] if before else lines[at + 1 :]
    return lines


def _without_name(lines: list[str]) -> list[str]:
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at, line in enumerate(lines):
        if at > first and _SIGN_OFF.match(folded(line.strip())) and _only_a_name_follows(lines[at + 1 :]):
            return lines[: at + 1]
    return _without_bare_name(lines)


def _without_bare_name(lines: list[str]) -> list[str]:
    """A name alone on the last line, below an empty one, is how people sign without a greeting."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    if len(written) < 2 or lines[written[-1] - 1].strip() or not _NAME.match(lines[written[-1]].strip()):
        return lines
    return lines[: written[-1]]


def _only_a_name_follows(rest: list[str]) -> bool:
    """A name, a title, a number: at most five short lines, the first without a sentence in it."""
    written = [line.strip() for line in rest if line.strip()]
    return 0 < len(written) <= 5 and all(len(line) <= 60 for line in written) and len(written[0].split()) <= 4
