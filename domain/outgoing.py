"""Turns a touchpoint into the message to send: to whom, on which channel, with which facts for its template."""

from domain.actions import SendMessage
from domain.client import Channel, Person
from domain.state import PlanState
from domain.touchpoint import Fact, Touchpoint


def message_for(state: PlanState, touchpoint: Touchpoint) -> SendMessage | None:
    """The message for a touchpoint, on the first channel that may be used, or None where there is none."""
    channel, person = _recipient(state, touchpoint)
    if channel is None:
        return None
    to_client = touchpoint.audience == "client"
    practice = state.practice
    client = state.plan.client
    return SendMessage(
        message_key=f"{state.plan_id}:{touchpoint.key}:{channel}",
        touchpoint_key=touchpoint.key,
        plan_id=state.plan_id,
        kind=touchpoint.kind,
        audience=touchpoint.audience,
        to=touchpoint.audience,
        channel=channel,
        address=client.address(channel) if to_client else person.address(channel),
        language=client.language if to_client else person.language,
        time_zone=state.zone if to_client else practice.time_zone,
        template=touchpoint.template,
        facts=_facts(state) | touchpoint.facts,
        because=touchpoint.because,
        category=touchpoint.category,
        any_hour=touchpoint.any_hour,
        safety=touchpoint.safety,
        due_at=touchpoint.due_at,
        expires_at=touchpoint.expires_at,
        window=state.policy.send_window,
        caps=state.policy.caps if to_client else None,
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


def _recipient(state: PlanState, touchpoint: Touchpoint) -> tuple[Channel | None, Person]:
    therapist = state.plan.therapist
    if touchpoint.audience != "client":
        return therapist.channels()[0], therapist
    allowed: list[Channel] = [c for c in state.plan.client.channels() if touchpoint.safety or c not in state.opted_out]
    return next(iter(allowed), None), therapist
