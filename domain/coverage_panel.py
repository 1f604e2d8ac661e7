"""The coverage of one plan at a glance, for the desk's page: who pays, what is left, what is wrong, what to ask."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from domain.agenda_coverage import FEW_DAYS, FEW_VISITS, HSA_NOTICE, REPORT_NOTICE, years_to_verify
from domain.billing_units import units
from domain.business_days import next_business_day
from domain.call_script import QUESTIONS
from domain.coverage import Ledger, elsewhere, in_words, ledger_of, title_of
from domain.coverage_forecast import forecast
from domain.coverage_terms import Authorization, Pool
from domain.coverage_warnings import NO_MEDICARE, code_warnings, letter_warnings, payer_of, payer_warnings
from domain.open_claims import minutes_of
from domain.state import PlanState
from domain.workers_comp import reports_owed

NETWORKS = {"in": "in network", "out": "out of network", "unknown": "not known"}


@dataclass(frozen=True)
class Row:
    """One line of the panel. `warns` asks for a second look; `note` says why, or adds to the value."""

    label: str
    value: str
    note: str = ""
    warns: bool = False


@dataclass(frozen=True)
class Asked:
    """One question of the call script, with the payer's answer where there is one."""

    id: str
    question: str
    why: str
    answer: str = ""
    on: date | None = None
    by: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Panel:
    """What the page shows. `forecast` is empty where the coverage sets no limit."""

    payer: str
    forecast: str
    goes_over: bool
    rows: list[Row] = field(default_factory=list[Row])
    script: list[Asked] = field(default_factory=list[Asked])
    verify_again_on: date | None = None


def panel(state: PlanState, today: date) -> Panel | None:
    """The panel of this plan, or None where the client pays and nothing is to be watched."""
    coverage = state.plan.coverage
    if not (coverage.payer or coverage.has_terms):
        return None
    payer, foreseen = payer_of(state), forecast(state, today)
    over = (foreseen is not None and foreseen.goes_over) or NO_MEDICARE in payer_warnings(state)
    return Panel(
        payer=payer.name if payer else coverage.payer or "not named",
        forecast=foreseen.sentence if foreseen else "",
        goes_over=over,
        rows=list(_rows(state, today)),
        script=list(_script(state)),
        verify_again_on=_verify_again_on(state),
    )


def _rows(state: PlanState, today: date) -> Iterator[Row]:
    ledger = ledger_of(state)
    yield from _payer_rows(state)
    yield from (_pool_row(state, ledger, pool, today) for pool in state.plan.coverage.pools)
    yield from (_paper_row(ledger, paper, today) for paper in state.plan.coverage.papers)
    yield from _billing_rows(state)
    yield from _letter_row(state, today)
    yield from _report_rows(state, today)
    verified = state.plan.coverage.verified
    by = " with ".join(part for part in (in_words(verified.on), verified.by) if part) if verified else "not yet"
    reference = f"reference {verified.reference}" if verified and verified.reference else ""
    yield Row("Benefits verified", by, reference, warns=verified is None)


def _payer_rows(state: PlanState) -> Iterator[Row]:
    coverage, payer = state.plan.coverage, payer_of(state)
    if coverage.member_id:
        yield Row("Member number", coverage.member_id)
    if coverage.network != "unknown" or payer is not None:
        yield Row("Network", NETWORKS[coverage.network], warns=coverage.network == "out")
    if coverage.follow_claims:
        files = "the practice files" if coverage.files == "practice" else "the client files"
        yield Row("Claims", f"{files}; {state.claims_opened} opened so far", warns=payer is None)
    for warning in payer_warnings(state):
        yield Row("Payer", warning, warns=True)


def _pool_row(state: PlanState, ledger: Ledger, pool: Pool, today: date) -> Row:
    first, last = pool.year_of(today)
    left, takes = ledger.left(pool, today), pool.units(state.plan.dosage.session_minutes)
    notes = [f"{in_words(first)} to {in_words(last)}"]
    if pool.shared_with:
        used = elsewhere(state, pool, today)
        notes.append(f"shared with {', '.join(pool.shared_with)}: {used} used elsewhere, as far as is known")
    if takes > 1:
        notes.append(f"a visit of {state.plan.dosage.session_minutes} minutes counts as {takes}")
    value = f"{ledger.used(pool, today)} of {pool.visits} used, {left} left"
    return Row(f"Visits: {pool.id}", value, "; ".join(notes), warns=left < FEW_VISITS * takes)


def _paper_row(ledger: Ledger, paper: Authorization, today: date) -> Row:
    left = ledger.visits_left(paper)
    parts = [f"{ledger.drawn(paper)} of {paper.visits} visits used, {left} left"] if paper.visits is not None else []
    if paper.starts and paper.starts > today:
        parts.append(f"from {in_words(paper.starts)}")
    if paper.until:
        parts.append(f"{'ended on' if paper.until < today else 'until'} {in_words(paper.until)}")
    notes = [f"by {paper.by}" if paper.by else "", ", ".join(paper.body_areas), ", ".join(paper.codes)]
    few = left is not None and left <= FEW_VISITS
    soon = paper.until is not None and paper.until - FEW_DAYS <= today
    value = ", ".join(parts) or "without an end"
    return Row(title_of(paper), value, "; ".join(note for note in notes if note), warns=few or soon)


def _billing_rows(state: PlanState) -> Iterator[Row]:
    coverage, payer = state.plan.coverage, payer_of(state)
    if payer is not None or coverage.bill or coverage.codes:
        minutes = minutes_of(coverage, state.plan.dosage.session_minutes)
        counted = units(minutes, payer.units if payer else "cms")
        billed = ", ".join(f"{code}: {_units(counted[code])}" for code in minutes)
        allowed = f"allowed: {', '.join(coverage.codes)}" if coverage.codes else ""
        yield Row("A session is billed as", billed, allowed)
    for warning in code_warnings(state):
        yield Row("Billing", warning, warns=True)


def _units(number: int) -> str:
    return f"{number} {'unit' if number == 1 else 'units'}"


def _letter_row(state: PlanState, today: date) -> Iterator[Row]:
    letter = state.plan.coverage.hsa_letter
    if letter is not None:
        note = next(iter(letter_warnings(state, today)), "")
        soon = letter.last_day - HSA_NOTICE <= today
        yield Row("Letter of medical necessity", f"good until {in_words(letter.last_day)}", note, warns=soon)


def _report_rows(state: PlanState, today: date) -> Iterator[Row]:
    terms = state.plan.coverage.workers_comp
    if terms is None:
        return
    where = f" ({terms.state})" if terms.state else ""
    yield Row(
        f"Workers' compensation{where}", f"claim {terms.claim_number}" if terms.claim_number else "no claim number"
    )
    for owed in reports_owed(state):
        soon = owed.last_day - REPORT_NOTICE <= today
        due = f"due by {in_words(owed.last_day)}" if owed.last_day >= today else f"was due by {in_words(owed.last_day)}"
        yield Row(owed.name[:1].upper() + owed.name[1:], due, owed.because, warns=soon)


def _script(state: PlanState) -> Iterator[Asked]:
    for question in QUESTIONS:
        said = state.payer_answers.get(question.id)
        if said is None:
            yield Asked(question.id, question.question, question.why)
        else:
            yield Asked(question.id, question.question, question.why, said.text, said.on, said.by, said.reference)


def _verify_again_on(state: PlanState) -> date | None:
    """The day of the task that is open, or else of the next one."""
    coverage = state.plan.coverage
    if state.ended or not (coverage.has_terms and (coverage.payer or coverage.limits)):
        return None
    waiting = (first for first in years_to_verify(state) if state.done.get(f"verify:{first}") != "settled")
    return next((next_business_day(first) for first in waiting), None)
