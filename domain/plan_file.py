"""The plan file and the practice file, from text or JSON to checked models.

A file is taken whole or refused whole, with everything that is wrong in it: line, field and what to write instead.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from domain.bounds import AT_THE_DOOR, MANY
from domain.client import TimeZone
from domain.errors import Problem, Refused
from domain.plain_errors import Finding, check
from domain.plan import TreatmentPlan
from domain.policy import Practice
from domain.script import ScriptStep, Step, resolve, script_findings
from domain.wall_clock import shift
from domain.yaml_lines import WHOLE_FILE, Lines, dotted, read_yaml

MORNING = time(9)
"""When a plan starts that names no start, on the client's clock."""
DEEPEST = 20
"""Levels of a file; the deepest field of a plan stands on the eighth."""
_SOME_START = datetime(2026, 1, 5, 17, tzinfo=UTC)
"""Stands in for a missing `start` while a script is checked; only the forms of its times matter then."""
_ZONE: TypeAdapter[str] = TypeAdapter(TimeZone)


class FlatPlanFile(TreatmentPlan):
    """The plan file as it is written: the plan's own fields, a start and a script, all on one level."""

    start: AwareDatetime | None = Field(default=None, description="when the plan starts; for simulate")
    script: Annotated[list[ScriptStep], MANY] = Field(default=[], description="what happens meanwhile; for simulate")


_FLAT: TypeAdapter[FlatPlanFile] = TypeAdapter(Annotated[FlatPlanFile, AT_THE_DOOR])
_PRACTICE: TypeAdapter[Practice] = TypeAdapter(Annotated[Practice, AT_THE_DOOR])


@dataclass(frozen=True)
class PlanFile:
    """A checked plan file. `script` is in file order and as written; `steps` sets its times."""

    plan: TreatmentPlan
    start: datetime | None = None
    script: list[ScriptStep] = field(default_factory=list[ScriptStep])

    def start_after(self, now: datetime) -> datetime:
        """The file's own start, else the next 9:00 on the client's clock that is later than `now`."""
        if self.start is not None:
            return self.start
        local = now.astimezone(ZoneInfo(self.plan.client.time_zone))
        today = datetime.combine(local.date(), MORNING, local.tzinfo)
        return today if today > now else shift(today, timedelta(days=1), self.plan.client.time_zone)

    def steps(self, start: datetime) -> list[Step]:
        """The script for a plan that starts at `start`, in order of time, file order where equal.

        Durations run on the client's wall clock: P7D is the same hour a week later, also when the clocks change.
        """
        return resolve(self.script, start, self.plan.client.time_zone)


def read_plan(text: str, source: str, practice: Practice | None = None) -> PlanFile:
    """The plan file in `text`, YAML or JSON. `source` names it in errors. Raises Refused with every problem.

    With a practice, the plan's follow-up is also checked as laid over the practice's.
    """
    data, lines = read_yaml(text, source)
    return _plan_file(data, source, lines, practice)


def plan_from_json(data: Any, source: str = "request") -> PlanFile:
    """The plan file in parsed JSON, as an API receives it. Raises Refused with every problem."""
    return _plan_file(data, source, Lines(), None)


def read_practice(text: str, source: str) -> Practice:
    """The practice file in `text`, YAML or JSON. Raises Refused with every problem."""
    data, lines = read_yaml(text, source)
    return _practice(data, source, lines)


def practice_from_json(data: Any, source: str = "request") -> Practice:
    """The practice file in parsed JSON. Raises Refused with every problem."""
    return _practice(data, source, Lines())


def _practice(data: Any, source: str, lines: Lines) -> Practice:
    practice, found = check(_fields(data, source, "name"), _PRACTICE, Practice)
    if practice is None:
        raise _refusal(found, source, lines)
    return practice


def _plan_file(data: Any, source: str, lines: Lines, practice: Practice | None) -> PlanFile:
    fields = _fields(data, source, "client")
    flat, found = check(fields, _FLAT, FlatPlanFile)
    goals = {goal.id for goal in flat.goals} if flat else None
    start = (flat.start if flat else None) or _SOME_START
    found += script_findings(fields.get("script"), goals, start, _zone_of(fields))
    found += _too_early(flat)
    found += _against_practice(flat, practice)
    if flat is None or found:
        raise _refusal(found, source, lines)
    own = {name: value for name, value in fields.items() if name not in ("start", "script")}
    return PlanFile(TreatmentPlan.model_validate(own), flat.start, flat.script)


def _fields(data: Any, source: str, first: str) -> dict[str, Any]:
    if data is None:
        raise Refused(source, [Problem(WHOLE_FILE, f'is empty; begin with "{first}:"')])
    if not isinstance(data, dict):
        raise Refused(source, [Problem(WHOLE_FILE, f'has no fields; begin with "{first}:" and write name: value', 1)])
    _refuse_what_is_no_plan(data, source)
    return data  # pyright: ignore[reportUnknownVariableType]


def _refuse_what_is_no_plan(data: Any, source: str) -> None:
    """Halves of characters can't be stored, and what is nested without end can't be walked."""
    layer: list[Any] = [data]
    for _ in range(DEEPEST):
        texts = [part for part in layer if isinstance(part, str)]
        if any("\ud800" <= letter <= "\udfff" for text in texts for letter in text):
            raise Refused(source, [Problem(WHOLE_FILE, "holds a character that isn't text; remove it")])
        layer = [inner for part in layer for inner in _inside(part)]
        if not layer:
            return
    raise Refused(source, [Problem(WHOLE_FILE, "is nested too deeply to be a plan; take some of the levels away")])


def _inside(part: Any) -> list[Any]:
    if isinstance(part, dict):
        return [*part.keys(), *part.values()]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]
    return list(part) if isinstance(part, list) else []  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _zone_of(fields: dict[str, Any]) -> str:
    client: Any = fields.get("client")
    try:
        return _ZONE.validate_python(client.get("time_zone") if isinstance(client, dict) else None)  # pyright: ignore[reportUnknownMemberType]
    except ValidationError:
        return "UTC"


def _too_early(flat: FlatPlanFile | None) -> list[Finding]:
    if flat is None or flat.start is None:
        return []
    return [
        Finding(("script", number, "at"), "lies before the plan's start; write a later time or move start")
        for number, step in enumerate(flat.script)
        if isinstance(step.at, datetime) and step.at < flat.start
    ]


def _against_practice(flat: FlatPlanFile | None, practice: Practice | None) -> list[Finding]:
    if flat is None or practice is None:
        return []
    try:
        practice.policy(flat.follow_up)
    except ValidationError as error:
        texts = [detail["msg"].removeprefix("Value error, ") for detail in error.errors()]
        return [Finding(("follow_up",), f"doesn't go with the practice's follow-up: {text}") for text in texts]
    return []


def _refusal(found: list[Finding], source: str, lines: Lines) -> Refused:
    problems = [Problem(dotted(finding.path), finding.fix, lines.of(finding.path)) for finding in found]
    return Refused(source, sorted(dict.fromkeys(problems), key=lambda problem: problem.line or 0))
