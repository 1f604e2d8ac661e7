"""The language of the staff's pages: English, or Spanish from the catalogues in web/locale/es.

Words of templates and of this room are gettext messages: `{% trans %}`, `_("…")`, `gettext("…")`. What the rules and
the records say, in English sentences that were made elsewhere and perhaps long ago, is found again by `told`: a message
of a catalogue with {names} in it stands for every sentence of that shape. What isn't found stays English. Names and
people's own words are never given to either.

Who has chosen a language on a page gets it by a cookie, anybody else what their browser asks for. Programs get English.
"""

import calendar
import re
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from http.cookies import CookieError, SimpleCookie
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Literal, NamedTuple

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Language = Literal["en", "es"]
COOKIE = "followthrough_language"
NAMES: dict[Language, str] = {"en": "English", "es": "Español"}
"""Each language's name in itself."""

_CATALOGUES = Path(__file__).parent / "locale"
_LOCALE = "es_US"
"""Spanish as it is written where the practices are: a clock of twelve hours."""
_NAMED = re.compile(r"{(\w+)}")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:;]) +")
_DAY = re.compile(
    r"(?:(?P<weekday>[A-Z][a-z]{2}) )?"
    r"(?:(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8})|(?P<month_first>[A-Z][a-z]{2}) (?P<day_second>\d{1,2}),)"
    r" (?P<year>\d{4})(?: (?P<at>\d{2}:\d{2}))?"
)
"""The days that sentences of ours name: '5 January 2026', 'Mon 05 Jan 2026 09:05', 'Mon Jan 5, 2026'."""
_STRICT = {
    "_day": re.sub(r"\(\?P<\w+>", "(?:", _DAY.pattern),
    "_count": r"-?\d[\d.,]*",
    "_code": r"[\w-]+",
    "_words": r"[^.!?]+?",
}
"""What a {name} that ends so stands for in a message: a day, a number, a code, words of one sentence. Any
other may run on."""

_current: ContextVar[Language] = ContextVar("language", default="en")


class _Shape(NamedTuple):
    """Sentences of one shape, and what they are in the other language."""

    english: re.Pattern[str]
    other: str


def current() -> Language:
    """The language of the request that is being answered."""
    return _current.get()


def chosen(language: str) -> Language:
    """The language of this code; English for any that we don't speak."""
    return "es" if language == "es" else "en"


def marked(text: str) -> str:
    """The text itself; marks it for the catalogues where it is translated later, as in a table of a module."""
    return text


def gettext(message: str) -> str:
    """The message in the language of this request."""
    return message if current() == "en" else _catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this count in the language of this request; the caller fills the count in."""
    return (one if count == 1 else many) if current() == "en" else _catalogue().ngettext(one, many, count)


def told(text: str) -> str:
    """A sentence of the rules or the records in the language of this request; itself where no message fits."""
    return text if current() == "en" else _told(text)


def day_in_words(day: date) -> str:
    """A day as pages write it: 'Mon Jan 5, 2026' or 'lun 5 ene 2026'."""
    if current() == "en":
        return f"{day:%a %b} {day.day}, {day.year}"
    return format_date(day, "EEE d MMM y", locale=_LOCALE)


def hour_in_words(at: datetime) -> str:
    """A time of day as pages write it, on the clock that `at` carries: '9:05 AM' or '9:05 a.m.'."""
    half = "AM" if at.hour < 12 else "PM"
    return f"{at.hour % 12 or 12}:{at:%M} {half if current() == 'en' else half[0].lower() + '.m.'}"


@cache
def _catalogue() -> Translations:
    """All Spanish catalogues as one. Read as they are written: there is no compiled file that could be stale."""
    together = Translations()
    for file in sorted((_CATALOGUES / "es").glob("*.po")):
        compiled = BytesIO()
        with file.open("rb") as lines:
            write_mo(compiled, read_po(lines, locale="es"))
        compiled.seek(0)
        together.add(Translations(compiled), merge=True)
    return together


@cache
def _shapes() -> list[_Shape]:
    """The messages with {names} in them, those with the most fixed words first."""
    found: list[tuple[int, _Shape]] = []
    for file in sorted((_CATALOGUES / "es").glob("*.po")):
        with file.open("rb") as lines:
            messages = list(read_po(lines, locale="es"))
        for message in messages:
            english, other = message.id, message.string
            if isinstance(english, str) and isinstance(other, str) and other and _NAMED.search(english):
                found.append((len(_NAMED.sub("", english)), _Shape(_pattern(english), other)))
    return [shape for _, shape in sorted(found, key=lambda each: -each[0])]


def _pattern(english: str) -> re.Pattern[str]:
    parts: list[str] = []
    seen: set[str] = set()
    end = 0
    for name in _NAMED.finditer(english):
        kind = next((kind for ending, kind in _STRICT.items() if name[1].endswith(ending)), ".+?")
        group = f"(?P={name[1]})" if name[1] in seen else f"(?P<{name[1]}>{kind})"
        parts += [re.escape(english[end : name.start()]), group]
        seen.add(name[1])
        end = name.end()
    return re.compile("".join([*parts, re.escape(english[end:])]), re.DOTALL)


@lru_cache(maxsize=4096)
def _told(text: str) -> str:
    """The whole as one message, else as the longest runs of its sentences that are one."""
    whole = _one_of_several(text)
    if whole is not None:
        return whole
    sentences = _SENTENCE_ENDS.split(text)
    if len(sentences) == 1:
        return _DAY.sub(_day, text)
    said: list[str] = []
    while sentences:
        run = next(_runs(sentences), 1)
        known = _one_of_several(" ".join(sentences[:run]))
        said.append(known if known is not None else _DAY.sub(_day, sentences[0]))
        sentences = sentences[run:]
    return " ".join(said)


def _runs(sentences: list[str]) -> Iterator[int]:
    """How many of the first sentences make one message, the longest run first."""
    return (n for n in range(len(sentences), 0, -1) if _one_of_several(" ".join(sentences[:n])) is not None)


def _one_of_several(text: str) -> str | None:
    """One message among several, which may be clauses or a list of sentences: 'It is slow.; Values: none.'"""
    known = _one(text)
    if known is None and text.endswith((".", ";")) and (known := _one_of_several(text[:-1])) is not None:
        return f"{known}{text[-1]}"
    return known


def _one(text: str) -> str | None:
    """This text as one message, or None where no message fits it."""
    exact = _catalogue().gettext(text) if text else ""
    if exact != text:
        return exact
    for shape in _shapes():
        if found := shape.english.fullmatch(text):
            return shape.other.format_map({name: _part(name, part) for name, part in found.groupdict().items()})
    return None


def _part(name: str, text: str) -> str:
    """What a shape captured; what somebody wrote themselves, as {own} or {own_goal}, stays as it is."""
    return text if name.startswith("own") else _told(text)


@cache
def _months() -> dict[str, int]:
    return {calendar.month_name[n]: n for n in range(1, 13)} | {calendar.month_abbr[n]: n for n in range(1, 13)}


def _day(found: re.Match[str]) -> str:
    month = _months().get(found["month"] or found["month_first"])
    if month is None:
        return found[0]
    try:
        day = date(int(found["year"]), month, int(found["day"] or found["day_second"]))
    except ValueError:
        return found[0]
    shown = format_date(day, "EEE d MMM y" if found["weekday"] else "d 'de' MMMM 'de' y", locale=_LOCALE)
    return f"{shown}, {found['at']}" if found["at"] else shown


class SpeaksTheirLanguage:
    """Middleware around the whole app: the language of each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its language set."""
        if scope["type"] == "http":
            _current.set(_wanted(Headers(scope=scope)))
        await self._app(scope, receive, send)


def _wanted(headers: Headers) -> Language:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        cookie = None
    asked = [cookie.value] if cookie is not None else []
    asked += _asked_for(headers.get("accept-language", ""))
    return chosen(next((code for code in asked if code in NAMES), "en"))


def _asked_for(header: str) -> list[str]:
    """The main languages that a browser asks for, the dearest first (RFC 9110, section 12.5.4)."""
    asked: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        name, _, weight = part.partition(";")
        code = "".join(takewhile(str.isalpha, name.strip().lower()))
        try:
            asked.append((float(weight.strip().removeprefix("q=") or 1), code))
        except ValueError:
            continue
    return [code for weight, code in sorted(asked, key=lambda each: -each[0]) if weight > 0]
