"""Visits that are long over leave the state, with the keys of what was said about them."""

from datetime import timedelta

from domain.judgement import Judgement

KEEP_CLOSED_VISITS = timedelta(days=120)
ABOUT_VISITS = (
    "reminder",
    "screening",
    "unanswered",
    "calendar",
    "outcome",
    "no_show",
    "feedback",
    "rebook",
    "overbooked",
)
"""Kinds of touchpoints whose key names a visit first."""


def forget_closed_visits(judgement: Judgement) -> None:
    """Visits that are long over, and their keys, leave the state; their lines stay in the records."""
    state = judgement.state
    for visit in list(state.appointments.values()):
        if visit.status != "booked" and visit.starts_at < judgement.now - KEEP_CLOSED_VISITS:
            if state.sessions and state.sessions[-1].appointment_id == visit.appointment_id:
                continue  # what follows the last session still hangs on it
            del state.appointments[visit.appointment_id]
            gone = visit.appointment_id
            state.done = {key: how for key, how in state.done.items() if not _is_about_visit(key, gone)}
            state.tried = {key: rungs for key, rungs in state.tried.items() if not _is_about_visit(key, gone)}


def _is_about_visit(key: str, appointment_id: str) -> bool:
    kind, *rest = key.split(":")
    if kind == "measure":
        return rest[1:] == [appointment_id]
    if kind == "second":
        return _is_about_visit(":".join(rest), appointment_id)
    return kind in ABOUT_VISITS and rest[:1] == [appointment_id]
