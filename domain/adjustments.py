"""Why a payer paid less than was charged: group code, reason code and amount, as remittances say it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
GROUPS = ("CO", "PR", "OA", "PI", "CR")
"""The group codes that remittances write (X12 835, CAS01)."""


class Adjustment(NamedTuple):
    """One adjustment of a claim or a line. Positive amounts lower what is paid.

    `group` says who bears it: CO the provider by contract, PR the client, OA and PI others, CR a correction (X12 835,
    CAS01). `reason` is the CARC, without the group.
    """

    group: str
    reason: str
    amount: Decimal


def tidy(code: str) -> str:
    """A code as remittances write it; people type spaces and small letters."""
    return code.strip().upper()


def netted(adjustments: Iterable[Adjustment]) -> list[Adjustment]:
    """One adjustment for each group and reason, with the sum of their amounts, in the order of the codes.

    Lines of a claim repeat each other's codes, and payers write them in any order: neither may decide anything. What is
    given and taken back in the same breath is left out; a code of which no amount is known stays.
    """
    amounts: dict[tuple[str, str], list[Decimal]] = {}
    for each in adjustments:
        amounts.setdefault((tidy(each.group), tidy(each.reason)), []).append(each.amount)
    found = [Adjustment(group, reason, sum(given, Decimal(0))) for (group, reason), given in amounts.items()]
    return sorted((each for each in found if each.amount or not any(amounts[each[:2]])), key=by_code)


def by_code(adjustment: Adjustment) -> tuple[str, int, str]:
    """Where an adjustment stands among others: by its group, then by its reason, 3 before 16."""
    return adjustment.group, len(adjustment.reason), adjustment.reason
