"""The forms under a claim: which fields each event has, how they are shown, and the event that a filled one means."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from domain.adjustments import CENT
from domain.claim_events import OutsideClaimEvent, parse_claim_event
from domain.errors import Problem, Refused
from domain.plain_errors import plain_number
from web.claim_form_table import ADJUSTMENT_ROWS, DATES, FORMS, GROUPS, REASON, FieldKind, FormKind

_EVENT_ID = re.compile(r"page-[0-9a-f]{24}")
_LOAD_AGAIN = "This form is out of date. Load the page again and fill it in once more."
_FUTURE = "This day is still to come: write the day on which it happened."
_CODE = re.compile(r"[A-Z]{0,3}[0-9]{1,4}")
_NAMED = re.compile(r"(?:dates\.)?(\w+) ((?:lies|is) .*)", re.DOTALL)
"""How a refusal names the field that it is about."""
_AMOUNT = "Write an amount, such as 95.00."
_REMARKS = "Write the codes with a space between them, such as N30 M127."


@dataclass(frozen=True)
class FieldShown:
    """A field as the page draws it: what was typed, and what to write instead where that was wrong."""

    kind: FieldKind
    name: str
    label: str
    value: str
    fix: str


@dataclass(frozen=True)
class FormShown:
    """A form as the page draws it. `event_id` is made anew each time: a doubled click counts once."""

    kind: FormKind
    fields: list[FieldShown]
    hidden: dict[str, str]
    event_id: str
    fix: str = ""
    adjustments: list[dict[str, FieldShown]] = field(default_factory=list[dict[str, FieldShown]])

    @property
    def mistaken(self) -> bool:
        """Whether it was sent and not taken."""
        return bool(self.fix) or any(each.fix for each in self.fields + _of_rows(self.adjustments))


@dataclass(frozen=True)
class Mistake:
    """A form that was sent and not taken: what was typed, and the fix for each field; "form" is the form as a whole."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    wrong: Mapping[str, str] = field(default_factory=dict[str, str])


def show_form(kind: FormKind, mistake: Mistake | None = None, **hidden: str) -> FormShown:
    """The form, empty, or as it was filled in where the mistake is about this very one (by its hidden fields)."""
    mine = mistake if mistake is not None and _is_about(mistake, kind, hidden) else Mistake()

    def shown(each: FieldKind) -> FieldShown:
        return FieldShown(each, each.name, each.label, mine.typed.get(each.name, ""), mine.wrong.get(each.name, ""))

    rows = range(1, ADJUSTMENT_ROWS + 1) if kind.adjustments else ()
    return FormShown(
        kind=kind,
        fields=[shown(each) for each in kind.fields],
        hidden=dict(hidden),
        event_id=f"page-{secrets.token_hex(12)}",
        fix=mine.wrong.get("form", ""),
        adjustments=[{name: shown(each) for name, each in _row(number)} for number in rows],
    )


def refused(typed: Mapping[str, str], because: str) -> Mistake:
    """What the claim itself refused, beside the field that its sentence begins with, else over the form."""
    kind, found = FORMS.get(typed.get("type", "")), _NAMED.match(because)
    if kind and found and found[1] in {each.name for each in kind.fields}:
        return Mistake(typed, {found[1]: f"This {found[2]}"})
    return Mistake(typed, {"form": because[:1].upper() + because[1:]})


def event_of(typed: Mapping[str, str], now: datetime, today: date, charge: Decimal | None = None) -> OutsideClaimEvent:
    """The event that a filled form means. Raises Refused with one problem per wrong field.

    `today` is the practice's day; `charge` is the claim's, taken where a single reason carries no amount.
    """
    kind = FORMS.get(typed.get("type", ""))
    if kind is None or not _EVENT_ID.fullmatch(typed.get("event_id", "")):
        raise Refused("form", [Problem("form", _LOAD_AGAIN)])
    wrong = dict(_missing(kind, typed)) | dict(_too_late(typed, today))
    body: dict[str, Any] = {"type": kind.type, "event_id": typed["event_id"], "occurred_at": now}
    body |= {each.name: _read(each, typed) for each in kind.fields if _typed(typed, each.name) and not each.of_letter}
    body |= {name: typed[name] for name in kind.hidden if name in typed}
    if any(each.of_letter for each in kind.fields):
        body["dates"] = {name: _typed(typed, name) for name in DATES if _typed(typed, name)}
    if kind.adjustments:
        body["adjustments"], bad_rows = _adjustments(typed, charge)
        body["remarks"], bad_remarks = _remarks(typed)
        wrong |= bad_rows | bad_remarks
    return _checked(kind, body, wrong)


def _checked(kind: FormKind, body: dict[str, Any], wrong: dict[str, str]) -> OutsideClaimEvent:
    try:
        event = parse_claim_event(body)
    except ValidationError as error:
        raise _refused(_fixes(kind, error) | wrong) from None
    if wrong:
        raise _refused(wrong)
    return event


def _refused(wrong: Mapping[str, str]) -> Refused:
    return Refused("form", [Problem(name, fix) for name, fix in wrong.items()])


def _fixes(kind: FormKind, error: ValidationError) -> dict[str, str]:
    """Our own sentence for each field that doesn't fit."""
    fixes = {each.name: each.fix for each in kind.fields}
    parts = [str(part) for item in error.errors() for part in item["loc"] if str(part) in fixes]
    return {name: fixes[name] for name in parts} or {"form": _LOAD_AGAIN}


def _missing(kind: FormKind, typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Needed fields that are empty. A day to wait until is needed by two of a nudge's three answers."""
    for each in kind.fields:
        needed = each.needed or (each.name == "until" and typed.get("answer") in ("snooze", "promised"))
        if needed and not _typed(typed, each.name):
            yield each.name, each.fix
    if kind.letter_needed and not any(_typed(typed, name) for name in DATES):
        yield "letter", "Write at least one of these dates: the deadline counts from them."


def _too_late(typed: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    """What has happened lies behind us; only days to wait for may be in the future."""
    for name in ("on", "denial", "letter", "mailing", "receipt"):
        try:
            late = date.fromisoformat(_typed(typed, name)) > today
        except ValueError:
            continue  # not a day at all: the event's own check says so
        if late:
            yield name, _FUTURE


def _typed(typed: Mapping[str, str], name: str) -> str:
    return typed.get(name, "").strip()


def _read(each: FieldKind, typed: Mapping[str, str]) -> str:
    text = _typed(typed, each.name)
    return _plain(text) if each.looks == "money" else text


def _plain(amount: str) -> str:
    """An amount without the dollar sign and the commas that people write; what has more than cents is no amount."""
    text = amount.replace("$", "").replace(",", "").strip()
    return text if _money(text) is not None else "no amount"


def _money(text: str) -> Decimal | None:
    if not plain_number(text):
        return None
    try:
        amount = Decimal(text)
        return amount if amount.is_finite() and amount == amount.quantize(CENT) else None
    except InvalidOperation:
        return None


def _adjustments(typed: Mapping[str, str], charge: Decimal | None) -> tuple[list[list[Any]], dict[str, str]]:
    """Group, reason and amount of each row that has anything in it, and what is wrong with them."""
    rows = [number for number in range(1, ADJUSTMENT_ROWS + 1) if any(_cells(typed, number))]
    found: list[list[Any]] = []
    wrong: dict[str, str] = {}
    for number in rows:
        group, reason, text = _cells(typed, number)
        amount = charge if not text and len(rows) == 1 else _money(_plain(text))
        if group not in GROUPS:
            wrong[f"group_{number}"] = "Choose who bears it: the letters before the reason code."
        if not _CODE.fullmatch(reason):
            wrong[f"reason_{number}"] = REASON.fix
        if amount is None:
            wrong[f"amount_{number}"] = _AMOUNT
        found.append([group, reason, amount])
    return ([] if wrong else found), wrong


def _cells(typed: Mapping[str, str], number: int) -> tuple[str, str, str]:
    group, reason, amount = (_typed(typed, f"{name}_{number}") for name in ("group", "reason", "amount"))
    return group, reason.upper(), amount


def _remarks(typed: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    codes = re.split(r"[\s,;]+", _typed(typed, "remarks").upper())
    codes = [code for code in codes if code]
    return codes, {} if all(_CODE.fullmatch(code) for code in codes) else {"remarks": _REMARKS}


def _row(number: int) -> list[tuple[str, FieldKind]]:
    """The three fields of one adjustment."""
    return [
        ("group", FieldKind(f"group_{number}", "Who bears it", "choice", choices=GROUPS)),
        ("reason", FieldKind(f"reason_{number}", REASON.label, "text", longest=5)),
        ("amount", FieldKind(f"amount_{number}", "Amount", "money")),
    ]


def _of_rows(rows: list[dict[str, FieldShown]]) -> list[FieldShown]:
    return [each for row in rows for each in row.values()]


def _is_about(mistake: Mistake, kind: FormKind, hidden: Mapping[str, str]) -> bool:
    same = all(mistake.typed.get(name) == value for name, value in hidden.items())
    return mistake.typed.get("type") == kind.type and same
