"""Finds what the client wrote in an email, above, below or without the history that their program quotes.

Our own words come back in every quote ("Reply STOP ..."), so the reader of intent must never see them. Patterns follow
Gmail, Outlook, Apple Mail, Yahoo and their Spanish versions.
"""

import re

from domain.reply_words import folded, rule

REPLY_MARKERS = (
    "reply above this line",
    "responda arriba de esta linea",
    "responda por encima de esta linea",
    "escriba su respuesta arriba de esta linea",
    "escriba su respuesta por encima de esta linea",
)
"""Our own line; whatever follows it is ours. Compared without case and accents."""

_WRAPPED_ATTRIBUTION = re.compile(r"^\W*(?:on\b.{6,200}\bwrote|(?:el|la)\b.{6,200}\bescribio):?\s*$")
_ATTRIBUTION = re.compile(_WRAPPED_ATTRIBUTION.pattern + r"|^.{4,120}<\S+@\S+>\)?,?\s*(?:wrote|escribio):?\s*$")
_HEADER = re.compile(
    r"^\W{0,3}(?:from|sent|to|cc|date|subject|reply-to|de|enviado|enviado el|para|fecha|asunto)\s?\*{0,2}:", re.I
)
_FIRST_HEADER = re.compile(r"^\W{0,3}(?:from|de)\s?\*{0,2}:", re.I)
_CUT_LINE = re.compile(
    r"^\W*-{2,}\s*(?:original message|mensaje original|forwarded message|mensaje reenviado|original appointment).*$"
    r"|^_{10,}$|^begin forwarded message"
)
_DEVICE = rule(
    r"""
^\W*(?:sent from|sent via|sent with|enviado desde|enviado con|enviado via|get outlook for|obten(?:er|ga)? outlook
  |obtenga outlook|yahoo mail for|gesendet von|sent on the go|enviado por)\b.{0,80}$
"""
)
_SIGN_OFF = rule(
    r"""
^\W*(?:best|best regards|kind regards|warm regards|regards|sincerely|cheers|warmly|take care|yours|love
  |many thanks|(?:thanks|thank you)(?: so much| very much| again| a lot)?|saludos|saludos cordiales|atentamente
  |un saludo|gracias|muchas gracias|cordialmente|xo)\W*$
"""
)
_NAME = rule(
    r"""
^[-–—]?\s*(?!(?:Yes|No|Nope|Ok|Okay|Stop|Cancel|Confirm\w*|Thanks?|Gracias|Sí|Si|Please|Mon|Tue|Wed|Thu|Fri|Sat
  |Sun)\w*\b)[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: [A-ZÁÉÍÓÚÑ][a-záéíóúñ.]*){0,2}$
"""
)


def own_words(body: str) -> str:
    """The client's own part of a plain-text body; the whole body where nothing would be left."""
    kept = without_history(body)
    return "\n".join(_without_name(kept.split("\n"))).strip() or kept


def without_history(body: str) -> str:
    """As `own_words`, but with the lines after "Thanks,": they may be a name or "please stop writing to me"."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_without_device(_unquoted(lines))).strip() or body


def _unquoted(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        quote = _attribution_length(lines, at)
        if quote and not _quoted_below(lines, at + quote):
            break
        if quote:
            at += quote
            continue
        if _ends_here(lines, at):
            break
        if not lines[at].lstrip().startswith((">", "|")):
            kept.append(lines[at])
        at += 1
    return kept


def _attribution_length(lines: list[str], at: int) -> int:
    """How many lines "On ... wrote:" takes here, wrapped over three at most; 0 where it isn't one."""
    for length in (1, 2, 3):
        block = [line.strip() for line in lines[at : at + length]]
        if not all(block):
            return 0
        joined = " ".join(block)
        form = _ATTRIBUTION if length == 1 else _WRAPPED_ATTRIBUTION
        if form.match(folded(joined.lstrip("> "))) and (re.search(r"\d", joined) or "@" in joined):
            return length
    return 0


def _quoted_below(lines: list[str], at: int) -> bool:
    """Whether the quote is marked line by line, so that words below it are the client's."""
    following = [line for line in lines[at : at + 4] if line.strip()]
    return bool(following) and following[0].lstrip().startswith(">")


def _ends_here(lines: list[str], at: int) -> bool:
    line = folded(lines[at].strip())
    if any(marker in line for marker in REPLY_MARKERS) or _CUT_LINE.match(line):
        return True
    if not _FIRST_HEADER.match(line):
        return False
    block = [other.strip() for other in lines[at : at + 8] if other.strip()]
    return sum(bool(_HEADER.match(folded(other))) for other in block[:5]) >= 2


def _without_device(lines: list[str]) -> list[str]:
    for at, raw in enumerate(lines):
        line = folded(raw.strip())
        before = any(other.strip() for other in lines[:at])
        if before and (raw.rstrip("\n") in ("--", "-- ") or raw.strip() in ("--", "—")):
            return lines[:at]
        if _DEVICE.match(line):
            return lines[:at] if before else lines[at + 1 :]
    return lines


def _without_name(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        before = any(other.strip() for other in lines[:at])
        if before and _SIGN_OFF.match(folded(line.strip())) and _only_a_name_follows(lines[at + 1 :]):
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
