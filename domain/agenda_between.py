"""Touchpoints between visits: homework on the plan's rhythm, maintenance, and the one review request."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.agenda_sessions import more_sessions_planned
from domain.state import PlanState
from domain.touchpoint import Touchpoint
from domain.wall_clock import shift

HALF_A_DAY = timedelta(hours=12)
WEEK = timedelta(days=7)


def between_visits(state: PlanState) -> Iterator[Touchpoint]:
    """Homework while treatment goes on; the maintenance rhythm after it; the review request in between."""
    if state.status == "active":
        yield from _homework(state)
    if state.status == "maintenance":
        yield from _maintenance(state)
    yield from _review_request(state)


def _homework(state: PlanState) -> Iterator[Touchpoint]:
    if not state.policy.homework_reminders or not more_sessions_planned(state, len(state.sessions)):
        return
    for index, item in enumerate(state.plan.homework):
        if item.remind:
            nth = state.occurrences.get(f"homework:{index}", 0) + 1
            due_at = shift(homework_since(state), nth * item.every, state.zone)
            yield Touchpoint(
                key=f"homework:{index}:{state.homework_version}:{nth}",
                kind="homework",
                audience="client",
                template="homework",
                facts={"homework_item": f"{item.what}, {item.note}" if item.note else item.what},
                due_at=due_at,
                expires_at=due_at + min(item.every, HALF_A_DAY),
                because="homework is reminded on the plan's rhythm",
            )


def homework_since(state: PlanState) -> datetime:
    """When today's homework began; its rhythm counts from there."""
    return state.homework_since or state.started_at


def _maintenance(state: PlanState) -> Iterator[Touchpoint]:
    """One nudge per spacing while nothing is booked; that is what a maintenance plan asks for."""
    if state.maintenance_since is None or state.booked():
        return
    last_visit_at = max((session.ends_at for session in state.sessions), default=state.maintenance_since)
    nth = state.occurrences.get("maintenance", 0) + 1
    due_at = shift(max(last_visit_at, state.maintenance_since), nth * state.plan.dosage.spacing, state.zone)
    yield Touchpoint(
        key=f"maintenance:{int(state.maintenance_since.timestamp())}:{len(state.sessions)}:{nth}",
        kind="maintenance",
        audience="client",
        template="maintenance_rebook",
        facts={"spacing": state.plan.dosage.spacing},
        due_at=due_at,
        expires_at=due_at + WEEK,
        because="the maintenance plan's next visit isn't booked",
        category="visit",
        question="rebook",
    )


def _review_request(state: PlanState) -> Iterator[Touchpoint]:
    if state.review_after is None or not state.policy.review_request:
        return
    url = state.practice.review_url
    yield Touchpoint(
        key="review_request",
        kind="review_request",
        audience="client",
        template="review_request" if url else "review_request_no_link",
        facts={"url": url} if url else {},
        due_at=state.review_after,
        expires_at=state.review_after + WEEK,
        because="the goals were met",
    )
