"""What the front desk should hear about coverage, derived like every touchpoint and never stored.

Each warning has a key that names what it is about, so a visit that moved or a renewed authorisation leaves nothing
stale behind. Warnings that were told already are yielded too, as long as they are true: `take_coverage` closes the
tasks of those that are no longer among them.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.business_days import next_business_day
from domain.coverage import Ledger, Visit, in_words, ledger_of, name_of
from domain.coverage_terms import Authorization, Pool
from domain.state import Appointment, PlanState
from domain.touchpoint import Touchpoint
from domain.workers_comp import Owed, reports_owed

TEMPLATE = "desk_coverage"
PREFIXES = ("overbooked:", "running_out:", "verify:", "hsa:", "report:")
"""What the keys of these warnings begin with."""
NINE = time(9)
FEW_VISITS = 2
FEW_DAYS = timedelta(days=14)
"""Facts sheet, section 5: warn at 2 visits or 14 days left."""
HSA_NOTICE = timedelta(days=30)
REPORT_NOTICE = timedelta(days=2)
USEFUL_FOR = timedelta(days=365)
MOST_TIMES = 50
SETTLED = "settled"


def coverage_touchpoints(state: PlanState) -> Iterator[Touchpoint]:
    """Every warning that is true now, and those that will be at their time; told ones included. None once it ended."""
    coverage = state.plan.coverage
    if state.ended or not coverage.has_terms:
        return
    if coverage.limits:
        yield from _over_booked(state)
        yield from _running_out(state)
    if coverage.payer or coverage.limits:
        yield from _verify_again(state)
    yield from _letter_ends(state)
    for owed in reports_owed(state):
        yield from _report(state, owed)


def _touchpoint(
    key: str,
    due_at: datetime,
    found: str,
    text: str,
    *,
    expires_at: datetime | None = None,
    visit: Appointment | None = None,
) -> Touchpoint:
    """`found` is the line of the plan's story; `text` tells the desk what to do about it."""
    return Touchpoint(
        key=key,
        kind="coverage",
        audience="front_desk",
        template=TEMPLATE,
        facts={"found": found, "text": text},
        due_at=due_at,
        expires_at=expires_at or max(due_at, visit.starts_at if visit else due_at) + USEFUL_FOR,
        because=found,
        category="visit",
        any_hour=True,
        appointment_id=visit.appointment_id if visit else None,
    )


def _over_booked(state: PlanState) -> Iterator[Touchpoint]:
    """Visits that, counted after every visit before them, aren't covered by all that applies."""
    ledger = ledger_of(state)
    for visit in state.booked():
        short = ledger.draw(Visit(state.day_of(visit.starts_at), state.plan.dosage.session_minutes))
        if short:
            when = visit.starts_at.astimezone(ZoneInfo(state.zone)).strftime("%a %d %b %Y %H:%M")
            found = f"The visit of {when} isn't covered: {'; '.join(shortage.words for shortage in short)}."
            text = f"{found} Tell the client what it will cost, ask the payer for more, or move it."
            key = _told_again(state, f"overbooked:{visit.appointment_id}:v{visit.version}")
            yield _touchpoint(key, visit.booked_at, found, text, visit=visit)


def _told_again(state: PlanState, key: str) -> str:
    """A warning that has settled itself and becomes true again is a new one."""
    tries = [key, *(f"{key}:{again}" for again in range(2, MOST_TIMES))]
    return next((one for one in tries if state.done.get(one) != SETTLED), key)


def _running_out(state: PlanState) -> Iterator[Touchpoint]:
    """Authorisations and prescriptions with few visits or days left, unless another one follows."""
    sessions = state.plan.dosage.sessions
    if sessions != "open" and len(state.sessions) >= sessions:
        return
    ledger = ledger_of(state)
    papers = state.plan.coverage.papers
    for paper in papers:
        if any(_follows(ledger, other, paper) for other in papers):
            continue
        renew = "Ask for an extension" if paper.kind == "authorization" else "Ask the prescriber for a new one"
        about = f"{paper.id}:{paper.visits}:{paper.until or 'open'}"
        left = ledger.visits_left(paper)
        if left is not None and left <= FEW_VISITS:
            since = state.sessions[-1].ends_at if state.sessions else state.started_at
            visits = f"{left or 'no'} {'visit' if left == 1 else 'visits'}"
            found = f"{_capital(name_of(paper))} has {visits} left of {paper.visits}."
            yield _touchpoint(f"running_out:{about}:visits", since, found, f"{found} {renew}.")
        if paper.until is not None:
            found = f"{_capital(name_of(paper))} ends on {in_words(paper.until)}."
            due_at = _nine(state, paper.until - FEW_DAYS)
            yield _touchpoint(f"running_out:{about}:days", due_at, found, f"{found} {renew}.")


def _follows(ledger: Ledger, other: Authorization, paper: Authorization) -> bool:
    """Whether another paper of the same kind goes on where this one ends."""
    left = ledger.visits_left(other)
    lasts = other.until is None or (paper.until is not None and other.until > paper.until)
    return other.kind == paper.kind and other.id != paper.id and lasts and (left is None or left > FEW_VISITS)


def _verify_again(state: PlanState) -> Iterator[Touchpoint]:
    """Benefits are checked anew on the first business day of each plan year, until they are."""
    for first in years_to_verify(state):
        found = f"A new plan year began on {in_words(first)}: the benefits may have changed."
        text = f"Verify coverage anew: {found} The call script is on the plan's page."
        yield _touchpoint(f"verify:{first}", _nine(state, next_business_day(first)), found, text)


def years_to_verify(state: PlanState) -> Iterator[date]:
    """First days of plan years since the last verification: those that were told, and the next one that will be."""
    coverage = state.plan.coverage
    since = max(state.today(state.started_at), coverage.verified.on if coverage.verified else date.min)
    years = {pool.year: pool for pool in coverage.pools} or {"calendar": Pool(id="year", visits=0)}
    while True:
        following = min(pool.year_of(since)[1] for pool in years.values()) + timedelta(days=1)
        yield following
        if f"verify:{following}" not in state.done:
            return
        since = following


def _letter_ends(state: PlanState) -> Iterator[Touchpoint]:
    letter = state.plan.coverage.hsa_letter
    if letter is None:
        return
    last = letter.last_day
    found = f"The letter of medical necessity is good until {in_words(last)}."
    text = f"{found} Without a new one, visits after it can't be paid from the health savings account."
    yield _touchpoint(f"hsa:{last}", _nine(state, last - HSA_NOTICE), found, text)


def _report(state: PlanState, owed: Owed) -> Iterator[Touchpoint]:
    """Told two days before the last day, and again on it; the first is left out where the second has come too."""
    about = f"report:{owed.report}:{owed.last_day}"
    last_at = _nine(state, owed.last_day)
    soon_at = max(_nine(state, owed.last_day - REPORT_NOTICE), state.sessions[0].ends_at)
    by = f"by {in_words(owed.last_day)} ({owed.because})"
    found = f"Workers' compensation: the {owed.name} is due {by}."
    if soon_at < last_at:
        text = f"{found} Send it, and record here that it was sent."
        yield _touchpoint(f"{about}:soon", soon_at, found, text, expires_at=last_at)
    found = f"Workers' compensation: the last day for the {owed.name} is {in_words(owed.last_day)} ({owed.because})."
    yield _touchpoint(f"{about}:last", last_at, found, f"{found} Send it today, and record here that it was sent.")


def _nine(state: PlanState, day: date) -> datetime:
    """9:00 of that day where the practice is."""
    return datetime.combine(day, NINE, ZoneInfo(state.practice.time_zone))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
