"""The last day and our own day of a deadline, each with the sentence that explains it to a biller.

The letter in hand wins over every row. Day 0 is never counted. The legal day moves forward only where the row says so;
our own day (act-by) lies the row's lead before it and always moves back to a business day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date

from domain.business_days import add_business_days, is_business_day, next_business_day, previous_business_day
from domain.claim import LetterDates
from domain.client import Model
from domain.payer import CountsFrom, Rule, Sure

USUAL_LEAD_DAYS = 10
"""How long before a letter's own last day we want to have acted where no row says another lead."""

_SURE: dict[Sure, str] = {
    "V": "read in the source itself",
    "H": "well-known text",
    "M": "likely right, but check it against the letter or the contract",
    "L": "only a starting value: check it against the letter or the contract",
}
_DATES: dict[CountsFrom, str] = {
    "service": "the day of the visit",
    "submitted": "the day the claim was sent",
    "received": "the day the payer had the claim",
    "denial": "the day of the denial",
    "letter": "the date on the letter",
    "receipt": "the day the letter was received",
    "mailing": "the day the letter was mailed",
    "filed": "the day it was filed",
    "asked": "the day it was asked for",
}
_OF_A_LETTER: tuple[CountsFrom, ...] = ("denial", "letter", "mailing", "receipt")
"""In the order in which they happen."""


class Day(Model):
    """A deadline: the last day by law, contract or letter, and the day by which we want to have acted.

    `act_by` is a business day and never after `legal`. `stated`: the letter itself names the last day; then there is no
    `as_of` or `sure`, because nothing in the table was used.
    """

    legal: date
    act_by: date
    why_legal: str
    why_act_by: str
    source: str
    as_of: date | None = None
    sure: Sure | None = None
    stated: bool = False


@dataclass(frozen=True)
class _Start:
    """Day 0, and the words for why it is that day."""

    day: date
    words: str
    caution: str = ""


def deadline(
    rule: Rule | None,
    dates: LetterDates,
    *,
    service: date | None = None,
    submitted: date | None = None,
    received: date | None = None,
    filed: date | None = None,
    asked: date | None = None,
) -> Day | None:
    """The deadline of a row, counted from the date that it names; None where that date, or a row, is missing.

    A date of the letter that isn't known is replaced by the earliest that is, which is cautious. A last day that the
    letter states is taken as it is, with a row or without.
    """
    if dates.stated_deadline:
        return _as_stated(dates.stated_deadline, rule)
    if rule is None:
        return None
    others: dict[CountsFrom, date | None] = {
        "service": service,
        "submitted": submitted,
        "received": received,
        "filed": filed,
        "asked": asked,
    }
    of_a_letter = rule.counts_from in _OF_A_LETTER
    start = _of_the_letter(rule, dates) if of_a_letter else _on_the_day(rule, others[rule.counts_from])
    return _counted(rule, start) if start else None


def after(rule: Rule, day: date) -> date:
    """The day that the row's days or months after `day` reach, moved to a business day only where the row says so."""
    last = _unrolled(rule, day)
    return next_business_day(last) if rule.rolls_forward else last


def _on_the_day(rule: Rule, day: date | None) -> _Start | None:
    return _Start(day, f"{said(day)}, {_DATES[rule.counts_from]}") if day else None


def _of_the_letter(rule: Rule, dates: LetterDates) -> _Start | None:
    """Day 0 among the letter's dates: the one named, else the presumed receipt, else the earliest known."""
    known: dict[CountsFrom, date | None] = {
        "denial": dates.denial,
        "letter": dates.letter,
        "mailing": dates.mailing,
        "receipt": dates.receipt,
    }
    named, earliest = known[rule.counts_from], dates.earliest()
    if earliest is None:
        return None
    if named:
        return _Start(named, f"{said(named)}, {_DATES[rule.counts_from]}", _wants_proof(rule, named, earliest))
    stands_for: CountsFrom = next(name for name in _OF_A_LETTER if known[name] == earliest)
    if rule.counts_from == "receipt" and rule.presumed_receipt_days:
        return _presumed(rule.presumed_receipt_days, earliest, _DATES[stands_for])
    return _Start(earliest, f"{said(earliest)}, {_DATES[stands_for]}", _caution(rule.counts_from, stands_for))


def _presumed(days: int, earliest: date, which: str) -> _Start:
    received = earliest + timedelta(days)
    why = f"the letter counts as received {days} days after {said(earliest)}, {which}"
    return _Start(received, f"{said(received)} ({why})")


def _wants_proof(rule: Rule, received: date, earliest: date) -> str:
    """What to know where a letter came later than the law presumes."""
    presumed = earliest + timedelta(rule.presumed_receipt_days)
    if not rule.presumed_receipt_days or received <= presumed:
        return ""
    return f"It counts as received on {said(presumed)} unless you can show that it came later: keep the proof."


def _caution(wanted: CountsFrom, taken: CountsFrom) -> str:
    """What to know where another date had to stand for the one that the rule counts from."""
    missing = f"{_DATES[wanted].capitalize()} isn't recorded"
    if _OF_A_LETTER.index(taken) > _OF_A_LETTER.index(wanted):
        return f"{missing} and lies earlier, so the true last day may be earlier too: look at the letter."
    return f"{missing}; the earliest date known is taken, to be safe."


def _unrolled(rule: Rule, start: date) -> date:
    if rule.months is not None:
        return _months_after(start, rule.months, forward=rule.rolls_forward)
    days = rule.days or 0
    return add_business_days(start, days) if rule.business_days else start + timedelta(days)


def _months_after(start: date, months: int, *, forward: bool) -> date:
    """The same day of a later month. Where it has none: the first of the month after if `forward`, else its last day.

    The first is what external review says (29 CFR 2590.715-2719(d)); the last is the cautious reading of any other row.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if start.day <= length:
        return date(year, month + 1, start.day)
    last = date(year, month + 1, length)
    return last + timedelta(1) if forward else last


def _counted(rule: Rule, start: _Start) -> Day:
    legal = after(rule, start.day)
    act_by, why_act_by = _act_by(legal, rule.lead_days)
    return Day(
        legal=legal,
        act_by=act_by,
        why_legal=_why_legal(rule, start, legal),
        why_act_by=why_act_by,
        source=rule.source,
        as_of=rule.as_of,
        sure=rule.sure,
    )


def _why_legal(rule: Rule, start: _Start, legal: date) -> str:
    unrolled = _unrolled(rule, start.day)
    counted = f"{_length(rule)} after {start.words}; that day isn't counted. The last day is {said(unrolled)}"
    no_such_day = " (that month has no such day)" if rule.months and unrolled.day != start.day.day else ""
    moved = f", a day off, so it moves to {said(legal)}" if unrolled != legal else ""
    source = f"Source: {rule.source} (as of {_without_weekday(rule.as_of)}; {_SURE[rule.sure]})."
    return " ".join(part for part in (f"{counted}{no_such_day}{moved}.", start.caution, source) if part)


def _length(rule: Rule) -> str:
    if rule.months is not None:
        return f"{rule.months} month{'' if rule.months == 1 else 's'}"
    return f"{rule.days} {'business ' if rule.business_days else ''}day{'' if rule.days == 1 else 's'}"


def _as_stated(legal: date, rule: Rule | None) -> Day:
    act_by, why_act_by = _act_by(legal, rule.lead_days if rule else USUAL_LEAD_DAYS)
    return Day(
        legal=legal,
        act_by=act_by,
        why_legal=f"The letter itself names {said(legal)} as the last day, and the letter wins over every rule.",
        why_act_by=why_act_by,
        source="the letter in hand",
        stated=True,
    )


def _act_by(legal: date, lead_days: int) -> tuple[date, str]:
    """Our own day, and why."""
    wanted = legal - timedelta(lead_days)
    act_by = previous_business_day(wanted)
    lead = f"{lead_days} day{'' if lead_days == 1 else 's'} before the last day" if lead_days else "The last day itself"
    if is_business_day(wanted):
        return act_by, f"{lead}: {said(act_by)}."
    return act_by, f"{lead} is {said(wanted)}, a day off, so we act on the business day before it: {said(act_by)}."


@lru_cache(maxsize=4096)
def said(day: date) -> str:
    """ "Mon Nov 23, 2026"."""
    return format_date(day, "EEE MMM d, y", locale="en_US")


@lru_cache(maxsize=4096)
def _without_weekday(day: date) -> str:
    return format_date(day, "MMM d, y", locale="en_US")
