"""How long a vendor that is busy wants to be left alone, by the headers of its answer."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=1)
"""A vendor that asks for more is asked again after an hour."""


def retry_after(headers: Mapping[str, str] | None) -> timedelta | None:
    """The wait that the answer asks for; None where it asks for none that can be read.

    `Retry-After` is seconds or a date (RFC 9110, 10.2.3), SendGrid's `X-RateLimit-Reset` a Unix time. Times are taken
    from the vendor's own `Date`, so that no clock of ours matters.
    """
    if headers is None:
        return None
    asked = headers.get("Retry-After") or ""
    wait = _seconds(asked)
    if wait is None:
        until = _moment(asked) or _unix(headers.get("X-RateLimit-Reset") or "")
        sent_at = _moment(headers.get("Date") or "")
        wait = until - sent_at if until and sent_at else None
    return None if wait is None else min(max(wait, timedelta(0)), LONGEST)


def _seconds(text: str) -> timedelta | None:
    text = text.strip()
    return timedelta(seconds=min(int(text), 10**6)) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unix(text: str) -> datetime | None:
    text = text.strip()
    plausible = text.isascii() and text.isdigit() and len(text) < 11
    return datetime.fromtimestamp(int(text), UTC) if plausible else None
