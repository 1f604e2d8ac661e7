"""Finds what the client wrote in an email, above, below or without the history that their program quotes.

Our own words come back in every quote ("Reply STOP ..."), so the reader of intent must never see them. Two steps:

1. Our own marker line: what follows it is ours.
2. Where a program begins to quote: its "On ... wrote:" in the nine languages that phones and programs of our clients
   are set to, a block of headings, lines marked one by one; then the signatures of phones and the legal notices of
   offices. Signatures in general are left alone: cutting them also takes lines of the client's own ("- no new meds",
   "Thanks,\nplease stop writing").
"""

import re
from typing import NamedTuple

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
  |clausula de confidencialidad)(?:\W*$|\W.{0,150}\b(?:confidential\w*|confidencial\w*|intended|privileged|recipient
  |destinatari\w*))
^\W*(?:this|the information in this|the contents of this
  |the information contained in this) e-?mail\b.{0,80}\b(?:confidential|intended|privileged)
^\W*(?:este|la informacion (?:contenida )?(?:en|de) este|el contenido de este) (?:mensaje
  |correo)\b.{0,90}\b(?:confidencial|destinatari|exclusiv|privilegiad)
"""
)
"""The notice that offices hang below every mail, full of "in error", "stop reading" and "delete"."""
_DEVICE = rule(
    r"""
^\W*(?:sent|enviado|gesendet|get|obten(?:er|ga)?|yahoo mail)(?: (?:from|via|with|using|desde|con|via|von|por|for|para
  |mi|my|the|a|an|el|la|meinem|myself))*(?: (?:samsung|galaxy|google|apple|motorola|moto|t-mobile|verizon|at&t|att
  |sprint|metro|xfinity|boost|cricket|lg|huawei|xiaomi|nokia|windows|yahoo|aol|microsoft|proton|mobile|smart|cell|work|new
  |company|personal|wireless|4g|5g|lte))*
  (?: (?:i-?phone|i-?pad|i-?pod|mac(?:book)?|android|galaxy|pixel|phone|smartphone|cell ?phone|mobile|device|tablet
  |telefono|movil|celular|tableta|dispositivo|blackberry|kindle|watch|car|outlook|yahoo(?: mail)?|aol(?: mail)?|gmail
  |mail|proton ?mail|hotmail|thunderbird|spark|edison|windows|ios|razr|laptop|computer))+
  (?: (?:for|on|para|en|de|my|mi|an?|un|pro|max|mini|plus|ultra|air|se|mobile|mail|app|device|ios|android|iphone|ipad
  |windows|samsung|galaxy|verizon|t-mobile|at&t|att|s\d+|\d+|smartphone|5g|4g|lte|auto))*\W*(?:<\S*>|\(?https?:\S*)?\W*$
^\W*sent on the go\W*$
"""
)
"""A program's line in full: "Sent from the ER, I had a stroke" is somebody's own."""
_FOOTER = rule(
    r"""
^\W*(?:to (?:stop|unsubscribe|opt[ -]out|no longer receive|manage)|if you (?:no longer|do not|don.?t)
  (?: wish| want) to (?:receive|get))\b[^.?!]{0,90}\b(?:log ?in|click|visit|go to|update|change|manage|https?|settings
  |preferences|unsubscribe)\b.*$
^\W*(?:you are receiving|you received) (?:this|these)\b.{0,80}\b(?:because|to)\b.*$
^\W*this (?:email|e-mail|message) was sent\b.{0,80}\b(?:because|to)\b.*$
^\W*(?:unsubscribe|manage (?:your )?preferences|update (?:your )?preferences) *(?:\||$).{0,200}$
"""
)
"""What programs hang below a mail, in lines of its own at its end."""
_ONES_OWN = re.compile(r"\b(?:i|im|ive|i'm|i’m|ill|id|me|my|mine|we|us|yo|mi|mis|nos|nuestr[oa]s?)\b")
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
    return parted(body).own


class Parted(NamedTuple):
    """The client's own words, what stands below them and looks like a signature, and the notice of an office."""

    own: str
    below: str
    notice: str = ""


def parted(body: str) -> Parted:
    """A plain-text body without what it quotes. What is below counts where it means something (`domain.replies`)."""
    lines, below, notice = _signed(_of_client(body))
    kept, name = _without_name(lines)
    own = "\n".join(kept).strip() or "\n".join(lines).strip()
    return Parted(own or body, "\n".join((*name, *below)).strip(), "\n".join(notice))


def without_history(body: str) -> str:
    """As `own_words`, with the name below."""
    return "\n".join(_signed(_of_client(body)).own).strip() or body


def only_signed(body: str) -> bool:
    """Whether the client's own part of a body is a name or a greeting, with a few lines below it, and no word more."""
    lines = [line for line in _of_client(body) if not _DEVICE.match(_start(line))]
    written = [line for line in lines if line.strip() not in ("", "--", "—")]
    while written and _SIGN_OFF.match(folded(written[0].strip())):
        written = written[1:]
    return not written or _only_a_name_follows(written)


def _of_client(body: str) -> list[str]:
    """The lines that nobody quotes, without footers."""
    read = body[:_SIGNS_READ].replace("\r\n", "\n").replace("\r", "\n")
    lines = re.sub(r"\n{4,}", "\n\n\n", read).split("\n")
    return _without_footer(_unquoted(_before_marker(lines)))


def _without_footer(lines: list[str]) -> list[str]:
    """Without the last lines where they are footers, below an empty line."""
    end = len(lines)
    for at in range(len(lines) - 1, 0, -1):
        line = _start(lines[at])
        if line and not (_FOOTER.match(line) and not _ONES_OWN.search(line)):
            break
        end = at if not line else end
    return lines[:end]


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


class _Signed(NamedTuple):
    own: list[str]
    signature: list[str]
    notice: list[str]


def _signed(lines: list[str]) -> _Signed:
    """The lines above a signature or a notice, without those of phones; the signature; and the notice."""
    kept = [line for line in lines if not _DEVICE.match(_start(line))]
    first = next((at for at, line in enumerate(kept) if line.strip()), 0)
    for at, raw in enumerate(kept):
        if at > first and _LEGAL.match(_start(raw)):
            return _Signed(kept[:at], [], kept[at:])
        if at > first and raw.strip() in ("--", "—") and _is_signature(kept[at + 1 :]):
            card = sum(bool(line.strip()) for line in kept[at + 1 :]) >= _FEWEST_OF_A_CARD
            return _Signed(kept[:at], [] if card else kept[at + 1 :], [])
    return _Signed(kept, [], [])


_FEWEST_OF_A_CARD = 3
"""A name with so many lines is a visiting card: "Chest Pain Center accredited 2024" stands on some."""


def _is_signature(below: list[str]) -> bool:
    """A name on top, and nobody speaks of themselves."""
    written = [line.strip() for line in below if line.strip()]
    if not written:
        return True
    return bool(_NAME.match(written[0].split(",")[0])) and not any(_ONES_OWN.search(_start(line)) for line in written)


def _without_name(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines above a name, and the name with what is below it."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at, line in enumerate(lines):
        if at > first and _SIGN_OFF.match(folded(line.strip())) and _only_a_name_follows(lines[at + 1 :]):
            return lines[: at + 1], lines[at + 1 :]
    return _without_bare_name(lines)


def _without_bare_name(lines: list[str]) -> tuple[list[str], list[str]]:
    """A name alone on the last line, below an empty one, is how people sign without a greeting."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    if len(written) < 2 or lines[written[-1] - 1].strip() or not _NAME.match(lines[written[-1]].strip()):
        return lines, []
    return lines[: written[-1]], lines[written[-1] :]


def _only_a_name_follows(rest: list[str]) -> bool:
    """A name, a title, a number: at most five short lines, and nobody speaks of themselves."""
    written = [line.strip() for line in rest if line.strip()]
    if not 0 < len(written) <= 5 or any(len(line) > 60 for line in written):
        return False
    return bool(_NAME.match(written[0].split(",")[0])) and not any(_ONES_OWN.search(_start(line)) for line in written)
