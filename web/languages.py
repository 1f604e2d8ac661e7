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

from babel.dates import format_date, get_day_names
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
_WITHIN = r"(?:(?![.!?] ).)"
"""A letter that doesn't end a sentence."""
_KEPT = ("words", "other_words", "who")
"""Parts of a sentence that are a person's own words, or their name: they stay as they are."""
_DAY = re.compile(
    r"(?:(?P<weekday>[A-Z][a-z]{2}) )?"
    r"(?:(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}) (?P<year>\d{4})"
    r"|(?P<us_month>[A-Z][a-z]{2,8}) (?P<us_day>\d{1,2})\b(?:, (?P<us_year>\d{4}))?)"
    r"(?: (?P<at>\d{2}:\d{2})|, (?P<hour>\d{1,2}:\d{2}) (?P<half>[AP])M)?"
)
"""The days that sentences of ours name: '5 January 2026', 'Mon 05 Jan 2026 09:05', 'Mon Jan 5, 2026', 'Jan 5',
'Mon Jan 5, 2:00 PM'."""
_OUTSIDE_BRACKETS = r"(?![^()]*\))"
_LEAP_YEAR = 2000

_current: ContextVar[Language] = ContextVar("language", default="en")


class _Shape(NamedTuple):
    """Sentences of one shape, and what they are in the other language.

    A part of a `loose` match may be several sentences, such as what somebody wrote; of a `strict` one it may not.
    """

    strict: re.Pattern[str]
    loose: re.Pattern[str]
    other: str


class _Run(NamedTuple):
    """Some sentences together, as far as they are known."""

    known: bool
    said: str


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
    """The messages with {names} in them: those that begin with fixed words first, then those with the most of them."""
    found: list[tuple[bool, int, _Shape]] = []
    for file in sorted((_CATALOGUES / "es").glob("*.po")):
        with file.open("rb") as lines:
            messages = list(read_po(lines, locale="es"))
        for message in messages:
            english, other = message.id, message.string
            if isinstance(english, str) and isinstance(other, str) and other and _NAMED.search(english):
                shape = _Shape(_pattern(english, _WITHIN), _pattern(english, "."), other)
                found.append((english.startswith("{"), -len(_NAMED.sub("", english)), shape))
    return [shape for *_, shape in sorted(found, key=lambda each: each[:2])]


def _pattern(english: str, letter: str) -> re.Pattern[str]:
    parts: list[str] = []
    seen: set[str] = set()
    end = 0
    for name in _NAMED.finditer(english):
        group = f"(?P={name[1]})" if name[1] in seen else f"(?P<{name[1]}>{letter}+?)"
        parts += [re.escape(english[end : name.start()]), group]
        seen.add(name[1])
        end = name.end()
    return re.compile("".join([*parts, re.escape(english[end:])]), re.DOTALL)


@lru_cache(maxsize=4096)
def _told(text: str) -> str:
    """The text as one message; else as runs of its sentences; else as one message around what somebody wrote."""
    whole = _one(text)
    if whole is not None:
        return whole
    runs = list(_runs(_SENTENCE_ENDS.split(text)))
    if not all(run.known for run in runs) and (loose := _one(text, strict=False)) is not None:
        return loose
    return " ".join(run.said for run in runs)


def _runs(sentences: list[str]) -> Iterator[_Run]:
    """The sentences in runs that each are one message, each run as long as it can be; else one by one as they are."""
    while sentences:
        tried = ((n, _one(" ".join(sentences[:n]))) for n in range(len(sentences), 0, -1))
        length, said = next(((n, said) for n, said in tried if said is not None), (1, None))
        yield _Run(said is not None, _DAY.sub(_day, sentences[0]) if said is None else said)
        sentences = sentences[length:]


def _one(text: str, *, strict: bool = True) -> str | None:
    """This text as one message, or None where no message fits it."""
    exact = _catalogue().gettext(text) if text else ""
    if exact != text:
        return exact
    for shape in _shapes():
        if found := (shape.strict if strict else shape.loose).fullmatch(text):
            return shape.other.format_map({name: _part(name, part) for name, part in found.groupdict().items()})
    return None


def _part(name: str, text: str) -> str:
    if name in _KEPT:
        return text
    exact = _catalogue().gettext(text)
    if exact != text:
        return exact
    known = _list(text) or _one(text)
    return known if known is not None else _DAY.sub(_day, text)


def _list(text: str) -> str | None:
    """The items of a list one by one, or None where this is a sentence, or no list of things that we know."""
    if text.endswith("."):
        return None
    for between in ("; ", ", "):
        items = re.split(between + _OUTSIDE_BRACKETS, text)
        known = list(takewhile(lambda item: item is not None, map(_one, items))) if len(items) > 1 else []
        if known and len(known) == len(items):
            return between.join(filter(None, known))
    return None


@cache
def _months() -> dict[str, int]:
    return {calendar.month_name[n]: n for n in range(1, 13)} | {calendar.month_abbr[n]: n for n in range(1, 13)}


@cache
def _weekdays() -> dict[str, str]:
    names = get_day_names("abbreviated", locale=_LOCALE)
    return {calendar.day_abbr[n]: names[n] for n in range(7)}


def _day(found: re.Match[str]) -> str:
    month = _months().get(found["month"] or found["us_month"])
    if month is None:
        return found[0]
    try:
        year = int(found["year"] or found["us_year"] or _LEAP_YEAR)
        day = date(year, month, int(found["day"] or found["us_day"]))
    except ValueError:
        return found[0]
    if found["day"] or found["us_year"]:
        shown = format_date(day, "EEE d MMM y" if found["weekday"] else "d 'de' MMMM 'de' y", locale=_LOCALE)
    else:  # which year it is they know: the weekday is taken from the words
        shown = f"{_weekdays().get(found['weekday'], '')} {format_date(day, 'd MMM', locale=_LOCALE)}".strip()
    hour = f"{found['hour']} {found['half'].lower()}.m." if found["hour"] else found["at"]
    return f"{shown}, {hour}" if hour else shown


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
