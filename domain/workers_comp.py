"""Reports that a work injury owes: the treatment plan, the prescriber's signature, and progress again and again."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from domain.coverage import in_words
from domain.coverage_terms import WorkersComp, add_months
from domain.state import PlanState

Report = Literal["treatment_plan", "progress_report", "signature"]
A_MONTH = 30
"""Days; where the rule says a month, February's is shorter."""
TO_WRITE_IT = timedelta(days=2)
"""After the visit that makes a progress report due. Our own wish: it should be there before the next visit."""


class ReportRule(NamedTuple):
    """What a state asks for. None: not asked. Each can be set in the plan file."""

    plan_within: timedelta | None
    signature_within: timedelta | None
    every_visits: int | None
    every_days: int | None
    source: str


_ELSEWHERE = ReportRule(timedelta(days=7), timedelta(days=30), 6, 30, "no rule of this state is known; the strictest")
_STATES = {
    "WA": ReportRule(None, None, 6, 30, "WAC 296-23-250, read 2026-11-23"),
    "OR": ReportRule(timedelta(days=7), timedelta(days=30), None, 30, "OAR 436-010-0230, text of 2026-04-08"),
}


class Owed(NamedTuple):
    """One report that is owed: by which day, and why. `known_on` is the day from which it can be told."""

    report: Report
    name: str
    last_day: date
    known_on: date
    because: str


NAMES: dict[Report, str] = {
    "treatment_plan": "treatment plan to the prescriber and the insurer",
    "signature": "prescriber's signature on the treatment plan",
    "progress_report": "progress report",
}


def rule_of(terms: WorkersComp, payer_state: str | None = None) -> ReportRule:
    """What the plan file says, and where it says nothing, what the state asks for."""
    base = _STATES.get(terms.state or payer_state or "", _ELSEWHERE)
    return ReportRule(
        terms.plan_within or base.plan_within,
        terms.signature_within or base.signature_within,
        terms.report_every_visits or base.every_visits,
        terms.report_every_days or base.every_days,
        base.source,
    )


def reports_owed(state: PlanState) -> list[Owed]:
    """The reports that are owed from the first session on and haven't been sent, the earliest first."""
    terms = state.plan.coverage.workers_comp
    if terms is None or not state.sessions:
        return []
    payer = state.practice.payer(state.plan.coverage.payer or "")
    rule = rule_of(terms, payer.state if payer else None)
    first = state.day_of(state.sessions[0].starts_at)
    owed = [_once(state, "treatment_plan", first, rule.plan_within)]
    owed += [_once(state, "signature", first, rule.signature_within), _progress(state, first, rule)]
    return sorted((one for one in owed if one), key=lambda one: one.last_day)


def _once(state: PlanState, report: Report, first: date, within: timedelta | None) -> Owed | None:
    if within is None or report in state.reports_sent:
        return None
    return Owed(report, NAMES[report], first + within, first, f"within {within.days} days of the first session")


def _progress(state: PlanState, first: date, rule: ReportRule) -> Owed | None:
    """After so many visits or days since the last report, whichever comes first."""
    sent = state.reports_sent.get("progress_report")
    since = state.day_of(sent.at) if sent else first
    days = [state.day_of(session.starts_at) for session in state.sessions if not sent or session.ends_at > sent.at]
    found: list[Owed] = []
    if rule.every_visits and len(days) >= rule.every_visits:
        reached = days[rule.every_visits - 1]
        because = f"{rule.every_visits} visits since {'the last report' if sent else 'the first session'}"
        found.append(Owed("progress_report", NAMES["progress_report"], reached + TO_WRITE_IT, reached, because))
    if rule.every_days:
        last = since + timedelta(days=rule.every_days)
        last = min(last, add_months(since, 1)) if rule.every_days == A_MONTH else last
        because = f"{rule.every_days} days since {'the last report' if sent else 'the first session'}"
        found.append(Owed("progress_report", NAMES["progress_report"], last, since, f"{because}, {in_words(since)}"))
    return min(found, key=lambda one: one.last_day, default=None)
