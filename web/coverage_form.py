"""The form under a plan's coverage panel: the payer's answers on the phone, and the event that they mean."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from domain.bounds import bounded
from domain.call_script import QUESTIONS
from domain.deadlines import said
from domain.errors import Problem, Refused
from domain.events import CoverageVerified
from domain.state import PlanState

_EVENT_ID = re.compile(r"page-[0-9a-f]{24}")
_LOAD_AGAIN = "This form is out of date. Load the page again and fill it in once more."
_FIXES = {
    "by": "Write the name of the person at the payer, in at most 80 characters.",
    "reference": "Write at most 80 characters.",
    "on": "Write the day of the call, such as 2026-11-24.",
}
_COUNT = "Write a whole number from 0 to 1000."
_LONG = "Write at most 500 characters."


@dataclass(frozen=True)
class CoverageForm:
    """The form as the page draws it: what was typed, and the fix beside each field that was wrong."""

    pools: list[str]
    event_id: str
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    wrong: Mapping[str, str] = field(default_factory=dict[str, str])


def coverage_form(
    state: PlanState, typed: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None
) -> CoverageForm:
    """The form for this plan; its event id is made anew each time, so that a doubled click counts once."""
    pools = [pool.id for pool in state.plan.coverage.pools]
    return CoverageForm(pools, f"page-{secrets.token_hex(12)}", typed or {}, wrong or {})


def verified(typed: Mapping[str, str], state: PlanState, now: datetime, today: date) -> CoverageVerified:
    """What the payer said. An empty answer leaves the one on record. Raises Refused, one problem per wrong field."""
    if not _EVENT_ID.fullmatch(typed.get("event_id", "")):
        raise Refused("form", [Problem("form", _LOAD_AGAIN)])
    answers = {question.id: text for question in QUESTIONS if (text := _text(typed, f"answer-{question.id}"))}
    used = {pool.id: text for pool in state.plan.coverage.pools if (text := _text(typed, f"used-{pool.id}"))}
    wrong = _wrong(typed, answers, used, today)
    if wrong:
        raise Refused("form", [Problem(name, fix) for name, fix in wrong.items()])
    body: dict[str, Any] = {
        "event_id": typed["event_id"],
        "occurred_at": now,
        "answers": answers,
        "by": _text(typed, "by"),
        "reference": _text(typed, "reference"),
        "on": _text(typed, "on") or None,
        "changes": [{"pool": pool, "used_elsewhere": count} for pool, count in used.items()],
    }
    try:
        return bounded(CoverageVerified.model_validate(body))
    except ValidationError as error:
        parts = [str(part) for item in error.errors() for part in item["loc"] if str(part) in _FIXES]
        fixes = {name: _FIXES[name] for name in parts} or {"form": _LOAD_AGAIN}
        raise Refused("form", [Problem(name, fix) for name, fix in fixes.items()]) from None


def _wrong(
    typed: Mapping[str, str], answers: Mapping[str, str], used: Mapping[str, str], today: date
) -> dict[str, str]:
    wrong = {f"answer-{name}": _LONG for name, text in answers.items() if len(text) > 500}
    wrong |= {f"used-{name}": _COUNT for name, text in used.items() if not _is_count(text)}
    if not _text(typed, "by"):
        wrong["by"] = _FIXES["by"]
    if not answers and not used:
        wrong["form"] = "Write down at least one answer."
    if _is_future(_text(typed, "on"), today):
        wrong["on"] = f"This day is still to come; today is {said(today)}."
    return wrong


def _text(typed: Mapping[str, str], name: str) -> str:
    return typed.get(name, "").strip()


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= 1000


def _is_future(text: str, today: date) -> bool:
    try:
        return date.fromisoformat(text) > today
    except ValueError:
        return False  # empty, or no day at all, which the event's own check says
