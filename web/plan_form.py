"""A treatment plan as a form: what was typed becomes the data of a plan file, and a plan becomes what stands typed.

Fields are named by the plan file's own paths (client.phone, goals.0.baseline), so that what the file's check finds
wrong stands beside its field without a table between them.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter

from domain.errors import Refused
from domain.measures import CATALOGUE
from domain.plain_errors import plain_number
from web.form_parts import sentence
from web.languages import Language, current, gettext, marked, told

MOST_ROWS = 12
QUESTION = ""
"""The choice of measure that means a yes/no question."""
OPEN: dict[Language, str] = {"en": "open", "es": "abierto"}
"""The word for a plan without a last session; each counts in every language."""
_CONSENT_WAYS = ("sms", "email")
_LENGTH: TypeAdapter[timedelta] = TypeAdapter(timedelta)
_DAYS = marked("Write a number of days above 0 and up to 365, such as 7.")
_NUMBER = marked("Write a number, such as 4.")


def measure_choices() -> dict[str, str]:
    """What a goal may be followed by: a question, or a measure with its range."""
    choices = {QUESTION: gettext("a yes/no question")}
    for measure in CATALOGUE.values():
        words = {"name": told(measure.name), "unit": told(measure.unit)}
        ends = {"low": f"{measure.low:g}", "high": f"{measure.high:g}"}
        choices[measure.id] = gettext("%(name)s (%(low)s to %(high)s %(unit)s)") % (words | ends)
    return choices


def goal_data(typed: Mapping[str, str], path: str, goal_id: str) -> dict[str, Any]:
    """A goal: a measure with baseline and target, or a question that is answered by yes or no."""
    measure = typed.get(f"{path}.measure", QUESTION)
    by_session = typed.get(f"{path}.by_session", "")
    goal: dict[str, Any] = {"id": goal_id, "description": typed.get(f"{path}.description", "")}
    if measure == QUESTION:
        expect: str | bool = True
        goal |= {"kind": "functional", "question": typed.get(f"{path}.question", "")}
    else:
        expect = "100 %"
        ends = {name: _number(typed.get(f"{path}.{name}", "")) for name in ("baseline", "target")}
        goal |= {"kind": "objective", "measure": measure, **ends}
    return goal | {"benchmarks": [{"by_session": by_session, "expect": expect}]}


def homework_data(typed: Mapping[str, str], path: str = "homework") -> list[dict[str, Any]]:
    """The rows of homework that say what to do."""
    rows = [f"{path}.{number}" for number in range(count_of(typed, path))]
    return [
        {
            "what": typed[f"{row}.what"],
            "every": days(typed.get(f"{row}.every", "1")),
            "note": typed.get(f"{row}.note") or None,
        }
        for row in rows
        if typed.get(f"{row}.what")
    ]


def dosage_data(typed: Mapping[str, str]) -> dict[str, Any]:
    """How much treatment."""
    levers = {name: typed.get(f"dosage.{name}") or None for name in ("session_minutes", "pressure", "cadence")}
    sessions = typed.get("dosage.sessions", "").lower()
    return levers | {
        "modality": typed.get("dosage.modality", ""),
        "spacing": days(typed.get("dosage.spacing", "")),
        "sessions": "open" if sessions in OPEN.values() else sessions,
    }


def plan_data(typed: Mapping[str, str]) -> dict[str, Any]:
    """The data of the plan file that this form means; nothing is checked yet."""
    goals = range(count_of(typed, "goals"))
    filled = [number for number in goals if typed.get(f"goals.{number}.description") or number == 0]
    return {
        "title": typed.get("title") or None,
        "client": _client(typed),
        "therapist": _some(typed, "therapist", ("name", "phone", "email")),
        "goals": [goal_data(typed, f"goals.{number}", f"goal-{number + 1}") for number in filled],
        "dosage": dosage_data(typed),
        "homework": homework_data(typed),
        "coverage": _coverage(typed),
    }


def _client(typed: Mapping[str, str]) -> dict[str, Any]:
    consents = [
        {"channel": way, "date": typed.get(f"consent.{way}.date"), "source": typed.get(f"consent.{way}.source", "")}
        for way in _CONSENT_WAYS
        if typed.get(f"consent.{way}.date") or typed.get(f"consent.{way}.source")
    ]
    return _some(typed, "client", ("id", "name", "phone", "email", "time_zone", "language")) | {"consents": consents}


def _coverage(typed: Mapping[str, str]) -> dict[str, Any]:
    coverage = _some(typed, "coverage", ("payer", "member_id", "visits_authorized", "valid_until"))
    coverage = {name: value for name, value in coverage.items() if value}
    if typed.get("coverage.pool"):
        coverage["pools"] = [{"id": "visits", "visits": typed["coverage.pool"]}]
    if typed.get("coverage.follow_claims"):
        coverage["follow_claims"] = True
    return coverage


def _some(typed: Mapping[str, str], path: str, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: typed.get(f"{path}.{name}") or (None if name != "name" else "") for name in names}


def count_of(typed: Mapping[str, str], path: str) -> int:
    """How many rows of goals or homework the form has."""
    numbers = [
        int(parts[1])
        for name in typed
        if (parts := name.split("."))[0] == path and parts[1:2] and parts[1].isdecimal() and len(parts[1]) <= 2
    ]
    return min(max(numbers, default=-1) + 1, MOST_ROWS)


def typed_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the form for this part of a plan file: title, goals, dosage, homework."""
    typed: dict[str, str] = {"title": data.get("title") or ""}
    for number, goal in enumerate(data.get("goals", [])):
        last = max(goal["benchmarks"], key=lambda benchmark: benchmark["by_session"])
        names = ("description", "measure", "question", "baseline", "target")
        typed |= {f"goals.{number}.{name}": _shown(goal.get(name)) for name in names}
        typed[f"goals.{number}.by_session"] = str(last["by_session"])
    for name, value in data.get("dosage", {}).items():
        typed[f"dosage.{name}"] = in_days(value) if name == "spacing" else _shown(value)
    if typed.get("dosage.sessions") == "open":
        typed["dosage.sessions"] = OPEN[current()]
    for number, item in enumerate(data.get("homework", [])):
        typed |= {f"homework.{number}.{name}": _shown(item.get(name)) for name in ("what", "note")}
        typed[f"homework.{number}.every"] = in_days(item.get("every", "P1D"))
    return typed


def in_days(length: str | timedelta) -> str:
    """A length as a number of days, as in '7' or '3.5'."""
    return f"{_LENGTH.validate_python(length) / timedelta(days=1):g}"


def days(text: str) -> str:
    """A number of days as the plan file writes a length; what is none stays as it is, to be refused."""
    if not plain_number(text):
        return text or "none"
    number = float(text)
    return f"PT{round(number * 86_400)}S" if 0 < number <= 365 else "none"


def problems_of(error: Refused, typed: Mapping[str, str]) -> dict[str, str]:
    """The fix beside each field. What is about no single field stands under the name of its part."""
    wrong: dict[str, str] = {}
    filled = [f"homework.{n}" for n in range(count_of(typed, "homework")) if typed.get(f"homework.{n}.what")]
    goals = [f"goals.{n}" for n in range(count_of(typed, "goals")) if typed.get(f"goals.{n}.description") or n == 0]
    for problem in error.problems:
        name = _field(problem.field, typed, goals, filled)
        wrong.setdefault(name, _fix(name, problem.fix, typed))
    return wrong


def _field(path: str, typed: Mapping[str, str], goals: list[str], homework: list[str]) -> str:
    parts = path.split(".")
    if parts[0] in ("goals", "homework") and len(parts) > 1:
        rows = goals if parts[0] == "goals" else homework
        row = rows[int(parts[1])] if int(parts[1]) < len(rows) else parts[0]
        rest = [part for part in parts[2:] if part not in ("functional", "objective")]
        last = "by_session" if rest[:1] == ["benchmarks"] else ".".join(rest)
        return f"{row}.{last}" if last else row
    if parts[:2] == ["client", "consents"] and len(parts) == 4:
        given = [way for way in _CONSENT_WAYS if typed.get(f"consent.{way}.date") or typed.get(f"consent.{way}.source")]
        return f"consent.{given[int(parts[2])]}.{parts[3]}"
    return "coverage.pool" if parts[:2] == ["coverage", "pools"] else path


def _fix(name: str, fix: str, typed: Mapping[str, str]) -> str:
    if name.endswith((".spacing", ".every")):
        return gettext(_DAYS)
    if name.endswith((".baseline", ".target", ".by_session")) and not _is_number(typed.get(name, "")):
        return gettext(_NUMBER)
    if name in typed and not typed[name] and fix.startswith("is too short"):
        return gettext("This is needed.")
    return sentence(fix)


def _is_number(text: str) -> bool:
    return isinstance(_number(text), float)


def _number(text: str) -> float | str:
    return float(text) if plain_number(text) else text or "none"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
