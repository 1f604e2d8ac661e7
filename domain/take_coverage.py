"""Takes news about coverage into the plan, writes the forecast into its story, and keeps the desk's tasks true."""

from collections.abc import Sequence
from datetime import date

from domain.agenda_coverage import PREFIXES, SETTLED, coverage_touchpoints
from domain.coverage import elsewhere, in_words, pool_key, title_of
from domain.coverage_books import PayerAnswer, SentReport
from domain.coverage_forecast import forecast
from domain.coverage_terms import Authorization, Coverage, Pool, Verified
from domain.coverage_warnings import coverage_warnings
from domain.events import (
    AuthorizationReceived,
    CoverageChanged,
    CoverageVerified,
    PoolUse,
    ReportSent,
    VisitsUsedElsewhere,
)
from domain.judgement import Judgement
from domain.touchpoint import Touchpoint
from domain.workers_comp import NAMES

NOT_PAID = "Maintenance is usually not paid by insurance."
CoverageEvent = VisitsUsedElsewhere | AuthorizationReceived | CoverageVerified | CoverageChanged | ReportSent


def take_coverage(judgement: Judgement, event: CoverageEvent) -> None:
    """Carry one piece of news into the plan."""
    match event:
        case VisitsUsedElsewhere():
            _used_elsewhere(judgement, event)
        case AuthorizationReceived():
            _received(judgement, event.authorization)
        case CoverageVerified():
            _verified(judgement, event)
        case CoverageChanged():
            _changed(judgement, event)
        case ReportSent():
            _report_sent(judgement, event)


def note_coverage(judgement: Judgement, because: str) -> None:
    """Write down how far the coverage goes, and what is wrong with it. Nothing where the plan has no terms to watch."""
    state = judgement.state
    today = state.today(judgement.now)
    foreseen = forecast(state, today)
    if foreseen is not None:
        judgement.write("coverage", foreseen.sentence, because=because)
    for warning in coverage_warnings(state, today):
        judgement.write("coverage", warning, because=because)


def coverage_evidence(judgement: Judgement) -> list[str]:
    """What a decision about the plan means for who pays: lines for the therapist. None where nobody else pays."""
    state = judgement.state
    if not (state.plan.coverage.payer or state.plan.coverage.has_terms):
        return []
    foreseen = forecast(state, state.today(judgement.now))
    return [*([f"Coverage: {foreseen.sentence}"] if foreseen else []), NOT_PAID]


def tell_desk_about(judgement: Judgement, touchpoint: Touchpoint) -> None:
    """Give a warning to the front desk and write it into the story. The last word on a report replaces the first."""
    found, text = str(touchpoint.facts["found"]), str(touchpoint.facts["text"])
    judgement.write("coverage", found)
    judgement.desk(touchpoint.key, "coverage", text)
    earlier = f"{touchpoint.key.removesuffix(':last')}:soon"
    if touchpoint.key.endswith(":last") and judgement.state.done.get(earlier) == "asked":
        _settle(judgement, earlier)


def close_settled(judgement: Judgement) -> None:
    """Take back the desk's tasks whose warning is no longer true: the visit moved, or a paper was renewed."""
    state = judgement.state
    told = [key for key, how in state.done.items() if how == "asked" and key.startswith(PREFIXES)]
    if told:
        true = {touchpoint.key for touchpoint in coverage_touchpoints(state)}
        for key in told:
            if key not in true and not (state.ended and key.startswith("report:")):  # owed even after the plan's end
                _settle(judgement, key)


def _settle(judgement: Judgement, key: str) -> None:
    judgement.close_desk(key)
    judgement.state.done[key] = SETTLED


def _used_elsewhere(judgement: Judgement, event: VisitsUsedElsewhere) -> None:
    state = judgement.state
    pool = _pool(judgement, event.pool, event.event_id)
    if pool is None:
        return
    day = state.today(event.occurred_at)
    if event.year is not None:
        day = pool.year_of(date(event.year, 12, 31))[0]  # the plan year that begins in that year
    known = elsewhere(state, pool, day)
    state.used_elsewhere[pool_key(pool, day)] = known + event.visits
    judgement.write("coverage", f"{_visits(event.visits)} of {pool.id} used elsewhere, {known + event.visits} in all.")
    note_coverage(judgement, "visits were used elsewhere")


def _received(judgement: Judgement, paper: Authorization) -> None:
    coverage = judgement.state.plan.coverage
    others = [known for known in coverage.authorizations if known.id != paper.id]
    _set(judgement, coverage.model_copy(update={"authorizations": [*others, paper]}))
    visits = f" for {_visits(paper.visits)}" if paper.visits is not None else ""
    until = f" until {in_words(paper.until)}" if paper.until else ""
    judgement.write("coverage", f"{title_of(paper)} was received{visits}{until}.")
    note_coverage(judgement, f"the {paper.kind} was received")


def _verified(judgement: Judgement, event: CoverageVerified) -> None:
    state = judgement.state
    on = event.on or state.today(event.occurred_at)
    known = state.plan.coverage.verified
    if known is None or known.on <= on:
        verified = Verified(on=on, by=event.by, reference=event.reference)
        _set(judgement, state.plan.coverage.model_copy(update={"verified": verified}))
    for question, text in event.answers.items():
        earlier = state.payer_answers.get(question)
        if earlier is None or earlier.on <= on:
            state.payer_answers[question] = PayerAnswer(text=text, on=on, by=event.by, reference=event.reference)
    _say_used(judgement, event.changes, on, event.event_id)
    by = f" with {event.by}" if event.by else ""
    reference = f", reference {event.reference}" if event.reference else ""
    judgement.write("coverage", f"Coverage was verified{by} on {in_words(on)}{reference}.")
    note_coverage(judgement, "coverage was verified")


def _say_used(judgement: Judgement, changes: Sequence[PoolUse], day: date, event_id: str) -> None:
    for change in changes:
        pool = _pool(judgement, change.pool, event_id)
        if pool is not None:
            judgement.state.used_elsewhere[pool_key(pool, day)] = change.used_elsewhere


def _changed(judgement: Judgement, event: CoverageChanged) -> None:
    """Numbers of use that the new coverage names are those of the plan year under way; others stay as counted."""
    state = judgement.state
    day = state.today(event.occurred_at)
    _set(judgement, event.coverage)
    for pool in event.coverage.pools:
        if pool.used_elsewhere is not None:
            state.used_elsewhere[pool_key(pool, day)] = pool.used_elsewhere
    judgement.write("coverage", "The coverage was changed.")
    note_coverage(judgement, "the coverage was changed")


def _report_sent(judgement: Judgement, event: ReportSent) -> None:
    state = judgement.state
    known = state.reports_sent.get(event.report)
    if known is None or known.at <= event.occurred_at:
        state.reports_sent[event.report] = SentReport(at=event.occurred_at, reference=event.reference)
    reference = f" Reference {event.reference}." if event.reference else ""
    name = NAMES[event.report]
    judgement.write("coverage", f"Sent: {name}.{reference}")


def _pool(judgement: Judgement, pool_id: str, event_id: str) -> Pool | None:
    """The pool, or None and a task for the desk where the coverage has lost it since the news was taken in."""
    pool = next((pool for pool in judgement.state.plan.coverage.pools if pool.id == pool_id), None)
    if pool is None:
        text = f"Visits of the pool {pool_id} were reported, but the coverage has no such pool any more."
        judgement.desk(f"pool:{event_id}:{pool_id}", "refused_event", text)
    return pool


def _set(judgement: Judgement, coverage: Coverage) -> None:
    judgement.state.plan = judgement.state.plan.model_copy(update={"coverage": coverage})


def _visits(count: int) -> str:
    return f"{count} {'visit' if count == 1 else 'visits'}"
