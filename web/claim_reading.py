"""Reads claims for the pages: all open ones, and the settled ones as far as a page needs them."""

from datetime import date
from zoneinfo import ZoneInfo

from domain.claim import ClaimState
from records.database import Records
from web.wiring import Wiring, this_moment

MOST_OPEN = 1_000_000
"""More claims than any practice has open; all of them are read, since any may have the nearest deadline."""
BATCH = 200


def open_claims(records: Records) -> list[ClaimState]:
    """Every claim that still needs something, the newest first."""
    return [view.state for view in records.claims(open_only=True, limit=MOST_OPEN)]


def settled_claims(records: Records, skip: int, count: int) -> list[ClaimState]:
    """Claims that are over, the newest first: `count` of them after the first `skip`."""
    found: list[ClaimState] = []
    offset = 0
    # Claims of erased clients are left out of a batch, so a short one isn't the last; an empty one is taken for it.
    while len(found) < skip + count and (batch := records.claims(limit=BATCH, offset=offset)):
        found += [view.state for view in batch if view.state.over]
        offset += BATCH
    return found[skip : skip + count]


def practice_day(wiring: Wiring) -> date:
    """Today on the practice's clock."""
    return this_moment().astimezone(ZoneInfo(wiring.practice.time_zone)).date()
