"""What a claim refuses to take, with a sentence that says the fix. What it takes, it always makes sense of."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.claim import ClaimState, LetterDates
from domain.claim_deadlines import deadlines_of
from domain.claim_events import (
    AppealDecided,
    AppealFiled,
    ClaimDenied,
    ClaimOpened,
    ClaimPaid,
    ClaimPartlyPaid,
    ContactLogged,
    DeadlineLetGo,
    InformationRequested,
    NudgeAnswered,
    OutsideClaimEvent,
    PaymentPromised,
    PaymentReversed,
)
from domain.claim_judgement import day_of
from domain.claim_nudges import known_keys
from domain.clamping import beyond_reckoning
from domain.errors import EventRefused
from domain.events import DeliveryFailed

TOMORROW = timedelta(days=1)
"""How far ahead a date may lie: clocks and time zones differ by a day at most."""
NEXT_WEEK = timedelta(days=7)
"""How far ahead the day of a remittance may lie: it names the day on which the money moves (X12 835, BPR16)."""
REMITTED = (ClaimPaid, ClaimPartlyPaid, ClaimDenied, PaymentReversed)


def check_claim_event(state: ClaimState, event: OutsideClaimEvent | DeliveryFailed, now: datetime) -> None:
    """Raises EventRefused, in words for whoever sent it, where the event makes no sense for this claim."""
    if isinstance(event, DeliveryFailed):
        return
    today = now.astimezone(ZoneInfo(state.practice.time_zone)).date()
    if (field := beyond_reckoning(event)) is not None:
        raise EventRefused(f"{field} can't be true; report it anew with a date or amount of these times")
    problem = next(_problems(state, event, today), None)
    if problem is not None:
        raise EventRefused(problem)


def check_opening(event: ClaimOpened, now: datetime, zone: str) -> None:
    """Raises EventRefused where no such claim can be: its visit is still to come. `zone` is the practice's."""
    if event.service_date > now.astimezone(ZoneInfo(zone)).date() + TOMORROW:
        raise EventRefused("service_date lies in the future; open the claim once the visit has taken place")


def _problems(state: ClaimState, event: OutsideClaimEvent, today: date) -> Iterator[str]:
    yield from _about_dates(state, event, today)
    match event:
        case ClaimOpened():
            if event.number != state.claim.number or event.plan_id != state.plan_id:
                yield "This id belongs to another claim already; open the new one under an id of its own."
        case AppealFiled():
            if not state.denials:
                yield "No denial of this claim is known; report the denial first, then the appeal."
        case AppealDecided():
            if all(appeal.decided_on for appeal in state.appeals):
                yield "No appeal of this claim waits for a decision; report that it was filed first."
        case NudgeAnswered():
            yield from _about_answer(state, event, today)
        case DeadlineLetGo():
            yield from _about_deadline(state, event)
        case PaymentPromised():
            if event.until < day_of(event, state.practice.time_zone):
                yield "until lies before the day on which it was promised; give the day by which it should be done."
        case InformationRequested():
            if event.due is not None and event.due < day_of(event, state.practice.time_zone):
                yield "due lies before the day of the request; give the letter's own last day, or leave it out."
        case PaymentReversed():
            if event.amount == 0:
                yield "amount is zero; give the amount that was taken back."
        case _:
            pass


def _about_dates(state: ClaimState, event: OutsideClaimEvent, today: date) -> Iterator[str]:
    service = state.claim.service_date
    if isinstance(event, ClaimOpened):
        return
    happened = day_of(event, state.practice.time_zone)
    ahead = NEXT_WEEK if isinstance(event, REMITTED) else TOMORROW
    if happened > today + ahead:
        yield f"{happened} lies in the future; report what has happened, with its own day."
    if happened < service and not isinstance(event, ContactLogged):
        yield f"{happened} lies before the visit of {service} that is billed; correct the day in 'on'."
    dates: LetterDates | None = getattr(event, "dates", None)
    for name in ("denial", "letter", "mailing", "receipt") if dates else ():
        day: date | None = getattr(dates, name)
        if day is not None and day > today + (ahead if name == "denial" else TOMORROW):
            yield f"dates.{name} lies in the future; give the date that the letter carries."
        if day is not None and day < service:
            yield f"dates.{name} lies before the visit of {service} that is billed; correct it."
    if dates and dates.stated_deadline and dates.stated_deadline < (dates.earliest() or service):
        yield "dates.stated_deadline lies before the letter itself; give the last day that the letter names."


def _about_answer(state: ClaimState, event: NudgeAnswered, today: date) -> Iterator[str]:
    if event.nudge not in known_keys(state):
        yield f"No nudge '{event.nudge}' is known here; take the key that the claim's page shows."
    if event.answer == "done":
        return
    if event.until is None:
        yield f"until is missing; say until which day: {event.answer} needs one."
    elif event.until < today or (event.answer == "snooze" and event.until == today):
        yield "until lies in the past; give a day that is still to come."


def _about_deadline(state: ClaimState, event: DeadlineLetGo) -> Iterator[str]:
    found = next((deadline for deadline in deadlines_of(state) if deadline.key == event.deadline), None)
    if found is None:
        yield f"No deadline '{event.deadline}' is known here; take the key that the claim's page shows."
    elif not found.open:
        yield f"That deadline has ended already ({found.ended_because}); nothing needs to be let go."
