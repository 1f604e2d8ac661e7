"""What a carrier does by itself with single keywords, before a text reaches us."""

from domain.events import CarrierWord

STOP_KEYWORDS = frozenset(("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"))
OTHER_KEYWORDS = frozenset(("START", "UNSTOP", "HELP", "INFO"))
"""Twilio's default lists. Only the whole text counts: "STOP please" is no keyword."""


def carrier_has_answered(text: str, said: CarrierWord | None) -> bool:
    """Whether the carrier has answered this text itself, so that an answer of ours would be the second one."""
    return said is not None or _word(text) in STOP_KEYWORDS | OTHER_KEYWORDS


def carrier_confirms_stop(text: str) -> bool:
    """Whether any carrier takes this text for an opt-out, and confirms it before we could."""
    return _word(text) in STOP_KEYWORDS


def _word(text: str) -> str:
    return text.strip().upper()
