"""Business days as US deadlines mean them: neither a Saturday, a Sunday nor a federal holiday.

A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after (5 U.S.C. 6103).
"""

from datetime import date, timedelta
from functools import cache

from holidays.countries.united_states import US

_ONE = timedelta(days=1)
_SATURDAY = 5


def is_business_day(day: date) -> bool:
    """Whether offices and the post work on that day."""
    return day.weekday() < _SATURDAY and day not in _federal_holidays(day.year)


def next_business_day(day: date) -> date:
    """The day itself if it is a business day, else the first one after it."""
    while not is_business_day(day):
        day += _ONE
    return day


def previous_business_day(day: date) -> date:
    """The day itself if it is a business day, else the last one before it."""
    while not is_business_day(day):
        day -= _ONE
    return day


def add_business_days(day: date, count: int) -> date:
    """The business day `count` business days after `day`, which isn't counted itself, day off or not.

    A count of 0 gives the next business day. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("business days are counted forward only")
    if count == 0:
        return next_business_day(day)
    for _ in range(count):
        day = next_business_day(day + _ONE)
    return day


@cache
def _federal_holidays(year: int) -> frozenset[date]:
    """Holidays of one year with the days on which they are kept, New Year's Day of the next year's too."""
    return frozenset(US(years=year).keys())
