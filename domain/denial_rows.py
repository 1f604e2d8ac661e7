"""The rows of denials: what a reason code means for us, as the package brings them, and which rows speak for a code."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import Field, model_validator

from domain.adjustments import Adjustment, tidy
from domain.client import Written
from domain.payer import RuleAbout, Sure

NextAction = Literal[
    "correct_and_resubmit",
    "appeal",
    "send_records",
    "bill_client",
    "write_off",
    "check_status",
    "bill_other_payer",
    "hold",
    "dispute",
    "post",
]
Group = Literal["CO", "PR", "OA", "PI", "CR"]
GROUPS: tuple[Group, ...] = ("CO", "PR", "OA", "PI", "CR")
"""Who bears an adjustment: the practice by contract, the client, others, the payer's own choice, a correction."""


class DenialRow(Written):
    """What to do about some reason codes. `deadline` is the kind of last day that applies; absent where none does.

    `reasons` are CARCs, `remarks` RARCs, of which one must be there. With remarks alone a row speaks for every reason
    that no row names. `needs_notice`: the client must have been told before the visit that they might owe it.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{1,59}$")
    reasons: list[str] = Field(default=[], description="CARCs; absent: every reason that no row names")
    remarks: list[str] = Field(default=[], description="RARCs, one of which must be there; absent: with or without")
    groups: list[Group] = Field(default=list(GROUPS), min_length=1)
    meaning: str = Field(min_length=3, max_length=120)
    action: NextAction
    what: str = Field(min_length=3, max_length=200, description="one sentence that tells the biller what to do")
    steps: list[str] = Field(min_length=1, max_length=8)
    deadline: RuleAbout | None = None
    may_bill_client: bool = Field(default=False, description="only in rows for PR alone")
    needs_notice: bool = False
    appealable: bool
    source: str = Field(min_length=3, max_length=200)
    as_of: date
    sure: Sure

    @model_validator(mode="after")
    def _only_pr_makes_a_client_owe(self) -> "DenialRow":
        if not self.reasons and not self.remarks:
            raise ValueError("needs a reason or a remark code")
        if self.groups != ["PR"] and (self.may_bill_client or self.action == "bill_client"):
            raise ValueError("bills the client, which only a row for the group PR alone may do; write groups: [PR]")
        if self.action == "bill_client" and not self.may_bill_client:
            raise ValueError("bills the client without may_bill_client: true; write both or neither")
        if self.needs_notice and not self.may_bill_client:
            raise ValueError(
                "needs_notice without may_bill_client; a notice matters only where the client may be billed"
            )
        return self

    def rank(self, adjustment: Adjustment, remarks: frozenset[str]) -> int:
        """How closely the row fits: 0 not at all, 1 by a remark alone, 2 by the reason, 3 by reason and remark."""
        if adjustment.group not in self.groups:
            return 0
        if self.remarks and remarks.isdisjoint(tidy(each) for each in self.remarks):
            return 0
        if not self.reasons:
            return 1
        if adjustment.reason not in (tidy(each) for each in self.reasons):
            return 0
        return 3 if self.remarks else 2


def fitting(own: Sequence[DenialRow], adjustment: Adjustment, remarks: frozenset[str]) -> list[DenialRow]:
    """The rows that fit an adjustment most closely, in their order; none where no row does.

    A practice's own rows win over packaged ones; but a row with remarks alone, whoever wrote it, waits until no row
    names the reason.
    """
    for least in (2, 1):
        for rows in (own, denial_rows()):
            ranks = [row.rank(adjustment, remarks) for row in rows]
            highest = max(ranks, default=0)
            if highest >= least:
                return [row for rank, row in zip(ranks, rows, strict=True) if rank == highest]
    return []


def denial_rows() -> tuple[DenialRow, ...]:
    """The packaged rows, in the order of the file."""
    return _file()[0]


def meanings() -> dict[str, str]:
    """What each known code means, in a few own words, by CARC or RARC."""
    return dict(_file()[1])


@cache
def _file() -> tuple[tuple[DenialRow, ...], dict[str, str]]:
    content = resources.files("domain").joinpath("rules").joinpath("denials.yaml").read_bytes()
    data = yaml.safe_load(content)
    return tuple(DenialRow.model_validate(row) for row in data["rows"]), data["meanings"]


UNKNOWN = DenialRow(
    id="no-row",
    reasons=["-"],
    meaning="a code that we have no advice for",
    action="check_status",
    what="Read the letter and ask the payer what this code means.",
    steps=[
        "Read the letter and its remarks.",
        "Ask the payer what is wanted, and until when.",
        "Don't bill the client for it.",
    ],
    appealable=True,
    source="no row for this code",
    as_of=date(2026, 11, 23),
    sure="L",
)
"""Stands in where no row fits."""
REVERSED = DenialRow(
    id="reversal",
    reasons=["-"],
    meaning="an earlier adjustment is taken back",
    action="post",
    what="Post the reversal and compare it with the first posting.",
    steps=[
        "Find the posting that is taken back.",
        "Post the reversal.",
        "Wait for the new decision before the next step.",
    ],
    appealable=False,
    source="X12 835: a reversal repeats the adjustments with the opposite sign",
    as_of=date(2026, 11, 23),
    sure="H",
)
"""Stands in for the row of an adjustment that is taken back."""
NOT_THE_CLIENT = DenialRow(
    id="never-the-client",
    reasons=["-"],
    meaning="the payer names the client, who is never billed for an injury claim",
    action="check_status",
    deadline="dispute",
    what="Ask the claim manager why the client was named; a client isn't billed for an injury claim.",
    steps=[
        "Ask the claim manager for the rule behind it.",
        "Bill the next payer if there is one.",
        "Don't bill the client.",
    ],
    appealable=True,
    source="OAR 436-009-0010(9): no balance billing in workers' compensation; accident claims likewise",
    as_of=date(2026, 11, 23),
    sure="M",
)
"""Stands in for rows that bill the client, where the payer is one of an injury claim."""


def without_amount(row: DenialRow) -> DenialRow:
    """Stands in for a row that bills the client where no amount is known; its deadline and appeal remain."""
    what = "Find the amount in the letter before anything is billed to the client."
    steps = ["Read the amount in the letter.", "Enter it here; the next step follows from it."]
    return row.model_copy(
        update={"action": "check_status", "what": what, "steps": steps, "may_bill_client": False, "needs_notice": False}
    )


def until_answered(row: DenialRow) -> DenialRow:
    """Stands in for a row that bills the client while another payer owes an answer; its deadline and appeal remain."""
    what = "Wait for the other payer's answer; the client isn't billed before it."
    steps = ["Look for the other payer's remittance.", "If nothing comes, send that payer the claim yourselves."]
    return row.model_copy(
        update={"action": "hold", "what": what, "steps": steps, "may_bill_client": False, "needs_notice": False}
    )
