"""What every reply may lead to: a fixed answer to the client, and a task that quotes their words."""

from typing import Any

from domain.actions import AddDeskTask
from domain.conversation import is_taken
from domain.judgement import Judgement
from domain.opted_out import for_staff
from domain.touchpoint import Kind

SHARED = "This phone is shared by several clients: find out who wrote."


def acknowledge(judgement: Judgement, key: str, kind: Kind, template: str, because: str, **other: Any) -> None:
    """Answer the client in fixed words, unless a person is in the conversation and answers themselves."""
    state = judgement.state
    if not is_taken(state, judgement.now) and not state.death_reported:
        judgement.owe(f"ack:{key}", kind, template, because, any_hour=True, **other)


def how_to_reach(judgement: Judgement) -> list[str]:
    """The client's name, number and address, for whoever must phone them."""
    client = judgement.state.plan.client
    ways = [way for way in (client.phone, client.email) if way]
    return [for_staff(judgement.state, f"{client.name}: {', '.join(ways)}.")]


def has_task(judgement: Judgement, key: str) -> bool:
    """Whether this judgement gives the front desk the task of this key."""
    whole = f"{judgement.state.plan_id}:{key}"
    return any(isinstance(action, AddDeskTask) and action.key == whole for action in judgement.actions)
