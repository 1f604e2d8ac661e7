"""Cuts a mail down to what is read of it, before the parser sees it: its cost grows faster than what it is given.

Headers that nobody reads go, the others are cut at a fixed length; attachments keep their headers alone; what is too
long, too deep or too many is left out, and `whole` says so. All of this takes time in proportion to the mail.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from typing_extensions import Buffer

LONGEST_HEADER = 1500
MOST_OF_ONE_NAME = 3
MOST_HEADER_LINES = 20_000
LONGEST_HEADERS = 1_000_000
"""Lines and bytes of headers that are looked at, kept or not."""
MOST_KEPT_LINES = 500
LONGEST_PART = 300_000
"""Bytes of one part that are read, as they came: base64 and all."""
LONGEST_CALENDAR = 20_000
LONGEST_MAIL = 1_000_000
"""Bytes of all parts together that are read."""
MOST_PARTS = 100
LONGEST_PREAMBLE = 1000
DEEPEST = 8
CUT = "X-Followthrough-Cut"
"""Marks a part that was cut. Nobody outside can set it: only the headers below are kept."""

_KEPT = frozenset(
    b"from to subject message-id auto-submitted precedence x-autoreply x-autorespond content-type"
    b" content-transfer-encoding content-disposition list-unsubscribe mime-version".split()
)
_OF_REPORTS = frozenset(b"action status list-unsubscribe".split())
MOST_CALENDARS = 2
_END_OF_HEADERS = re.compile(rb"\n\r?\n")
_NO_HEADERS = re.compile(rb"\r?\n")


@dataclass
class Trimmed:
    """What is left to read. `whole`: nothing but attachments and headers that nobody reads is missing.

    `doubtful`: a header was cut that says who wrote it.
    """

    mail: bytes
    whole: bool
    doubtful: bool


class _Headers(NamedTuple):
    lines: bytes
    cut: bool


def trimmed(raw: Buffer) -> Trimmed:
    """The mail without what is too much of it."""
    knife = _Knife()
    mail = knife.message(memoryview(raw), 0)
    return Trimmed(mail, knife.whole, knife.doubtful)


class _Knife:
    """Goes through one mail, and counts."""

    def __init__(self) -> None:
        self.whole = True
        self.doubtful = False
        self._left = LONGEST_MAIL
        self._parts = 0
        self._calendars = 0

    def message(self, raw: memoryview, depth: int) -> bytes:
        """A mail or a part of one, with its headers."""
        self._parts += 1
        head, body = _split(raw)
        headers = _cut_headers(head)
        if depth == 0 and headers.cut:
            self.whole = False
            self.doubtful = True
        about = BytesHeaderParser(policy=policy.compat32).parsebytes(headers.lines + b"\n")
        kept, cut = self._body(about, body, depth)
        mark = f"{CUT}: yes\n".encode() if cut or headers.cut else b""
        return headers.lines + mark + b"\n" + kept

    def _body(self, about: Message, body: memoryview, depth: int) -> tuple[bytes, bool]:
        kind = about.get_content_type()
        boundary = about.get_boundary() if about.get_content_maintype() == "multipart" else None
        if boundary:
            return self._multipart(boundary.encode("utf-8", "replace"), body, depth), False
        if kind == "message/delivery-status" or kind == "text/rfc822-headers":
            return _cut_headers(body, _OF_REPORTS, blocks=True).lines, False
        if about.get_content_maintype() == "message":
            if depth >= DEEPEST or self._parts >= MOST_PARTS:
                self.whole = False
                return b"", True
            return self.message(body, depth + 1), False
        if kind == "text/calendar":
            self._calendars += 1
            if self._calendars > MOST_CALENDARS:
                self.whole = False
                return b"", True
            return self._text(body, LONGEST_CALENDAR)
        attached = (about.get_content_disposition() or "") == "attachment"
        if about.get_content_maintype() in ("text", "multipart") and not attached:
            return self._text(body, LONGEST_PART)
        return b"", False

    def _text(self, body: memoryview, most: int) -> tuple[bytes, bool]:
        kept = bytes(body[: min(most, self._left)])
        self._left -= len(kept)
        return kept, len(kept) < len(body)

    def _multipart(self, boundary: bytes, body: memoryview, depth: int) -> bytes:
        if depth >= DEEPEST:
            self.whole = False
            return b""
        kept: list[bytes] = []
        before = self._parts
        for part in parts_between(body, boundary):
            if self._parts >= MOST_PARTS or self._left <= 0:
                self.whole = False
                break
            kept += [b"--" + boundary + b"\n", self.message(part, depth + 1), b"\n"]
        if self._parts == before and len(body) > LONGEST_PREAMBLE:
            self.whole = False  # there is something, and it isn't what it says it is
        return b"".join([*kept, b"--" + boundary + b"--\n"])


def _split(raw: memoryview) -> tuple[memoryview, memoryview]:
    """The headers and the body. Without an empty line between them there is no body."""
    if none := _NO_HEADERS.match(raw):
        return raw[:0], raw[none.end() :]
    end = _END_OF_HEADERS.search(raw)
    return (raw[: end.start() + 1], raw[end.end() :]) if end else (raw, raw[:0])


def _cut_headers(head: memoryview, names: frozenset[bytes] = _KEPT, *, blocks: bool = False) -> _Headers:
    """The headers of these names, each at most so long; between `blocks` of them stay the empty lines."""
    kept: list[bytes] = []
    cut = len(head) > LONGEST_HEADERS
    seen = Counter[bytes]()
    name, room = b"", 0
    for number, (line, length) in enumerate(_lines(bytes(head[:LONGEST_HEADERS]))):
        if number >= MOST_HEADER_LINES or len(kept) >= MOST_KEPT_LINES:
            cut = True
            break
        if blocks and not line:
            name = b""
            kept.append(b"\n")
            continue
        if line[:1] not in (b" ", b"\t"):
            name, room = line.partition(b":")[0].strip().lower(), LONGEST_HEADER
            seen[name] += 1
        if name not in names:
            continue
        cut = cut or length > room or seen[name] > MOST_OF_ONE_NAME
        if room > 0 and seen[name] <= MOST_OF_ONE_NAME:
            kept.append(line[:room] + b"\n")
        room -= length
    return _Headers(b"".join(kept), cut)


def _lines(head: bytes) -> Iterator[tuple[bytes, int]]:
    """The lines of a block of headers, none longer than may matter, each with the length that it had."""
    at = 0
    while at < len(head):
        end = head.find(b"\n", at)
        end = len(head) if end < 0 else end
        yield head[at : min(end, at + 2 * LONGEST_HEADER)].rstrip(b"\r"), end - at
        at = end + 1


def parts_between(body: memoryview, boundary: bytes) -> Iterator[memoryview]:
    """What lies between the lines that begin with this boundary."""
    line = rb"--" + re.escape(boundary) + rb"(--)?[ \t]{0,100}(?=\r?\n|\Z)"
    first = re.compile(line).match(body)
    begun = _next_line(body, first.end()) if first else -1
    for found in re.compile(rb"\n" + line).finditer(body):  # begins with fixed letters: that is what makes it fast
        if begun >= 0:
            yield body[begun : max(begun, found.start() - (bytes(body[found.start() - 1 : found.start()]) == b"\r"))]
        if found[1]:
            return
        begun = _next_line(body, found.end())
    if begun >= 0:
        yield body[begun:]


def _next_line(body: memoryview, at: int) -> int:
    return at + (2 if bytes(body[at : at + 1]) == b"\r" else 1)
