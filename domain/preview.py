"""Every message of a plan with its date and time, before it starts: visits as the plan would have them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.agenda import agenda
from domain.events import AppointmentBooked, SessionCompleted
from domain.judgement import Judgement
from domain.outgoing import message_for
from domain.plan_file import PlanFile
from domain.policy import Practice
from domain.state import PlanState, new_state
from domain.take_visits import take_schedule, take_session
from domain.touchpoint import Touchpoint
from domain.wall_clock import shift
from domain.wording import Wording

OPEN_ENDED_SHOWN = 6
"""An open-ended plan is shown for this many sessions."""


@dataclass(frozen=True)
class Preview:
    """What would be sent, in order of time, and what the therapist should look at again."""

    plan_id: str
    messages: list[dict[str, str]]
    warnings: list[str]

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {"plan_id": self.plan_id, "messages": self.messages, "warnings": self.warnings}


def preview(file: PlanFile, practice: Practice, wording: Wording, now: datetime) -> Preview:
    """The messages of a plan in which every visit takes place as the plan wants it and no answer changes anything."""
    start = file.start_after(now)
    judgement = Judgement(new_state(file.plan.plan_id or "preview", file.plan, practice, start), start)
    planned = file.plan.dosage.sessions
    found: dict[str, Touchpoint] = {}
    for number in range(OPEN_ENDED_SHOWN if planned == "open" else planned):
        _collect(judgement.state, found)
        _play_session(judgement, number, start, found)
    _collect(judgement.state, found)
    owed = sorted(found.values(), key=lambda touchpoint: touchpoint.due_at)
    messages = [line for touchpoint in owed if (line := _line(judgement.state, touchpoint, wording))]
    return Preview(judgement.state.plan_id, messages, file.plan.warnings())


def _play_session(judgement: Judgement, number: int, start: datetime, found: dict[str, Touchpoint]) -> None:
    state = judgement.state
    visit = f"session-{number + 1}"
    starts_at = shift(start, (number + 1) * state.plan.dosage.spacing, state.zone)
    booked_at = state.sessions[-1].ends_at if state.sessions else start
    take_schedule(
        judgement,
        AppointmentBooked(event_id=f"b{number}", occurred_at=booked_at, appointment_id=visit, starts_at=starts_at),
    )
    _collect(state, found)
    ends_at = starts_at + state.visit_length()
    take_session(judgement, SessionCompleted(event_id=f"c{number}", occurred_at=ends_at, appointment_id=visit))


def _collect(state: PlanState, found: dict[str, Touchpoint]) -> None:
    """Keep what is owed to the client now. A nudge to book is left out: the next visit is taken as booked."""
    for touchpoint in agenda(state):
        if touchpoint.audience == "client" and touchpoint.kind != "rebook":
            found.setdefault(touchpoint.key, touchpoint)


def _line(state: PlanState, touchpoint: Touchpoint, wording: Wording) -> dict[str, str] | None:
    message = message_for(state, touchpoint, touchpoint.due_at)
    if message is None:
        return None
    words = wording.render(
        message.template,
        language=message.language,
        channel=message.channel,
        facts=message.facts,
        zone=message.time_zone,
    )
    return {
        "at": touchpoint.due_at.astimezone(ZoneInfo(state.zone)).isoformat(timespec="seconds"),
        "kind": touchpoint.kind,
        "channel": message.channel,
        "to": "client",
        "text": words.text,
        "because": touchpoint.because,
    }
