"""What every event carries: the sender's id, which counts once, and when it happened."""

from pydantic import AwareDatetime, Field

from domain.client import Model


class Happened(Model):
    """Something that happened to a plan."""

    event_id: str = Field(min_length=1, max_length=100)
    occurred_at: AwareDatetime
