"""What the web room was given: settings, records, the way in for facts. Read by every door through `Wired`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import HTTPConnection

from domain.policy import Practice
from domain.wording import Wording
from records.database import Records
from records.keyring import KeyRing
from settings import Settings
from web.engine import EngineWatch
from web.intake import Intake
from web.mail_reading import MailReading
from web.plays import PlayStory


@dataclass(frozen=True)
class Wiring:
    """Everything that the doors work with. Made once, in `create_app`."""

    settings: Settings
    records: Records
    intake: Intake
    practice: Practice
    keys: KeyRing
    api_token: str
    temporal_ready: Callable[[], Awaitable[bool]]
    engine: EngineWatch
    mails: MailReading
    send_login_mail: Callable[[str, str], None] | None = None
    """Mails a login link: (address, link). Raises DeliveryError. None where nothing can be mailed."""
    wording: Wording = field(default_factory=Wording.load)
    """The words of messages, for pages that show them before they are sent."""
    play_story: PlayStory | None = None
    """Plays an example for the pages of stories. None where it can't be played."""


def wiring_of(connection: HTTPConnection) -> Wiring:
    """The wiring of the app that this request came to."""
    return cast(Wiring, connection.app.state.wiring)


async def _wiring(connection: HTTPConnection) -> Wiring:
    return wiring_of(connection)


Wired = Annotated[Wiring, Depends(_wiring)]
"""Parameter type of a door that needs the wiring."""


async def look_at_engine(wiring: Wired) -> None:
    """Dependency of all pages: `wiring.engine.away` is of the last few seconds."""
    await wiring.engine.look()


def this_moment() -> datetime:
    """The time at which a fact came through a door. The rules below never read a clock themselves."""
    return datetime.now(UTC)
