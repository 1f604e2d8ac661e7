"""What may stand in a field of a door: mostly sound values, and now and then the extreme ones that people send.

Values follow from the models themselves, so that a new field is tried as soon as it exists.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import AwareDatetime, BaseModel

from tests.fuzz.tape import Tape

WILD_TIMES: Sequence[Any] = (
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "2099-12-31T23:59:59Z", "2000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-03-08T02:30:00-08:00",
    "2026-11-01T01:30:00-07:00", 0, -1, 253402300799, "2026-02-30T00:00:00Z", "soon", None,
)  # fmt: skip
WILD_DAYS: Sequence[Any] = (
    "9999-12-31", "0001-01-01", "2099-12-31", "2000-01-01", "2028-02-29", "2026-02-30", "", None, 0,
)  # fmt: skip
WILD_LENGTHS: Sequence[Any] = (
    "P999999999D", "-P1D", "PT0S", "PT1S", "PT0.000001S", "P1830D", "P366D", "P365D", "P9999999999D", "PT1H", "PT1M",
    "P99999999999999999999D", 0, 1e308, None,
)  # fmt: skip
WILD_NUMBERS: Sequence[Any] = (
    0, -1, 1, 10**6, 10**6 + 1, 10**9, 10**30, -(10**30), 1e308, float("inf"), float("nan"), 0.1, "9" * 5000, True, "",
)  # fmt: skip
WILD_AMOUNTS: Sequence[Any] = (
    "1e5000000", "1e-5000000", "-1e5000000", "0e5000000", "NaN", "sNaN", "Infinity", "-0.01", "0.001", "0",
    "9999999.99", "10000000", "10000000.01", "1e7", "9" * 4000, "", None, 1e308,
)  # fmt: skip
WILD_TEXTS: Sequence[Any] = (
    "", " ", "\x00", "\ud800", "x" * 5000, "🙂" * 300, "{name}", "a\r\nb", "'; --", "\u202e\u200b", "ñ", None, 0, [],
)  # fmt: skip
LENGTHS = ("P1D", "PT2H", "P2D", "P3D", "P7D", "P14D", "PT30M", "PT1H", "P30D")
TEXTS = ("as agreed", "neck", "a letter", "Bob", "folder 7")


@dataclass(frozen=True)
class Moment:
    """When a value is sent, what it is chosen by, and what the plan or claim knows by then.

    `named` says what stands in fields of a name, or of a model and a name (`Model.name`).
    """

    tape: Tape
    now: datetime
    named: Mapping[str, Callable[["Moment"], Any]]
    known: Callable[[str, int], str] = lambda what, nth: what

    def among(self, *sane: Any, wild: Sequence[Any] = WILD_TEXTS) -> Any:
        """One of these, and now and then a wild one."""
        return self.tape.pick(wild) if self.tape.wild() else self.tape.pick(sane)

    def time(self, first: int, last: int) -> Any:
        """A moment between so many hours before (negative) and after."""
        if self.tape.wild():
            return self.tape.pick(WILD_TIMES)
        minutes = first * 60 + self.tape.number((last - first) * 60 + 1)
        return (self.now + timedelta(minutes=minutes)).isoformat()

    def day(self, first: int, last: int) -> Any:
        """A day between so many days before (negative) and after."""
        if self.tape.wild():
            return self.tape.pick(WILD_DAYS)
        return (self.now.date() + timedelta(days=first + self.tape.number(last - first + 1))).isoformat()

    def model(self, model: type[BaseModel], **given: Any) -> dict[str, Any]:
        """The model as it is written in a file or a request: its needed fields, and some of the others."""
        written = dict(given)
        for name, field in model.model_fields.items():
            if name in written:
                continue
            choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
            if name in ("type", "kind") and len(choices) == 1:
                written[name] = choices[0]  # what says which model it is
            elif field.is_required() or self.tape.one_in(4):
                own = self.named.get(f"{model.__name__}.{name}", self.named.get(name))
                written[name] = own(self) if own else self.kind(field.annotation, tuple(field.metadata))
        return written

    def kind(self, kind: Any, limits: tuple[Any, ...] = ()) -> Any:
        """A value of this annotation."""
        origin = get_origin(kind)
        if origin is Annotated:
            return self.kind(get_args(kind)[0], (*limits, *get_args(kind)[1:]))
        if origin in (Union, UnionType):
            return self.kind(self.tape.pick([each for each in get_args(kind) if each is not type(None)]), limits)
        if origin is Literal:
            return self.among(*get_args(kind))
        if origin is list:
            return [self.kind(get_args(kind)[0]) for _ in range(self.tape.number(3))]
        if origin is dict:
            return {self.among(*TEXTS, wild=("", "x" * 200)): self.among(*TEXTS) for _ in range(self.tape.number(2))}
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self.model(kind)
        if isinstance(kind, type) and issubclass(kind, tuple):
            return [self.kind(each) for each in kind.__annotations__.values()]
        return self._plain(kind, limits)

    def _plain(self, kind: Any, limits: tuple[Any, ...]) -> Any:
        if kind is bool:
            return self.among(True, False)
        if kind is int:
            low, high = _between(limits)
            return self.among(*range(low, min(high, low + 20) + 1), wild=WILD_NUMBERS)
        if kind is float:
            return self.among(*range(11), 2.5, wild=WILD_NUMBERS)
        if kind is Decimal:
            return self.among("0", "20", "80.00", "120", "95.5", "12.34", wild=WILD_AMOUNTS)
        if kind is timedelta:
            return self.among(*LENGTHS, wild=WILD_LENGTHS)
        if kind is time:
            return self.among("00:00", "09:00", "20:00", wild=("24:00", "9:00", "", None))
        if kind in (datetime, AwareDatetime):
            return self.time(-24 * 30, 24 * 30)
        return self.day(-60, 60) if kind is date else self.among(*TEXTS)


def _between(limits: tuple[Any, ...]) -> tuple[int, int]:
    """The least and the most that the model itself names; a closer look isn't needed."""
    low, high = 0, 10**6
    for each in limits:
        low = int(str(each.ge)) if isinstance(each, Ge) else int(str(each.gt)) + 1 if isinstance(each, Gt) else low
        high = int(str(each.le)) if isinstance(each, Le) else int(str(each.lt)) - 1 if isinstance(each, Lt) else high
    return low, high
