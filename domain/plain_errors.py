"""What is wrong with written data, in plain words: which field, and what was expected there instead.

Pydantic says where a value doesn't fit; this says it so that a therapist can mend the file. On top of pydantic it
refuses unknown fields in every model (stored models ignore them), times or durations that aren't in their ISO form,
because pydantic would read `spacing: 14` as fourteen seconds and 1764547200 as a day, and numbers in texts that aren't
plain digits. Files and the API are both read so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import AwareDatetime, BaseModel, TypeAdapter, ValidationError

from domain.refusal_words import DATE, DURATION, TIME_OF_DAY, ZONED_TIME, fix_for
from domain.yaml_lines import Path

_ISO: dict[Any, tuple[re.Pattern[str], str]] = {
    timedelta: (
        re.compile(r"[+-]?P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", re.ASCII),
        f"{DURATION}, in whole weeks, days, hours, minutes and seconds, never months or years",
    ),
    AwareDatetime: (re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.*", re.ASCII), ZONED_TIME),
    date: (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), DATE),
    time: (re.compile(r"\d\d:\d\d(:\d\d)?", re.ASCII), TIME_OF_DAY),
}
_NUMBERS = {
    int: "write a whole number, in plain digits",
    float: "write a number, in plain digits",
    Decimal: "is no amount; write it like 95.00",
}
_PLAIN_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)", re.ASCII)
_TEXT_THAT_STANDS_FOR = (datetime, date, time, timedelta)

M = TypeVar("M")


@dataclass(frozen=True)
class Finding:
    """One thing wrong: where, and what to write instead."""

    path: Path
    fix: str


def is_duration(value: object) -> bool:
    """Whether this is written as an ISO-8601 duration that has one length: no months, no years."""
    return isinstance(value, str) and _ISO[timedelta][0].fullmatch(value) is not None


def misfits(data: Any, shape_of: Any) -> list[Finding]:
    """Unknown fields and oddly written values anywhere in `data`, which pydantic alone would pass over."""
    return list(_misfits(data, shape_of, ()))


def plain_number(text: str) -> bool:
    """Whether a number is written in plain digits: not 1e5, not 1_000, and in no other script."""
    return _PLAIN_NUMBER.fullmatch(text) is not None


def check(data: Any, kind: TypeAdapter[M], shape_of: Any, at: Path = ()) -> tuple[M | None, list[Finding]]:
    """`data` as `kind`, or None and everything that is wrong with it.

    `shape_of` is the model, or the union of models, that `kind` reads; `at` is where `data` stands in its file.
    """
    shape = misfits(data, shape_of)
    found = list(shape)
    checked: M | None = None
    try:
        checked = kind.validate_python(data)
    except ValidationError as error:
        found += _from_pydantic(error, data, shape)
    found = [Finding(at + finding.path, finding.fix) for finding in found]
    return (None if found else checked), found


def _members(kind: Any) -> Iterator[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _members(get_args(kind)[0])
    elif origin in (Union, UnionType):
        for member in get_args(kind):
            yield from _members(member)
    else:
        yield kind


def _misfits(data: Any, kind: Any, path: Path) -> Iterator[Finding]:
    members = list(_members(kind))
    if isinstance(data, dict):
        model = _model_for(data, members)  # pyright: ignore[reportUnknownArgumentType]
        if model is not None:
            yield from _fields_of(data, model, path)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(data, list):
        entries = _entries(cast("list[Any]", data), members)
        for place, (item, kind_of_item) in enumerate(entries):
            yield from _misfits(item, kind_of_item, (*path, place))
    elif data is not None and not isinstance(data, _TEXT_THAT_STANDS_FOR):
        yield from _not_iso(data, members, path)


def _entries(data: list[Any], members: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each entry of a list and what it should be; nothing where the list is no list of ours."""
    for member in members:
        if get_origin(member) is list:
            kind = get_args(member)[0]
            yield from ((item, kind) for item in data)
            return
        if hasattr(member, "_fields"):  # a named tuple
            kinds: dict[str, Any] = get_type_hints(member)
            yield from zip(data, kinds.values(), strict=False)
            return


def _fields_of(data: dict[str, Any], model: type[BaseModel], path: Path) -> Iterator[Finding]:
    known = model.model_fields
    for name, value in data.items():
        if name in known:
            yield from _misfits(value, known[name].annotation, (*path, name))
            continue
        near = get_close_matches(name, [field for field in known if field not in data], n=1, cutoff=0.6)
        wanted = f'did you mean "{near[0]}"?' if near else f"known here: {', '.join(known)}"
        yield Finding((*path, name), f"is no field of this part; {wanted}")


def _model_for(data: dict[str, Any], members: list[Any]) -> type[BaseModel] | None:
    """The model that the writer had in mind: the one that `type` or `kind` names, else the one with most fields."""
    models = [member for member in members if isinstance(member, type) and issubclass(member, BaseModel)]
    for tag in ("type", "kind"):
        tagged = {value: model for model in models for value in _tags(model, tag)}
        if tagged and tag in data:
            return tagged.get(data[tag]) if isinstance(data[tag], str) else None
        if tag == "type" and tagged:
            return None
    return max(models, key=lambda model: len(data.keys() & model.model_fields.keys()), default=None)


def _tags(model: type[BaseModel], field: str) -> tuple[Any, ...]:
    annotation = model.model_fields[field].annotation if field in model.model_fields else None
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _not_iso(data: Any, members: list[Any], path: Path) -> Iterator[Finding]:
    forms = [_ISO[member] for member in members if member in _ISO]
    others = [member for member in members if member not in _ISO and member is not type(None)]
    if not forms and isinstance(data, str):
        yield from _odd_number(data, members, path)
    if not forms or others:
        return
    if isinstance(data, str) and any(form.fullmatch(data) for form, _ in forms):
        return
    yield Finding(path, "write " + " or ".join(words for _, words in forms))


def _odd_number(text: str, members: list[Any], path: Path) -> Iterator[Finding]:
    """A text that would be read as a number although nobody writes one so."""
    words = next((_NUMBERS[member] for member in members if member in _NUMBERS), None)
    if words is None or str in members or plain_number(text):
        return
    try:
        Decimal(text)
    except InvalidOperation:
        return
    yield Finding(path, words)


def _from_pydantic(error: ValidationError, data: Any, shape: list[Finding]) -> list[Finding]:
    covered = {finding.path for finding in shape}
    misspelt = {finding.path[:-1] for finding in shape if finding.fix.startswith("is no field")}
    fixes: dict[Path, list[str]] = {}
    for detail in error.errors(include_url=False):
        kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
        path = _place(detail["loc"], data, kind)
        if kind.startswith("union_tag"):
            path, kind = _tag_place(path, kind, context, value)
        if kind == "extra_forbidden" or path in covered:
            continue
        # A misspelt field is also a missing one, and may make pydantic take the part for another kind of part.
        if kind == "missing" and path[:-1] in misspelt:
            continue
        fix = fix_for(kind, str(path[-1]) if path else "", detail["msg"], context, value)
        path, fix = _named_part(path, fix, data)
        fixes.setdefault(path, []).append(fix)
    return [Finding(path, _joined(several)) for path, several in fixes.items()]


def _tag_place(path: Path, kind: str, context: dict[str, Any], value: Any) -> tuple[Path, str]:
    """Pydantic places a wrong or missing tag at its part; the writer looks for it at `type` or `kind`."""
    if not isinstance(value, dict):
        return path, "model_type"
    field = "type" if "type" in str(context.get("discriminator")) else "kind"
    return (*path, field), "missing" if kind == "union_tag_not_found" else kind


def _place(loc: tuple[str | int, ...], data: Any, kind: str) -> Path:
    """Pydantic's place without the names of union members, which the writer doesn't know."""
    path: list[str | int] = []
    here = data
    for number, part in enumerate(loc):
        if _holds(here, part):
            here = here[part]
        elif kind != "missing" or number < len(loc) - 1:
            continue
        path.append(part)
    return tuple(path)


def _holds(here: Any, part: str | int) -> bool:
    if isinstance(here, list):
        return isinstance(part, int) and part < len(here)  # pyright: ignore[reportUnknownArgumentType]
    return isinstance(here, dict) and part in here


def _named_part(path: Path, fix: str, data: Any) -> tuple[Path, str]:
    """A model's own refusal may begin with the part that it means ("client: no channel …"); that part is the place."""
    named = re.match(r"([a-z_]+): (.+)", fix, re.DOTALL)
    here: Any = data
    for part in path:
        here = here[part] if _holds(here, part) else None
    if named and _holds(here, named[1]):
        return (*path, named[1]), named[2]
    return path, fix


def _joined(fixes: list[str]) -> str:
    """One line for one place: a sentence of ours if there is one, else every form that would have been right."""
    sentences = [fix for fix in fixes if not fix.startswith("write ")]
    if sentences:
        return sentences[0]
    forms = dict.fromkeys(fix.removeprefix("write ") for fix in fixes)
    return "write " + " or ".join(forms)
