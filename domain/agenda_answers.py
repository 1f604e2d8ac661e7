"""Questions that need an answer: asked once more on the client's other channel, then given to the front desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.client import Channel
from domain.consent import consented
from domain.outgoing import AGAIN
from domain.state import OpenQuestion, PlanState
from domain.touchpoint import Touchpoint
from domain.wall_clock import shift

WITHOUT_REMINDERS = timedelta(hours=2)
SHORTEST_WAIT = timedelta(hours=1)
"""How long a client has at least before a person steps in, unless the visit itself begins before."""
SECOND = "second:"
"""Begins the key of a touchpoint that repeats the question of another one."""


def needs_answer(touchpoint: Touchpoint) -> bool:
    """Whether silence isn't enough: what is new before a visit, and whether a goal's benchmark was met."""
    if touchpoint.question == "screening_yes_no":
        return True
    return touchpoint.question in ("benchmark_yes_no", "pain_0_10") and touchpoint.goal_id is not None


def is_second_try(touchpoint: Touchpoint) -> bool:
    """Whether it repeats an open question on another channel."""
    return touchpoint.key.startswith(SECOND)


def unanswered(state: PlanState) -> Iterator[Touchpoint]:
    """What follows from silence, for every question that is open and needs its answer.

    Half of the time to its end is left for the second channel. A screening question ends at the visit's last reminder,
    where the plan wakes anyway; later, where that leaves no time to answer. Then a person asks. The benchmark question
    ends with a question to the therapist.
    """
    for question in state.questions:
        if question.touchpoint is None:
            continue
        ends_at = _ends_at(state, question)
        if other := _other_channel(state, question):
            yield question.touchpoint.model_copy(
                update={
                    "key": f"{SECOND}{question.key}",
                    "due_at": question.asked_at + (ends_at - question.asked_at) / 2,
                    "because": "no answer yet on the other channel",
                    "not_by": [channel for channel in ("sms", "email") if channel != other],
                }
            )
        if question.kind == "screening_yes_no":
            yield Touchpoint(
                key=f"unanswered:{question.key.removeprefix('screening:')}",
                kind="notice",
                audience="front_desk",
                template="desk_unanswered",
                due_at=ends_at,
                expires_at=question.expires_at,
                because="the health questions before the visit are unanswered",
                category="visit",
                any_hour=True,
                appointment_id=question.appointment_id,
            )


def _other_channel(state: PlanState, question: OpenQuestion) -> Channel | None:
    for channel in consented(state, question.asked_at):
        failed = f"{channel}{AGAIN}" in state.tried.get(question.key, [])
        if channel not in state.opted_out and channel != question.asked_by and not failed:
            return channel
    return None


def _ends_at(state: PlanState, question: OpenQuestion) -> datetime:
    visit = state.appointments.get(question.appointment_id or "")
    if visit is None or question.kind != "screening_yes_no":
        return question.expires_at
    last_reminder = min(state.policy.reminders, default=WITHOUT_REMINDERS)
    for before in (last_reminder, WITHOUT_REMINDERS):
        ends_at = shift(visit.starts_at, -before, state.zone)
        if ends_at - question.asked_at >= SHORTEST_WAIT:
            return ends_at
    return question.asked_at + (question.expires_at - question.asked_at) / 2
