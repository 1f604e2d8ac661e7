"""Turns what payers send into events of claims: remittances into money and denials, status answers into standings.

The ids of the events come from what the payer says and not from the file, so that the same remittance counts once,
whichever file brings it and however often.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from domain.adjustments import netted
from domain.claim import LetterDates
from domain.claim_events import (
    ClaimDenied,
    ClaimPaid,
    ClaimPartlyPaid,
    OutsideClaimEvent,
    PaymentReversed,
    StatusAnswered,
)
from domain.claim_standing import EXPECTED
from domain.claim_status import ClaimStatusAnswer
from domain.denials import advise
from domain.remittance import Remittance, RemittedClaim

DENIED = "4"
_UNDECIDED = {
    "23": "Not this payer's claim; it was forwarded to another one.",
    "25": "A predetermination only; nothing was paid.",
}
"""Claim statuses (CLP02) that decide nothing, in words for the biller."""
_ORDER = {"1": 1, "2": 2, "3": 3, "19": 1, "20": 2, "21": 3}
"""As which payer it answers, by the claim status."""
_FORWARDED = ("19", "20", "21", "23")
"""Claim statuses that say that another payer answers next."""
_TAKEN_BACK = "An earlier decision was taken back; no money was moved by it."


class Posted(NamedTuple):
    """What a payer said about one claim. `number` is our number of it, `amount` the money that moved, if any."""

    number: str
    event: OutsideClaimEvent
    amount: Decimal = Decimal(0)


def events_of(remittance: Remittance, at: datetime) -> list[Posted]:
    """One event for each claim of the remittance, in its order, but what is taken back first.

    `at` is when it was read; the events carry the remittance's own day in `on`.
    """
    seen: Counter[tuple[str, str]] = Counter()
    posted: list[Posted] = []
    for claim in sorted(remittance.claims, key=lambda each: not each.is_reversal):
        place = seen[claim.number, claim.status]
        seen[claim.number, claim.status] += 1
        event_id = _id("era", *_payment(remittance), claim.number, claim.status, place)
        posted.append(Posted(claim.number, _event(remittance, claim, event_id, at), claim.paid))
    return posted


def statuses_of(answers: Sequence[ClaimStatusAnswer], at: datetime) -> list[Posted]:
    """One event for each answer about a claim. `at` is when the answers were read.

    A refusal counts from the day that the payer names, as last days do; any other answer from the day it was given.
    """
    seen: Counter[str] = Counter()
    posted: list[Posted] = []
    for answer in answers:
        if answer.level != "claim":
            continue
        identity = _id("status", *_answer(answer))
        event = StatusAnswered(
            event_id=f"{identity}-{seen[identity]}",
            occurred_at=at,
            on=answer.on if answer.status == "denied" else answer.answered_on,
            status=answer.status,
            codes=answer.codes,
            reference=answer.reference,
        )
        seen[identity] += 1
        posted.append(Posted(answer.number, event))
    return posted


def remittance_key(remittance: Remittance) -> str:
    """By which a remittance is known again, whichever file brings it. Any other content gives another key."""
    claims: list[Any] = [
        [claim.number, claim.status, _money(claim.charge), _money(claim.paid), claim.payer_number, *claim.remarks]
        + [f"{each.group} {each.reason} {_money(each.amount)}" for each in claim.adjustments]
        for claim in remittance.claims
    ]
    provider: list[Any] = [[each.reason, _money(each.amount)] for each in remittance.provider_adjustments]
    return _id("835", *_payment(remittance), _money(remittance.payment), claims, provider)


def answers_key(answers: Sequence[ClaimStatusAnswer]) -> str:
    """By which the answers of a file are known again."""
    return _id("277", [_answer(answer) for answer in answers])


def _event(remittance: Remittance, claim: RemittedClaim, event_id: str, at: datetime) -> OutsideClaimEvent:
    common: dict[str, Any] = {
        "event_id": event_id,
        "occurred_at": at,
        "on": remittance.paid_on,
        "payer_id": remittance.payer_id,
        "payer_name": remittance.payer[:80],
    }
    money: dict[str, Any] = {"adjustments": claim.adjustments, "reference": remittance.trace}
    whose: dict[str, Any] = {
        "order": _ORDER.get(claim.status),
        "forwarded": claim.status in _FORWARDED or claim.crossover,
    }
    why: dict[str, Any] = {"remarks": claim.remarks, "dates": LetterDates(denial=remittance.paid_on)}
    payer_number = claim.payer_number or remittance.trace
    if claim.status in _UNDECIDED and claim.paid == 0:
        undecided: dict[str, Any] = {"note": _UNDECIDED[claim.status], "forwarded": whose["forwarded"]}
        return StatusAnswered(**common, **undecided, status="pending", reference=payer_number)
    if claim.is_reversal and claim.paid == 0:
        why_not: dict[str, Any] = {"note": _TAKEN_BACK, "taken_back": claim.adjustments}
        return StatusAnswered(**common, **why_not, status="pending", reference=payer_number)
    if claim.is_reversal or claim.paid < 0:
        return PaymentReversed(**common, **money, amount=-claim.paid)
    refused = claim.status == DENIED or refuses(claim)
    if refused and claim.paid == 0:
        return ClaimDenied(**common, **whose, **why, adjustments=claim.adjustments, reference=payer_number)
    money |= {"paid": claim.paid, "charge": max(claim.charge, Decimal(0))}
    if refused:
        return ClaimPartlyPaid(**common, **whose, **money, **why)
    return ClaimPaid(**common, **whose, **money, remarks=claim.remarks)


def refuses(claim: RemittedClaim) -> bool:
    """Whether any adjustment is more than the contract's fee, the client's share or what an earlier payer settled."""
    return any(advise([each], claim.remarks).action not in EXPECTED for each in netted(claim.adjustments))


def _payment(remittance: Remittance) -> tuple[str, str, str]:
    return remittance.payer_id, remittance.trace, remittance.paid_on.isoformat()


def _answer(answer: ClaimStatusAnswer) -> list[Any]:
    days = [answer.answered_on.isoformat(), answer.on.isoformat()]
    whose = [answer.payer_id, answer.question, answer.level, answer.number, answer.trace, answer.reference]
    return [*days, *whose, answer.codes]


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _id(kind: str, *parts: Any) -> str:
    """A short name for exactly these parts; JSON keeps their borders apart."""
    return f"{kind}-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]}"
