"""What is wrong with a plan's coverage as it stands, in plain sentences: Medicare, network, codes, letters, claims."""

from datetime import date

from domain.billing_units import UNTIMED, units
from domain.coverage import in_words
from domain.open_claims import minutes_of
from domain.payer import Payer
from domain.state import PlanState

NO_MEDICARE = "Medicare doesn't pay massage therapists: the client pays, and is told so before the visit."


def coverage_warnings(state: PlanState, today: date) -> list[str]:
    """Everything a person should know before the next visit; empty where all is in order."""
    return [*payer_warnings(state), *code_warnings(state), *letter_warnings(state, today)]


def payer_of(state: PlanState) -> Payer | None:
    """The plan's payer as the practice file knows it, if it does."""
    return state.practice.payer(state.plan.coverage.payer or "")


def payer_warnings(state: PlanState) -> list[str]:
    """Who doesn't pay, or pays less."""
    coverage, payer = state.plan.coverage, payer_of(state)
    found: list[str] = []
    if payer is not None and payer.type == "medicare":
        found.append(NO_MEDICARE)
    if coverage.network == "out":
        found.append("Out of network: the payer pays less, or nothing.")
    if coverage.follow_claims and payer is None:
        found.append(f"No claims are opened: '{coverage.payer}' isn't among the payers of the practice file.")
    return found


def code_warnings(state: PlanState) -> list[str]:
    """Codes that a session is billed under and that nobody allows, and more units than are paid in a day."""
    coverage, payer = state.plan.coverage, payer_of(state)
    refused = [code for code in coverage.billed_codes if coverage.codes and code not in coverage.codes]
    found: list[str] = []
    if refused:
        found.append(f"Billed but not allowed: {', '.join(refused)}; allowed are {', '.join(coverage.codes)}.")
    if payer is not None and payer.units_per_day is not None:
        minutes = minutes_of(coverage, state.plan.dosage.session_minutes)
        counted = units({code: spent for code, spent in minutes.items() if code not in UNTIMED}, payer.units)
        total = sum(counted.values())
        if total > payer.units_per_day:
            found.append(f"A session is {total} billing units; the payer pays {payer.units_per_day} a day.")
    return found


def letter_warnings(state: PlanState, today: date) -> list[str]:
    """A letter of medical necessity that is no longer good."""
    letter = state.plan.coverage.hsa_letter
    if letter is not None and letter.last_day < today:
        return [f"The letter of medical necessity ended on {in_words(letter.last_day)}: a new one is needed."]
    return []
