"""Minutes of a visit into billing units of 15 minutes, by the two rules that payers use.

CMS (Medicare Claims Processing Manual, chapter 5, section 20.2): the minutes of all timed codes together give the
number of units, one from 8 minutes on; what whole quarters leave goes to the codes with the most minutes left over.
AMA midpoint (CPT): each code by itself, a unit once it is past the middle, so from 8 minutes on.
"""

from collections.abc import Mapping
from typing import Literal

QUARTER = 15
PAST_THE_MIDDLE = 7
"""Seven minutes are not yet a unit; eight are."""
UNTIMED = frozenset({"97010"})
"""Hot or cold packs: one unit however long it takes, and no part of the timed total."""


def units(minutes: Mapping[str, int], rule: Literal["cms", "midpoint"]) -> dict[str, int]:
    """Units of each code, from the minutes of each code. A code may come out at 0: it isn't billed then."""
    timed = {code: spent for code, spent in minutes.items() if code not in UNTIMED}
    counted = cms_units(timed) if rule == "cms" else midpoint_units(timed)
    return {code: counted.get(code, 1) for code in minutes}


def cms_units(minutes: Mapping[str, int]) -> dict[str, int]:
    """Units of timed codes by the 8-minute rule: 8 to 22 minutes in all are one, 23 to 37 two, and so on."""
    counted = {code: spent // QUARTER for code, spent in minutes.items()}
    more = (sum(minutes.values()) + PAST_THE_MIDDLE) // QUARTER - sum(counted.values())
    for code in sorted(minutes, key=lambda code: -(minutes[code] % QUARTER))[:more]:
        counted[code] += 1
    return counted


def midpoint_units(minutes: Mapping[str, int]) -> dict[str, int]:
    """Units of timed codes, each by itself: 8 to 22 minutes are one, 23 to 37 two; 7 minutes are none."""
    return {code: (spent + PAST_THE_MIDDLE) // QUARTER for code, spent in minutes.items()}
