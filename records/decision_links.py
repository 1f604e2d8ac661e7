"""Links that open one question to the one person who was told of it: signed, and for some days only.

Signed with the records' own secret, which worker and web share and nobody else has. The token is short, so that a
notice stays a text of one or two parts, and ends in a letter or digit, which no phone cuts off a link.
"""

import base64
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from records.store import Store

To = Literal["therapist", "backup", "owner"]
_TOKEN = re.compile(r"([A-Za-z0-9_-]{1,64})\.([tbo])([0-9a-f]{1,10})\.([a-z2-7]{20})", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)
_LETTERS: dict[To, str] = {"therapist": "t", "backup": "b", "owner": "o"}
_NAMES: dict[str, To] = {letter: to for to, letter in _LETTERS.items()}
_IN_TEXT = re.compile(r"/d/([A-Za-z0-9_-]{1,64})\.[tbo][0-9a-f]{1,10}\.[a-z2-7]{20}", re.ASCII)


class DecisionLink(NamedTuple):
    """A link that we gave out: to which question, to whom, and until when it opens it.

    `who`: the name of the owner it was made for; of anybody else the question says who they are.
    """

    escalation_id: str
    to: To
    expires_at: datetime
    who: str = ""


class DecisionLinkRecords(Store):
    """The signature of links to questions."""

    def link_to_decision(self, escalation_id: str, to: To, expires_at: datetime, who: str = "") -> str:
        """The token of a link: the question's opaque id, for whom, until when, and 100 bits of signature.

        `who`: the owner's name, which is signed with it: another owner's link is another one.
        """
        ends = f"{int(expires_at.timestamp()):x}"
        return f"{_short(escalation_id)}.{_LETTERS[to]}{ends}.{self._signed(escalation_id, _LETTERS[to], ends, who)}"

    def decision_of_link(self, token: str, owners: Iterable[str] = ()) -> DecisionLink | None:
        """What a link of ours opens, expired or not; None for a token that we never gave out.

        `owners`: who are owners now; a link that was made for somebody else opens nothing any more.
        """
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            return None
        short, letter, ends, signature = parts.groups()
        escalation_id = _long(short)
        possible = ["", *owners] if _NAMES[letter] == "owner" else [""]
        who = [
            each for each in possible if hmac.compare_digest(signature, self._signed(escalation_id, letter, ends, each))
        ]
        if not who:
            return None
        try:
            expires_at = datetime.fromtimestamp(int(ends, 16), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return DecisionLink(escalation_id, _NAMES[letter], expires_at, who[0])

    def _signed(self, escalation_id: str, letter: str, ends: str, who: str = "") -> str:
        signed = f"{escalation_id}\0{letter}\0{ends}" + (f"\0{who}" if who else "")
        signature = bytes.fromhex(self._hmac("link-to-decision", signed))
        return base64.b32encode(signature)[:20].decode().lower()


def questions_linked_in(text: str) -> list[str]:
    """The ids of the questions that links in a text of ours lead to, whoever they were made for."""
    return [_long(short) for short in _IN_TEXT.findall(text)]


def without_links(text: str) -> str:
    """The text without what would open a question: who reads it in a story isn't who was told."""
    return _IN_TEXT.sub("/d/…", text)


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
