"""What was, or is to be, billed for a visit, and the words for where it stands."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.client import Model
from domain.plan import Identifier

CLAIM_ID = r"^[a-z0-9][a-z0-9_-]{1,59}$"
ClaimId = Annotated[str, Field(pattern=CLAIM_ID)]
"""Opaque. Claims that a plan opens are named after the plan and counted: `p1-1`, `p1-2`."""
ClaimStatus = Literal[
    "unsent",
    "submitted",
    "acknowledged",
    "rejected",
    "pending",
    "information_requested",
    "paid",
    "partly_paid",
    "denied",
    "corrected",
    "appealed",
    "external_review",
    "overturned",
    "upheld",
    "written_off",
    "closed",
]
"""Where a claim stands. corrected: sent anew with changes, waiting again. overturned, upheld: how an appeal ended."""
OVER: tuple[ClaimStatus, ...] = ("paid", "written_off", "closed")
"""Nothing is owed any more."""
FiledBy = Literal["practice", "client"]
SentBy = Literal["electronic", "paper", "portal", "fax", "mail", "phone"]
AppealLevel = Literal["internal", "external", "dispute"]


class ServiceLine(Model):
    """One billed code of a visit."""

    code: str = Field(pattern=r"^[0-9A-Z]{5}$")
    minutes: int | None = Field(default=None, ge=1, le=480)
    units: int = Field(default=1, ge=1, le=96)
    charge: Decimal | None = Field(default=None, ge=0)


class Claim(Model):
    """What was, or is to be, billed. `number` is our own number on the claim, by which remittances name it."""

    claim_id: ClaimId
    plan_id: Identifier
    number: str = Field(min_length=1, max_length=38)
    payer_id: str
    service_date: date
    session: int | None = Field(default=None, ge=1)
    lines: list[ServiceLine] = Field(default=[])
    charge: Decimal | None = Field(default=None, ge=0)
    filed_by: FiledBy = "practice"
