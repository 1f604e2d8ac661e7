"""Why a payer paid less than was charged: group code, reason code and amount, as remittances say it."""

from decimal import Decimal
from typing import NamedTuple

CENT = Decimal("0.01")


class Adjustment(NamedTuple):
    """One adjustment of a claim or a line. Positive amounts lower what is paid.

    `group` says who bears it: CO the provider by contract, PR the client, OA and PI others, CR a correction (X12 835,
    CAS01). `reason` is the CARC, without the group.
    """

    group: str
    reason: str
    amount: Decimal
