"""Keeps the client's calendar true: a visit that was moved or cancelled after its invitation went is told by mail."""

from domain.actions import Slot
from domain.judgement import Judgement
from domain.state import Appointment, PlanState


def note_invitation(state: PlanState, slot: Slot) -> None:
    """The client's calendar holds this version of the visit from now on."""
    state.appointments[slot.appointment_id].invited = slot.sequence


def owe_calendar_changes(judgement: Judgement) -> None:
    """Owe a mail for every visit whose invitation has become untrue; an older change not yet sent gives way.

    A plan that has ended says nothing more, about its visits neither.
    """
    if judgement.state.ended:
        return
    for visit in judgement.state.appointments.values():
        if visit.invited is None or visit.status not in ("booked", "cancelled"):
            continue
        _drop_older(judgement, visit)
        if visit.invited < calendar_sequence(visit):
            moved = visit.status == "booked"
            judgement.owe(
                _key(visit),
                "reminder",
                "visit_moved" if moved else "visit_cancelled",
                "the visit was moved" if moved else "the visit was cancelled",
                facts={"when": visit.starts_at},
                category="visit",
                appointment_id=visit.appointment_id,
                not_by=["sms"],
            )


def calendar_sequence(visit: Appointment) -> int:
    """The SEQUENCE of RFC 5545: each time of a visit has two, one for the invitation and the next for its end."""
    return 2 * (visit.version - 1) + (visit.status == "cancelled")


def _drop_older(judgement: Judgement, visit: Appointment) -> None:
    state, about = judgement.state, f"calendar:{visit.appointment_id}:"
    state.notices = [
        notice for notice in state.notices if not notice.key.startswith(about) or notice.key == _key(visit)
    ]


def _key(visit: Appointment) -> str:
    return f"calendar:{visit.appointment_id}:{calendar_sequence(visit)}"
