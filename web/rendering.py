"""Turns what the records hold into pages: the templates and the few words and times that they need."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from fastapi import Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from domain.opted_out import address_is_not_theirs, opted_out_of_all
from web.choices import answered
from web.languages import NAMES, current, day_in_words, gettext, hour_in_words, ngettext, told
from web.wiring import wiring_of

HERE = Path(__file__).parent

# No "@" and no backslash: what stands before or behind them isn't always the host that a browser goes to.
_LINK = re.compile(r"""https?://[^\s<>"'@\\]+""")


def clock(at: datetime, zone: str) -> str:
    """A time on the wall clock of `zone`, as in 'Mon Jan 5, 2026, 9:05 AM'."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day_in_words(local)}, {hour_in_words(local)}"


def hour(at: datetime, zone: str) -> str:
    """A time of day on the wall clock of `zone`, as in '9:05 AM'."""
    return hour_in_words(at.astimezone(ZoneInfo(zone)))


def in_words(name: str) -> str:
    """An identifier of ours as words: 'no_response' is 'no response'."""
    return told(name.replace("_", " "))


_CHOICES = "Continue, modify, new goal, maintenance or refer out?"


def headline(question: str) -> str:
    """A question without the list of answers, which stand below it, and beginning like a sentence."""
    short = question.removesuffix(_CHOICES).strip() or question
    return told(short[:1].upper() + short[1:])


def duration(length: timedelta) -> str:
    """A length in its largest whole unit, as in '4 days' or '90 minutes'."""
    seconds = int(length.total_seconds())
    for unit, size in (("week", 604800), ("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds and seconds % size == 0:
            count = seconds // size
            return told(f"{count} {unit}{'' if count == 1 else 's'}")
    return told(f"{seconds} seconds")


def phone_number(number: str) -> str:
    """A number of ours, spaced for reading out: '+12065550101' is '+1 206-555-0101'."""
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(phonenumbers.parse(number), form)


def linked(text: str, hosts: Collection[str]) -> Markup:
    """The text, escaped, with links to pages on these hosts made clickable; others stay text."""
    parts: list[Markup] = []
    end = 0
    for found in _LINK.finditer(text):
        url = found[0].rstrip(".,;:!?)]")
        if _host(url) in hosts:
            parts += [escape(text[end : found.start()]), _LINK_HTML.format(url=url)]
            end = found.start() + len(url)
    return Markup("").join([*parts, escape(text[end:])])


_LINK_HTML = Markup('<a href="{url}" rel="noreferrer">{url}</a>')


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _templates() -> Jinja2Templates:
    # StrictUndefined: a misspelt name in a template is an error, not an empty spot on a page.
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.policies["ext.i18n.trimmed"] = True
    cast(Any, env).install_gettext_callables(gettext, ngettext, newstyle=True)
    filters = cast(dict[str, Any], env.filters)
    filters.update(headline=headline, clock=clock, in_words=in_words, duration=duration, answered=answered)
    filters.update(linked=linked, phone_number=phone_number, hour=hour, told=told)
    filters.update(opted_out_of_all=opted_out_of_all, address_is_not_theirs=address_is_not_theirs)
    return Jinja2Templates(env=env)


TEMPLATES = _templates()


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The page of this template; every page knows the practice, and whether there is a phone and an engine."""
    wiring = wiring_of(request)
    about = {
        "practice": wiring.practice,
        "has_phone": wiring.settings.messaging == "local",
        "engine_away": wiring.engine.away,
        "visitor": None,
        "csrf": "",
        "language": current(),
        "languages": NAMES,
    }
    return TEMPLATES.TemplateResponse(request, template, {**about, **(context or {})}, status, headers)
