"""Short stories: a plan, a script and a practice, lived through by `simulate` in this process."""

from datetime import datetime
from typing import Any

from domain.plan import TreatmentPlan
from domain.plan_file import PlanFile
from domain.policy import Practice
from domain.script import ScriptStep
from domain.wording import Wording
from programs.simulate import Story, simulate

Lines = list[dict[str, str]]


async def lived(plan: TreatmentPlan, practice: Practice, start: str, *script: dict[str, Any]) -> "Lived":
    """The plan from its start, an aware time, through its script."""
    steps = [ScriptStep.model_validate(step) for step in script]
    file = PlanFile(plan, datetime.fromisoformat(start), steps)
    return Lived(await simulate(file, practice, Wording.load(), "the story"))


def booked(at: str, visit: str, starts_at: str) -> dict[str, Any]:
    return {"at": at, "event": {"type": "appointment_booked", "appointment_id": visit, "starts_at": starts_at}}


def completed(at: str, visit: str, **values: Any) -> dict[str, Any]:
    measures = [{"goal": goal, "value": value} for goal, value in values.items()]
    return {"at": at, "event": {"type": "session_completed", "appointment_id": visit, "measures": measures}}


def reply(at: str, text: str) -> dict[str, Any]:
    return {"at": at, "reply": text}


def decide(at: str, choice: str) -> dict[str, Any]:
    return {"at": at, "decide": {"choice": choice}}


class Lived:
    """What came of it. Times are told to the minute, as `2026-03-07 10:00 -05:00`: a busy machine is seconds late."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.lines: Lines = story.timeline

    def sent(self, to: str = "client", kind: str | None = None) -> list[tuple[str, str]]:
        """When each message went, and its text."""
        return [
            (minute(line), line["text"])
            for line in self.lines
            if line["direction"] == "out" and line["to"] == to and kind in (None, line["kind"])
        ]

    def times(self, to: str = "client", kind: str | None = None) -> list[str]:
        return [at for at, _ in self.sent(to, kind)]

    def noted(self, kind: str) -> list[tuple[str, str]]:
        """The lines of that kind that are no message."""
        return [
            (minute(line), line["text"]) for line in self.lines if line["direction"] == "none" and line["kind"] == kind
        ]

    def told(self) -> str:
        return "\n".join(f"{minute(line)} {line}" for line in self.lines)


def minute(line: dict[str, str]) -> str:
    at = line["at"]
    return f"{at[:10]} {at[11:16]} {at[19:]}"
