"""Replies that were once misread, each in a file of its own, where the folder with them is at hand."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from domain.replies import understand

FOLDER = Path(__file__).parents[3] / "shared" / "cases" / "bugs"
FILES = sorted(FOLDER.glob("reply-*.json"))
SAYS_THE_SAME = {"ignore": {"human", "thanks"}, "contraindication": {"human"}}
"""Intents that came later and mean no more than those that a file accepts."""


@pytest.mark.skipif(not FILES, reason=f"the cases aren't at {FOLDER}")
@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_reply_that_was_misread_is_read_as_its_file_says(file: Path) -> None:
    case = cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))
    meant = understand(case["text"], open_question=case["open_question"], channel=case["channel"])
    accepted = set(cast("list[str]", case["accept_intents"]))
    assert meant.intent in accepted or SAYS_THE_SAME.get(meant.intent, set()) & accepted
