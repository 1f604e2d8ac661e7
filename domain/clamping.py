"""What a judgement does with stored values that no door takes any more: dates and amounts beyond all reckoning.

Plans and claims that began on older code may hold a visit in the year 9999, a reminder a million years before it, or a
payment of a million digits. Every sum over such a value fails, so a judgement would fail for ever, and with it the
answer to an emergency. Therefore the state that is judged is brought within what can be reckoned with, once, and the
front desk is asked to look. These bounds are wider than those of the doors (`domain/bounds.py`), so that nothing that
came through a door, and nothing that follows from it, is ever changed here.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, TypeVar, cast

from pydantic import BaseModel

T = TypeVar("T")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
LONGEST = timedelta(days=20 * 366)
MOST = Decimal(10) ** 12
FINEST = Decimal("0.0001")
_PLAIN = frozenset({str, bool, int, type(None)})
"""Most of a state; looked at by type alone, because this runs at each judgement."""


def clamped(value: T, name: str = "", moved: list[str] | None = None) -> T:
    """`value` itself where all of it can be reckoned with, else a copy; `moved` collects the names of what was not."""
    return cast(T, _clamped(value, name, [] if moved is None else moved))


def beyond_reckoning(value: Any) -> str | None:
    """The name of a field inside `value` that can't be reckoned with, or None."""
    moved: list[str] = []
    clamped(value, "", moved)
    return moved[0] if moved else None


def _clamped(value: Any, name: str, moved: list[str]) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, BaseModel):
        return _model(value, moved)
    if isinstance(value, dict):
        pairs = cast("dict[Any, Any]", value)
        changed = _changed(pairs, name, moved)
        return pairs | changed if changed else pairs
    if isinstance(value, list | tuple):
        return _sequence(cast("list[Any] | tuple[Any, ...]", value), name, moved)
    near = _nearest(value)
    if near is not value:
        moved.append(name)
    return near


def _model(value: BaseModel, moved: list[str]) -> BaseModel:
    changed = _changed(value.__dict__, None, moved)
    return value.model_copy(update=changed) if changed else value


def _changed(pairs: Mapping[Any, Any], name: str | None, moved: list[str]) -> "dict[Any, Any]":
    """The entries that had to be brought nearer. Those of a model go by their own names, others by `name`."""
    changed: dict[Any, Any] = {}
    for key, part in pairs.items():
        if type(part) not in _PLAIN:
            new = _clamped(part, str(key) if name is None else name, moved)
            if new is not part:
                changed[key] = new
    return changed


def _sequence(value: "list[Any] | tuple[Any, ...]", name: str, moved: list[str]) -> Any:
    new = [part if type(part) in _PLAIN else _clamped(part, name, moved) for part in value]
    if all(one is other for one, other in zip(new, value, strict=True)):
        return value
    if isinstance(value, list):
        return new
    return type(value)(*new) if hasattr(value, "_fields") else tuple(new)


def _nearest(value: Any) -> Any:
    """The value, or the nearest that can be reckoned with."""
    if isinstance(value, date):
        if EARLIEST_YEAR <= value.year <= LATEST_YEAR:
            return value
        year = EARLIEST_YEAR if value.year < EARLIEST_YEAR else LATEST_YEAR
        return value.replace(year=year, month=1, day=1)
    if isinstance(value, timedelta):
        return value if abs(value) <= LONGEST else LONGEST if value > timedelta(0) else -LONGEST
    if isinstance(value, Decimal):
        return _nearest_amount(value)
    if isinstance(value, float) and not (isfinite(value) and abs(value) <= float(MOST)):
        return 0.0 if value != value else float(MOST) if value > 0 else -float(MOST)
    return value


def _nearest_amount(value: Decimal) -> Decimal:
    if value.is_nan():
        return Decimal(0)
    if value.copy_abs() > MOST:  # abs() itself can't reckon with it
        return MOST if value > 0 else -MOST
    return value if value.is_zero() or value.adjusted() >= FINEST.adjusted() else Decimal(0)
