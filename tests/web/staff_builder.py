"""Builders about the staff: people of each role who are logged in, a clock to turn, a mailbox to look into."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html import unescape

import httpx
import pytest

from domain.roles import Role
from tests.today import this_moment
from tests.web.web_builders import HOME, House
from web.login import new_link

PASSWORD = "correct horse battery staple"
WORKS_NO_MORE = "This link works no more"


def add(house: House, role: Role = "therapist", name: str = "Dana Quill", email: str = "dana@example.com") -> str:
    """Somebody of the staff; their id."""
    return house.records.add_staff(name, email, role, this_moment())


def a_link(house: House, staff_id: str) -> str:
    """The path of a fresh login link."""
    return new_link(house.records, staff_id, "/login/link", this_moment())


@asynccontextmanager
async def a_browser(
    house: House, staff_id: str | None = None, *, client: str = "127.0.0.1", home: str = HOME
) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser of its own; of this person, logged in by a link, where one is named."""
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False, client=(client, 4000))
    async with httpx.AsyncClient(transport=transport, base_url=home) as browser:
        if staff_id is not None:
            assert (await browser.post(a_link(house, staff_id))).status_code == 303
        yield browser


async def csrf_of(browser: httpx.AsyncClient, path: str = "/account") -> str:
    """The form token of who uses this browser."""
    text = (await browser.get(path)).text
    return text.partition('name="csrf" value="')[2].partition('"')[0]


async def text_of(browser: httpx.AsyncClient, path: str) -> str:
    return unescape((await browser.get(path)).text)


@dataclass
class Mailbox:
    """What was mailed: address and link."""

    mails: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def __call__(self, address: str, link: str) -> None:
        self.mails.append((address, link))


def a_mailbox(house: House) -> Mailbox:
    """Let the house mail its login links into this box."""
    mailbox = Mailbox()
    house.app.state.wiring = replace(house.app.state.wiring, send_login_mail=mailbox)
    return mailbox


def turn_the_clock(monkeypatch: pytest.MonkeyPatch, ahead: timedelta) -> None:
    """Let the doors see a later time from now on."""
    for module in ("web.auth", "web.login", "web.audit", "web.people_pages"):
        monkeypatch.setattr(f"{module}.this_moment", lambda: this_moment() + ahead)
