"""Turns a touchpoint into the message to send: to whom, on which rung of the ladder, with which facts for its template.

The ladder of a touchpoint: text, then email, each where it may be used; where the fault was a passing one, the last
channel once more as a new message; then a task for the front desk.
"""

from datetime import datetime, timedelta

from domain.actions import SendMessage, Slot
from domain.calendar_changes import calendar_sequence
from domain.client import Channel
from domain.consent import consented
from domain.state import PlanState
from domain.touchpoint import Fact, Touchpoint

OPTED_OUT = "opted out"
"""What the sending activity says of a number that may not be written to."""
WINDOW_CLOSED = "outside the hours in which we write"
LOOKING_FOR_IT = "looking for it at the provider"
UNREACHABLE = "could not be reached"
BUSY = "the provider is busy"
PASSING_FAULTS = (UNREACHABLE, BUSY)
"""Causes of a failed delivery after which the same address may work a little later.

Source: facts/messaging.md, error codes: one delayed retry as a new message, if still useful.
"""
AGAIN = ":again"
TRY_AGAIN_AFTER = timedelta(minutes=30)


def message_for(
    state: PlanState, touchpoint: Touchpoint, now: datetime, rung: str | None = None, *, only_find: bool = False
) -> SendMessage | None:
    """The message for a touchpoint on `rung`, or on the first one that is left; None where there is none."""
    rung = rung or next_rung(state, touchpoint, now)
    if rung is None:
        return None
    channel: Channel = "email" if rung.startswith("email") else "sms"
    to_client = touchpoint.audience == "client"
    practice, client, therapist = state.practice, state.plan.client, state.plan.therapist
    return SendMessage(
        message_key=f"{state.plan_id}:{touchpoint.key}:{rung}",
        touchpoint_key=touchpoint.key,
        plan_id=state.plan_id,
        kind=touchpoint.kind,
        audience=touchpoint.audience,
        to=touchpoint.audience,
        channel=channel,
        address=client.address(channel) if to_client else therapist.address(channel),
        language=client.language if to_client else therapist.language,
        time_zone=state.zone if to_client else practice.time_zone,
        template=touchpoint.template,
        facts=_facts(state) | touchpoint.facts,
        because=touchpoint.because,
        category=touchpoint.category,
        any_hour=touchpoint.any_hour,
        safety=touchpoint.safety,
        about_opt_out=touchpoint.about_opt_out,
        due_at=touchpoint.due_at,
        expires_at=touchpoint.expires_at,
        window=state.policy.send_window,
        caps=state.policy.caps if to_client else None,
        decided_at=now,
        only_find=only_find,
        visit=_slot(state, touchpoint) if to_client and channel == "email" else None,
    )


def next_rung(state: PlanState, touchpoint: Touchpoint, now: datetime) -> str | None:
    """The first rung that may be used now and hasn't failed."""
    tried = state.tried.get(touchpoint.key, [])
    channels = usable_channels(state, touchpoint, now)
    rungs = [*channels, *(f"{channel}{AGAIN}" for channel in channels[-1:] if tried)]
    return next((rung for rung in rungs if rung not in tried), None)


def usable_channels(state: PlanState, touchpoint: Touchpoint, now: datetime) -> list[Channel]:
    """The channels on which its reader may be written to now, the preferred one first."""
    channels: list[Channel] = state.plan.therapist.channels()
    if touchpoint.audience == "client":
        free = touchpoint.safety or touchpoint.about_opt_out
        channels = [channel for channel in consented(state, now) if free or channel not in state.opted_out]
    left: list[Channel] = [channel for channel in channels if channel not in touchpoint.not_by]
    return left


def _slot(state: PlanState, touchpoint: Touchpoint) -> Slot | None:
    """The visit that the message is about, where the practice sends calendar files."""
    visit = state.appointments.get(touchpoint.appointment_id or "")
    if visit is None or not state.practice.email.calendar or touchpoint.kind != "reminder":
        return None
    if visit.status not in ("booked", "cancelled"):
        return None
    return Slot(
        appointment_id=visit.appointment_id,
        starts_at=visit.starts_at,
        ends_at=visit.starts_at + state.visit_length(),
        sequence=calendar_sequence(visit),
        cancelled=visit.status == "cancelled",
    )


def _facts(state: PlanState) -> dict[str, Fact]:
    """What every template may say."""
    plan, practice = state.plan, state.practice
    return {
        "practice": practice.name,
        "practice_phone": practice.phone,
        "first_name": plan.client.first_name,
        "therapist": plan.therapist.name,
    }
