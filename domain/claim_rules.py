"""Which row of the deadline table holds for a payer: the packaged rows, and a practice's own laid over them."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import product
from typing import Any, Literal, cast

import yaml

from domain.payer import Payer, Rule, RuleAbout, Sure, Whose

__all__ = ["all_rules", "packaged_rules", "rule_for"]

_Method = Literal["electronic", "paper"]
_EVERY = (None,)


@cache
def packaged_rules() -> tuple[Rule, ...]:
    """The rows of `domain/rules/claims.yaml`, read once. A row for several types or states gives a rule for each."""
    text = resources.files("domain").joinpath("rules", "claims.yaml").read_text(encoding="utf-8")
    written = cast(list[dict[str, Any]], yaml.load(text, yaml.CSafeLoader))
    return tuple(rule for row in written for rule in _spread(row))


def all_rules(practice_rules: Sequence[Rule]) -> list[Rule]:
    """The practice's rows, then every packaged row whose id the practice doesn't write itself."""
    own = {rule.id for rule in practice_rules}
    return [*practice_rules, *(rule for rule in packaged_rules() if rule.id not in own)]


def rule_for(
    about: RuleAbout,
    payer: Payer,
    practice_rules: Sequence[Rule],
    *,
    whose: Whose | None = None,
    method: _Method | None = None,
) -> Rule | None:
    """The row that holds for this payer, or None where no row is known.

    A row for the payer's id wins over one for its type and state, that over one for its type or its state, and that
    over a general one. At the same width the practice's row wins, the last it wrote. Without `method` the payer's usual
    one counts. Without `whose` a row of one side is taken only where no row of the same width is for both.

    A corrected claim without a row of its own has the limit of a first claim: many payers have an own limit, often in
    the contract, and nothing says that it is longer.
    """
    fitting = [
        (rule, _width(rule, whose=whose, own=place < len(practice_rules), place=place))
        for place, rule in enumerate(all_rules(practice_rules))
        if rule.about == about and _fits(rule, payer, whose, method or payer.method)
    ]
    if fitting:
        return max(fitting, key=lambda each: each[1])[0]
    if about == "corrected_claim":
        first = rule_for("timely_filing", payer, practice_rules, whose=whose, method=method)
        return _also_for_a_corrected_claim(first) if first else None
    return None


def _fits(rule: Rule, payer: Payer, whose: Whose | None, method: _Method) -> bool:
    asked = (payer.id, payer.type, payer.state, method, whose or rule.whose)
    row = (rule.payer, rule.payer_type, rule.state, rule.method, rule.whose)
    return all(mine is None or mine == theirs for mine, theirs in zip(row, asked, strict=True))


def _width(rule: Rule, *, whose: Whose | None, own: bool, place: int) -> tuple[int, ...]:
    """How well a fitting row fits: the greater, the better."""
    both_sides = int(whose is not None or rule.whose is None)
    scope = 3 if rule.payer else (rule.payer_type is not None) + (rule.state is not None)
    finer = (rule.payer_type is not None, rule.method is not None, rule.whose is not None)
    return (scope, int(own), both_sides, *map(int, finer), place)


def _also_for_a_corrected_claim(first: Rule) -> Rule:
    sure: Sure = "L" if first.sure == "L" else "M"
    source = f"{first.source}; the limit of a first claim, taken for a corrected one"
    note = "Payers often have an own limit for corrected claims: look in the manual, and write its row."
    return first.model_copy(update={"about": "corrected_claim", "sure": sure, "source": source, "note": note})


def _spread(row: dict[str, Any]) -> list[Rule]:
    """One rule for each type and state that a written row names; their ids end in the state and the type."""
    shared = {key: value for key, value in row.items() if key not in ("payer_types", "states")}
    pairs = product(row.get("states", _EVERY), row.get("payer_types", _EVERY))
    return [Rule.model_validate(shared | _of_one(row, state, payer_type)) for state, payer_type in pairs]


def _of_one(row: dict[str, Any], state: str | None, payer_type: str | None) -> dict[str, Any]:
    """What one rule of a written row has of its own."""
    ends = [end.lower().replace("_", "-") for end in (state, payer_type) if end]
    own = {"id": "-".join([row["id"], *ends])}
    return own | {key: value for key, value in (("state", state), ("payer_type", payer_type)) if value}
