"""The script of a plan file: what happens while `simulate` plays it, as the file says it and with its times set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError, field_validator, model_validator

from domain.claim_events import CLAIM_EVENT_TYPES, OUTSIDE_CLAIM_EVENT, OutsideClaimEvent
from domain.client import Channel, Written
from domain.escalation import DecisionBody
from domain.events import OUTSIDE_EVENT, Changes, Choice, OutsideEvent
from domain.plain_errors import Finding, check, is_duration
from domain.wall_clock import shift

LONGEST = timedelta(days=3653)
"""How far after its start a script may reach."""
DAYS = frozenset({"on", "until", "due", "from", "denial", "letter", "mailing", "receipt", "stated_deadline", "dated"})
"""Fields of events that hold a day; in a script they may be durations after the start."""
_DURATION: TypeAdapter[timedelta] = TypeAdapter(timedelta)


class ScriptDecision(Written):
    """The therapist's answer to the plan's oldest open escalation."""

    choice: Choice
    reason: str = ""
    changes: Changes = Changes()

    def body(self) -> DecisionBody:
        """The decision as the therapist would send it."""
        return DecisionBody(choice=self.choice, by="therapist", reason=self.reason, changes=self.changes)


class ScriptStep(Written):
    """One step as the file says it: a time, and exactly one thing that happens then."""

    at: AwareDatetime | timedelta = Field(description="an aware time, or a duration after start on the client's clock")
    event: dict[str, Any] | None = Field(default=None, description="an event; event_id and occurred_at are filled in")
    reply: str | None = Field(default=None, min_length=1, description="what the client writes")
    channel: Channel = Field(default="sms", description="where the client writes it")
    claim: int = Field(default=1, ge=1, le=500, description="which claim of the plan an event of a claim is about")
    decide: ScriptDecision | None = None

    @field_validator("reply", mode="before")
    @classmethod
    def _text_as_written(cls, reply: Any) -> Any:
        """An answer such as 5 needs no quotes."""
        return str(reply).lower() if isinstance(reply, bool | int | float) else reply

    @field_validator("at")
    @classmethod
    def _within_the_plan(cls, at: datetime | timedelta) -> datetime | timedelta:
        if isinstance(at, timedelta) and at < timedelta(0):
            raise ValueError("lies before the plan's start; write PT0S or later")
        if isinstance(at, timedelta) and at > LONGEST:
            raise ValueError("lies more than ten years after the plan's start; write less")
        return at

    @model_validator(mode="after")
    def _one_thing(self) -> "ScriptStep":
        given = [name for name in ("event", "reply", "decide") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"holds {' and '.join(given) or 'nothing'}; write exactly one of event, reply, decide")
        if "channel" in self.model_fields_set and self.reply is None:
            raise ValueError("channel: belongs to a reply; remove it here")
        if "claim" in self.model_fields_set and not (self.event and is_about_claim(self.event)):
            raise ValueError("claim: belongs to an event of a claim; remove it here")
        return self


@dataclass(frozen=True)
class Step:
    """One step at its time. Exactly one of event, claim_event, reply and decide is there; `channel` is the reply's.

    `claim` says which of the plan's claims the event is about, counted from 1 in the order of their opening.
    """

    at: datetime
    event: OutsideEvent | None = None
    claim_event: OutsideClaimEvent | None = None
    claim: int = 1
    reply: str | None = None
    channel: Channel = "sms"
    decide: DecisionBody | None = None


def resolve(script: list[ScriptStep], start: datetime, zone: str) -> list[Step]:
    """The steps in order of time, file order where equal, for a plan that starts at `start`; `zone` is the client's."""
    steps = [_step(step, number, start, zone) for number, step in enumerate(script, 1)]
    return sorted(steps, key=lambda step: step.at)


def _step(step: ScriptStep, number: int, start: datetime, zone: str) -> Step:
    at = step.at if isinstance(step.at, datetime) else shift(start, step.at, zone)
    event = claim_event = None
    if step.event is not None:
        filled = _filled(step.event, number, at, start, zone)
        if is_about_claim(step.event):
            claim_event = OUTSIDE_CLAIM_EVENT.validate_python(filled)
        else:
            event = OUTSIDE_EVENT.validate_python(filled)
    return Step(
        at=at,
        event=event,
        claim_event=claim_event,
        claim=step.claim,
        reply=step.reply,
        channel=step.channel,
        decide=step.decide.body() if step.decide else None,
    )


def is_about_claim(event: dict[str, Any]) -> bool:
    """Whether this event of a script is told to a claim and not to the plan."""
    return event.get("type") in CLAIM_EVENT_TYPES


def _filled(event: dict[str, Any], number: int, at: datetime, start: datetime, zone: str) -> dict[str, Any]:
    written = {name: _value(name, value, start, zone) for name, value in event.items() if value is not None}
    return {"event_id": f"script-{number}", "occurred_at": at} | written


def _value(name: str, value: Any, start: datetime, zone: str) -> Any:
    """Durations after start become times, a written yes or no of a measurement becomes one; all else stays."""
    if name.endswith("_at") and is_duration(value):
        return _after(start, value, zone)
    if name in DAYS and is_duration(value):
        moment = _after(start, value, zone)
        return moment.astimezone(ZoneInfo(zone)).date() if isinstance(moment, datetime) else moment
    if name == "value" and isinstance(value, str) and value.lower() in ("yes", "no"):
        return value.lower() == "yes"
    if isinstance(value, dict):
        return {key: _value(key, part, start, zone) for key, part in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return [_value("", part, start, zone) for part in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def _after(start: datetime, duration: str, zone: str) -> datetime | str:
    """The time so long after the start, or the text as it is where no calendar reaches that far."""
    try:
        return shift(start, _DURATION.validate_python(duration), zone)
    except (ValidationError, OverflowError):
        return duration


def script_findings(script: Any, goals: set[str] | None, start: datetime, zone: str) -> Iterator[Finding]:
    """What is wrong inside the events of a script as written: fields, and measured goals that the plan never has.

    `goals` are the ids of the plan's goals, or None while the plan itself can't be read.
    """
    steps = _listed(script)
    known = (goals or set()).union(*(_new_goal_ids(step) for step in steps))
    for number, step in enumerate(steps):
        event = cast("dict[str, Any]", step).get("event") if isinstance(step, dict) else None
        if not isinstance(event, dict):
            continue
        place = ("script", number, "event")
        filled = _filled(cast("dict[str, Any]", event), number + 1, start, start, zone)
        if is_about_claim(filled):
            yield from check(filled, OUTSIDE_CLAIM_EVENT, OutsideClaimEvent, place)[1]
            continue
        checked, found = check(filled, OUTSIDE_EVENT, OutsideEvent, place)
        yield from found
        for path, goal in _measured(checked):
            if goals is not None and goal not in known:
                yield Finding((*place, *path), f"is no goal of this plan; its goals are {', '.join(sorted(known))}")


def _listed(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def _part(value: Any, name: str) -> dict[str, Any]:
    """The fields under `name`, or none where the file says something else there."""
    part = cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None
    return cast("dict[str, Any]", part) if isinstance(part, dict) else {}


def _new_goal_ids(step: Any) -> set[str]:
    """Goals that a decision or a plan change of this step brings in."""
    goals = [_part(_part(_part(step, name), "changes"), "goal") for name in ("decide", "event")]
    return {str(goal["id"]) for goal in goals if "id" in goal}


def _measured(event: OutsideEvent | None) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if event is None:
        return
    if event.type == "session_completed":
        yield from ((("measures", place, "goal"), measure.goal) for place, measure in enumerate(event.measures))
    elif event.type == "measure_recorded":
        yield ("measure", "goal"), event.measure.goal
    elif event.type == "value_marked":
        yield ("goal",), event.goal
