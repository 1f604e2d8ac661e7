"""Ends a plan for the reason that was given, with the closing words that fit it, or with none."""

from domain.events import EndReason, PlanEnded
from domain.judgement import Judgement
from domain.take_changes import end_plan
from domain.take_death import settle_death, stop_for_death, withdraw_for_death

BECAUSE: dict[EndReason, str] = {
    "completed": "the plan was completed",
    "moved": "the client has moved away",
    "referred": "the client goes on with somebody else",
    "deceased": "the client has died",
    "other": "the practice ended the plan",
}
_CLOSING: dict[EndReason, str] = {"moved": "plan_closed", "referred": "plan_closed", "other": "plan_closed"}
"""Who goes elsewhere isn't thanked for a plan that is complete."""


def take_end(judgement: Judgement, event: PlanEnded) -> None:
    """The plan is over. Of a client who has died nothing is said, and what was under way is dropped."""
    end_plan(judgement, closing_template(event), _because(event))
    if event.why == "deceased":
        stop_for_death(judgement, BECAUSE["deceased"])
        withdraw_for_death(judgement, BECAUSE["deceased"])
    settle_death(judgement)


def closing_template(event: PlanEnded) -> str | None:
    """The closing message that fits; None where nothing is said."""
    if event.says_nothing:
        return None
    return _CLOSING.get(event.why, "discharge") if event.why else "discharge"


def _because(event: PlanEnded) -> str:
    words = BECAUSE[event.why] if event.why else event.reason or "the therapist ended the plan"
    return f"{words}: {event.note}" if event.note else words
