"""What a door takes: no time, length, number or text beyond what a plan or a claim can make sense of.

Asked of whole models and by the kind of each value, so that no field can be forgotten; a field that needs closer bounds
says so with `Within`. Only doors ask (`AT_THE_DOOR`): what was stored before there were bounds must still load, and
`domain/clamping.py` says what becomes of it (ADR 15).
"""

import re
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from domain.adjustments import GROUPS, Adjustment, tidy

Path = tuple[str | int, ...]
T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Booking systems write 0001-01-01 or 9999-12-31 where there is no date."""
_FIRST_MOMENT, _END = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
A_YEAR = timedelta(days=366)
FIVE_YEARS = timedelta(days=5 * 366)
CENT = Decimal("0.01")
_OTHER_YEARS = f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
_REASON_CODE = re.compile("[A-Z]?[0-9]{1,4}")
"""A claim adjustment reason code, such as 45, B7 or P12."""
_NO_TEXT = re.compile("[\\0\ud800-\udfff]")
_NEGATIVE = "is negative; write a duration such as P1D"
_IN_WORDS = {A_MINUTE: "PT1M", AN_HOUR: "PT1H", timedelta(days=1): "P1D", A_YEAR: "P366D", FIVE_YEARS: "P1830D"}


@dataclass(frozen=True)
class Within:
    """The bounds of one field, as metadata of its annotation; pydantic passes them over. The defaults hold for all.

    `shortest` and `longest` are for durations, `number` for whole numbers and measures and `amount` for money on both
    sides of zero, `text` for the characters of a text, `entries` for lists and maps.
    """

    shortest: timedelta = timedelta(0)
    longest: timedelta = FIVE_YEARS
    number: int = 1_000_000
    amount: int = 10_000_000
    text: int = 4000
    entries: int = 500


USUAL = Within()
FEW = Within(entries=50)
MANY = Within(entries=5000)


def out_of_bounds(value: Any, within: Within = USUAL, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every place inside `value` that lies out of bounds, with what to write instead."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            closer = next((each for each in field.metadata if isinstance(each, Within)), USUAL)
            yield from out_of_bounds(getattr(value, name), closer, (*at, name))
        return
    if isinstance(value, Adjustment):
        yield from _unknown_codes(value, at)
    many = isinstance(value, list | tuple | dict)
    fix = _too_many(cast(Sized, value), within) if many else _beyond(value, within)
    if fix:
        yield at, fix
        return
    for key, part in _parts(value):
        if isinstance(key, str) and (wrong := _text_beyond(key, within.text)):
            yield at, wrong  # the place is told without it: it is no name
            continue
        yield from out_of_bounds(part, within, (*at, key))


def bounded(value: T) -> T:
    """The value itself. Raises pydantic.ValidationError with one error for each place that lies out of bounds."""
    found = [
        InitErrorDetails(type=PydanticCustomError("out_of_bounds", cast(Any, fix)), loc=at, input=None)
        for at, fix in out_of_bounds(value)
    ]
    if found:
        raise ValidationError.from_exception_data(type(value).__name__, found)
    return value


AT_THE_DOOR = AfterValidator(bounded)
"""Annotates what a door parses. Stored models are read without it."""


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from ((str(key), part) for key, part in cast("dict[Any, Any]", value).items())
    elif isinstance(value, list | tuple):
        yield from enumerate(cast("list[Any]", value))


def _too_many(value: Sized, within: Within) -> str | None:
    return f"has too many entries; write at most {within.entries}" if len(value) > within.entries else None


def _beyond(value: Any, within: Within) -> str | None:
    """What to write in place of one plain value, or None where it is fine."""
    match value:
        case bool():
            return None
        case str():
            return _text_beyond(value, within.text)
        case datetime() if value.tzinfo is not None:  # by the moment, whatever its clock shows
            return None if _FIRST_MOMENT <= value < _END else f"{_OTHER_YEARS}; write a time in them"
        case date():
            return None if FIRST_YEAR <= value.year <= LAST_YEAR else f"{_OTHER_YEARS}; write a day in them"
        case timedelta():
            return _length_beyond(value, within)
        case int() | float():
            fits = -within.number <= value <= within.number  # not a number fits nowhere
            return None if fits else f"is out of bounds; write a number up to {within.number}"
        case Decimal():
            return _amount_beyond(value, within.amount)
        case _:
            return None


def _unknown_codes(adjustment: Adjustment, at: Path) -> Iterator[tuple[Path, str]]:
    """Nothing follows from a code that no remittance writes, so that a typing error would be a silent one."""
    if tidy(adjustment.group) not in GROUPS:
        yield (*at, 0), f"is no group code; write {', '.join(GROUPS[:-1])} or {GROUPS[-1]}"
    if not _REASON_CODE.fullmatch(tidy(adjustment.reason)):
        yield (*at, 1), "is no reason code; write one without its group, such as 45"


def _text_beyond(text: str, most: int) -> str | None:
    """Half a character can be in a request and in no store, and what no database holds is no text either."""
    if len(text) > most:
        return f"is too long; write at most {most} characters"
    return "holds a character that isn't text; remove it" if _NO_TEXT.search(text) else None


def _length_beyond(length: timedelta, within: Within) -> str | None:
    if length < within.shortest:
        return f"is too short; write {_IN_WORDS[within.shortest]} or more" if within.shortest else _NEGATIVE
    return f"is too long; write {_IN_WORDS[within.longest]} or less" if length > within.longest else None


def _amount_beyond(amount: Decimal, most: int) -> str | None:
    if not amount.is_finite() or amount.adjusted() > len(str(most)) or abs(amount) > most:
        return f"is out of bounds; write an amount up to {most}"
    if amount.is_zero() and amount.is_signed():
        return "is nothing with a minus; write 0"
    return None if amount == amount.quantize(CENT) else "has more than two decimals; write at most two"
