"""What may happen to a plan: everything that its doors let in, and everything that comes back from what it does."""

from typing import Any, get_args

from domain.call_script import QUESTION_IDS
from domain.escalation import DecisionBody
from domain.events import AppointmentBooked, OutsideEvent, SessionCompleted
from tests.fuzz.plans import GOALS, NAMED, PAPERS, POOLS, VISITS, Named, one_of
from tests.fuzz.values import Moment

REPLIES = (
    "yes", "no", "1", "5", "4 but I have had chills and fever", "STOP", "START", "help", "C", "R", "cancel", "ok",
    "I have chest pain and I can not breathe", "tomorrow at 5.15", "si", "no puedo", "10", "7/10", "thanks",
    "I want to die", "who is this?", "👍", "maybe", "yes please call me", "2, and my arm is numb", "", " ", "\x00",
    "a" * 3000, "yes " * 300, "1" * 400, "٣", "５", "½", "1e309", "9" * 5000, "-1", "0",
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz 0123456789.,!?'\n-/:%$ñé👍\u200b"

NAMED_HERE: Named = {
    **NAMED,
    "event_id": lambda moment: moment.among(f"e{moment.tape.number(200)}"),
    "occurred_at": lambda moment: moment.time(-24 * 400, 24) if moment.tape.one_in(10) else moment.time(-3, 0),
    "starts_at": lambda moment: moment.time(-48, 24 * 21),
    "booked_at": lambda moment: moment.time(-48, 0),
    "appointment_id": one_of(*VISITS),
    "Measurement.goal": one_of(*GOALS),
    "ValueMarked.goal": one_of(*GOALS),
    "value": lambda moment: moment.among(7, 3, True, False, 0, 5.5, wild=(1e308, float("inf"), float("nan"), "ten")),
    "session": lambda moment: moment.among(1, 2, 3, wild=(0, 10**30, -1)),
    "pool": one_of(*POOLS),
    "Authorization.id": one_of(*PAPERS),
    "VisitsUsedElsewhere.year": lambda moment: moment.among(2026, 2027, wild=(2000, 2200, 1999, 10**30)),
    "answers": lambda moment: {moment.tape.pick(sorted(QUESTION_IDS)): moment.among("yes", "20")},
    "touchpoint": lambda moment: moment.known("touchpoint", moment.tape.number(6)),
    "by": one_of("Maya", "Robin"),
    "choice": one_of("continue", "modify", "new_goal", "maintenance", "refer_out"),
}
KINDS = get_args(OutsideEvent)
ENDS = ("PlanEnded", "PlanPaused")


def event(moment: Moment) -> dict[str, Any]:
    """An event as another program sends it; visits are booked and take place more often than anything else happens."""
    if moment.tape.yes():
        return moment.model(moment.tape.pick([AppointmentBooked, SessionCompleted]))
    kind = moment.tape.pick(KINDS)
    return moment.model(kind if kind.__name__ not in ENDS or moment.tape.yes() else SessionCompleted)


def decision(moment: Moment) -> dict[str, Any]:
    """A person's answer to a question."""
    return moment.model(DecisionBody)


def reply(moment: Moment) -> str:
    """What a client writes: what is often written, or any letters."""
    if moment.tape.yes():
        return "".join(moment.tape.pick(LETTERS) for _ in range(moment.tape.number(40)))
    return moment.tape.pick(REPLIES)
