"""A person's hand on what is coming up: one message less, or one sooner."""

from domain.agenda import agenda
from domain.carry_out import close
from domain.errors import EventRefused
from domain.events import TouchpointHurried, TouchpointSkipped
from domain.judgement import Judgement
from domain.state import PlanState
from domain.touchpoint import Touchpoint


def check_control(state: PlanState, event: TouchpointSkipped | TouchpointHurried) -> None:
    """Raise EventRefused where the plan doesn't owe this, or where it isn't for a person to skip or hurry."""
    touchpoint = _owed(state, event.touchpoint)
    if touchpoint is None:
        raise EventRefused(f"the plan doesn't owe '{event.touchpoint}' (any more); look at what is coming up")
    if isinstance(event, TouchpointSkipped) and (touchpoint.safety or touchpoint.about_opt_out):
        raise EventRefused("this message answers an emergency or an opt-out and can't be skipped")
    if isinstance(event, TouchpointHurried) and touchpoint.audience != "client":
        # What it says becomes true only with time: that nothing was recorded, or that nobody answered.
        raise EventRefused("this is no message to the client; it comes by itself when it is due")


def take_skip(judgement: Judgement, event: TouchpointSkipped) -> None:
    """It is never sent. One of a series makes room for the next."""
    touchpoint = _owed(judgement.state, event.touchpoint)
    if touchpoint is None or touchpoint.safety or touchpoint.about_opt_out:
        judgement.write("event", f"{event.by} skipped a message that was no longer to come.")
        return
    close(judgement, touchpoint, "skipped")
    words = touchpoint.template.replace("_", " ")
    judgement.write("dropped", f"Not sent: {words}.", because=f"{event.by} skipped it")


def take_hurry(judgement: Judgement, event: TouchpointHurried) -> None:
    """It is due now, whatever it waited for; the hours and the caps are looked at when it is sent."""
    state, key = judgement.state, event.touchpoint
    touchpoint = _owed(state, key)
    if touchpoint is None or touchpoint.audience != "client":
        judgement.write("event", f"{event.by} wanted a message sent now that was no longer to come.")
        return
    state.hurried[key] = judgement.now
    state.deferred.pop(key, None)
    state.waits.pop(key, None)
    judgement.write("event", f"{event.by} sends a message now: {touchpoint.template.replace('_', ' ')}.")


def _owed(state: PlanState, key: str) -> Touchpoint | None:
    return next((touchpoint for touchpoint in agenda(state) if touchpoint.key == key), None)
