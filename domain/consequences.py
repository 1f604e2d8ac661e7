"""What would follow from an answer, told before it is given: by taking the answer on a copy of the plan."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.actions import SendMessage
from domain.coverage_forecast import forecast
from domain.escalation import Escalation
from domain.events import Changes, Choice, DecisionMade
from domain.judgement import Judgement
from domain.outgoing import message_for, usable_channels
from domain.plain_words import duration, moment
from domain.state import Appointment, PlanState
from domain.take_changes import take_decision

MAINTENANCE_IS_NOT_PAID = "Maintenance is usually not paid by insurance."
CLOSE_ENOUGH = timedelta(days=1)
"""How far a booked visit may lie from the new spacing and still fit it: nobody books by the hour."""


@dataclass(frozen=True)
class Consequences:
    """What follows from one answer. `told` are the messages that the client would get, not yet worded.

    `reachable` is False where the client asked for no more messages, so that nothing goes out. `visits` and `coverage`
    are sentences for the person who decides; empty where nothing changes.
    """

    told: list[SendMessage]
    reachable: bool
    visits: list[str]
    coverage: list[str]


def consequences(
    state: PlanState, escalation: Escalation, choice: Choice, changes: Changes, now: datetime, today: date
) -> Consequences:
    """What the plan would do with this answer at `now`. Changes nothing. `today` is the day at the practice."""
    judgement = Judgement(state, now)
    known = {notice.key for notice in judgement.state.notices}
    event = DecisionMade(
        event_id="preview",
        occurred_at=now,
        escalation_id=escalation.escalation_id,
        choice=choice,
        by="",
        changes=changes,
    )
    take_decision(judgement, event)
    after = judgement.state
    news = [notice for notice in after.notices if notice.key not in known and notice.audience == "client"]
    messages = [message_for(after, notice, now) for notice in news if usable_channels(after, notice, now)]
    return Consequences(
        told=[message for message in messages if message is not None],
        reachable=not news or any(usable_channels(after, notice, now) for notice in news),
        visits=_visits(state, after, choice, now),
        coverage=_coverage(state, after, choice, today),
    )


def _visits(before: PlanState, after: PlanState, choice: Choice, now: datetime) -> list[str]:
    booked = [visit for visit in before.booked() if visit.starts_at > now]
    if not booked:
        return []
    if after.ended and not before.ended:
        listed = ", ".join(_when(before, visit) for visit in booked)
        return [f"Still in your calendar, please cancel: {listed}. Nobody is reminded of them any more."]
    found = [_unfit_gap(after, visit, earlier) for visit, earlier in _with_earlier(before, booked)]
    sentences = [sentence for sentence in found if sentence] if _spacing_changed(before, after) else []
    longer, minutes = after.plan.dosage.session_minutes, before.plan.dosage.session_minutes
    if longer != minutes:
        listed = ", ".join(_when(before, visit) for visit in booked)
        sentences.append(f"Booked for {minutes} minutes, now {longer}: {listed}.")
    return sentences


def _spacing_changed(before: PlanState, after: PlanState) -> bool:
    return before.plan.dosage.spacing != after.plan.dosage.spacing


def _with_earlier(state: PlanState, booked: list[Appointment]) -> list[tuple[Appointment, datetime | None]]:
    """Each booked visit with the start of the one before it."""
    last = max((session.starts_at for session in state.sessions), default=None)
    starts = [last, *(visit.starts_at for visit in booked)]
    return list(zip(booked, starts, strict=False))


def _unfit_gap(after: PlanState, visit: Appointment, earlier: datetime | None) -> str:
    if earlier is None:
        return ""
    gap, wanted = visit.starts_at - earlier, after.plan.dosage.spacing
    if abs(gap - wanted) <= CLOSE_ENOUGH:
        return ""
    days = max(round(gap / timedelta(days=1)), 0)
    which = "too late" if gap > wanted else "too early"
    wait = duration(wanted, "en")
    return f"{_when(after, visit)} comes {which}: {days} days after the visit before it, and {wait} were meant."


def _when(state: PlanState, visit: Appointment) -> str:
    return moment(visit.starts_at, "en", state.zone)


def _coverage(before: PlanState, after: PlanState, choice: Choice, today: date) -> list[str]:
    sentences = [MAINTENANCE_IS_NOT_PAID] if choice == "maintenance" else []
    if after.ended:
        return sentences
    now, then = forecast(before, today), forecast(after, today)
    if then is not None and (now is None or then.sentence != now.sentence or then.goes_over):
        sentences.append(then.sentence)
    return sentences
