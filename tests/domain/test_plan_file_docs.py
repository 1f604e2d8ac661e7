"""docs/plan-file.md and the models say the same: every field has a row, and every row is a field."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from domain.events import OutsideEvent
from domain.plan_file import FlatPlanFile
from domain.policy import Practice

DOC = Path(__file__).parents[2] / "docs" / "plan-file.md"


def nested_models(kind: Any) -> Iterator[type[BaseModel]]:
    """Every model that can stand inside `kind`, itself included."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from nested_models(field.annotation)
    for part in get_args(kind):
        yield from nested_models(part)


def fields_of_the_models() -> dict[str, set[str]]:
    found = [model for root in (FlatPlanFile, Practice, OutsideEvent) for model in nested_models(root)]
    return {model.__name__: set(model.model_fields) for model in found}


def fields_of_the_page(text: str) -> dict[str, set[str]]:
    sections = re.split(r"<!-- fields: (\w+) -->\n", text)[1:]
    tables = [table.split("\n\n")[0] for table in sections[1::2]]
    rows = [re.findall(r"^\| `(\w+)` \|", "\n".join(table.splitlines()[2:]), re.MULTILINE) for table in tables]
    return {name: set(fields) for name, fields in zip(sections[::2], rows, strict=True)}


MODELS = fields_of_the_models()


def test_the_walk_reaches_the_deepest_models() -> None:
    assert {"Consent", "Benchmark", "Caps", "Measurement", "Changes", "ScriptDecision", "PlanEnded"} <= set(MODELS)


def test_the_page_has_a_table_for_every_model_and_no_other() -> None:
    assert set(fields_of_the_page(DOC.read_text("utf-8"))) == set(MODELS)


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_field_has_a_row_and_every_row_is_a_field(model: str) -> None:
    assert fields_of_the_page(DOC.read_text("utf-8"))[model] == MODELS[model]


def test_a_row_that_is_taken_away_or_made_up_is_noticed() -> None:
    page = DOC.read_text("utf-8")
    without = page.replace("| `valid_until` |", "| valid_until |")
    invented = page.replace("| `valid_until` |", "| `valid_until` | none | x |\n| `valid_from` |")
    assert fields_of_the_page(without)["Coverage"] == MODELS["Coverage"] - {"valid_until"}
    assert fields_of_the_page(invented)["Coverage"] == MODELS["Coverage"] | {"valid_from"}
