"""Whatever the doors let in, no judgement fails and each comes to rest. `python -m tests.fuzz` searches longer."""

from collections import Counter

import pytest

from tests.fuzz.search import SEARCHES, so_many


@pytest.mark.parametrize(("kind", "examples"), [("plans", 300), ("claims", 100), ("stored", 100)])
def test_what_the_doors_let_in_is_judged_without_an_exception_and_comes_to_rest(kind: str, examples: int) -> None:
    seen: Counter[str] = Counter()
    SEARCHES[kind](so_many(examples, always_the_same=True), seen)()
    assert seen["examples"] >= examples
    assert seen["refused at the door"] < examples * 3 / 4  # a search that is refused everywhere finds nothing
