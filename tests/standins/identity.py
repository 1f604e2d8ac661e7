"""Who the account is: ids, secrets and keys of the right shape that are plainly not real."""

import hashlib
import secrets
from dataclasses import dataclass

from tests.standins.signatures import SigningKey

OUR_NUMBER = "+12065550199"
FAKE = "fa4e" * 4
"""Spells "fake" as well as hexadecimal digits can."""


@dataclass(frozen=True)
class Identity:
    """The account at both vendors."""

    account_sid: str
    auth_token: str
    shared_key_id: str
    shared_key_secret: str
    service_sid: str
    from_number: str
    api_key: str
    events_key: SigningKey
    inbound_key: SigningKey

    @property
    def events_public_key(self) -> str:
        """For SENDGRID_EVENTS_PUBLIC_KEY."""
        return self.events_key.public

    @property
    def inbound_public_key(self) -> str:
        """For SENDGRID_INBOUND_PUBLIC_KEY."""
        return self.inbound_key.public


def made_up(word: str | None = None, from_number: str = OUR_NUMBER) -> Identity:
    """An identity made at random, or always the same one for the same word."""
    seed = word or secrets.token_hex(16)

    def digits(purpose: str, length: int) -> str:
        return hashlib.sha256(f"{seed}:{purpose}".encode()).hexdigest()[:length]

    return Identity(
        account_sid="AC" + FAKE + digits("account", 16),
        auth_token=FAKE + digits("token", 16),
        shared_key_id="webhooks_sharedkey_" + FAKE + digits("key id", 16),
        shared_key_secret=FAKE + digits("key secret", 48),
        service_sid="MG" + FAKE + digits("service", 16),
        from_number=from_number,
        api_key=f"SG.not-a-real-key-{digits('key', 7)}.stand-in-{digits('rest', 34)}",
        events_key=SigningKey(f"{seed}:events"),
        inbound_key=SigningKey(f"{seed}:inbound"),
    )
