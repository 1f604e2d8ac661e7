"""docs/claims.md names every event of a claim with every field that it has."""

import re
from pathlib import Path
from typing import get_args

from domain.claim import LetterDates
from domain.claim_events import OutsideClaimEvent

PAGE = (Path(__file__).parents[2] / "docs" / "claims.md").read_text("utf-8")
OF_ALL = {"event_id", "occurred_at", "type"}


def rows(page: str) -> dict[str, list[str]]:
    found = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE)
    return {name: re.findall(r"`(\w+)`", fields) for name, fields in found}


def test_each_event_has_a_row_with_its_fields_and_there_are_no_others() -> None:
    models = {
        str(model.model_fields["type"].default): [name for name in model.model_fields if name not in OF_ALL]
        for model in get_args(OutsideClaimEvent)
    }
    assert rows(PAGE) == models


def test_the_dates_of_a_denial_are_named() -> None:
    assert all(f"`{name}`" in PAGE for name in LetterDates.model_fields)


def test_a_field_that_is_left_out_is_noticed() -> None:
    assert rows(PAGE.replace("`on`, `wanted`, `due`", "`on`, `wanted`")) != rows(PAGE)
