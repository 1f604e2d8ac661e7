"""Mails that are made to cost more than they weigh, each with what it is made of; also used by the tests."""

import base64
from collections.abc import Callable

_FROM = b"From: Tina <tina@example.com>\r\n"
_UTF8 = b"Content-Type: text/plain; charset=utf-8"
_HTML = _FROM + b"Content-Type: text/html\r\n\r\n"
_MIXED = _FROM + b'Content-Type: multipart/mixed; boundary="q"\r\n\r\n'


def _text(headers: bytes, body: bytes) -> bytes:
    return _FROM + headers + b"\r\n\r\n" + body


def _encoded(kind: bytes, body: bytes) -> bytes:
    return _text(b"Content-Type: text/plain\r\nContent-Transfer-Encoding: " + kind, body)


def _many(pattern: bytes, count: int) -> bytes:
    return b"".join(pattern % number for number in range(count))


MAILS: dict[str, Callable[[], bytes]] = {
    "60 kB of opened tags": lambda: _HTML + b"<a " * 20_000,
    "27 MB of opened tags": lambda: _HTML + b"<a " * 9_000_000,
    "60 kB of opened comments": lambda: _HTML + b"<!--" * 15_000,
    "50,000 nested elements": lambda: _HTML + b"<div>" * 50_000,
    "30,000 nested lists": lambda: _HTML + b"<ul><li>" * 30_000,
    "40,000 attributes": lambda: _HTML + b"<p " + _many(b"a%d=1 ", 40_000) + b">",
    "entities": lambda: _HTML + b"&notit;&amp;&#x41" * 20_000,
    "style sheets": lambda: _HTML + b"<style>" + b"a{b:c}" * 45_000 + b"</style>hi",
    "From of 320 kB encoded words": lambda: b"From: " + b"=?utf-8?q?=C3=A9?= " * 17_000 + b"<a@b.c>\r\n\r\nhi",
    "From of 20,000 addresses": lambda: b"From: " + _many(b"a%d@b.c, ", 20_000) + b"a@b.c\r\n\r\nhi",
    "20,000 Froms": lambda: b"From: a@b.c\r\n" * 20_000 + b"\r\nhi",
    "From of open brackets": lambda: b"From: " + b"(" * 300_000 + b"\r\n\r\nhi",
    "4,000 parameters": lambda: _text(b"Content-Type: text/plain" + _many(b"; a%d=b", 4000), b"hi"),
    "parameters in pieces": lambda: _text(b"Content-Type: text/plain" + _many(b";\r\n a*%d*=utf-8''b", 4000), b"hi"),
    "4 MB of references": lambda: _text(b"References: " + b"<a@b.c> " * 500_000, b"hi"),
    "4 MB of In-Reply-To": lambda: _text(b"In-Reply-To: " + b"<a@b.c> " * 500_000, b"hi"),
    "300,000 headers": lambda: _text(_many(b"X-%d: a\r\n", 300_000) + b"X: a", b"hi"),
    "no end of headers": lambda: b"a" * 20_000_000,
    "3,000 nested parts": lambda: (
        _FROM + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    ),
    "3,000 nested mails": lambda: _FROM + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    "10,000 parts": lambda: _MIXED + b"--q\r\n\r\nhi\r\n" * 10_000 + b"--q--",
    "boundaries everywhere": lambda: _MIXED + b"--q\r\nX" * 4_000_000,
    "dashes": lambda: _FROM + b'Content-Type: multipart/mixed; boundary="-"\r\n\r\n' + b"-" * 29_000_000,
    "20 MB of zeros, base64": lambda: _encoded(b"base64", base64.encodebytes(bytes(20_000_000))),
    "quoted-printable": lambda: _encoded(b"quoted-printable", b"=3D" * 1_000_000),
    "uuencoded": lambda: _encoded(b"x-uuencode", b"begin 644 a\r\n" + b"M" + b"A" * 300_000),
    "punycode": lambda: _text(b"Content-Type: text/plain; charset=punycode", b"a-" + b"b" * 290_000),
    "idna": lambda: _text(b"Content-Type: text/plain; charset=idna", b"a." * 145_000),
    "utf-7": lambda: _text(b"Content-Type: text/plain; charset=utf-7", b"+AGE-" * 60_000),
    "no text codec": lambda: _text(b"Content-Type: text/plain; charset=bz2", b"a." * 1000),
    "a calendar of parameters": lambda: _text(
        b"Content-Type: text/calendar", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTENDEE;" + b"A=b;" * 5000 + b":x\r\n"
    ),
    "60 calendars": lambda: (
        _MIXED + (b"--q\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n" + b"X-A:1\r\n" * 3000) * 60
    ),
    "a report of 100,000 recipients": lambda: _text(
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=q",
        b"--q\r\nContent-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\n\r\n" * 100_000 + b"--q--",
    ),
    "290,000 empty lines": lambda: _text(b"X: a", b"\n" * 290_000),
    "quotes of nothing": lambda: _text(b"X: a", b"On a wrote\n" * 25_000),
    "29 MB of words": lambda: _text(b"X: a", b"I have no fever and no pain. " * 1_000_000),
    "10 kB of zero-width spaces": lambda: _text(_UTF8, b"\xe2\x80\x8b" * 3300),
    "10 kB of reactions": lambda: _text(_UTF8, "Liked “".encode() * 1100),
}
"""By name, made when asked for: some are large."""


def form(mail: bytes, to: str = "care@in.example.com") -> bytes:
    """As SendGrid's inbound parse posts it, as `FORM`."""
    return (
        b'--bombs\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
        + mail
        + b'\r\n--bombs\r\nContent-Disposition: form-data; name="envelope"\r\n\r\n{"from":"tina@example.com","to":["'
        + to.encode()
        + b'"]}\r\n--bombs--\r\n'
    )


FORM = "multipart/form-data; boundary=bombs"
