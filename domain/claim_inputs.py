"""What a claim's workflow is started with, and carries into its next run. New fields always have defaults."""

from pydantic import AwareDatetime, BaseModel

from domain.actions import OpenClaim
from domain.claim import ClaimState
from domain.claim_events import ClaimFresh
from domain.policy import Practice


class ClaimInput(BaseModel):
    """A claim's state, the events not yet judged, the ids of the last events taken in, and since when judging fails."""

    state: ClaimState
    inbox: list[ClaimFresh] = []
    seen: list[str] = []
    continue_after_events: int = 2000
    failing_since: AwareDatetime | None = None


class ClaimOpening(BaseModel):
    """A claim that a plan opens, with the practice whose rules and people it goes by."""

    opened: OpenClaim
    practice: Practice
