"""Who pays for a plan, and within what: the coverage part of the plan file.

Three things limit what is paid, and a visit needs all that apply to it: pools of visits that turn with the plan's year,
authorisations of the payer, and prescriptions. Nothing here is law; the payer's own word is entered as it was given.
"""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model, field_validator, model_validator

from domain.bounds import FEW
from domain.client import Written
from domain.payer import State

DEFAULT_CODE = "97124"
"""Massage (CPT)."""
SIMPLE = "authorized"
"""The id of the authorisation that `visits_authorized` and `valid_until` stand for."""
HSA_LETTER_LASTS_MONTHS = 12
"""Administrators treat a letter of medical necessity as good for at most twelve months from its date."""
A_DAY = timedelta(days=1)
_ID = r"^[a-z0-9][a-z0-9_-]{1,39}$"
_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _as_code(code: Any) -> Any:
    """A code of digits needs no quotes in a file."""
    text = str(code).strip().upper() if isinstance(code, int | str) and not isinstance(code, bool) else ""
    if not re.fullmatch(r"[0-9A-Z]{5}", text):
        raise ValueError("is no billing code; write its five digits, such as 97124")
    return text


def _as_amount(amount: Any) -> Any:
    try:
        number = Decimal(str(amount))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(amount, bool) or not number.is_finite() or number < 0 or not _in_cents(number):
        raise ValueError("is no amount; write it like 95.00")
    return number


def _in_cents(number: Decimal) -> bool:
    try:
        return number == round(number, 2)
    except InvalidOperation:
        return False  # more digits than anybody was ever paid


Code = Annotated[str, BeforeValidator(_as_code)]
Amount = Annotated[Decimal, BeforeValidator(_as_amount)]
TermId = Annotated[str, Field(pattern=_ID)]


class BilledAs(Written):
    """One code that every session is billed under, and how many of its minutes."""

    code: Code
    minutes: int | None = Field(default=None, ge=1, le=240, description="absent: what the other codes leave")


class Pool(Written):
    """So many visits a year, often shared with other kinds of care. The year's turn fills it again.

    A visit of 60 minutes in a pool of 30 minutes a visit counts as two.
    """

    id: TermId
    visits: int = Field(ge=0, le=1000)
    minutes_per_visit: int | None = Field(default=None, ge=5, le=240)
    shared_with: list[str] = Field(default=[])
    year: str = Field(default="calendar", description="calendar, or the day on which the plan's year begins: 07-01")
    used_elsewhere: int | None = Field(default=None, ge=0, le=1000, description="by others, in the year under way")
    used_before: int = Field(default=0, ge=0, le=1000, description="here, in the year under way, before this plan")

    @field_validator("year")
    @classmethod
    def _a_day_of_every_year(cls, year: str) -> str:
        if year == "calendar":
            return year
        found = re.fullmatch(r"(\d\d)-(\d\d)", year)
        if not found or not 1 <= int(found[1]) <= 12 or not 1 <= int(found[2]) <= _DAYS_OF_MONTHS[int(found[1]) - 1]:
            raise ValueError("is no day that every year has; write calendar, or month and day such as 07-01")
        return year

    def year_of(self, day: date) -> tuple[date, date]:
        """The first and the last day of the plan year that this day lies in."""
        month, of_month = (1, 1) if self.year == "calendar" else (int(self.year[:2]), int(self.year[3:]))
        year = day.year if day >= date(day.year, month, of_month) else day.year - 1
        first = date(year, month, of_month) if year >= date.min.year else date.min
        return first, date(year + 1, month, of_month) - A_DAY if year < date.max.year else date.max

    def units(self, minutes: int) -> int:
        """How many of the pool's visits a visit of that length counts as."""
        return -(-minutes // self.minutes_per_visit) if self.minutes_per_visit else 1


Paper = Literal["authorization", "prescription"]


class _Authorization(Written):
    """The payer's leave, or the prescriber's order. Visits and dates both run out; what is absent doesn't."""

    id: TermId
    kind: Paper = "authorization"
    visits: int | None = Field(default=None, ge=0, le=1000)
    until: date | None = None
    codes: list[Code] = Field(default=[], description="which codes it is for; none: all")
    body_areas: list[str] = Field(default=[])
    by: str | None = Field(default=None, max_length=80, description="who gave it")

    @property
    def starts(self) -> date | None:
        """The first day it is good for; None where it doesn't say."""
        return getattr(self, "from", None)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "_Authorization":
        if self.starts and self.until and self.until < self.starts:
            raise ValueError("until: lies before from; exchange them")
        return self

    def open_on(self, day: date) -> bool:
        """Whether its dates allow a visit on that day."""
        return (self.starts is None or self.starts <= day) and (self.until is None or day <= self.until)

    def allows(self, codes: list[str]) -> bool:
        """Whether everything that is billed is among its codes."""
        return not self.codes or set(codes) <= set(self.codes)


if TYPE_CHECKING:

    class Authorization(_Authorization):
        """The payer's leave, or the prescriber's order. Besides its other fields it has one named `from`."""
else:  # `from` is a word of Python, so that field can only be named in a call
    Authorization = create_model(
        "Authorization",
        __base__=_Authorization,
        __module__=__name__,
        __doc__=_Authorization.__doc__,
        **{"from": (date | None, Field(default=None, description="the first day it is good for"))},
    )


class HsaLetter(Written):
    """A letter of medical necessity for a health savings account: good until its last day, at most twelve months."""

    dated: date
    until: date | None = None

    @property
    def last_day(self) -> date:
        """The last day it is good for."""
        a_year = add_months(self.dated, HSA_LETTER_LASTS_MONTHS)
        return min(self.until, a_year) if self.until else a_year


class WorkersComp(Written):
    """A work injury: what must be reported, and by when. Absent fields follow the state's rule (see `rule`)."""

    state: State | None = None
    claim_number: str | None = Field(default=None, max_length=40)
    plan_within: timedelta | None = Field(default=None, description="treatment plan, from the first session")
    signature_within: timedelta | None = Field(default=None, description="prescriber's signature, as above")
    report_every_visits: int | None = Field(default=None, ge=1, le=100)
    report_every_days: int | None = Field(default=None, ge=1, le=366)

    @field_validator("plan_within", "signature_within")
    @classmethod
    def _whole_days(cls, within: timedelta | None) -> timedelta | None:
        if within is not None and (not A_DAY <= within <= 366 * A_DAY or within % A_DAY):
            raise ValueError("is counted in whole days, at most a year; write it like P7D")
        return within


class Verified(Written):
    """Who at the payer confirmed the benefits, when, and under which reference number."""

    on: date
    by: str = Field(default="", max_length=80)
    reference: str = Field(default="", max_length=80)


class Coverage(Written):
    """Who pays, and within what. May be empty: the client pays."""

    payer: str | None = Field(default=None, max_length=60, description="id of a payer of the practice, or any name")
    member_id: str | None = Field(default=None, max_length=40)
    visits_authorized: int | None = Field(default=None, ge=0)
    valid_until: date | None = None
    files: Literal["practice", "client"] = Field(default="practice", description="who sends the claims")
    follow_claims: bool = Field(default=False, description="whether each completed session opens a claim")
    codes: list[Code] = Field(default=[], description="which codes may be billed; none: not known")
    bill: list[BilledAs] = Field(default=[], description="what a session is billed as")
    charge: Amount | None = Field(default=None, description="of one session")
    network: Literal["in", "out", "unknown"] = "unknown"
    pools: Annotated[list[Pool], FEW] = Field(default=[])
    authorizations: Annotated[list[Authorization], FEW] = Field(default=[])
    hsa_letter: HsaLetter | None = None
    workers_comp: WorkersComp | None = None
    verified: Verified | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> "Coverage":
        if self.follow_claims and not self.payer:
            raise ValueError("payer: is missing, but follow_claims is on; write the id of a payer of the practice file")
        _each_once("pools", [pool.id for pool in self.pools])
        _each_once("authorizations", [SIMPLE, *(paper.id for paper in self.authorizations)])
        _each_once("bill", [line.code for line in self.bill])
        if sum(line.minutes is None for line in self.bill) > 1:
            raise ValueError("bill: two codes have no minutes; write how many minutes each code takes")
        return self

    @property
    def papers(self) -> list[Authorization]:
        """All authorisations and prescriptions; the simple fields of the file are one of them."""
        if self.visits_authorized is None and self.valid_until is None:
            return self.authorizations
        simple = Authorization(id=SIMPLE, visits=self.visits_authorized, until=self.valid_until)
        return [simple, *self.authorizations]

    @property
    def billed_codes(self) -> list[str]:
        """The codes that a session is billed under."""
        return [line.code for line in self.bill] or [self.codes[0] if self.codes else DEFAULT_CODE]

    @property
    def limits(self) -> bool:
        """Whether anything says how many visits, or until when, are paid for."""
        return bool(self.pools or self.papers)

    @property
    def has_terms(self) -> bool:
        """Whether there is anything to watch over, beyond the name of who pays."""
        return bool(self.limits or self.hsa_letter or self.workers_comp or self.verified)


def _each_once(field: str, names: list[str]) -> None:
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        taken = "stands for visits_authorized and valid_until" if twice == SIMPLE else "is there twice"
        raise ValueError(f"{field}: '{twice}' {taken}; write another")


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
