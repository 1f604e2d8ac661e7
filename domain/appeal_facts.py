"""What an appeal can rest on, by the reason of the denial: facts of the plan and the claim, none of them made up.

Each fact comes as a sentence for the letter; what a signer has to know or add comes as a note, which is no part of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.call_script import QUESTIONS
from domain.claim import ClaimState
from domain.coverage import elsewhere
from domain.coverage_terms import Authorization, Pool
from domain.measured_change import goal_in_words, measured_change
from domain.packet_papers import Ground
from domain.papers import BLANK, counted, days_in_words, in_words
from domain.plain_words import spacing
from domain.progress_report import UNCHECKED, order_in_words
from domain.state import PlanState, Session

_WHY_WRONG = f"Why the decision should change, in the signer's own words: {BLANK}"


@dataclass
class Facts:
    """Sentences for the letter: what is asked and what the records show; and notes for the signer."""

    asked: list[str] = field(default_factory=list[str])
    shown: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])


def facts_for(ground: Ground, claim: ClaimState, plan: PlanState) -> Facts:
    """The facts of that ground."""
    match ground:
        case "necessity":
            return _necessity(claim, plan)
        case "level":
            return _level(claim, plan)
        case "maximum":
            return _maximum(claim, plan)
        case "authorization":
            return _authorization(claim, plan)
        case "late":
            return _late(claim)
        case "general":
            return Facts(asked=[_AGAIN], shown=[_WHY_WRONG], notes=["Say why the decision should change."])


_AGAIN = "Please look at this decision again and process the claim for payment."
_REVIEWER = (
    "Please have it reviewed by a professional who knows this kind of treatment and took no part in the decision."
)
_CRITERIA = "If the decision stands, please send the criteria that it rests on."


def _necessity(claim: ClaimState, plan: PlanState) -> Facts:
    asked = [_AGAIN, _REVIEWER, f"Please speak with {claim.therapist.name} before you decide.", _CRITERIA]
    facts = Facts(asked=asked, shown=[*_progress(plan), _treatment(plan), _attended(plan)])
    _add_order(facts, claim, plan)
    _warn_about_measures(facts, plan)
    facts.notes.append("Say what the client couldn't do before and needs this treatment for, as the chart has it.")
    facts.shown.append(f"Why this treatment is needed, as the chart has it: {BLANK}")
    return facts


def _level(claim: ClaimState, plan: PlanState) -> Facts:
    facts = Facts(asked=[_AGAIN, _REVIEWER, _CRITERIA], shown=[_treatment(plan), _attended(plan)])
    session = _session_of(claim, plan)
    if session:
        facts.shown.append(f"The visit on {in_words(claim.claim.service_date)} took {session.minutes} minutes.")
    facts.shown += _progress(plan)
    _add_order(facts, claim, plan)
    _warn_about_measures(facts, plan)
    facts.shown.append(f"Why this length and frequency, by the plan's goals: {BLANK}")
    facts.notes.append("Explain length and frequency by the plan's goals, and only as the visit notes support it.")
    return facts


def _maximum(claim: ClaimState, plan: PlanState) -> Facts:
    facts = Facts(
        asked=[
            "Please compare your count of visits with the dates below, and send the list of visits that you counted.",
            "If your count is wrong, please process the claim for payment.",
            "If it is right, please say whether further visits can be approved, and what is needed for it.",
        ]
    )
    pools = plan.plan.coverage.pools
    for pool in pools:
        facts.shown += _pool_facts(claim, plan, pool)
    if not pools:
        year = date(claim.claim.service_date.year, 1, 1)
        facts.shown.append(_visits_here(claim, plan, year, f"in {year.year}"))
        facts.shown.append(f"Visits that the plan allows: {BLANK}")
        facts.notes.append("How many visits the plan allows isn't on record: ask, and fill it in.")
    _add_authorizations(facts, claim, plan)
    facts.notes.append("Only this plan's visits are counted: add what was given here under another plan.")
    return facts


def _authorization(claim: ClaimState, plan: PlanState) -> Facts:
    asked = ["Please process the claim under the authorization below, or approve one for this visit afterwards."]
    facts = Facts(asked=asked)
    _add_authorizations(facts, claim, plan)
    if not facts.shown:
        facts.asked = ["Please approve an authorization for this visit afterwards, and then process the claim."]
        facts.notes.append("No authorization for that day is on record: ask for a late one by phone today.")
        facts.shown.append(f"Why none was asked for in advance: {BLANK}")
    facts.shown += _what_was_said(plan)
    _add_order(facts, claim, plan)
    return facts


def _late(claim: ClaimState) -> Facts:
    asked = ["Please accept the claim as filed in time, on the enclosed report, and process it for payment."]
    facts = Facts(asked=asked, shown=[f"The visit was on {in_words(claim.claim.service_date)}."])
    for sending in claim.submissions:
        # A sending that only follows from an answer has no day of its own to show.
        sent = "" if sending.assumed else f"It was sent on {in_words(sending.on)} ({sending.by})"
        if sending.acknowledged_on and not sending.turned_back:
            reference = f", reference {sending.reference}" if sending.reference else ""
            taken = f"accepted on {in_words(sending.acknowledged_on)}{reference}"
            facts.shown.append(f"{sent} and {taken}." if sent else f"It was {taken}.")
        elif sent:
            facts.shown.append(f"{sent}.")
    if not accepted_on(claim):
        facts.notes.append("No acceptance is on record. Our own log is no proof: get the report, or don't send this.")
    facts.notes.append("Compare the day of acceptance with the limit in the contract or manual, and name that limit.")
    facts.shown.append(f"Limit by the contract or manual: {BLANK}")
    return facts


def accepted_on(claim: ClaimState) -> date | None:
    """The first day on which the claim was accepted and not sent back."""
    days = [each.acknowledged_on for each in claim.submissions if each.acknowledged_on and not each.turned_back]
    return min(days, default=None)


def authorizations_on(claim: ClaimState, plan: PlanState) -> list[Authorization]:
    """The payer's authorizations whose dates and codes allow the visit that was billed."""
    codes = [line.code for line in claim.claim.lines]
    return [
        paper
        for paper in plan.plan.coverage.papers
        if paper.kind == "authorization" and paper.open_on(claim.claim.service_date) and paper.allows(codes)
    ]


def orders_on(claim: ClaimState, plan: PlanState) -> list[Authorization]:
    """The prescriber's orders whose dates allow the visit that was billed."""
    day = claim.claim.service_date
    return [paper for paper in plan.plan.coverage.papers if paper.kind == "prescription" and paper.open_on(day)]


def _progress(plan: PlanState) -> list[str]:
    return [goal_in_words(plan, goal) for goal in plan.plan.goals]


def _warn_about_measures(facts: Facts, plan: PlanState) -> None:
    changes = [measured_change(plan, goal) for goal in plan.objective_goals()]
    if not any(change and change.is_real for change in changes):
        facts.notes.append("No measure shows a change for the better beyond its error: don't write that it does.")
    for goal in plan.objective_goals():
        if goal.catalogued.sure in UNCHECKED:
            facts.notes.append(f"Check the MDC and MCID of {goal.catalogued.name} in the source before sending.")


def _treatment(plan: PlanState) -> str:
    dosage = plan.plan.dosage
    often = spacing(dosage.spacing, "en")
    number = "" if dosage.sessions == "open" else f", {counted(dosage.sessions, 'session')}"
    return f"Treatment as planned: {dosage.modality}, {dosage.session_minutes} minutes, {often}{number}."


def _attended(plan: PlanState) -> str:
    days = [plan.day_of(session.starts_at) for session in plan.sessions]
    missed = sum(visit.status == "missed" for visit in plan.appointments.values())
    dates = f": {days_in_words(days)}" if days else ""
    return f"The client attended {counted(len(days), 'session')} and missed {missed or 'none'}{dates}."


def _add_order(facts: Facts, claim: ClaimState, plan: PlanState) -> None:
    orders = orders_on(claim, plan)
    facts.shown += [f"The treatment was ordered: {order_in_words(order)}." for order in orders]
    if not orders:
        facts.notes.append("No prescriber's order that covers the visit is on record; the letter names none.")


def _session_of(claim: ClaimState, plan: PlanState) -> Session | None:
    number = claim.claim.session
    return plan.sessions[number - 1] if number and number <= len(plan.sessions) else None


def _pool_facts(claim: ClaimState, plan: PlanState, pool: Pool) -> list[str]:
    first, last = pool.year_of(claim.claim.service_date)
    period = f"from {in_words(first)} to {in_words(last)}"
    shared = f", shared with {', '.join(pool.shared_with)}" if pool.shared_with else ""
    facts = [
        f"The plan allows {counted(pool.visits, 'visit')} {period}{shared}.",
        _visits_here(claim, plan, first, period, pool),
    ]
    if pool.used_before and pool.year_of(plan.today(plan.started_at)) == (first, last):
        facts.append(f"Before this plan {counted(pool.used_before, 'visit')} of that period were used here.")
    others = elsewhere(plan, pool, claim.claim.service_date)
    if others:
        facts.append(f"As far as we were told, {counted(others, 'visit')} were used elsewhere.")
    return facts


def _visits_here(claim: ClaimState, plan: PlanState, first: date, period: str, pool: Pool | None = None) -> str:
    """The visits of the period up to the one that was billed, as the payer should have counted them."""
    until = claim.claim.service_date
    counting = [s for s in plan.sessions if first <= plan.day_of(s.starts_at) <= until]
    days = days_in_words([plan.day_of(session.starts_at) for session in counting])
    units = sum(pool.units(session.minutes) for session in counting) if pool else len(counting)
    by_minutes = ""
    if pool and pool.minutes_per_visit and units != len(counting):
        by_minutes = f", which count as {counted(units, 'visit')} of {pool.minutes_per_visit} minutes"
    here = f"Visits here {period}, up to the one billed: {len(counting)}{by_minutes}"
    return f"{here}: {days}." if days else f"{here}."


def _add_authorizations(facts: Facts, claim: ClaimState, plan: PlanState) -> None:
    papers = authorizations_on(claim, plan)
    for paper in papers:
        facts.shown.append(f"The visit lies within the dates of an authorization ({order_in_words(paper)}): {BLANK}")
    if papers:
        facts.notes.append("Fill in the authorization's number.")
    if any(paper.visits is not None for paper in papers):
        facts.notes.append("Check that the authorization's visits weren't used up before this one.")


def _what_was_said(plan: PlanState) -> list[str]:
    """Who confirmed the benefits, and what was answered about authorizations and referrals."""
    verified = plan.plan.coverage.verified
    said: list[str] = []
    if verified:
        who = _joined([verified.by and f"with {verified.by}", verified.reference and f"reference {verified.reference}"])
        said.append(f"Benefits were verified on {in_words(verified.on)}{who}.")
    for question in QUESTIONS:
        answer = plan.payer_answers.get(question.id)
        if answer and question.id in ("authorization", "referral"):
            who = _joined([answer.by and f"by {answer.by}", answer.reference and f"reference {answer.reference}"])
            said.append(f'Asked "{question.question}" we were told on {in_words(answer.on)}{who}: {answer.text}')
    return said


def _joined(parts: Sequence[str]) -> str:
    told = ", ".join(part for part in parts if part)
    return f" {told}" if told else ""
