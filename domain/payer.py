"""Who pays, and by which rules: the payers of a practice, and rows of deadlines with their sources.

Nothing here is law. A row says where it comes from, when that was read and how sure it is; a practice lays its own rows
over the packaged ones, for all payers or for one; the letter in hand wins over every row.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from domain.client import Written

PayerType = Literal[
    "commercial",
    "erisa",
    "aca",
    "medicare",
    "medicare_advantage",
    "medicaid_managed",
    "workers_comp",
    "auto",
    "other",
]
State = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="the two letters of a US state")]
Whose = Literal["member", "provider"]
"""A member's appeal needs a signed authorisation; a provider's dispute rests on the contract."""
Sure = Literal["V", "H", "M", "L"]
"""V: read in the source itself. H: well-known text. M: likely right, check it. L: only a starting value."""
RuleAbout = Literal[
    "timely_filing",
    "corrected_claim",
    "acknowledgement",
    "first_check",
    "check_again",
    "prompt_pay",
    "state_complaint",
    "information",
    "internal_appeal",
    "external_review",
    "dispute",
    "appeal_decision",
    "external_decision",
]
CountsFrom = Literal["service", "submitted", "received", "denial", "letter", "receipt", "mailing", "filed", "asked"]
"""Which date a row counts from. Four of a denial differ: decided, written, mailed, and received by us."""


class Rule(Written):
    """One row: how many days or months from which date, for whom, and how we know."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{1,59}$")
    about: RuleAbout
    payer_type: PayerType | None = Field(default=None, description="absent: every type")
    state: State | None = Field(default=None, description="absent: every state")
    payer: str | None = Field(default=None, description="id of one payer of the practice; absent: every payer")
    whose: Whose | None = Field(default=None, description="for appeals: whose right it is")
    method: Literal["electronic", "paper"] | None = Field(default=None, description="absent: however it was sent")
    days: int | None = Field(default=None, ge=0, le=4000)
    months: int | None = Field(default=None, ge=1, le=60)
    counts_from: CountsFrom
    presumed_receipt_days: int = Field(default=0, ge=0, le=30, description="added to the letter's date where law says")
    rolls_forward: bool = Field(default=False, description="a last day off moves to the next business day")
    business_days: bool = Field(default=False, description="days are business days")
    lead_days: int = Field(default=10, ge=0, le=60, description="how long before the last day we want to have acted")
    source: str = Field(min_length=3, max_length=200)
    as_of: date
    sure: Sure
    verified_by: str | None = Field(default=None, max_length=60)
    note: str = Field(default="", max_length=300)

    @model_validator(mode="after")
    def _one_length(self) -> "Rule":
        if (self.days is None) == (self.months is None):
            raise ValueError("needs either days or months, and not both")
        return self


class Payer(Written):
    """One payer as the practice knows it. Its rules are rows of `claim_rules`, some of them with this payer's id."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{1,39}$")
    name: str = Field(min_length=2, max_length=60)
    type: PayerType = "commercial"
    state: State | None = None
    method: Literal["electronic", "paper"] = "electronic"
    units: Literal["cms", "midpoint"] = Field(default="cms", description="how minutes become 15-minute billing units")
    units_per_day: int | None = Field(default=None, ge=1, le=24)
    phone: str | None = Field(default=None, max_length=30)
    appeals_to: str | None = Field(default=None, max_length=200, description="where appeals are sent")
