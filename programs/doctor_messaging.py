"""The doctor's look at messaging: where messages go, and whether the vendors know us. No message is sent."""

from typing import Protocol, runtime_checkable

from domain.errors import Refused
from domain.policy import Practice
from programs.findings import Finding, wrong
from providers.base import BECAUSE, Cause, DeliveryError
from settings import Settings
from worker import build_providers

PLACE = "messaging"
NAMES = {"sms": "Twilio", "email": "SendGrid"}
SETTINGS = {"sms": "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN", "email": "SENDGRID_API_KEY (it must be allowed to send)"}
BASES = {"sms": "TWILIO_API_BASE", "email": "SENDGRID_API_BASE"}
TEXTS: dict[Cause, str] = {
    "no_answer": "gave no clear answer",
    "busy": "is busy",
    "not_connected": "could not be reached",
}


@runtime_checkable
class Checkable(Protocol):
    """A provider whose vendor can be asked whether it knows us."""

    def check(self) -> None:
        """Ask, without sending anything. Raises DeliveryError."""


def check_messaging(settings: Settings, practice: Practice | None) -> list[Finding]:
    """Where messages go; when live, one harmless question to each vendor."""
    if settings.messaging == "local":
        return [Finding(PLACE, "local: nothing leaves this machine; texts and emails are at /phone")]
    if practice is None:
        return []  # what is wrong with the practice file has been said
    try:
        providers = build_providers(settings, practice)
    except (Refused, ValueError) as error:
        return wrong(error) if isinstance(error, Refused) else [Finding(PLACE, "can't be set up", str(error))]
    found = [_asked(channel, provider) for channel, provider in providers.items()]
    if "email" not in providers:
        found.append(Finding(PLACE, "live: texts only, for SENDGRID_API_KEY is unset"))
    if practice.demo:
        fix = "write your own practice file, without demo: true, and name it in PRACTICE_FILE"
        found.append(Finding("practice", "is a demonstration's, but messages really go out", fix))
    return found


def _asked(channel: str, provider: object) -> Finding:
    name = NAMES[channel]
    if not isinstance(provider, Checkable):
        return Finding(PLACE, f"live: {channel}")
    try:
        provider.check()
    except DeliveryError as error:
        code = f" (code {error.code})" if error.code else ""
        if error.cause in ("our_settings", "refused"):
            return Finding(PLACE, f"{name} doesn't take our credentials{code}", f"mend {SETTINGS[channel]}")
        said = TEXTS.get(error.cause, BECAUSE[error.cause])
        fix = f"try again in a minute; else see to this machine's way to the internet and to {BASES[channel]}"
        return Finding(PLACE, f"{name} {said}{code}", fix)
    return Finding(PLACE, f"live: {name} knows us")
