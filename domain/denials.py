"""What to do about a denial or a reduction, and what of it the client may be billed. For the biller; never a guess.

Only group PR can make a client owe, only where the code's row allows it, and never in workers' compensation or after an
accident. A code without a row is for a person who reads the letter. The order in which a payer writes its codes, and
over how many lines it spreads an amount, decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.adjustments import Adjustment, by_code, netted, tidy
from domain.client import Model
from domain.denial_rows import (
    NOT_THE_CLIENT,
    REVERSED,
    UNKNOWN,
    DenialRow,
    Group,
    NextAction,
    denial_rows,
    fitting,
    meanings,
    until_answered,
    without_amount,
)
from domain.payer import PayerType, RuleAbout, Sure

__all__ = ["Advice", "DenialRow", "Group", "NextAction", "advise", "client_owes", "denial_rows", "meaning"]

PRESSING: tuple[NextAction, ...] = (
    "send_records",
    "correct_and_resubmit",
    "appeal",
    "dispute",
    "bill_other_payer",
    "hold",
    "check_status",
    "bill_client",
    "write_off",
    "post",
)
"""Most pressing first: what has the shortest limit, then what can still bring money, then what ends the matter."""
NEVER_THE_CLIENT: tuple[PayerType, ...] = ("workers_comp", "auto")
"""Payers whose shortfall is no client's debt (OAR 436-009-0010(9) for workers' compensation)."""
NOTHING = Decimal(0)


class Advice(Model):
    """The next step for a claim with these adjustments, and how we know.

    `may_bill_client` is the amount that the client may be billed at most; with `needs_notice` only if they were told
    before the visit; `before_billing` is a step that comes before any of it is billed. `deadline` is the kind of last
    day that applies. `reason_codes` are CARCs, most pressing first.
    """

    action: NextAction
    what: str
    steps: list[str]
    deadline: RuleAbout | None
    may_bill_client: Decimal
    needs_notice: bool
    before_billing: str = ""
    because: str
    reason_codes: list[str]
    source: str
    as_of: date
    sure: Sure
    appealable: bool


@dataclass(frozen=True)
class _Finding:
    """An adjustment and the row that decides about it, or that stands in. `rows` are all that are heard."""

    adjustment: Adjustment
    row: DenialRow
    rows: list[DenialRow]

    @property
    def billable(self) -> bool:
        """Whether its amount counts for what the client may be billed. Every row that is heard has to allow it."""
        return self.adjustment.group == "PR" and all(row.may_bill_client for row in self.rows)

    @property
    def needs_notice(self) -> bool:
        """Whether the client may be billed its amount only if they were told before the visit."""
        return self.billable and self.adjustment.amount > 0 and any(row.needs_notice for row in self.rows)

    @property
    def appealable(self) -> bool:
        """Whether it can be appealed: not where one of its remarks rules that out, nor where it is taken back."""
        return self.row.appealable and all(row.appealable for row in self.rows)


def advise(
    adjustments: Sequence[Adjustment],
    remarks: Sequence[str] = (),
    overrides: Sequence[DenialRow] = (),
    *,
    payer_type: PayerType | None = None,
    another_answers: bool = False,
) -> Advice:
    """The most pressing next step for one claim, and what the client may be billed at most.

    `remarks` are the claim's and its lines' RARCs. `overrides` are the practice's own rows: where one fits, no packaged
    row is heard. A denial without codes, or with codes that no row names, is for a person to read. With
    `another_answers` a payer to whom the claim was sent on answers next: nothing is the client's before.
    """
    findings = _findings(adjustments, remarks, overrides, payer_type)
    owed = NOTHING if another_answers else _owed(findings, payer_type)
    if owed == 0:
        findings = [_spared(finding, remarks, overrides, payer_type, another_answers) for finding in findings]
    findings.sort(key=_place)
    row = findings[0].row
    codes = [finding.adjustment.reason for finding in findings if finding.adjustment.reason]
    return Advice(
        action=row.action,
        what=row.what,
        steps=_steps(row, findings),
        deadline=row.deadline,
        may_bill_client=owed,
        needs_notice=owed > 0 and any(finding.needs_notice for finding in findings),
        before_billing=_before_billing(findings) if owed > 0 else "",
        because=_because(findings, owed, payer_type),
        reason_codes=list(dict.fromkeys(codes)),
        source=row.source,
        as_of=row.as_of,
        sure=row.sure,
        appealable=any(finding.appealable for finding in findings),
    )


def client_owes(
    adjustments: Sequence[Adjustment],
    remarks: Sequence[str] = (),
    overrides: Sequence[DenialRow] = (),
    *,
    payer_type: PayerType | None = None,
) -> Decimal:
    """What the client may be billed at most: the sum of the PR amounts whose rows allow it, never under zero."""
    return _owed(_findings(adjustments, remarks, overrides, payer_type), payer_type)


def meaning(code: str) -> str:
    """A CARC or RARC in a few own words, also with its group ("CO 50", "CO-50"); "reason 999" if nobody knows it."""
    bare = tidy(code).replace("-", " ").split(" ")[-1]
    return meanings().get(bare, f"reason {bare}")


def _findings(
    adjustments: Sequence[Adjustment],
    remarks: Sequence[str],
    overrides: Sequence[DenialRow],
    payer_type: PayerType | None,
) -> list[_Finding]:
    known = frozenset(tidy(remark) for remark in remarks)
    left = netted(adjustments)
    gone = {(tidy(each.group), tidy(each.reason)) for each in adjustments} - {each[:2] for each in left}
    found = [_finding(each, known, overrides, payer_type) for each in left]
    for group, reason in gone:
        finding = _finding(Adjustment(group, reason, NOTHING), known, overrides, payer_type)
        found.append(replace(finding, row=REVERSED))
    # A letter without codes may still carry a remark; group OA can make nobody owe.
    return found or [_finding(Adjustment("OA", "", NOTHING), known, overrides, payer_type)]


def _finding(
    adjustment: Adjustment, remarks: frozenset[str], overrides: Sequence[DenialRow], payer_type: PayerType | None
) -> _Finding:
    rows = fitting(overrides, adjustment, remarks) or [UNKNOWN]
    # Where rows that fit equally well differ, those that spare the client are the only ones heard.
    rows = [row for row in rows if not row.may_bill_client] or rows
    row = min(rows, key=lambda each: PRESSING.index(each.action))
    if adjustment.amount < 0:
        return _Finding(adjustment, REVERSED, rows)
    if row.may_bill_client and payer_type in NEVER_THE_CLIENT:
        return _Finding(adjustment, NOT_THE_CLIENT, rows)
    if row.may_bill_client and adjustment.amount == 0:
        return _Finding(adjustment, without_amount(row), rows)
    return _Finding(adjustment, row, rows)


def _spared(
    finding: _Finding,
    remarks: Sequence[str],
    overrides: Sequence[DenialRow],
    payer_type: PayerType | None,
    another_answers: bool,
) -> _Finding:
    """A finding where nothing is left of what the client owed: what would bill them is a reversal to be posted.

    A right to appeal stays, and so does a step that comes before any bill (no cover on that day: check it).
    """
    row = finding.row
    if not row.may_bill_client:
        return finding
    if row.action != "bill_client":
        known = frozenset(tidy(remark) for remark in remarks)
        row = _finding(finding.adjustment._replace(group="OA"), known, overrides, payer_type).row
    if row.may_bill_client and another_answers:
        row = until_answered(row)
    elif row.may_bill_client:
        row = without_amount(row) if row.appealable else REVERSED
    return replace(finding, row=row, rows=[row])


def _place(finding: _Finding) -> tuple[int, bool, bool, tuple[str, int, str]]:
    """Most pressing first; of equals, what has a deadline, then what spares the client, then by the code."""
    row = finding.row
    return PRESSING.index(row.action), row.deadline is None, row.may_bill_client, by_code(finding.adjustment)


def _owed(findings: Sequence[_Finding], payer_type: PayerType | None) -> Decimal:
    if payer_type in NEVER_THE_CLIENT:
        return NOTHING
    amounts = (finding.adjustment.amount for finding in findings if finding.billable)
    return max(sum(amounts, NOTHING), NOTHING)


def _before_billing(findings: Sequence[_Finding]) -> str:
    """The step of a code that may end with the client but begins elsewhere: no cover on that day, so look for other."""
    owed = [each for each in findings if each.billable and each.adjustment.amount > 0]
    return next((each.row.what for each in owed if each.row.action != "bill_client"), "")


def _steps(row: DenialRow, findings: Sequence[_Finding]) -> list[str]:
    """The deciding row's checklist, then what other rows for the same action add to it, each step once."""
    heard = [finding for finding in findings if finding.row in finding.rows]
    same = [each for finding in heard for each in finding.rows if each.action == row.action]
    return list(dict.fromkeys(step for each in [row, *same] for step in each.steps))


def _because(findings: Sequence[_Finding], owed: Decimal, payer_type: PayerType | None) -> str:
    """Each code in words, then what follows for the client."""
    named = dict.fromkeys(_named(finding) for finding in findings)
    return " ".join([*named, _about_the_client(findings, owed, payer_type)])


def _named(finding: _Finding) -> str:
    group, reason, amount = finding.adjustment
    if not reason:
        return "No reason code is given." if finding.row is UNKNOWN else f"No reason code, but {finding.row.meaning}."
    back = " (taken back)" if amount < 0 or (amount == 0 and finding.row is REVERSED) else ""
    said = meaning(reason) if reason in meanings() else finding.row.meaning
    return f"{group} {reason}: {said}{back}."


def _about_the_client(findings: Sequence[_Finding], owed: Decimal, payer_type: PayerType | None) -> str:
    if payer_type in NEVER_THE_CLIENT:
        return "A client is never billed for an injury claim."
    if owed > 0:
        return f"Group PR puts {owed:.2f} on the client."
    if any(finding.adjustment.group == "PR" for finding in findings):
        return "Nothing of it may be billed to the client as it stands."
    return "Without group PR nothing may be billed to the client."
