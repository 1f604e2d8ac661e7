"""What was true when a provider was called: every event that the records held by then, read by plain rules."""

from datetime import datetime, timedelta

from domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    ClientMissedVisit,
    ClientReplied,
    ConversationReleased,
    ConversationTaken,
    DecisionMade,
    Event,
    PlanEnded,
    PlanPaused,
    PlanResumed,
    SessionCompleted,
    StaffWrote,
)
from tests.sending.ledger import Call, Ledger, Stored

EMERGENCY = "I have chest pain"
ON_ITS_WAY = timedelta(seconds=10)
HOLD = timedelta(hours=2)
About = AppointmentBooked | AppointmentMoved | AppointmentCancelled | SessionCompleted | ClientMissedVisit


def known(ledger: Ledger, call: Call) -> list[Event]:
    """What the plan's records held when the call was made.

    Left out is what was stored some seconds before the judgement and was still being handed over when it was made:
    the records can't tell it from what the judgement saw.
    """
    return [one.event for one in known_as_stored(ledger, call)]


def known_as_stored(ledger: Ledger, call: Call) -> list[Stored]:
    """The same, with when each was stored."""
    decided_at = call.message.decided_at or call.at
    return [
        one
        for one in ledger.stored
        if one.plan_id == call.message.plan_id
        and one.order < call.order
        and not one.refused
        and not (decided_at - ON_ITS_WAY <= one.at <= decided_at and (one.judged is None or one.judged > call.order))
    ]


def standing(events: list[Event], visit: str) -> datetime | None:
    """When the visit is to take place, None if it isn't. The word spoken last counts; what is over stays so."""
    stands: datetime | None = None
    spoken_at: datetime | None = None
    for event in events:
        if not isinstance(event, About) or event.appointment_id != visit:
            continue
        if isinstance(event, SessionCompleted | ClientMissedVisit):
            return None
        if spoken_at is not None and event.occurred_at < spoken_at:
            continue
        spoken_at = event.occurred_at
        stands = event.starts_at if isinstance(event, AppointmentBooked | AppointmentMoved) else None
    return stands


def is_ended(events: list[Event]) -> bool:
    """Whether the therapist has ended the plan."""
    return any(isinstance(event, PlanEnded) for event in events)


def is_paused(events: list[Event]) -> bool:
    """Whether the last word about pausing is a pause."""
    words = [event for event in events if isinstance(event, PlanPaused | PlanResumed)]
    words.sort(key=lambda event: event.occurred_at)
    return bool(words) and isinstance(words[-1], PlanPaused)


def is_held(events: list[Event]) -> bool:
    """Whether the client wrote of an emergency and nobody has decided anything since."""
    held = False
    for event in events:
        if isinstance(event, ClientReplied) and event.text == EMERGENCY:
            held = True
        elif isinstance(event, DecisionMade):
            held = False
    return held


def is_in_conversation(ledger: Ledger, call: Call) -> bool:
    """Whether a person took the conversation less than two hours before, at least, and hasn't left it since."""
    began: datetime | None = None
    for stored in known_as_stored(ledger, call):
        if isinstance(stored.event, ConversationTaken | StaffWrote):
            began = stored.at
        elif isinstance(stored.event, ConversationReleased):
            began = None
    return began is not None and call.at < began + HOLD
