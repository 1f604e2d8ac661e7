"""Moves all times and days of what a script says: a start that lies in the past is played later."""

from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from domain.plan import TreatmentPlan

Moved = TypeVar("Moved", bound=BaseModel)


def moved(model: Moved, by: timedelta) -> Moved:
    """The same with all its times and days moved, for a start that lies in the past."""
    if not by:
        return model
    return type(model).model_validate(_moved(model.model_dump(exclude_unset=True), by) | _kind_of(model))


def _kind_of(model: BaseModel) -> dict[str, Any]:
    """The word that tells an event's kind: a default, and so not among the fields that were set."""
    kind = type(model).model_fields.get("type")
    return {"type": kind.default} if kind else {}


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value + by
    if isinstance(value, dict):
        return {name: _moved(part, by) for name, part in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [_moved(part, by) for part in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def covered_later(plan: TreatmentPlan, by: timedelta) -> TreatmentPlan:
    """The plan with the days of its coverage and consents moved along with everything else."""
    client = plan.client.model_copy(update={"consents": [moved(word, by) for word in plan.client.consents]})
    return plan.model_copy(update={"coverage": moved(plan.coverage, by), "client": client})
