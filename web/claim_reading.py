"""Reads claims for the pages and the calendar."""

from datetime import date
from zoneinfo import ZoneInfo

from domain.claim import ClaimState
from records.database import Records
from web.wiring import Wiring, this_moment

MOST_OPEN = 1_000_000
"""More claims than any practice has open."""


def open_claims(records: Records) -> list[ClaimState]:
    """Every claim that still needs something, the newest first; for the calendar, which has no pages."""
    return [view.state for view in records.claims(open_only=True, limit=MOST_OPEN)]


def practice_day(wiring: Wiring) -> date:
    """Today on the practice's clock."""
    return this_moment().astimezone(ZoneInfo(wiring.practice.time_zone)).date()
