"""Opens a claim for each session of a plan whose claims are followed."""

import hashlib
from decimal import Decimal

from domain.actions import OpenClaim
from domain.billed import Claim, ServiceLine
from domain.billing_units import UNTIMED, units
from domain.coverage_terms import Coverage
from domain.judgement import Judgement
from domain.payer import Payer

LONGEST_NUMBER = 38
"""Characters of a claim's number (X12 837, CLM01)."""
LONGEST_LINE = 480
"""Minutes; more than a visit can take."""


def open_claim(judgement: Judgement, number: int) -> None:
    """Follow what is billed for session `number`, which was just noted. Once for a session, whatever is said later.

    Nothing happens where the plan doesn't follow claims, or its payer is none of the practice file.
    """
    state = judgement.state
    coverage, session = state.plan.coverage, state.sessions[number - 1]
    payer = state.practice.payer(coverage.payer or "") if coverage.follow_claims else None
    if payer is None or session.claim is not None:
        return
    state.claims_opened += 1
    session.claim = state.claims_opened
    claim_id = f"{state.plan_id}-{session.claim}"
    claim = Claim(
        claim_id=claim_id,
        plan_id=state.plan_id,
        number=number_of(claim_id),
        payer_id=payer.id,
        service_date=state.day_of(session.starts_at),
        session=number,
        lines=lines_of(coverage, session.minutes, payer),
        charge=coverage.charge,
        filed_by=coverage.files,
    )
    judgement.actions.append(
        OpenClaim(claim=claim, payer=payer, therapist=state.plan.therapist, client=state.plan.client)
    )
    judgement.write("event", f"A claim was opened for session {number}.")


def number_of(claim_id: str) -> str:
    """Our own number on the claim, by which remittances name it. A long id is shortened, still unlike others."""
    if len(claim_id) <= LONGEST_NUMBER:
        return claim_id.upper()
    plan_id, _, counted = claim_id.rpartition("-")
    return f"{hashlib.sha256(plan_id.encode()).hexdigest()[:20]}-{counted}".upper()


def minutes_of(coverage: Coverage, session_minutes: int) -> dict[str, int]:
    """Minutes of each code that a session of that length is billed under. Codes that get no minutes are left out."""
    if not coverage.bill:
        return {coverage.billed_codes[0]: session_minutes}
    written = {line.code: line.minutes for line in coverage.bill}
    taken = sum(spent or 0 for code, spent in written.items() if code not in UNTIMED)
    left = max(0, session_minutes - taken)
    spent_on = {code: (left if spent is None else spent) for code, spent in written.items() if code not in UNTIMED}
    spent_on |= {code: written[code] or 1 for code in written if code in UNTIMED}
    return {code: spent_on[code] for code in written if spent_on[code]}


def lines_of(coverage: Coverage, session_minutes: int, payer: Payer) -> list[ServiceLine]:
    """What the session is billed as, with units by the payer's rule. A line that is alone has the charge."""
    minutes = minutes_of(coverage, min(session_minutes, LONGEST_LINE))
    counted = {code: number for code, number in units(minutes, payer.units).items() if number}
    alone: Decimal | None = coverage.charge if len(counted) == 1 else None
    return [
        ServiceLine(code=code, minutes=None if code in UNTIMED else minutes[code], units=number, charge=alone)
        for code, number in counted.items()
    ]
