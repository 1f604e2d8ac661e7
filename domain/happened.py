"""What every event carries: the sender's id, which counts once, and when it happened."""

from typing import Any

from pydantic import AwareDatetime, Field

from domain.client import Model


class Happened(Model):
    """Something that happened to a plan."""

    event_id: str = Field(min_length=1, max_length=100)
    occurred_at: AwareDatetime


OF_A_PAGE = "page-"
"""How ids begin that our own forms make."""


def same_content(stored: Any, event: Any) -> bool:
    """Whether two events of one id say the same. Of a form sent twice only the moment of the click may differ."""
    if event.event_id.startswith(OF_A_PAGE) and type(stored) is type(event):
        event = event.model_copy(update={"occurred_at": stored.occurred_at})
    return stored == event
