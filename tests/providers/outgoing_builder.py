"""An outgoing message with a few fields of the test's choice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from providers.base import Outgoing

PHONE = "+12065550101"
TEXT = "Hi Tina, your visit is on Tuesday at 10:00."


def an_outgoing(**changes: Any) -> Outgoing:
    """A text to Tina's phone that is useful for an hour."""
    return replace(
        Outgoing(
            message_id="4f2a9c",
            channel="sms",
            address=PHONE,
            text=TEXT,
            subject=None,
            valid_for=timedelta(hours=1),
            at=datetime(2026, 3, 2, 18, 0, tzinfo=UTC),
        ),
        **changes,
    )
