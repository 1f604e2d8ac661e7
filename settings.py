"""The settings of DESIGN section 9, from the environment or `.env`, read at the doors. A bad one refuses to start."""

import os
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.client import normal_phone
from domain.errors import Problem, Refused

VAR = Path("var")
ENV_FILE = ".env"
FIXES = {
    "MESSAGING": "write local or live",
    "TWILIO_ACCOUNT_SID": "write AC and 32 letters and digits, as Twilio's console shows it",
    "TWILIO_MESSAGING_SERVICE_SID": "write MG and 32 letters and digits, as Twilio's console shows it",
    "SENDGRID_FROM_EMAIL": "write an address such as office@example.com",
    "API_TOKEN": "is too short to be safe; write 16 characters or more",
    "DATABASE_URL": "write sqlite:///var/records.db or postgresql://user:password@host:5432/name",
    "WEB_PORT": "write a number from 1 to 65535",
}
"""What to write instead, where pydantic's own words don't say it plainly."""


def _url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value.rstrip("/")


Url = Annotated[str, AfterValidator(_url)]


class Settings(BaseSettings):
    """All settings. Empty strings count as absent, so that a copied `.env.example` works as it is."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True, frozen=True
    )

    messaging: Literal["local", "live"] = "local"
    twilio_account_sid: str | None = Field(default=None, pattern=r"^AC[0-9a-fA-F]{32}$")
    twilio_auth_token: SecretStr | None = None
    twilio_webhook_secret: SecretStr | None = None
    twilio_from_number: Annotated[str, AfterValidator(normal_phone)] | None = None
    twilio_messaging_service_sid: str | None = Field(default=None, pattern=r"^MG[0-9a-fA-F]{32}$")
    twilio_api_base: Url | None = None
    sendgrid_api_key: SecretStr | None = None
    sendgrid_from_email: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+$")
    sendgrid_api_base: Url | None = None
    sendgrid_events_public_key: str | None = None
    sendgrid_inbound_public_key: str | None = None
    public_url: Url | None = None
    api_token: SecretStr | None = Field(default=None, min_length=16)
    database_url: str | None = Field(default=None, pattern=r"^(sqlite|postgresql|postgres)(\+\w+)?://")
    practice_file: Path | None = None
    payload_keys: SecretStr | None = None
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8000, ge=1, le=65535)

    @model_validator(mode="after")
    def _live_needs_a_sender(self) -> "Settings":
        if self.messaging == "live":
            missing = [
                name for name in ("twilio_account_sid", "twilio_auth_token", "public_url") if not getattr(self, name)
            ]
            if not (self.twilio_from_number or self.twilio_messaging_service_sid):
                missing.append("twilio_from_number or twilio_messaging_service_sid")
            if self.sendgrid_api_key and not self.sendgrid_from_email:
                missing.append("sendgrid_from_email")
            if missing:
                raise ValueError(f"MESSAGING=live also needs {', '.join(missing).upper()}")
        return self


def load_settings(*, nothing_kept: bool = False) -> Settings:
    """The checked settings. Raises Refused with one problem per bad setting, never showing its value.

    With `nothing_kept` (for `simulate` and `preview`), MESSAGING, DATABASE_URL and PAYLOAD_KEYS aren't even looked at.
    Lines of `.env` that are Temporal's own are handed on to its library, which reads the environment alone.
    """
    try:
        for name, value in dotenv_values(ENV_FILE).items():
            if name.startswith("TEMPORAL_") and value:
                os.environ.setdefault(name, value)
        return Settings(messaging="local", database_url=None, payload_keys=None) if nothing_kept else Settings()
    except (OSError, UnicodeDecodeError) as error:
        fix = f"can't be read ({type(error).__name__}); mend or remove it"
        raise Refused(ENV_FILE, [Problem("file", fix)]) from None
    except ValidationError as error:
        raise Refused("settings", [_problem(item) for item in error.errors(include_input=False)]) from None


def _problem(item: ErrorDetails) -> Problem:
    name = ".".join(str(part) for part in item["loc"]).upper() or "settings"
    return Problem(name, FIXES.get(name) or item["msg"].removeprefix("Value error, "))
