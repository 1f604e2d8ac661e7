"""The language of the staff's pages: English, or Spanish from the catalogues in web/locale/es.

Words of templates and of this room are gettext messages: `{% trans %}`, `_("…")`, `gettext("…")`. What the rules and
the records say, in English sentences that were made elsewhere and perhaps long ago, is found again by `told`: a message
of a catalogue with {names} in it stands for every sentence of that shape. What isn't found stays English. Names and
people's own words are never given to either.

Who has chosen a language on a page gets it by a cookie, anybody else what their browser asks for. Programs get English.
"""

from contextvars import ContextVar
from datetime import date, datetime
from http.cookies import CookieError, SimpleCookie
from itertools import takewhile
from typing import Literal

from babel.dates import format_date
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.catalogues import catalogue
from web.shapes import in_spanish
from web.spanish_days import LOCALE

Language = Literal["en", "es"]
COOKIE = "followthrough_language"
NAMES: dict[Language, str] = {"en": "English", "es": "Español"}
"""Each language's name in itself."""


_current: ContextVar[Language] = ContextVar("language", default="en")


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
    return message if current() == "en" else catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this count in the language of this request; the caller fills the count in."""
    return (one if count == 1 else many) if current() == "en" else catalogue().ngettext(one, many, count)


def told(text: str) -> str:
    """A sentence of the rules or the records in the language of this request; itself where no message fits."""
    return text if current() == "en" else in_spanish(text)


def day_in_words(day: date) -> str:
    """A day as pages write it: 'Mon Jan 5, 2026' or 'lun 5 ene 2026'."""
    if current() == "en":
        return f"{day:%a %b} {day.day}, {day.year}"
    return format_date(day, "EEE d MMM y", locale=LOCALE)


def hour_in_words(at: datetime) -> str:
    """A time of day as pages write it, on the clock that `at` carries: '9:05 AM' or '9:05 a.m.'."""
    half = "AM" if at.hour < 12 else "PM"
    return f"{at.hour % 12 or 12}:{at:%M} {half if current() == 'en' else half[0].lower() + '.m.'}"


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
