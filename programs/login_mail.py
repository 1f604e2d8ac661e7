"""How a link to log in is mailed to somebody of the staff."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from domain.policy import Practice
from providers.base import Outgoing
from settings import Settings
from web.login import LINK_LASTS
from worker import build_providers


def login_mail(settings: Settings, practice: Practice) -> Callable[[str, str], None] | None:
    """How a login link is mailed: through the practice's own provider. None where the practice sends no mail.

    The mail names nobody and nothing about health. It has no unsubscribe link: it goes only to who asked for it.
    """
    provider = build_providers(settings, practice).get("email")
    if settings.messaging == "local" or provider is None:
        return None
    subject = f"Your login at {practice.name}"

    def send(address: str, link: str) -> None:
        minutes = int(LINK_LASTS.total_seconds() // 60)
        text = f"Open this page to log in. It works once, within {minutes} minutes:\n\n{link}\n"
        text += "\nIf you didn't ask for it, leave it alone: nobody can log in without your mailbox."
        now = datetime.now(UTC)
        provider.send(Outgoing(uuid4().hex, "email", address, text, subject, LINK_LASTS, now, harmless=True))

    return send
