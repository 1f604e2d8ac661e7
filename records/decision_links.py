"""Links that open one question to the one person who was told of it: signed, and for some days only.

Signed with the records' own secret, which worker and web share and nobody else has. The token is short, so that a
notice stays a text of one or two parts, and ends in a letter or digit, which no phone cuts off a link.
"""

import base64
import hmac
import re
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from records.store import Store

To = Literal["therapist", "backup"]
_TOKEN = re.compile(r"([A-Za-z0-9_-]{1,64})\.([tb])([0-9a-f]{1,10})\.([a-z2-7]{20})", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)
_LETTERS: dict[To, str] = {"therapist": "t", "backup": "b"}


class DecisionLink(NamedTuple):
    """A link that we gave out: to which question, to whom, and until when it opens it."""

    escalation_id: str
    to: To
    expires_at: datetime


class DecisionLinkRecords(Store):
    """The signature of links to questions."""

    def link_to_decision(self, escalation_id: str, to: To, expires_at: datetime) -> str:
        """The token of a link: the question's opaque id, for whom, until when, and 100 bits of signature."""
        ends = f"{int(expires_at.timestamp()):x}"
        return f"{_short(escalation_id)}.{_LETTERS[to]}{ends}.{self._signed(escalation_id, _LETTERS[to], ends)}"

    def decision_of_link(self, token: str) -> DecisionLink | None:
        """What a link of ours opens, expired or not; None for a token that we never gave out."""
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            return None
        short, letter, ends, signature = parts.groups()
        escalation_id = _long(short)
        if not hmac.compare_digest(signature, self._signed(escalation_id, letter, ends)):
            return None
        try:
            expires_at = datetime.fromtimestamp(int(ends, 16), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return DecisionLink(escalation_id, "therapist" if letter == "t" else "backup", expires_at)

    def _signed(self, escalation_id: str, letter: str, ends: str) -> str:
        signature = bytes.fromhex(self._hmac("link-to-decision", f"{escalation_id}\0{letter}\0{ends}"))
        return base64.b32encode(signature)[:20].decode().lower()


def _short(escalation_id: str) -> str:
    """32 hex digits as 22 letters; any other id as it is."""
    if _HEX.fullmatch(escalation_id) is None:
        return escalation_id
    return base64.urlsafe_b64encode(bytes.fromhex(escalation_id)).decode().rstrip("=")


def _long(short: str) -> str:
    if len(short) != 22:
        return short
    try:
        return base64.urlsafe_b64decode(f"{short}==").hex()
    except ValueError:
        return short
